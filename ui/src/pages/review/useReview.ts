import { useQuery } from "@tanstack/react-query";
import { useReducer, useRef } from "react";

import { useCorrectField } from "@/api/mutations";
import { documentQuery } from "@/api/queries";
import type { DocumentDetail, Session } from "@/api/schema/types.gen";
import { type FieldRow, decide, missingRows, rowsOf } from "@/domain/field";
import { isRead, mayCorrect } from "@/domain/status";
import { afterAccepting, doubtfulInOrder, nextDoubtful, previousDoubtful } from "@/domain/visit";
import { focusField } from "@/pages/review/places";
import {
  NO_WORK,
  type Work,
  objection,
  shownValue,
  tidy,
  withPending,
  workReducer,
} from "@/pages/review/work";

export type Review = {
  detail: DocumentDetail | undefined;
  error: unknown;
  tryAgain: () => void;
  rows: readonly FieldRow[];
  missing: readonly FieldRow[];
  /** Names of the fields that still wait for a person. */
  doubtful: readonly string[];
  work: Work;
  readOnly: boolean;
  /** Whether it is the person's role that lets him only look. */
  looking: boolean;
  /** Whether no field is doubtful, but the document as a whole is, and nobody has said a word yet. */
  doubtfulWhole: boolean;
  focused: (field: string) => void;
  type: (field: string, value: string) => void;
  revert: (field: string) => void;
  accept: (field: string) => void;
  toNextDoubtful: () => void;
  toPreviousDoubtful: () => void;
};

/** The review of one document: `onFinished` is called when its last doubtful field was settled. */
export function useReview(id: string, session: Session, onFinished: () => void): Review {
  const query = useQuery(documentQuery(id));
  const correct = useCorrectField(id);
  const [work, dispatch] = useReducer(workReducer, NO_WORK);
  const sequence = useRef(0);

  const detail = query.data && withPending(query.data, work);
  const rows = detail ? rowsOf(detail) : [];
  const missing = detail ? missingRows(rows) : [];
  const doubtful = doubtfulInOrder(rows).map((row) => row.name);
  const mine = mayCorrect(session.user.role);
  const readOnly = !mine || detail === undefined || !isRead(detail.document.status);

  const send = (row: FieldRow, value: string) => {
    const decision = decide(row, value);
    if (!decision) {
      dispatch({ type: "reverted", field: row.name });
      return;
    }
    sequence.current += 1;
    const number = sequence.current;
    const field = row.name;
    const pending = {
      decision,
      by: session.user.id,
      at: new Date().toISOString(),
      sequence: number,
    };
    dispatch({ type: "sent", field, pending });
    correct
      .mutateAsync({
        field,
        kind: decision.kind,
        ...(decision.kind === "edited" && { value: decision.value }),
      })
      .then(
        () => dispatch({ type: "saved", field, sequence: number }),
        (error: unknown) => dispatch({ type: "failed", field, sequence: number, error }),
      );
  };

  const accept = (field: string) => {
    const row = [...rows, ...missing].find((each) => each.name === field);
    if (!row || detail === undefined) return;
    const value = tidy(field, shownValue(row, work));
    if (objection(field, value)) {
      dispatch({ type: "typed", field, value });
      return;
    }
    const next = readOnly ? nextDoubtful(rows, field) : afterAccepting(rows, field);
    if (!readOnly) send(row, value);
    if (next) focusField(next);
    else onFinished();
  };

  return {
    detail,
    error: query.data ? null : query.error,
    tryAgain: () => void query.refetch(),
    rows,
    missing,
    doubtful,
    work,
    readOnly,
    looking: !mine,
    doubtfulWhole:
      detail?.document.status === "needs_review" &&
      doubtful.length === 0 &&
      detail.corrections.length === 0 &&
      Object.keys(work.pending).length === 0,
    focused: (field) => dispatch({ type: "focused", field }),
    type: (field, value) => dispatch({ type: "typed", field, value }),
    revert: (field) => dispatch({ type: "reverted", field }),
    accept,
    toNextDoubtful: () => focusField(nextDoubtful(rows, work.focused)),
    toPreviousDoubtful: () => focusField(previousDoubtful(rows, work.focused)),
  };
}
