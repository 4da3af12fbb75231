/** What a document has to do with others, and which of it waits for a person's word. Pure. */
import type { Document, Question, Relation } from "@/api/schema/types.gen";

/** A relation of which nobody has said anything and which is not held to be so. */
export type OpenRelation = Relation & { probability: number };

/** How many reasons are shown: those behind them hardly weigh. */
export const REASONS = 5;

const isOpen = (relation: Relation): relation is OpenRelation =>
  relation.verdict === null && !relation.holds && relation.probability !== null;

/** The other side of the card, where that is a document of its own. */
export function pairOf(relations: readonly Relation[]): Relation | null {
  return relations.find(({ question, holds }) => question === "sides" && holds) ?? null;
}

/**
 * What waits for a word, the likeliest first; of one other document the most telling question only: who
 * says that two documents are one has answered whose they are.
 */
export function openRelations(
  document: Document,
  relations: readonly Relation[],
): readonly OpenRelation[] {
  const paired = pairOf(relations) !== null || document.side_of !== null;
  const ranks: { readonly [question in Question]: number } = { duplicate: 0, holder: 1, sides: 2 };
  const open = relations
    .filter(isOpen)
    .filter((relation) => relation.question !== "sides" || (!paired && isAlone(relation.document)))
    .toSorted((a, b) => ranks[a.question] - ranks[b.question] || b.probability - a.probability);
  return open.filter(
    (relation, at) => open.findIndex((other) => other.document.id === relation.document.id) === at,
  );
}

function isAlone(document: Document): boolean {
  return document.side_of === null;
}
