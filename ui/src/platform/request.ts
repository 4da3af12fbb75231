/** The one place that turns a request into `fetch`, the same behind both doors. */
import type { Request } from "@/platform/types";

/** Sends the request to the server that the page itself came from. */
export function sendByFetch(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  const init: RequestInit = { method: request.method, headers, credentials: "same-origin" };
  if (request.signal) init.signal = request.signal;
  if (request.body) {
    if ("json" in request.body) {
      headers.set("content-type", "application/json");
      init.body = JSON.stringify(request.body.json);
    } else {
      headers.set("content-type", request.body.mediaType);
      init.body = request.body.bytes;
    }
  }
  return fetch(request.path, init);
}
