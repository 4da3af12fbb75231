import "@/styles/tokens.css";
import "@/styles/reset.css";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { Preferred } from "@/preferences/Preferred";
import { createPageRouter } from "@/routes";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // The event stream says when something is stale; a returning window need not ask again.
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: 1,
    },
  },
});
const router = createPageRouter(client);

const root = document.querySelector("#root");
if (!root) throw new Error("the page has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Preferred>
        <RouterProvider router={router} />
      </Preferred>
    </QueryClientProvider>
  </StrictMode>,
);
