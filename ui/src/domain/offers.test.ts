import { describe, expect, test } from "vitest";

import { looksReadable, summarise } from "@/domain/offers";

describe("offers", () => {
  test.each([
    ["a.JPG", null, true],
    ["a.tif", "", true],
    [null, "image/png", true],
    ["notes.txt", "text/plain", true],
    [null, "application/pdf", true],
    ["selfie.MOV", null, true],
    ["setup.exe", "application/x-msdownload", false],
    [null, "image/avif", false],
    [null, null, true],
  ])("%s %s", (name, mediaType, readable) => {
    expect(looksReadable(name, mediaType)).toBe(readable);
  });
  test("are counted", () => {
    const file = { name: "a.jpg", mediaType: null, accepted: true, reason: null };
    const refused = { ...file, name: "b.txt", accepted: false };
    expect(summarise([file, refused, file])).toEqual({ total: 3, accepted: 2, refused: [refused] });
  });
});
