//! A record as rows, on its way from one database to another.
//!
//! The rows leave as they are, whatever columns they have, keep their numbers, and are compared as they
//! are: what arrived is what left.

use model::{DocumentId, Timestamp};
use serde_json::Value as Json;

use crate::{
    Error, Snapshot, Transaction,
    copy::{self, Row},
    sql::{Value, damaged, values},
    table::{blobs, search},
};

/// The tables that a record has rows in, with the column that names its document; one that refers to
/// another comes after it. The words of the search are made anew from what the rows say, as everywhere.
pub const TABLES: &[(&str, &str)] = &[
    ("documents", "id"),
    ("thumbnails", "document_id"),
    ("readings", "document_id"),
    ("corrections", "document_id"),
    ("legal_holds", "document_id"),
];

/// Tables whose rows about a document are dropped with it, because what they say ends when it is closed away,
/// or is found anew when it comes back. What people said of it and others is none of that: such a record
/// must not leave (`relations::binds`).
pub const LEFT_BEHIND: &[&str] = &[
    "document_keys",
    "document_terms",
    "jobs",
    "relations",
    "verdicts",
];

/// Columns that name a user who must be known where the record is.
const USERS: [&str; 3] = ["submitted_by", "assigned_to", "corrected_by"];

/// The column that tells where a record lies; it is no part of what it says.
const ARCHIVED_AT: &str = "archived_at";

/// Columns that say what it has to do with others, with what they are before that is known.
const COMPARED: [&str; 2] = ["compared", "duplicates"];

/// Every row of a record. Two are equal when every cell of theirs is.
#[derive(Clone, PartialEq)]
pub struct Rows {
    /// The stored file with its wrapped key.
    blob: Row,
    /// By table, in the order of [`TABLES`].
    tables: Vec<Vec<Row>>,
    /// Id, name, role and making of the users who are named.
    users: Vec<Row>,
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // They hold everything about a person.
        let rows: usize = self.tables.iter().map(Vec::len).sum();
        write!(formatter, "{rows} rows")
    }
}

/// The rows of a record; none when it is not here.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is of one lifetime, the closure of any"
)]
pub fn read(snapshot: &Snapshot, id: DocumentId) -> Result<Option<Rows>, Error> {
    let mut tables = Vec::new();
    for (name, column) in TABLES {
        let sql = format!("SELECT * FROM {name} WHERE {column} = ?");
        let mut rows = snapshot.all(&sql, values![id], |row| row.to_json())?;
        rows.sort_by_cached_key(|row| Json::Object(row.clone()).to_string());
        tables.push(rows);
    }
    let Some(document) = tables.first_mut().and_then(|rows| rows.first_mut()) else {
        return Ok(None);
    };
    document.remove(ARCHIVED_AT);
    for column in COMPARED {
        document.remove(column);
    }
    let digest = document.get("digest").and_then(Json::as_str);
    let digest = digest.ok_or_else(|| damaged("digest"))?.to_owned();
    let sql = "SELECT * FROM blobs WHERE digest = ?";
    let blob = snapshot.first(sql, values![digest], |row| row.to_json())?;
    let blob = blob.ok_or_else(|| damaged("digest"))?;

    let mut ids: Vec<&str> = tables
        .iter()
        .flatten()
        .flat_map(|row| USERS.iter().filter_map(|column| row.get(*column)?.as_str()))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let marks = vec!["?"; ids.len()].join(", ");
    let ids: Vec<Value> = ids.into_iter().map(Value::from).collect();
    let sql =
        format!("SELECT id, name, role, created_at FROM users WHERE id IN ({marks}) ORDER BY id");
    let users = snapshot.all(&sql, &ids, |row| row.to_json())?;
    Ok(Some(Rows {
        blob,
        tables,
        users,
    }))
}

/// Puts the rows of a record into a database that has none of it, as one that was closed away at an
/// instant, or as an open one. The words by which it is found are left to the caller.
pub fn insert(
    transaction: &Transaction,
    rows: &Rows,
    archived_at: Option<Timestamp>,
) -> Result<(), Error> {
    for user in &rows.users {
        // Only a name that rows refer to: nobody comes in by it.
        let text = |column: &str| {
            let text = user.get(column).and_then(Json::as_str);
            text.ok_or_else(|| damaged("users"))
        };
        let created_at = user.get("created_at").and_then(Json::as_i64);
        let created_at = created_at.ok_or_else(|| damaged("created_at"))?;
        transaction.execute(
            "INSERT INTO users (id, name, role, is_local, created_at, removed_at)
             VALUES (?, ?, ?, 0, ?, ?) ON CONFLICT (id) DO NOTHING",
            values![
                text("id")?,
                text("name")?,
                text("role")?,
                created_at,
                created_at
            ],
        )?;
    }
    // Somebody may have tried to submit the same bytes while the record was elsewhere.
    let digest = rows.blob.get("digest").and_then(Json::as_str);
    transaction.execute(
        "DELETE FROM blobs WHERE digest = ? AND NOT EXISTS (
             SELECT 1 FROM documents WHERE documents.digest = blobs.digest
         )",
        values![digest],
    )?;
    copy::insert_into(transaction, "blobs", &rows.blob)?;
    for ((name, _), held) in TABLES.iter().zip(&rows.tables) {
        for row in held {
            let mut row = row.clone();
            if *name == "documents" {
                let archived_at = archived_at.map(|at| at.0);
                row.insert(ARCHIVED_AT.to_owned(), archived_at.into());
                row.extend(COMPARED.map(|column| (column.to_owned(), 0.into())));
            }
            copy::insert_into(transaction, name, &row)?;
        }
    }
    Ok(())
}

/// Takes every row of a record out, open or closed away; says whether it was here. The only key of its
/// stored file goes with them, unless it was put elsewhere before.
pub fn delete(transaction: &Transaction, id: DocumentId) -> Result<bool, Error> {
    let sql = "SELECT digest FROM documents WHERE id = ?";
    let digest: Option<String> = transaction.first(sql, values![id], |row| row.get("digest"))?;
    let Some(digest) = digest else {
        return Ok(false);
    };
    search::forget(transaction, id)?;
    transaction.execute("DELETE FROM documents WHERE id = ?", values![id])?;
    let digest = digest.try_into().map_err(|_| damaged("digest"))?;
    blobs::delete(transaction, &digest)?;
    Ok(true)
}
