/** The fields of a record as a reviewer sees them: one row each, with its reason. */
import type {
  Check,
  Correction,
  Disagreement,
  DocumentDetail,
  Evidence,
  FieldState,
  RecordField,
} from "@/api/schema/types.gen";

/** The states of the record, and one more: a field one may expect but nobody has filled. */
export type RowState = FieldState | "not_read";

export type Source = Evidence["zone"] | "person";

export type FieldRow = {
  name: string;
  value: string;
  state: RowState;
  source: Source | null;
  confidence: number | null;
  proven: boolean;
  alternatives: readonly string[];
  evidence: readonly Evidence[];
  readValue: string | null;
  corrected: Correction | null;
  /** The broken rules that speak about this field. */
  failed: readonly Check[];
  /** What the places of the document say, where they differ. */
  disagreement: Disagreement | null;
};

/** The fields that identity documents share, in the order a person reads them. */
export const EXPECTED_FIELDS = [
  "surname",
  "given_names",
  "document_number",
  "nationality",
  "date_of_birth",
  "sex",
  "date_of_expiry",
  "date_of_issue",
  "personal_number",
] as const;

export type FieldShape = "name" | "code" | "country" | "date" | "sex";

/** How a field's value is written, which decides its input and the words beside it. */
export function shapeOf(name: string): FieldShape {
  if (name.startsWith("date_of_")) return "date";
  if (name === "sex") return "sex";
  if (name === "nationality" || name.endsWith("_country") || name === "country") return "country";
  if (name === "surname" || name === "given_names" || name.startsWith("place_of_")) return "name";
  return "code";
}

/**
 * One row per field of the record, in reading order, and after them one for each field that a broken
 * rule misses: an expiry that is no day of the calendar has no value, but somebody must look at it.
 */
export function rowsOf(detail: DocumentDetail): FieldRow[] {
  const failed = (detail.reading?.checks ?? []).filter((check) => check.outcome === "failed");
  const missed = new Set(failed.flatMap((check) => check.fields));
  for (const name of Object.keys(detail.record.fields)) missed.delete(name);
  const differing = new Map((detail.reading?.disagreements ?? []).map((one) => [one.field, one]));
  return [
    ...Object.entries(detail.record.fields).map(([name, field]) => ({
      ...readRow(name, field, failed),
      disagreement: differing.get(name) ?? null,
    })),
    ...[...missed].map((name): FieldRow => ({
      ...emptyRow(name),
      state: "rule_failed",
      failed: failed.filter((check) => check.fields.includes(name)),
    })),
  ];
}

function readRow(name: string, field: RecordField, failed: readonly Check[]): FieldRow {
  return {
    name,
    value: field.value,
    state: field.state,
    source: sourceOf(field),
    confidence: field.read?.confidence ?? null,
    proven: field.read?.proven ?? false,
    alternatives: alternativesOf(field),
    // A reader outside of this machine points at no place.
    evidence: (field.read?.evidence ?? []).filter(({ zone }) => zone !== "outside"),
    readValue: field.read?.value ?? null,
    corrected: field.corrected ?? null,
    failed: failed.filter((check) => check.fields.includes(name)),
    disagreement: null,
  };
}

function emptyRow(name: string): FieldRow {
  return {
    name,
    value: "",
    state: "not_read",
    source: null,
    confidence: null,
    proven: false,
    alternatives: [],
    evidence: [],
    readValue: null,
    corrected: null,
    failed: [],
    disagreement: null,
  };
}

/** The expected fields that the record has not: a person may fill them. */
export function missingRows(rows: readonly FieldRow[]): FieldRow[] {
  const present = new Set(rows.map((row) => row.name));
  return EXPECTED_FIELDS.filter((name) => !present.has(name)).map(emptyRow);
}

function sourceOf(field: RecordField): Source | null {
  if (field.corrected && field.corrected.kind !== "confirmed") return "person";
  return field.read?.evidence[0]?.zone ?? (field.corrected ? "person" : null);
}

/** At most three other values worth offering; what the machine read counts once a person changed it. */
function alternativesOf(field: RecordField): string[] {
  const offered = [field.read?.value ?? "", ...(field.read?.alternatives ?? [])];
  return [...new Set(offered)].filter((value) => value !== "" && value !== field.value).slice(0, 3);
}

export type Decision = { kind: "confirmed" | "edited" | "cleared"; value: string | null };

/**
 * What accepting a value means for a field; null when there is nothing to record, because a person
 * has already said just this.
 */
export function decide(row: FieldRow, draft: string): Decision | null {
  const value = draft.trim();
  if (value !== row.value) {
    return value === "" ? { kind: "cleared", value: null } : { kind: "edited", value };
  }
  if (row.state === "confirmed_by_person") return null;
  return value === "" ? { kind: "cleared", value: null } : { kind: "confirmed", value: null };
}

/** The record as it will stand once the server has taken the decision. */
export function withDecision(
  detail: DocumentDetail,
  name: string,
  decision: Decision,
  by: string,
  at: string,
): DocumentDetail {
  const before = detail.record.fields[name];
  const value = decision.kind === "cleared" ? "" : (decision.value ?? before?.value ?? "");
  const corrected: Correction = {
    id: "pending",
    field: name,
    kind: decision.kind,
    value,
    by,
    at,
  };
  return {
    ...detail,
    record: {
      ...detail.record,
      fields: {
        ...detail.record.fields,
        [name]: { value, state: "confirmed_by_person", read: before?.read ?? null, corrected },
      },
    },
  };
}
