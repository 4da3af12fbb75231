//! `store.json`: what a data directory says about itself in the open.

use std::{
    fs::File,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Error;

/// Format of the data directory that this program makes and understands.
const FORMAT: u32 = 1;

const NAME: &str = "store.json";

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

    /// The card of a data directory, if it has one.
    pub(crate) fn load(data: &Path) -> Result<Option<Self>, Error> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }

        let path = data.join(NAME);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(Error::Path { path, source }),
        };
        // The format first: the rest of a newer card may look different.
        match serde_json::from_slice::<Format>(&text) {
            Ok(Format { format }) if format > FORMAT => {
                return Err(Error::StoreNewer {
                    data: data.to_owned(),
                });
            }
            Ok(_) => {}
            Err(_) => return Err(Error::StoreCardDamaged { path }),
        }
        let card = serde_json::from_slice(&text);
        card.map(Some).map_err(|_| Error::StoreCardDamaged { path })
    }

    /// Writes the card: whole or not at all, and on the disk when this returns.
    pub(crate) fn save(&self, data: &Path) -> Result<(), Error> {
        let path = data.join(NAME);
        let written = serde_json::to_vec_pretty(self)
            .map_err(std::io::Error::other)
            .and_then(|text| replace(&path, &text));
        written.map_err(|source| Error::Path { path, source })
    }
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
