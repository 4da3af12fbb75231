//! What can go wrong in the database.

use rusqlite::{
    ErrorCode,
    ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE},
};

/// A statement, a connection or a migration that did not succeed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The key does not open the file, or the file is no database.
    #[error("The database cannot be opened with this key")]
    KeyOrFile,
    /// The file begins as it should and is damaged or cut short further on.
    #[error("The file of the database is damaged or not complete")]
    Broken,
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
    /// A question in SQL cannot be asked.
    #[error("The question cannot be asked: {reason}")]
    QuestionInvalid {
        /// Why not, in words of the engine or ours.
        reason: String,
    },
    /// A question was given up.
    #[error("The question was given up because its answer takes too long")]
    TooLong,
    /// There is no migration of this version.
    #[error("There is no migration {version}")]
    NoSuchVersion {
        /// Which was asked for.
        version: i64,
    },
    /// Another process or thread held the database for too long.
    #[error("The database is busy")]
    Busy,
    /// A text that should say where a database is says nothing of the kind.
    #[error("The address of the database is not one: {reason}")]
    AddressInvalid {
        /// Why not. The address itself may hold a password.
        reason: &'static str,
    },
    /// The server does not answer.
    #[error("The database server `{address}` cannot be reached")]
    Unreachable {
        /// Which one, without name and password.
        address: String,
    },
    /// The connection broke in the middle; a commit on its way may have happened or not.
    #[error("The connection to the database broke")]
    Disconnected,
    /// The server does not let this program in.
    #[error("The database server refuses Lectern: {reason}")]
    Refused {
        /// What the server says.
        reason: String,
    },
    /// The server cannot prove who it is, or the way to it is not protected.
    #[error("The database server `{address}` is not trusted: {reason}")]
    NotTrusted {
        /// Which one.
        address: String,
        /// What is wrong with its proof.
        reason: String,
    },
    /// A row of the same name or key is there already.
    #[error("The database has such a row already")]
    Duplicate,
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
            Self::Broken => "database_file_damaged",
            Self::Newer { .. } => "database_newer",
            Self::Diverged { .. } => "database_diverged",
            Self::NoSuchVersion { .. } => "database_no_such_version",
            Self::QuestionInvalid { .. } => "database_question_invalid",
            Self::TooLong => "database_question_too_long",
            Self::Busy => "database_busy",
            Self::AddressInvalid { .. } => "database_address_invalid",
            Self::Unreachable { .. } => "database_unreachable",
            Self::Disconnected => "database_disconnected",
            Self::Refused { .. } => "database_refused",
            Self::NotTrusted { .. } => "database_not_trusted",
            Self::Duplicate => "database_duplicate",
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
            Self::NoSuchVersion { .. } => "See `lectern db history` for those there are.",
            Self::TooLong => "Ask for less, or for what has an index.",
            Self::Busy => "Try again in a moment.",
            Self::AddressInvalid { .. } => {
                "Write `postgres://user:password@host:port/name`, or the path of a file."
            }
            Self::Unreachable { .. } | Self::Disconnected => {
                "Check that the server runs; what waits goes on by itself."
            }
            Self::Refused { .. } => "Check the user, the password and the name of the database.",
            Self::NotTrusted { .. } => {
                "Name the authority that signed its certificate with `sslrootcert=FILE`."
            }
            Self::Full => "Free some space; waiting documents go on by themselves.",
            Self::ReadOnly => "Check who may write to the data directory.",
            Self::Disk(_) => "Check that the disk of the data directory is there and healthy.",
            Self::KeyOrFile => {
                "Nothing was changed. If the key is right, the file is damaged: restore it from a backup."
            }
            Self::Broken => {
                "Nothing was changed. Restore it from a backup with `lectern backup restore`."
            }
            Self::QuestionInvalid { .. }
            | Self::Duplicate
            | Self::Damaged { .. }
            | Self::Engine(_) => {
                return Vec::new();
            }
        };
        vec![hint.to_owned()]
    }

    /// Whether trying the very same again is pointless.
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Busy
            | Self::Unreachable { .. }
            | Self::Disconnected
            | Self::Full
            | Self::ReadOnly
            | Self::Disk(_) => false,
            Self::KeyOrFile
            | Self::Broken
            | Self::NoSuchVersion { .. }
            | Self::TooLong
            | Self::QuestionInvalid { .. }
            | Self::AddressInvalid { .. }
            | Self::Refused { .. }
            | Self::NotTrusted { .. }
            | Self::Duplicate
            | Self::Newer { .. }
            | Self::Diverged { .. }
            | Self::Damaged { .. }
            | Self::Engine(_) => true,
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        if let Some(SQLITE_CONSTRAINT_UNIQUE | SQLITE_CONSTRAINT_PRIMARYKEY) =
            error.sqlite_error().map(|error| error.extended_code)
        {
            return Self::Duplicate;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::KeyOrFile,
            Some(ErrorCode::DatabaseCorrupt) => Self::Broken,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::OperationInterrupted) => Self::TooLong,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly
            }
            Some(ErrorCode::SystemIoFailure) => Self::Disk(error.to_string()),
            _ => Self::Engine(error.to_string()),
        }
    }
}
