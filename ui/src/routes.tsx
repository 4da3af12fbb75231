/** Every address of the page. */
import type { QueryClient } from "@tanstack/react-query";
import {
  type RouterHistory,
  createRootRouteWithContext,
  createRoute,
  createRouter,
} from "@tanstack/react-router";

import { type Filter, filterFrom } from "@/domain/status";
import { Inbox } from "@/pages/inbox/Inbox";
import { Review } from "@/pages/review/Review";
import { Broken } from "@/pages/shell/Broken";
import { Entrance } from "@/pages/shell/Entrance";
import { NotFound } from "@/pages/shell/NotFound";
import { Trash } from "@/pages/trash/Trash";

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Entrance,
  notFoundComponent: NotFound,
  errorComponent: Broken,
});

const inbox = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: (search): { show?: Filter } => {
    const show = filterFrom(search["show"]);
    return show === "all" ? {} : { show };
  },
  component: function InboxPage() {
    return <Inbox filter={inbox.useSearch().show ?? "all"} />;
  },
});

const review = createRoute({
  getParentRoute: () => root,
  path: "/review/$id",
  component: function ReviewPage() {
    const { id } = review.useParams();
    // Another document is another review: nothing typed for one may reach the other.
    return <Review key={id} id={id} />;
  },
});

const trash = createRoute({
  getParentRoute: () => root,
  path: "/trash",
  component: Trash,
});

const routeTree = root.addChildren([inbox, review, trash]);

export function createPageRouter(client: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    basepath: "/app",
    // The router resolves addresses against an origin and compares. The window's own scheme has an
    // opaque one ("null"), by which every address would be a stranger's and no page would ever come.
    origin: "http://localhost",
    context: { client },
    ...(history && { history }),
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPageRouter>;
  }
}
