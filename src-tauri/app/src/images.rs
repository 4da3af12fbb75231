//! Pictures of documents for the screens.

use std::sync::{Arc, Mutex, PoisonError};

use image::RgbImage;
use model::{Caller, DocumentId, Evidence, FieldName, Reading};

use crate::{
    App, Error, audit, documents, intake, locks,
    permission::{Act, demand},
    sides, thumbnails,
};

/// Room around a field in its crop, as a part of the field's height: enough to see the letters'
/// surroundings, not so much that the next line comes into view.
const CROP_MARGIN: f32 = 0.4;

/// A page as PNG, its longer side no longer than `max_side` pixels.
pub fn page_png(
    app: &App,
    caller: &Caller,
    id: DocumentId,
    page: u32,
    max_side: Option<u32>,
) -> Result<Vec<u8>, Error> {
    demand(caller, Act::SeeDocument)?;
    audit::seen(app, caller, id)?;
    self::page(app, id, page, max_side)
}

/// A page as PNG, for whoever was let in already.
pub(crate) fn page(
    app: &App,
    id: DocumentId,
    page: u32,
    max_side: Option<u32>,
) -> Result<Vec<u8>, Error> {
    let (id, page) = sides::page(app, id, page)?;
    let pages = pages(app, id)?;
    Ok(vision::picture::png(
        page_of(&pages, page)?,
        max_side.map(|side| side.max(1)),
    )?)
}

/// The first page as JPEG, at most 300 × 300 pixels.
pub fn thumbnail_jpeg(app: &App, caller: &Caller, id: DocumentId) -> Result<Vec<u8>, Error> {
    demand(caller, Act::SeeDocument)?;
    thumbnail(app, id)
}

/// The first page as JPEG, for whoever was let in already: from memory, as its job made it, or, as long as
/// that has not happened, drawn now.
pub(crate) fn thumbnail(app: &App, id: DocumentId) -> Result<Vec<u8>, Error> {
    // The cache outlives the document in other processes than the one that deletes it.
    documents::summary(&app.inner.store.read()?, id)?.demand_pictures()?;
    if let Some(thumbnail) = app.inner.pictures.thumbnail(id) {
        return Ok(thumbnail.to_vec());
    }
    if let Some(kept) = thumbnails::kept(app, id)? {
        app.inner.pictures.keep_thumbnail(id, &kept);
        return Ok(kept);
    }
    // Not put into memory: once the document is read, the page may turn out to lie on its side.
    thumbnails::draw(app, id)
}

/// The file as it was submitted, with its media type, for whoever was let in already.
pub(crate) fn original(app: &App, id: DocumentId) -> Result<(String, Vec<u8>), Error> {
    let snapshot = app.inner.store.read()?;
    let found = documents::summary(&snapshot, id)?;
    found.demand_pictures()?;
    let blob = store::blobs::by_digest(&snapshot, &found.document.digest)?;
    drop(snapshot);
    Ok((found.document.media_type, content(app, blob.as_ref())?))
}

/// The part of the page where a field was read, upright, as PNG: by what the value rests on, or, where
/// places differ, by what the one of this number in the list of sources says.
pub fn field_crop_png(
    app: &App,
    caller: &Caller,
    id: DocumentId,
    field: &FieldName,
    source: Option<usize>,
) -> Result<Vec<u8>, Error> {
    demand(caller, Act::SeeDocument)?;
    audit::seen(app, caller, id)?;
    let reading = sides::reading(&app.inner.store.read()?, id)?;
    let evidence = reading.and_then(|reading| evidence(reading, field, source));
    let on_page = evidence.as_ref().map_or(0, |evidence| evidence.page);
    let (id, number) = sides::page(app, id, on_page)?;
    // Asks for the pages in any case, so that a missing document is told from a missing place.
    let pages = pages(app, id)?;
    let evidence = evidence.ok_or_else(|| Error::NoEvidence {
        field: field.clone(),
    })?;
    let page = page_of(&pages, number)?;
    let crop = vision::picture::crop(page, &evidence.quad, CROP_MARGIN)?;
    Ok(vision::picture::png(&crop, None)?)
}

/// The first piece of the page behind a field, or behind one of the sources that differ about it.
fn evidence(mut reading: Reading, field: &FieldName, source: Option<usize>) -> Option<Evidence> {
    let all = match source {
        None => reading.fields.shift_remove(field)?.evidence,
        Some(number) => {
            let disagreements = reading.disagreements.into_iter();
            let sources = disagreements
                .filter(|one| one.field == *field)
                .flat_map(|one| one.sources);
            sources.skip(number).map(|source| source.evidence).next()?
        }
    };
    all.into_iter().next()
}

