import { describe, expect, test } from "vitest";

import { dateInWords, parseDate, tidyDate } from "@/domain/dates";

describe("parseDate", () => {
  test.each([
    ["1984-05-27", { year: 1984, month: 5, day: 27 }],
    ["1984-05", { year: 1984, month: 5, day: null }],
    ["1984", { year: 1984, month: null, day: null }],
    ["2024-02-29", { year: 2024, month: 2, day: 29 }],
    ["2000-02-29", { year: 2000, month: 2, day: 29 }],
  ])("%s is a date", (text, date) => expect(parseDate(text)).toEqual(date));

  test.each([
    "",
    "27.05.1984",
    "1984-5-27",
    "1984-13-01",
    "1984-00-01",
    "1984-04-31",
    "1984-05-00",
    "2023-02-29",
    "1900-02-29",
    "0000-01-01",
    "1984-05-27 ",
  ])("%j is none", (text) => expect(parseDate(text)).toBeNull());
});

test.each([
  ["19840527", "1984-05-27"],
  ["1984.05.27", "1984-05-27"],
  ["1984/05", "1984-05"],
  [" 1984 ", "1984"],
  ["27.05.1984", "27.05.1984"],
])("%j is tidied to %j", (typed, tidy) => expect(tidyDate(typed)).toBe(tidy));

test.each([
  ["1984-05-27", "en-GB", "27 May 1984"],
  ["1984-05-27", "fr-FR", "27 mai 1984"],
  ["1984-05", "en-GB", "May 1984"],
  ["1984", "fr-FR", "1984"],
  ["0099-01-02", "en-GB", "2 January 99"],
  ["1984-02-30", "en-GB", null],
])("%s in %s is %j", (text, locale, words) => {
  expect(dateInWords(text, locale)).toBe(words);
});
