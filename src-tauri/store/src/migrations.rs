//! The migrations, as one visible list, and how they are applied.

use refinery::{Migration, Runner, error::Kind};
use rusqlite::Connection;

use crate::Error;

/// Name and statements of every migration, oldest first.
const MIGRATIONS: [(&str, &str); 1] = [(
    "V20261121080000__create",
    include_str!("../../../migrations/sqlite/V20261121080000__create.sql"),
)];

/// Applies what is missing. Refuses what a newer program or another history left behind.
pub(crate) fn apply(connection: &mut Connection) -> Result<(), Error> {
    let mut migrations = Vec::new();
    for (name, statements) in MIGRATIONS {
        let migration = Migration::unapplied(name, statements);
        migrations.push(migration.map_err(|error| Error::from_refinery(&error))?);
    }
    let known = migrations
        .iter()
        .map(Migration::version)
        .max()
        .unwrap_or_default();
    if let Some(found) = applied_version(connection)?
        && found > known
    {
        return Err(Error::Newer { found, known });
    }
    let applied = Runner::new(&migrations).run(connection);
    applied.map_err(|error| Error::from_refinery(&error))?;
    Ok(())
}

/// Version of the newest migration in the file, or none in a new file.
fn applied_version(connection: &Connection) -> Result<Option<i64>, Error> {
    let has_history = connection.query_row(
        "SELECT count(*) AS tables FROM sqlite_schema WHERE name = 'refinery_schema_history'",
        [],
        |row| row.get::<_, i64>("tables"),
    )?;
    if has_history == 0 {
        return Ok(None);
    }
    let version = connection.query_row(
        "SELECT max(version) AS version FROM refinery_schema_history",
        [],
        |row| row.get("version"),
    )?;
    Ok(version)
}

impl Error {
    fn from_refinery(error: &refinery::Error) -> Self {
        match error.kind() {
            Kind::DivergentVersion(applied, _) | Kind::MissingVersion(applied) => Self::Diverged {
                version: applied.version(),
            },
            kind => Self::Engine(kind.to_string()),
        }
    }
}
