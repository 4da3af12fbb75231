/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "/app/",
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  // The policy the router sends allows no inline script and no `data:` image.
  build: {
    // The first with `light-dark()`, older than any WebKitGTK that the desktop runs on.
    target: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One file from the same machine loads faster than several.
    chunkSizeWarningLimit: 1_000,
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8480" } },
  test: {
    css: { modules: { classNameStrategy: "non-scoped" } },
    // A loaded machine is slow, not wrong.
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: "pure", environment: "node", include: ["src/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "page",
          environment: "jsdom",
          setupFiles: "src/test/setup.ts",
          include: ["src/**/*.test.tsx"],
        },
      },
    ],
  },
});
