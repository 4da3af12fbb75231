import { useSyncExternalStore } from "react";

/** Whether a media condition holds at the moment. */
export function useWide(condition: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(condition);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => window.matchMedia(condition).matches,
  );
}
