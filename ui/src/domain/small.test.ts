import { describe, expect, test } from "vitest";

import { ago } from "@/domain/ago";
import { countOutcomes, inOrderOfConcern } from "@/domain/checks";
import { countryName } from "@/domain/countries";
import { parseDocumentType } from "@/domain/documentType";
import { looksReadable, summarise } from "@/domain/offers";
import { nextInQueue, previousInQueue } from "@/domain/queue";
import { matches } from "@/domain/search";
import { canCancel, canRetry, filterFrom, statusesOf } from "@/domain/status";
import { aDetail, aDocument } from "@/test/fixtures";

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

test.each([
  [5, { value: 0, unit: "now" }],
  [60, { value: -1, unit: "minute" }],
  [3_599, { value: -59, unit: "minute" }],
  [7_200, { value: -2, unit: "hour" }],
  [90_000, { value: -1, unit: "day" }],
  [-30, { value: 0, unit: "now" }],
])("%i seconds ago", (seconds, words) => expect(ago(0, seconds * 1000)).toEqual(words));

test.each([
  ["FRA", "fr", "France"],
  ["D", "en", "Germany"],
  ["che", "fr", "Suisse"],
  ["UTO", "en", null],
  ["", "en", null],
])("the country of %j in %s is %j", (code, language, name) => {
  expect(countryName(code, language)).toBe(name);
});

test.each([
  ["passport", { family: "passport", side: null }],
  ["id_card_back", { family: "id_card", side: "back" }],
  ["id_card_middle", null],
])("type %s", (name, type) => expect(parseDocumentType(name)).toEqual(type));

describe("offers", () => {
  test.each([
    ["a.JPG", null, true],
    ["a.tif", "", true],
    [null, "image/png", true],
    ["notes.txt", "text/plain", false],
    [null, "application/pdf", false],
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

test.each([
  ["Next field to check", "next", true],
  ["Next field to check", "fi ch", true],
  ["Vérifier les champs", "verif", true],
  ["Zoom in", "out", false],
  ["Zoom in", "", true],
])("%s is found by %j: %s", (title, typed, found) => expect(matches(title, typed)).toBe(found));

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

test("broken rules are named first", () => {
  const checks = aDetail(1).reading?.checks ?? [];
  expect(inOrderOfConcern(checks)[0]?.outcome).toBe("failed");
  expect(countOutcomes(checks)).toEqual({ passed: 2, failed: 1 });
});
