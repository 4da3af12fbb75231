import { expect, test } from "vitest";

import { frameReader, parseFrame } from "@/platform/frames";
import type { StreamEvent } from "@/platform/types";

test.each([
  ["event: change\nid: 4\ndata: {}", { event: "change", data: "{}" }],
  ["data:a\ndata: b", { event: "message", data: "a\nb" }],
  [": heartbeat", null],
  ["event: change", null],
])("%j", (block, event) => expect(parseFrame(block)).toEqual(event));

test("events are put together from whatever pieces they come in", () => {
  const heard: StreamEvent[] = [];
  const read = frameReader((event) => heard.push(event));
  for (const piece of [
    "event: chan",
    "ge\ndata: 1\n",
    "\n: beat\n\nevent: resync\r\nda",
    "ta: \r\n\r\n",
  ]) {
    read(piece);
  }
  expect(heard).toEqual([
    { event: "change", data: "1" },
    { event: "resync", data: "" },
  ]);
});
