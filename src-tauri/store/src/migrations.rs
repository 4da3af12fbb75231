//! The migrations, as one visible list, and what can be done with them.

use std::{collections::BTreeMap, path::Path};

use refinery::{Migration, Runner, Target, error::Kind};
use rusqlite::Connection;

use crate::{
    DatabaseKey, Error, ServerAddress,
    connection::{
        postgres::Server,
        sqlite::{self, Missing},
    },
    dialect,
};

/// One step of the schema, for both engines.
struct Step {
    /// `V<year month day hour minute second>__<what it does>`.
    name: &'static str,
    file: Script,
    server: Script,
}

/// The way there and back.
struct Script {
    up: &'static str,
    down: &'static str,
}

macro_rules! step {
    ($name:literal) => {
        Step {
            name: $name,
            file: Script {
                up: include_str!(concat!("../../../migrations/sqlite/", $name, ".sql")),
                down: include_str!(concat!("../../../migrations/sqlite/", $name, ".down.sql")),
            },
            server: Script {
                up: include_str!(concat!("../../../migrations/postgres/", $name, ".sql")),
                down: include_str!(concat!("../../../migrations/postgres/", $name, ".down.sql")),
            },
        }
    };
}

/// Every migration, oldest first.
const STEPS: &[Step] = &[
    step!("V20261121080000__create"),
    step!("V20261121113000__jobs"),
    step!("V20261121123000__thumbnails"),
    step!("V20261121124500__audit"),
    step!("V20261121131500__search"),
    step!("V20261121142000__retention"),
    step!("V20261130210000__files"),
    step!("V20261130220000__relations"),
    step!("V20261130230000__types"),
    step!("V20261130231000__outside"),
    step!("V20261201000000__views"),
    step!("V20261201010000__archive"),
    step!("V20261201020000__figures"),
    step!("V20261203000000__erasure"),
    step!("V20261204000000__indexes"),
    step!("V20261205010000__whole_sheets"),
    step!("V20261205020000__listings"),
];

/// Version of the newest applied migration.
const APPLIED: &str = "SELECT max(version) AS version FROM refinery_schema_history";

/// Applies what a file is missing. Refuses what a newer program or another history left behind.
pub(crate) fn apply_to_file(connection: &mut Connection) -> Result<(), Error> {
    let runner = runner(|step| step.file.up)?;
    if has_history(connection)? {
        let found = connection.query_row(APPLIED, [], |row| row.get("version"))?;
        check_version(&runner, found)?;
    }
    let applied = runner.run(connection);
    applied.map_err(|error| Error::from_refinery(&error))?;
    Ok(())
}

/// The same for a server, where other processes may be about to do it too.
pub(crate) fn apply_to_server(server: &mut Server) -> Result<(), Error> {
    let runner = runner(|step| step.server.up)?;
    lock(server)?;
    let client = server.client()?;
    let has_history = client.query_one(dialect::HAS_HISTORY_SERVER, &[])?;
    if has_history.try_get::<_, i64>("tables")? > 0 {
        let found = client.query_one(APPLIED, &[])?.try_get("version")?;
        check_version(&runner, found)?;
    }
    let applied = runner.run(client);
    applied.map_err(|error| Error::from_refinery(&error))?;
    Ok(())
}

/// Waits until nobody else migrates the database of a server. It goes with the session.
fn lock(server: &mut Server) -> Result<(), Error> {
    // Migrations of others may take their time.
    server.run("SET lock_timeout = 0")?;
    server.run(dialect::LOCK_MIGRATIONS)
}

fn has_history(connection: &Connection) -> Result<bool, Error> {
    let found: i64 =
        connection.query_row(dialect::HAS_HISTORY_FILE, [], |row| row.get("tables"))?;
    Ok(found > 0)
}

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

/// A database whose schema is looked at or moved by hand. Opening it changes nothing.
pub struct Schema(Engine, String);

enum Engine {
    File(Box<Connection>),
    Server(Box<Server>),
}

/// Where a migration stands in a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It was applied, as this program has it.
    Applied,
    /// It was not applied yet.
    Pending,
    /// It was applied, but this program has another one of this version.
    Diverged,
    /// It was applied by a newer program.
    Unknown,
}

/// A migration and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its version: year, month, day, hour, minute and second.
    pub version: i64,
    /// What it does.
    pub name: String,
    /// When it was applied, as RFC 3339.
    pub applied_on: Option<String>,
    /// Where it stands.
    pub standing: Standing,
}

/// What going back from a version loses, as its author says.
pub fn loss(version: i64) -> Option<String> {
    let step = STEPS
        .iter()
        .find(|step| step.name.starts_with(&format!("V{version}__")))?;
    let said = step
        .file
        .down
        .lines()
        .map_while(|line| line.strip_prefix("-- "));
    Some(said.collect::<Vec<_>>().join(" "))
}

fn demand_known(version: i64) -> Result<(), Error> {
    let beginning = format!("V{version}__");
    if STEPS.iter().any(|step| step.name.starts_with(&beginning)) {
        Ok(())
    } else {
        Err(Error::NoSuchVersion { version })
    }
}

