/**
 * The operations of the server that the page uses, one function each.
 *
 * Shapes come from the generated schema. Every answer that is not a success becomes an
 * {@link ApiError}; every write carries the token of the session.
 */
import { ApiError } from "@/api/errors";
import type {
  CancelDocumentData,
  CancelDocumentResponse,
  CorrectFieldData,
  CorrectFieldResponse,
  DeleteDocumentData,
  DocumentStatus,
  DropSearchData,
  GetDocumentData,
  GetDocumentResponse,
  GetFieldCropData,
  GetPageImageData,
  GetSessionData,
  GetSessionResponse,
  GetThumbnailData,
  JudgeDocumentsData,
  JudgeDocumentsResponse,
  ListDocumentsData,
  KeepSearchData,
  KeepSearchResponse,
  KeepWholeData,
  KeepWholeResponse,
  ListDocumentsResponse,
  ListRelationsData,
  ListRelationsResponse,
  ListenData,
  ListSearchesData,
  ListSearchesResponse,
  ListTrashData,
  ListTrashResponse,
  ListUsersData,
  ListUsersResponse,
  RestoreDocumentData,
  RestoreDocumentResponse,
  RetryDocumentData,
  RetryDocumentResponse,
  SearchDocumentsData,
  SearchDocumentsResponse,
  SignInData,
  SignInResponse,
  SignInWithCodeData,
  SignInWithCodeResponse,
  SignOutData,
  SubmitDocumentsData,
  SubmitDocumentsResponse,
  SubmitSamplesData,
  SubmitSamplesResponse,
  TrashDocumentData,
  TrashDocumentResponse,
  UnlockDocumentData,
  UnlockDocumentResponse,
} from "@/api/schema/types.gen";
import { platform } from "@/platform";
import type { Body, Request } from "@/platform/types";

/** Proves to the server that a write comes from this page; known once signed in. */
let csrfToken = "";

async function call(request: Request): Promise<Response> {
  const headers: { [name: string]: string } = { accept: "application/json", ...request.headers };
  if (request.method !== "GET" && csrfToken !== "") headers["x-csrf-token"] = csrfToken;
  const response = await platform.send({ ...request, headers });
  if (response.ok) return response;
  throw new ApiError(response.status, await problemOf(response));
}

async function problemOf(response: Response) {
  if (!response.headers.get("content-type")?.includes("json")) return {};
  const body: unknown = await response.json().catch(() => null);
  return typeof body === "object" && body !== null ? body : {};
}

/** The generated types are the server's promise about what an operation answers. */
async function answer<Shape>(request: Request): Promise<Shape> {
  const response = await call(request);
  return (await response.json()) as Shape;
}

/** What the generated type of every operation says about its address. */
type Operation = { url: string; path?: { [name: string]: unknown } };

/** The address of an operation, its parts in braces filled in. */
function at<Data extends Operation>(url: Data["url"], path?: Data["path"]): string {
  return url.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(path?.[name])),
  );
}

const get = (path: string, signal?: AbortSignal): Request => ({
  method: "GET",
  path,
  ...(signal && { signal }),
});
const post = (path: string, body?: Body): Request => ({
  method: "POST",
  path,
  ...(body && { body }),
});

// --- session ---------------------------------------------------------------------------------

async function keepToken<Session extends GetSessionResponse>(asked: Promise<Session>) {
  const session = await asked;
  csrfToken = session.csrf_token;
  return session;
}

export function getSession(): Promise<GetSessionResponse> {
  return keepToken(answer<GetSessionResponse>(get(at<GetSessionData>("/v1/session"))));
}

export function signIn(json: SignInData["body"]): Promise<SignInResponse> {
  return keepToken(answer<SignInResponse>(post(at<SignInData>("/v1/session"), { json })));
}

export function signInWithCode(code: string): Promise<SignInWithCodeResponse> {
  const json: SignInWithCodeData["body"] = { code };
  const path = at<SignInWithCodeData>("/v1/session/code");
  return keepToken(answer<SignInWithCodeResponse>(post(path, { json })));
}

export async function signOut(): Promise<void> {
  await call({ method: "DELETE", path: at<SignOutData>("/v1/session") });
  csrfToken = "";
}

// --- documents -------------------------------------------------------------------------------

export function listDocuments(
  statuses: readonly DocumentStatus[],
  cursor: string | null,
  limit: number,
  signal: AbortSignal,
): Promise<ListDocumentsResponse> {
  const query = new URLSearchParams({ limit: String(limit) });
  if (statuses.length > 0) query.set("status", statuses.join(","));
  if (cursor !== null) query.set("cursor", cursor);
  return answer(get(`${at<ListDocumentsData>("/v1/documents")}?${query}`, signal));
}

