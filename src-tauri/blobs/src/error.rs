//! What can go wrong with a sealed file.

/// A sealed file that could not be put, got or forgotten.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It is not there.
    #[error("the stored file is missing")]
    Missing,
    /// It is not what was put: a byte, its length or its name differs, or the key is another one.
    #[error("the stored file was altered")]
    Altered,
    /// The folder cannot be used; its text names no key and nothing of the content.
    #[error("the folder of stored files failed: {0}")]
    Folder(String),
    /// The system gave no random bytes.
    #[error("the system gives no random numbers")]
    Random,
}

impl Error {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "stored_file_missing",
            Self::Altered => "stored_file_altered",
            Self::Folder(_) => "stored_files_failed",
            Self::Random => "random_unavailable",
        }
    }

    /// Whether trying the very same again is pointless.
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Missing | Self::Altered => true,
            Self::Folder(_) | Self::Random => false,
        }
    }
}
