//! `lectern work`: reads what is submitted, until it is asked to stop.

use std::process::ExitCode;

use anyhow::Context as _;

use super::stopping;
use crate::{Global, opening, terminal};

/// Works until it is asked to stop; what is being read then goes back to wait.
pub(crate) fn run(global: &Global) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("The program cannot wait for signals")?;
    let (app, _) = opening::open(global)?;
    let workers = app::jobs::start(&app)?;
    terminal::tell("Reading what is submitted. Stop with Ctrl-C.");
    runtime.block_on(stopping::asked())?;
    workers.stop();
    Ok(ExitCode::SUCCESS)
}
