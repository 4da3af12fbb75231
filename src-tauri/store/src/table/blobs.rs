//! Which object holds which bytes, and the wrapped key that opens it.

use model::{BlobDigest, Timestamp};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, Value, damaged, values},
};

/// A blob as the database knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Keyed digest of the content.
    pub digest: BlobDigest,
    /// Name of the object that holds it.
    pub object_name: String,
    /// Its data key, wrapped; hexadecimal. Empty once it is destroyed: nobody can open the object any more.
    pub wrapped_key: String,
    /// Bytes of content.
    pub size: u64,
    /// When it was reserved.
    pub created_at: Timestamp,
}

fn from_row(row: &Row<'_>) -> Result<Blob, Error> {
    let digest: String = row.get("digest")?;
    Ok(Blob {
        digest: BlobDigest::try_from(digest).map_err(|_| damaged("digest"))?,
        object_name: row.get("object_name")?,
        wrapped_key: row.get("wrapped_key")?,
        size: row.get("size")?,
        created_at: row.get("created_at")?,
    })
}

/// Keeps rows of digests that are not there yet.
pub fn insert_all<'a>(
    transaction: &Transaction,
    blobs: impl IntoIterator<Item = &'a Blob>,
) -> Result<(), Error> {
    let row = |blob: &Blob| {
        values![
            &blob.digest,
            blob.object_name.as_str(),
            blob.wrapped_key.as_str(),
            blob.size as i64,
            blob.created_at,
        ]
        .to_vec()
    };
    let rows: Vec<_> = blobs.into_iter().map(row).collect();
    transaction.insert_all(
        "INSERT INTO blobs (digest, object_name, wrapped_key, size, created_at)
         VALUES (?, ?, ?, ?, ?)",
        &rows,
    )
}

/// Keeps a row of a digest that is not there yet.
pub fn insert(transaction: &Transaction, blob: &Blob) -> Result<(), Error> {
    insert_all(transaction, [blob])
}

/// Reserves a row, unless there is one of the same digest; answers with the one that holds.
pub fn reserve(transaction: &Transaction, blob: &Blob) -> Result<Blob, Error> {
    transaction.execute(
        "INSERT INTO blobs (digest, object_name, wrapped_key, size, created_at)
         VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (digest) DO NOTHING",
        values![
            &blob.digest,
            blob.object_name.as_str(),
            blob.wrapped_key.as_str(),
            blob.size as i64,
            blob.created_at,
        ],
    )?;
    Ok(by_digest(transaction, &blob.digest)?.unwrap_or_else(|| blob.clone()))
}

/// The blob of a digest.
pub fn by_digest(snapshot: &Snapshot, digest: &BlobDigest) -> Result<Option<Blob>, Error> {
    snapshot.first(
        "SELECT digest, object_name, wrapped_key, size, created_at FROM blobs WHERE digest = ?",
        values![digest],
        from_row,
    )
}

/// Destroys the row and with it the only key of the object.
pub fn delete(transaction: &Transaction, digest: &BlobDigest) -> Result<(), Error> {
    transaction.execute("DELETE FROM blobs WHERE digest = ?", values![digest])?;
    Ok(())
}

/// Destroys the only key of the object and keeps the row, which documents refer to.
pub fn destroy_key(transaction: &Transaction, digest: &BlobDigest) -> Result<(), Error> {
    transaction.execute(
        "UPDATE blobs SET wrapped_key = '' WHERE digest = ?",
        values![digest],
    )?;
    Ok(())
}

/// At most `limit` blobs whose key another master key wrapped than the one of this id
/// of eight digits, with which a wrapped key begins.
pub fn wrapped_otherwise(
    snapshot: &Snapshot,
    master: &str,
    limit: u32,
) -> Result<Vec<Blob>, Error> {
    snapshot.all(
        "SELECT digest, object_name, wrapped_key, size, created_at FROM blobs
         WHERE wrapped_key <> '' AND substr(wrapped_key, 1, 9) <> ? ORDER BY digest LIMIT ?",
        values![format!("{master}:"), limit],
        from_row,
    )
}

/// Sets the wrapped key of a blob: the same key, wrapped by another one.
pub fn rewrap(transaction: &Transaction, digest: &BlobDigest, wrapped: &str) -> Result<(), Error> {
    transaction.execute(
        "UPDATE blobs SET wrapped_key = ? WHERE digest = ?",
        values![wrapped, digest],
    )?;
    Ok(())
}

/// At most `limit` blobs that have a key, in the order of their digests, those after `after`.
pub fn page(
    snapshot: &Snapshot,
    after: Option<&BlobDigest>,
    limit: u32,
) -> Result<Vec<Blob>, Error> {
    snapshot.all(
        "SELECT digest, object_name, wrapped_key, size, created_at FROM blobs
         WHERE digest > ? AND wrapped_key <> '' ORDER BY digest LIMIT ?",
        values![after.map_or("", BlobDigest::as_str), limit],
        from_row,
    )
}

/// Which of these objects a row names and has the key of.
pub fn named(snapshot: &Snapshot, objects: &[&str]) -> Result<Vec<String>, Error> {
    if objects.is_empty() {
        return Ok(Vec::new());
    }
    let marks = vec!["?"; objects.len()].join(", ");
    let values: Vec<Value> = objects.iter().map(|name| Value::from(*name)).collect();
    snapshot.all(
        &format!(
            "SELECT object_name FROM blobs
             WHERE wrapped_key <> '' AND object_name IN ({marks})"
        ),
        &values,
        |row| row.get("object_name"),
    )
}

/// At most `limit` blobs that were reserved before an instant and belong to no document.
pub fn abandoned(snapshot: &Snapshot, before: Timestamp, limit: u32) -> Result<Vec<Blob>, Error> {
    snapshot.all(
        "SELECT digest, object_name, wrapped_key, size, created_at FROM blobs
         WHERE created_at < ? AND NOT EXISTS (
             SELECT 1 FROM documents WHERE documents.digest = blobs.digest
         ) ORDER BY created_at LIMIT ?",
        values![before, limit],
        from_row,
    )
}
