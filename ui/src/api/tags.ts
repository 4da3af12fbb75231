/** Which answers a change makes stale. The only place that says so. */
import type { InfiniteData, QueryClient } from "@tanstack/react-query";

import { filterFrom, isInWork, statusesOf } from "@/domain/status";
import type { Document, DocumentDetail, DocumentList, Event } from "@/api/schema/types.gen";

/** Changes that come in a burst, as when a folder is dropped, refresh the lists once. */
const GATHER_MS = 250;

/**
 * Applies announced changes to the query cache.
 *
 * What the event itself tells (status, progress) is shown at once; what it does not tell is asked
 * for, lists at most every {@link GATHER_MS}.
 */
export function changeApplier(client: QueryClient) {
  let timer: number | undefined;
  const refreshLists = () => {
    timer ??= window.setTimeout(() => {
      timer = undefined;
      void client.invalidateQueries({ queryKey: ["documents"] });
      // Whatever was read or said may be news for any other document.
      void client.invalidateQueries({ queryKey: ["relations"] });
    }, GATHER_MS);
  };

  return {
    change(event: Event) {
      const patch = patchFrom(event);
      if (patch) patchDocument(client, event.document_id, patch);
      if (event.kind === "progress") return;
      // What is closed away is not there for whoever works.
      if (event.kind === "deleted" || event.kind === "archived") {
        client.removeQueries({ queryKey: ["document", event.document_id] });
      } else {
        void client.invalidateQueries({ queryKey: ["document", event.document_id] });
      }
      refreshLists();
    },
    /** Something was missed: ask for everything that is shown. */
    everything() {
      void client.invalidateQueries({ queryKey: ["documents"] });
      void client.invalidateQueries({ queryKey: ["document"] });
      void client.invalidateQueries({ queryKey: ["relations"] });
    },
    stop() {
      window.clearTimeout(timer);
    },
  };
}

/** What an event says about the document by itself. */
function patchFrom(event: Event): Partial<Document> | null {
  if (event.kind === "progress" && event.progress) {
    return { status: "processing", progress: event.progress };
  }
  // A status that comes with news (a name, a problem) is shown together with them, once asked for.
  if (event.kind === "status" && event.status && isInWork(event.status)) {
    return { status: event.status, progress: null, problem: null };
  }
  return null;
}

/** Writes what is known about a document into every answer that shows it. */
export function patchDocument(client: QueryClient, id: string, patch: Partial<Document>) {
  const patched = (document: Document) =>
    document.id === id ? { ...document, ...patch } : document;
  for (const kind of ["list", "search"]) {
    client.setQueriesData<InfiniteData<DocumentList>>(
      { queryKey: ["documents", kind] },
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({ ...page, documents: page.documents.map(patched) })),
        },
    );
  }
  client.setQueriesData<DocumentList>(
    { queryKey: ["documents", "count"] },
    (list) => list && { ...list, documents: list.documents.map(patched) },
  );
  client.setQueryData<DocumentDetail>(
    ["document", id],
    (detail) => detail && { ...detail, document: patched(detail.document) },
  );
}

/** Shows a document that has just come in, before the lists are asked for again. */
export function insertDocument(client: QueryClient, document: Document) {
  client.setQueriesData<InfiniteData<DocumentList>>(
    { predicate: ({ queryKey }) => isListFor(queryKey, document) },
    (data) => {
      const [first, ...rest] = data?.pages ?? [];
      if (!data || !first) return data;
      if (data.pages.some((page) => page.documents.some(({ id }) => id === document.id)))
        return data;
      return { ...data, pages: [{ ...first, documents: [document, ...first.documents] }, ...rest] };
    },
  );
}

function isListFor(queryKey: readonly unknown[], document: Document): boolean {
  if (queryKey[0] !== "documents" || queryKey[1] !== "list") return false;
  const statuses = statusesOf(filterFrom(queryKey[2]));
  return statuses.length === 0 || statuses.includes(document.status);
}
