//! The small pictures of lists: made once by a job, kept sealed like the files themselves.

use blobs::{DataKey, ObjectName};
use image::{RgbImage, imageops};
use model::{DocumentId, Timestamp};
use store::{Transaction, readings, thumbnails};

use crate::{
    App, Error, documents as acts, images,
    jobs::{self, Kind, Outcome, Queue, Request, Work},
    random,
};

/// The job that follows the reading of a document.
pub(crate) const MAKE: Kind = Kind {
    name: "make_thumbnail",
    run: make_one,
};

/// The recurring job that makes what is missing all the same: one that could not be made, or was lost.
pub(crate) const MAKE_MISSING: Kind = Kind {
    name: "make_missing_thumbnails",
    run: make_missing,
};

/// How many documents without a thumbnail are looked for at a time.
const BATCH: u32 = 50;

pub(crate) fn purpose(document: DocumentId) -> String {
    format!("lectern data key of thumbnail {document}")
}

/// Keeps the job that makes the thumbnail of a document.
pub(crate) fn enqueue(
    transaction: &Transaction,
    id: DocumentId,
    now: Timestamp,
) -> Result<(), Error> {
    let request = Request {
        queue: Queue::Media,
        kind: MAKE.name,
        document: Some(id),
        priority: 0,
        key: &format!("{}:{id}", MAKE.name),
    };
    jobs::enqueue(transaction, &request, now)
}

fn make_one(work: &Work<'_>) -> Result<Outcome, Error> {
    if let Some(id) = work.document() {
        match make(work.app, id) {
            Ok(_) | Err(Error::DocumentNotFound | Error::PicturesErased | Error::InTrash) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Outcome::Done)
}

/// Makes the thumbnails of documents that were read and have none. A document whose pages cannot be
/// shown gets none, and is passed over.
fn make_missing(work: &Work<'_>) -> Result<Outcome, Error> {
    let mut passed_over = Vec::new();
    loop {
        let most = BATCH + passed_over.len() as u32;
        let mut missing = thumbnails::missing(&work.app.inner.store.read()?, most)?;
        missing.retain(|id| !passed_over.contains(id));
        if missing.is_empty() {
            return Ok(Outcome::Done);
        }
        for id in missing {
            if !work.goes_on() {
                return Ok(Outcome::Left);
            }
            match make(work.app, id) {
                Ok(_) | Err(Error::DocumentNotFound) => {}
                Err(error) if error.is_permanent() => passed_over.push(id),
                Err(error) => return Err(error),
            }
        }
    }
}

/// Makes the thumbnail of a document and keeps it. Made twice, the later one stays.
pub(crate) fn make(app: &App, id: DocumentId) -> Result<Vec<u8>, Error> {
    let jpeg = draw(app, id)?;
    let key = DataKey::new(random::bytes()?);
    let naming = &app.inner.naming;
    let name = naming.object_name(&naming.digest(&jpeg), &key);
    // The object first: a row never names what is not there. One that no row names is collected.
    app.inner.blobs.put(&name, &key, &jpeg)?;
    let now = app.now();
    let before = app.write(|transaction| {
        // Its pictures may have been erased while this one was drawn.
        acts::summary(transaction, id)?.demand_pictures()?;
        let thumbnail = thumbnails::Thumbnail {
            document: id,
            object_name: name.as_str().to_owned(),
            wrapped_key: app.wrap_key(transaction, &purpose(id), key.bytes())?,
            created_at: now,
        };
        Ok(thumbnails::put(transaction, &thumbnail)?)
    })?;
    if let Some(before) = before {
        app.inner.blobs.forget(&ObjectName::parse(&before)?)?;
    }
    Ok(jpeg)
}

/// The first page, upright as far as its text tells, small.
pub(crate) fn draw(app: &App, id: DocumentId) -> Result<Vec<u8>, Error> {
    let turns = {
        let snapshot = app.inner.store.read()?;
        let reading = readings::latest(&snapshot, id)?;
        reading.and_then(|reading| reading.pages.first().map(|page| page.quarter_turns))
    };
    let pages = images::pages(app, id)?;
    let page = images::page_of(&pages, 0)?;
    Ok(match turns.unwrap_or_default() % 4 {
        0 => vision::picture::thumbnail(page)?,
        turns => vision::picture::thumbnail(&turned(page, turns))?,
    })
}

fn turned(page: &RgbImage, quarter_turns: u8) -> RgbImage {
    match quarter_turns {
        1 => imageops::rotate90(page),
        2 => imageops::rotate180(page),
        _ => imageops::rotate270(page),
    }
}

/// The thumbnail that is kept of a document, if there is one and it can be had.
pub(crate) fn kept(app: &App, id: DocumentId) -> Result<Option<Vec<u8>>, Error> {
    let found = thumbnails::of_document(&app.inner.store.read()?, id)?;
    let Some(found) = found else {
        return Ok(None);
    };
    let Some(key) = app.unwrap_key(&purpose(id), &found.wrapped_key)? else {
        return Ok(None);
    };
    let name = ObjectName::parse(&found.object_name)?;
    match app.inner.blobs.get(&name, &DataKey::new(key)) {
        Ok(jpeg) => Ok(Some(jpeg)),
        // It can be made again, so that it is gone or altered hurts nobody.
        Err(blobs::Error::Missing | blobs::Error::Altered) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
