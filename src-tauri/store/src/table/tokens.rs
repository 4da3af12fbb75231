//! Bearer tokens of scripts, by the hash of each.

use model::{Timestamp, TokenId, UserId};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, values},
};

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// Whose it is.
    pub user: UserId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

fn from_row(row: &Row<'_>) -> Result<Token, Error> {
    Ok(Token {
        id: row.parse("id")?,
        name: row.get("name")?,
        user: row.parse("user_id")?,
        created_at: row.get("created_at")?,
        last_used_at: row.get("last_used_at")?,
    })
}

/// Keeps a token.
pub fn insert(transaction: &Transaction, token: &Token, secret_hash: &str) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO tokens (id, name, secret_hash, user_id, created_at) VALUES (?, ?, ?, ?, ?)",
        values![
            token.id,
            token.name.as_str(),
            secret_hash,
            token.user,
            token.created_at
        ],
    )?;
    Ok(())
}

/// The token of a secret.
pub fn by_secret(snapshot: &Snapshot, secret_hash: &str) -> Result<Option<Token>, Error> {
    snapshot.first(
        "SELECT id, name, user_id, created_at, last_used_at FROM tokens WHERE secret_hash = ?",
        values![secret_hash],
        from_row,
    )
}

/// The token of an id.
pub fn get(snapshot: &Snapshot, id: TokenId) -> Result<Option<Token>, Error> {
    snapshot.first(
        "SELECT id, name, user_id, created_at, last_used_at FROM tokens WHERE id = ?",
        values![id],
        from_row,
    )
}

/// Every token, newest first.
pub fn list(snapshot: &Snapshot) -> Result<Vec<Token>, Error> {
    snapshot.all(
        "SELECT id, name, user_id, created_at, last_used_at FROM tokens
         ORDER BY created_at DESC, id DESC",
        values![],
        from_row,
    )
}

/// Notes when a token was used.
pub fn set_used(transaction: &Transaction, id: TokenId, at: Timestamp) -> Result<(), Error> {
    transaction.execute(
        "UPDATE tokens SET last_used_at = ? WHERE id = ?",
        values![at, id],
    )?;
    Ok(())
}

/// Ends a token.
pub fn delete(transaction: &Transaction, id: TokenId) -> Result<(), Error> {
    transaction.execute("DELETE FROM tokens WHERE id = ?", values![id])?;
    Ok(())
}

/// Ends every token of a user.
pub fn delete_of_user(transaction: &Transaction, user: UserId) -> Result<(), Error> {
    transaction.execute("DELETE FROM tokens WHERE user_id = ?", values![user])?;
    Ok(())
}
