//! What a person may ask for: everything that is kept of him, in one file (GDPR, article 15).
//!
//! The package holds the records as data and as a page to read, the pictures as they were submitted, a log of
//! what was done with them, and certificates of what is erased. It names no colleague: the log says
//! through which door somebody came, not who it was. What is in the trash is kept, and so is part of
//! it. That a package was made is in the audit log before its first byte leaves.

use std::io::{Seek, Write};

use model::{Caller, DocumentId, PersonId};
use serde::Serialize;
use store::{Database, Snapshot, audit as audit_rows, erasures, retention as retention_rows};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{
    App, Error, archive,
    audit::{self, Details, What},
    documents::{self, DocumentDetail},
    erasure::Sealed,
    exports::{self, Exported, instant},
    images,
    permission::{Act, demand},
};

mod arabic;
mod face;
mod paper;

use paper::Paper;

/// How many entries of the log are fetched at once.
const PAGE: u32 = 500;

/// What is said first to whoever opens the package.
const README: &str = "\
What is kept of you

record.pdf            the same as below, to read and to print
subject.json          every record: what was read, what people corrected, and what each value rests on
processing-log.json   what was done with the documents, when, and through which door
documents/            the files as they were submitted
erasures/             certificates of what was erased before, where something was

Instants are in UTC.
";

/// Everything that is kept of one document.
struct Kept {
    id: DocumentId,
    /// None when it is erased and only certificates are left.
    detail: Option<DocumentDetail>,
    is_held: bool,
    log: Vec<LogLine>,
    certificates: Vec<Sealed>,
    file: Option<(String, Vec<u8>)>,
}

/// One line of what was done.
#[derive(Debug, Serialize)]
struct LogLine {
    document: String,
    at: String,
    act: String,
    /// `desktop`, `network`, `command_line`, or `program` for what it does by itself.
    door: String,
    details: serde_json::Value,
}

#[derive(Serialize)]
struct Data<'a> {
    made_at: String,
    store: String,
    documents: Vec<DocumentData<'a>>,
}

#[derive(Serialize)]
struct DocumentData<'a> {
    #[serde(flatten)]
    record: Exported<'a>,
    readings: u64,
    decided_at: Option<String>,
    pictures_erased_at: Option<String>,
    in_trash_since: Option<String>,
    under_legal_hold: bool,
}

/// Writes the package of these documents, which are one person's.
pub fn export(
    app: &App,
    caller: &Caller,
    documents: &[DocumentId],
    out: &mut (impl Write + Seek),
) -> Result<(), Error> {
    demand(caller, Act::Export)?;
    let kept: Result<Vec<Kept>, Error> = documents.iter().map(|id| gather(app, *id)).collect();
    let kept = kept?;
    app.write(|transaction| {
        for one in &kept {
            let (what, details) = (What::SubjectExported, Details::new());
            audit::record(app, transaction, caller, what, one.id, details)?;
        }
        Ok(())
    })?;
    write(app, &kept, out)
}

/// The documents of a person, wherever they are kept: open, closed away, in the trash, and other sides of cards.
pub fn documents_of(
    app: &App,
    caller: &Caller,
    person: PersonId,
) -> Result<Vec<DocumentId>, Error> {
    demand(caller, Act::Export)?;
    let mut documents = Vec::new();
    for store in app.record_stores() {
        for id in store::documents::ids_of_person(&store.read()?, person)? {
            // One on its way to the archive may be in both.
            if !documents.contains(&id) {
                documents.push(id);
            }
        }
    }
    if documents.is_empty() {
        return Err(Error::PersonNotFound);
    }
    Ok(documents)
}

