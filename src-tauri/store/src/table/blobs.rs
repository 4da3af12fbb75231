//! Which object holds which bytes, and the wrapped key that opens it.

use model::{BlobDigest, Timestamp};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, damaged, values},
};

/// A blob as the database knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Keyed digest of the content.
    pub digest: BlobDigest,
    /// Name of the object that holds it.
    pub object_name: String,
    /// Its data key, wrapped; hexadecimal.
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
