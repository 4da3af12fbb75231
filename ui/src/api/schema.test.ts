import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createClient } from "@hey-api/openapi-ts";
import { expect, test } from "vitest";

const COMMITTED = "src/api/schema";

function contents(folder: string) {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

test("the types are those of openapi.json; if not, run `npm run api`", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lectern-schema-"));
  try {
    await createClient({
      input: "./openapi.json",
      output: { path: folder, postProcess: [] },
      plugins: ["@hey-api/typescript"],
      logs: { level: "silent" },
    });
    expect(contents(folder)).toEqual(contents(COMMITTED));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