/// Everything of one document, in one state of the database.
fn gather(app: &App, id: DocumentId) -> Result<Kept, Error> {
    let place = archive::find_kept(app, id)?;
    let database = place.map_or(Database::Default, |(database, _)| database);
    let snapshot = app.inner.databases.get(database).read()?;
    let mut certificates: Vec<Sealed> = Vec::new();
    let mut log = Vec::new();
    for store in app.record_stores() {
        let there = store.read()?;
        for row in erasures::list(&there, Some(id), None, PAGE)? {
            certificates.push(row.try_into()?);
        }
        log.extend(log_of(&there, id)?);
    }
    log.sort_by(|one: &LogLine, other| one.at.cmp(&other.at));
    let detail = match store::documents::find(&snapshot, id)? {
        Some(found) => Some(documents::detail_of(&snapshot, found)?),
        None if !certificates.is_empty() => None,
        None => return Err(Error::DocumentNotFound),
    };
    let is_held = retention_rows::hold_of(&snapshot, id)?.is_some();
    let blob = match &detail {
        Some(detail) if detail.summary.pictures_erased_at.is_none() => {
            let document = &detail.summary.document;
            let blob = store::blobs::by_digest(&snapshot, &document.digest)?;
            Some((document.media_type.clone(), blob))
        }
        Some(_) | None => None,
    };
    drop(snapshot);
    let file = match blob {
        Some((media_type, blob)) => Some((media_type, images::content(app, blob.as_ref())?)),
        None => None,
    };
    Ok(Kept {
        id,
        detail,
        is_held,
        log,
        certificates,
        file,
    })
}

/// What one database says that was done, oldest first.
fn log_of(snapshot: &Snapshot, id: DocumentId) -> Result<Vec<LogLine>, Error> {
    let mut log = Vec::new();
    let mut filter = audit_rows::Filter {
        subject: Some(id.to_string()),
        ..audit_rows::Filter::default()
    };
    loop {
        let page = audit_rows::list(snapshot, &filter, PAGE)?;
        filter.before = page.last().map(|last| last.sequence);
        log.extend(page.into_iter().map(|entry| log_line(id, entry)));
        if filter.before.is_none() {
            break;
        }
    }
    log.reverse();
    Ok(log)
}

fn log_line(id: DocumentId, entry: audit_rows::Entry) -> LogLine {
    // Digests prove a value to whoever has it and the salt; to a person they say nothing.
    let mut details = serde_json::from_str(&entry.details).unwrap_or(serde_json::Value::Null);
    if let Some(words) = details.as_object_mut() {
        words.retain(|_, word| {
            !word
                .as_str()
                .is_some_and(|word| word.starts_with("blake3:"))
        });
    }
    LogLine {
        document: id.to_string(),
        at: instant(entry.at),
        act: entry.act,
        door: entry.door,
        details,
    }
}

fn write(app: &App, kept: &[Kept], out: &mut (impl Write + Seek)) -> Result<(), Error> {
    let text = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    // Pictures are compressed already.
    let picture = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut package = ZipWriter::new(out);
    let mut add = |name: &str, options, bytes: &[u8]| {
        package.start_file(name, options).map_err(not_written)?;
        package.write_all(bytes).map_err(Error::NotWritten)
    };
    add("README.txt", text, README.as_bytes())?;
    add("record.pdf", text, &paper(app, kept))?;
    let details = kept
        .iter()
        .filter_map(|one| Some((one, one.detail.as_ref()?)));
    let data = Data {
        made_at: instant(app.now()),
        store: app.inner.store_id.to_string(),
        documents: details.map(|(one, detail)| data(one, detail)).collect(),
    };
    add("subject.json", text, &json(&data)?)?;
    let log: Vec<&LogLine> = kept.iter().flat_map(|one| &one.log).collect();
    add("processing-log.json", text, &json(&log)?)?;
    for one in kept {
        if let Some((media_type, bytes)) = &one.file {
            let name = format!("documents/{}.{}", one.id, ending(media_type));
            add(&name, picture, bytes)?;
        }
        for sealed in &one.certificates {
            let name = format!("erasures/{}", sealed.certificate.id);
            add(&format!("{name}.json"), text, &json(sealed)?)?;
            add(&format!("{name}.txt"), text, sealed.page().as_bytes())?;
        }
    }
    package.finish().map_err(not_written)?;
    Ok(())
}

