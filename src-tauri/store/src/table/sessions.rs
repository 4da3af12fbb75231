//! Signed-in browsers, by the hash of the secret that each holds.

use model::{SessionId, Timestamp, UserId};

use crate::{Error, Snapshot, Transaction, sql::values};

/// An open session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// When it ends unless it is used.
    pub expires_at: Timestamp,
}

/// Opens a session.
pub fn insert(
    transaction: &Transaction,
    session: &Session,
    secret_hash: &str,
    created_at: Timestamp,
) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO sessions (id, secret_hash, user_id, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?)",
        values![
            session.id,
            secret_hash,
            session.user,
            created_at,
            session.expires_at
        ],
    )?;
    Ok(())
}

/// The session of a secret, also when it is too old.
pub fn by_secret(snapshot: &Snapshot, secret_hash: &str) -> Result<Option<Session>, Error> {
    snapshot.first(
        "SELECT id, user_id, expires_at FROM sessions WHERE secret_hash = ?",
        values![secret_hash],
        |row| {
            Ok(Session {
                id: row.parse("id")?,
                user: row.parse("user_id")?,
                expires_at: row.get("expires_at")?,
            })
        },
    )
}

/// Moves the end of a session.
pub fn extend(
    transaction: &Transaction,
    id: SessionId,
    expires_at: Timestamp,
) -> Result<(), Error> {
    transaction.execute(
        "UPDATE sessions SET expires_at = ? WHERE id = ?",
        values![expires_at, id],
    )?;
    Ok(())
}

/// Ends the session of a secret.
pub fn delete(transaction: &Transaction, secret_hash: &str) -> Result<(), Error> {
    transaction.execute(
        "DELETE FROM sessions WHERE secret_hash = ?",
        values![secret_hash],
    )?;
    Ok(())
}

/// Ends every session of a user.
pub fn delete_of_user(transaction: &Transaction, user: UserId) -> Result<(), Error> {
    transaction.execute("DELETE FROM sessions WHERE user_id = ?", values![user])?;
    Ok(())
}

/// Drops the sessions that are too old.
pub fn delete_expired(transaction: &Transaction, now: Timestamp) -> Result<(), Error> {
    transaction.execute("DELETE FROM sessions WHERE expires_at <= ?", values![now])?;
    Ok(())
}
