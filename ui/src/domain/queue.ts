/**
 * Going from document to document. Ids are UUIDv7 and sort by the time of submission, so that a
 * document that has just left the queue still has a place in it.
 */

/** The document after `current` in a queue that stands newest first; goes round. */
export function nextInQueue(queue: readonly string[], current: string): string | null {
  const others = queue.filter((id) => id !== current);
  return others.find((id) => id < current) ?? others[0] ?? null;
}

/** The document before `current` in a queue that stands newest first; goes round. */
export function previousInQueue(queue: readonly string[], current: string): string | null {
  const others = queue.filter((id) => id !== current);
  return others.findLast((id) => id > current) ?? others.at(-1) ?? null;
}
