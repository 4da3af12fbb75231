/** Short messages about what has just happened. Lives outside React. */
import { useSyncExternalStore } from "react";

export type Toast = {
  id: number;
  tone: "plain" | "failed";
  text: string;
  /** Stays until it is dismissed, as a failure does. */
  lasting?: boolean;
  action?: { label: string; run: () => void };
};

/** Long enough to read two sentences; failures and lasting messages stay until dismissed. */
const SHOWN_MS = 6_000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

export function toast(content: Omit<Toast, "id">): void {
  lastId += 1;
  const id = lastId;
  // The same words twice are one message.
  set([...toasts.filter((other) => other.text !== content.text), { ...content, id }].slice(-3));
  if (content.tone === "plain" && !content.lasting) window.setTimeout(() => dismiss(id), SHOWN_MS);
}

export function dismiss(id: number): void {
  set(toasts.filter((other) => other.id !== id));
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}
