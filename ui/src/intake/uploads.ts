/** Files on their way in: what is known of each until it is a document. Pure. */
import type { Document, ProblemNote, Submission } from "@/api/schema/types.gen";

export type Upload = {
  key: string;
  name: string;
  /**
   * `waiting` and `sending` move by themselves; the others stay until the person has seen them.
   */
  state: "waiting" | "sending" | "already_here" | "refused" | "failed";
  /** The document that has the same bytes, when `already_here`. */
  document: Document | null;
  /** Why it was refused. */
  problem: ProblemNote | null;
  /** What broke on the way, when `failed`. */
  error: unknown;
};

export type UploadAction =
  | { type: "added"; uploads: readonly { key: string; name: string }[] }
  | { type: "sending"; key: string }
  | { type: "settled"; key: string; submission: Submission }
  | { type: "failed"; key: string; error: unknown }
  | { type: "gone"; key: string };

export function uploadsReducer(
  uploads: readonly Upload[],
  action: UploadAction,
): readonly Upload[] {
  switch (action.type) {
    case "added":
      return [...action.uploads.map(({ key, name }) => waiting(key, name)), ...uploads];
    case "sending":
      return change(uploads, action.key, { state: "sending", problem: null, error: null });
    case "settled":
      return settle(uploads, action.key, action.submission);
    case "failed":
      return change(uploads, action.key, { state: "failed", error: action.error });
    case "gone":
      return uploads.filter((upload) => upload.key !== action.key);
  }
}

function waiting(key: string, name: string): Upload {
  return { key, name, state: "waiting", document: null, problem: null, error: null };
}

/** A new document has a row of its own in the list, so its upload is done with. */
function settle(uploads: readonly Upload[], key: string, submission: Submission) {
  const { outcome, document, problem } = submission;
  if (outcome === "submitted") return uploads.filter((upload) => upload.key !== key);
  return change(uploads, key, { state: outcome, document, problem });
}

function change(uploads: readonly Upload[], key: string, part: Partial<Upload>) {
  return uploads.map((upload) => (upload.key === key ? { ...upload, ...part } : upload));
}

export function isMoving(upload: Upload): boolean {
  return upload.state === "waiting" || upload.state === "sending";
}
