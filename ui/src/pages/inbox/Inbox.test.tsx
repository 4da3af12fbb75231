import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";

import { GRACE, aDetail, aDocument, idOf } from "@/test/fixtures";
import { announce, openPage } from "@/test/render";
import { problem, serve, server } from "@/test/server";

const rowOf = (name: string) => screen.findByRole("row", { name });

function drop(type: "dragenter" | "dragover" | "dragleave" | "drop", files: File[]) {
  const event = new Event(type, { bubbles: true, cancelable: true });
  const items = files.map((file) => ({ kind: "file", type: file.type }));
  Object.assign(event, { dataTransfer: { types: ["Files"], items, files, dropEffect: "none" } });
  fireEvent(document.body, event);
}

const picture = new File(["bytes"], "passport été.jpg", { type: "image/jpeg" });
const notes = new File(["bytes"], "setup.exe", { type: "application/x-msdownload" });

test("each document is a row with its words", async () => {
  serve(
    [aDetail(3)],
    [
      aDocument(2, {
        status: "failed",
        title: null,
        document_type: null,
        problem: { code: "image_damaged", message: "server's own words" },
      }),
      aDocument(1, {
        status: "processing",
        title: null,
        progress: { step: "locating", percent: 40 },
      }),
    ],
  );
  openPage("/");
  const read = await rowOf("ERIKSSON, ANNA MARIA");
  expect(read).toHaveTextContent("Passport");
  expect(read).toHaveTextContent("Utopia (specimen)");
  expect(read).toHaveTextContent("3 to check");
  expect(await rowOf("scan-2.jpg")).toHaveTextContent("The picture is damaged and cannot be read.");
  const reading = await rowOf("scan-1.jpg");
  expect(reading).toHaveTextContent("Looking for text");
  expect(within(reading).getByRole("progressbar")).toHaveAttribute("aria-valuenow", "40");
});

test("the empty inbox says what to do, and the samples arrive", async () => {
  const world = serve([]);
  server.use(
    http.post("/v1/samples", () => {
      const document = aDocument(1, { status: "queued", name: "sample.jpg", title: null });
      world.documents = [document];
      return HttpResponse.json(
        { submissions: [{ name: "sample.jpg", outcome: "submitted", document, problem: null }] },
        { status: 202 },
      );
    }),
  );
  const { user } = openPage("/");
  await screen.findByRole("heading", { name: /Drop identity documents/ });
  await user.click(screen.getByRole("button", { name: "Try with sample documents" }));
  expect(await rowOf("sample.jpg")).toHaveTextContent("Waiting");
});

test("what is dragged over the window is judged before it is dropped", async () => {
  serve([]);
  openPage("/");
  await screen.findByRole("heading", { name: "Inbox" });
  drop("dragenter", [picture, notes]);
  expect(screen.getByText("Drop 2 files")).toBeVisible();
  expect(screen.getByText("1 file, 1 not supported")).toBeVisible();
  expect(screen.getByText(/application\/x-msdownload: only pictures/)).toBeVisible();
  drop("dragleave", []);
  expect(screen.queryByText("Drop 2 files")).not.toBeInTheDocument();
});

test("a dropped file is sent as bytes under its name, and becomes a row", async () => {
  const world = serve([]);
  const sent: { name: string | null; token: string | null; bytes: string }[] = [];
  server.use(
    http.post("/v1/documents", async ({ request }) => {
      const name = request.headers.get("x-file-name");
      sent.push({ name, token: request.headers.get("x-csrf-token"), bytes: await request.text() });
      const document = aDocument(5, { status: "queued", name: "passport été.jpg", title: null });
      world.documents = [document];
      return HttpResponse.json(
        { submissions: [{ name: document.name, outcome: "submitted", document, problem: null }] },
        { status: 202 },
      );
    }),
  );
  openPage("/");
  await screen.findByRole("heading", { name: "Inbox" });
  drop("drop", [picture]);
  expect(screen.getByText("passport été.jpg")).toBeVisible();
  expect(await rowOf("passport été.jpg")).toHaveTextContent("Waiting");
  expect(sent).toEqual([
    { name: "passport%20%C3%A9t%C3%A9.jpg", token: "csrf-of-ada", bytes: "bytes" },
  ]);
  expect(screen.queryByRole("list", { name: "Files being added" })).not.toBeInTheDocument();
});

