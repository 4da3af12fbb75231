import { screen, waitFor, within } from "@testing-library/react";
import { http } from "msw";
import { expect, test } from "vitest";

import type { Correction, Document, DocumentDetail } from "@/api/schema/types.gen";
import {
  GRACE,
  SESSION,
  aDetail,
  aDisagreement,
  aDocument,
  aField,
  aRecordField,
  aRelation,
  idOf,
} from "@/test/fixtures";
import { openPage } from "@/test/render";
import { problem, serve, server } from "@/test/server";

const open = async (details: DocumentDetail[] = [aDetail(3)]) => {
  const world = serve(details);
  const page = openPage(`/review/${details[0]?.document.id}`);
  await screen.findByLabelText("Surname");
  return { world, ...page };
};
const field = (label: string) => screen.getByLabelText(label);
const corrections = (world: ReturnType<typeof serve>) => world.writes.map(({ body }) => body);

test("Enter confirms or saves and goes from doubt to doubt until all is checked", async () => {
  const { user, world } = await open();
  await waitFor(() => expect(field("Date of expiry")).toHaveFocus());
  await user.keyboard("{Control>}a{/Control}20320416{Enter}");
  expect(field("Sex")).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(field("Surname")).toHaveFocus();
  await user.keyboard("{Control>}a{/Control}ERIKSEN{Enter}");
  expect(await screen.findByText("Everything here is checked")).toBeVisible();
  await waitFor(() =>
    expect(corrections(world)).toEqual([
      { field: "date_of_expiry", kind: "edited", value: "2032-04-16" },
      { field: "sex", kind: "confirmed" },
      { field: "surname", kind: "edited", value: "ERIKSEN" },
    ]),
  );
  expect(
    world.writes.every(({ headers }) => headers.get("x-csrf-token") === SESSION.csrf_token),
  ).toBe(true);
  expect(field("Surname")).toHaveValue("ERIKSEN");
  expect(screen.getByText("All checked")).toBeVisible();
});

test("what stands beside a field says what it means and why it is doubtful", async () => {
  await open();
  expect(screen.getByText("12 August 1974")).toBeVisible();
  expect(screen.getByText("Female")).toBeVisible();
  expect(field("Sex")).toHaveAccessibleDescription("Read with only 55% certainty.");
  expect(field("Date of expiry")).toHaveAccessibleDescription(
    "The check digit of the date of expiry does not agree: a character is misread or misprinted",
  );
  await waitFor(() => expect(field("Date of expiry")).toHaveFocus());
  expect(screen.getByRole("img", { name: "Date of expiry on the document" })).toHaveAttribute(
    "src",
    `/v1/documents/${idOf(3)}/fields/date_of_expiry/crop`,
  );
});

test("what the places of the document say differently stands above the field with its pictures", async () => {
  const detail = aDetail(3);
  if (detail.reading) detail.reading.disagreements = [aDisagreement(3)];
  const { user } = await open([detail]);
  await user.click(screen.getByRole("button", { name: "Surname" }));
  expect(field("Surname")).toHaveFocus();
  const places = screen.getByRole("group", {
    name: "What the places of the document say: Surname",
  });
  const pictures = within(places).getAllByRole("img");
  expect(
    pictures.map((picture) => [picture.getAttribute("alt"), picture.getAttribute("src")]),
  ).toEqual(
    [
      ["Surname in the machine-readable zone", 0],
      ["Surname in the print", 1],
    ].map(([name, source]) => [
      name,
      `/v1/documents/${idOf(3)}/fields/surname/crop?source=${source}`,
    ]),
  );
  expect(within(places).getByText("ERIKSEN")).toBeVisible();
  expect(places).toHaveTextContent("the likelier one is proposed.");
  expect(field("Surname")).toHaveAccessibleDescription("The places contradict each other.");
});

