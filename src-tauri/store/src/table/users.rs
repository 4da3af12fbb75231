//! User accounts.

use model::{Role, Timestamp, UserId};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, values},
};

/// An account that is in use.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The name to sign in with.
    pub name: String,
    /// What he may do.
    pub role: Role,
    /// Hash of his password; none for the built-in user of this machine.
    pub password_hash: Option<String>,
    /// Whether he is the built-in user of this machine.
    pub is_local: bool,
    /// When the account was made.
    pub created_at: Timestamp,
}

impl std::fmt::Debug for User {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Neither the name of a person nor the hash of a password belongs in a log.
        formatter
            .debug_struct("User")
            .field("id", &self.id)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

const SELECT: &str = "SELECT id, name, role, password_hash, is_local, created_at FROM users
    WHERE removed_at IS NULL";

fn from_row(row: &Row<'_>) -> Result<User, Error> {
    Ok(User {
        id: row.parse("id")?,
        name: row.get("name")?,
        role: row.parse("role")?,
        password_hash: row.get("password_hash")?,
        is_local: row.get("is_local")?,
        created_at: row.get("created_at")?,
    })
}

/// Keeps an account, unless its name (whatever the case of its letters) is taken, or it is to be the
/// built-in one and there is one; says whether it was kept.
pub fn insert(transaction: &Transaction, user: &User) -> Result<bool, Error> {
    let inserted = transaction.execute(
        "INSERT INTO users (id, name, name_key, role, password_hash, is_local, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING",
        values![
            user.id,
            user.name.as_str(),
            user.name.to_lowercase(),
            user.role.as_str(),
            user.password_hash.as_deref(),
            user.is_local,
            user.created_at,
        ],
    )?;
    Ok(inserted > 0)
}

/// The account of an id.
pub fn get(snapshot: &Snapshot, id: UserId) -> Result<Option<User>, Error> {
    snapshot.first(&format!("{SELECT} AND id = ?"), values![id], from_row)
}

/// The account of a name.
pub fn by_name(snapshot: &Snapshot, name: &str) -> Result<Option<User>, Error> {
    let sql = format!("{SELECT} AND name_key = ?");
    snapshot.first(&sql, values![name.to_lowercase()], from_row)
}

/// The built-in account of this machine.
pub fn local(snapshot: &Snapshot) -> Result<Option<User>, Error> {
    snapshot.first(&format!("{SELECT} AND is_local = 1"), values![], from_row)
}

/// Every account, by name.
pub fn list(snapshot: &Snapshot) -> Result<Vec<User>, Error> {
    snapshot.all(&format!("{SELECT} ORDER BY name_key"), values![], from_row)
}

/// How many admins can sign in by password.
pub fn count_admins(snapshot: &Snapshot) -> Result<u64, Error> {
    snapshot.one(
        "SELECT count(*) AS admins FROM users
         WHERE removed_at IS NULL AND role = 'admin' AND password_hash IS NOT NULL",
        values![],
        |row| row.get("admins"),
    )
}

/// Sets the hash of a password.
pub fn set_password_hash(transaction: &Transaction, id: UserId, hash: &str) -> Result<(), Error> {
    transaction.execute(
        "UPDATE users SET password_hash = ? WHERE id = ?",
        values![hash, id],
    )?;
    Ok(())
}

/// Takes an account out of use. Its row stays, because documents and corrections name it.
pub fn remove(transaction: &Transaction, id: UserId, at: Timestamp) -> Result<(), Error> {
    transaction.execute(
        "UPDATE users SET removed_at = ?, name_key = NULL, password_hash = NULL WHERE id = ?",
        values![at, id],
    )?;
    Ok(())
}