test("a refused file says why, a known one leads to its document", async () => {
  serve([aDetail(3)]);
  server.use(
    http.post("/v1/documents", ({ request }) => {
      if (request.headers.get("x-file-name") === "setup.exe")
        return problem(415, "file_unsupported");
      const document = aDocument(3);
      return HttpResponse.json({
        submissions: [{ name: "again.jpg", outcome: "already_here", document, problem: null }],
      });
    }),
  );
  const { user } = openPage("/");
  await rowOf("ERIKSSON, ANNA MARIA");
  drop("drop", [new File(["x"], "again.jpg", { type: "image/jpeg" }), notes]);
  const uploads = within(await screen.findByRole("list", { name: "Files being added" }));
  expect(await uploads.findByText(/not a file that Lectern can read/)).toBeVisible();
  expect(await uploads.findByText("The same file was added before.")).toBeVisible();
  expect(uploads.getByRole("link", { name: "Open" })).toHaveAttribute(
    "href",
    `/app/review/${idOf(3)}`,
  );
  await user.click(uploads.getByRole("button", { name: "Dismiss setup.exe" }));
  await user.click(uploads.getByRole("button", { name: "Dismiss again.jpg" }));
  expect(screen.queryByRole("list", { name: "Files being added" })).not.toBeInTheDocument();
});

