//! What can stop a reading, each in one sentence for the person.

use model::Problem;
use vision::{PictureError, RecogniseError};

/// The caller asked to stop; nothing was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Reading was stopped")]
pub struct Cancelled;

/// Why engines could not be made or gave up.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A recogniser cannot work on this machine.
    #[error(transparent)]
    Recogniser(#[from] RecogniseError),
    /// What was looked at cannot be shown.
    #[error(transparent)]
    Picture(#[from] PictureError),
}

impl Error {
    /// A name for programs that never changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Recogniser(error) => error.code(),
            Self::Picture(error) => error.code(),
        }
    }

    /// The same as a problem of a reading.
    pub(crate) fn problem(&self) -> Problem {
        Problem {
            code: self.code().to_owned(),
            message: self.to_string(),
        }
    }
}
