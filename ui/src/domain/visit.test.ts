import { describe, expect, test } from "vitest";

import { type FieldRow, rowsOf } from "@/domain/field";
import {
  afterAccepting,
  doubtfulInOrder,
  firstToVisit,
  nextDoubtful,
  previousDoubtful,
} from "@/domain/visit";
import { aDetail } from "@/test/fixtures";

const rows = rowsOf(aDetail(1));
const settled: FieldRow[] = rows.map((row) => ({ ...row, state: "confirmed_by_rules" }));

test("broken rules come first, then doubts by rising confidence", () => {
  expect(doubtfulInOrder(rows).map((row) => row.name)).toEqual([
    "date_of_expiry",
    "sex",
    "surname",
  ]);
});

test("the visit starts at the first doubt, or at the first field when there is none", () => {
  expect(firstToVisit(rows)).toBe("date_of_expiry");
  expect(firstToVisit(settled)).toBe("surname");
  expect(firstToVisit([])).toBeNull();
});

describe("stepping", () => {
  test.each([
    ["date_of_expiry", "sex", "surname"],
    ["sex", "surname", "date_of_expiry"],
    ["surname", "date_of_expiry", "sex"],
    ["nationality", "date_of_expiry", "surname"],
    [null, "date_of_expiry", "surname"],
  ])("from %s goes on to %s and back to %s", (current, next, previous) => {
    expect(nextDoubtful(rows, current)).toBe(next);
    expect(previousDoubtful(rows, current)).toBe(previous);
  });

  test("goes nowhere when nothing is doubtful", () => {
    expect(nextDoubtful(settled, "surname")).toBeNull();
    expect(previousDoubtful(settled, null)).toBeNull();
  });
});

describe("after accepting", () => {
  const only = (name: string): FieldRow[] =>
    rows.map((row) => (row.name === name ? row : { ...row, state: "confirmed_by_person" }));

  test("the next doubt follows", () => expect(afterAccepting(rows, "sex")).toBe("surname"));
  test("the last doubt ends it", () => expect(afterAccepting(only("sex"), "sex")).toBeNull());
  test("a field without doubt leads to the first doubt", () =>
    expect(afterAccepting(only("sex"), "nationality")).toBe("sex"));
});
