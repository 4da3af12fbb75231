//! The page: the files of `ui/dist`, carried inside the program.
//!
//! A debug build reads them from the folder each time, so that a rebuilt page needs no rebuilt
//! program. Where the page was not built, a sentence says how.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Files;

/// What the page may load and whom it may call: itself. `ipc:` and `ipc.localhost` are how the window
/// on this machine passes messages; a browser knows neither.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' blob: data:; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
     connect-src 'self' ipc: http://ipc.localhost; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// Files under `assets/` have a digest of their content in their names.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

const NOT_BUILT: &str =
    "The page is not part of this build: build it with `make ui`, then build Lectern again";

/// The way from the bare address to the page.
pub(crate) async fn to_page() -> Redirect {
    Redirect::permanent("/app/")
}

/// The page itself.
pub(crate) async fn page(headers: HeaderMap) -> Response {
    let Some(file) = Files::get("index.html") else {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        return Problem::new(status, "page_not_built", NOT_BUILT).into_response();
    };
    answer(&headers, file, "text/html; charset=utf-8", ASK_AGAIN)
}

/// A file of the page, or the page itself at one of its own addresses such as `/app/review/…`.
pub(crate) async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    if let Some(file) = Files::get(&path) {
        let guess = mime_guess::from_path(&path).first_or_octet_stream();
        let freshness = if path.starts_with("assets/") {
            FOR_EVER
        } else {
            ASK_AGAIN
        };
        return answer(&headers, file, guess.as_ref(), freshness);
    }
    let last = path.rsplit('/').next().unwrap_or("");
    if path.starts_with("assets/") || last.contains('.') {
        // A page that asks for a script of an older build must hear so instead of getting HTML.
        return Problem::of_status(StatusCode::NOT_FOUND).into_response();
    }
    page(headers).await
}

fn policy() -> [(HeaderName, HeaderValue); 1] {
    [(header::CONTENT_SECURITY_POLICY, POLICY)]
}

fn answer(
    headers: &HeaderMap,
    file: EmbeddedFile,
    media_type: &str,
    freshness: HeaderValue,
) -> Response {
    let tag = format!("\"{}\"", hex::encode(file.metadata.sha256_hash()));
    let known = headers.get(header::IF_NONE_MATCH);
    let common = [(header::ETAG, tag.clone())];
    let freshness = [(header::CACHE_CONTROL, freshness)];
    if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, policy(), common, freshness).into_response();
    }
    let media_type = [(header::CONTENT_TYPE, media_type.to_owned())];
    (policy(), common, freshness, media_type, file.data).into_response()
}
