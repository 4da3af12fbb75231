/**
 * All that the page may ask of whatever it is shown in.
 *
 * The same page stands behind two doors: a browser over the network, and the desktop window. What
 * differs is asked for as a capability (`can`), never as "which door is this".
 */
import type { OfferedFile } from "@/domain/offers";
import type { Submissions } from "@/api/schema/types.gen";

export type Capabilities = {
  /** Whether a person signs in and out; the desktop stands in for the person at the machine. */
  readonly signIn: boolean;
  /** Whether files are picked in a dialog of the system that hands over paths, not bytes. */
  readonly pickPaths: boolean;
  /** Whether the window itself takes dropped files, so that the page never sees a drop event. */
  readonly nativeDrop: boolean;
};

/** A request body: JSON text or bytes. A Blob or FormData ends the desktop's process (WebKitGTK). */
export type Body = { json: unknown } | { bytes: ArrayBuffer; mediaType: string };

export type Request = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  headers?: { readonly [name: string]: string };
  body?: Body;
  signal?: AbortSignal;
};

/** One message of the server's event stream. */
export type StreamEvent = { event: string; data: string };

export type StreamListener = {
  /** The stream stands, for the first time or again: whatever happened meanwhile went unheard. */
  onOpen: () => void;
  onEvent: (event: StreamEvent) => void;
  /** The stream broke; it is being restored. */
  onBreak: () => void;
};

/** The machine's side refused or failed; told with a stable code, like an answer of the server. */
export class HostError extends Error {
  override readonly name = "HostError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export type DragPhase = "enter" | "over" | "leave" | "drop";

export type NativeDropListener = {
  onDrag: (phase: DragPhase, files: readonly OfferedFile[]) => void;
  onSubmissions: (submissions: Submissions) => void;
};

export type Stop = () => void;

export type Platform = {
  readonly can: Capabilities;
  send: (request: Request) => Promise<Response>;
  /** Listens to an event stream of the server until stopped. */
  listen: (path: string, listener: StreamListener) => Stop;
  /** Opens the system's dialog and submits what is picked; only where `can.pickPaths`. */
  pickPaths: () => Promise<Submissions>;
  /** Hears of files dragged over and dropped on the window; only where `can.nativeDrop`. */
  onNativeDrop: (listener: NativeDropListener) => Stop;
};
