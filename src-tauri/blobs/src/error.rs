//! What can go wrong with a sealed file.

use std::{error::Error as _, io};

use object_store::client::{HttpError, HttpErrorKind};

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
    /// The disk of the folder has no room.
    #[error("The disk of the stored files is full")]
    Full,
    /// This account may not write or read the folder.
    #[error("This account may not use the folder of stored files: {0}")]
    FolderDenied(String),
    /// The settings of the bucket cannot be right.
    #[error("The address of the stored files cannot be used: {0}")]
    AddressInvalid(String),
    /// The server knows neither this access key nor this secret, or does not let it in.
    #[error("The object server refuses the access key, its secret or what they may do ({0})")]
    Refused(String),
    /// There is no such bucket.
    #[error("The object server has no bucket of this name")]
    BucketMissing,
    /// Nobody answers, or not in time.
    #[error("The object server does not answer: {0}")]
    Unreachable(String),
    /// The server answers that it cannot.
    #[error("The object server failed: {0}")]
    Server(String),
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
            Self::Full => "disk_full",
            Self::FolderDenied(_) => "stored_files_denied",
            Self::AddressInvalid(_) => "stored_files_address_invalid",
            Self::Refused(_) => "object_server_refuses",
            Self::BucketMissing => "bucket_missing",
            Self::Unreachable(_) => "object_server_unreachable",
            Self::Server(_) => "object_server_failed",
        }
    }

    /// What the person can do about it.
    pub fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Full => "Free some space; waiting documents go on by themselves.",
            Self::FolderDenied(_) => "Check who may write to the data directory.",
            Self::AddressInvalid(_) => "Check LECTERN_BLOBS_URL and the variables S3_… or AWS_….",
            Self::Refused(_) => {
                "Check S3_ACCESS_KEY and S3_SECRET_KEY (or AWS_…), the region, and this machine's clock."
            }
            Self::BucketMissing => "Make the bucket, or correct its name in LECTERN_BLOBS_URL.",
            Self::Unreachable(_) | Self::Server(_) => {
                "Waiting documents go on by themselves once it works again."
            }
            Self::Missing
            | Self::Altered
            | Self::NameInvalid
            | Self::TooLarge
            | Self::Folder(_) => return Vec::new(),
        };
        vec![hint.to_owned()]
    }

    /// Whether trying the very same again is pointless.
    ///
    /// Refused credentials and a missing bucket are not held for lasting: an administrator mends them
    /// while documents wait.
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Missing
            | Self::Altered
            | Self::NameInvalid
            | Self::TooLarge
            | Self::AddressInvalid(_) => true,
            Self::Folder(_)
            | Self::Full
            | Self::FolderDenied(_)
            | Self::Refused(_)
            | Self::BucketMissing
            | Self::Unreachable(_)
            | Self::Server(_) => false,
        }
    }
}

/// Name that `object_store` gives to a bucket in its errors.
const BUCKET: &str = "S3";

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        match &error {
            object_store::Error::NotFound { .. } => match server_code(&error).as_deref() {
                Some("NoSuchBucket") => Self::BucketMissing,
                _ => Self::Missing,
            },
            object_store::Error::PermissionDenied { .. }
            | object_store::Error::Unauthenticated { .. }
                if cause::<io::Error>(&error).is_none() =>
            {
                Self::Refused(server_code(&error).unwrap_or_else(|| "access denied".to_owned()))
            }
            object_store::Error::Generic { store: BUCKET, .. } => of_server(&error),
            _ => of_folder(&error),
        }
    }
}

/// Whether the request may have been carried out although no answer to it came.
pub(crate) fn answer_was_lost(error: &object_store::Error) -> bool {
    cause::<HttpError>(error).is_some_and(|error| {
        matches!(
            error.kind(),
            HttpErrorKind::Timeout | HttpErrorKind::Interrupted
        )
    })
}

/// The error and everything that caused it, from the outside in.
fn chain(error: &object_store::Error) -> Vec<&(dyn std::error::Error + 'static)> {
    let mut chain = Vec::new();
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = next {
        chain.push(error);
        next = error.source();
    }
    chain
}

/// The cause of this kind, however deep it lies.
fn cause<T: std::error::Error + 'static>(error: &object_store::Error) -> Option<&T> {
    let mut chain = chain(error).into_iter();
    chain.find_map(|cause| cause.downcast_ref())
}

/// Every sentence of the chain. Only for looking something up in: a server repeats in its answers
/// what it was sent.
fn sentences(error: &object_store::Error) -> String {
    let sentences: Vec<String> = chain(error).iter().map(ToString::to_string).collect();
    sentences.join("\n")
}

/// The server's own word for what is wrong, such as `NoSuchBucket`.
fn server_code(error: &object_store::Error) -> Option<String> {
    let text = sentences(error);
    let (_, rest) = text.split_once("<Code>")?;
    let (code, _) = rest.split_once("</Code>")?;
    let plain = code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then(|| code.to_owned())
}

fn of_server(error: &object_store::Error) -> Error {
    let Some(answer) = cause::<HttpError>(error) else {
        let status = status(&sentences(error));
        let code = server_code(error);
        return Error::Server(match (status, code) {
            (Some(status), Some(code)) => format!("it answers {status} ({code})"),
            (Some(status), None) => format!("it answers {status}"),
            (None, Some(code)) => code,
            (None, None) => "its answer cannot be understood".to_owned(),
        });
    };
    let reason = match answer.kind() {
        HttpErrorKind::Connect => "no connection",
        HttpErrorKind::Timeout => "it takes too long",
        HttpErrorKind::Interrupted => "the connection broke",
        _ => "the exchange with it failed",
    };
    Error::Unreachable(reason.to_owned())
}

/// The status in a sentence of `object_store` such as `… status code: 503 Service Unavailable: …`.
fn status(text: &str) -> Option<u16> {
    let (_, rest) = text.split_once("status code: ")?;
    rest.get(..3)?.parse().ok()
}

fn of_folder(error: &object_store::Error) -> Error {
    let Some(cause) = cause::<io::Error>(error) else {
        // The source says what the system said; the outer text only repeats the path.
        let reason = error.source().map(ToString::to_string);
        return Error::Folder(reason.unwrap_or_else(|| error.to_string()));
    };
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::Full,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Error::FolderDenied(cause.to_string())
        }
        _ => Error::Folder(cause.to_string()),
    }
}
