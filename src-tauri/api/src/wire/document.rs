//! Documents and what becomes of files sent in.

use model::Personal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Correction, ImportedTypeNames, ProblemNote, Reading, Record, rfc3339};

/// Where a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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

/// What opens a locked file.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilePassword {
    /// The password, 1 to 127 bytes.
    #[schema(value_type = String, format = Password)]
    pub password: Personal,
}

impl From<model::DocumentStatus> for DocumentStatus {
    fn from(status: model::DocumentStatus) -> Self {
        match status {
            model::DocumentStatus::Queued => Self::Queued,
            model::DocumentStatus::Processing => Self::Processing,
            model::DocumentStatus::Extracted => Self::Extracted,
            model::DocumentStatus::NeedsReview => Self::NeedsReview,
            model::DocumentStatus::Reviewed => Self::Reviewed,
            model::DocumentStatus::Failed => Self::Failed,
            model::DocumentStatus::Cancelled => Self::Cancelled,
        }
    }
}

impl From<DocumentStatus> for model::DocumentStatus {
    fn from(status: DocumentStatus) -> Self {
        match status {
            DocumentStatus::Queued => Self::Queued,
            DocumentStatus::Processing => Self::Processing,
            DocumentStatus::Extracted => Self::Extracted,
            DocumentStatus::NeedsReview => Self::NeedsReview,
            DocumentStatus::Reviewed => Self::Reviewed,
            DocumentStatus::Failed => Self::Failed,
            DocumentStatus::Cancelled => Self::Cancelled,
        }
    }
}

/// What a worker is doing to a document.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadingStep {
    /// Bytes become pages.
    Decoding,
    /// The machine-readable zone is looked for.
    Locating,
    /// Lines become text.
    Recognising,
    /// Values are settled and checked.
    Checking,
}

impl From<model::ReadingStep> for ReadingStep {
    fn from(step: model::ReadingStep) -> Self {
        match step {
            model::ReadingStep::Decoding => Self::Decoding,
            model::ReadingStep::Locating => Self::Locating,
            model::ReadingStep::Recognising => Self::Recognising,
            model::ReadingStep::Checking => Self::Checking,
        }
    }
}

/// How far the reading has come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Progress {
    /// What is being done.
    pub step: ReadingStep,
    /// 0 to 100, never falling.
    #[schema(maximum = 100)]
    pub percent: u8,
}

impl From<model::Progress> for Progress {
    fn from(progress: model::Progress) -> Self {
        Self {
            step: progress.step.into(),
            percent: progress.percent,
        }
    }
}

/// An uploaded file and where it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Document)]
pub struct DocumentBody {
    /// Its id.
    pub id: Uuid,
    /// The file's name as given, without a path.
    #[schema(value_type = String)]
    pub name: Personal,
    /// Media type found by looking at the bytes.
    pub media_type: String,
    /// Size in bytes.
    #[schema(schema_with = super::count)]
    pub size: u64,
    /// Where it stands.
    pub status: DocumentStatus,
    /// How far a worker has come, while one reads it.
    #[schema(required)]
    pub progress: Option<Progress>,
    /// Why it failed, when it failed.
    #[schema(required)]
    pub problem: Option<ProblemNote>,
    /// Name of the user who submitted it.
    #[schema(value_type = String)]
    pub submitted_by: Personal,
    /// When.
    #[schema(format = DateTime)]
    pub submitted_at: String,
    /// When anything about it last changed.
    #[schema(format = DateTime)]
    pub changed_at: String,
    /// Surname and given names, once read.
    #[schema(required, value_type = Option<String>)]
    pub title: Option<Personal>,
    /// Family and side, once read, such as `passport` or `id_card_back`.
    #[schema(required)]
    pub document_type: Option<String>,
    /// Issuing state, once read.
    #[schema(required)]
    pub issuing_country: Option<String>,
    /// How many fields wait for a person.
    pub doubtful: u32,
    /// Number of pages, 0 before it is read; of a card whose sides are two files, of both.
    pub pages: u32,
    /// The document that this one is the other side of, and that shows both.
    #[schema(required)]
    pub side_of: Option<Uuid>,
    /// Where it was cut out, if it came on one picture with others.
    #[schema(required)]
    pub cut_from: Option<CutOut>,
    /// How many documents were cut out of this one and stand for it in lists.
    pub parts: u32,
    /// Whether somebody said that it is one document, whatever lies on it.
    pub kept_whole: bool,
    /// The person it belongs to, once it names one.
    #[schema(required)]
    pub person_id: Option<Uuid>,
    /// How many others it may be a duplicate of, or their holder its own, of which nobody has said anything.
    pub duplicates: u32,
    /// When its pictures were erased, because their time was over; the record stays.
    #[schema(required, format = DateTime)]
    pub pictures_erased_at: Option<String>,
    /// Since when it is in the trash.
    #[schema(required, format = DateTime)]
    pub trashed_at: Option<String>,
    /// When it is erased, if it stays in the trash.
    #[schema(required, format = DateTime)]
    pub erased_after: Option<String>,
    /// Who is to look at it; null for nobody in particular.
    #[schema(required)]
    pub assigned_to: Option<Assignee>,
    /// When it was closed away; null while it is open.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub archived_at: Option<String>,
}

