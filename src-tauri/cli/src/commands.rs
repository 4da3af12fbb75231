//! The list of commands, one file each.

mod bench;
mod openapi;
mod read;

use std::process::ExitCode;

use clap::Subcommand;

use crate::Global;

/// Every command of the program.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read documents and print what they say; nothing is kept
    Read(read::Arguments),
    /// Read every picture of a manifest and write the answers for scoring
    Bench(bench::Arguments),
    /// Print the description of the HTTP interface
    #[command(hide = true)]
    Openapi,
}

/// Runs one command to its end.
pub(crate) fn run(_global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Read(arguments) => read::run(arguments),
        Command::Bench(arguments) => bench::run(arguments),
        Command::Openapi => openapi::run(),
    }
}
