import { globSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

const sources = globSync("src/**/*.{ts,tsx}").filter((path) => !path.includes(".test."));

const outside = (folder: string) => sources.filter((path) => !path.startsWith(folder));

function naming(paths: string[], words: RegExp): string[] {
  return paths.filter((path) => words.test(readFileSync(path, "utf8")));
}

test("only the platform knows the door", () => {
  expect(
    naming(outside("src/platform/"), /from "@tauri-apps|import\("@tauri-apps|isTauri/),
  ).toEqual([]);
});

test("nothing sends a body that ends the desktop's process", () => {
  expect(naming(sources, /new FormData\b|new Blob\b|sendBeacon/)).toEqual([]);
  expect(naming(sources, /<form[^>]*(encType|method)=/)).toEqual([]);
});

test("only the platform fetches", () => {
  const own = outside("src/platform/").filter((path) => !path.startsWith("src/test/"));
  expect(naming(own, /(?<![\w.])fetch\(|new (EventSource|XMLHttpRequest)/)).toEqual([]);
});

test("pages do not import each other, and parts know nothing of documents", () => {
  const pages = globSync("src/pages/*/**/*.{ts,tsx}").filter((path) => {
    const page = path.split("/")[2];
    const others = [...readFileSync(path, "utf8").matchAll(/from "@\/pages\/([^/"]+)/g)];
    return others.some((other) => other[1] !== page);
  });
  expect(pages).toEqual([]);
  expect(
    naming(globSync("src/parts/*.{ts,tsx}"), /from "@\/(pages|domain|api|intake|words)/),
  ).toEqual([]);
});

test("the domain is pure: no React, no requests", () => {
  const domain = sources.filter((path) => path.startsWith("src/domain/"));
  expect(naming(domain, /from "(react|@tanstack|@\/(platform|pages|parts))/)).toEqual([]);
});

test("the page wears the program's icon", () => {
  expect(readFileSync("public/favicon.svg", "utf8")).toBe(
    readFileSync("../icons/lectern.svg", "utf8"),
  );
});
