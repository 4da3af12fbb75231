/** The door the page came through. Each door's code is loaded only behind that door. */
import type { Platform } from "@/platform/types";

/** Tauri marks its windows with this before any script of the page runs. */
const inWindow = "isTauri" in window;

export const platform: Platform = inWindow
  ? (await import("@/platform/tauri")).tauri
  : (await import("@/platform/web")).web;
