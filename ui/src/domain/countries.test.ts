import { expect, test } from "vitest";

import { countryName } from "@/domain/countries";

test.each([
  ["FRA", "fr", "France"],
  ["D", "en", "Germany"],
  ["che", "fr", "Suisse"],
  ["UTO", "en", null],
  ["", "en", null],
])("the country of %j in %s is %j", (code, language, name) => {
  expect(countryName(code, language)).toBe(name);
});
