//! `store.json`: what a data directory says about itself in the open.

use std::{
    fs::File,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use store::Store;
use uuid::Uuid;

use crate::{Error, Settings};

/// Format of the data directory that this program makes and understands.
const FORMAT: u32 = 1;

pub(crate) const NAME: &str = "store.json";

/// Name of the card among the settings of a database on a server.
const IN_DATABASE: &str = "store_card";

/// The file by which a data directory knows that its store is on a server, and which.
const MARK: &str = "server.json";

/// Where the master key was put when the store was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeyPlace {
    Keychain,
    File,
}

/// The description of a store, without any secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoreCard {
    format: u32,
    /// The store's id: the name under which its master key is kept.
    pub(crate) store: Uuid,
    /// Where the master key was put.
    pub(crate) key_place: KeyPlace,
    /// The database key, wrapped by the master key.
    pub(crate) wrapped_database_key: String,
    /// The master key, wrapped by the key that the recovery code stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) recovery: Option<String>,
    /// Set while another master key takes the place of the present one. Either of them opens the
    /// store then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rotation: Option<Rotation>,
    /// Set while the database file gets another key: that key, wrapped by the master key. Whichever of
    /// the two fits the file is the right one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) next_wrapped_database_key: Option<String>,
    /// Whether the database was ever opened. Before that nothing was kept in it, and making it may
    /// be gone on with; after that a missing database is a loss, and none is made in its place.
    pub(crate) complete: bool,
}

/// What a rotation of the master key needs to be gone on with after a crash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rotation {
    /// The database key, wrapped by the new master key.
    pub(crate) wrapped_database_key: String,
    /// The new master key, wrapped by the old one.
    pub(crate) successor: String,
    /// The old master key, wrapped by the new one.
    pub(crate) predecessor: String,
    /// The new master key, wrapped by the key of the new recovery code.
    pub(crate) recovery: String,
}

impl StoreCard {
    pub(crate) fn new(store: Uuid, key_place: KeyPlace, wrapped_database_key: String) -> Self {
        Self {
            format: FORMAT,
            store,
            key_place,
            wrapped_database_key,
            recovery: None,
            rotation: None,
            next_wrapped_database_key: None,
            complete: false,
        }
    }

    /// The card of a store, if there is one: in the data directory, or in the database where that is a
    /// server's, so that all machines on it have the same.
    pub(crate) fn load(settings: &Settings) -> Result<Option<Self>, Error> {
        let data = &settings.data_dir;
        if let Some(server) = settings.server() {
            let text = Store::glance(server, IN_DATABASE)?;
            let path = PathBuf::from(server.to_string());
            return text.map_or(Ok(None), |text| Self::read(text.as_bytes(), data, path));
        }
        let path = data.join(NAME);
        match std::fs::read(&path) {
            Ok(text) => Self::read(&text, data, path),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Error::Path { path, source }),
        }
    }

    fn read(text: &[u8], data: &Path, path: PathBuf) -> Result<Option<Self>, Error> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }

        // The format first: the rest of a newer card may look different.
        match serde_json::from_slice::<Format>(text) {
            Ok(Format { format }) if format > FORMAT => {
                return Err(Error::StoreNewer {
                    data: data.to_owned(),
                });
            }
            Ok(_) => {}
            Err(_) => return Err(Error::StoreCardDamaged { path }),
        }
        let card = serde_json::from_slice(text);
        card.map(Some).map_err(|_| Error::StoreCardDamaged { path })
    }

    /// Writes the card: whole or not at all, and on the disk when this returns.
    pub(crate) fn save(&self, settings: &Settings) -> Result<(), Error> {
        if let Some(server) = settings.server() {
            let text =
                serde_json::to_string(self).map_err(|_| Error::Damaged { what: "a card" })?;
            let store = Store::connect(server)?;
            let transaction = store.write()?;
            store::settings::set(&transaction, IN_DATABASE, &text)?;
            return Ok(transaction.commit()?);
        }
        let path = settings.data_dir.join(NAME);
        let written = serde_json::to_vec_pretty(self)
            .map_err(std::io::Error::other)
            .and_then(|text| replace(&path, &text));
        written.map_err(|source| Error::Path { path, source })
    }
}

/// What a data directory whose store is on a server says of it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Mark {
    /// Which store.
    pub(crate) store: Uuid,
    /// This directory, so that the store knows in whose folder its files lie.
    pub(crate) folder: Uuid,
}

/// To which store on a server a data directory belongs, if it does.
pub(crate) fn load_mark(data: &Path) -> Result<Option<Mark>, Error> {
    let path = data.join(MARK);
    match std::fs::read(&path) {
        Ok(text) => match serde_json::from_slice::<Mark>(&text) {
            Ok(mark) => Ok(Some(mark)),
            Err(_) => Err(Error::StoreCardDamaged { path }),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Path { path, source }),
    }
}

/// Notes to which store on a server a data directory belongs.
pub(crate) fn save_mark(data: &Path, mark: &Mark) -> Result<(), Error> {
    let path = data.join(MARK);
    let written = serde_json::to_vec(mark)
        .map_err(std::io::Error::other)
        .and_then(|text| replace(&path, &text));
    written.map_err(|source| Error::Path { path, source })
}

/// For what a store's database key is wrapped.
pub(crate) fn database_purpose(store: Uuid) -> String {
    format!("lectern database key of store {store}")
}

/// For what one master key wraps another.
pub(crate) fn succession_purpose(store: Uuid) -> String {
    format!("lectern succession of store {store}")
}

/// For what the key of a recovery code wraps a master key.
pub(crate) fn recovery_purpose(store: Uuid) -> String {
    format!("lectern recovery of store {store}")
}

/// Replaces a file by another of the given content.
pub(crate) fn replace(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let beside: PathBuf = path.with_extension("json.new");
    let mut file = File::create(&beside)?;
    file.write_all(content)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    super::file::sync_parent(path)
}
