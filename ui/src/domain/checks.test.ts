import { expect, test } from "vitest";

import { countOutcomes, inOrderOfConcern } from "@/domain/checks";
import { aDetail } from "@/test/fixtures";

test("broken rules are named first", () => {
  const checks = aDetail(1).reading?.checks ?? [];
  expect(inOrderOfConcern(checks)[0]?.outcome).toBe("failed");
  expect(countOutcomes(checks)).toEqual({ passed: 2, failed: 1 });
});
