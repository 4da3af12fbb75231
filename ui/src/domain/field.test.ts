import { describe, expect, test } from "vitest";

import { type FieldRow, decide, missingRows, rowsOf, shapeOf, withDecision } from "@/domain/field";
import { aDetail } from "@/test/fixtures";

const detail = aDetail(1);
const rowOf = (name: string): FieldRow => {
  const row = rowsOf(detail).find((each) => each.name === name);
  if (!row) throw new Error(`no field ${name}`);
  return row;
};

test("rows stand in the order of the record and carry their reasons", () => {
  expect(rowsOf(detail).map((row) => row.name)).toEqual(Object.keys(detail.record.fields));
  expect(rowOf("date_of_expiry")).toMatchObject({
    state: "rule_failed",
    source: "mrz",
    failed: [{ code: "check_digit_date_of_expiry" }],
  });
  expect(rowOf("surname").alternatives).toEqual(["ERIKS5ON", "ERIKSS0N"]);
  expect(rowOf("document_number").failed).toEqual([]);
});

test("a field that a broken rule misses has a row of its own", () => {
  const { date_of_expiry: _, ...fields } = detail.record.fields;
  const row = rowsOf({ ...detail, record: { ...detail.record, fields } }).at(-1);
  expect(row).toMatchObject({ name: "date_of_expiry", value: "", state: "rule_failed" });
  expect(row?.failed).toHaveLength(1);
});

test("expected fields that were not read can be filled", () => {
  expect(missingRows(rowsOf(detail)).map((row) => row.name)).toEqual(["date_of_issue"]);
  expect(missingRows([])).toHaveLength(9);
});

describe("decide", () => {
  test("an unchanged value is confirmed", () =>
    expect(decide(rowOf("surname"), "ERIKSSON")).toEqual({ kind: "confirmed", value: null }));
  test("spaces around it change nothing", () =>
    expect(decide(rowOf("surname"), " ERIKSSON ")).toEqual({ kind: "confirmed", value: null }));
  test("another value is an edit", () =>
    expect(decide(rowOf("surname"), "ERIKSEN")).toEqual({ kind: "edited", value: "ERIKSEN" }));
  test("an emptied field is cleared", () =>
    expect(decide(rowOf("surname"), "  ")).toEqual({ kind: "cleared", value: null }));
  test("what a person said before need not be said again", () =>
    expect(decide({ ...rowOf("surname"), state: "confirmed_by_person" }, "ERIKSSON")).toBeNull());
  test("a missing field that stays empty says that the document has none", () => {
    const missing = missingRows(rowsOf(detail))[0];
    expect(missing && decide(missing, "")).toEqual({ kind: "cleared", value: null });
  });
});

describe("withDecision", () => {
  const decided = (kind: "confirmed" | "edited" | "cleared", value: string | null) =>
    withDecision(detail, "surname", { kind, value }, "ada", "2026-11-21T09:00:00Z");

  test.each([
    ["confirmed", null, "ERIKSSON"],
    ["edited", "ERIKSEN", "ERIKSEN"],
    ["cleared", null, ""],
  ] as const)("%s holds", (kind, value, holds) => {
    expect(decided(kind, value).record.fields["surname"]).toMatchObject({
      value: holds,
      state: "confirmed_by_person",
      corrected: { kind, by: "ada" },
    });
  });

  test("an edit offers back what the machine had read", () => {
    const row = rowsOf(decided("edited", "ERIKSEN")).find(({ name }) => name === "surname");
    expect(row).toMatchObject({
      source: "person",
      readValue: "ERIKSSON",
      alternatives: ["ERIKSSON", "ERIKS5ON", "ERIKSS0N"],
    });
  });

  test("a confirmation keeps its source", () => {
    const row = rowsOf(decided("confirmed", null)).find(({ name }) => name === "surname");
    expect(row?.source).toBe("mrz");
  });
});

test.each([
  ["date_of_issue", "date"],
  ["sex", "sex"],
  ["nationality", "country"],
  ["surname", "name"],
  ["document_number", "code"],
])("%s is written as %s", (name, shape) => expect(shapeOf(name)).toBe(shape));
