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
    /// Whether the database was ever opened. Before that nothing was kept in it, and making it may
    /// be gone on with; after that a missing database is a loss, and none is made in its place.
    pub(crate) complete: bool,
}

impl StoreCard {
    pub(crate) fn new(store: Uuid, key_place: KeyPlace, wrapped_database_key: String) -> Self {
        Self {
            format: FORMAT,
            store,
            key_place,
            wrapped_database_key,
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

/// Replaces a file by another of the given content.
fn replace(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let beside: PathBuf = path.with_extension("json.new");
    let mut file = File::create(&beside)?;
    file.write_all(content)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    super::file::sync_parent(path)
}
