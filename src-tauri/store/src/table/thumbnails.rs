//! The small pictures of documents: which object holds which, and the wrapped key that opens it.

use model::{DocumentId, Timestamp};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, Value, values},
};

/// A thumbnail as the database knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// Whose picture it is.
    pub document: DocumentId,
    /// Name of the object that holds it.
    pub object_name: String,
    /// Its data key, wrapped.
    pub wrapped_key: String,
    /// When it was made.
    pub created_at: Timestamp,
}

fn from_row(row: &Row<'_>) -> Result<Thumbnail, Error> {
    Ok(Thumbnail {
        document: row.parse("document_id")?,
        object_name: row.get("object_name")?,
        wrapped_key: row.get("wrapped_key")?,
        created_at: row.get("created_at")?,
    })
}

/// Keeps a thumbnail in the place of the one before; says which object that one was in.
pub fn put(transaction: &Transaction, thumbnail: &Thumbnail) -> Result<Option<String>, Error> {
    let before = of_document(transaction, thumbnail.document)?;
    transaction.execute(
        "INSERT INTO thumbnails (document_id, object_name, wrapped_key, created_at)
         VALUES (?, ?, ?, ?)
         ON CONFLICT (document_id) DO UPDATE
         SET object_name = excluded.object_name, wrapped_key = excluded.wrapped_key,
             created_at = excluded.created_at",
        values![
            thumbnail.document,
            thumbnail.object_name.as_str(),
            thumbnail.wrapped_key.as_str(),
            thumbnail.created_at,
        ],
    )?;
    Ok(before.map(|before| before.object_name))
}

/// The thumbnail of a document.
pub fn of_document(snapshot: &Snapshot, document: DocumentId) -> Result<Option<Thumbnail>, Error> {
    snapshot.first(
        "SELECT document_id, object_name, wrapped_key, created_at FROM thumbnails
         WHERE document_id = ?",
        values![document],
        from_row,
    )
}

/// Destroys the row and with it the only key of the object; says which object that was.
pub fn delete(transaction: &Transaction, document: DocumentId) -> Result<Option<String>, Error> {
    let found = of_document(transaction, document)?;
    transaction.execute(
        "DELETE FROM thumbnails WHERE document_id = ?",
        values![document],
    )?;
    Ok(found.map(|found| found.object_name))
}

/// At most `limit` thumbnails in the order of their documents, those after `after`.
pub fn page(
    snapshot: &Snapshot,
    after: Option<DocumentId>,
    limit: u32,
) -> Result<Vec<Thumbnail>, Error> {
    let after = after.map(|after| after.to_string()).unwrap_or_default();
    snapshot.all(
        "SELECT document_id, object_name, wrapped_key, created_at FROM thumbnails
         WHERE document_id > ? ORDER BY document_id LIMIT ?",
        values![after, limit],
        from_row,
    )
}

/// Which of these objects hold a thumbnail.
pub fn named(snapshot: &Snapshot, objects: &[&str]) -> Result<Vec<String>, Error> {
    if objects.is_empty() {
        return Ok(Vec::new());
    }
    let marks = vec!["?"; objects.len()].join(", ");
    let values: Vec<Value> = objects.iter().map(|name| Value::from(*name)).collect();
    snapshot.all(
        &format!("SELECT object_name FROM thumbnails WHERE object_name IN ({marks})"),
        &values,
        |row| row.get("object_name"),
    )
}

/// At most `limit` open documents that were read, have pictures and no thumbnail, the newest first.
pub fn missing(snapshot: &Snapshot, limit: u32) -> Result<Vec<DocumentId>, Error> {
    snapshot.all(
        "SELECT documents.id FROM documents
         WHERE documents.pages > 0 AND documents.archived_at IS NULL
             AND documents.pictures_erased_at IS NULL AND NOT EXISTS (
             SELECT 1 FROM thumbnails WHERE thumbnails.document_id = documents.id
         ) ORDER BY documents.number DESC LIMIT ?",
        values![limit],
        |row| row.parse("id"),
    )
}

/// At most `limit` thumbnails whose key another master key wrapped than the one of this id of eight
/// digits.
pub fn wrapped_otherwise(
    snapshot: &Snapshot,
    master: &str,
    limit: u32,
) -> Result<Vec<Thumbnail>, Error> {
    snapshot.all(
        "SELECT document_id, object_name, wrapped_key, created_at FROM thumbnails
         WHERE substr(wrapped_key, 1, 9) <> ? ORDER BY document_id LIMIT ?",
        values![format!("{master}:"), limit],
        from_row,
    )
}

/// Sets the wrapped key of a thumbnail: the same key, wrapped by another one.
pub fn rewrap(transaction: &Transaction, document: DocumentId, wrapped: &str) -> Result<(), Error> {
    transaction.execute(
        "UPDATE thumbnails SET wrapped_key = ? WHERE document_id = ?",
        values![wrapped, document],
    )?;
    Ok(())
}
