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
    /// The search, as JSON.
    pub search: String,
    /// When it was kept.
    pub created_at: Timestamp,
}

fn from_row(row: &Row<'_>) -> Result<SavedSearch, Error> {
    Ok(SavedSearch {
        id: row.get("id")?,
        user: row.parse("user_id")?,
        name: row.get("name")?,
        search: row.get("search")?,
        created_at: row.get("created_at")?,
    })
}

/// Keeps a search; the one that had its name gives way.
pub fn keep(transaction: &Transaction, saved: &SavedSearch) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO saved_searches (id, user_id, name, search, created_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (user_id, name) DO UPDATE SET id = excluded.id, search = excluded.search,
             created_at = excluded.created_at",
        values![
            saved.id.as_str(),
            saved.user,
            saved.name.as_str(),
            saved.search.as_str(),
            saved.created_at,
        ],
    )?;
    Ok(())
}

/// The searches of a user, by name.
pub fn of_user(snapshot: &Snapshot, user: UserId) -> Result<Vec<SavedSearch>, Error> {
    snapshot.all(
        "SELECT id, user_id, name, search, created_at FROM saved_searches
         WHERE user_id = ? ORDER BY name, id",
        values![user],
        from_row,
    )
}

/// Drops a search of a user; says whether it was there.
pub fn delete(transaction: &Transaction, user: UserId, id: &str) -> Result<bool, Error> {
    let deleted = transaction.execute(
        "DELETE FROM saved_searches WHERE id = ? AND user_id = ?",
        values![id, user],
    )?;
    Ok(deleted > 0)
}
