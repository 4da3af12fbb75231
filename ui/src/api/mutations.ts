/** What the page changes on the server, and what is shown meanwhile. */
import { useMutation, useQueryClient } from "@tanstack/react-query";

import {
  cancelDocument,
  correctField,
  deleteDocument,
  dropSearch,
  judgeDocuments,
  keepSearch,
  keepWhole,
  restoreDocument,
  retryDocument,
  signIn,
  signInWithCode,
  signOut,
  submitSamples,
  trashDocument,
  unlockDocument,
} from "@/api/client";
import { documentQuery, relationsQuery, sessionQuery } from "@/api/queries";
import type { CorrectionRequest, Credentials, VerdictRequest } from "@/api/schema/types.gen";
import { patchDocument } from "@/api/tags";

export function useCancelDocument() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: cancelDocument,
    onSuccess: (document) => patchDocument(client, document.id, document),
    onSettled: () => client.invalidateQueries({ queryKey: ["documents"] }),
  });
}

export function useRetryDocument() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: retryDocument,
    onSuccess: (document) => patchDocument(client, document.id, document),
    onSettled: () => client.invalidateQueries({ queryKey: ["documents"] }),
  });
}

/** Gives the password of a locked file, and has it read. */
export function useUnlockDocument() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, password }: { id: string; password: string }) =>
      unlockDocument(id, { password }),
    onSuccess: (document) => patchDocument(client, document.id, document),
    onSettled: () => client.invalidateQueries({ queryKey: ["documents"] }),
  });
}

export function useDeleteDocument(afterwards: Afterwards = {}) {
  const client = useQueryClient();
  return useMutation({
    ...afterwards,
    mutationFn: deleteDocument,
    onSettled: () => client.invalidateQueries({ queryKey: ["documents"] }),
  });
}

/** Keeps a search under a name. */
export function useKeepSearch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: keepSearch,
    onSettled: () => client.invalidateQueries({ queryKey: ["searches"] }),
  });
}

/** Drops a search that was kept. */
export function useDropSearch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: dropSearch,
    onSettled: () => client.invalidateQueries({ queryKey: ["searches"] }),
  });
}

/** What is to be said afterwards, also when the dialog that asked is closed by then. */
type Afterwards = { onSuccess?: () => void; onError?: (error: unknown) => void };

export function useTrashDocument(afterwards: Afterwards = {}) {
  const client = useQueryClient();
  return useMutation({
    ...afterwards,
    mutationFn: trashDocument,
    onSettled: () => client.invalidateQueries({ queryKey: ["documents"] }),
  });
}

export function useRestoreDocument(afterwards: Afterwards = {}) {
  const client = useQueryClient();
  return useMutation({
    ...afterwards,
    mutationFn: restoreDocument,
    onSettled: () => client.invalidateQueries({ queryKey: ["documents"] }),
  });
}

export function useSubmitSamples() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: submitSamples,
    onSettled: () => client.invalidateQueries({ queryKey: ["documents"] }),
  });
}

/**
 * Records a person's word on a field. Corrections of one document go one after another, so that the
 * answer that arrives last is the one that was given last.
 */
export function useCorrectField(id: string) {
  const client = useQueryClient();
  return useMutation({
    scope: { id: `correct-${id}` },
    mutationFn: (request: CorrectionRequest) => correctField(id, request),
    onSuccess: (detail) => {
      client.setQueryData(documentQuery(id).queryKey, detail);
      patchDocument(client, id, detail.document);
      void client.invalidateQueries({ queryKey: ["documents"] });
    },
  });
}

/** Records a person's word on what two documents have to do with each other. */
export function useJudgeDocuments(id: string) {
  const client = useQueryClient();
  return useMutation({
    scope: { id: `judge-${id}` },
    mutationFn: (request: VerdictRequest) => judgeDocuments(id, request),
    onSuccess: (list) => client.setQueryData(relationsQuery(id).queryKey, list),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["document"] });
      void client.invalidateQueries({ queryKey: ["documents"] });
    },
  });
}

/** Says whether a picture is one document, or as many as are found on it. */
export function useKeepWhole(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (whole: boolean) => keepWhole(id, { whole }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["document"] });
      void client.invalidateQueries({ queryKey: ["documents"] });
    },
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) => signIn(credentials),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
}

export function useSignInWithCode() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => signInWithCode(code),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      // What the person saw must not outlast the session, not even in memory.
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
      client.setQueryData(sessionQuery.queryKey, null);
    },
  });
}
