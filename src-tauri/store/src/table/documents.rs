//! Documents, with what lists show of them.

use model::{
    BlobDigest, Document, DocumentId, DocumentStatus, DocumentType, Personal, Problem, Progress,
    Timestamp,
};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, Value, damaged, values},
    table::jobs,
};

/// What is derived from reading and corrections for lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Derived {
    /// Whose document it is.
    pub title: Option<Personal>,
    /// Family and side.
    pub document_type: Option<DocumentType>,
    /// Issuing state.
    pub issuing_country: Option<String>,
    /// Fields that wait for a person.
    pub doubtful: u32,
    /// Pages.
    pub pages: u32,
}

/// A document with everything that lists show.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its place in the order of submission.
    pub number: i64,
    /// The document.
    pub document: Document,
    /// What is derived.
    pub derived: Derived,
    /// How far the worker is, while one reads it.
    pub progress: Option<Progress>,
    /// Name of the user who submitted it.
    pub submitted_by_name: String,
}

/// Everything that lists show; the latest job of a document tells how far its reading is.
const SELECT: &str = "SELECT documents.number, documents.id, documents.name, documents.digest,
        documents.media_type, documents.size, documents.status, documents.problem_code,
        documents.problem_message, documents.submitted_by, documents.submitted_at,
        documents.changed_at, documents.title, documents.document_type,
        documents.issuing_country, documents.doubtful, documents.pages,
        users.name AS submitted_by_name, jobs.progress_step, jobs.progress_percent
    FROM documents
    JOIN users ON users.id = documents.submitted_by
    LEFT JOIN jobs ON documents.status = 'processing' AND jobs.sequence = (
        SELECT max(latest.sequence) FROM jobs AS latest WHERE latest.document_id = documents.id
    )";

fn from_row(row: &Row<'_>) -> Result<Listed, Error> {
    let digest: String = row.get("digest")?;
    let problem = match row.get::<Option<String>>("problem_code")? {
        Some(code) => Some(Problem {
            code,
            message: row.get("problem_message")?,
        }),
        None => None,
    };
    let document_type = match row.get::<Option<String>>("document_type")? {
        Some(_) => Some(row.parse("document_type")?),
        None => None,
    };
    Ok(Listed {
        number: row.get("number")?,
        document: Document {
            id: row.parse("id")?,
            name: row.get("name")?,
            digest: BlobDigest::try_from(digest).map_err(|_| damaged("digest"))?,
            media_type: row.get("media_type")?,
            size: row.get("size")?,
            status: row.parse("status")?,
            problem,
            submitted_by: row.parse("submitted_by")?,
            submitted_at: row.get("submitted_at")?,
            changed_at: row.get("changed_at")?,
        },
        derived: Derived {
            title: row.get("title")?,
            document_type,
            issuing_country: row.get("issuing_country")?,
            doubtful: row.get("doubtful")?,
            pages: row.get("pages")?,
        },
        progress: jobs::progress_from_row(row)?,
        submitted_by_name: row.get("submitted_by_name")?,
    })
}

/// Keeps a new document. A digest that is there already is an error of the engine: ask first, in
/// the same transaction.
pub fn insert(transaction: &Transaction, document: &Document) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO documents (id, name, digest, media_type, size, status, submitted_by,
                                submitted_at, changed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            document.id,
            &document.name,
            &document.digest,
            document.media_type.as_str(),
            document.size as i64,
            document.status.as_str(),
            document.submitted_by,
            document.submitted_at,
            document.changed_at,
        ],
    )?;
    Ok(())
}

/// The document of an id.
pub fn get(snapshot: &Snapshot, id: DocumentId) -> Result<Option<Listed>, Error> {
    let sql = format!("{SELECT} WHERE documents.id = ?");
    snapshot.first(&sql, values![id], from_row)
}

/// The document of a digest.
pub fn by_digest(snapshot: &Snapshot, digest: &BlobDigest) -> Result<Option<Listed>, Error> {
    let sql = format!("{SELECT} WHERE documents.digest = ?");
    snapshot.first(&sql, values![digest], from_row)
}

/// At most `limit` documents, newest first: those of the given statuses (all when none is given)
/// that were submitted before the one of the given number.
pub fn list(
    snapshot: &Snapshot,
    statuses: &[DocumentStatus],
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Listed>, Error> {
    let mut sql = format!("{SELECT} WHERE documents.number < ?");
    let mut values = vec![Value::from(before.unwrap_or(i64::MAX))];
    if !statuses.is_empty() {
        let marks = vec!["?"; statuses.len()].join(", ");
        sql = format!("{sql} AND documents.status IN ({marks})");
        values.extend(statuses.iter().map(|status| Value::from(status.as_str())));
    }
    sql.push_str(" ORDER BY documents.number DESC LIMIT ?");
    values.push(Value::from(limit));
    snapshot.all(&sql, &values, from_row)
}

/// Sets where a document stands.
pub fn set_status(
    transaction: &Transaction,
    id: DocumentId,
    status: DocumentStatus,
    problem: Option<&Problem>,
    at: Timestamp,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents
         SET status = ?, problem_code = ?, problem_message = ?, changed_at = ? WHERE id = ?",
        values![
            status.as_str(),
            problem.map(|problem| problem.code.as_str()),
            problem.map(|problem| problem.message.as_str()),
            at,
            id,
        ],
    )?;
    Ok(())
}

/// Sets what lists show of reading and corrections.
pub fn set_derived(
    transaction: &Transaction,
    id: DocumentId,
    derived: &Derived,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE documents
         SET title = ?, document_type = ?, issuing_country = ?, doubtful = ?, pages = ?
         WHERE id = ?",
        values![
            derived.title.as_ref(),
            derived.document_type.map(|kind| kind.to_string()),
            derived.issuing_country.as_deref(),
            derived.doubtful,
            derived.pages,
            id,
        ],
    )?;
    Ok(())
}

/// Deletes a document with its readings, corrections and jobs; says whether it was there.
pub fn delete(transaction: &Transaction, id: DocumentId) -> Result<bool, Error> {
    let deleted = transaction.execute("DELETE FROM documents WHERE id = ?", values![id])?;
    Ok(deleted > 0)
}

/// How many documents there are.
pub fn count(snapshot: &Snapshot) -> Result<u64, Error> {
    snapshot.one(
        "SELECT count(*) AS documents FROM documents",
        values![],
        |row| row.get("documents"),
    )
}
