//! Values that belong to the database as a whole, by name.

use crate::{Error, Snapshot, Transaction, sql::values};

/// The value of a name.
pub fn get(snapshot: &Snapshot, name: &str) -> Result<Option<String>, Error> {
    snapshot.first(
        "SELECT value FROM settings WHERE name = ?",
        values![name],
        |row| row.get("value"),
    )
}

/// Sets the value of a name.
pub fn set(transaction: &Transaction, name: &str, value: &str) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO settings (name, value) VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        values![name, value],
    )?;
    Ok(())
}

/// Removes a value.
pub fn remove(transaction: &Transaction, name: &str) -> Result<(), Error> {
    transaction.execute("DELETE FROM settings WHERE name = ?", values![name])?;
    Ok(())
}
