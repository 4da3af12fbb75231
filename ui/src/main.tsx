import "@/styles/tokens.css";
import "@/styles/reset.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { createQueryClient } from "@/api/queryClient";
import { Preferred } from "@/preferences/Preferred";
import { createPageRouter } from "@/routes";

const client = createQueryClient(1);
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
