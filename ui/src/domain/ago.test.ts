import { expect, test } from "vitest";

import { ago } from "@/domain/ago";

test.each([
  [5, { value: 0, unit: "now" }],
  [60, { value: -1, unit: "minute" }],
  [3_599, { value: -59, unit: "minute" }],
  [7_200, { value: -2, unit: "hour" }],
  [90_000, { value: -1, unit: "day" }],
  [-30, { value: 0, unit: "now" }],
])("%i seconds ago", (seconds, words) => expect(ago(0, seconds * 1000)).toEqual(words));