/// The newest version this program knows.
pub fn head() -> Result<i64, Error> {
    let runner = runner(|step| step.file.up)?;
    let versions = runner.get_migrations().iter().map(Migration::version);
    Ok(versions.max().unwrap_or_default())
}

impl Schema {
    /// Opens a sealed file that must be there.
    pub fn open(path: &Path, key: &DatabaseKey) -> Result<Self, Error> {
        let connection = sqlite::open(path, key, Missing::Refuse)?;
        let place = path.display().to_string();
        Ok(Self(Engine::File(Box::new(connection)), place))
    }

    /// Opens a database of a server, and keeps others from migrating it.
    pub fn connect(address: &ServerAddress) -> Result<Self, Error> {
        let mut server = Server::connect(address)?;
        lock(&mut server)?;
        Ok(Self(Engine::Server(Box::new(server)), address.to_string()))
    }

    /// Where it is, without name and password.
    pub fn place(&self) -> &str {
        &self.1
    }

    /// Every migration that this program knows or the database has, oldest first.
    pub fn history(&mut self) -> Result<Vec<Entry>, Error> {
        let mut applied: BTreeMap<i64, (String, String, String)> = self
            .applied()?
            .into_iter()
            .map(|(version, name, on, checksum)| (version, (name, on, checksum)))
            .collect();
        let mut entries = Vec::new();
        for migration in self.runner()?.get_migrations() {
            let found = applied.remove(&migration.version());
            let standing = match &found {
                None => Standing::Pending,
                Some((_, _, checksum)) if *checksum == migration.checksum().to_string() => {
                    Standing::Applied
                }
                Some(_) => Standing::Diverged,
            };
            entries.push(Entry {
                version: migration.version(),
                name: migration.name().to_owned(),
                applied_on: found.map(|(_, on, _)| on),
                standing,
            });
        }
        entries.extend(applied.into_iter().map(|(version, (name, on, _))| Entry {
            version,
            name,
            applied_on: Some(on),
            standing: Standing::Unknown,
        }));
        entries.sort_by_key(|entry| entry.version);
        Ok(entries)
    }

    /// The value of a name among the settings, whatever the version of the schema is.
    pub fn setting(&mut self, name: &str) -> Result<Option<String>, Error> {
        match &mut self.0 {
            Engine::File(connection) => {
                let sql = "SELECT value FROM settings WHERE name = ?";
                let found = connection.query_row(sql, [name], |row| row.get("value"));
                match found {
                    Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
                    found => Ok(Some(found?)),
                }
            }
            Engine::Server(server) => {
                let sql = "SELECT value FROM settings WHERE name = $1";
                let row = server.client()?.query_opt(sql, &[&name])?;
                Ok(row.map(|row| row.try_get("value")).transpose()?)
            }
        }
    }

    /// Applies what is missing, as opening the store does.
    pub fn migrate(&mut self) -> Result<(), Error> {
        match &mut self.0 {
            Engine::File(connection) => apply_to_file(connection),
            Engine::Server(server) => apply_to_server(server),
        }
    }

    /// Applies what is missing up to a version, and nothing after it.
    pub fn migrate_to(&mut self, version: i64) -> Result<(), Error> {
        demand_known(version)?;
        let runner = self.runner()?.set_target(Target::Version(version));
        let applied = match &mut self.0 {
            Engine::File(connection) => runner.run(&mut **connection),
            Engine::Server(server) => runner.run(server.client()?),
        };
        applied.map_err(|error| Error::from_refinery(&error))?;
        Ok(())
    }

    /// Takes the newest `steps` migrations back, the newest first, each in a transaction of its own;
    /// answers with their versions. What only they had room for is lost.
    pub fn roll_back(&mut self, steps: usize) -> Result<Vec<i64>, Error> {
        let mut entries = self.history()?;
        entries.retain(|entry| entry.standing != Standing::Pending);
        let mut taken_back = Vec::new();
        for entry in entries.iter().rev().take(steps) {
            match entry.standing {
                Standing::Applied | Standing::Pending => {}
                Standing::Diverged => {
                    return Err(Error::Diverged {
                        version: entry.version,
                    });
                }
                Standing::Unknown => {
                    return Err(Error::Newer {
                        found: entry.version,
                        known: head()?,
                    });
                }
            }
            let full_name = format!("V{}__{}", entry.version, entry.name);
            let step = STEPS.iter().find(|step| step.name == full_name);
            let step = step.ok_or(Error::Diverged {
                version: entry.version,
            })?;
            let down = match &self.0 {
                Engine::File(_) => step.file.down,
                Engine::Server(_) => step.server.down,
            };
            self.run(&format!(
                "BEGIN;\n{down}\n;DELETE FROM refinery_schema_history WHERE version = {};\nCOMMIT;",
                entry.version
            ))?;
            taken_back.push(entry.version);
        }
        Ok(taken_back)
    }

    /// Notes that the database is at a version, without running anything.
    pub fn stamp(&mut self, version: i64) -> Result<(), Error> {
        demand_known(version)?;
        let runner = self.runner()?.set_target(Target::FakeVersion(version));
        let stamped = match &mut self.0 {
            Engine::File(connection) => runner.run(&mut **connection),
            Engine::Server(server) => runner.run(server.client()?),
        };
        stamped.map_err(|error| Error::from_refinery(&error))?;
        self.run(&format!(
            "DELETE FROM refinery_schema_history WHERE version > {version}"
        ))
    }

