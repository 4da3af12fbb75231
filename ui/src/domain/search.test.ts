import { expect, test } from "vitest";

import { matches } from "@/domain/search";

test.each([
  ["Next field to check", "next", true],
  ["Next field to check", "fi ch", true],
  ["Vérifier les champs", "verif", true],
  ["Zoom in", "out", false],
  ["Zoom in", "", true],
])("%s is found by %j: %s", (title, typed, found) => expect(matches(title, typed)).toBe(found));
