import { useSyncExternalStore } from "react";

/** Twice a minute is enough for "5 minutes ago". */
const STEP_MS = 30_000;

let now = Date.now();
let timer: number | undefined;
const listeners = new Set<() => void>();

function tick() {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  // One clock for all, so that no two rows count from different moments.
  if (timer === undefined) {
    now = Date.now();
    timer = window.setInterval(tick, STEP_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

/** The time, the same for everybody who asks, renewed now and then. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, () => now);
}
