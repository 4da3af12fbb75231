/** Sends files in, a few at a time, and keeps what is known of each. Lives outside React. */
import type { QueryClient } from "@tanstack/react-query";

import { submitFile } from "@/api/client";
import { ApiError } from "@/api/errors";
import type { Submission, Submissions } from "@/api/schema/types.gen";
import { insertDocument } from "@/api/tags";
import { type Upload, type UploadAction, uploadsReducer } from "@/intake/uploads";
import { platform } from "@/platform";

/** Reading is the slow part and happens on the other side; two keep the line busy. */
const AT_ONCE = 2;

export type Intake = ReturnType<typeof createIntake>;

export function createIntake(client: QueryClient) {
  let uploads: readonly Upload[] = [];
  let lastKey = 0;
  let running = 0;
  const files = new Map<string, File>();
  const controllers = new Map<string, AbortController>();
  const listeners = new Set<() => void>();
  const hearers = new Set<(files: number) => void>();

  const dispatch = (action: UploadAction) => {
    uploads = uploadsReducer(uploads, action);
    for (const listener of listeners) listener();
  };

  const tell = (added: number) => {
    for (const hearer of hearers) hearer(added);
  };

  const newKey = () => {
    lastKey += 1;
    return `upload-${lastKey}`;
  };

  const settle = (key: string, submission: Submission) => {
    if (submission.outcome === "submitted" && submission.document) {
      insertDocument(client, submission.document);
    }
    files.delete(key);
    dispatch({ type: "settled", key, submission });
    void client.invalidateQueries({ queryKey: ["documents"] });
  };

  const send = async (key: string, file: File) => {
    const controller = new AbortController();
    controllers.set(key, controller);
    dispatch({ type: "sending", key });
    try {
      const { submissions } = await submitFile(file, controller.signal);
      const submission = submissions[0];
      if (submission) settle(key, submission);
      else dispatch({ type: "gone", key });
    } catch (error) {
      if (controller.signal.aborted) dispatch({ type: "gone", key });
      else if (error instanceof ApiError && error.status < 500 && error.status !== 401) {
        const problem = { code: error.code, message: error.message };
        settle(key, { name: file.name, outcome: "refused", document: null, problem });
      } else dispatch({ type: "failed", key, error });
    } finally {
      controllers.delete(key);
    }
  };

  const pump = async () => {
    if (running >= AT_ONCE) return;
    // Oldest first: new rows are put on top.
    const next = uploads.findLast((upload) => upload.state === "waiting");
    const file = next && files.get(next.key);
    if (!next || !file) return;
    running += 1;
    const sending = send(next.key, file);
    void pump();
    await sending;
    running -= 1;
    void pump();
  };

  return {
    uploads: () => uploads,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Hears how many files are added, whichever way they come. */
    onAdded(hearer: (files: number) => void): () => void {
      hearers.add(hearer);
      return () => hearers.delete(hearer);
    },
    /** Takes files whose bytes the page holds. */
    add(added: readonly File[]) {
      const keyed = added.map((file) => ({ key: newKey(), name: file.name, file }));
      for (const { key, file } of keyed) files.set(key, file);
      dispatch({ type: "added", uploads: keyed });
      tell(keyed.length);
      void pump();
    },
    /** Takes what became of files that somebody else submitted: the window, or the samples. */
    accept({ submissions }: Submissions) {
      const keyed = submissions.map((submission) => ({
        key: newKey(),
        name: submission.name,
        submission,
      }));
      dispatch({ type: "added", uploads: keyed });
      for (const { key, submission } of keyed) settle(key, submission);
      if (keyed.length > 0) tell(keyed.length);
    },
    /** Lets the person pick files, in the system's dialog or the browser's. */
    async pick(chooseInPage: () => void) {
      if (!platform.can.pickPaths) chooseInPage();
      else this.accept(await platform.pickPaths());
    },
    retry(key: string) {
      const file = files.get(key);
      if (file) void send(key, file);
    },
    canRetry: (key: string) => files.has(key),
    /** Stops an upload, or puts away one that has ended. */
    dismiss(key: string) {
      const controller = controllers.get(key);
      files.delete(key);
      if (controller) controller.abort();
      else dispatch({ type: "gone", key });
    },
  };
}