    /// How the schema differs from one that was just made by the same migrations: a sentence each.
    pub fn drift(&mut self) -> Result<Vec<String>, Error> {
        let mut told = Vec::new();
        for entry in self.history()? {
            let version = entry.version;
            match entry.standing {
                Standing::Applied => {}
                Standing::Pending => told.push(format!("Migration {version} is not applied")),
                Standing::Diverged => {
                    told.push(format!("Migration {version} was applied in another form"));
                }
                Standing::Unknown => told.push(format!("Migration {version} is not known here")),
            }
        }
        let found = self.describe()?;
        let wanted = self.describe_fresh()?;
        for (object, definition) in &wanted {
            match found.get(object) {
                None => told.push(format!("The {object} is missing")),
                Some(found) if found != definition => {
                    told.push(format!("The {object} is another one than it should be"));
                }
                Some(_) => {}
            }
        }
        let surplus = found.keys().filter(|object| !wanted.contains_key(*object));
        told.extend(surplus.map(|object| format!("The {object} does not belong here")));
        Ok(told)
    }

    fn runner(&self) -> Result<Runner, Error> {
        match &self.0 {
            Engine::File(_) => runner(|step| step.file.up),
            Engine::Server(_) => runner(|step| step.server.up),
        }
    }

    fn run(&mut self, sql: &str) -> Result<(), Error> {
        match &mut self.0 {
            Engine::File(connection) => {
                let ran = connection.execute_batch(sql);
                if ran.is_err() && !connection.is_autocommit() {
                    connection.execute_batch("ROLLBACK")?;
                }
                Ok(ran?)
            }
            // Statements of one message are one transaction, which an error ends.
            Engine::Server(server) => {
                let ran = server.run(sql);
                if ran.is_err() {
                    server.run("ROLLBACK")?;
                }
                ran
            }
        }
    }

    /// Version, name, instant and checksum of every applied migration.
    fn applied(&mut self) -> Result<Vec<(i64, String, String, String)>, Error> {
        const SQL: &str = "SELECT version, name, applied_on, checksum FROM refinery_schema_history ORDER BY version";

        match &mut self.0 {
            Engine::File(connection) => {
                if !has_history(connection)? {
                    return Ok(Vec::new());
                }
                let mut statement = connection.prepare(SQL)?;
                let rows = statement.query_map([], |row| {
                    Ok((
                        row.get("version")?,
                        row.get("name")?,
                        row.get("applied_on")?,
                        row.get("checksum")?,
                    ))
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            }
            Engine::Server(server) => {
                let client = server.client()?;
                let has_history = client.query_one(dialect::HAS_HISTORY_SERVER, &[])?;
                if has_history.try_get::<_, i64>("tables")? == 0 {
                    return Ok(Vec::new());
                }
                let rows = client.query(SQL, &[])?;
                let mut applied = Vec::new();
                for row in rows {
                    applied.push((
                        row.try_get("version")?,
                        row.try_get("name")?,
                        row.try_get("applied_on")?,
                        row.try_get("checksum")?,
                    ));
                }
                Ok(applied)
            }
        }
    }

    /// The definition of every object of the schema.
    fn describe(&mut self) -> Result<BTreeMap<String, String>, Error> {
        match &mut self.0 {
            Engine::File(connection) => describe_file(connection),
            Engine::Server(server) => describe_server(server),
        }
    }

    /// The same for a schema that is made now and goes again at once.
    fn describe_fresh(&mut self) -> Result<BTreeMap<String, String>, Error> {
        match &mut self.0 {
            Engine::File(_) => {
                let mut fresh = Connection::open_in_memory()?;
                apply_to_file(&mut fresh)?;
                describe_file(&fresh)
            }
            Engine::Server(server) => {
                // Making tables is part of a transaction there, and taken back with it.
                server.run(
                    "BEGIN; CREATE SCHEMA lectern_fresh; SET LOCAL search_path TO lectern_fresh",
                )?;
                let mut made = Ok(());
                for step in STEPS {
                    made = made.and_then(|()| server.run(step.server.up));
                }
                let described = made.and_then(|()| describe_server(server));
                server.run("ROLLBACK")?;
                described
            }
        }
    }
}

impl std::fmt::Debug for Schema {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Schema")
    }
}

fn describe_file(connection: &Connection) -> Result<BTreeMap<String, String>, Error> {
    let mut statement = connection.prepare(dialect::SCHEMA_FILE)?;
    let rows = statement.query_map([], |row| Ok((row.get("object")?, row.get("definition")?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn describe_server(server: &mut Server) -> Result<BTreeMap<String, String>, Error> {
    let rows = server.client()?.query(dialect::SCHEMA_SERVER, &[])?;
    let mut described = BTreeMap::new();
    for row in rows {
        described.insert(row.try_get("object")?, row.try_get("definition")?);
    }
    Ok(described)
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
