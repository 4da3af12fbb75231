//! `lectern read`: reads documents and prints what they say; nothing is kept.

use std::process::ExitCode;

/// Arguments of `lectern read`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

/// Reads every file and prints its answer.
pub(crate) fn run(_arguments: Arguments) -> anyhow::Result<ExitCode> {
    anyhow::bail!("`lectern read` is not built in yet")
}