/// Where on a picture a document was cut out.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CutOut {
    /// The document of the whole picture.
    pub document_id: Uuid,
    /// Page of it, counted from 0.
    pub page: u32,
    /// Which of the documents there it is part of, counted from 0.
    pub part: u32,
    /// Its corners there in pixels, clockwise from the top left one as its reader sees it.
    pub quad: Vec<[f32; 2]>,
    /// The projective map from pixels of that page to pixels of this document's file, row by row.
    pub image_from_page: Vec<f64>,
}

impl From<app::documents::Cut> for CutOut {
    fn from(cut: app::documents::Cut) -> Self {
        let map = cut.region.image_from_page();
        Self {
            document_id: cut.sheet.0,
            page: cut.region.page,
            part: cut.part,
            quad: cut.region.quad.0.map(|point| [point.x, point.y]).into(),
            image_from_page: map.map(|map| map.0.to_vec()).unwrap_or_default(),
        }
    }
}

impl From<app::documents::DocumentSummary> for DocumentBody {
    fn from(summary: app::documents::DocumentSummary) -> Self {
        let document = summary.document;
        Self {
            id: document.id.0,
            name: document.name,
            media_type: document.media_type,
            size: document.size,
            status: document.status.into(),
            progress: summary.progress.map(Progress::from),
            problem: document.problem.map(ProblemNote::from),
            submitted_by: summary.submitted_by_name.into(),
            submitted_at: rfc3339(document.submitted_at),
            changed_at: rfc3339(document.changed_at),
            title: summary.title,
            document_type: summary.document_type.map(|kind| kind.to_string()),
            issuing_country: summary.issuing_country,
            doubtful: summary.doubtful,
            pages: summary.pages,
            side_of: summary.belonging.side_of.map(|id| id.0),
            cut_from: summary.belonging.cut_from.map(CutOut::from),
            parts: summary.belonging.parts,
            kept_whole: summary.belonging.kept_whole,
            person_id: summary.belonging.person.map(|id| id.0),
            duplicates: summary.belonging.duplicates,
            pictures_erased_at: summary.pictures_erased_at.map(rfc3339),
            trashed_at: summary.trashed_at.map(rfc3339),
            erased_after: summary.trashed_at.map(app::trash::erased_at).map(rfc3339),
            assigned_to: summary.assigned_to.map(Assignee::from),
            archived_at: summary.archived_at.map(rfc3339),
        }
    }
}

/// Who is to look at a document.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Assignee {
    /// Id of the user.
    pub id: Uuid,
    /// His name.
    #[schema(value_type = String)]
    pub name: Personal,
}

impl From<(model::UserId, String)> for Assignee {
    fn from((id, name): (model::UserId, String)) -> Self {
        Self {
            id: id.0,
            name: name.into(),
        }
    }
}

