//! A document as the product keeps it.

use serde::{Deserialize, Serialize};

use crate::{DocumentId, Personal, Problem, Timestamp, UserId};

/// Keyed BLAKE3 digest of an uploaded file's bytes, 64 lower-case hexadecimal digits.
///
/// Keyed, so that nobody who sees the name can test whether a file he holds is here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BlobDigest(String);

/// A text that is no digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a blob digest has 64 lower-case hexadecimal digits")]
pub struct InvalidBlobDigest;

impl BlobDigest {
    /// The digest as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for BlobDigest {
    type Error = InvalidBlobDigest;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let valid = text.len() == 64
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        if valid {
            Ok(Self(text))
        } else {
            Err(InvalidBlobDigest)
        }
    }
}

impl From<BlobDigest> for String {
    fn from(digest: BlobDigest) -> Self {
        digest.0
    }
}

/// Where a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStatus {
    /// Stored; its job waits.
    Queued,
    /// A worker reads it.
    Processing,
    /// Read; nothing is doubtful.
    Extracted,
    /// Read; a person should look at something.
    NeedsReview,
    /// A person settled everything that was doubtful.
    Reviewed,
    /// Could not be read; `problem` says why.
    Failed,
    /// A person stopped it before it was read.
    Cancelled,
}

impl DocumentStatus {
    /// Every status, in the order of a document's life.
    pub const ALL: [Self; 7] = [
        Self::Queued,
        Self::Processing,
        Self::Extracted,
        Self::NeedsReview,
        Self::Reviewed,
        Self::Failed,
        Self::Cancelled,
    ];

    /// The word used in answers, requests and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Processing => "processing",
            Self::Extracted => "extracted",
            Self::NeedsReview => "needs_review",
            Self::Reviewed => "reviewed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether the document waits for nobody: neither for a worker nor for a person.
    pub const fn is_settled(self) -> bool {
        match self {
            Self::Extracted | Self::Reviewed | Self::Failed | Self::Cancelled => true,
            Self::Queued | Self::Processing | Self::NeedsReview => false,
        }
    }
}

impl std::str::FromStr for DocumentStatus {
    type Err = UnknownDocumentStatus;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|status| status.as_str() == text);
        known.ok_or_else(|| UnknownDocumentStatus(text.to_owned()))
    }
}

/// A text that names no status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a document status")]
pub struct UnknownDocumentStatus(pub String);

/// What a worker is doing to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingStep {
    /// Bytes become pages.
    Decoding,
    /// The machine-readable zone is looked for.
    Locating,
    /// Lines become text.
    Recognising,
    /// Claims are settled and checked.
    Checking,
}

/// How far the reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being done.
    pub step: ReadingStep,
    /// 0 to 100, never falling.
    pub percent: u8,
}

/// An uploaded file and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// The file's name as given, without a path.
    pub name: Personal,
    /// Digest of its bytes.
    pub digest: BlobDigest,
    /// Media type found by looking at the bytes, such as `image/jpeg`.
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
    /// Where it stands.
    pub status: DocumentStatus,
    /// Why it failed, when it failed.
    pub problem: Option<Problem>,
    /// Who submitted it.
    pub submitted_by: UserId,
    /// When.
    pub submitted_at: Timestamp,
    /// When anything about it last changed.
    pub changed_at: Timestamp,
}
