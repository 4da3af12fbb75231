import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider, createMemoryHistory } from "@tanstack/react-router";
import { act, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";

import { createQueryClient } from "@/api/queryClient";
import type { Event as Change } from "@/api/schema/types.gen";
import { Preferred } from "@/preferences/Preferred";
import { createPageRouter } from "@/routes";

/** Opens the page at an address below `/app`, as a person would. */
export function openPage(path: string) {
  const client = createQueryClient(0);
  const router = createPageRouter(client, createMemoryHistory({ initialEntries: [`/app${path}`] }));
  const view = render(
    <QueryClientProvider client={client}>
      <Preferred>
        <RouterProvider router={router} />
      </Preferred>
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), router, client, ...view };
}

/** Says something through the event stream. */
export function announce(change: Change) {
  act(() => {
    window.dispatchEvent(
      new CustomEvent("test:event", { detail: { name: "change", data: JSON.stringify(change) } }),
    );
  });
}
