import { useSyncExternalStore } from "react";

const STEP_MS = 30_000;
let now = Date.now();

/** The time, renewed twice a minute: enough for "5 minutes ago". */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, () => now);
}

function subscribe(listener: () => void) {
  now = Date.now();
  const timer = window.setInterval(() => {
    now = Date.now();
    listener();
  }, STEP_MS);
  return () => window.clearInterval(timer);
}
