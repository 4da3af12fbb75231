/** The rules applied to a reading, put in the order in which they concern a reviewer. */
import type { Check, Outcome } from "@/api/schema/types.gen";

const RANK: { readonly [outcome in Outcome]: number } = { failed: 0, could_not_run: 1, passed: 2 };

export function inOrderOfConcern(checks: readonly Check[]): Check[] {
  return checks.toSorted((a, b) => RANK[a.outcome] - RANK[b.outcome]);
}

export function countOutcomes(checks: readonly Check[]): { passed: number; failed: number } {
  const count = (outcome: Outcome) => checks.filter((check) => check.outcome === outcome).length;
  return { passed: count("passed"), failed: count("failed") };
}