test("a type that an admin imported brings its own names", async () => {
  const detail = aDetail(3);
  const read = aField("LZ-123456");
  detail.record.fields["reader_number"] = aRecordField(read);
  detail.imported_type = {
    id: "library_card",
    version: 2,
    names: { en: "Reader's card", fr: "Carte de lecteur", ar: "بطاقة قارئ" },
    fields: { reader_number: { en: "Reader number", fr: "Numéro de lecteur", ar: "رقم القارئ" } },
  };
  await open([detail]);
  expect(field("Reader number")).toHaveValue("LZ-123456");
  expect(screen.getByText(/^Reader's card/)).toBeVisible();
});

test("a date that is none is not accepted", async () => {
  const { user, world } = await open();
  await waitFor(() => expect(field("Date of expiry")).toHaveFocus());
  await user.keyboard("{Control>}a{/Control}2032-02-31{Enter}");
  expect(field("Date of expiry")).toHaveFocus();
  expect(field("Date of expiry")).toBeInvalid();
  expect(field("Date of expiry")).toHaveAccessibleDescription(/Not a date/);
  expect(world.writes).toEqual([]);
});

test("Escape takes back what was typed, then leaves the field to the single keys", async () => {
  const { user } = await open();
  await waitFor(() => expect(field("Date of expiry")).toHaveFocus());
  await user.keyboard("x{Escape}");
  expect(field("Date of expiry")).toHaveValue("2032-04-15");
  expect(field("Date of expiry")).toHaveFocus();
  await user.keyboard("{Escape}");
  expect(field("Date of expiry")).not.toHaveFocus();
  await user.keyboard("n");
  expect(field("Sex")).toHaveFocus();
  await user.keyboard("{Escape}p");
  expect(field("Date of expiry")).toHaveFocus();
});

test("Alt and a digit take an alternative, which Enter saves", async () => {
  const { user, world } = await open();
  await waitFor(() => expect(field("Date of expiry")).toHaveFocus());
  await user.click(field("Surname"));
  const others = within(screen.getByRole("group", { name: "Other readings of Surname" }));
  expect(others.getAllByRole("button")).toHaveLength(2);
  await user.keyboard("{Alt>}2{/Alt}");
  expect(field("Surname")).toHaveValue("ERIKSS0N");
  await user.keyboard("{Enter}");
  await waitFor(() =>
    expect(corrections(world)).toEqual([{ field: "surname", kind: "edited", value: "ERIKSS0N" }]),
  );
});

test("what could not be saved comes back with the reason", async () => {
  const { user } = await open();
  server.use(http.post("/v1/documents/:id/corrections", () => problem(503, "unavailable")));
  await waitFor(() => expect(field("Date of expiry")).toHaveFocus());
  await user.keyboard("{Control>}a{/Control}2032-04-16{Enter}");
  expect(await screen.findByText(/^Not saved\./)).toBeVisible();
  expect(field("Date of expiry")).toHaveValue("2032-04-16");
  expect(screen.getByText("3 of 8 to check")).toBeVisible();
});

test("a box leads to its field, and the field to its box", async () => {
  const { user, container } = await open();
  await waitFor(() => expect(field("Date of expiry")).toHaveFocus());
  // jsdom lays nothing out, so the page has no size and draws no boxes until it is told one.
  expect(container.querySelector('[role="group"][aria-label^="Page 1"]')).toHaveAttribute(
    "aria-label",
    "Page 1, at the field Date of expiry",
  );
  await user.click(field("Sex"));
  expect(screen.getByRole("group", { name: "Page 1, at the field Sex" })).toBeInTheDocument();
});

test("J and K go through the documents to check", async () => {
  const { user, router } = await open([aDetail(3), aDetail(2), aDetail(1)]);
  await waitFor(() => expect(field("Date of expiry")).toHaveFocus());
  await user.keyboard("{Alt>}j{/Alt}");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/review/${idOf(2)}`));
  await waitFor(() => expect(field("Date of expiry")).toHaveFocus());
  await user.keyboard("{Escape}k");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/review/${idOf(3)}`));
});

test("an administrator sees who else was here", async () => {
  const detail = aDetail(3);
  const correction: Correction = {
    id: "correction-0",
    field: "surname",
    kind: "edited",
    value: "ERIKSEN",
    by: GRACE.id,
    at: "2026-11-20T09:00:00.000Z",
  };
  const { user } = await open([{ ...detail, corrections: [correction] }]);
  await user.click(screen.getByRole("button", { name: "History: 1 entry" }));
  expect(await screen.findByText("Changed by grace")).toBeVisible();
});

test("history tells who did what", async () => {
  const { user } = await open();
  await waitFor(() => expect(field("Date of expiry")).toHaveFocus());
  await user.keyboard("{Control>}a{/Control}2032-04-16{Enter}");
  await user.click(field("Date of expiry"));
  await user.click(await screen.findByRole("button", { name: "1 entry in the history" }));
  expect(screen.getAllByText(/Changed by you/).length).toBeGreaterThan(0);
  expect(screen.getByText(/was read as/)).toHaveTextContent("2032-04-15");
});

