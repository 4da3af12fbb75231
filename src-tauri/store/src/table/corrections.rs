//! What people did to fields, appended.

use model::{Correction, CorrectionKind, DocumentId, FieldName};

use crate::{
    Error, Snapshot, Transaction,
    sql::{damaged, values},
};

/// The word a kind is kept as.
pub const fn word(kind: CorrectionKind) -> &'static str {
    match kind {
        CorrectionKind::Confirmed => "confirmed",
        CorrectionKind::Edited => "edited",
        CorrectionKind::Cleared => "cleared",
    }
}

fn kind(word: &str) -> Result<CorrectionKind, Error> {
    match word {
        "confirmed" => Ok(CorrectionKind::Confirmed),
        "edited" => Ok(CorrectionKind::Edited),
        "cleared" => Ok(CorrectionKind::Cleared),
        _ => Err(damaged("kind")),
    }
}

/// Appends a correction.
pub fn append(transaction: &Transaction, correction: &Correction) -> Result<(), Error> {
    append_all(transaction, [correction])
}

/// Appends corrections, in this order.
pub fn append_all<'a>(
    transaction: &Transaction,
    corrections: impl IntoIterator<Item = &'a Correction>,
) -> Result<(), Error> {
    let row = |correction: &Correction| {
        values![
            correction.id,
            correction.document,
            correction.field.as_str(),
            word(correction.kind),
            &correction.value,
            correction.by,
            correction.at,
        ]
        .to_vec()
    };
    let rows: Vec<_> = corrections.into_iter().map(row).collect();
    transaction.insert_all(
        "INSERT INTO corrections (id, document_id, field, kind, value, corrected_by, corrected_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        &rows,
    )
}

/// Every correction of a document, oldest first.
pub fn of_document(snapshot: &Snapshot, document: DocumentId) -> Result<Vec<Correction>, Error> {
    snapshot.all(
        "SELECT id, document_id, field, kind, value, corrected_by, corrected_at
         FROM corrections WHERE document_id = ? ORDER BY sequence",
        values![document],
        |row| {
            Ok(Correction {
                id: row.parse("id")?,
                document: row.parse("document_id")?,
                field: FieldName::new(row.get::<String>("field")?),
                kind: kind(&row.get::<String>("kind")?)?,
                value: row.get("value")?,
                by: row.parse("corrected_by")?,
                at: row.get("corrected_at")?,
            })
        },
    )
}
