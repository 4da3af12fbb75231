//! The `lectern` program: every command reads its arguments, calls one act of `app`, and prints.
//!
//! This is the only crate that prints. Results go to standard output, everything else (progress,
//! notices, errors, logs) to standard error, so that a pipe carries results and nothing more.

mod commands;
mod failure;
mod file_password;
mod opening;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser};

use crate::commands::Command;

/// Reads identity documents on this machine and keeps what was read.
#[derive(Parser)]
#[command(name = "lectern", version, max_term_width = 100, after_help = failure::EXIT_CODES)]
struct CommandLine {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Args)]
pub(crate) struct Global {
    /// Keep documents in this directory instead of the one usual on this system
    #[arg(long, global = true, env = "LECTERN_DATA", value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Open the store with the master key in this file
    #[arg(long, global = true, env = "LECTERN_KEY_FILE", value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// Keep the records in this database instead of a file of the data directory
    ///
    /// `postgres://user:password@host:port/name`, with `?sslrootcert=FILE` when the server's certificate
    /// is signed by an authority of your own. Name it in LECTERN_DATABASE_URL: every user of the machine
    /// can read the arguments of a running program. The databases beside it are named in
    /// LECTERN_ANALYTICS_DATABASE_URL, LECTERN_LOGGING_DATABASE_URL and LECTERN_ARCHIVE_DATABASE_URL.
    #[arg(
        long,
        global = true,
        env = "LECTERN_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    pub(crate) database_url: Option<String>,
    /// Keep the sealed files in a bucket, such as s3://bucket/prefix, instead of the data directory
    ///
    /// The server and the keys for it come from S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY, S3_SECRET_KEY and
    /// S3_CA_FILE, or the AWS_… variables of the same meaning.
    #[arg(long, global = true, env = "LECTERN_BLOBS_URL", value_name = "URL")]
    pub(crate) blobs_url: Option<String>,
}

fn main() -> ExitCode {
    app::decoding::serve_if_asked();
    let CommandLine { global, command } = CommandLine::parse();
    terminal::start_logging();
    if command.uses_tesseract() {
        app::openmp::start_anew_with_one_thread();
    }
    match commands::run(&global, command) {
        Ok(code) => code,
        Err(error) => failure::report(&error),
    }
}
