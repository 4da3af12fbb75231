//! Errors on their way out.
//!
//! A handler answers with a [`Problem`]; it travels as an extension of an empty response until
//! [`crate::answer`] writes it as a problem document (RFC 9457), because only there the request's id
//! is known. Answers of axum's own (unknown path, wrong method) are turned into problems there too,
//! so every error of the interface has one shape.

use std::borrow::Cow;

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::wire::{INTERNAL_SENTENCE, ProblemDocument};

/// An error as the client will see it, and what only the log may see.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    /// One sentence for the person.
    pub(crate) detail: Cow<'static, str>,
    pub(crate) hints: Vec<String>,
    /// Seconds after which trying again makes sense.
    retry_after: Option<u64>,
    /// What happened inside: for the log, never for the client.
    pub(crate) cause: Option<String>,
}

impl Problem {
    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            hints: Vec::new(),
            retry_after: None,
            cause: None,
        }
    }

    /// An error of the program's own: a constant sentence for the client, the cause for the log.
    pub(crate) fn internal(cause: impl Into<String>) -> Self {
        let cause = Some(cause.into());
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self {
            cause,
            ..Self::new(status, "internal", INTERNAL_SENTENCE)
        }
    }

    /// Nobody is signed in.
    pub(crate) fn sign_in_first() -> Self {
        let detail = "Sign in first, or send a token";
        Self::new(StatusCode::UNAUTHORIZED, "not_signed_in", detail)
    }

    /// What an error status without a problem of its own means here.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let (code, detail) = match status {
            StatusCode::NOT_FOUND => ("path_unknown", "There is nothing at this address"),
            StatusCode::METHOD_NOT_ALLOWED => (
                "method_not_allowed",
                "This address does not take this method",
            ),
            _ if status.is_server_error() => return Self::internal("an answer without a problem"),
            _ => ("request_invalid", "The request cannot be understood"),
        };
        Self::new(status, code, detail)
    }

    pub(crate) fn into_document(self, request_id: String) -> ProblemDocument {
        ProblemDocument {
            kind: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.into_owned(),
            code: self.code.to_owned(),
            hints: self.hints,
            request_id,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.retry_after {
            let seconds = HeaderValue::from(seconds);
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, scheme);
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<app::Error> for Problem {
    fn from(error: app::Error) -> Self {
        let status = match error.kind() {
            app::ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            app::ErrorKind::Unauthenticated => StatusCode::UNAUTHORIZED,
            app::ErrorKind::Forbidden => StatusCode::FORBIDDEN,
            app::ErrorKind::NotFound => StatusCode::NOT_FOUND,
            app::ErrorKind::Conflict => StatusCode::CONFLICT,
            app::ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            app::ErrorKind::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            app::ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            app::ErrorKind::Internal => {
                let code = error.code();
                return Self {
                    code,
                    ..Self::internal(with_causes(&error))
                };
            }
        };
        let mut problem = Self::new(status, error.code(), error.to_string());
        problem.hints = error.hints();
        if let app::Error::TooManyAttempts { seconds } = error {
            problem.status = StatusCode::TOO_MANY_REQUESTS;
            problem.retry_after = Some(seconds);
        }
        problem
    }
}

/// The error's sentence and those of everything that caused it.
fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let sentences: Vec<String> = causes.map(ToString::to_string).collect();
    sentences.join(": ")
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        let status = rejection.status();
        match rejection {
            JsonRejection::MissingJsonContentType(_) => {
                let detail = "The body must be JSON, with the content type application/json";
                Self::new(status, "content_type_unsupported", detail)
            }
            JsonRejection::JsonSyntaxError(_) => {
                Self::new(status, "json_invalid", "The body is not JSON")
            }
            JsonRejection::JsonDataError(error) => {
                Self::new(status, "json_unexpected", error.body_text())
            }
            _ if status == StatusCode::PAYLOAD_TOO_LARGE => Self::new(
                status,
                "body_too_large",
                "The body is larger than is taken here",
            ),
            _ => Self::new(status, "body_unreadable", "The body could not be read"),
        }
    }
}

impl From<PathRejection> for Problem {
    fn from(rejection: PathRejection) -> Self {
        let detail = "A part of the address is not what belongs there, such as an id or a number";
        Self::new(rejection.status(), "address_invalid", detail)
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(rejection.status(), "query_invalid", rejection.body_text())
    }
}
