//! `lectern openapi`: prints the description of the HTTP interface, from which clients are made.

use std::process::ExitCode;

use crate::terminal;

/// Prints the OpenAPI document as JSON.
pub(crate) fn run() -> ExitCode {
    terminal::result(api::openapi_json().trim_end());
    ExitCode::SUCCESS
}
