//! Documents that were cut out of one picture: each becomes a file and a document of its own, unless a person
//! says that the picture shows one document.

use model::{
    BlobDigest, Caller, ChangeKind, Document, DocumentId, DocumentStatus, Personal, Region,
    Timestamp,
};
use store::{Transaction, documents::Cut};

use crate::{
    App, Error,
    audit::{self, Details, What, Who},
    documents::{self, DocumentSummary},
    intake, note,
    permission::{Act, demand},
    random, related, trash,
};

/// Says whether a picture is one document, whatever lies on it, which holds whenever it is read again; answers
/// with the document of the picture, which may be named by a part of it.
///
/// Said of a picture that was cut apart, it becomes one record again, as it was read before it was cut; its
/// parts go to the trash, with what was corrected in them, and are documents of their own should somebody
/// want one back. Taken back, the picture is read and cut again, and its parts come out of the trash.
pub fn keep_whole(
    app: &App,
    caller: &Caller,
    id: DocumentId,
    whole: bool,
) -> Result<DocumentSummary, Error> {
    demand(caller, Act::JudgeDocuments)?;
    let now = app.now();
    let summary = app.write(|transaction| {
        let named = documents::summary(transaction, id)?;
        let sheet = named.belonging.cut_from.map_or(id, |cut| cut.sheet);
        let summary = documents::summary(transaction, sheet)?;
        summary.demand_not_in_trash()?;
        if summary.belonging.kept_whole == whole {
            return Ok(summary);
        }
        if summary.pages == 0 {
            return Err(Error::NotReadYet);
        }
        store::documents::set_kept_whole(transaction, sheet, whole)?;
        let what = if whole {
            join(app, transaction, caller, sheet, now)?;
            What::SheetKeptWhole
        } else {
            summary.demand_pictures()?;
            intake::enqueue(transaction, sheet, now)?;
            intake::set_status(transaction, sheet, DocumentStatus::Queued, now)?;
            What::SheetLeftToCut
        };
        audit::record(app, transaction, caller, what, sheet, Details::new())?;
        documents::summary(transaction, sheet)
    })?;
    app.inner.signal.ring();
    Ok(summary)
}

/// Puts the parts of a sheet away, so that it stands for itself.
fn join(
    app: &App,
    transaction: &Transaction,
    caller: &Caller,
    sheet: DocumentId,
    now: Timestamp,
) -> Result<(), Error> {
    let parts = store::documents::parts(transaction, sheet)?;
    for part in &parts {
        store::documents::clear_cut(transaction, *part)?;
        let summary = documents::summary(transaction, *part)?;
        if summary.trashed_at.is_none() {
            trash::lay(app, transaction, caller, *part)?;
        }
    }
    // After all of them are gone: two may have been the sides of one card.
    for part in parts {
        related::withdraw(app, transaction, part, now)?;
    }
    store::documents::count_parts(transaction, sheet)?;
    related::relate(app, transaction, sheet, now)?;
    related::refresh(transaction, sheet, now)
}

/// A part whose bytes are stored, and which no document names yet.
#[derive(Debug)]
pub(crate) struct Kept {
    digest: BlobDigest,
    object_name: String,
    size: u64,
    part: u32,
    region: Region,
}

/// Stores the bytes of parts. A crash after that leaves objects that no document names, as a submission may.
pub(crate) fn keep(app: &App, parts: &[read::Part]) -> Result<Vec<Kept>, Error> {
    let keep_one = |part: &read::Part| {
        let digest = app.inner.naming.digest(&part.bytes);
        let size = part.bytes.len() as u64;
        let object = intake::reserve(app, &digest, size)?;
        app.inner
            .blobs
            .put(&object.name, &object.key, &part.bytes)?;
        Ok(Kept {
            digest,
            object_name: object.name.as_str().to_owned(),
            size,
            part: part.document,
            region: part.region,
        })
    };
    parts.iter().map(keep_one).collect()
}

/// Makes documents of the parts, each with the job to read it; they stand for the picture from now on. A part
/// that is here already, from an earlier submission, stays as it is.
pub(crate) fn insert(
    app: &App,
    transaction: &Transaction,
    sheet: &Document,
    kept: &[Kept],
    now: Timestamp,
) -> Result<(), Error> {
    for (number, part) in kept.iter().enumerate() {
        let cut = Cut {
            sheet: sheet.id,
            part: part.part,
            region: part.region,
        };
        if let Some(found) = store::documents::by_digest(transaction, &part.digest)? {
            let orphan = match found.belonging.cut_from {
                Some(cut) => store::documents::get(transaction, cut.sheet)?.is_none(),
                None => true,
            };
            if orphan && found.document.id != sheet.id {
                store::documents::set_cut(transaction, found.document.id, &cut)?;
                if found.trashed_at.is_some() {
                    trash::take_out(app, transaction, Who::Program, found.document.id)?;
                }
            }
            continue;
        }
        let reserved = store::blobs::by_digest(transaction, &part.digest)?;
        if reserved.is_none_or(|blob| blob.object_name != part.object_name) {
            // Somebody submitted and deleted the very same bytes meanwhile; read again, it is cut again.
            return Err(Error::Store(store::Error::Busy));
        }
        let document = Document {
            id: DocumentId(random::id(now)?),
            name: name(&sheet.name, number + 1),
            digest: part.digest.clone(),
            media_type: "image/png".to_owned(),
            size: part.size,
            status: DocumentStatus::Queued,
            problem: None,
            submitted_by: sheet.submitted_by,
            submitted_at: now,
            changed_at: now,
        };
        store::documents::insert(transaction, &document)?;
        store::documents::set_cut(transaction, document.id, &cut)?;
        intake::enqueue(transaction, document.id, now)?;
        note(transaction, now, document.id, &ChangeKind::Submitted)?;
        let details = Details::new()
            .word("sheet", sheet.id.to_string())
            .word("digest", document.digest.as_str())
            .word("page", part.region.page);
        let what = What::DocumentCut;
        audit::record(app, transaction, Who::Program, what, document.id, details)?;
    }
    store::documents::count_parts(transaction, sheet.id)?;
    Ok(())
}

/// `scan.jpg` becomes `scan-2.png`.
fn name(sheet: &Personal, number: usize) -> Personal {
    let name = sheet.expose();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Personal::new(format!("{stem}-{number}.png"))
}
