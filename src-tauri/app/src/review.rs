//! What a reviewer does to a field, and what reading and corrections together make of a document.

use model::{
    Caller, ChangeKind, Correction, CorrectionId, CorrectionKind, DocumentId, DocumentStatus,
    FieldName, Personal, Problem, Reading, Record,
};
use store::documents::Derived;

use crate::{
    App, Error,
    audit::{self, What},
    documents::{self, DocumentDetail},
    intake, note,
    permission::{Act, demand},
    random, related, search,
};

/// Longer than any value on a document, in characters.
const LONGEST_VALUE: usize = 1000;

/// Longer than any name of a field, in characters.
const LONGEST_NAME: usize = 64;

/// Appends a correction and answers with the document as it stands now.
///
/// `value` is needed for an edit and ignored otherwise: confirming keeps the value that holds.
pub fn correct(
    app: &App,
    caller: &Caller,
    id: DocumentId,
    field: &FieldName,
    kind: CorrectionKind,
    value: Option<Personal>,
) -> Result<DocumentDetail, Error> {
    demand(caller, Act::CorrectField)?;
    check_name(field)?;
    let now = app.now();
    app.write(|transaction| {
        let before = documents::detail(transaction, id)?;
        before.summary.demand_not_in_trash()?;
        let reading = before.reading.as_ref().ok_or(Error::NotReadYet)?;
        let status = before.summary.document.status;
        if !is_read(status) {
            return Err(Error::NotReadYet);
        }
        let value = match kind {
            CorrectionKind::Confirmed => {
                let held = before.record.fields.get(field).map(|held| &held.value);
                held.filter(|value| !value.is_empty())
                    .cloned()
                    .ok_or_else(|| Error::NothingToConfirm {
                        field: field.clone(),
                    })?
            }
            CorrectionKind::Edited => checked_value(value)?,
            CorrectionKind::Cleared => Personal::default(),
        };
        let correction = Correction {
            id: CorrectionId(random::id(now)?),
            document: id,
            field: field.clone(),
            kind,
            value,
            by: caller.user,
            at: now,
        };
        store::corrections::append(transaction, &correction)?;
        note(transaction, now, id, &ChangeKind::Corrected)?;
        let held = before.record.fields.get(field).map(|held| &held.value);
        let details = audit::Details::new()
            .word("field", field.as_str())
            .word("kind", store::corrections::word(kind))
            .personal("before", held.unwrap_or(&Personal::default()))
            .personal("after", &correction.value);
        audit::record(app, transaction, caller, What::FieldCorrected, id, details)?;

        let mut corrections = before.corrections;
        corrections.push(correction);
        let standing = standing(reading, &corrections);
        store::documents::set_derived(transaction, id, &standing.derived)?;
        let name = before.summary.document.name.expose();
        search::index(transaction, id, name, &standing.record)?;
        if standing.status == status {
            // Also when the status stays: lists order and refresh by the last change.
            store::documents::set_status(transaction, id, status, None, now)?;
        } else {
            intake::set_status(transaction, id, standing.status, now)?;
        }
        related::relate(app, transaction, id, now)?;
        documents::detail(transaction, id)
    })
}

fn check_name(field: &FieldName) -> Result<(), Error> {
    let name = field.as_str();
    let valid = (1..=LONGEST_NAME).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if valid {
        Ok(())
    } else {
        Err(Error::FieldInvalid)
    }
}

/// An edited value without white space around it.
fn checked_value(value: Option<Personal>) -> Result<Personal, Error> {
    let value = value.unwrap_or_default();
    let trimmed = value.expose().trim();
    let valid = (1..=LONGEST_VALUE).contains(&trimmed.chars().count())
        && !trimmed.chars().any(char::is_control);
    if valid {
        Ok(Personal::new(trimmed))
    } else {
        Err(Error::ValueInvalid)
    }
}

/// Where a document stands by what is known of it.
#[derive(Debug)]
pub(crate) struct Standing {
    pub(crate) status: DocumentStatus,
    /// Why it failed, when it failed.
    pub(crate) problem: Option<Problem>,
    /// What lists show.
    pub(crate) derived: Derived,
    /// What is held to be true.
    pub(crate) record: Record,
}

/// Whether a document with this status has been read.
pub(crate) const fn is_read(status: DocumentStatus) -> bool {
    match status {
        DocumentStatus::Extracted | DocumentStatus::NeedsReview | DocumentStatus::Reviewed => true,
        DocumentStatus::Queued
        | DocumentStatus::Processing
        | DocumentStatus::Failed
        | DocumentStatus::Cancelled => false,
    }
}

/// The policy by which a document that was read gets its status: without a page it failed; while a
/// field is doubtful, or the reading as a whole is and no person has touched it, it needs review;
/// after that it is reviewed when a person settled it, and extracted when nobody had to.
pub(crate) fn standing(reading: &Reading, corrections: &[Correction]) -> Standing {
    let record = Record::derive(Some(reading), corrections);
    let doubtful = u32::try_from(record.doubtful()).unwrap_or(u32::MAX);
    let (status, problem) = if reading.pages.is_empty() {
        let problem = reading.problems.first().cloned().unwrap_or(Problem {
            code: "no_pages".to_owned(),
            message: "The file has no page that can be read".to_owned(),
        });
        (DocumentStatus::Failed, Some(problem))
    } else if doubtful > 0 {
        (DocumentStatus::NeedsReview, None)
    } else if !corrections.is_empty() {
        (DocumentStatus::Reviewed, None)
    } else if reading.fields.is_empty() || !reading.problems.is_empty() {
        (DocumentStatus::NeedsReview, None)
    } else {
        (DocumentStatus::Extracted, None)
    };
    let title = title(&record);
    Standing {
        status,
        problem,
        derived: Derived {
            title_key: title
                .as_ref()
                .map_or_else(String::new, |title| search::order_key(title.expose())),
            title,
            date_of_birth: search::value(&record, &FieldName::DATE_OF_BIRTH),
            date_of_expiry: search::value(&record, &FieldName::DATE_OF_EXPIRY),
            confidence: search::least_confidence(&record),
            document_type: record.document_type,
            issuing_country: record.issuing_country.clone(),
            doubtful,
            pages: u32::try_from(reading.pages.len()).unwrap_or(u32::MAX),
        },
        record,
    }
}

/// `SURNAME, GIVEN NAMES`, or whichever of the two there is.
fn title(record: &Record) -> Option<Personal> {
    let names: Vec<&str> = [FieldName::SURNAME, FieldName::GIVEN_NAMES]
        .iter()
        .filter_map(|name| record.fields.get(name))
        .map(|field| field.value.expose())
        .filter(|name| !name.is_empty())
        .collect();
    (!names.is_empty()).then(|| Personal::new(names.join(", ")))
}
