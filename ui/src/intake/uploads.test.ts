import { expect, test } from "vitest";

import { type Upload, type UploadAction, uploadsReducer } from "@/intake/uploads";
import { aDocument } from "@/test/fixtures";

const after = (...actions: UploadAction[]) => actions.reduce<readonly Upload[]>(uploadsReducer, []);
const added: UploadAction = {
  type: "added",
  uploads: [
    { key: "a", name: "a.jpg" },
    { key: "b", name: "b.jpg" },
  ],
};
const states = (uploads: readonly Upload[]) => uploads.map(({ key, state }) => [key, state]);

test("every file is a row at once", () => {
  expect(states(after(added))).toEqual([
    ["a", "waiting"],
    ["b", "waiting"],
  ]);
});

test("a new document takes over from its upload", () => {
  const submission = {
    name: "a.jpg",
    outcome: "submitted" as const,
    document: aDocument(1),
    problem: null,
  };
  const uploads = after(
    added,
    { type: "sending", key: "a" },
    { type: "settled", key: "a", submission },
  );
  expect(states(uploads)).toEqual([["b", "waiting"]]);
});

test("a duplicate stays and knows its document", () => {
  const document = aDocument(7);
  const submission = { name: "a", outcome: "already_here" as const, document, problem: null };
  expect(after(added, { type: "settled", key: "a", submission })[0]).toMatchObject({
    state: "already_here",
    document,
  });
});

test("a refusal stays with its reason until it is put away", () => {
  const problem = { code: "file_empty", message: "the file is empty" };
  const submission = { name: "a", outcome: "refused" as const, document: null, problem };
  const refused = after(added, { type: "settled", key: "a", submission });
  expect(refused[0]).toMatchObject({ state: "refused", problem });
  expect(states(uploadsReducer(refused, { type: "gone", key: "a" }))).toEqual([["b", "waiting"]]);
});

test("sending again forgets the failure", () => {
  const uploads = after(
    added,
    { type: "failed", key: "a", error: new Error("no") },
    { type: "sending", key: "a" },
  );
  expect(uploads[0]).toMatchObject({ state: "sending", error: null });
});
