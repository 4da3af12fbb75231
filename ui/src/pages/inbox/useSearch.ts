import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { keptSearchesQuery, searchQuery } from "@/api/queries";
import type { KeptSearch, Search } from "@/api/schema/types.gen";
import type { Filter } from "@/domain/status";
import { statusesOf } from "@/domain/status";
import type { Inbox } from "@/pages/inbox/useInbox";

/** What is looked for beside the filter of the chips. It stays in memory: it is about persons. */
export type Looked = Pick<Search, "text" | "expired" | "doubtful" | "assigned_to">;

export type Finding = {
  looked: Looked;
  /** Whether anything is looked for at all. */
  active: boolean;
  /** How many documents have it; null before it is known. */
  count: number | null;
  kept: readonly KeptSearch[];
  look: (looked: Looked) => void;
  /** Everything that is looked for, as it is kept. */
  search: Search;
};

/** What a person looks for in the inbox, and what is found in the place of the list. */
export function useSearch(filter: Filter, list: Inbox): { finding: Finding; inbox: Inbox } {
  const [looked, look] = useState<Looked>({});
  const active =
    (looked.text ?? "").trim() !== "" ||
    looked.expired === true ||
    looked.doubtful === true ||
    typeof looked.assigned_to === "string";
  const search: Search = { ...looked, status: [...statusesOf(filter)] };
  const kept = useQuery(keptSearchesQuery);
  const found = useInfiniteQuery({ ...searchQuery(search), enabled: active });
  const finding: Finding = {
    looked,
    active,
    count: active ? (found.data?.pages[0]?.count ?? null) : null,
    kept: kept.data?.searches ?? [],
    look,
    search,
  };
  if (!active) return { finding, inbox: list };
  return {
    finding,
    inbox: {
      ...list,
      documents: found.data?.pages.flatMap((page) => page.documents) ?? [],
      loading: found.isPending,
      error: found.data ? null : found.error,
      tryAgain: () => void found.refetch(),
      more: {
        there: found.hasNextPage,
        loading: found.isFetchingNextPage,
        load: () => void found.fetchNextPage(),
      },
    },
  };
}
