/**
 * Key combinations: how they are written down, recognised and shown.
 *
 * Letters and digits are known by the place of the key (`code`), so that they stay under the same
 * finger on every layout. Punctuation has no such place (a French `?` is where an English comma is),
 * so it is known by what it types (`key`).
 */

export type Keys = ({ code: string } | { key: string }) & {
  /** Control, or Command on a Mac. */
  mod?: true;
};

export type KeyPress = Pick<
  KeyboardEvent,
  "code" | "key" | "ctrlKey" | "metaKey" | "altKey" | "isComposing"
>;

/** Whether a press is this combination. Alt is ignored: it only lifts a letter out of a text field. */
export function pressed(press: KeyPress, keys: Keys): boolean {
  if (press.isComposing) return false;
  if (Boolean(keys.mod) !== (press.ctrlKey || press.metaKey)) return false;
  return "code" in keys ? press.code === keys.code : press.key === keys.key;
}

/** Whether the combination is a character by itself, which typing in a text field would produce. */
export function typesCharacter(keys: Keys): boolean {
  if (keys.mod) return false;
  return "key" in keys ? keys.key.length === 1 : /^(Key|Digit)/.test(keys.code);
}

/** Whether typing at this place means text. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (!(target instanceof HTMLInputElement)) return false;
  return !["button", "checkbox", "file", "radio", "range", "reset", "submit"].includes(target.type);
}

const NAMES: { readonly [name: string]: string } = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  Enter: "Enter",
  Escape: "Esc",
  Delete: "Del",
  "-": "−",
};

/** What stands on the keys, one entry per key to press. */
export function keyLabels(keys: Keys): string[] {
  const name = "code" in keys ? keys.code.replace(/^(Key|Digit)/, "") : keys.key;
  return [...(keys.mod ? ["Ctrl"] : []), NAMES[name] ?? name];
}

/** The same for `aria-keyshortcuts`. */
export function ariaKeys(keys: Keys): string {
  const name = "code" in keys ? keys.code.replace(/^(Key|Digit)/, "") : keys.key;
  return [...(keys.mod ? ["Control"] : []), name === "+" ? "Plus" : name].join("+");
}
