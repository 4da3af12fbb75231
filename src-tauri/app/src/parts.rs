//! Documents that were cut out of one picture: each becomes a file and a document of its own.

use model::{
    BlobDigest, ChangeKind, Document, DocumentId, DocumentStatus, Personal, Region, Timestamp,
};
use store::{Transaction, documents::Cut};

use crate::{
    App, Error,
    audit::{self, Details, What, Who},
    intake, note, random,
};

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
