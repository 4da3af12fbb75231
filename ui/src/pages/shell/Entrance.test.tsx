import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, expect, test } from "vitest";

import { SESSION, aDetail } from "@/test/fixtures";
import { openPage } from "@/test/render";
import { problem, serve, server } from "@/test/server";

const signedOut = () => server.use(http.get("/v1/session", () => problem(401, "not_signed_in")));

afterEach(() => window.history.replaceState(null, "", "/"));

test("a wrong password is a sentence, the right one opens the inbox", async () => {
  serve([]);
  signedOut();
  const asked: unknown[] = [];
  server.use(
    http.post("/v1/session", async ({ request }) => {
      asked.push(await request.json());
      return asked.length === 1 ? problem(401, "wrong_credentials") : HttpResponse.json(SESSION);
    }),
  );
  const { user } = openPage("/");
  await user.type(await screen.findByLabelText("Name"), "ada");
  await user.type(screen.getByLabelText("Password"), "wrong password{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("The name or the password is wrong.");
  await user.type(screen.getByLabelText("Password"), "!{Enter}");
  expect(await screen.findByRole("heading", { name: "Inbox" })).toBeVisible();
  expect(asked[1]).toEqual({ name: "ada", password: "wrong password!" });
});

test("a one-time code in the address is traded at once and leaves the address", async () => {
  serve([]);
  signedOut();
  const codes: unknown[] = [];
  server.use(
    http.post("/v1/session/code", async ({ request }) => {
      codes.push(await request.json());
      return HttpResponse.json(SESSION);
    }),
  );
  window.history.replaceState(null, "", "/app/?show=failed#code=ABCD-1234");
  openPage("/");
  expect(await screen.findByRole("heading", { name: "Inbox" })).toBeVisible();
  expect(codes).toEqual([{ code: "ABCD-1234" }]);
  expect(window.location.hash).toBe("");
});

test("a used code leads to the sign-in with a sentence", async () => {
  serve([]);
  signedOut();
  server.use(http.post("/v1/session/code", () => problem(401, "code_invalid")));
  window.history.replaceState(null, "", "/app/#code=OLD");
  openPage("/");
  expect(await screen.findByRole("alert")).toHaveTextContent("This one-time code is used up");
});

test("who turns out to be signed out is asked to sign in", async () => {
  serve([aDetail(3)]);
  const { user } = openPage("/");
  (await screen.findByRole("row", { name: "ERIKSSON, ANNA MARIA" })).focus();
  server.use(http.post("/v1/documents/:id/trash", () => problem(401, "not_signed_in")));
  await user.keyboard("{Delete}");
  await user.click(await screen.findByRole("button", { name: "Delete" }));
  expect(await screen.findByLabelText("Password")).toBeVisible();
});

test("signing out forgets what was seen", async () => {
  serve([]);
  server.use(http.delete("/v1/session", () => new HttpResponse(null, { status: 204 })));
  const { user, client } = openPage("/");
  await user.click(await screen.findByRole("button", { name: "Signed in as ada" }));
  signedOut();
  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(await screen.findByLabelText("Password")).toBeVisible();
  await waitFor(() =>
    expect(
      client
        .getQueryCache()
        .getAll()
        .map(({ queryKey }) => queryKey),
    ).toEqual([["session"]]),
  );
});

test("a server that does not answer is a sentence with a way out", async () => {
  server.use(http.get("/v1/session", () => HttpResponse.error()));
  openPage("/");
  expect(await screen.findByRole("heading", { name: "Lectern does not answer" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
});

test("an address that leads nowhere says so", async () => {
  serve([]);
  openPage("/nowhere");
  expect(await screen.findByRole("heading", { name: "Nothing here" })).toBeVisible();
});

test("what an admin must know stays until it is dismissed, and is said once", async () => {
  serve([]);
  const notices = [{ code: "key_in_file", message: "in the file `/home/ada/k`" }];
  server.use(http.get("/v1/session", () => HttpResponse.json({ ...SESSION, notices })));
  openPage("/");
  expect(await screen.findByText(/no keychain that Lectern can use/)).toBeVisible();
  expect(screen.getAllByText(/no keychain that Lectern can use/)).toHaveLength(1);
});
