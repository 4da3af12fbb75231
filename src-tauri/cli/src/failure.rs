//! How a command fails: a sentence, a blank line, hints, and an exit code that scripts may rely on.

use std::process::ExitCode;

use crate::terminal;

/// Shown below `lectern --help`.
pub(crate) const EXIT_CODES: &str = "\
Exit codes: 0 done · 1 not done, or done only in part · 2 wrong arguments";

/// Prints the error with everything that caused it, and its hints.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    terminal::tell(format_args!("error: {error:#}"));
    ExitCode::FAILURE
}