/** What is looked for is personal, so it travels in the body. */
export function searchDocuments(
  json: SearchDocumentsData["body"],
  signal: AbortSignal,
): Promise<SearchDocumentsResponse> {
  const path = at<SearchDocumentsData>("/v1/documents/search");
  return answer({ ...post(path, { json }), signal });
}

export function listSearches(signal?: AbortSignal): Promise<ListSearchesResponse> {
  return answer(get(at<ListSearchesData>("/v1/searches"), signal));
}

export function keepSearch(json: KeepSearchData["body"]): Promise<KeepSearchResponse> {
  return answer(post(at<KeepSearchData>("/v1/searches"), { json }));
}

export async function dropSearch(id: string): Promise<void> {
  await call({ method: "DELETE", path: at<DropSearchData>("/v1/searches/{id}", { id }) });
}

export function getDocument(id: string, signal?: AbortSignal): Promise<GetDocumentResponse> {
  return answer(get(at<GetDocumentData>("/v1/documents/{id}", { id }), signal));
}

/** Sends one file as its bytes; its name travels beside them, percent-encoded. */
export async function submitFile(
  file: File,
  signal: AbortSignal,
): Promise<SubmitDocumentsResponse> {
  const bytes = await file.arrayBuffer();
  return answer({
    method: "POST",
    path: at<SubmitDocumentsData>("/v1/documents"),
    headers: { "x-file-name": encodeURIComponent(file.name) },
    body: { bytes, mediaType: "application/octet-stream" },
    signal,
  });
}

export function submitSamples(): Promise<SubmitSamplesResponse> {
  return answer(post(at<SubmitSamplesData>("/v1/samples")));
}

export function cancelDocument(id: string): Promise<CancelDocumentResponse> {
  return answer(post(at<CancelDocumentData>("/v1/documents/{id}/cancel", { id })));
}

export function retryDocument(id: string): Promise<RetryDocumentResponse> {
  return answer(post(at<RetryDocumentData>("/v1/documents/{id}/retry", { id })));
}

export function unlockDocument(
  id: string,
  json: UnlockDocumentData["body"],
): Promise<UnlockDocumentResponse> {
  return answer(post(at<UnlockDocumentData>("/v1/documents/{id}/unlock", { id }), { json }));
}

export function trashDocument(id: string): Promise<TrashDocumentResponse> {
  return answer(post(at<TrashDocumentData>("/v1/documents/{id}/trash", { id })));
}

export function restoreDocument(id: string): Promise<RestoreDocumentResponse> {
  return answer(post(at<RestoreDocumentData>("/v1/documents/{id}/restore", { id })));
}

export function listTrash(signal: AbortSignal): Promise<ListTrashResponse> {
  return answer(get(at<ListTrashData>("/v1/trash"), signal));
}

/** Erases it for good, wherever it is. */
export async function deleteDocument(id: string): Promise<void> {
  await call({ method: "DELETE", path: at<DeleteDocumentData>("/v1/documents/{id}", { id }) });
}

export function correctField(
  id: string,
  json: CorrectFieldData["body"],
): Promise<CorrectFieldResponse> {
  return answer(post(at<CorrectFieldData>("/v1/documents/{id}/corrections", { id }), { json }));
}

export function listRelations(id: string, signal: AbortSignal): Promise<ListRelationsResponse> {
  return answer(get(at<ListRelationsData>("/v1/documents/{id}/relations", { id }), signal));
}

export function judgeDocuments(
  id: string,
  json: JudgeDocumentsData["body"],
): Promise<JudgeDocumentsResponse> {
  return answer(post(at<JudgeDocumentsData>("/v1/documents/{id}/relations", { id }), { json }));
}

/** Answers with the document of the picture, which one of its parts may name. */
export function keepWhole(id: string, json: KeepWholeData["body"]): Promise<KeepWholeResponse> {
  return answer(post(at<KeepWholeData>("/v1/documents/{id}/whole", { id }), { json }));
}

// --- people ----------------------------------------------------------------------------------

export async function listUsers(signal: AbortSignal): Promise<ListUsersResponse["users"]> {
  const { users } = await answer<ListUsersResponse>(get(at<ListUsersData>("/v1/users"), signal));
  return users;
}

// --- pictures: addresses, because the browser fetches them itself -----------------------------

export function thumbnailUrl(id: string): string {
  return at<GetThumbnailData>("/v1/documents/{id}/thumbnail", { id });
}

/** `maxSide` bounds the longer side in pixels; enough for reading small print when zoomed in. */
export function pageImageUrl(id: string, page: number, maxSide: number): string {
  const path = at<GetPageImageData>("/v1/documents/{id}/pages/{page}/image", { id, page });
  return `${path}?max_side=${maxSide}`;
}

export function cropUrl(id: string, name: string): string {
  return at<GetFieldCropData>("/v1/documents/{id}/fields/{name}/crop", { id, name });
}

export const EVENTS_PATH = at<ListenData>("/v1/events");
