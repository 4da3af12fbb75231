//! Who did what, as a chain of sealed entries. What an entry says and how it is sealed is decided elsewhere.

use model::{Timestamp, UserId};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, Value, values},
};

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 1, 2, 3 …, without gaps.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// Who, where somebody had signed in.
    pub user: Option<UserId>,
    /// Through which door.
    pub door: String,
    /// What was done.
    pub act: String,
    /// To what.
    pub subject: Option<String>,
    /// A JSON object of words, numbers and digests.
    pub details: String,
    /// What the digests were salted with, until it is destroyed.
    pub salt: Option<String>,
    /// Hash of the entry and of the hash before it; hexadecimal.
    pub hash: String,
    /// Seal of the hash; hexadecimal.
    pub seal: String,
}

/// Which entries to list; everything where nothing is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only what was done to this.
    pub subject: Option<String>,
    /// Only what this user did.
    pub user: Option<UserId>,
    /// Only acts whose name begins so.
    pub act: Option<String>,
    /// Only entries before this one.
    pub before: Option<u64>,
}

const COLUMNS: &str = "sequence, at, user_id, door, act, subject, details, salt, hash, seal";

fn from_row(row: &Row<'_>) -> Result<Entry, Error> {
    let user: Option<String> = row.get("user_id")?;
    Ok(Entry {
        sequence: row.get("sequence")?,
        at: row.get("at")?,
        user: match user {
            Some(_) => Some(row.parse("user_id")?),
            None => None,
        },
        door: row.get("door")?,
        act: row.get("act")?,
        subject: row.get("subject")?,
        details: row.get("details")?,
        salt: row.get("salt")?,
        hash: row.get("hash")?,
        seal: row.get("seal")?,
    })
}

/// Appends an entry. The transaction has to be one of those in line, so that no two get one number.
pub fn append(transaction: &Transaction, entry: &Entry) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO audit (sequence, at, user_id, door, act, subject, details, salt, hash, seal)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            entry.sequence as i64,
            entry.at,
            entry.user,
            entry.door.as_str(),
            entry.act.as_str(),
            entry.subject.as_deref(),
            entry.details.as_str(),
            entry.salt.as_deref(),
            entry.hash.as_str(),
            entry.seal.as_str(),
        ],
    )?;
    Ok(())
}

/// The newest entry.
pub fn last(snapshot: &Snapshot) -> Result<Option<Entry>, Error> {
    snapshot.first(
        &format!("SELECT {COLUMNS} FROM audit ORDER BY sequence DESC LIMIT 1"),
        values![],
        from_row,
    )
}

/// The entry of a number.
pub fn get(snapshot: &Snapshot, sequence: u64) -> Result<Option<Entry>, Error> {
    snapshot.first(
        &format!("SELECT {COLUMNS} FROM audit WHERE sequence = ?"),
        values![sequence as i64],
        from_row,
    )
}

/// At most `limit` entries in their order, those that follow `after`.
pub fn after(snapshot: &Snapshot, after: u64, limit: u32) -> Result<Vec<Entry>, Error> {
    snapshot.all(
        &format!("SELECT {COLUMNS} FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?"),
        values![after as i64, limit],
        from_row,
    )
}

/// At most `limit` entries that a filter lets through, newest first.
pub fn list(snapshot: &Snapshot, filter: &Filter, limit: u32) -> Result<Vec<Entry>, Error> {
    let mut conditions = vec!["sequence < ?"];
    let before = filter.before.map_or(i64::MAX, |before| before as i64);
    let mut values = vec![Value::from(before)];
    if let Some(subject) = &filter.subject {
        conditions.push("subject = ?");
        values.push(subject.as_str().into());
    }
    if let Some(user) = filter.user {
        conditions.push("user_id = ?");
        values.push(user.into());
    }
    if let Some(act) = &filter.act {
        conditions.push("substr(act, 1, ?) = ?");
        values.push((act.chars().count() as i64).into());
        values.push(act.as_str().into());
    }
    values.push(limit.into());
    let conditions = conditions.join(" AND ");
    snapshot.all(
        &format!("SELECT {COLUMNS} FROM audit WHERE {conditions} ORDER BY sequence DESC LIMIT ?"),
        &values,
        from_row,
    )
}

/// Destroys the salts of everything that was done to a subject: from then on its digests tell nothing.
pub fn forget_salts(transaction: &Transaction, subject: &str) -> Result<(), Error> {
    transaction.execute(
        "UPDATE audit SET salt = NULL WHERE subject = ?",
        values![subject],
    )?;
    Ok(())
}