/// Whom to give a document to.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentRequest {
    /// Id of the user; null for nobody in particular.
    pub user_id: Option<Uuid>,
}

/// Documents, newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DocumentList {
    /// One page of them.
    pub documents: Vec<DocumentBody>,
    /// To be sent as `cursor` for the next page; null on the last one.
    #[schema(required)]
    pub next_cursor: Option<String>,
}

impl From<app::documents::Listing> for DocumentList {
    fn from(listing: app::documents::Listing) -> Self {
        let documents = listing.documents.into_iter();
        Self {
            documents: documents.map(DocumentBody::from).collect(),
            next_cursor: listing.next_cursor,
        }
    }
}

/// Everything about one document.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DocumentDetail {
    /// The document.
    pub document: DocumentBody,
    /// What the machine read, once it has.
    #[schema(required)]
    pub reading: Option<Reading>,
    /// What people did, oldest first.
    pub corrections: Vec<Correction>,
    /// What holds: the reading overlaid with the corrections.
    pub record: Record,
    /// The document whose file shows the other side of the card, where that is a file of its own: its pages
    /// come after those of this one, and reading and record are of both.
    #[schema(required)]
    pub other_side: Option<Uuid>,
    /// The documents that were cut out of this one.
    pub cut_out: Vec<Uuid>,
    /// Names of the type and its fields, where an admin imported it; null for a built-in one.
    #[schema(required)]
    pub imported_type: Option<ImportedTypeNames>,
}

impl From<app::documents::DocumentDetail> for DocumentDetail {
    fn from(detail: app::documents::DocumentDetail) -> Self {
        let id = detail.summary.document.id;
        let corrections = detail.corrections.into_iter();
        Self {
            document: detail.summary.into(),
            reading: detail.reading.map(|reading| Reading::of(id, reading)),
            corrections: corrections.map(Correction::from).collect(),
            record: detail.record.into(),
            other_side: detail.other_side.map(|id| id.0),
            cut_out: detail.cut_out.into_iter().map(|id| id.0).collect(),
            imported_type: detail.imported_type.map(ImportedTypeNames::from),
        }
    }
}

/// What became of a file sent in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionOutcome {
    /// It is new and will be read.
    Submitted,
    /// The same bytes are here already; `document` is the one that has them.
    AlreadyHere,
    /// It was not taken; `problem` says why.
    Refused,
}

/// One file sent in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Submission {
    /// The file's name as given.
    #[schema(value_type = String)]
    pub name: Personal,
    /// What became of it.
    pub outcome: SubmissionOutcome,
    /// The document, unless refused.
    #[schema(required)]
    pub document: Option<DocumentBody>,
    /// Why it was refused.
    #[schema(required)]
    pub problem: Option<ProblemNote>,
}

impl Submission {
    /// A file that was not taken.
    pub fn refused(name: Personal, problem: ProblemNote) -> Self {
        Self {
            name,
            outcome: SubmissionOutcome::Refused,
            document: None,
            problem: Some(problem),
        }
    }

    /// A file that was taken, or was here already.
    pub fn taken(name: Personal, submitted: app::intake::Submitted) -> Self {
        let outcome = match submitted.outcome {
            app::intake::Outcome::New => SubmissionOutcome::Submitted,
            app::intake::Outcome::AlreadyHere => SubmissionOutcome::AlreadyHere,
        };
        Self {
            name,
            outcome,
            document: Some(submitted.document.into()),
            problem: None,
        }
    }

    /// Either of the two, by how the submission went. An error of this machine's own is told in the
    /// constant sentence, because its details are nobody's business outside.
    pub fn from_result(name: Personal, result: Result<app::intake::Submitted, app::Error>) -> Self {
        match result {
            Ok(submitted) => Self::taken(name, submitted),
            Err(error) => Self::refused(name, ProblemNote::from(&error)),
        }
    }
}

/// What became of every file sent in, in the order they were sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Submissions {
    /// One entry per file: a refused file never takes the others with it.
    pub submissions: Vec<Submission>,
}
