//! How long documents are kept, and certificates of what was erased.

use app::erasure::Sealed;
use app::retention::{Due, Part, Policy, Span, Spans};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::rfc3339;

/// How long after the decision what is kept, as ISO 8601 durations such as `P30D` and `P5Y`; what has none
/// is kept as long as there is something.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionSpans {
    /// The pictures.
    pub pictures: Option<String>,
    /// The record with everything that was read and corrected, and with it the pictures.
    pub record: Option<String>,
    /// The proof that the document was checked, which tells nothing of the person.
    pub proof: Option<String>,
}

impl From<Spans> for RetentionSpans {
    fn from(spans: Spans) -> Self {
        let text = |span: Option<Span>| span.map(|span| span.to_string());
        Self {
            pictures: text(spans.pictures),
            record: text(spans.record),
            proof: text(spans.proof),
        }
    }
}

impl TryFrom<RetentionSpans> for Spans {
    type Error = app::Error;

    fn try_from(spans: RetentionSpans) -> Result<Self, app::Error> {
        let span = |text: Option<String>| text.map(|text| text.parse()).transpose();
        Ok(Self {
            pictures: span(spans.pictures)?,
            record: span(spans.record)?,
            proof: span(spans.proof)?,
        })
    }
}

/// The policy of a family of documents.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RetentionPolicy {
    /// The family, such as `passport`; `others` for every family without a policy of its own.
    pub family: String,
    /// How long what is kept.
    pub spans: RetentionSpans,
    /// Who set it.
    pub set_by: Uuid,
    /// When.
    #[schema(format = DateTime)]
    pub set_at: String,
}

/// Every policy.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RetentionPolicyList {
    /// By family.
    pub policies: Vec<RetentionPolicy>,
}

impl From<Vec<Policy>> for RetentionPolicyList {
    fn from(policies: Vec<Policy>) -> Self {
        let policies = policies.into_iter().map(|policy| RetentionPolicy {
            family: if policy.document_type.is_empty() {
                "others".to_owned()
            } else {
                policy.document_type
            },
            spans: policy.spans.into(),
            set_by: policy.set_by.0,
            set_at: rfc3339(policy.set_at),
        });
        Self {
            policies: policies.collect(),
        }
    }
}

/// A part of what is kept.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RetentionPart {
    /// The file and its thumbnail.
    Pictures,
    /// The record, with the pictures.
    Record,
    /// What was left of a record that is erased.
    Proof,
}

/// Something whose time is over.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RetentionDue {
    /// The document.
    pub document: Uuid,
    /// Its family and side, where they are known.
    pub document_type: Option<String>,
    /// What of it.
    pub part: RetentionPart,
    /// When its time was over.
    #[schema(format = DateTime)]
    pub since: String,
    /// How long it is kept, as an ISO 8601 duration.
    pub span: String,
}

/// What would be erased.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RetentionPlan {
    /// In the order of the decisions.
    pub due: Vec<RetentionDue>,
}

impl From<Vec<Due>> for RetentionPlan {
    fn from(due: Vec<Due>) -> Self {
        let due = due.into_iter().map(|due| RetentionDue {
            document: due.document.0,
            document_type: due.document_type,
            part: match due.part {
                Part::Pictures => RetentionPart::Pictures,
                Part::Record => RetentionPart::Record,
                Part::Proof => RetentionPart::Proof,
            },
            since: rfc3339(due.since),
            span: due.span.to_string(),
        });
        Self { due: due.collect() }
    }
}

/// Why a document is held.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldRequest {
    /// The reason, 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// A certificate of erasure. It tells nothing of the person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErasureCertificate {
    /// What was erased, when, by whom and why, as it was sealed.
    #[schema(value_type = Object)]
    pub certificate: serde_json::Value,
    /// Its seal under the key of the audit log.
    pub seal: String,
    /// The same as a page to read.
    pub page: String,
}

impl From<Sealed> for ErasureCertificate {
    fn from(sealed: Sealed) -> Self {
        let page = sealed.page();
        Self {
            certificate: serde_json::to_value(sealed.certificate).unwrap_or_default(),
            seal: sealed.seal,
            page,
        }
    }
}

/// One page of certificates.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErasureList {
    /// Newest first.
    pub erasures: Vec<ErasureCertificate>,
}

impl From<Vec<Sealed>> for ErasureList {
    fn from(sealed: Vec<Sealed>) -> Self {
        let erasures = sealed.into_iter().map(ErasureCertificate::from);
        Self {
            erasures: erasures.collect(),
        }
    }
}