test("a file that could not be sent can be sent again", async () => {
  serve([]);
  let tries = 0;
  server.use(
    http.post("/v1/documents", () => {
      tries += 1;
      if (tries === 1) return HttpResponse.error();
      const document = aDocument(1, { name: "passport été.jpg", title: null, status: "queued" });
      return HttpResponse.json({
        submissions: [{ name: document.name, outcome: "submitted", document, problem: null }],
      });
    }),
  );
  const { user } = openPage("/");
  await screen.findByRole("heading", { name: "Inbox" });
  drop("drop", [picture]);
  expect(await screen.findByText(/The server cannot be reached/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Read passport été.jpg again" }));
  await waitFor(() => expect(tries).toBe(2));
  await waitFor(() =>
    expect(screen.queryByText(/The server cannot be reached/)).not.toBeInTheDocument(),
  );
});

test("a file on its way can be called back", async () => {
  serve([]);
  let broken = false;
  server.use(
    http.post("/v1/documents", async ({ request }) => {
      request.signal.addEventListener("abort", () => (broken = true));
      await new Promise(() => undefined);
    }),
  );
  const { user } = openPage("/");
  await screen.findByRole("heading", { name: "Inbox" });
  drop("drop", [picture]);
  expect(await screen.findByText("Sending")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Cancel passport été.jpg" }));
  await waitFor(() => expect(screen.queryByText("passport été.jpg")).not.toBeInTheDocument());
  await waitFor(() => expect(broken).toBe(true));
});

test("changes are shown as they happen", async () => {
  const world = serve([], [aDocument(1, { status: "queued", title: null })]);
  openPage("/");
  expect(await rowOf("scan-1.jpg")).toHaveTextContent("Waiting");
  announce({
    sequence: 1,
    at: "2026-11-21T08:00:01Z",
    document_id: idOf(1),
    kind: "progress",
    progress: { step: "recognising", percent: 70 },
  });
  expect(await rowOf("scan-1.jpg")).toHaveTextContent("Reading the text");
  world.documents = [aDocument(1)];
  announce({
    sequence: 2,
    at: "2026-11-21T08:00:02Z",
    document_id: idOf(1),
    kind: "status",
    status: "extracted",
  });
  expect(await rowOf("ERIKSSON, ANNA MARIA")).toHaveTextContent("Read");
});

test("the keyboard moves, opens, retries and deletes", async () => {
  const world = serve(
    [aDetail(3)],
    [
      aDocument(2, { title: "OKAFOR, CHINEDU" }),
      aDocument(1, { title: null, status: "cancelled" }),
    ],
  );
  const { user, router } = openPage("/");
  const first = await rowOf("ERIKSSON, ANNA MARIA");
  first.focus();
  await user.keyboard("{ArrowDown}");
  expect(await rowOf("OKAFOR, CHINEDU")).toHaveFocus();
  await user.keyboard("{Delete}");
  const dialog = within(
    await screen.findByRole("alertdialog", { name: "Delete OKAFOR, CHINEDU?" }),
  );
  expect(dialog.getByRole("button", { name: "Keep it" })).toHaveFocus();
  await user.click(dialog.getByRole("button", { name: "Delete" }));
  await waitFor(() =>
    expect(screen.queryByRole("row", { name: "OKAFOR, CHINEDU" })).not.toBeInTheDocument(),
  );
  (await rowOf("scan-1.jpg")).focus();
  await user.keyboard("r");
  await waitFor(() =>
    expect(world.writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST /v1/documents/${idOf(2)}/trash`,
      `POST /v1/documents/${idOf(1)}/retry`,
    ]),
  );
  (await rowOf("ERIKSSON, ANNA MARIA")).focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/review/${idOf(3)}`));
});

test("what is deleted can be taken back, from the message and from the trash", async () => {
  const okafor = "OKAFOR, CHINEDU";
  const world = serve([aDetail(3)], [aDocument(2, { title: okafor })]);
  const { user, router } = openPage("/");
  const throwAway = async () => {
    (await rowOf(okafor)).focus();
    await user.keyboard("{Delete}");
    await user.click(await screen.findByRole("button", { name: "Delete" }));
    await waitFor(() => expect(world.trash).toHaveLength(1));
  };
  await throwAway();
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(world.trash).toHaveLength(0));

  await throwAway();
  await user.click(screen.getByRole("button", { name: "Go to the trash" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/trash"));
  await user.click(await screen.findByRole("button", { name: `Restore ${okafor}` }));
  expect(await screen.findByText("The trash is empty.")).toBeInTheDocument();

  await router.navigate({ to: "/" });
  await throwAway();
  await router.navigate({ to: "/trash" });
  await user.click(await screen.findByRole("button", { name: `Erase ${okafor} for good` }));
  const asked = within(
    await screen.findByRole("alertdialog", { name: `Erase ${okafor} for good?` }),
  );
  await user.click(asked.getByRole("button", { name: "Erase for good" }));
  await waitFor(() => expect(world.trash).toHaveLength(0));
});

test("filters stand in the address and are a key away", async () => {
  serve([aDetail(3)], [aDocument(2, { title: "OKAFOR, CHINEDU" })]);
  const { user, router } = openPage("/");
  await rowOf("OKAFOR, CHINEDU");
  await user.keyboard("/");
  expect(screen.getByRole("radio", { name: "All" })).toHaveFocus();
  expect(screen.getByRole("radio", { name: "To check 1" })).toBeInTheDocument();
  await user.keyboard("{ArrowRight}");
  await waitFor(() => expect(router.state.location.search).toEqual({ show: "to_review" }));
  await waitFor(() =>
    expect(screen.queryByRole("row", { name: "OKAFOR, CHINEDU" })).not.toBeInTheDocument(),
  );
});

test("what is typed is looked for on the server, and a search is kept under a name", async () => {
  const kept = {
    id: "kept-1",
    name: "Ours",
    owner_id: GRACE.id,
    owner: "grace",
    shared: true,
    search: { text: "muster", expired: false },
  };
  serve([], [aDocument(2, { title: "MUSTER, ERIKA" }), aDocument(1)]);
  const asked: unknown[] = [];
  server.use(
    http.get("/v1/searches", () => HttpResponse.json({ searches: [kept] })),
    http.post("/v1/searches", async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json(kept, { status: 201 });
    }),
  );
  const { user } = openPage("/");
  await rowOf("ERIKSSON, ANNA MARIA");
  await user.keyboard("s");
  expect(screen.getByRole("searchbox")).toHaveFocus();
  await user.keyboard("muster");
  await rowOf("MUSTER, ERIKA");
  await waitFor(() =>
    expect(screen.queryByRole("row", { name: "ERIKSSON, ANNA MARIA" })).not.toBeInTheDocument(),
  );
  expect(screen.getByText("1 found")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Keep search" }));
  await user.keyboard("Erika");
  await user.click(screen.getByRole("checkbox", { name: "For everybody" }));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toMatchObject({ name: "Erika", shared: true, search: { text: "muster" } });
  await user.clear(screen.getByRole("searchbox"));
  await rowOf("ERIKSSON, ANNA MARIA");
  await user.selectOptions(screen.getByRole("combobox"), "Ours (grace)");
  expect(screen.getByRole("searchbox")).toHaveValue("muster");
});

test("a failing server is a sentence with a way out", async () => {
  serve([]);
  server.use(http.get("/v1/documents", () => problem(500, "store_damaged"), { once: false }));
  openPage("/");
  expect(await screen.findByText(/Something went wrong \(request request-1\)/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
});

test("the page speaks French", async () => {
  serve([aDetail(3)]);
  const { user } = openPage("/");
  await rowOf("ERIKSSON, ANNA MARIA");
  await user.click(screen.getByRole("button", { name: "FR – Afficher en français" }));
  expect(await screen.findByRole("heading", { name: "Réception" })).toBeVisible();
  expect(await rowOf("ERIKSSON, ANNA MARIA")).toHaveTextContent("3 à vérifier");
  expect(document.documentElement).toHaveAttribute("lang", "fr");
});
