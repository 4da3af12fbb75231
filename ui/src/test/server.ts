/** A server of fixtures: the page runs against it without any Rust. */
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";

import type {
  CorrectionRequest,
  Document,
  DocumentDetail,
  Problem,
  RecordField,
  Relation,
  SearchRequest,
  VerdictRequest,
} from "@/api/schema/types.gen";
import { matches } from "@/domain/search";
import { GRACE, SESSION } from "@/test/fixtures";

export const server = setupServer();

export function problem(status: number, code: string, detail = "no") {
  const body: Problem = {
    type: "about:blank",
    title: code,
    status,
    detail,
    code,
    hints: [],
    request_id: "request-1",
  };
  return HttpResponse.json(body, {
    status,
    headers: { "content-type": "application/problem+json" },
  });
}

/** Documents that the handlers below show and change, and every request that changed something. */
export type World = {
  documents: Document[];
  trash: Document[];
  details: Map<string, DocumentDetail>;
  /** What each document has to do with others. */
  relations: Map<string, Relation[]>;
  writes: { method: string; path: string; headers: Headers; body: unknown }[];
};

/** Answers everything from one small world. */
export function serve(details: DocumentDetail[], others: Document[] = []): World {
  const world: World = {
    documents: [...details.map((detail) => detail.document), ...others],
    trash: [],
    details: new Map(details.map((detail) => [detail.document.id, detail])),
    relations: new Map(),
    writes: [],
  };
  const note = async (request: Request) => {
    const { pathname: path } = new URL(request.url);
    const json = request.headers.get("content-type")?.includes("json");
    const body: unknown = json
      ? await request.clone().json()
      : new Uint8Array(await request.clone().arrayBuffer());
    world.writes.push({ method: request.method, path, headers: request.headers, body });
  };
  server.use(
    http.get("/v1/session", () => HttpResponse.json(SESSION)),
    http.get("/v1/users", () => HttpResponse.json({ users: [GRACE] })),
    http.get("/v1/documents", ({ request }) => {
      const statuses = new URL(request.url).searchParams.get("status")?.split(",");
      const documents = world.documents
        .filter(({ status }) => !statuses || statuses.includes(status))
        .toSorted((a, b) => b.id.localeCompare(a.id));
      return HttpResponse.json({ documents, next_cursor: null });
    }),
    http.get("/v1/searches", () => HttpResponse.json({ searches: [] })),
    http.post("/v1/documents/search", async ({ request }) => {
      const asked = (await request.json()) as SearchRequest;
      const text = asked.search?.text ?? "";
      const documents = world.documents.filter(({ title }) => matches(title ?? "", text));
      return HttpResponse.json({ documents, next_cursor: null, count: documents.length });
    }),
    http.get("/v1/documents/:id", ({ params }) => {
      const detail = world.details.get(String(params["id"]));
      return detail ? HttpResponse.json(detail) : problem(404, "document_not_found");
    }),
    http.get("/v1/trash", () => HttpResponse.json({ documents: world.trash, next_cursor: null })),
    http.delete("/v1/documents/:id", async ({ params, request }) => {
      await note(request);
      world.documents = world.documents.filter(({ id }) => id !== params["id"]);
      world.trash = world.trash.filter(({ id }) => id !== params["id"]);
      return new HttpResponse(null, { status: 204 });
    }),
    http.post("/v1/documents/:id/corrections", async ({ params, request }) => {
      await note(request);
      const detail = world.details.get(String(params["id"]));
      if (!detail) return problem(404, "document_not_found");
      const corrected = correct(detail, (await request.json()) as CorrectionRequest);
      world.details.set(detail.document.id, corrected);
      world.documents = world.documents.map((document) =>
        document.id === corrected.document.id ? corrected.document : document,
      );
      return HttpResponse.json(corrected, { status: 201 });
    }),
    http.get("/v1/documents/:id/relations", ({ params }) =>
      HttpResponse.json({ relations: world.relations.get(String(params["id"])) ?? [] }),
    ),
    http.post("/v1/documents/:id/relations", async ({ params, request }) => {
      await note(request);
      const id = String(params["id"]);
      const { other, question, verdict } = (await request.json()) as VerdictRequest;
      const relations = (world.relations.get(id) ?? []).map((relation) =>
        relation.document.id === other && relation.question === question
          ? { ...relation, verdict, holds: verdict === "same" }
          : relation,
      );
      world.relations.set(id, relations);
      return HttpResponse.json({ relations });
    }),
    http.post("/v1/documents/:id/:act", async ({ params, request }) => {
      await note(request);
      const found = (documents: Document[]) => documents.find(({ id }) => id === params["id"]);
      const thrown = params["act"] === "restore" ? found(world.trash) : undefined;
      if (thrown) {
        world.trash = world.trash.filter(({ id }) => id !== thrown.id);
        world.documents.push(thrown);
        return HttpResponse.json(thrown);
      }
      const document = found(world.documents);
      if (!document) return problem(404, "document_not_found");
      if (params["act"] === "trash") {
        world.documents = world.documents.filter(({ id }) => id !== document.id);
        world.trash.push(document);
        return HttpResponse.json(document);
      }
      const status = params["act"] === "cancel" ? "cancelled" : "queued";
      const changed: Document = { ...document, status, problem: null, progress: null };
      world.documents = world.documents.map((each) => (each.id === changed.id ? changed : each));
      return HttpResponse.json(changed);
    }),
  );
  return world;
}

/** What the server does with a correction. */
function correct(detail: DocumentDetail, request: CorrectionRequest): DocumentDetail {
  const before = detail.record.fields[request.field];
  const value = request.kind === "edited" ? (request.value ?? "") : (before?.value ?? "");
  const corrected = {
    id: `correction-${detail.corrections.length + 1}`,
    field: request.field,
    kind: request.kind,
    value: request.kind === "cleared" ? "" : value,
    by: SESSION.user.id,
    at: "2026-11-21T09:00:00.000Z",
  };
  const field: RecordField = {
    value: corrected.value,
    state: "confirmed_by_person",
    read: before?.read ?? null,
    corrected,
  };
  const fields = { ...detail.record.fields, [request.field]: field };
  const doubtful = Object.values(fields).filter(({ state }) =>
    ["rule_failed", "to_check"].includes(state),
  ).length;
  return {
    ...detail,
    document: {
      ...detail.document,
      doubtful,
      status: doubtful === 0 ? "reviewed" : detail.document.status,
    },
    corrections: [...detail.corrections, corrected],
    record: { ...detail.record, fields },
  };
}
