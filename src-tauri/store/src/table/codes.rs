//! One-time codes, by the hash of each.

use model::{Timestamp, UserId};

use crate::{Error, Transaction, sql::values};

/// Keeps a code until it is spent or too old.
pub fn insert(
    transaction: &Transaction,
    code_hash: &str,
    user: UserId,
    expires_at: Timestamp,
) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO codes (code_hash, user_id, expires_at) VALUES (?, ?, ?)",
        values![code_hash, user, expires_at],
    )?;
    Ok(())
}

/// Spends a code and says whose it was. A code that is too old is spent all the same, for nothing.
pub fn spend(
    transaction: &Transaction,
    code_hash: &str,
    now: Timestamp,
) -> Result<Option<UserId>, Error> {
    let spent = transaction.first(
        "DELETE FROM codes WHERE code_hash = ? RETURNING user_id, expires_at",
        values![code_hash],
        |row| Ok((row.parse("user_id")?, row.get::<Timestamp>("expires_at")?)),
    )?;
    Ok(spent.and_then(|(user, expires_at)| (now < expires_at).then_some(user)))
}

/// Drops the codes that are too old.
pub fn delete_expired(transaction: &Transaction, now: Timestamp) -> Result<(), Error> {
    transaction.execute("DELETE FROM codes WHERE expires_at <= ?", values![now])?;
    Ok(())
}

/// Drops the codes of a user.
pub fn delete_of_user(transaction: &Transaction, user: UserId) -> Result<(), Error> {
    transaction.execute("DELETE FROM codes WHERE user_id = ?", values![user])?;
    Ok(())
}
