/** What a person likes, remembered by the browser or window he works in. Nothing personal. */
import { useSyncExternalStore } from "react";

export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export type Preferences = {
  language: Language;
  theme: Theme;
  /** Whether single letters act as commands (WCAG 2.1.4 asks that this can be turned off). */
  singleKeys: boolean;
  /** Whether the queue stands open beside the document; null where the width of the window decides. */
  queueOpen: boolean | null;
};

const KEY = "lectern.preferences";
const listeners = new Set<() => void>();
let current = read();

function read(): Preferences {
  const stored = readStored();
  const language = LANGUAGES.find((known) => known === stored["language"]);
  const queueOpen = stored["queueOpen"];
  return {
    language: language ?? (navigator.language.startsWith("fr") ? "fr" : "en"),
    theme: THEMES.find((known) => known === stored["theme"]) ?? "system",
    singleKeys: stored["singleKeys"] !== false,
    queueOpen: typeof queueOpen === "boolean" ? queueOpen : null,
  };
}

/** Storage may be switched off, or hold something else's text: then the defaults hold. */
function readStored(): { [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

export function preferences(): Preferences {
  return current;
}

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, preferences);
}
