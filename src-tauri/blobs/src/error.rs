//! What can go wrong with a sealed file.

/// A sealed file that could not be put, got or forgotten.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It is not there.
    #[error("The stored file is missing")]
    Missing,
    /// It is not what was put: a byte, its length or its name differs, or the key is another one.
    #[error("The stored file was altered")]
    Altered,
    /// A text that is no object name.
    #[error("An object name has 64 lower-case hexadecimal digits")]
    NameInvalid,
    /// More bytes than the chunk counter of the sealing can count (256 TiB).
    #[error("The file is too large to be sealed")]
    TooLarge,
    /// The folder cannot be used; the text names objects and folders, nothing of any content.
    #[error("The folder of stored files failed: {0}")]
    Folder(String),
}

impl Error {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "stored_file_missing",
            Self::Altered => "stored_file_altered",
            Self::NameInvalid => "object_name_invalid",
            Self::TooLarge => "stored_file_too_large",
            Self::Folder(_) => "stored_files_failed",
        }
    }

    /// Whether trying the very same again is pointless.
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Missing | Self::Altered | Self::NameInvalid | Self::TooLarge => true,
            Self::Folder(_) => false,
        }
    }
}
