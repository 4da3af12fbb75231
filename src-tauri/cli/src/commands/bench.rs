//! `lectern bench`: reads every picture of a manifest and writes the answers for scoring.

use std::process::ExitCode;

/// Arguments of `lectern bench`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

/// Reads every picture of the manifest and writes the answers.
pub(crate) fn run(_arguments: Arguments) -> anyhow::Result<ExitCode> {
    anyhow::bail!("`lectern bench` is not built in yet")
}
