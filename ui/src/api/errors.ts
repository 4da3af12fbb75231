/** What can go wrong between the page and the server, and the one place that says so in words. */
import type { IntlShape } from "react-intl";

import type { Check, Problem, ProblemNote, Sentence } from "@/api/schema/types.gen";
import { type MessageId, isMessageId } from "@/messages/ids";
import { HostError } from "@/platform/types";

/** An answer that is not a success. Decide by `code`, never by the text. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly hints: readonly string[];
  readonly requestId: string | null;

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}`);
    this.status = status;
    this.code = problem.code ?? `http_${status}`;
    this.hints = problem.hints ?? [];
    this.requestId = problem.request_id ?? null;
  }
}

export function isUnauthenticated(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** The message for a stable code, in one of the families below, if the catalogue has one. */
function messageFor(
  family: "error" | "problem" | "check" | "notice",
  code: string,
): MessageId | null {
  const id = `${family}.${code}`;
  return isMessageId(id) ? id : null;
}

/** One sentence for the person. */
export function sentenceOf(error: unknown, intl: IntlShape): string {
  if (error instanceof ApiError) {
    const id = messageFor("error", error.code) ?? messageFor("problem", error.code);
    if (id) return intl.formatMessage({ id });
    if (error.status >= 500) {
      return intl.formatMessage({ id: "error.unknown" }, { request: error.requestId ?? "–" });
    }
    return asSentence(error.message);
  }
  if (error instanceof HostError) {
    const id = messageFor("error", error.code);
    return id ? intl.formatMessage({ id }) : asSentence(error.message);
  }
  // `fetch` rejects with a TypeError when nothing answers.
  if (error instanceof TypeError) return intl.formatMessage({ id: "error.unreachable" });
  return intl.formatMessage({ id: "error.unknown" }, { request: "–" });
}

/** The sentence of a document's problem: ours in the person's language if we know the code. */
export function problemSentence(problem: ProblemNote, intl: IntlShape): string {
  const id = messageFor("problem", problem.code);
  return id ? intl.formatMessage({ id }) : asSentence(problem.message);
}

/** The same for what the program wants an admin to know. */
export function noticeSentence(notice: ProblemNote, intl: IntlShape): string {
  const id = messageFor("notice", notice.code);
  return id ? intl.formatMessage({ id }) : asSentence(notice.message);
}

/** The same for a rule. */
export function checkSentence(check: Check, intl: IntlShape): string {
  const id = messageFor("check", check.code);
  return id
    ? intl.formatMessage({ id }, { outcome: check.outcome })
    : inLanguage(check.sentence, intl);
}

/** A sentence that the server has in every language, in that of the page. */
export function inLanguage(sentence: Sentence, intl: IntlShape): string {
  return intl.locale.startsWith("fr") ? sentence.fr : sentence.en;
}

/** The server speaks in lower case and without a stop where its words may stand in a log line. */
function asSentence(text: string): string {
  const capital = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
