//! Searches that users keep under a name.

use model::{Timestamp, UserId};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, values},
};

/// A search under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its id, a UUID.
    pub id: String,
    /// Whose it is.
    pub user: UserId,
    /// What he calls it.
    pub name: String,
    /// His name.
    pub user_name: String,
    /// The search, as JSON.
    pub search: String,
    /// Whether everybody may use it.
    pub shared: bool,
    /// When it was kept.
    pub created_at: Timestamp,
}

fn from_row(row: &Row<'_>) -> Result<SavedSearch, Error> {
    Ok(SavedSearch {
        id: row.get("id")?,
        user: row.parse("user_id")?,
        name: row.get("name")?,
        user_name: row.get("user_name")?,
        search: row.get("search")?,
        shared: row.get("shared")?,
        created_at: row.get("created_at")?,
    })
}

/// Keeps a search; the one that had its name gives way.
pub fn keep(transaction: &Transaction, saved: &SavedSearch) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO saved_searches (id, user_id, name, search, shared, created_at)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (user_id, name) DO UPDATE SET id = excluded.id, search = excluded.search,
             shared = excluded.shared, created_at = excluded.created_at",
        values![
            saved.id.as_str(),
            saved.user,
            saved.name.as_str(),
            saved.search.as_str(),
            saved.shared,
            saved.created_at,
        ],
    )?;
    Ok(())
}

const SELECT: &str = "SELECT saved_searches.id, user_id, saved_searches.name, search, shared,
        saved_searches.created_at, users.name AS user_name
    FROM saved_searches JOIN users ON users.id = saved_searches.user_id";

/// The searches of a user and those that others share, by name.
pub fn of_user(snapshot: &Snapshot, user: UserId) -> Result<Vec<SavedSearch>, Error> {
    let sql = format!(
        "{SELECT} WHERE user_id = ? OR shared = 1 ORDER BY saved_searches.name, saved_searches.id"
    );
    snapshot.all(&sql, values![user], from_row)
}

/// The search of an id.
pub fn get(snapshot: &Snapshot, id: &str) -> Result<Option<SavedSearch>, Error> {
    let sql = format!("{SELECT} WHERE saved_searches.id = ?");
    snapshot.first(&sql, values![id], from_row)
}

/// Drops a search; says whether it was there.
pub fn delete(transaction: &Transaction, id: &str) -> Result<bool, Error> {
    let deleted = transaction.execute("DELETE FROM saved_searches WHERE id = ?", values![id])?;
    Ok(deleted > 0)
}
