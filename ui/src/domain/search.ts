/** Text as a person types it when he looks for something: case and accents do not matter. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether every word typed begins a word of the title. */
export function matches(title: string, typed: string): boolean {
  const words = plain(title).split(/[^\p{L}\p{N}]+/u);
  return plain(typed)
    .split(/\s+/)
    .filter((part) => part !== "")
    .every((part) => words.some((word) => word.startsWith(part)));
}
