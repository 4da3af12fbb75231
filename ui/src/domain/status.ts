/** Where a document stands, and what may be done with it there. */
import type { Document, DocumentStatus, Role } from "@/api/schema/types.gen";

/** What the filter chips choose between; each stands for some of the statuses. */
export const FILTERS = ["all", "to_review", "in_work", "done", "failed"] as const;
export type Filter = (typeof FILTERS)[number];

const STATUSES_OF: { readonly [filter in Filter]: readonly DocumentStatus[] } = {
  all: [],
  to_review: ["needs_review"],
  in_work: ["queued", "processing"],
  done: ["extracted", "reviewed"],
  failed: ["failed", "cancelled"],
};

/** The statuses a filter stands for; none for no filtering. */
export function statusesOf(filter: Filter): readonly DocumentStatus[] {
  return STATUSES_OF[filter];
}

export function filterFrom(text: unknown): Filter {
  return FILTERS.find((filter) => filter === text) ?? "all";
}

export function isInWork(status: DocumentStatus): boolean {
  return status === "queued" || status === "processing";
}

export function canCancel(document: Document): boolean {
  return isInWork(document.status);
}

export function canRetry(document: Document): boolean {
  const ended = document.status === "failed" || document.status === "cancelled";
  return ended && document.pictures_erased_at === null;
}

/**
 * Whether there may be something to see: a document fails only when none of its pages can be shown, and
 * pictures are erased when their time is over.
 */
export function hasPicture(document: Document): boolean {
  return document.status !== "failed" && document.pictures_erased_at === null;
}

/** Whether there is a reading with a page, which is what can be corrected. */
export function isRead(status: DocumentStatus): boolean {
  return status === "extracted" || status === "needs_review" || status === "reviewed";
}

export function mayCorrect(role: Role): boolean {
  return role === "reviewer" || role === "admin";
}

export function mayDelete(role: Role): boolean {
  return role === "admin";
}
