/** Server-sent events as text, where the page cannot use the browser's own reader. */
import type { StreamEvent } from "@/platform/types";

/** Collects pieces of text and hands out each whole event (WHATWG HTML, "Server-sent events"). */
export function frameReader(onEvent: (event: StreamEvent) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const blocks = (rest + text).replaceAll("\r\n", "\n").split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parseFrame(block);
      if (event) onEvent(event);
    }
  };
}

/** The event of one block of lines; null for a comment, which only keeps the line open. */
export function parseFrame(block: string): StreamEvent | null {
  let event = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon === 0) continue;
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") event = value;
    if (name === "data") data.push(value);
  }
  return data.length === 0 ? null : { event, data: data.join("\n") };
}
