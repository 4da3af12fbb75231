//! The desktop's door: what a page asks of `app://localhost` goes to the one router, in this process.
//!
//! No port is opened. The scheme cannot stream and its answers are held whole, so event streams are
//! refused here and go through [`streams`](crate::streams). Until the store is open, the application's
//! paths show the start page.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{body::Body, http};
use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::desk::{Desk, Failure, Open};

/// The scheme of the window's pages.
pub(crate) const SCHEME: &str = "app";
/// The page the window opens.
pub(crate) const START: &str = "app://localhost/app/";

/// How long a page is held back for the store before the start page is shown instead: opening nearly
/// always takes less, and then the application is the first thing to be seen.
const PATIENCE: Duration = Duration::from_millis(400);

/// What the start page may load and call: its own three files, and the window's commands.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; \
     connect-src ipc: http://ipc.localhost",
);

/// Answers one request of a page.
pub(crate) async fn answer(desk: Arc<Desk>, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
    match tokio::time::timeout(PATIENCE, desk.settled()).await {
        Ok(Ok(open)) => {
            let answer = call(&open, request.map(Body::from)).await;
            let (head, body) = answer.into_parts();
            if is_stream(&head.headers) {
                return problem(
                    StatusCode::NOT_ACCEPTABLE,
                    "stream_needs_channel",
                    "events come through the `stream` command",
                );
            }
            match body.collect().await {
                Ok(body) => Response::from_parts(head, body.to_bytes().into()),
                Err(error) => {
                    tracing::error!("an answer broke off: {error}");
                    problem(
                        StatusCode::INTERNAL_SERVER_ERROR,
                        "internal",
                        "the answer broke off",
                    )
                }
            }
        }
        Ok(Err(failure)) => before_open(request.uri().path(), &failure),
        Err(_elapsed) => {
            let opening = Failure {
                code: "opening",
                message: "the store is being opened".to_owned(),
                hints: Vec::new(),
                data_folder: None,
            };
            before_open(request.uri().path(), &opening)
        }
    }
}

/// Hands a request to the router as the user of this machine.
pub(crate) async fn call(open: &Open, mut request: Request<Body>) -> Response<Body> {
    // Stamped here and nowhere else: no header of a page can make this extension.
    request
        .extensions_mut()
        .insert(api::DesktopCaller(open.caller));
    let answer: Result<_, Infallible> = open.router.clone().oneshot(request).await;
    match answer {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}

/// What there is to see while the store is not open.
fn before_open(path: &str, failure: &Failure) -> Response<Vec<u8>> {
    let (kind, content): (&str, &[u8]) = match path {
        "/app/start.css" => ("text/css", include_bytes!("../start/start.css")),
        "/app/start.js" => ("text/javascript", include_bytes!("../start/start.js")),
        "/app/start.svg" => (
            "image/svg+xml",
            include_bytes!("../../../icons/lectern.svg"),
        ),
        page if page == "/" || page.starts_with("/app/") => (
            "text/html; charset=utf-8",
            include_bytes!("../start/index.html"),
        ),
        _ => {
            return problem(
                StatusCode::SERVICE_UNAVAILABLE,
                failure.code,
                &failure.message,
            );
        }
    };
    let mut answer = Response::new(content.to_vec());
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // The same paths are the application's a moment later.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    answer
}

fn is_stream(headers: &http::HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}

/// A problem document (RFC 9457) of the door itself.
fn problem(status: StatusCode, code: &str, detail: &str) -> Response<Vec<u8>> {
    let body = serde_json::json!({
        "type": "about:blank",
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "detail": detail,
        "code": code,
        "hints": [],
    });
    let mut answer = Response::new(body.to_string().into_bytes());
    *answer.status_mut() = status;
    answer.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    answer
}

#[cfg(test)]
mod tests {
    use axum::http::{StatusCode, header};

    use super::before_open;
    use crate::desk::Failure;

    #[test]
    fn until_the_store_is_open_only_the_start_page_is_served() {
        let failure = Failure {
            code: "key_wrong",
            message: "the key is wrong".to_owned(),
            hints: Vec::new(),
            data_folder: None,
        };
        let check = |path: &str, status: StatusCode, kind: &str| {
            let answer = before_open(path, &failure);
            assert_eq!(answer.status(), status, "{path}");
            assert_eq!(answer.headers()[header::CONTENT_TYPE], kind, "{path}");
            answer.into_body()
        };
        check("/app/", StatusCode::OK, "text/html; charset=utf-8");
        check("/app/review/1", StatusCode::OK, "text/html; charset=utf-8");
        check("/app/start.js", StatusCode::OK, "text/javascript");
        let unavailable = StatusCode::SERVICE_UNAVAILABLE;
        let problem = check("/v1/documents", unavailable, "application/problem+json");
        let problem: serde_json::Value = serde_json::from_slice(&problem).unwrap();
        assert_eq!(problem["code"], "key_wrong");
    }
}
