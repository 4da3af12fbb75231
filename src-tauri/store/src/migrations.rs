//! The migrations, as one visible list, and how they are applied.

use refinery::{Migration, Runner, error::Kind};
use rusqlite::Connection;

use crate::{Error, connection::postgres::Server, dialect};

/// One step of the schema, for both engines.
struct Step {
    /// `V<year month day hour minute second>__<what it does>`.
    name: &'static str,
    file: &'static str,
    server: &'static str,
}

macro_rules! step {
    ($name:literal) => {
        Step {
            name: $name,
            file: include_str!(concat!("../../../migrations/sqlite/", $name, ".sql")),
            server: include_str!(concat!("../../../migrations/postgres/", $name, ".sql")),
        }
    };
}

/// Every migration, oldest first.
const STEPS: [Step; 2] = [
    step!("V20261121080000__create"),
    step!("V20261121120000__audit"),
];

/// The list in the form its runner wants.
fn runner(statements: impl Fn(&Step) -> &'static str) -> Result<Runner, Error> {
    let migrations: Result<Vec<_>, _> = STEPS
        .iter()
        .map(|step| Migration::unapplied(step.name, statements(step)))
        .collect();
    let migrations = migrations.map_err(|error| Error::from_refinery(&error))?;
    Ok(Runner::new(&migrations))
}

/// Refuses what a newer program left behind.
fn check_version(runner: &Runner, found: Option<i64>) -> Result<(), Error> {
    let known = runner.get_migrations().iter().map(Migration::version).max();
    let known = known.unwrap_or_default();
    match found {
        Some(found) if found > known => Err(Error::Newer { found, known }),
        Some(_) | None => Ok(()),
    }
}

/// Applies what a file is missing. Refuses what a newer program or another history left behind.
pub(crate) fn apply_to_file(connection: &mut Connection) -> Result<(), Error> {
    let runner = runner(|step| step.file)?;
    let has_history: i64 =
        connection.query_row(dialect::HAS_HISTORY_FILE, [], |row| row.get("tables"))?;
    if has_history > 0 {
        let found = connection.query_row(APPLIED, [], |row| row.get("version"))?;
        check_version(&runner, found)?;
    }
    let applied = runner.run(connection);
    applied.map_err(|error| Error::from_refinery(&error))?;
    Ok(())
}

/// The same for a server, where other processes may be about to do it too.
pub(crate) fn apply_to_server(server: &mut Server) -> Result<(), Error> {
    let runner = runner(|step| step.server)?;
    let client = server.client()?;
    // Goes with the session, which ends with this connection. Migrations of others may take their time.
    client.batch_execute("SET lock_timeout = 0")?;
    client.batch_execute(dialect::LOCK_MIGRATIONS)?;
    let has_history = client.query_one(dialect::HAS_HISTORY_SERVER, &[])?;
    if has_history.try_get::<_, i64>("tables")? > 0 {
        let found = client.query_one(APPLIED, &[])?.try_get("version")?;
        check_version(&runner, found)?;
    }
    let applied = runner.run(client);
    applied.map_err(|error| Error::from_refinery(&error))?;
    Ok(())
}

/// Version of the newest applied migration.
const APPLIED: &str = "SELECT max(version) AS version FROM refinery_schema_history";

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
