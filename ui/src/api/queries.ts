/** What the page asks the server for, and under which key the answer is kept. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import {
  getDocument,
  getSession,
  listDocuments,
  listRelations,
  listSearches,
  listTrash,
  listUsers,
  searchDocuments,
} from "@/api/client";
import { isUnauthenticated } from "@/api/errors";
import type { Search } from "@/api/schema/types.gen";
import { type Filter, statusesOf } from "@/domain/status";

/** Every key there is: a typo does not compile. */
export type QueryKey =
  | readonly ["session"]
  | readonly ["users"]
  | readonly ["documents", "list", Filter]
  | readonly ["documents", "count", Filter]
  | readonly ["documents", "search", Search]
  | readonly ["searches"]
  | readonly ["documents", "trash"]
  | readonly ["document", string]
  | readonly ["relations", string];

const key = <Key extends QueryKey>(value: Key) => value;

/** One screenful and a little more. */
const PAGE_SIZE = 50;

/** More than this is shown as "99+": counting exactly is not worth a larger answer. */
export const COUNT_LIMIT = 100;

/** Null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: key(["session"]),
  queryFn: () =>
    getSession().catch((error: unknown) => {
      if (isUnauthenticated(error)) return null;
      throw error;
    }),
  staleTime: Infinity,
});

export function documentsQuery(filter: Filter) {
  return infiniteQueryOptions({
    queryKey: key(["documents", "list", filter]),
    queryFn: ({ pageParam, signal }) =>
      listDocuments(statusesOf(filter), pageParam, PAGE_SIZE, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** The documents that a search finds. They stay shown while more letters are typed. */
export function searchQuery(search: Search) {
  return infiniteQueryOptions({
    queryKey: key(["documents", "search", search]),
    queryFn: ({ pageParam, signal }) =>
      searchDocuments({ search, cursor: pageParam, limit: PAGE_SIZE }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (shown) => shown,
  });
}

export const keptSearchesQuery = queryOptions({
  queryKey: key(["searches"]),
  queryFn: ({ signal }) => listSearches(signal),
});

/** The newest documents of a filter in one answer: the queue of the review, and how many there are. */
export function firstDocumentsQuery(filter: Filter) {
  return queryOptions({
    queryKey: key(["documents", "count", filter]),
    queryFn: ({ signal }) => listDocuments(statusesOf(filter), null, COUNT_LIMIT, signal),
  });
}

export const trashQuery = queryOptions({
  queryKey: key(["documents", "trash"]),
  queryFn: ({ signal }) => listTrash(signal),
});

export const usersQuery = queryOptions({
  queryKey: key(["users"]),
  queryFn: ({ signal }) => listUsers(signal),
});

export function documentQuery(id: string) {
  return queryOptions({
    queryKey: key(["document", id]),
    queryFn: ({ signal }) => getDocument(id, signal),
  });
}

/** What a document has to do with others. */
export function relationsQuery(id: string) {
  return queryOptions({
    queryKey: key(["relations", id]),
    queryFn: ({ signal }) => listRelations(id, signal),
  });
}
