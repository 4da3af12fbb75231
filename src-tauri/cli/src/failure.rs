//! How a command fails: a sentence, a blank line, hints, and an exit code that scripts may rely on.

use std::process::ExitCode;

use app::ErrorKind;

use crate::terminal;

/// Shown below `lectern --help`.
pub(crate) const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 not done, or done only in part; 2 wrong arguments; 3 not found;
4 not possible for now, try again later; 5 the store cannot be opened or is damaged";

/// A failure that belongs to the command line itself.
#[derive(Debug, thiserror::Error)]
#[error("{sentence}")]
pub(crate) struct Failure {
    sentence: String,
    hints: Vec<String>,
    #[source]
    cause: Option<std::io::Error>,
}

impl Failure {
    /// A failure with one piece of advice.
    pub(crate) fn new(sentence: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            hints: vec![hint.into()],
            cause: None,
        }
    }

    /// What the system said.
    pub(crate) fn because(self, cause: std::io::Error) -> Self {
        let cause = Some(cause);
        Self { cause, ..self }
    }
}

/// Prints the error with everything that caused it, and its hints.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    terminal::tell(format_args!("error: {}", sentence(error)));
    let of_app = error.downcast_ref::<app::Error>();
    let own = error.downcast_ref::<Failure>();
    let hints = of_app.map(app::Error::hints);
    let hints = hints.or_else(|| own.map(|failure| failure.hints.clone()));
    terminal::hints(&hints.unwrap_or_default());
    of_app.map_or(ExitCode::FAILURE, exit_code)
}

/// The error and its causes in one line. A cause that the sentence already quotes is not told twice.
fn sentence(error: &anyhow::Error) -> String {
    let mut sentence = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if sentence.is_empty() {
            sentence = cause;
        } else if !sentence.contains(&cause) {
            sentence = format!("{sentence}: {cause}");
        }
    }
    sentence
}

fn exit_code(error: &app::Error) -> ExitCode {
    ExitCode::from(match error.kind() {
        ErrorKind::Invalid
        | ErrorKind::Unauthenticated
        | ErrorKind::Forbidden
        | ErrorKind::Conflict
        | ErrorKind::TooLarge
        | ErrorKind::Unsupported => 1,
        ErrorKind::NotFound => 3,
        ErrorKind::Unavailable => 4,
        ErrorKind::Internal => 5,
    })
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::{Failure, sentence};

    #[test]
    fn a_cause_is_told_once() {
        let cause = || std::io::Error::other("no room");
        let told = Failure::new("it failed", "make room").because(cause());
        assert_eq!(sentence(&told.into()), "it failed: no room");
        let quoting = Failure::new("it failed: no room", "make room").because(cause());
        assert_eq!(sentence(&quoting.into()), "it failed: no room");
        let wrapped: anyhow::Result<()> = Err(cause()).context("while writing");
        assert_eq!(sentence(&wrapped.unwrap_err()), "while writing: no room");
    }
}
