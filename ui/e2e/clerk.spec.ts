import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { AxeBuilder } from "@axe-core/playwright";
import { type Page, expect, test } from "@playwright/test";

import { Lectern } from "./lectern.ts";

const SAMPLES = resolve("../src-tauri/app/samples");
const PICTURES = "test-results";

/** A stranger is not signed in, an empty file is refused, and a stopped server does not answer. */
const EXPECTED = /status of (401|422)|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING/;

/** The drawn passport, made another file by a byte after its end, which a JPEG reader passes over. */
function aNewPassport(): Buffer {
  return Buffer.concat([readFileSync(`${SAMPLES}/passport-utopia.jpg`), Buffer.from([0])]);
}

/** Drops files on the window the way a file manager does. */
async function drop(page: Page, files: { name: string; type: string; bytes: Buffer }[]) {
  const carried = files.map(({ name, type, bytes }) => ({
    name,
    type,
    base64: bytes.toString("base64"),
  }));
  await page.evaluate((given) => {
    const dataTransfer = new DataTransfer();
    for (const { name, type, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
      dataTransfer.items.add(new File([bytes], name, { type }));
    }
    for (const event of ["dragenter", "dragover", "drop"]) {
      document.body.dispatchEvent(
        new DragEvent(event, { dataTransfer, bubbles: true, cancelable: true }),
      );
    }
  }, carried);
}

/** Nothing that axe finds wrong, in either theme. */
async function expectAccessible(page: Page) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
      colorScheme,
    ).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

test("a clerk drops a passport, a record appears, and a correction outlives a restart", async ({
  page,
}) => {
  const lectern = new Lectern();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED.test(message.text())) {
      complaints.push(message.text());
    }
  });
  try {
    // The one-time code is traded at once and leaves the address.
    await page.goto(await lectern.start());
    await expect(page.getByRole("heading", { name: "Inbox" })).toBeVisible();
    expect(new URL(page.url()).hash).toBe("");
    await expect(page.getByRole("heading", { name: /Drop identity documents/ })).toBeVisible();
    await page.screenshot({ path: `${PICTURES}/inbox-empty.png` });
    await expectAccessible(page);

    // Samples, a picked file, a dropped duplicate and a file with nothing in it.
    await page.getByRole("button", { name: "Try with sample documents" }).click();
    const rows = page.getByRole("grid", { name: "All documents" }).getByRole("row");
    await expect(rows).toHaveCount(8);
    await page
      .getByLabel("Add files")
      .and(page.locator("input"))
      .setInputFiles({ name: "picked.jpg", mimeType: "image/jpeg", buffer: aNewPassport() });
    await expect(rows).toHaveCount(9);
    await drop(page, [
      { name: "again.jpg", type: "image/jpeg", bytes: aNewPassport() },
      { name: "empty.jpg", type: "image/jpeg", bytes: Buffer.alloc(0) },
    ]);
    const uploads = page.getByRole("list", { name: "Files being added" });
    await expect(uploads.getByText("The same file was added before.")).toBeVisible();
    await expect(uploads.getByText("Not taken")).toBeVisible();
    await page.screenshot({ path: `${PICTURES}/inbox-busy.png` });

    // Every document is read, without asking for anything.
    await expect(rows.getByText(/^(Waiting|Reading)$/)).toHaveCount(0, { timeout: 180_000 });
    for (const name of ["Dismiss again.jpg", "Dismiss empty.jpg"]) {
      await page.getByRole("button", { name }).click();
    }
    const picked = rows.filter({ hasText: "picked.jpg" });
    await expect(picked.getByText("Passport")).toBeVisible();
    await page.screenshot({ path: `${PICTURES}/inbox.png` });
    await expectAccessible(page);

    // Into the review and through a field, by keyboard alone.
    await picked.focus();
    await page.keyboard.press("Enter");
    const surname = page.getByLabel("Surname", { exact: true });
    await expect(surname).toBeVisible();
    const address = new URL(page.url()).pathname;
    const before = await surname.inputValue();
    expect(before).not.toBe("");
    await page.keyboard.press("Escape");
    await surname.focus();
    // One picture, or one of each place where they spell it differently.
    await expect(page.getByRole("img", { name: /^Surname (on|in) the / }).first()).toBeVisible();
    await expect(page.getByRole("img", { name: "Page 1" })).toHaveJSProperty("complete", true);
    await page.screenshot({ path: `${PICTURES}/review.png` });
    await expectAccessible(page);

    // The document is looked at from near and far; a box leads to its field.
    const scale = page.getByRole("toolbar").getByText(/%$/);
    const near = await scale.textContent();
    await page.keyboard.press("Alt+0");
    await expect(scale).not.toHaveText(near ?? "");
    await page.locator('polygon[data-field="document_number"]').first().click();
    await expect(page.getByLabel("Document number", { exact: true })).toBeFocused();
    await surname.focus();
    await expect(scale).toHaveText(near ?? "");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("CORRECTED-BY-HAND");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Saving…")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "History: 1 entry" })).toBeVisible();
    await expectAccessible(page);

    // The server goes and comes back; what a person said is still there.
    await lectern.stop();
    await expect(page.getByText("Reconnecting…")).toBeVisible();
    const code = new URL(await lectern.start());
    await page.goto(code.href);
    await expect(page.getByRole("heading", { name: "Inbox" })).toBeVisible();
    await page.goto(new URL(address, code).href);
    await expect(surname).toHaveValue("CORRECTED-BY-HAND");
    await page.getByRole("button", { name: "History: 1 entry" }).click();
    await expect(page.getByText("Changed by you")).toBeVisible();
    await page.screenshot({ path: `${PICTURES}/review-restarted.png` });
  } finally {
    await lectern.end();
  }
  expect(complaints).toEqual([]);
});
