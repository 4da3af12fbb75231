//! The `lectern` program: every command reads its arguments, calls one act of `app`, and prints.
//!
//! This is the only crate that prints. Results go to standard output, everything else (progress,
//! notices, errors, logs) to standard error, so that a pipe carries results and nothing more.

mod commands;
mod failure;
mod opening;
mod openmp;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser};

use crate::commands::Command;

/// Reads identity documents on this machine and keeps what was read.
#[derive(Debug, Parser)]
#[command(name = "lectern", version, max_term_width = 100, after_help = failure::EXIT_CODES)]
struct CommandLine {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Keep documents in this directory instead of the one usual on this system
    #[arg(long, global = true, env = "LECTERN_DATA", value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Open the store with the master key in this file
    #[arg(long, global = true, env = "LECTERN_KEY_FILE", value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
}

fn main() -> ExitCode {
    let CommandLine { global, command } = CommandLine::parse();
    terminal::start_logging();
    if command.uses_tesseract() {
        openmp::start_anew_with_one_thread();
    }
    match commands::run(&global, command) {
        Ok(code) => code,
        Err(error) => failure::report(&error),
    }
}
