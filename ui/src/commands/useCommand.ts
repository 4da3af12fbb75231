import { useEffect, useRef, useSyncExternalStore } from "react";

import type { CommandId } from "@/commands/list";
import { availableCommands, offer, subscribe } from "@/commands/registry";

/** Offers a command while mounted and `enabled`. */
export function useCommand(id: CommandId, run: () => void, enabled = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => (enabled ? offer(id, () => latest.current()) : undefined), [id, enabled]);
}

/** The commands that can be done now. */
export function useAvailableCommands(): readonly CommandId[] {
  return useSyncExternalStore(subscribe, availableCommands);
}
