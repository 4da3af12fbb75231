//! Rows on their way out of one database and into another, whatever engine either is.
//!
//! A copy made within one [`Snapshot`] is one state of the database. It holds what cannot be made again;
//! sessions, leases and what else concerns running processes only is left out, so that a restored
//! database begins with nobody signed in.

use serde_json::{Map, Value as Json};

use crate::{
    Error, Snapshot, Transaction,
    connection::Connection,
    dialect,
    sql::{Value, damaged, values},
};

/// A table that is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The column that tells its rows apart, in whose order they are copied.
    key: &'static str,
    /// Whether the engine counts that column up by itself.
    counted: bool,
}

const fn by(name: &'static str, key: &'static str) -> Table {
    Table {
        name,
        key,
        counted: false,
    }
}

const fn counted(name: &'static str, key: &'static str) -> Table {
    Table {
        name,
        key,
        counted: true,
    }
}

/// Every table that is copied; one that refers to another comes after it.
pub const TABLES: &[Table] = &[
    by("users", "id"),
    by("tokens", "id"),
    by("settings", "name"),
    by("blobs", "digest"),
    counted("documents", "number"),
    by("thumbnails", "document_id"),
    counted("readings", "sequence"),
    counted("corrections", "sequence"),
    counted("jobs", "sequence"),
    by("audit", "sequence"),
    by("saved_searches", "id"),
    by("retention_policies", "document_type"),
    counted("document_types", "sequence"),
    by("outside_readers", "name"),
    by("legal_holds", "document_id"),
    by("relations", "id"),
    counted("verdicts", "sequence"),
    by("erasures", "id"),
    by("moves", "document_id"),
    counted("audit_copies", "number"),
    by("usage", "id"),
];

/// Tables that are not copied, because what is in them ends with the processes that use them.
pub const LEFT_OUT: &[&str] = &[
    "changes",
    "codes",
    // Made again from what the documents say.
    "document_keys",
    "document_terms",
    "leases",
    "schedules",
    "sessions",
    "sign_in_failures",
    "workers",
];

/// One row, its columns by name: texts, integers and nulls.
pub type Row = Map<String, Json>;

/// Names of all tables of the schema, copied or not.
pub fn tables(snapshot: &Snapshot) -> Result<Vec<String>, Error> {
    let sql = if snapshot.is_on_server() {
        dialect::TABLES_SERVER
    } else {
        dialect::TABLES_FILE
    };
    snapshot.all(sql, values![], |row| row.get("name"))
}

/// At most `limit` rows of a table, those after the row `after`, in the order of its key.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is of one lifetime, the closure of any"
)]
pub fn rows(
    snapshot: &Snapshot,
    table: Table,
    after: Option<&Row>,
    limit: u32,
) -> Result<Vec<Row>, Error> {
    let Table { name, key, .. } = table;
    let mut sql = format!("SELECT * FROM {name}");
    let mut values = Vec::new();
    if let Some(after) = after {
        sql = format!("{sql} WHERE {key} > ?");
        values.push(value(name, after.get(key).unwrap_or(&Json::Null))?);
    }
    sql = format!("{sql} ORDER BY {key} LIMIT ?");
    values.push(Value::from(limit));
    snapshot.all(&sql, &values, |row| row.to_json())
}

/// How many rows a table has.
pub fn count(snapshot: &Snapshot, table: Table) -> Result<u64, Error> {
    let sql = format!("SELECT count(*) AS held FROM {}", table.name);
    snapshot.one(&sql, values![], |row| row.get("held"))
}

/// Puts a row into a table, which must have none of the same key.
pub fn insert(transaction: &Transaction, table: Table, row: &Row) -> Result<(), Error> {
    insert_into(transaction, table.name, row)
}

/// The same by the name of the table.
pub(crate) fn insert_into(
    transaction: &Transaction,
    table: &'static str,
    row: &Row,
) -> Result<(), Error> {
    // Column names come out of a copy, which is a file of somebody's: only what a column can be called
    // may become part of a statement.
    let plain = |name: &str| {
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        !name.is_empty() && name.bytes().all(good)
    };
    if row.is_empty() || !row.keys().all(|column| plain(column)) {
        return Err(damaged(table));
    }
    let columns: Vec<&str> = row.keys().map(String::as_str).collect();
    let marks = vec!["?"; columns.len()].join(", ");
    let values: Result<Vec<Value>, Error> = row.values().map(|cell| value(table, cell)).collect();
    let sql = format!(
        "INSERT INTO {table} ({}) VALUES ({marks})",
        columns.join(", ")
    );
    transaction.execute(&sql, &values?)?;
    Ok(())
}

/// Lets the engine count on from the last row of a table that rows were put into.
pub fn count_on(transaction: &Transaction, table: Table) -> Result<(), Error> {
    if table.counted && transaction.is_on_server() {
        let Table { name, key, .. } = table;
        let sql = format!(
            "SELECT CAST(setval(pg_get_serial_sequence('{name}', '{key}'),
                 (SELECT max({key}) FROM {name})) AS BIGINT) AS counted
             WHERE EXISTS (SELECT 1 FROM {name})"
        );
        transaction.all(&sql, values![], |row| row.get::<Option<i64>>("counted"))?;
    }
    Ok(())
}

fn value(table: &str, cell: &Json) -> Result<Value, Error> {
    match cell {
        Json::Null => Ok(Value::Null),
        Json::String(text) => Ok(Value::Text(text.clone())),
        Json::Number(number) => {
            let integer = number.as_i64().ok_or_else(|| damaged(table))?;
            Ok(Value::Integer(integer))
        }
        Json::Bool(_) | Json::Array(_) | Json::Object(_) => Err(damaged(table)),
    }
}

/// What the engine finds wrong with the database itself, in its own words; nothing when it is whole. It
/// reads everything.
pub fn complaints(snapshot: &Snapshot) -> Result<Vec<String>, Error> {
    /// What is broken further on is not worth the wait: the first complaint decides.
    const MOST: usize = 20;

    let Connection::File(connection) = snapshot.connection() else {
        // A server checks what it reads by itself; that it answers is all there is to see from here.
        snapshot.one("SELECT count(*) AS held FROM users", values![], |row| {
            row.get::<u64>("held")
        })?;
        return Ok(Vec::new());
    };
    // A search index is checked by what this connection last knew of it, which what others wrote since makes
    // look damaged; being asked anything, it looks again.
    connection.query_row(
        "SELECT count(*) FROM document_terms WHERE rowid = 0",
        [],
        |_| Ok(()),
    )?;
    let mut complaints = Vec::new();
    // Pages first: each is authenticated, so one changed byte on the disk shows here.
    for (sql, good) in [
        ("PRAGMA cipher_integrity_check", ""),
        ("PRAGMA integrity_check(20)", "ok"),
    ] {
        let mut statement = connection.prepare(sql)?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let text: String = row.get(0)?;
            if text != good && complaints.len() < MOST {
                complaints.push(text);
            }
        }
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let table: String = row.get("table")?;
        if complaints.len() < MOST {
            complaints.push(format!(
                "a row of `{table}` refers to one that is not there"
            ));
        }
    }
    Ok(complaints)
}
