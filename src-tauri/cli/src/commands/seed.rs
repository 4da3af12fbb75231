//! `lectern seed`: invented records, to measure a store with or to show it full.

use std::process::ExitCode;
use std::time::Instant;

use app::seed::Plan;

use crate::{Global, opening, terminal};

/// Arguments of `lectern seed`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How many records to make
    #[arg(long, value_name = "N")]
    records: u64,
    /// What they are dealt from: the same seed gives the same persons
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// How many of them get a stored picture; of the others the page says that they were erased
    #[arg(long, value_name = "N", default_value_t = 0)]
    files: u64,
    /// Put them into a store that holds other documents, from which nobody can tell them again
    #[arg(long)]
    into_existing: bool,
}

/// Makes them.
pub(crate) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    /// How many are made between two sentences about it.
    const TOLD: u64 = 100_000;

    let (app, caller) = opening::open(global)?;
    let plan = Plan {
        records: arguments.records,
        seed: arguments.seed,
        files: arguments.files,
        into_existing: arguments.into_existing,
    };
    let begun = Instant::now();
    let mut told = 0;
    app::seed::seed(&app, &caller, &plan, &mut |kept| {
        if kept / TOLD > told / TOLD && kept < plan.records {
            terminal::tell(format_args!("{kept} of {} records are made", plan.records));
        }
        told = kept;
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    terminal::tell(format_args!(
        "{} invented records were made in {seconds:.1} s, {:.0} a second",
        plan.records,
        plan.records as f64 / seconds.max(0.001)
    ));
    Ok(ExitCode::SUCCESS)
}
