//! Who did what, as a chain of sealed entries. What an entry says and how it is sealed is decided elsewhere.

#[cfg(test)]
mod tests;

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

/// Appends entries. The transaction has to be one of those in line, so that no two get one number.
pub fn append_all(transaction: &Transaction, entries: &[Entry]) -> Result<(), Error> {
    let row = |entry: &Entry| {
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
        ]
        .to_vec()
    };
    let rows: Vec<_> = entries.iter().map(row).collect();
    transaction.insert_all(
        "INSERT INTO audit (sequence, at, user_id, door, act, subject, details, salt, hash, seal)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &rows,
    )
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
///
/// Acts are few, so each has a stretch of an index of its own, and what the newest of them are is found out one act
/// after the other: a filter that few entries satisfy costs no more than one that many do.
pub fn list(snapshot: &Snapshot, filter: &Filter, limit: u32) -> Result<Vec<Entry>, Error> {
    let before = filter.before.map_or(i64::MAX, |before| before as i64);
    if let Some(subject) = &filter.subject {
        return of_subject(snapshot, filter, subject, before, limit);
    }
    if filter.user.is_none() && filter.act.is_none() {
        let sql = format!(
            "SELECT {COLUMNS} FROM audit WHERE sequence < ? ORDER BY sequence DESC LIMIT ?"
        );
        return snapshot.all(&sql, values![before, limit], from_row);
    }
    let mut newest: Vec<i64> = Vec::new();
    for act in acts(snapshot, filter)? {
        // What is older than all of a page that is full is not looked for.
        let after = match newest.last() {
            Some(oldest) if newest.len() >= limit as usize => *oldest,
            _ => 0,
        };
        let (sql, values) = match filter.user {
            Some(user) => (
                "SELECT sequence FROM audit
                 WHERE user_id = ? AND act = ? AND sequence > ? AND sequence < ?
                 ORDER BY sequence DESC LIMIT ?",
                values![user, act, after, before, limit].to_vec(),
            ),
            None => (
                "SELECT sequence FROM audit WHERE act = ? AND sequence > ? AND sequence < ?
                 ORDER BY sequence DESC LIMIT ?",
                values![act, after, before, limit].to_vec(),
            ),
        };
        newest.extend(snapshot.all(sql, &values, |row| row.get::<i64>("sequence"))?);
        newest.sort_unstable_by(|one, other| other.cmp(one));
        newest.truncate(limit as usize);
    }
    if newest.is_empty() {
        return Ok(Vec::new());
    }
    let marks = vec!["?"; newest.len()].join(", ");
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE sequence IN ({marks})");
    let values: Vec<Value> = newest.into_iter().map(Value::from).collect();
    let mut entries = snapshot.all(&sql, &values, from_row)?;
    entries.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.sequence));
    Ok(entries)
}

/// The acts that a filter asks for and that somebody did.
fn acts(snapshot: &Snapshot, filter: &Filter) -> Result<Vec<String>, Error> {
    let mut acts: Vec<String> = Vec::new();
    loop {
        let last = acts.last().map_or("", String::as_str);
        // From one stretch of the index to the next.
        let next: Option<String> = match filter.user {
            Some(user) => snapshot.first(
                "SELECT act FROM audit WHERE user_id = ? AND act > ? ORDER BY act LIMIT 1",
                values![user, last],
                |row| row.get("act"),
            )?,
            None => snapshot.first(
                "SELECT act FROM audit WHERE act > ? ORDER BY act LIMIT 1",
                values![last],
                |row| row.get("act"),
            )?,
        };
        match next {
            Some(next) => acts.push(next),
            None => break,
        }
    }
    let beginning = filter.act.as_deref().unwrap_or_default();
    acts.retain(|act| act.starts_with(beginning));
    Ok(acts)
}

/// What was done to one thing, which is little.
fn of_subject(
    snapshot: &Snapshot,
    filter: &Filter,
    subject: &str,
    before: i64,
    limit: u32,
) -> Result<Vec<Entry>, Error> {
    let mut conditions = vec!["subject = ?", "sequence < ?"];
    let mut values = values![subject, before].to_vec();
    if let Some(user) = filter.user {
        // The plus keeps the engine of a file from the index of the user, who did much.
        conditions.push(if snapshot.is_on_server() {
            "user_id = ?"
        } else {
            "+user_id = ?"
        });
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