test("a field that was not read can be filled", async () => {
  const { user, world } = await open();
  await user.click(screen.getByRole("button", { name: "1 field that was not read" }));
  await user.click(field("Date of issue"));
  await user.keyboard("20220416{Enter}");
  await waitFor(() =>
    expect(corrections(world)).toEqual([
      { field: "date_of_issue", kind: "edited", value: "2022-04-16" },
    ]),
  );
});

test("a clerk looks and does not change", async () => {
  serve([aDetail(3)]);
  server.use(
    http.get("/v1/session", () =>
      Response.json({ ...SESSION, user: { ...SESSION.user, role: "clerk" } }),
    ),
  );
  openPage(`/review/${idOf(3)}`);
  expect(await screen.findByLabelText("Surname")).toHaveAttribute("readonly");
  expect(screen.getByText(/A reviewer can correct/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /Accept/ })).not.toBeInTheDocument();
});

test("a document that could not be read says why and can be read again", async () => {
  const document = aDocument(4, {
    status: "failed",
    title: null,
    problem: { code: "image_damaged", message: "damaged" },
  });
  const record = { document_type: null, issuing_country: null, fields: {} };
  const world = serve([
    {
      document,
      reading: null,
      corrections: [],
      record,
      other_side: null,
      cut_out: [],
      imported_type: null,
    },
  ]);
  const { user } = openPage(`/review/${document.id}`);
  expect(await screen.findByText(/The picture is damaged/)).toBeVisible();
  expect(screen.queryByLabelText("Surname")).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Read again" }));
  await waitFor(() =>
    expect(world.writes.map(({ path }) => path)).toEqual([`/v1/documents/${document.id}/retry`]),
  );
});

test("a locked document asks for its password", async () => {
  const document = aDocument(4, {
    status: "failed",
    title: null,
    problem: { code: "pdf_locked", message: "locked" },
  });
  const record = { document_type: null, issuing_country: null, fields: {} };
  const world = serve([
    {
      document,
      reading: null,
      corrections: [],
      record,
      other_side: null,
      cut_out: [],
      imported_type: null,
    },
  ]);
  const { user } = openPage(`/review/${document.id}`);
  await user.type(await screen.findByLabelText("Password of the file"), "utopia");
  await user.click(screen.getByRole("button", { name: "Unlock and read" }));
  await waitFor(() =>
    expect(world.writes.map(({ path }) => path)).toEqual([`/v1/documents/${document.id}/unlock`]),
  );
});

test("a document from which nothing was read can be filled by hand", async () => {
  const detail = aDetail(3, { title: null, doubtful: 0 });
  const reading = detail.reading && {
    ...detail.reading,
    fields: {},
    checks: [],
    problems: [{ code: "nothing_read", message: "none" }],
  };
  const record = { ...detail.record, fields: {} };
  const { user, world } = await open([{ ...detail, reading, record }]);
  expect(screen.getByText(/fill in the fields by hand/)).toBeVisible();
  await user.click(field("Surname"));
  await user.keyboard("ERIKSEN{Enter}");
  await waitFor(() =>
    expect(corrections(world)).toEqual([{ field: "surname", kind: "edited", value: "ERIKSEN" }]),
  );
});

test("a document that is doubtful as a whole is settled by one word", async () => {
  const detail = aDetail(3, { doubtful: 0 });
  const sure = Object.fromEntries(
    Object.entries(detail.record.fields).map(([name, each]) => [
      name,
      { ...each, state: "confirmed_by_rules" as const },
    ]),
  );
  const problems = [{ code: "specimen", message: "a specimen" }];
  const reading = detail.reading && { ...detail.reading, problems };
  const { user } = await open([{ ...detail, reading, record: { ...detail.record, fields: sure } }]);
  expect(screen.getByText(/Look the document over/)).toBeVisible();
  expect(screen.queryByText("Everything here is checked")).not.toBeInTheDocument();
  await waitFor(() => expect(field("Surname")).toHaveFocus());
  await user.keyboard("{Enter}");
  expect(await screen.findByText("Everything here is checked")).toBeVisible();
});

