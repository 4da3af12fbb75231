import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/traces",
  workers: 1,
  // Reading real pictures on a loaded machine takes its time; nothing below waits without need.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    reducedMotion: "reduce",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      // Tests run in containers, where Chromium may not make its own sandbox.
      args: ["--no-sandbox"],
    },
  },
});
