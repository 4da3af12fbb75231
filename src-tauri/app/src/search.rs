//! Finding documents: by words, by what is known of them, in any order.
//!
//! What is looked for is personal, so a search travels in the body of a request and never in an address.

mod fold;

use jiff::civil::Date;
use model::{Caller, DocumentId, DocumentStatus, FieldName, Personal, Record, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use store::documents::{Filter, Key, KeyValue, Order, Place};
use store::{Transaction, saved_searches as rows};

use crate::{
    App, Error,
    documents::{DocumentSummary, LONGEST_PAGE, Listing},
    permission::{Act, demand, may},
    random,
};

/// More words than this are no search; the rest is left out.
const MOST_WORDS: usize = 16;

/// The beginning of the words of a field, where words are kept. No word that somebody looks for begins so:
/// what he types must not find every document for the names of its fields.
fn within(field: &str) -> String {
    format!("_{field}__")
}

/// Counting stops here: beyond, a person reads "many".
pub(crate) const COUNTED: u32 = 1000;

/// By what documents are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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

impl OrderBy {
    pub(crate) const fn key(self) -> Key {
        match self {
            Self::Submitted => Key::Number,
            Self::Changed => Key::ChangedAt,
            Self::Title => Key::Title,
            Self::DateOfBirth => Key::DateOfBirth,
            Self::DateOfExpiry => Key::DateOfExpiry,
            Self::Confidence => Key::Confidence,
            Self::Status => Key::Status,
            Self::DocumentType => Key::DocumentType,
            Self::IssuingCountry => Key::IssuingCountry,
        }
    }
}

/// What to look for; everything where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Search {
    /// Words, all of which a document has, each perhaps longer: `anna erik`. `surname:erik` asks for
    /// a word of one field.
    pub text: Personal,
    /// Of one of these statuses.
    pub status: Vec<DocumentStatus>,
    /// Of one of these families, such as `passport`; a family stands for its sides too.
    pub document_type: Vec<String>,
    /// Issued by one of these states.
    pub issuing_country: Vec<String>,
    /// Submitted by this user.
    pub submitted_by: Option<UserId>,
    /// Submitted at this instant or later.
    pub submitted_from: Option<Timestamp>,
    /// Submitted before this instant.
    pub submitted_before: Option<Timestamp>,
    /// With a field the machine is less sure of than this, 0 to 1, that no person settled.
    pub confidence_below: Option<f32>,
    /// With a field that waits for a person (true), or with none (false).
    pub doubtful: Option<bool>,
    /// Whose validity has ended.
    pub expired: bool,
    /// For this user to look at.
    pub assigned_to: Option<UserId>,
    /// For somebody to look at (true), or for nobody in particular (false).
    pub assigned: Option<bool>,
    /// By what to order.
    pub order: OrderBy,
    /// From the least to the greatest; else from the greatest, such as the newest.
    pub ascending: bool,
}

/// One page of what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The documents, and where the next page begins.
    pub listing: Listing,
    /// How many there are in all, no more than 1000 of them counted.
    pub count: u64,
}

