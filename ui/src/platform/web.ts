/** The page in a browser: cookies sign the person in, the browser reads the event stream. */
import { sendByFetch } from "@/platform/request";
import type { Platform } from "@/platform/types";

/** The names of the events the server sends; a browser hears a named event only if asked by name. */
const EVENTS = ["change", "resync"] as const;

/** After a broken stream that the browser itself gives up on, such as a 503 while restarting. */
const REOPEN_AFTER_MS = 2_000;

export const web: Platform = {
  can: { signIn: true, pickPaths: false, nativeDrop: false },
  send: sendByFetch,

  listen(path, listener) {
    let source: EventSource | null = null;
    let timer: number | undefined;
    const open = () => {
      const opened = new EventSource(path);
      source = opened;
      opened.addEventListener("open", listener.onOpen);
      opened.addEventListener("error", () => {
        listener.onBreak();
        if (opened.readyState === EventSource.CLOSED) {
          timer = window.setTimeout(open, REOPEN_AFTER_MS);
        }
      });
      for (const name of EVENTS) {
        opened.addEventListener(name, (message: MessageEvent<string>) => {
          listener.onEvent({ event: name, data: message.data });
        });
      }
    };
    open();
    return () => {
      window.clearTimeout(timer);
      source?.close();
    };
  },

  pickPaths: () => Promise.reject(new Error("a browser hands over bytes, not paths")),
  onNativeDrop: () => () => undefined,
};