fn not_written(error: zip::result::ZipError) -> Error {
    Error::NotWritten(error.into())
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec_pretty(value).map_err(|error| Error::NotWritten(error.into()))
}

fn data<'a>(one: &Kept, detail: &'a DocumentDetail) -> DocumentData<'a> {
    let summary = &detail.summary;
    DocumentData {
        record: exports::exported(detail),
        readings: detail.readings,
        decided_at: summary.decided_at.map(instant),
        pictures_erased_at: summary.pictures_erased_at.map(instant),
        in_trash_since: summary.trashed_at.map(instant),
        under_legal_hold: one.is_held,
    }
}

/// What a file of a media type is called at its end.
fn ending(media_type: &str) -> &str {
    match media_type.rsplit('/').next() {
        Some("jpeg") => "jpg",
        Some(ending) if ending.chars().all(|letter| letter.is_ascii_alphanumeric()) => ending,
        _ => "bin",
    }
}

/// The records as a page to read.
fn paper(app: &App, kept: &[Kept]) -> Vec<u8> {
    let mut paper = Paper::new("What is kept of you");
    paper.text(&format!("Made at {}", instant(app.now())));
    for one in kept {
        paper.heading(&format!("Document {}", one.id));
        match &one.detail {
            Some(detail) => tell(&mut paper, one, detail),
            None => paper.text("Everything that was kept of this document is erased."),
        }
        for sealed in &one.certificates {
            paper.heading("Erased");
            for line in sealed
                .page()
                .lines()
                .filter(|line| !line.is_empty())
                .skip(1)
            {
                paper.text(line);
            }
        }
        paper.heading("What was done with it");
        for line in &one.log {
            paper.pair(
                &line.at,
                &format!("{} ({})", line.act, line.door.replace('_', " ")),
            );
        }
    }
    paper.finish()
}

fn tell(paper: &mut Paper, one: &Kept, detail: &DocumentDetail) {
    let (summary, document) = (&detail.summary, &detail.summary.document);
    paper.pair("File", document.name.expose());
    paper.pair("Submitted", &instant(document.submitted_at));
    paper.pair("Stands at", &document.status.as_str().replace('_', " "));
    if let Some(kind) = detail.record.document_type {
        paper.pair("Type", &kind.to_string().replace('_', " "));
    }
    if let Some(country) = &detail.record.issuing_country {
        paper.pair("Issued by", country);
    }
    for (label, at) in [
        ("Decided", summary.decided_at),
        ("Pictures erased", summary.pictures_erased_at),
        ("In the trash since", summary.trashed_at),
    ] {
        if let Some(at) = at {
            paper.pair(label, &instant(at));
        }
    }
    if one.is_held {
        paper.pair("Legal hold", "yes");
    }
    paper.heading("What it says");
    for (name, field) in &detail.record.fields {
        let value = field.value.expose();
        let value = if value.is_empty() { "(none)" } else { value };
        let by = match &field.corrected {
            Some(_) => "a person confirmed or entered it",
            None => "read by the machine",
        };
        paper.pair(&words(name.as_str()), &format!("{value}   ({by})"));
    }
    if !detail.corrections.is_empty() {
        paper.heading("What people corrected");
        for correction in &detail.corrections {
            let kind = store::corrections::word(correction.kind);
            let field = words(correction.field.as_str());
            let value = correction.value.expose();
            paper.pair(&instant(correction.at), &format!("{field}: {kind} {value}"));
        }
    }
    if let Some(reading) = &detail.reading {
        paper.heading("What was checked");
        for check in &reading.checks {
            paper.text(&check.message);
        }
    }
}

/// A name of a field as words: `date_of_birth` is `Date of birth`.
fn words(name: &str) -> String {
    let mut words = name.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}
