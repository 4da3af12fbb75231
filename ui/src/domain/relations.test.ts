import { expect, test } from "vitest";

import { openRelations, pairOf } from "@/domain/relations";
import { aDocument, aRelation } from "@/test/fixtures";

const document = aDocument(9);
const questions = (relations: Parameters<typeof openRelations>[1]) =>
  openRelations(document, relations).map(({ question, document: { id } }) => [question, id]);

test("what nobody judged waits, the most telling question of each document first", () => {
  const one = aRelation(aDocument(1), { question: "holder", probability: 0.6 });
  const same = aRelation(aDocument(2), { probability: 0.97 });
  const also = aRelation(aDocument(2), { question: "holder", probability: 0.99 });
  expect(questions([one, also, same])).toEqual([
    ["duplicate", same.document.id],
    ["holder", one.document.id],
  ]);
});

test("what was judged or is held to be so does not wait", () => {
  expect(
    questions([
      aRelation(aDocument(1), { verdict: "different" }),
      aRelation(aDocument(2), { question: "holder", holds: true }),
      aRelation(aDocument(3), { probability: null, verdict: "same", holds: true }),
    ]),
  ).toEqual([]);
});

test("a possible other side waits only while there is none", () => {
  const possible = aRelation(aDocument(1), { question: "sides", probability: 0.8 });
  const held = aRelation(aDocument(2), { question: "sides", holds: true });
  expect(questions([possible])).toEqual([["sides", possible.document.id]]);
  expect(questions([possible, held])).toEqual([]);
  expect(pairOf([possible, held])).toBe(held);
  expect(pairOf([possible])).toBeNull();
});
