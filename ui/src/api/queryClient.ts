import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { isUnauthenticated } from "@/api/errors";
import { sessionQuery } from "@/api/queries";

/** The cache of all that the server answered. Whoever is found to be signed out is asked to sign in. */
export function createQueryClient(retry: number): QueryClient {
  const onError = (error: unknown) => {
    if (isUnauthenticated(error)) client.setQueryData(sessionQuery.queryKey, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // The event stream says when something is stale; a returning window need not ask again.
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < retry && !isUnauthenticated(error),
      },
    },
  });
  return client;
}
