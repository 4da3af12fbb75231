//! Certificates of what was erased. What they say and how they are sealed is decided elsewhere.

use model::{DocumentId, Timestamp};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, Value, values},
};

/// What was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// The file and its thumbnail.
    Pictures,
    /// Everything that was known of the document.
    Record,
}

impl What {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pictures => "pictures",
            Self::Record => "record",
        }
    }
}

impl std::str::FromStr for What {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "pictures" => Ok(Self::Pictures),
            "record" => Ok(Self::Record),
            _ => Err("pictures or record is erased".to_owned()),
        }
    }
}

/// One certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Its id.
    pub id: String,
    /// The document.
    pub document: DocumentId,
    /// Its family; empty where it was not known.
    pub document_type: String,
    /// What was erased.
    pub what: What,
    /// When the document had been settled; when it had not, when it was erased.
    pub decided_at: Timestamp,
    /// When it was erased.
    pub erased_at: Timestamp,
    /// The certificate, as JSON.
    pub certificate: String,
    /// Its seal; hexadecimal.
    pub seal: String,
}

const COLUMNS: &str =
    "id, document_id, document_type, what, decided_at, erased_at, certificate, seal";

fn from_row(row: &Row<'_>) -> Result<Erasure, Error> {
    Ok(Erasure {
        id: row.get("id")?,
        document: row.parse("document_id")?,
        document_type: row.get("document_type")?,
        what: row.parse("what")?,
        decided_at: row.get("decided_at")?,
        erased_at: row.get("erased_at")?,
        certificate: row.get("certificate")?,
        seal: row.get("seal")?,
    })
}

/// Keeps a certificate.
pub fn append(transaction: &Transaction, erasure: &Erasure) -> Result<(), Error> {
    transaction.execute(
        &format!("INSERT INTO erasures ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
        values![
            erasure.id.as_str(),
            erasure.document,
            erasure.document_type.as_str(),
            erasure.what.as_str(),
            erasure.decided_at,
            erasure.erased_at,
            erasure.certificate.as_str(),
            erasure.seal.as_str(),
        ],
    )?;
    Ok(())
}

/// The certificate of an id.
pub fn get(snapshot: &Snapshot, id: &str) -> Result<Option<Erasure>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM erasures WHERE id = ?");
    snapshot.first(&sql, values![id], from_row)
}

/// At most `limit` certificates, newest first: those before the one of an id, and only of one document where
/// one is named.
pub fn list(
    snapshot: &Snapshot,
    document: Option<DocumentId>,
    before: Option<&str>,
    limit: u32,
) -> Result<Vec<Erasure>, Error> {
    let mut conditions = Vec::new();
    let mut values = Vec::new();
    if let Some(document) = document {
        conditions.push("document_id = ?");
        values.push(Value::from(document));
    }
    // Ids begin with the instant, so their order is that of the erasures.
    if let Some(before) = before {
        conditions.push("id < ?");
        values.push(Value::from(before));
    }
    let mut sql = format!("SELECT {COLUMNS} FROM erasures");
    if !conditions.is_empty() {
        sql = format!("{sql} WHERE {}", conditions.join(" AND "));
    }
    values.push(Value::from(limit));
    snapshot.all(
        &format!("{sql} ORDER BY id DESC LIMIT ?"),
        &values,
        from_row,
    )
}

/// At most `limit` certificates of records that were settled at an instant or before, in that order; those
/// after `after`. The certificates of their pictures go with them.
pub fn proofs(
    snapshot: &Snapshot,
    until: Timestamp,
    after: Option<&Erasure>,
    limit: u32,
) -> Result<Vec<Erasure>, Error> {
    let (decided_at, id) = after.map_or((Timestamp(i64::MIN), ""), |after| {
        (after.decided_at, after.id.as_str())
    });
    let sql = format!(
        "SELECT {COLUMNS} FROM erasures
         WHERE (decided_at, id) > (?, ?) AND decided_at <= ? AND what = 'record'
         ORDER BY decided_at, id LIMIT ?"
    );
    snapshot.all(&sql, values![decided_at, id, until, limit], from_row)
}

/// Removes every certificate of a document; says whether there was one.
pub fn delete(transaction: &Transaction, document: DocumentId) -> Result<bool, Error> {
    let deleted = transaction.execute(
        "DELETE FROM erasures WHERE document_id = ?",
        values![document],
    )?;
    Ok(deleted > 0)
}
