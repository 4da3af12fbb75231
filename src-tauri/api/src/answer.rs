//! What every answer has, whichever handler gave it: an id, a line in the log, one shape of error,
//! and headers that keep browsers from doing more with it than was meant.

use std::any::Any;
use std::time::Instant;

use axum::Json;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_http::request_id::{MakeRequestId as _, MakeRequestUuid};

use crate::problem::Problem;

const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Gives the request an id, turns an error into its problem document, and writes the log line.
///
/// The line has the pattern of the path, never the path itself, and neither query nor body: nothing
/// that could name a person or open a door. An id that the client sends is not used, for the same
/// reason.
pub(crate) async fn finish(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let pattern = request.extensions().get::<MatchedPath>().cloned();
    let id = MakeRequestUuid.make_request_id(&request);
    let id = id.map_or(HeaderValue::from_static("none"), |id| {
        id.into_header_value()
    });
    let request_id = id.to_str().unwrap_or("none").to_owned();

    let mut response = next.run(request).await;

    let status = response.status();
    let mut code = "";
    if status.is_client_error() || status.is_server_error() {
        let problem = response.extensions_mut().remove::<Problem>();
        let problem = problem.unwrap_or_else(|| Problem::of_status(status));
        code = problem.code;
        if let Some(cause) = &problem.cause {
            tracing::error!(request_id, code, cause, "request failed");
        }
        response = written(problem, response, request_id.clone());
    }
    let path = pattern.as_ref().map_or("none", MatchedPath::as_str);
    let milliseconds = began.elapsed().as_millis();
    let status = status.as_u16();
    tracing::info!(request_id, %method, path, status, code, milliseconds, "answered");

    response.headers_mut().insert("x-request-id", id);
    response
}

/// The problem as its document, with the headers that the bare response had.
fn written(problem: Problem, bare: Response, request_id: String) -> Response {
    let status = problem.status;
    let mut headers = bare.into_parts().0.headers;
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, PROBLEM_JSON);
    let document = Json(problem.into_document(request_id));
    let mut response = (status, document).into_response();
    response.headers_mut().extend(headers);
    response
}

/// A handler that panicked. What it panicked with is not looked at: it was written for no reader.
pub(crate) fn panicked(_payload: Box<dyn Any + Send>) -> Response {
    Problem::internal("a handler panicked").into_response()
}

/// Headers for every answer. A handler that needs another policy has set it before.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ),
    ] {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    // Pictures and answers are for pages of this very origin; a stranger's page may not embed them.
    for name in ["cross-origin-resource-policy", "cross-origin-opener-policy"] {
        headers.insert(name, HeaderValue::from_static("same-origin"));
    }
    response
}

/// What the page under `/docs` may load: its own scripts and styles, and the interface it describes.
pub(crate) async fn allow_docs(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = HeaderValue::from_static(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
    );
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::extract::Request;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::{ServiceBuilder, ServiceExt as _};
    use tower_http::catch_panic::CatchPanicLayer;

    use super::{finish, panicked};
    use crate::problem::Problem;
    use crate::wire::INTERNAL_SENTENCE;

    #[tokio::test]
    async fn what_happened_inside_stays_inside() {
        async fn broken() -> &'static str {
            panic!("ERIKSSON")
        }
        async fn failing() -> Problem {
            Problem::internal("the disk of ERIKSSON is full")
        }
        let layers = ServiceBuilder::new()
            .layer(from_fn(finish))
            .layer(CatchPanicLayer::custom(panicked));
        let router: Router = Router::new()
            .route("/broken", get(broken))
            .route("/failing", get(failing))
            .layer(layers);
        for path in ["/broken", "/failing"] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let answer = router.clone().oneshot(request).await.unwrap();
            assert_eq!(answer.status(), 500);
            let id = answer.headers()["x-request-id"]
                .to_str()
                .unwrap()
                .to_owned();
            let bytes = to_bytes(answer.into_body(), 10_000).await.unwrap();
            let problem: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            assert_eq!(problem["detail"], INTERNAL_SENTENCE);
            assert_eq!(problem["code"], "internal");
            assert_eq!(problem["request_id"], *id);
            assert!(!problem.to_string().contains("ERIKSSON"));
        }
    }
}
