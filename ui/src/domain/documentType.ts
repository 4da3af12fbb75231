/** Families of documents, as the server names them: `passport`, `id_card_back`. */
const FAMILIES = [
  "passport",
  "travel_document",
  "visa",
  "id_card",
  "residence_permit",
  "driving_licence",
  "vehicle_registration",
  "other_id",
] as const;

export type Family = (typeof FAMILIES)[number];
export type Side = "front" | "back";

/** The family and side that a type's name stands for; null for a family that is not known here. */
export function parseDocumentType(name: string): { family: Family; side: Side | null } | null {
  const side = name.endsWith("_front") ? "front" : name.endsWith("_back") ? "back" : null;
  const stem = side === null ? name : name.slice(0, -side.length - 1);
  const family = FAMILIES.find((known) => known === stem);
  return family ? { family, side } : null;
}
