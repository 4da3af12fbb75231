/**
 * Checks the message catalogues: both languages have the same messages with the same arguments, and
 * every message is used somewhere. That no unknown message is used is the compiler's business.
 *
 * Run by `npm run check`.
 */
import { globSync, readFileSync } from "node:fs";

import { type MessageFormatElement, TYPE, parse } from "@formatjs/icu-messageformat-parser";

type Catalogue = { [id: string]: string };

/** Families whose ids are put together from codes of the server, which no source here spells out. */
const BY_CODE = ["check.", "problem.", "error.", "field.", "notice."];

const read = (language: string): Catalogue =>
  JSON.parse(readFileSync(new URL(`../src/messages/${language}.json`, import.meta.url), "utf8"));

/** Names and kinds of everything a message asks to be filled in. */
function argumentsOf(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element): string[] => {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        return [];
      case TYPE.select:
      case TYPE.plural:
        return [
          `${element.value}:${TYPE[element.type]}`,
          ...Object.values(element.options).flatMap((option) => argumentsOf(option.value)),
        ];
      case TYPE.tag:
        return argumentsOf(element.children);
      default:
        return [`${element.value}:${TYPE[element.type]}`];
    }
  });
}

function signature(message: string): string {
  return [...new Set(argumentsOf(parse(message)))].toSorted().join(" ");
}

/** Whether a source names the id, or begins a template that may become it: `status.${…}`. */
function isUsed(id: string, sources: string): boolean {
  if (sources.includes(`"${id}"`)) return true;
  const dots = [...id.matchAll(/[._]/g)].map((match) => match.index + 1);
  return dots.some((end) => sources.includes(`\`${id.slice(0, end)}\${`));
}

const [en, fr] = [read("en"), read("fr")];
const sources = globSync("src/**/*.{ts,tsx}", { cwd: new URL("..", import.meta.url) })
  .filter((path) => !path.includes(".test."))
  .map((path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8"))
  .join("\n");

const complaints = [
  ...Object.keys(en)
    .filter((id) => !(id in fr))
    .map((id) => `${id} is missing in fr.json`),
  ...Object.keys(fr)
    .filter((id) => !(id in en))
    .map((id) => `${id} is missing in en.json`),
  ...Object.entries(en)
    .filter(([id, message]) => id in fr && signature(message) !== signature(fr[id] ?? ""))
    .map(([id]) => `${id} has other arguments in fr.json than in en.json`),
  ...Object.keys(en)
    .filter((id) => !BY_CODE.some((family) => id.startsWith(family)) && !isUsed(id, sources))
    .map((id) => `${id} is used nowhere`),
  ...[en, fr].flatMap((catalogue) =>
    Object.keys(catalogue)
      .filter((id, index, ids) => index > 0 && id < (ids[index - 1] ?? ""))
      .map((id) => `${id} stands out of order`),
  ),
];

for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;
else console.log(`${Object.keys(en).length} messages in two languages`);
