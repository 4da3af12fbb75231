import { describe, expect, test } from "vitest";

import {
  NO_WORK,
  type Pending,
  type Work,
  objection,
  tidy,
  withPending,
  workReducer,
} from "@/pages/review/work";
import { aDetail } from "@/test/fixtures";

const pending = (sequence: number, value: string | null = "ERIKSEN"): Pending => ({
  decision: value === null ? { kind: "confirmed", value } : { kind: "edited", value },
  by: "ada",
  at: "2026-11-21T09:00:00Z",
  sequence,
});
const field = "surname";
const typed = workReducer(NO_WORK, { type: "typed", field, value: "ERIKSEN" });
const sent = (work: Work, sequence: number, value?: string | null) =>
  workReducer(work, { type: "sent", field, pending: pending(sequence, value) });

describe("work", () => {
  test("what is typed is kept until it is taken back", () => {
    expect(typed.drafts).toEqual({ surname: "ERIKSEN" });
    expect(workReducer(typed, { type: "reverted", field })).toEqual(NO_WORK);
  });

  test("what is accepted is shown at once and holds once saved", () => {
    const work = sent(typed, 1);
    expect(work.drafts).toEqual({});
    expect(withPending(aDetail(1), work).record.fields[field]).toMatchObject({
      value: "ERIKSEN",
      state: "confirmed_by_person",
    });
    expect(workReducer(work, { type: "saved", field, sequence: 1 })).toEqual(NO_WORK);
  });

  test("a failure gives back what was typed and the old state", () => {
    const error = new Error("no");
    const work = workReducer(sent(typed, 1), { type: "failed", field, sequence: 1, error });
    expect(work).toMatchObject({
      pending: {},
      drafts: { surname: "ERIKSEN" },
      failures: { surname: error },
    });
    expect(withPending(aDetail(1), work).record.fields[field]?.state).toBe("to_check");
    expect(workReducer(work, { type: "typed", field, value: "X" }).failures).toEqual({});
  });

  test("a failed confirmation leaves no draft", () => {
    const work = sent(NO_WORK, 1, null);
    const failed = workReducer(work, { type: "failed", field, sequence: 1, error: 1 });
    expect(failed.drafts).toEqual({});
  });

  test("an answer to an earlier word does not settle a later one", () => {
    const work = sent(sent(typed, 1), 2);
    expect(workReducer(work, { type: "saved", field, sequence: 1 })).toBe(work);
    expect(workReducer(work, { type: "failed", field, sequence: 1, error: 1 })).toBe(work);
  });
});

test.each([
  ["date_of_birth", "19840527", "1984-05-27"],
  ["sex", " f", "F"],
  ["nationality", "fra", "FRA"],
  ["surname", " de la Croix ", "de la Croix"],
])("%s %j is kept as %j", (name, value, kept) => expect(tidy(name, value)).toBe(kept));

test.each([
  ["date_of_birth", "1984-02-31", "objection.date"],
  ["date_of_birth", "1984-02", null],
  ["date_of_birth", "", null],
  ["sex", "W", "objection.sex"],
  ["sex", "X", null],
  ["surname", "anything", null],
])("%s %j: %s", (name, value, reason) => expect(objection(name, value)).toBe(reason));
