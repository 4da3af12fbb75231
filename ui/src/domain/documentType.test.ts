import { expect, test } from "vitest";

import { parseDocumentType } from "@/domain/documentType";

test.each([
  ["passport", { family: "passport", side: null }],
  ["id_card_back", { family: "id_card", side: "back" }],
  ["id_card_middle", null],
])("type %s", (name, type) => expect(parseDocumentType(name)).toEqual(type));