test("the palette does what is found by typing, the cheat sheet shows every key", async () => {
  const { user, router } = await open();
  await waitFor(() => expect(field("Date of expiry")).toHaveFocus());
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox"), "back inb");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/"));
  await user.keyboard("?");
  const sheet = within(await screen.findByRole("dialog", { name: "Keyboard shortcuts" }));
  expect(sheet.getByText("Next field to check")).toBeVisible();
  await user.click(sheet.getByRole("switch", { name: /Single letters and digits/ }));
  await user.keyboard("{Escape}");
  await user.keyboard("?");
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});

test("a possible duplicate shows why, and a key says that it is none", async () => {
  const detail = aDetail(3, { duplicates: 2 });
  const world = serve([detail]);
  const other = aDocument(1, { title: "ERIKSSON, ANNA" });
  world.relations.set(idOf(3), [
    aRelation(other),
    aRelation(aDocument(2, { title: "ERIKSEN, ANNA" }), { question: "holder", probability: 0.6 }),
  ]);
  const { user } = openPage(`/review/${idOf(3)}`);
  const related = within(await screen.findByRole("region", { name: "Related documents" }));
  expect(screen.getByText("2 possible duplicates")).toBeVisible();
  expect(related.getByText("97% likely")).toBeVisible();
  expect(related.getByRole("link", { name: "ERIKSSON, ANNA" })).toHaveAttribute(
    "href",
    `/app/review/${idOf(1)}`,
  );
  expect(related.getAllByText("Document number: one character differs")).toHaveLength(2);
  expect(related.getAllByText("Issuing state: different")).toHaveLength(2);
  await waitFor(() => expect(field("Date of expiry")).toHaveFocus());
  await user.keyboard("{Escape}d");
  await waitFor(() => expect(related.queryByText("97% likely")).not.toBeInTheDocument());
  await user.click(related.getByRole("button", { name: "The same person" }));
  await waitFor(() =>
    expect(screen.queryByRole("region", { name: "Related documents" })).not.toBeInTheDocument(),
  );
  expect(world.writes.map(({ body }) => body)).toEqual([
    { other: idOf(1), question: "duplicate", verdict: "different" },
    { other: idOf(2), question: "holder", verdict: "same" },
  ]);
});

test("the two sides of a card can be taken apart", async () => {
  const world = serve([aDetail(3)]);
  const back = aDocument(2, { name: "back.jpg", side_of: idOf(3) });
  world.relations.set(idOf(3), [aRelation(back, { question: "sides", holds: true })]);
  const { user } = openPage(`/review/${idOf(3)}`);
  expect(await screen.findByText("The other side comes from back.jpg.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Take the sides apart" }));
  await waitFor(() =>
    expect(world.writes.map(({ body }) => body)).toEqual([
      { other: idOf(2), question: "sides", verdict: "different" },
    ]),
  );
});

test("a picture that was cut apart can be kept as one document", async () => {
  const region = { page: 0, quad: [], width: 1000, height: 630, image_from_page: [] };
  const cut_from = { document_id: idOf(2), ...region } as unknown as Document["cut_from"];
  const world = serve([aDetail(3, { cut_from })]);
  const { user } = openPage(`/review/${idOf(3)}`);
  await user.click(await screen.findByRole("button", { name: "Keep the picture as one document" }));
  await waitFor(() => expect(world.writes.map(({ body }) => body)).toEqual([{ whole: true }]));
  expect(world.writes[0]?.path).toBe(`/v1/documents/${idOf(3)}/whole`);
});

test("a clerk sees a possible duplicate and does not judge it", async () => {
  const world = serve([aDetail(3, { duplicates: 1 })]);
  world.relations.set(idOf(3), [aRelation(aDocument(1))]);
  server.use(
    http.get("/v1/session", () =>
      Response.json({ ...SESSION, user: { ...SESSION.user, role: "clerk" } }),
    ),
  );
  openPage(`/review/${idOf(3)}`);
  expect(await screen.findByText("97% likely")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Not a duplicate" })).not.toBeInTheDocument();
});

test("pictures that were erased are told of in words", async () => {
  const erased = aDetail(3, { pictures_erased_at: "2026-11-30T08:00:00.000Z" });
  const { container } = await open([erased]);
  expect(await screen.findByText(/were erased on 30 November 2026/)).toBeVisible();
  expect(container.querySelectorAll("section img")).toHaveLength(0);
  expect(field("Surname")).toHaveValue("ERIKSSON");
});
