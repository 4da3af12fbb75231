/**
 * Every action of the page. Buttons, palette, cheat sheet and the keyboard all read this list.
 *
 * A command does something only while the page that knows how is shown (`useCommand`).
 */
import type { Keys } from "@/commands/keys";
import type { MessageId } from "@/messages/ids";

export const GROUPS = ["everywhere", "inbox", "review", "document"] as const;
export type Group = (typeof GROUPS)[number];

type Entry = {
  title: MessageId;
  group: Group;
  /** Any of these combinations. */
  keys: readonly Keys[];
  /** Whose keys these are: of the whole window, or of the list or field that has the focus. */
  handledBy: "window" | "focus";
};

const everywhere = (title: MessageId, ...keys: Keys[]): Entry => ({
  title,
  group: "everywhere",
  keys,
  handledBy: "window",
});
const entry = (
  group: Group,
  handledBy: Entry["handledBy"],
  title: MessageId,
  ...keys: Keys[]
): Entry => ({ title, group, keys, handledBy });

export const COMMANDS = {
  palette: everywhere("command.palette", { code: "KeyK", mod: true }),
  help: everywhere("command.help", { key: "?" }),
  add_files: everywhere("command.add_files", { code: "KeyO", mod: true }),
  go_inbox: everywhere("command.go_inbox", { code: "KeyI" }),
  go_trash: everywhere("command.go_trash"),
  theme: everywhere("command.theme"),
  language: everywhere("command.language"),
  single_keys: everywhere("command.single_keys"),
  sign_out: everywhere("command.sign_out"),

  inbox_filter: entry("inbox", "window", "command.inbox_filter", { key: "/" }),
  inbox_search: entry("inbox", "window", "command.inbox_search", { code: "KeyS" }),
  inbox_move: entry(
    "inbox",
    "focus",
    "command.inbox_move",
    { code: "ArrowUp" },
    { code: "ArrowDown" },
  ),
  inbox_open: entry("inbox", "focus", "command.inbox_open", { code: "Enter" }),
  inbox_retry: entry("inbox", "focus", "command.inbox_retry", { code: "KeyR" }),
  inbox_cancel: entry("inbox", "focus", "command.inbox_cancel", { code: "KeyC" }),
  inbox_delete: entry("inbox", "focus", "command.inbox_delete", { code: "Delete" }),
  samples: entry("inbox", "window", "command.samples"),

  accept: entry("review", "focus", "command.accept", { code: "Enter" }),
  revert: entry("review", "focus", "command.revert", { code: "Escape" }),
  next_doubtful: entry("review", "window", "command.next_doubtful", { code: "KeyN" }),
  previous_doubtful: entry("review", "window", "command.previous_doubtful", { code: "KeyP" }),
  alternative_1: entry("review", "window", "command.alternative_1", { code: "Digit1" }),
  alternative_2: entry("review", "window", "command.alternative_2", { code: "Digit2" }),
  alternative_3: entry("review", "window", "command.alternative_3", { code: "Digit3" }),
  next_document: entry("review", "window", "command.next_document", { code: "KeyJ" }),
  previous_document: entry("review", "window", "command.previous_document", { code: "KeyK" }),
  judge_same: entry("review", "window", "command.judge_same", { code: "KeyM" }),
  judge_different: entry("review", "window", "command.judge_different", { code: "KeyD" }),
  toggle_queue: entry("review", "window", "command.toggle_queue", { code: "KeyQ" }),

  zoom_in: entry("document", "window", "command.zoom_in", { key: "+" }, { key: "=" }),
  zoom_out: entry("document", "window", "command.zoom_out", { key: "-" }),
  zoom_fit: entry("document", "window", "command.zoom_fit", { code: "Digit0" }, { key: "0" }),
  rotate: entry("document", "window", "command.rotate", { code: "KeyR" }),
  flip: entry("document", "window", "command.flip", { code: "KeyF" }),
} as const satisfies { readonly [id: string]: Entry };

export type CommandId = keyof typeof COMMANDS;
export type Command = Entry;

export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[];

export function commandOf(id: CommandId): Command {
  return COMMANDS[id];
}
