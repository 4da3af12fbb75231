//! The databases beside the default one.
//!
//! The default one keeps that there is another and, for a file, its key; the other keeps whose it is. So
//! one that was lost is never made anew in its place, and none is taken for that of another store.

use std::path::PathBuf;

use store::{Address, Database, DatabaseKey, Databases, Store, settings as values};
use uuid::Uuid;

use crate::{Error, Settings, keys::ring::KeyRing, random};

/// Under this name each database beside the default one says whose it is.
pub(crate) const BELONGS_TO: &str = "belongs_to";

/// Opens every database of the settings beside the default one, or makes it.
pub(super) fn open(
    settings: &Settings,
    store_id: Uuid,
    default: &Store,
    master: &KeyRing,
) -> Result<Databases, Error> {
    let mut databases = Databases::new(default.clone());
    for (database, address) in &settings.databases {
        if *database == Database::Default {
            continue;
        }
        let known = values::get(&default.read()?, &record(*database))?.is_some();
        let other = match address {
            Address::Server(server) => Store::connect(server)?,
            Address::File(path) => {
                let path = settings.data_dir.join(path);
                let key = key(*database, default, master)?;
                match known {
                    true if !path.exists() => return Err(Error::DatabaseMissing { data: path }),
                    true => Store::open(&path, &key)?,
                    false => Store::create(&path, &key)?,
                }
            }
        };
        claim(&other, *database, store_id, known, address)?;
        if !known {
            let transaction = default.write()?;
            values::set(&transaction, &record(*database), &address.to_string())?;
            transaction.commit()?;
        }
        databases = databases.with(*database, other);
    }
    Ok(databases)
}

/// The name under which the default database keeps that there is another.
fn record(database: Database) -> String {
    format!("database_{}", database.as_str())
}

/// The name under which the default database keeps the key of another, and for what it is wrapped.
pub(crate) fn key_name(database: Database) -> (String, String) {
    let name = database.as_str();
    (
        format!("database_key_{name}"),
        format!("lectern database key of {name}"),
    )
}

/// The key of a file beside the default one, rolled when it is asked for the first time.
pub(crate) fn key(
    database: Database,
    default: &Store,
    master: &KeyRing,
) -> Result<DatabaseKey, Error> {
    let (name, purpose) = key_name(database);
    let transaction = default.write()?;
    if let Some(wrapped) = values::get(&transaction, &name)? {
        let key = master.unwrap(&purpose, &wrapped);
        return key.map(DatabaseKey::new).ok_or(Error::Damaged {
            what: "a database key",
        });
    }
    let key = random::bytes()?;
    values::set(&transaction, &name, &master.wrap(&purpose, &key)?)?;
    transaction.commit()?;
    Ok(DatabaseKey::new(key))
}

/// Makes sure that a database is this store's.
fn claim(
    other: &Store,
    database: Database,
    store_id: Uuid,
    known: bool,
    address: &Address,
) -> Result<(), Error> {
    let ours = format!("{store_id}/{}", database.as_str());
    let transaction = other.write()?;
    match values::get(&transaction, BELONGS_TO)? {
        Some(whose) if whose == ours => return Ok(()),
        Some(_) => {
            let address = address.to_string();
            return Err(Error::OtherStore { address });
        }
        None if known => {
            let data = PathBuf::from(address.to_string());
            return Err(Error::DatabaseMissing { data });
        }
        None => {}
    }
    values::set(&transaction, BELONGS_TO, &ours)?;
    Ok(transaction.commit()?)
}
