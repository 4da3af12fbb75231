// @vitest-environment jsdom
import { describe, expect, test } from "vitest";

import { type KeyPress, ariaKeys, keyLabels, pressed, takesText } from "@/commands/keys";
import { COMMAND_IDS, commandOf } from "@/commands/list";
import { commandFor } from "@/commands/registry";

const press = (part: Partial<KeyPress>): KeyPress => ({
  code: "",
  key: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...part,
});

describe("a press", () => {
  test("is known by its place, whatever the layout types there", () =>
    expect(pressed(press({ code: "KeyQ", key: "a" }), { code: "KeyQ" })).toBe(true));
  test("of punctuation is known by what it types", () =>
    expect(pressed(press({ code: "KeyM", key: "?" }), { key: "?" })).toBe(true));
  test("with Control is another one", () => {
    expect(pressed(press({ code: "KeyK", ctrlKey: true }), { code: "KeyK" })).toBe(false);
    expect(pressed(press({ code: "KeyK", ctrlKey: true }), { code: "KeyK", mod: true })).toBe(true);
    expect(pressed(press({ code: "KeyK", metaKey: true }), { code: "KeyK", mod: true })).toBe(true);
  });
  test("while composing is none", () =>
    expect(pressed(press({ code: "KeyN", isComposing: true }), { code: "KeyN" })).toBe(false));
});

describe("the command for a press", () => {
  const n = press({ code: "KeyN", key: "n" });
  const free = { text: false, singleKeys: true };
  test("is found where no text is typed", () =>
    expect(commandFor(n, free, COMMAND_IDS)).toBe("next_doubtful"));
  test("is none in a text field, unless Alt is held", () => {
    expect(commandFor(n, { ...free, text: true }, COMMAND_IDS)).toBeNull();
    expect(commandFor({ ...n, altKey: true }, { ...free, text: true }, COMMAND_IDS)).toBe(
      "next_doubtful",
    );
  });
  test("is none when single keys are switched off", () =>
    expect(commandFor(n, { ...free, singleKeys: false }, COMMAND_IDS)).toBeNull());
  test("is none when nobody offers it", () => expect(commandFor(n, free, [])).toBeNull());
  test("with Control works everywhere", () =>
    expect(
      commandFor(
        press({ code: "KeyK", ctrlKey: true }),
        { text: true, singleKeys: false },
        COMMAND_IDS,
      ),
    ).toBe("palette"));
});

test("no two commands of the window that can be offered together share a key", () => {
  const taken = new Map<string, string>();
  for (const id of COMMAND_IDS) {
    const { keys, handledBy } = commandOf(id);
    if (handledBy === "focus") continue;
    for (const each of keys) {
      const name = JSON.stringify(each);
      expect(taken.get(name), name).toBeUndefined();
      taken.set(name, id);
    }
  }
});

test("keys are shown as they stand on the keyboard", () => {
  expect(keyLabels({ code: "KeyK", mod: true })).toEqual(["Ctrl", "K"]);
  expect(keyLabels({ code: "ArrowUp" })).toEqual(["↑"]);
  expect(ariaKeys({ code: "KeyK", mod: true })).toBe("Control+K");
  expect(ariaKeys({ key: "+" })).toBe("Plus");
});

test("text goes into text fields only", () => {
  const input = document.createElement("input");
  expect(takesText(input)).toBe(true);
  input.type = "radio";
  expect(takesText(input)).toBe(false);
  expect(takesText(document.createElement("button"))).toBe(false);
  expect(takesText(null)).toBe(false);
});
