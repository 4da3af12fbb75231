//! Pictures of documents for the screens.

use model::{Caller, DocumentId, FieldName};

use crate::{App, Error};

/// A page as PNG, its longer side no longer than `max_side` pixels.
pub fn page_png(
    _app: &App,
    _caller: &Caller,
    _id: DocumentId,
    _page: u32,
    _max_side: Option<u32>,
) -> Result<Vec<u8>, Error> {
    Err(Error::DocumentNotFound)
}

/// The first page as JPEG, at most 300 × 300 pixels.
pub fn thumbnail_jpeg(_app: &App, _caller: &Caller, _id: DocumentId) -> Result<Vec<u8>, Error> {
    Err(Error::DocumentNotFound)
}

/// The part of the page where a field was read, upright, as PNG.
pub fn field_crop_png(
    _app: &App,
    _caller: &Caller,
    _id: DocumentId,
    _field: &FieldName,
) -> Result<Vec<u8>, Error> {
    Err(Error::DocumentNotFound)
}
