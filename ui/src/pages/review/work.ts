/** What a reviewer has under his hands: the field he is at, what he typed, what is being saved. Pure. */
import type { DocumentDetail } from "@/api/schema/types.gen";
import { type Decision, type FieldRow, shapeOf, withDecision } from "@/domain/field";
import { parseDate, tidyDate } from "@/domain/dates";
import type { MessageId } from "@/messages/ids";

export type Pending = { decision: Decision; by: string; at: string; sequence: number };

export type Work = {
  /** The field last gone to; it stays so while the document is looked at. */
  focused: string | null;
  /** Typed and not yet accepted. */
  drafts: { readonly [field: string]: string };
  /** Accepted and on their way to the server. */
  pending: { readonly [field: string]: Pending };
  /** Why the last word on a field was not taken. */
  failures: { readonly [field: string]: unknown };
};

export const NO_WORK: Work = { focused: null, drafts: {}, pending: {}, failures: {} };

export type WorkAction =
  | { type: "focused"; field: string }
  | { type: "typed"; field: string; value: string }
  | { type: "reverted"; field: string }
  | { type: "sent"; field: string; pending: Pending }
  | { type: "saved"; field: string; sequence: number }
  | { type: "failed"; field: string; sequence: number; error: unknown };

export function workReducer(work: Work, action: WorkAction): Work {
  const { field } = action;
  switch (action.type) {
    case "focused":
      return { ...work, focused: field };
    case "typed":
      return {
        ...work,
        drafts: { ...work.drafts, [field]: action.value },
        failures: without(work.failures, field),
      };
    case "reverted":
      return {
        ...work,
        drafts: without(work.drafts, field),
        failures: without(work.failures, field),
      };
    case "sent":
      return {
        ...work,
        drafts: without(work.drafts, field),
        pending: { ...work.pending, [field]: action.pending },
        failures: without(work.failures, field),
      };
    case "saved":
      // A later word on the same field may already be on its way.
      if (work.pending[field]?.sequence !== action.sequence) return work;
      return { ...work, pending: without(work.pending, field) };
    case "failed": {
      const pending = work.pending[field];
      if (pending?.sequence !== action.sequence) return work;
      const { kind, value } = pending.decision;
      // What was typed comes back, so that nothing has to be entered twice.
      const typed = kind === "cleared" ? "" : value;
      return {
        ...work,
        pending: without(work.pending, field),
        drafts: typed === null ? work.drafts : { ...work.drafts, [field]: typed },
        failures: { ...work.failures, [field]: action.error },
      };
    }
  }
}

function without<Value>(map: { readonly [name: string]: Value }, name: string) {
  return Object.fromEntries(Object.entries(map).filter(([other]) => other !== name));
}

/** The document as it will stand once everything on its way has arrived. */
export function withPending(detail: DocumentDetail, work: Work): DocumentDetail {
  return Object.entries(work.pending).reduce(
    (shown, [field, { decision, by, at }]) => withDecision(shown, field, decision, by, at),
    detail,
  );
}

/** What was typed, in the form in which the field is kept. */
export function tidy(field: string, typed: string): string {
  const shape = shapeOf(field);
  if (shape === "date") return tidyDate(typed);
  if (shape === "sex" || shape === "country") return typed.trim().toUpperCase();
  return typed.trim();
}

/** Why a value cannot be accepted, or null when it can. Empty is always possible: nothing is there. */
export function objection(field: string, value: string): MessageId | null {
  if (value === "") return null;
  const shape = shapeOf(field);
  if (shape === "date" && !parseDate(value)) return "objection.date";
  if (shape === "sex" && !["M", "F", "X"].includes(value)) return "objection.sex";
  return null;
}

/** What stands in the input of a field. */
export function shownValue(row: FieldRow, work: Work): string {
  return work.drafts[row.name] ?? row.value;
}