pub(crate) fn page_of(pages: &[RgbImage], page: u32) -> Result<&RgbImage, Error> {
    pages.get(page as usize).ok_or(Error::PageNotFound { page })
}

/// The decoded pages of a document, from the cache or from its sealed file.
pub(crate) fn pages(app: &App, id: DocumentId) -> Result<Arc<Vec<RgbImage>>, Error> {
    let (bytes, password) = {
        let snapshot = app.inner.store.read()?;
        let found = documents::summary(&snapshot, id)?;
        found.demand_pictures()?;
        if let Some(pages) = app.inner.pictures.pages(id) {
            return Ok(pages);
        }
        let blob = store::blobs::by_digest(&snapshot, &found.document.digest)?;
        drop(snapshot);
        let password = locks::password(app, id, blob.as_ref())?;
        (content(app, blob.as_ref())?, password)
    };
    let settings = app.settings();
    let decoded = settings
        .decoder
        .decode(&bytes, &settings.limits, password.as_ref());
    let decoded = decoded.map_err(Error::NotShowable)?;
    let pages = Arc::new(decoded.pages);
    app.inner.pictures.keep_pages(id, &pages);
    Ok(pages)
}

/// The bytes of a blob, every one of them proved to be what was submitted.
pub(crate) fn content(app: &App, blob: Option<&store::blobs::Blob>) -> Result<Vec<u8>, Error> {
    let object = intake::object(app, blob.ok_or(Error::FileMissing)?)?;
    app.inner
        .blobs
        .get(&object.name, &object.key)
        .map_err(|error| match error {
            blobs::Error::Missing => Error::FileMissing,
            blobs::Error::Altered => Error::FileAltered,
            other => Error::Blobs(other),
        })
}

/// Pages and thumbnails that were asked for lately. They stay in memory, never in a file.
#[derive(Default)]
pub(crate) struct Cache {
    pages: Mutex<Vec<(DocumentId, Arc<Vec<RgbImage>>)>>,
    thumbnails: Mutex<Vec<(DocumentId, Arc<[u8]>)>>,
}

/// All pages together: a reviewer goes to and fro between a few documents of some 36 MB (12
/// megapixels), each of which is asked for once as a page and then field by field.
const PAGES_BYTES: usize = 256 * 1024 * 1024;

/// About 10 kB each: as many as anybody scrolls through.
const THUMBNAILS: usize = 500;

impl Cache {
    fn pages(&self, id: DocumentId) -> Option<Arc<Vec<RgbImage>>> {
        let mut kept = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(kept, _)| *kept == id)?;
        let entry = kept.remove(at);
        let pages = Arc::clone(&entry.1);
        kept.push(entry);
        Some(pages)
    }

    /// Keeps the pages and drops those that were not asked for the longest.
    fn keep_pages(&self, id: DocumentId, pages: &Arc<Vec<RgbImage>>) {
        let mut kept = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(kept, _)| *kept != id);
        kept.push((id, Arc::clone(pages)));
        let mut total = 0;
        let fitting = kept
            .iter()
            .rev()
            .take_while(|(_, pages)| {
                total += size_of_pages(pages);
                total <= PAGES_BYTES
            })
            .count();
        let dropped = kept.len() - fitting;
        kept.drain(..dropped);
    }

    fn thumbnail(&self, id: DocumentId) -> Option<Arc<[u8]>> {
        let kept = self
            .thumbnails
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|(kept, _)| *kept == id);
        found.map(|(_, thumbnail)| Arc::clone(thumbnail))
    }

    fn keep_thumbnail(&self, id: DocumentId, thumbnail: &[u8]) {
        let mut kept = self
            .thumbnails
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(kept, _)| *kept != id);
        if kept.len() >= THUMBNAILS {
            kept.remove(0);
        }
        kept.push((id, Arc::from(thumbnail)));
    }

    /// Drops what is kept of a document.
    pub(crate) fn forget(&self, id: DocumentId) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.retain(|(kept, _)| *kept != id);
        let mut thumbnails = self
            .thumbnails
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        thumbnails.retain(|(kept, _)| *kept != id);
    }
}

fn size_of_pages(pages: &[RgbImage]) -> usize {
    pages.iter().map(|page| page.as_raw().len()).sum()
}

impl std::fmt::Debug for Cache {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Cache")
    }
}
