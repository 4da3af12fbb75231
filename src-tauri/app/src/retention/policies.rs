//! The policies, one for each family of documents.

use model::{Caller, Timestamp, UserId};
use store::{Snapshot, retention as rows};

use super::Span;
use crate::{
    App, Error,
    audit::{self, Details, What},
    permission::{Act, demand},
};

/// How long each part is kept after the decision; what has no span is kept as long as there is something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spans {
    /// The pictures: the file and its thumbnail.
    pub pictures: Option<Span>,
    /// The record with everything that was read and corrected, and with it the pictures.
    pub record: Option<Span>,
    /// The proof that the document was checked, which is left of the record and tells nothing of the person.
    pub proof: Option<Span>,
}

impl Spans {
    /// In words and as data, for the audit and for lists.
    pub fn parts(&self) -> [(&'static str, Option<Span>); 3] {
        [
            ("pictures", self.pictures),
            ("record", self.record),
            ("proof", self.proof),
        ]
    }
}

/// The policy of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The family, such as `passport`; empty for every family without a policy of its own.
    pub document_type: String,
    /// How long what is kept.
    pub spans: Spans,
    /// Who set it.
    pub set_by: UserId,
    /// When.
    pub set_at: Timestamp,
}

/// Sets how long the documents of a family are kept; an empty family stands for all that have no policy of
/// their own.
pub fn set_policy(app: &App, caller: &Caller, family: &str, spans: Spans) -> Result<(), Error> {
    demand(caller, Act::SetRetention)?;
    let known = family.is_empty()
        || family
            .parse::<model::DocumentType>()
            .is_ok_and(|family| family.side.is_none());
    if !known || spans == Spans::default() {
        return Err(Error::PolicyInvalid);
    }
    app.write(|transaction| {
        let text = |span: Option<Span>| span.map(|span| span.to_string());
        let policy = rows::Policy {
            document_type: family.to_owned(),
            pictures: text(spans.pictures),
            record: text(spans.record),
            proof: text(spans.proof),
            set_by: caller.user,
            set_at: app.now(),
        };
        rows::set_policy(transaction, &policy)?;
        let mut details = Details::new();
        for (part, span) in spans.parts() {
            if let Some(span) = span {
                details = details.word(part, span.to_string());
            }
        }
        let what = What::RetentionSet;
        audit::record(app, transaction, caller, what, family, details)
    })
}

/// Drops the policy of a family.
pub fn drop_policy(app: &App, caller: &Caller, family: &str) -> Result<(), Error> {
    demand(caller, Act::SetRetention)?;
    app.write(|transaction| {
        if !rows::drop_policy(transaction, family)? {
            return Err(Error::PolicyNotFound);
        }
        let (what, details) = (What::RetentionSet, Details::new());
        audit::record(app, transaction, caller, what, family, details)
    })
}

/// Every policy.
pub fn policies(app: &App, caller: &Caller) -> Result<Vec<Policy>, Error> {
    demand(caller, Act::SeeRetention)?;
    kept(&app.inner.store.read()?)
}

pub(super) fn kept(snapshot: &Snapshot) -> Result<Vec<Policy>, Error> {
    let span = |text: Option<String>| -> Result<Option<Span>, Error> {
        text.map(|text| text.parse())
            .transpose()
            .map_err(|_| Error::Damaged { what: "a policy" })
    };
    let kept = rows::policies(snapshot)?.into_iter().map(|row| {
        Ok(Policy {
            document_type: row.document_type,
            spans: Spans {
                pictures: span(row.pictures)?,
                record: span(row.record)?,
                proof: span(row.proof)?,
            },
            set_by: row.set_by,
            set_at: row.set_at,
        })
    });
    kept.collect()
}

/// The policy that holds for a family.
pub(super) fn of<'a>(policies: &'a [Policy], family: &str) -> Option<&'a Policy> {
    let own = |family: &str| {
        policies
            .iter()
            .find(|policy| policy.document_type == family)
    };
    own(family).or_else(|| own(""))
}
