/**
 * The page in the desktop window, on the scheme `app://localhost` that the same router answers.
 *
 * Three things differ from a browser: the scheme buffers streams, so events come over a channel;
 * the window takes drops and submits them by path; files are picked in the system's dialog.
 */
import { Channel, invoke } from "@tauri-apps/api/core";
import { listen as listenTo } from "@tauri-apps/api/event";

import type { Submissions } from "@/api/schema/types.gen";
import { frameReader } from "@/platform/frames";
import { sendByFetch } from "@/platform/request";
import { type DragPhase, HostError, type Platform, type Stop } from "@/platform/types";

type Drag = {
  phase: DragPhase;
  files: { name: string; size: number; accepted: boolean; reason: string | null }[];
};

const REOPEN_AFTER_MS = 1_000;

/** Commands are refused with a code and a sentence. */
function refusal(reason: unknown): HostError {
  const said = typeof reason === "object" && reason !== null ? reason : {};
  const code = "code" in said ? String(said.code) : "unknown";
  const message = "message" in said ? String(said.message) : String(reason);
  return new HostError(code, message);
}

export const tauri: Platform = {
  can: { signIn: false, pickPaths: true, nativeDrop: true },
  send: sendByFetch,

  listen(path, listener) {
    let stopped = false;
    let timer: number | undefined;
    let current: number | undefined;
    const open = () => {
      const channel = new Channel<string>();
      current = channel.id;
      const read = frameReader((event) => {
        if (!stopped) listener.onEvent(event);
      });
      channel.onmessage = read;
      listener.onOpen();
      // The command ends when the stream does; the page then asks for a new one.
      const again = () => {
        if (stopped) return;
        listener.onBreak();
        timer = window.setTimeout(open, REOPEN_AFTER_MS);
      };
      invoke("stream", { path, channel }).then(again, again);
    };
    open();
    return () => {
      stopped = true;
      window.clearTimeout(timer);
      void invoke("stop_stream", { channel: current });
    };
  },

  async pickPaths() {
    try {
      return await invoke<Submissions>("pick_files");
    } catch (reason) {
      throw refusal(reason);
    }
  },

  onNativeDrop(listener) {
    const stops: Promise<Stop>[] = [
      listenTo<Drag>("lectern:drag", ({ payload }) => {
        listener.onDrag(
          payload.phase,
          payload.files.map(({ name, accepted, reason }) => ({
            name,
            accepted,
            reason,
            mediaType: null,
          })),
        );
      }),
      listenTo<Submissions>("lectern:submissions", ({ payload }) => {
        listener.onSubmissions(payload);
      }),
    ];
    return () => {
      for (const stop of stops) void stop.then((end) => end());
    };
  },
};
