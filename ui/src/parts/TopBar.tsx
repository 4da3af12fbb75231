import { type ReactNode, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";

/** The place in the bar at the top that a page may fill; null while no bar is shown. */
let slot: HTMLElement | null = null;
const listeners = new Set<() => void>();

function setSlot(element: HTMLElement | null) {
  slot = element;
  for (const listener of listeners) listener();
}

type SlotProps = { className?: string };

/** Put by the bar where pages may show something of their own. */
export function TopBarSlot({ className }: SlotProps) {
  return <div ref={setSlot} className={className} />;
}

type Props = { children: ReactNode };

/** Shows its children in the bar at the top instead of in place. */
export function InTopBar({ children }: Props) {
  const target = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => slot,
  );
  return target && createPortal(children, target);
}
