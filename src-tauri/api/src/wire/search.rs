//! Searches, and what they find.

use model::Personal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DocumentBody, DocumentStatus, count};

/// By what documents are ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderBy {
    /// When they were submitted.
    #[default]
    Submitted,
    /// When they last changed.
    Changed,
    /// Whose they are.
    Title,
    /// When he was born.
    DateOfBirth,
    /// When they expire.
    DateOfExpiry,
    /// How sure the machine is of what it is least sure of.
    Confidence,
    /// Where they stand, by the words of the statuses.
    Status,
    /// Family and side.
    DocumentType,
    /// Issuing state.
    IssuingCountry,
}

impl From<app::search::OrderBy> for OrderBy {
    fn from(order: app::search::OrderBy) -> Self {
        match order {
            app::search::OrderBy::Submitted => Self::Submitted,
            app::search::OrderBy::Changed => Self::Changed,
            app::search::OrderBy::Title => Self::Title,
            app::search::OrderBy::DateOfBirth => Self::DateOfBirth,
            app::search::OrderBy::DateOfExpiry => Self::DateOfExpiry,
            app::search::OrderBy::Confidence => Self::Confidence,
            app::search::OrderBy::Status => Self::Status,
            app::search::OrderBy::DocumentType => Self::DocumentType,
            app::search::OrderBy::IssuingCountry => Self::IssuingCountry,
        }
    }
}

impl From<OrderBy> for app::search::OrderBy {
    fn from(order: OrderBy) -> Self {
        match order {
            OrderBy::Submitted => Self::Submitted,
            OrderBy::Changed => Self::Changed,
            OrderBy::Title => Self::Title,
            OrderBy::DateOfBirth => Self::DateOfBirth,
            OrderBy::DateOfExpiry => Self::DateOfExpiry,
            OrderBy::Confidence => Self::Confidence,
            OrderBy::Status => Self::Status,
            OrderBy::DocumentType => Self::DocumentType,
            OrderBy::IssuingCountry => Self::IssuingCountry,
        }
    }
}

/// What to look for; everything where nothing is said.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Search {
    /// Words, all of which a document has, each perhaps longer: `anna erik`. `surname:erik` asks for a
    /// word of one field.
    #[schema(value_type = String)]
    pub text: Personal,
    /// Of one of these statuses.
    pub status: Vec<DocumentStatus>,
    /// Of one of these families, such as `passport`; a family stands for its sides too.
    pub document_type: Vec<String>,
    /// Issued by one of these states.
    pub issuing_country: Vec<String>,
    /// Id of the user who submitted it.
    pub submitted_by: Option<Uuid>,
    /// Submitted at this instant or later, RFC 3339.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub submitted_from: Option<jiff::Timestamp>,
    /// Submitted before this instant, RFC 3339.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub submitted_before: Option<jiff::Timestamp>,
    /// With a field the machine is less sure of than this, 0 to 1, that no person settled.
    #[schema(minimum = 0, maximum = 1)]
    pub confidence_below: Option<f32>,
    /// With a field that waits for a person (true), or with none (false).
    pub doubtful: Option<bool>,
    /// Whose validity has ended.
    pub expired: bool,
    /// Id of the user who is to look at it.
    pub assigned_to: Option<Uuid>,
    /// For somebody to look at (true), or for nobody in particular (false).
    pub assigned: Option<bool>,
    /// By what to order.
    pub order: OrderBy,
    /// From the least to the greatest; else from the greatest, such as the newest.
    pub ascending: bool,
}

impl From<Search> for app::search::Search {
    fn from(search: Search) -> Self {
        let instant = |at: jiff::Timestamp| model::Timestamp(at.as_millisecond());
        let status = search.status.into_iter();
        Self {
            text: search.text,
            status: status.map(model::DocumentStatus::from).collect(),
            document_type: search.document_type,
            issuing_country: search.issuing_country,
            submitted_by: search.submitted_by.map(model::UserId),
            submitted_from: search.submitted_from.map(instant),
            submitted_before: search.submitted_before.map(instant),
            confidence_below: search.confidence_below,
            doubtful: search.doubtful,
            expired: search.expired,
            assigned_to: search.assigned_to.map(model::UserId),
            assigned: search.assigned,
            order: search.order.into(),
            ascending: search.ascending,
        }
    }
}

impl From<app::search::Search> for Search {
    fn from(search: app::search::Search) -> Self {
        // A clock beyond its years shows as the epoch.
        let instant =
            |at: model::Timestamp| jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
        let status = search.status.into_iter();
        Self {
            text: search.text,
            status: status.map(DocumentStatus::from).collect(),
            document_type: search.document_type,
            issuing_country: search.issuing_country,
            submitted_by: search.submitted_by.map(|user| user.0),
            submitted_from: search.submitted_from.map(instant),
            submitted_before: search.submitted_before.map(instant),
            confidence_below: search.confidence_below,
            doubtful: search.doubtful,
            expired: search.expired,
            assigned_to: search.assigned_to.map(|user| user.0),
            assigned: search.assigned,
            order: search.order.into(),
            ascending: search.ascending,
        }
    }
}

/// A search to be kept under a name.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewKeptSearch {
    /// 1 to 64 characters; the one of the same user and name gives way.
    pub name: String,
    /// The search.
    pub search: Search,
    /// Whether everybody may use it.
    #[serde(default)]
    pub shared: bool,
}

/// A search that somebody keeps under a name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KeptSearch {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Id of whose it is.
    pub owner_id: Uuid,
    /// His name.
    #[schema(value_type = String)]
    pub owner: Personal,
    /// Whether everybody may use it.
    pub shared: bool,
    /// The search.
    pub search: Search,
}

impl From<app::search::SavedSearch> for KeptSearch {
    fn from(saved: app::search::SavedSearch) -> Self {
        Self {
            id: saved.id,
            name: saved.name,
            owner_id: saved.owner.0,
            owner: saved.owner_name.into(),
            shared: saved.shared,
            search: saved.search.into(),
        }
    }
}

/// The searches of a user and those that others share.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KeptSearchList {
    /// By name.
    pub searches: Vec<KeptSearch>,
}

/// A search and which page of what it finds.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SearchRequest {
    /// What to look for.
    pub search: Search,
    /// `next_cursor` of the page before.
    #[schema(value_type = Option<String>)]
    pub cursor: Option<Personal>,
    /// How many at most, 1 to 200; 25 when left out.
    #[schema(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
}

/// One page of what was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SearchResult {
    /// The documents, in the order that was asked for.
    pub documents: Vec<DocumentBody>,
    /// To be sent as `cursor` for the next page; null on the last one.
    #[schema(required, value_type = Option<String>)]
    pub next_cursor: Option<Personal>,
    /// How many there are in all; counting stops at 1000.
    #[schema(schema_with = count)]
    pub count: u64,
}

impl From<app::search::Found> for SearchResult {
    fn from(found: app::search::Found) -> Self {
        let documents = found.listing.documents.into_iter();
        Self {
            documents: documents.map(DocumentBody::from).collect(),
            next_cursor: found.listing.next_cursor.map(Personal::from),
            count: found.count,
        }
    }
}
