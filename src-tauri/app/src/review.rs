//! What a reviewer does to a field.

use model::{Caller, CorrectionKind, DocumentId, FieldName, Personal};

use crate::{App, Error, documents::DocumentDetail};

/// Appends a correction and answers with the document as it stands now.
///
/// `value` is needed for an edit and ignored otherwise: confirming keeps the value that holds.
pub fn correct(
    _app: &App,
    _caller: &Caller,
    _id: DocumentId,
    _field: &FieldName,
    _kind: CorrectionKind,
    _value: Option<Personal>,
) -> Result<DocumentDetail, Error> {
    Err(Error::DocumentNotFound)
}
