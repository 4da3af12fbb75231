//! How an error is told: RFC 9457, problem details for HTTP APIs.

use serde::Serialize;
use utoipa::ToSchema;

/// An error, as `application/problem+json` (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// Always `about:blank`: what tells errors apart is `code`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// One sentence for the person.
    pub detail: String,
    /// Stable name of the error, to decide by.
    pub code: String,
    /// What the person might do.
    pub hints: Vec<String>,
    /// Under which the log speaks of this request.
    pub request_id: String,
}
