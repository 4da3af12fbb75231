//! What goes to the terminal beside results: the log and sentences to the person.

#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "this program is the one place that prints, and it prints here"
)]

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// Sends the log to standard error: warnings and errors, or what `LECTERN_LOG` asks for.
pub(crate) fn start_logging() {
    let filter = EnvFilter::try_from_env("LECTERN_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}

/// Prints a line of a result.
pub(crate) fn result(line: impl std::fmt::Display) {
    println!("{line}");
}

/// Tells the person something that is no result.
pub(crate) fn tell(line: impl std::fmt::Display) {
    eprintln!("{line}");
}
