import { describe, expect, test } from "vitest";

import { nextInQueue, previousInQueue } from "@/domain/queue";

describe("queue, newest first", () => {
  const queue = ["9", "7", "5"];
  test.each([
    ["9", "7", "5"],
    ["7", "5", "9"],
    ["5", "9", "7"],
  ])("from %s on to %s, back to %s", (current, next, previous) => {
    expect(nextInQueue(queue, current)).toBe(next);
    expect(previousInQueue(queue, current)).toBe(previous);
  });
  test("a document that has left the queue keeps its place", () => {
    expect(nextInQueue(queue, "6")).toBe("5");
    expect(previousInQueue(queue, "6")).toBe("7");
  });
  test("there is nowhere to go when only this one is left", () => {
    expect(nextInQueue(["5"], "5")).toBeNull();
    expect(previousInQueue([], "5")).toBeNull();
  });
});
