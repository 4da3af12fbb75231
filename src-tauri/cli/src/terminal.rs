//! What goes to the terminal beside results: the log and sentences to the person.

#![expect(
    clippy::print_stderr,
    reason = "this program is the one place that prints, and it prints here"
)]

use std::io::{IsTerminal as _, Write as _};

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

/// The exit status of a program whose reader went away, as a shell reports it: 128 + SIGPIPE.
const READER_GONE: i32 = 141;

/// Prints a line of a result. When whoever reads the results has gone (`lectern read … | head`),
/// there is nobody to go on for, and the program ends.
pub(crate) fn result(line: impl std::fmt::Display) {
    if writeln!(std::io::stdout().lock(), "{line}").is_err() {
        std::process::exit(READER_GONE);
    }
}

/// Tells the person something that is no result.
pub(crate) fn tell(line: impl std::fmt::Display) {
    eprintln!("{line}");
}

/// Prints advice below an error, set apart by a blank line.
pub(crate) fn hints(hints: &[String]) {
    for (number, hint) in hints.iter().enumerate() {
        let gap = if number == 0 { "\n" } else { "" };
        eprintln!("{gap}hint: {hint}");
    }
}

/// Prints a result as one line of JSON.
pub(crate) fn json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    result(serde_json::to_string(value)?);
    Ok(())
}

/// Prints rows under a heading, in columns as wide as they need to be.
pub(crate) fn table<const N: usize>(heading: [&str; N], rows: &[[String; N]]) {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        let heading = heading[column].chars().count();
        cells.fold(heading, usize::max)
    };
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |cells: [&str; N]| {
        let padded = cells.iter().zip(widths);
        let padded = padded.map(|(cell, width)| format!("{cell:width$}"));
        result(padded.collect::<Vec<_>>().join("  ").trim_end());
    };
    line(heading);
    for row in rows {
        line(std::array::from_fn(|column| row[column].as_str()));
    }
}
