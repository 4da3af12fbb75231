//! `lectern doctor`: looks at everything that is kept and everything the program needs.

use std::process::ExitCode;

use app::doctor::{self, Depth};
use indicatif::ProgressBar;

use super::checks;
use crate::{Global, opening};

/// Arguments of `lectern doctor`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// See only whether stored files are there, without reading them
    #[arg(long)]
    quick: bool,
    /// Print a JSON object instead of lines
    #[arg(long)]
    json: bool,
}

/// Looks at everything, tells how it is, and fails when something is wrong.
pub(crate) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    let depth = if arguments.quick {
        Depth::Quick
    } else {
        Depth::Whole
    };
    let bar = ProgressBar::new_spinner();
    let checks = doctor::examine(&app, &caller, depth, &|looked| bar.set_position(looked))?;
    bar.finish_and_clear();
    checks::print(checks, arguments.json)
}
