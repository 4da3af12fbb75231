/** Which commands can be done at this moment, and by whom. Lives outside React. */
import { type KeyPress, pressed, takesText, typesCharacter } from "@/commands/keys";
import { COMMAND_IDS, type CommandId, commandOf } from "@/commands/list";

type Run = () => void;

const running = new Map<CommandId, Run[]>();
const listeners = new Set<() => void>();
let available: readonly CommandId[] = [];

function announce() {
  available = COMMAND_IDS.filter((id) => (running.get(id)?.length ?? 0) > 0);
  for (const listener of listeners) listener();
}

/** Offers a command until the returned function is called. The last offer wins. */
export function offer(id: CommandId, run: Run): () => void {
  running.set(id, [...(running.get(id) ?? []), run]);
  announce();
  return () => {
    running.set(
      id,
      (running.get(id) ?? []).filter((other) => other !== run),
    );
    announce();
  };
}

/** Does a command if anybody offers it. */
export function perform(id: CommandId): boolean {
  const run = running.get(id)?.at(-1);
  run?.();
  return run !== undefined;
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function availableCommands(): readonly CommandId[] {
  return available;
}

/** The command a key press stands for at this place, or null. */
export function commandFor(
  press: KeyPress,
  place: { text: boolean; singleKeys: boolean },
  offered: readonly CommandId[],
): CommandId | null {
  const found = offered.find((id) => {
    const command = commandOf(id);
    if (command.handledBy === "focus") return false;
    return command.keys.some((keys) => {
      if (!pressed(press, keys)) return false;
      if (!typesCharacter(keys)) return true;
      // In a text field a character is text; elsewhere it acts alone unless that is switched off.
      return press.altKey || (place.singleKeys && !place.text);
    });
  });
  return found ?? null;
}

/** Listens to the keyboard of the window. */
export function listenToKeys(singleKeys: () => boolean): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    // A dialog has its own keys; what lies under it must not move.
    if (document.querySelector("[data-modal]")) return;
    const place = { text: takesText(event.target), singleKeys: singleKeys() };
    const id = commandFor(event, place, available);
    if (id && perform(id)) event.preventDefault();
  };
  window.addEventListener("keydown", onKeyDown);
  return () => window.removeEventListener("keydown", onKeyDown);
}
