//! Printing what was looked at and how it was.

use std::process::ExitCode;

use api::wire::{Health, HealthCheck};
use app::health;

use crate::terminal;

/// Prints a line per check, or one JSON object, and says by the exit status whether all is well.
pub(crate) fn print(checks: Vec<health::HealthCheck>, json: bool) -> anyhow::Result<ExitCode> {
    let health = Health::from(health::Health { checks });
    if json {
        terminal::json(&health)?;
    } else {
        for HealthCheck { name, ok, message } in &health.checks {
            let mark = if *ok { "ok     " } else { "FAILING" };
            terminal::result(format_args!("{mark}  {name}: {message}"));
        }
    }
    Ok(match health.status {
        api::wire::HealthStatus::Ok => ExitCode::SUCCESS,
        api::wire::HealthStatus::Failing => ExitCode::FAILURE,
    })
}
