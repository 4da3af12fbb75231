//! `lectern work`: does the work that waits, until it is asked to stop.

use std::process::ExitCode;

use anyhow::Context as _;
use app::jobs::{Crew, Queue};

use super::stopping;
use crate::{Global, opening, terminal};

/// Arguments of `lectern work`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Work on this queue only: ocr reads documents, media does everything else
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Queue>,
    /// Do so many jobs of each queue at the same time
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=256))]
    concurrency: Option<u16>,
}

/// Works until it is asked to stop; what is being done then goes back to wait.
pub(crate) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("The program cannot wait for signals")?;
    let (app, _) = opening::open(global)?;
    let crews: Vec<_> = app::jobs::usual_crews(&app)
        .into_iter()
        .filter(|crew| arguments.queue.is_none_or(|queue| queue == crew.queue))
        .map(|crew| Crew {
            concurrency: arguments.concurrency.map_or(crew.concurrency, usize::from),
            ..crew
        })
        .collect();
    let workers = app::jobs::start_crews(&app, &crews)?;
    let names: Vec<_> = crews
        .iter()
        .map(|crew| format!("{} × {}", crew.concurrency, crew.queue.as_str()))
        .collect();
    terminal::tell(format_args!(
        "Doing what waits: {}. Stop with Ctrl-C.",
        names.join(", ")
    ));
    runtime.block_on(stopping::asked())?;
    workers.stop();
    Ok(ExitCode::SUCCESS)
}
