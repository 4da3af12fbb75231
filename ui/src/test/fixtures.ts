/** Invented documents in every state. */
import type {
  Check,
  Disagreement,
  Document,
  DocumentDetail,
  Evidence,
  Field,
  RecordField,
  Relation,
  Session,
  User,
} from "@/api/schema/types.gen";

export const SESSION: Session = {
  user: { id: "0190a000-0000-7000-8000-0000000000aa", name: "ada", role: "admin" },
  csrf_token: "csrf-of-ada",
  notices: [],
  door: "network",
};

/** Another reviewer. */
export const GRACE: User = {
  id: "0190a000-0000-7000-8000-0000000000bb",
  name: "grace",
  role: "reviewer",
  created_at: "2026-01-01T00:00:00.000Z",
  local: false,
};

/** Ids sort by time: the later the number, the newer the document. */
export function idOf(number: number): string {
  return `0193500a-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

export function aDocument(number: number, part: Partial<Document> = {}): Document {
  return {
    id: idOf(number),
    name: `scan-${number}.jpg`,
    media_type: "image/jpeg",
    size: 240_000,
    status: "extracted",
    progress: null,
    problem: null,
    submitted_by: "ada",
    submitted_at: "2026-11-21T08:00:00.000Z",
    changed_at: "2026-11-21T08:00:05.000Z",
    title: "ERIKSSON, ANNA MARIA",
    document_type: "passport",
    issuing_country: "UTO",
    doubtful: 0,
    pages: 1,
    side_of: null,
    cut_from: null,
    parts: 0,
    kept_whole: false,
    person_id: null,
    duplicates: 0,
    pictures_erased_at: null,
    trashed_at: null,
    erased_after: null,
    assigned_to: null,
    archived_at: null,
    ...part,
  };
}

/** A piece of the machine-readable zone of a page of 1000 × 700. */
function zone(line: 0 | 1, from: number, to: number, text: string): Evidence {
  const [left, right] = [60 + from * 20, 60 + to * 20];
  const [top, bottom] = line === 0 ? [570, 600] : [625, 655];
  return {
    zone: "mrz",
    page: 0,
    quad: [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ],
    text,
  };
}

export function aField(value: string, part: Partial<Field> = {}): Field {
  return {
    value,
    confidence: 0.99,
    needs_review: false,
    proven: true,
    alternatives: [],
    evidence: [],
    ...part,
  };
}

export function aRecordField(read: Field, part: Partial<RecordField> = {}): RecordField {
  return {
    value: read.value,
    state: read.needs_review ? "to_check" : "confirmed_by_rules",
    read,
    corrected: null,
    ...part,
  };
}

const FIELDS: { [name: string]: Field } = {
  surname: aField("ERIKSSON", {
    confidence: 0.62,
    needs_review: true,
    proven: false,
    alternatives: ["ERIKS5ON", "ERIKSS0N"],
    evidence: [zone(0, 5, 13, "ERIKSSON")],
  }),
  given_names: aField("ANNA MARIA", {
    confidence: 0.97,
    proven: false,
    evidence: [zone(0, 15, 25, "ANNA<MARIA")],
  }),
  document_number: aField("L898902C3", { evidence: [zone(1, 0, 9, "L898902C3")] }),
  nationality: aField("UTO", { proven: false, evidence: [zone(1, 10, 13, "UTO")] }),
  date_of_birth: aField("1974-08-12", { evidence: [zone(1, 13, 19, "740812")] }),
  sex: aField("F", {
    confidence: 0.55,
    needs_review: true,
    proven: false,
    evidence: [zone(1, 20, 21, "F")],
  }),
  date_of_expiry: aField("2032-04-15", {
    confidence: 0.8,
    evidence: [zone(1, 21, 27, "320415")],
  }),
  personal_number: aField("ZE184226B", { evidence: [zone(1, 28, 37, "ZE184226B")] }),
};

/** A rule as the server tells of it. */
export function aCheck(code: string, outcome: Check["outcome"], message: string): Check {
  return {
    code,
    outcome,
    message,
    sentence: { en: message, fr: `${message} (fr)`, ar: `${message} (ar)` },
    fields: [code.replace("check_digit_", "")],
  };
}

const CHECKS: Check[] = [
  aCheck("check_digit_document_number", "passed", "The check digit of the document number agrees"),
  aCheck("check_digit_date_of_birth", "passed", "The check digit of the date of birth agrees"),
  aCheck(
    "check_digit_date_of_expiry",
    "failed",
    "The check digit of the date of expiry does not agree",
  ),
];

/** Zone and print of the document of this number contradict each other about the surname. */
export function aDisagreement(number: number): Disagreement {
  const source = (index: number, at: "mrz" | "visual", value: string) => ({
    zone: at,
    value,
    evidence: [{ ...zone(0, 5, 13, value), zone: at }],
    crop: `/v1/documents/${idOf(number)}/fields/surname/crop?source=${index}`,
  });
  return {
    field: "surname",
    class: "real_conflict",
    sources: [source(0, "mrz", "ERIKSSON"), source(1, "visual", "ERIKSEN")],
    reason: "The places contradict each other; the likelier one is proposed",
    sentence: {
      en: "The places contradict each other; the likelier one is proposed",
      fr: "Le plus probable est proposé",
      ar: "اقتُرحت القيمة الأرجح",
    },
    proposed: "ERIKSSON",
    undecided: true,
  };
}

/** A passport with one broken rule (date of expiry) and two doubts (sex, then surname). */
export function aDetail(number: number, part: Partial<Document> = {}): DocumentDetail {
  const fields = Object.fromEntries(
    Object.entries(FIELDS).map(([name, read]) => [
      name,
      aRecordField(read, name === "date_of_expiry" ? { state: "rule_failed" } : {}),
    ]),
  );
  return {
    document: aDocument(number, { status: "needs_review", doubtful: 3, ...part }),
    reading: {
      engine: "1+mrz",
      day: "2026-11-21",
      document_type: "passport",
      issuing_country: "UTO",
      definition: "passport@1",
      mrz_format: "TD3",
      mrz: [
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F3204159ZE184226B<<<<<10",
      ],
      fields: FIELDS,
      disagreements: [],
      checks: CHECKS,
      problems: [],
      pages: [{ width: 1000, height: 700, quarter_turns: 0 }],
      outside: [],
    },
    corrections: [],
    record: { document_type: "passport", issuing_country: "UTO", fields },
    other_side: null,
    cut_out: [],
    imported_type: null,
  };
}

/** Another document that may be the same one, taken in twice. */
export function aRelation(document: Document, part: Partial<Relation> = {}): Relation {
  return {
    question: "duplicate",
    document,
    probability: 0.97,
    reasons: [
      { about: "document_number", alike: "one_character", weight: 5.4 },
      { about: "date_of_birth", alike: "equal", weight: 5 },
      { about: "issuing_country", alike: "different", weight: -4 },
    ],
    verdict: null,
    holds: false,
    ...part,
  };
}
