import "@testing-library/jest-dom/vitest";

import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, vi } from "vitest";

import { prefer } from "@/preferences/store";
import { server } from "@/test/server";

// A loaded machine is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

// What jsdom has not, and the page asks for.
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
vi.stubGlobal("scrollTo", () => undefined);
vi.stubGlobal("matchMedia", (media: string) => ({
  matches: false,
  media,
  addEventListener() {},
  removeEventListener() {},
}));
/** Lets a test speak as the server's event stream. */
vi.stubGlobal(
  "EventSource",
  class extends EventTarget {
    static readonly CLOSED = 2;
    readonly readyState = 1;
    constructor() {
      super();
      window.addEventListener("test:event", this.#pass);
    }
    #pass = (event: Event) => {
      if (event instanceof CustomEvent) {
        this.dispatchEvent(new MessageEvent(event.detail.name, { data: event.detail.data }));
      }
    };
    close() {
      window.removeEventListener("test:event", this.#pass);
    }
  },
);

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
  prefer({ language: "en", theme: "system", singleKeys: true, queueOpen: null });
});
afterAll(() => server.close());
