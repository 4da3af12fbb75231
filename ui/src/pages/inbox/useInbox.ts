import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { COUNT_LIMIT, documentsQuery, firstDocumentsQuery } from "@/api/queries";
import type { Document, DocumentList } from "@/api/schema/types.gen";
import type { Filter } from "@/domain/status";

/** How many documents a filter has; null where it is not worth counting. */
export type Counts = { readonly [filter in Filter]: Count | null };
export type Count = { number: number; orMore: boolean };

export type Inbox = {
  documents: readonly Document[];
  counts: Counts;
  loading: boolean;
  error: unknown;
  tryAgain: () => void;
  more: { there: boolean; loading: boolean; load: () => void };
};

export function useInbox(filter: Filter): Inbox {
  const list = useInfiniteQuery(documentsQuery(filter));
  const toReview = useQuery(firstDocumentsQuery("to_review"));
  const inWork = useQuery(firstDocumentsQuery("in_work"));
  const failed = useQuery(firstDocumentsQuery("failed"));
  return {
    documents: list.data?.pages.flatMap((page) => page.documents) ?? [],
    counts: {
      all: null,
      to_review: countOf(toReview.data),
      in_work: countOf(inWork.data),
      done: null,
      failed: countOf(failed.data),
    },
    loading: list.isPending,
    error: list.data ? null : list.error,
    tryAgain: () => void list.refetch(),
    more: {
      there: list.hasNextPage,
      loading: list.isFetchingNextPage,
      load: () => void list.fetchNextPage(),
    },
  };
}

function countOf(list: DocumentList | undefined): Count | null {
  if (!list) return null;
  return list.next_cursor === null
    ? { number: list.documents.length, orMore: false }
    : { number: COUNT_LIMIT - 1, orMore: true };
}
