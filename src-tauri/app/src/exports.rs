//! Records on their way out: every one a search finds, with its history and what it rests on.
//!
//! Records are written one by one, so that an export of any length takes little memory. What is asked for is
//! in the audit log before the first record leaves.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use model::{Caller, Correction, FieldName, FieldState, Personal, Record, RecordField};
use serde::{Deserialize, Serialize};

use crate::{
    App, Error,
    audit::{self, Details, What},
    documents::{self, DocumentDetail},
    permission::{Act, demand},
    search::{self, Search},
};

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// An array of one object a line: record, corrections, evidence, checks.
    Json,
    /// A row a document and a column a field: the values that hold.
    Csv,
}

impl Format {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }
}

/// How many documents are found at once.
const PAGE: u32 = 200;

/// Columns of every row, before those of the fields.
const COLUMNS: [&str; 9] = [
    "id",
    "name",
    "status",
    "document_type",
    "issuing_country",
    "doubtful",
    "submitted_by",
    "submitted_at",
    "changed_at",
];

/// One record as it leaves.
#[derive(Serialize)]
pub(crate) struct Exported<'a> {
    id: String,
    name: &'a Personal,
    media_type: &'a str,
    status: &'static str,
    submitted_by: &'a str,
    submitted_at: String,
    changed_at: String,
    document_type: Option<String>,
    issuing_country: Option<&'a str>,
    fields: BTreeMap<&'a FieldName, ExportedField<'a>>,
    corrections: &'a [Correction],
    reading: Option<ExportedReading<'a>>,
}

#[derive(Serialize)]
struct ExportedField<'a> {
    value: &'a Personal,
    state: FieldState,
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<&'a model::Field>,
}

#[derive(Serialize)]
struct ExportedReading<'a> {
    engine: &'a str,
    definition: Option<&'a str>,
    day: jiff::civil::Date,
    mrz: Option<&'a [Personal]>,
    checks: &'a [model::Check],
    problems: &'a [model::Problem],
}

/// Writes every record that a search finds; answers with how many.
pub fn write(
    app: &App,
    caller: &Caller,
    search: &Search,
    format: Format,
    out: &mut dyn Write,
) -> Result<u64, Error> {
    demand(caller, Act::Export)?;
    let asked = serde_json::to_string(search).map_err(|_| Error::Damaged { what: "a search" })?;
    app.write(|transaction| {
        let details = Details::new()
            .word("format", format.as_str())
            .personal("search", &Personal::new(asked));
        audit::record(app, transaction, caller, What::RecordsExported, "", details)
    })?;
    match format {
        Format::Json => json(app, caller, search, out),
        Format::Csv => csv(app, caller, search, out),
    }
}

/// Every document a search finds, one after the other.
fn each(
    app: &App,
    caller: &Caller,
    search: &Search,
    mut act: impl FnMut(&DocumentDetail) -> Result<(), Error>,
) -> Result<u64, Error> {
    let mut cursor: Option<String> = None;
    let mut count = 0;
    loop {
        let listing = search::find(app, caller, search, cursor.as_deref(), PAGE)?.listing;
        let snapshot = app.inner.store.read()?;
        for summary in &listing.documents {
            match documents::detail(&snapshot, summary.document.id) {
                Ok(detail) => {
                    act(&detail)?;
                    count += 1;
                }
                // Deleted since it was found.
                Err(Error::DocumentNotFound) => {}
                Err(error) => return Err(error),
            }
        }
        drop(snapshot);
        cursor = listing.next_cursor;
        if cursor.is_none() {
            return Ok(count);
        }
    }
}

fn json(app: &App, caller: &Caller, search: &Search, out: &mut dyn Write) -> Result<u64, Error> {
    let mut before = "[\n";
    let count = each(app, caller, search, |detail| {
        out.write_all(before.as_bytes())
            .map_err(Error::NotWritten)?;
        before = ",\n";
        serde_json::to_writer(&mut *out, &exported(detail))
            .map_err(|error| Error::NotWritten(error.into()))
    })?;
    let end = if count == 0 { "[]\n" } else { "\n]\n" };
    out.write_all(end.as_bytes()).map_err(Error::NotWritten)?;
    out.flush().map_err(Error::NotWritten)?;
    Ok(count)
}

impl<'a> From<&'a RecordField> for ExportedField<'a> {
    fn from(field: &'a RecordField) -> Self {
        Self {
            value: &field.value,
            state: field.state,
            read: field.read.as_ref(),
        }
    }
}

pub(crate) fn exported(detail: &DocumentDetail) -> Exported<'_> {
    let DocumentDetail {
        summary,
        reading,
        corrections,
        record,
        ..
    } = detail;
    let document = &summary.document;
    Exported {
        id: document.id.to_string(),
        name: &document.name,
        media_type: &document.media_type,
        status: document.status.as_str(),
        submitted_by: &summary.submitted_by_name,
        submitted_at: instant(document.submitted_at),
        changed_at: instant(document.changed_at),
        document_type: record.document_type.map(|kind| kind.to_string()),
        issuing_country: record.issuing_country.as_deref(),
        fields: record
            .fields
            .iter()
            .map(|(name, held)| (name, held.into()))
            .collect(),
        corrections,
        reading: reading.as_ref().map(|reading| ExportedReading {
            engine: &reading.engine,
            definition: reading.definition.as_deref(),
            day: reading.day,
            mrz: reading.mrz.as_deref(),
            checks: &reading.checks,
            problems: &reading.problems,
        }),
    }
}

/// As RFC 3339 in UTC; a clock beyond its years shows as the epoch.
pub(crate) fn instant(at: model::Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .to_string()
}

fn csv(app: &App, caller: &Caller, search: &Search, out: &mut dyn Write) -> Result<u64, Error> {
    // What columns there are is only known when every record was seen once.
    let mut fields: BTreeSet<FieldName> = BTreeSet::new();
    each(app, caller, search, |detail| {
        fields.extend(detail.record.fields.keys().cloned());
        Ok(())
    })?;
    let mut table = csv::Writer::from_writer(out);
    let heading = COLUMNS
        .into_iter()
        .chain(fields.iter().map(FieldName::as_str));
    table.write_record(heading).map_err(not_written)?;
    let count = each(app, caller, search, |detail| {
        let (document, record) = (&detail.summary.document, &detail.record);
        let of_document = [
            document.id.to_string(),
            plain(document.name.expose()),
            document.status.as_str().to_owned(),
            record
                .document_type
                .map(|kind| kind.to_string())
                .unwrap_or_default(),
            record.issuing_country.clone().unwrap_or_default(),
            record.doubtful().to_string(),
            plain(&detail.summary.submitted_by_name),
            instant(document.submitted_at),
            instant(document.changed_at),
        ];
        let values = fields.iter().map(|name| held(record, name));
        table
            .write_record(of_document.into_iter().chain(values))
            .map_err(not_written)
    })?;
    table.flush().map_err(Error::NotWritten)?;
    Ok(count)
}

fn not_written(error: csv::Error) -> Error {
    Error::NotWritten(error.into())
}

fn held(record: &Record, name: &FieldName) -> String {
    let field = record.fields.get(name);
    field.map_or_else(String::new, |field| plain(field.value.expose()))
}

/// A text that a spreadsheet takes for a text: one that begins like a formula gets an apostrophe before it
/// (OWASP, CSV injection).
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
