import { describe, expect, test } from "vitest";

import { canCancel, canRetry, filterFrom, statusesOf } from "@/domain/status";
import { aDocument } from "@/test/fixtures";

describe("status", () => {
  test("a filter stands for its statuses", () => {
    expect(statusesOf("in_work")).toEqual(["queued", "processing"]);
    expect(statusesOf("all")).toEqual([]);
    expect(filterFrom("failed")).toBe("failed");
    expect(filterFrom("nonsense")).toBe("all");
  });
  test("what can be done depends on it", () => {
    expect(canCancel(aDocument(1, { status: "queued" }))).toBe(true);
    expect(canCancel(aDocument(1, { status: "extracted" }))).toBe(false);
    expect(canRetry(aDocument(1, { status: "failed" }))).toBe(true);
    expect(canRetry(aDocument(1, { status: "reviewed" }))).toBe(false);
  });
});
