//! The JSON of the API: one struct per shape, converted here from the domain's types and nowhere else.
//!
//! A type of `model` is never sent as it is, so that the domain can change without breaking anybody
//! who speaks to the API. Personal values keep their [`model::Personal`] wrapper until the moment
//! they are written, so that no `Debug` of an answer can show them.

mod archive;
mod audit;
mod database;
mod disagreement;
mod document;
mod document_type;
mod event;
mod health;
mod job;
mod link;
mod outside;
mod people;
mod problem;
mod reading;
mod record;
mod relation;
mod retention;
mod search;

pub use archive::{ArchiveAnswer, ArchiveMove, ArchiveMoveList, ArchiveOutcome, ArchiveRequest};
pub use audit::{AuditEntry, AuditFault, AuditPage, AuditVerification};
pub use database::{
    BackupBody, BackupList, DatabaseAnswer, DatabaseConfigured, DatabaseHealth, DatabaseHealthList,
    DatabaseList, DatabaseName, DatabaseQuestion, DatabaseStatistics, DatabaseStatisticsList,
    TableSize, UsageFigure, UsageList,
};
pub use disagreement::{Disagreement, DisagreementClass, Source};
pub use document::{
    Assignee, AssignmentRequest, CutOut, DocumentBody, DocumentDetail, DocumentList,
    DocumentStatus, FilePassword, Progress, ReadingStep, Submission, SubmissionOutcome,
    Submissions,
};
pub use document_type::{
    CheckedDefinition, DefinitionToCheck, DocumentTypeBody, DocumentTypeDetail, DocumentTypeList,
    ImportOutcome, ImportedDocumentType, ImportedTypeNames, NewDocumentType, TrialField, TypeField,
    TypeOrigin, TypeVersion,
};
pub use event::{ChangeKind, Event};
pub use health::{Health, HealthCheck, HealthStatus};
pub use job::{JobBody, JobList, JobStatistics, QueueStatistics};
pub use link::{Link, LinkRequest, LinkTarget};
pub use outside::{
    OutsideAcceptance, OutsideAnswer, OutsideAsk, OutsideConsent, OutsideProtocol, OutsideReader,
    OutsideReaderList, OutsideSentence, OutsideSetUp,
};
pub use people::{
    Code, Credentials, Door, NewToken, NewUser, Role, Session, SessionUser, Token, TokenList,
    TokenMade, User, UserList,
};
pub use problem::ProblemDocument;
pub use reading::{
    Check, Evidence, Field, Outcome, PageFacts, ProblemNote, Reading, Sentence, Zone,
};
pub use record::{Correction, CorrectionKind, CorrectionRequest, FieldState, Record, RecordField};
pub use relation::{
    DuplicateList, Person, PersonDetail, PersonList, PersonRequest, PossibleDuplicate, Question,
    Reason, Relation, RelationList, Verdict, VerdictRequest, WholeRequest,
};
pub use retention::{
    ErasureCertificate, ErasureList, HoldRequest, RetentionDue, RetentionPart, RetentionPlan,
    RetentionPolicy, RetentionPolicyList, RetentionSpans,
};
pub use search::{
    KeptSearch, KeptSearchList, NewKeptSearch, OrderBy, Search, SearchRequest, SearchResult,
};

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, Type};

/// What is said of an error of the program's own: the details are in its log, under the request id.
pub(crate) const INTERNAL_SENTENCE: &str =
    "Something went wrong inside Lectern; its log says what, under the number of this request";

/// A whole number from 0 without a width: generators make something else than a number of 64 bits.
fn count() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(0))
        .build()
}

/// The bytes of a file or picture, as far as a description goes.
#[derive(Debug)]
pub(crate) struct Binary;

impl utoipa::PartialSchema for Binary {
    fn schema() -> RefOr<Schema> {
        let binary = SchemaFormat::KnownFormat(KnownFormat::Binary);
        let text = ObjectBuilder::new().schema_type(Type::String);
        text.format(Some(binary)).into()
    }
}

impl utoipa::ToSchema for Binary {}

/// An instant as RFC 3339 text in UTC with milliseconds, such as `2026-11-21T08:15:00.250Z`.
///
/// An instant outside the years that RFC 3339 can write (a broken clock) is shown as the epoch.
fn rfc3339(instant: model::Timestamp) -> String {
    let instant = jiff::Timestamp::from_millisecond(instant.0).unwrap_or_default();
    format!("{instant:.3}")
}

#[cfg(test)]
mod tests {
    use super::rfc3339;

    #[test]
    fn instants_are_rfc_3339_in_utc() {
        assert_eq!(
            rfc3339(model::Timestamp(1_795_248_900_250)),
            "2026-11-21T08:15:00.250Z"
        );
        assert_eq!(rfc3339(model::Timestamp(0)), "1970-01-01T00:00:00.000Z");
    }
}
