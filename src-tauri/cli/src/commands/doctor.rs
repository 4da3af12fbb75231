//! `lectern doctor`: tries everything the program needs.

use std::process::ExitCode;

use api::wire::Health;

use crate::{Global, opening, terminal};

/// Arguments of `lectern doctor`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print a JSON object instead of lines
    #[arg(long)]
    json: bool,
}

/// Tries everything, tells how it went, and fails when something does not work.
pub(crate) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (app, _) = opening::open(global)?;
    let health = app::health::check(&app);
    let code = if health.ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    };
    if arguments.json {
        terminal::json(&Health::from(health))?;
        return Ok(code);
    }
    for check in health.checks {
        let mark = if check.ok { "ok     " } else { "FAILING" };
        terminal::result(format_args!("{mark}  {}: {}", check.name, check.message));
    }
    Ok(code)
}