/// Looks for documents.
pub fn find(
    app: &App,
    caller: &Caller,
    search: &Search,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Found, Error> {
    demand(caller, Act::SeeDocument)?;
    let filter = filter(search, app.settings().clock.today());
    let order = Order {
        key: search.order.key(),
        ascending: search.ascending,
        after: cursor.map(read_cursor).transpose()?,
    };
    let limit = limit.clamp(1, LONGEST_PAGE);
    let snapshot = app.inner.store.read()?;
    let (mut found, count) =
        store::documents::list_and_count(&snapshot, &filter, &order, limit + 1, COUNTED)?;
    drop(snapshot);
    let has_more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next_cursor = found
        .last()
        .filter(|_| has_more)
        .map(|last| write_cursor(&order.key.of(last)));
    let documents = found.into_iter().map(DocumentSummary::from).collect();
    Ok(Found {
        listing: Listing {
            documents,
            next_cursor,
        },
        count,
    })
}

/// What a search asks of the store.
pub(crate) fn filter(search: &Search, today: Date) -> Filter {
    let sides = |family: &String| {
        let family = family.as_str();
        [
            family.to_owned(),
            format!("{family}_front"),
            format!("{family}_back"),
        ]
    };
    Filter {
        statuses: search.status.clone(),
        words: asked(search.text.expose()),
        document_types: search.document_type.iter().flat_map(sides).collect(),
        issuing_countries: search.issuing_country.clone(),
        submitted_by: search.submitted_by,
        submitted_from: search.submitted_from,
        submitted_before: search.submitted_before,
        confidence_below: search.confidence_below.map(thousandths),
        doubtful: search.doubtful,
        expired_before: search.expired.then(|| today.to_string()),
        trashed: false,
        assigned_to: search.assigned_to,
        assigned: search.assigned,
        archived: false,
    }
}

fn thousandths(confidence: f32) -> u32 {
    (confidence.clamp(0.0, 1.0) * 1000.0).round() as u32
}

/// The words a text asks for, each in the forms it may have.
fn asked(text: &str) -> Vec<Vec<String>> {
    let mut groups = Vec::new();
    for chunk in text.split_whitespace() {
        let (field, words) = match chunk.split_once(':') {
            Some((field, words)) if is_field_name(field) && !words.is_empty() => {
                (within(field), words)
            }
            _ => (String::new(), chunk),
        };
        for part in fold::parts(words) {
            let forms = fold::forms(part);
            let forms = forms.into_iter().map(|form| format!("{field}{form}"));
            groups.push(forms.collect::<Vec<_>>());
        }
    }
    groups.retain(|forms| !forms.is_empty());
    groups.truncate(MOST_WORDS);
    groups
}

fn is_field_name(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !text.is_empty() && text.bytes().all(is_plain)
}

/// Keeps the words by which a document is found.
pub(crate) fn index(
    transaction: &Transaction,
    id: DocumentId,
    name: &str,
    record: &Record,
) -> Result<(), Error> {
    Ok(store::search::set(transaction, id, &words(name, record))?)
}

/// The words by which a document is found.
pub(crate) fn words(name: &str, record: &Record) -> Vec<String> {
    let mut words = std::collections::BTreeSet::new();
    words.extend(fold::words(name).concat());
    for (field, held) in &record.fields {
        for form in fold::words(held.value.expose()).concat() {
            words.insert(format!("{}{form}", within(field.as_str())));
            words.insert(form);
        }
    }
    words.into_iter().collect()
}

/// A text folded for its place in an order.
pub(crate) fn order_key(text: &str) -> String {
    let words = fold::parts(text);
    let plain = words
        .iter()
        .filter_map(|word| fold::forms(word).into_iter().next());
    plain.collect::<Vec<_>>().join(" ")
}

/// The least confidence of a field that no person settled, in thousandths.
pub(crate) fn least_confidence(record: &Record) -> u32 {
    let unsettled = record
        .fields
        .values()
        .filter(|field| field.corrected.is_none());
    let confidences =
        unsettled.map(|field| field.read.as_ref().map_or(0.0, |read| read.confidence));
    thousandths(confidences.fold(1.0, f32::min))
}

/// A value of the record, empty where there is none.
pub(crate) fn value(record: &Record, name: &FieldName) -> String {
    let field = record.fields.get(name);
    field.map_or_else(String::new, |field| field.value.expose().to_owned())
}

/// The order's place after a document, as a text for the next request. It travels in a body, so it may
/// hold what the order is by.
pub(crate) fn write_cursor(place: &Place) -> String {
    match &place.at {
        KeyValue::Integer(integer) => format!("i{}:{integer}", place.number),
        KeyValue::Text(text) => format!("t{}:{text}", place.number),
    }
}

pub(crate) fn read_cursor(cursor: &str) -> Result<Place, Error> {
    let place = || {
        let (number, at) = cursor.get(1..)?.split_once(':')?;
        let at = match cursor.as_bytes().first()? {
            b'i' => KeyValue::Integer(at.parse().ok()?),
            b't' => KeyValue::Text(at.to_owned()),
            _ => return None,
        };
        Some(Place {
            at,
            number: number.parse().ok()?,
        })
    };
    place().ok_or(Error::CursorInvalid)
}

/// A search that somebody keeps under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedSearch {
    /// Its id, a UUID.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Whose it is.
    pub owner: UserId,
    /// His name.
    pub owner_name: String,
    /// Whether everybody may use it.
    pub shared: bool,
    /// The search itself.
    pub search: Search,
}

impl TryFrom<rows::SavedSearch> for SavedSearch {
    type Error = Error;

    fn try_from(row: rows::SavedSearch) -> Result<Self, Error> {
        let search = serde_json::from_str(&row.search);
        Ok(Self {
            id: row.id,
            name: row.name,
            owner: row.user,
            owner_name: row.user_name,
            shared: row.shared,
            search: search.map_err(|_| Error::Damaged { what: "a search" })?,
        })
    }
}

/// Keeps a search under a name for the caller, and for all others where it is shared; the one of his that
/// had the name gives way.
pub fn keep(
    app: &App,
    caller: &Caller,
    name: &str,
    search: &Search,
    shared: bool,
) -> Result<SavedSearch, Error> {
    demand(caller, Act::SeeDocument)?;
    let name = name.trim();
    if !(1..=64).contains(&name.chars().count()) || name.chars().any(char::is_control) {
        return Err(Error::NameInvalid);
    }
    let now = app.now();
    let search = serde_json::to_string(search).map_err(|_| Error::Damaged { what: "a search" })?;
    let saved = rows::SavedSearch {
        id: random::id(now)?.to_string(),
        user: caller.user,
        name: name.to_owned(),
        user_name: String::new(),
        search,
        shared,
        created_at: now,
    };
    app.write(|transaction| {
        rows::keep(transaction, &saved)?;
        let kept = rows::get(transaction, &saved.id)?.ok_or(Error::SavedSearchNotFound)?;
        kept.try_into()
    })
}

/// The searches the caller keeps and those that others share, by name.
pub fn kept(app: &App, caller: &Caller) -> Result<Vec<SavedSearch>, Error> {
    demand(caller, Act::SeeDocument)?;
    let kept = rows::of_user(&app.inner.store.read()?, caller.user)?;
    kept.into_iter().map(SavedSearch::try_from).collect()
}

/// Drops a search the caller keeps; an admin drops what others share, too.
pub fn drop_kept(app: &App, caller: &Caller, id: &str) -> Result<(), Error> {
    demand(caller, Act::SeeDocument)?;
    app.write(|transaction| {
        let found = rows::get(transaction, id)?.ok_or(Error::SavedSearchNotFound)?;
        let is_his = found.user == caller.user;
        if !(is_his || found.shared && may(caller, Act::DropSharedSearch)) {
            return Err(Error::SavedSearchNotFound);
        }
        rows::delete(transaction, id)?;
        Ok(())
    })
}
