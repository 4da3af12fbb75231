import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: "./openapi.json",
  output: { path: "./src/api/schema", postProcess: [] },
  plugins: ["@hey-api/typescript"],
});
