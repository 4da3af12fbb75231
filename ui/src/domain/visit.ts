/** The order in which a reviewer comes to the fields. */
import type { FieldRow, RowState } from "@/domain/field";

/** Broken rules first, then what the machine doubts, then the rest. */
const RANK: { readonly [state in RowState]: number } = {
  rule_failed: 0,
  to_check: 1,
  not_read: 2,
  confirmed_by_rules: 2,
  confirmed_by_person: 2,
};

export function isDoubtful(row: FieldRow): boolean {
  return row.state === "rule_failed" || row.state === "to_check";
}

/** Where a doubtful field comes: of those the machine doubts, the ones that places contradict come first. */
function rank(row: FieldRow): number {
  return RANK[row.state] - (row.state === "to_check" && row.disagreement?.undecided ? 0.5 : 0);
}

/**
 * The doubtful fields, the one to look at first in front: broken rules, places that contradict each other,
 * then by rising confidence.
 */
export function doubtfulInOrder(rows: readonly FieldRow[]): FieldRow[] {
  return rows
    .filter(isDoubtful)
    .toSorted((a, b) => rank(a) - rank(b) || (a.confidence ?? 0) - (b.confidence ?? 0));
}

/** Where the reviewer starts: the first doubtful field, else the first field. */
export function firstToVisit(rows: readonly FieldRow[]): string | null {
  return doubtfulInOrder(rows)[0]?.name ?? rows[0]?.name ?? null;
}

/** The next doubtful field after `current` in order of visit, going round; null when none is left. */
export function nextDoubtful(rows: readonly FieldRow[], current: string | null): string | null {
  return step(rows, current, 1);
}

/** The doubtful field before `current` in order of visit, going round; null when none is left. */
export function previousDoubtful(rows: readonly FieldRow[], current: string | null): string | null {
  return step(rows, current, -1);
}

function step(rows: readonly FieldRow[], current: string | null, by: 1 | -1): string | null {
  const others = doubtfulInOrder(rows);
  if (others.length === 0) return null;
  const at = others.findIndex((row) => row.name === current);
  if (at === -1) return (by === 1 ? others[0] : others.at(-1))?.name ?? null;
  return others.at((at + by) % others.length)?.name ?? null;
}

/** Where to go once `accepted` is settled: the doubtful field after it, or null when it was the last. */
export function afterAccepting(rows: readonly FieldRow[], accepted: string): string | null {
  const next = nextDoubtful(rows, accepted);
  return next === accepted ? null : next;
}
