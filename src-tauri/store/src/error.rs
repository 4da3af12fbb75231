//! What can go wrong in the database.

use rusqlite::ErrorCode;

/// A statement, a connection or a migration that did not succeed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The key does not open the file, or the file is no database.
    #[error("The database cannot be opened with this key")]
    KeyOrFile,
    /// The file was migrated by a newer program.
    #[error("The database was made by a newer Lectern (schema {found}, this one knows {known})")]
    Newer {
        /// Version of the file.
        found: i64,
        /// Newest version this program knows.
        known: i64,
    },
    /// An applied migration is not the one this program has under the same name.
    #[error(
        "the database was migrated by a program whose migration {version} differs from this one's"
    )]
    Diverged {
        /// Which migration.
        version: i64,
    },
    /// Another process or thread held the database for too long.
    #[error("The database is busy")]
    Busy,
    /// No space is left.
    #[error("The disk is full")]
    Full,
    /// The directory or file cannot be written.
    #[error("The database cannot be written here")]
    ReadOnly,
    /// A row holds something this program never writes.
    #[error("Column `{column}` holds something that cannot be understood")]
    Damaged {
        /// Which column.
        column: String,
    },
    /// The disk or file system failed.
    #[error("The disk failed under the database: {0}")]
    Disk(String),
    /// Anything else the engine reports; its text names tables and columns, never values.
    #[error("The database failed: {0}")]
    Engine(String),
}

impl Error {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::KeyOrFile => "database_not_opened",
            Self::Newer { .. } => "database_newer",
            Self::Diverged { .. } => "database_diverged",
            Self::Busy => "database_busy",
            Self::Full => "disk_full",
            Self::ReadOnly => "database_read_only",
            Self::Disk(_) => "disk_failed",
            Self::Damaged { .. } => "database_damaged",
            Self::Engine(_) => "database_failed",
        }
    }

    /// What the person can do about it.
    pub fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Newer { .. } => "Install the newer Lectern.",
            Self::Diverged { .. } => "Open it with the program that made it.",
            Self::Busy => "Try again in a moment.",
            Self::Full => "Free some space; waiting documents go on by themselves.",
            Self::ReadOnly => "Check who may write to the data directory.",
            Self::Disk(_) => "Check that the disk of the data directory is there and healthy.",
            Self::KeyOrFile | Self::Damaged { .. } | Self::Engine(_) => return Vec::new(),
        };
        vec![hint.to_owned()]
    }

    /// Whether trying the very same again is pointless.
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Busy | Self::Full | Self::ReadOnly | Self::Disk(_) => false,
            Self::KeyOrFile
            | Self::Newer { .. }
            | Self::Diverged { .. }
            | Self::Damaged { .. }
            | Self::Engine(_) => true,
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::KeyOrFile,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly
            }
            Some(ErrorCode::SystemIoFailure) => Self::Disk(error.to_string()),
            _ => Self::Engine(error.to_string()),
        }
    }
}

impl From<r2d2::Error> for Error {
    /// The pool gave no connection in time: whoever has them all does not let go.
    fn from(_: r2d2::Error) -> Self {
        Self::Busy
    }
}
