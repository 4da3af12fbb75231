//! The four databases as their operator sees them.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use model::{Caller, Personal};
pub use store::{
    Address, Database,
    inspect::Overview,
    migrations::{Entry, Schema, Standing, loss},
};
use store::{DatabaseKey, inspect};

use crate::{
    App, Error, Settings,
    audit::{self, Details, What},
    backup::{self, Summary},
    keys::card::StoreCard,
    opening::{self, Lock},
    permission::{Act, demand},
};

/// How long a question may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most rows that a question is answered with.
const MOST_ROWS: u32 = 1000;

/// One of the four databases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configured {
    /// Which one.
    pub database: Database,
    /// Where it is, without name and password; none when the default one stands in for it.
    pub place: Option<String>,
    /// The tables that are used there.
    pub tables: Vec<&'static str>,
}

/// How a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Which one.
    pub database: Database,
    /// Its engine with the version, or what is wrong.
    pub answer: Result<String, String>,
}

/// All four, and which table is where.
pub fn configured(app: &App, caller: &Caller) -> Result<Vec<Configured>, Error> {
    demand(caller, Act::SeeDatabases)?;
    let all = Database::ALL.map(|database| {
        let routed = store::ROUTES
            .iter()
            .filter(|(_, places)| places.contains(&database));
        let own = app.inner.databases.own(database);
        Configured {
            database,
            place: own.map(|store| store.address().to_string()),
            tables: routed.map(|(table, _)| *table).collect(),
        }
    });
    Ok(all.into())
}

/// Asks every database that is one of its own whether it answers.
pub fn health(app: &App, caller: &Caller) -> Result<Vec<Health>, Error> {
    demand(caller, Act::SeeDatabases)?;
    let own = Database::ALL.into_iter().filter_map(|database| {
        let store = app.inner.databases.own(database)?;
        let answer = store.read().and_then(|snapshot| inspect::engine(&snapshot));
        let answer = answer.map_err(|error| error.to_string());
        Some(Health { database, answer })
    });
    Ok(own.collect())
}

/// Size and tables of every database that is one of its own. It counts every row.
pub fn statistics(app: &App, caller: &Caller) -> Result<BTreeMap<Database, Overview>, Error> {
    demand(caller, Act::SeeDatabases)?;
    let mut statistics = BTreeMap::new();
    for database in Database::ALL {
        if let Some(store) = app.inner.databases.own(database) {
            statistics.insert(database, inspect::overview(&store.read()?)?);
        }
    }
    Ok(statistics)
}

/// Answers a question in SQL, which can change nothing; that it was asked is written down.
pub fn ask(
    app: &App,
    caller: &Caller,
    database: Database,
    question: &str,
    limit: u32,
) -> Result<Vec<serde_json::Value>, Error> {
    demand(caller, Act::AskDatabases)?;
    // Before anything is shown. The question may name a person, so only its digest is kept.
    app.write(|transaction| {
        let details = Details::new().personal("question", &Personal::new(question));
        audit::record(
            app,
            transaction,
            caller,
            What::DatabaseAsked,
            database.as_str(),
            details,
        )
    })?;
    let snapshot = app.inner.databases.get(database).read()?;
    let limit = limit.clamp(1, MOST_ROWS);
    Ok(inspect::ask(&snapshot, question, limit, PATIENCE)?)
}

/// Where backups are made by a job, and those that are there, newest first; none when no folder is set.
pub fn backups(app: &App, caller: &Caller) -> Result<Option<(PathBuf, Vec<Summary>)>, Error> {
    demand(caller, Act::SeeDatabases)?;
    let Some(folder) = app.settings().backup_dir.clone() else {
        return Ok(None);
    };
    let made = backup::list(&folder)?;
    Ok(Some((folder, made)))
}

/// The schemas of a store that is not opened for it, so that nothing is migrated on the way.
#[expect(
    missing_debug_implementations,
    reason = "it is a set of open connections"
)]
pub struct Schemas {
    /// Each database that is one of its own.
    pub schemas: Vec<(Database, Schema)>,
    /// No process opens the store meanwhile.
    _lock: Lock,
}

/// Opens the schemas of a store whose processes may go on meanwhile.
pub fn schemas(settings: &Settings) -> Result<Schemas, Error> {
    let data = &settings.data_dir;
    let no_store = || Error::NoStore { data: data.clone() };
    let card = StoreCard::load(settings)?.ok_or_else(no_store)?;
    let unlocked = opening::find_key(settings, &card)?;
    let lock = opening::lock(settings)?;
    let mut default = match settings.server() {
        Some(server) => Schema::connect(server)?,
        None => Schema::open(&settings.database_file(), &unlocked.database_key)?,
    };
    let mut others = Vec::new();
    for (database, address) in &settings.databases {
        if *database == Database::Default {
            continue;
        }
        let schema = match address {
            Address::Server(server) => Schema::connect(server)?,
            Address::File(path) => {
                let (name, purpose) = opening::key_name(*database);
                // One that was never opened has no key yet, and nothing to look at.
                let Some(wrapped) = default.setting(&name)? else {
                    continue;
                };
                let key = unlocked.ring.unwrap(&purpose, &wrapped);
                let key = key.ok_or(Error::Damaged {
                    what: "a database key",
                })?;
                Schema::open(&data.join(path), &DatabaseKey::new(key))?
            }
        };
        others.push((*database, schema));
    }
    let mut schemas = vec![(Database::Default, default)];
    schemas.extend(others);
    Ok(Schemas {
        schemas,
        _lock: lock,
    })
}

/// The newest version of the schema that this program knows.
pub fn head() -> Result<i64, Error> {
    Ok(store::migrations::head()?)
}
