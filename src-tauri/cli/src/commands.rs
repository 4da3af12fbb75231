//! The list of commands, one file each.

mod add;
mod bench;
mod doctor;
mod explain;
mod jobs;
mod openapi;
mod read;
mod serve;
mod stopping;
mod tokens;
mod trust;
mod users;
mod work;

use std::process::ExitCode;

use clap::Subcommand;

use crate::Global;

/// Every command of the program.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read documents and print what they say; nothing is kept
    Read(read::Arguments),
    /// Read a document and say why each value is as it is
    Explain(explain::Arguments),
    /// Submit documents to the store, where they are read and kept
    Add(add::Arguments),
    /// Serve the page and the HTTP interface, and read what is submitted
    Serve(serve::Arguments),
    /// Read what is submitted, without serving anything
    Work,
    /// See what waits to be read and what is being read
    #[command(subcommand)]
    Jobs(jobs::Command),
    /// Add, list and remove user accounts, and set passwords
    #[command(subcommand)]
    Users(users::Command),
    /// Make, list and revoke bearer tokens for scripts
    #[command(subcommand)]
    Tokens(tokens::Command),
    /// Import and list the signers whose signed barcodes are believed
    #[command(subcommand)]
    Trust(trust::Command),
    /// Try everything the program needs, and tell what does not work
    Doctor(doctor::Arguments),
    /// Read every picture of a manifest and write the answers for scoring
    Bench(bench::Arguments),
    /// Print the description of the HTTP interface
    Openapi,
}

impl Command {
    /// Whether it reads with Tesseract.
    pub(crate) fn uses_tesseract(&self) -> bool {
        match self {
            Self::Read(arguments) => arguments.uses_tesseract(),
            Self::Explain(arguments) => arguments.uses_tesseract(),
            Self::Bench(arguments) => arguments.uses_tesseract(),
            Self::Serve(_) | Self::Work => true,
            _ => false,
        }
    }
}

/// Runs one command to its end.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Add(arguments) => add::run(global, &arguments),
        Command::Serve(arguments) => serve::run(global, arguments),
        Command::Work => work::run(global),
        Command::Jobs(command) => jobs::run(global, &command),
        Command::Users(command) => users::run(global, command),
        Command::Tokens(command) => tokens::run(global, command),
        Command::Trust(command) => trust::run(global, &command),
        Command::Doctor(arguments) => doctor::run(global, &arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Openapi => Ok(openapi::run()),
    }
}
