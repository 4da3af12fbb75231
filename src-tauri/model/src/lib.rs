//! Names and shapes of the domain: ids, geometry, recognised lines, fields, readings, corrections,
//! records, documents, callers and changes.
//!
//! This crate does no I/O, reads no clock, rolls no dice, and knows neither SQL nor HTTP. Everything
//! else in Lectern speaks in its words. A document passes through one type per stage, and a later
//! stage never changes an earlier one:
//!
//! `Image → Page → Zone → Line → Field → Reading → Record`

#![forbid(unsafe_code)]

pub mod caller;
pub mod change;
pub mod definition;
pub mod disagreement;
pub mod document;
pub mod geometry;
pub mod id;
pub mod lattice;
pub mod outside;
pub mod payload;
pub mod personal;
pub mod reading;
pub mod record;
pub mod relation;
pub mod text;

pub use caller::{Caller, Door, Role};
pub use change::{Change, ChangeKind};
pub use definition::{FieldDefinition, TypeDefinition};
pub use disagreement::{Disagreement, DisagreementClass, Source};
pub use document::{BlobDigest, Document, DocumentStatus, Progress, ReadingStep};
pub use geometry::{Affine, Homography, Point, Quad};
pub use id::{CorrectionId, DocumentId, JobId, PersonId, ReadingId, SessionId, TokenId, UserId};
pub use lattice::Lattice;
pub use outside::{OutsideAnswer, OutsideClaim};
pub use payload::{Payload, Symbology};
pub use personal::Personal;
pub use reading::{
    Check, DocumentKind, DocumentType, Evidence, Field, FieldName, MrzFormat, Outcome, PageFacts,
    Problem, Reading, Region, Side, Zone,
};
pub use record::{Correction, CorrectionKind, FieldState, Record, RecordField};
pub use relation::{Alike, Comparison, Question, Reason, Relation, Verdict};
pub use text::{Line, Sheet, Word};

/// Milliseconds since 1970-01-01T00:00:00Z, the only form in which the product keeps an instant.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);
