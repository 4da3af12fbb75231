//! What belongs to a backup.

use std::{
    collections::BTreeMap,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use blobs::DataKey;
use model::Timestamp;
use serde::{Deserialize, Serialize};
use store::copy;
use zeroize::Zeroizing;

use super::path_error;
use crate::{
    Error,
    keys::{
        card::{self, StoreCard},
        file::make_private_directory,
    },
};

/// Format of backups that this program makes and understands.
pub(super) const FORMAT: u32 = 1;

/// One backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: u32,
    pub(super) id: String,
    pub(super) made_at: Timestamp,
    /// Version of the program that made it.
    pub(super) program: String,
    /// Version of the schema of its rows.
    pub(super) schema: i64,
    /// The card of the store, with its wrapped keys.
    pub(super) card: StoreCard,
    /// The key of the rows, wrapped by the master key.
    pub(super) wrapped_key: String,
    pub(super) databases: Vec<Dump>,
    /// How many objects belong to it.
    pub(super) objects: u64,
    /// How many the store lacked when it was made.
    pub(super) missing: u64,
    /// Keyed hash of everything else here and of the list of objects: only whoever has the key of the rows
    /// can make it.
    pub(super) seal: String,
}

/// The rows of one database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Dump {
    pub(super) database: String,
    pub(super) tables: Vec<TableDigest>,
    /// In the order in which they are put back.
    pub(super) pieces: Vec<Piece>,
}

/// How many rows a table has, and what they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TableDigest {
    pub(super) table: String,
    pub(super) rows: u64,
    pub(super) digest: String,
}

/// A sealed object with rows of one table, a line each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Piece {
    pub(super) table: String,
    pub(super) object: String,
}

/// A backup as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its id, which sorts by time.
    pub id: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// How many rows are in it.
    pub rows: u64,
    /// How many objects belong to it.
    pub objects: u64,
    /// How many objects the store lacked when it was made.
    pub missing: u64,
}

impl Manifest {
    /// Seals it, and writes it beside the list of its objects; that it is there makes the backup one.
    pub(super) fn save(
        mut self,
        folder: &Path,
        key: &DataKey,
        names: &[String],
    ) -> Result<Summary, Error> {
        let backups = backups(folder);
        make_private_directory(&backups).map_err(path_error(&backups))?;
        let mut names = names.join("\n");
        names.push('\n');
        self.seal = self.sealed_with(key, &names)?;
        let text = serde_json::to_vec_pretty(&self).map_err(|_| damaged())?;
        for (path, content) in [
            (
                backups.join(format!("{}.objects", self.id)),
                names.as_bytes(),
            ),
            (backups.join(format!("{}.json", self.id)), &text),
        ] {
            card::replace(&path, content).map_err(path_error(&path))?;
        }
        Ok(self.summary())
    }

    /// The one of an id, or the newest.
    pub(super) fn load(folder: &Path, id: Option<&str>) -> Result<Self, Error> {
        let id = match id {
            Some(id) if uuid::Uuid::parse_str(id).is_ok() => id.to_owned(),
            Some(_) => return Err(Error::BackupNotFound),
            None => {
                let newest = ids(folder)?.into_iter().next_back();
                newest.ok_or(Error::BackupNotFound)?
            }
        };
        let path = backups(folder).join(format!("{id}.json"));
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(Error::BackupNotFound);
            }
            Err(error) => return Err(path_error(&path)(error)),
        };
        Self::parse(&text).ok_or(Error::BackupDamaged)
    }

    fn parse(text: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(text).ok()?;
        (manifest.format == FORMAT).then_some(manifest)
    }

    /// Proves that nothing of it was altered; gives the names of its objects.
    pub(super) fn prove(&self, folder: &Path, key: &DataKey) -> Result<Vec<String>, Error> {
        let path = backups(folder).join(format!("{}.objects", self.id));
        let names = std::fs::read_to_string(&path).map_err(|_| Error::BackupDamaged)?;
        if self.sealed_with(key, &names)? != self.seal {
            return Err(Error::BackupDamaged);
        }
        Ok(names.lines().map(ToOwned::to_owned).collect())
    }

    fn sealed_with(&self, key: &DataKey, names: &str) -> Result<String, Error> {
        let sealing = Zeroizing::new(blake3::derive_key(
            "lectern 2026-11 backup manifest",
            key.bytes(),
        ));
        let unsealed = Self {
            seal: String::new(),
            ..self.clone()
        };
        let text = serde_json::to_vec(&unsealed).map_err(|_| damaged())?;
        let mut hasher = blake3::Hasher::new_keyed(&sealing);
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(&text).update(names.as_bytes());
        Ok(hasher.finalize().to_hex().to_string())
    }

    pub(super) fn summary(&self) -> Summary {
        let tables = self.databases.iter().flat_map(|dump| &dump.tables);
        Summary {
            id: self.id.clone(),
            made_at: self.made_at,
            rows: tables.map(|table| table.rows).sum(),
            objects: self.objects,
            missing: self.missing,
        }
    }
}

fn damaged() -> Error {
    Error::BackupDamaged
}

pub(super) fn backups(folder: &Path) -> PathBuf {
    folder.join("backups")
}

/// Ids of the backups in a folder, oldest first.
pub(super) fn ids(folder: &Path) -> Result<Vec<String>, Error> {
    let path = backups(folder);
    let entries = match std::fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(path_error(&path)(error)),
    };
    let mut ids = Vec::new();
    for entry in entries {
        let name = entry.map_err(path_error(&path))?.file_name();
        let id = name.to_str().and_then(|name| name.strip_suffix(".json"));
        ids.extend(
            id.filter(|id| uuid::Uuid::parse_str(id).is_ok())
                .map(ToOwned::to_owned),
        );
    }
    ids.sort_unstable();
    Ok(ids)
}

/// The backups in a folder, newest first. One that cannot be understood is left out.
pub fn list(folder: &Path) -> Result<Vec<Summary>, Error> {
    let mut found = Vec::new();
    for id in ids(folder)?.into_iter().rev() {
        match Manifest::load(folder, Some(&id)) {
            Ok(manifest) => found.push(manifest.summary()),
            Err(Error::BackupDamaged) => {
                tracing::warn!(backup = id, "a backup cannot be understood");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// A row as it is written and hashed: its columns in the order of their names, whatever the engine's is.
pub(super) fn line(row: &copy::Row) -> Result<Vec<u8>, Error> {
    let columns: BTreeMap<_, _> = row.iter().collect();
    serde_json::to_vec(&columns).map_err(|_| damaged())
}

/// Counts and hashes the rows of a table.
#[derive(Default)]
pub(super) struct Digester {
    rows: u64,
    hasher: blake3::Hasher,
}

impl Digester {
    pub(super) fn add(&mut self, line: &[u8]) {
        self.rows += 1;
        self.hasher.update(line).update(b"\n");
    }

    pub(super) fn finish(self) -> (u64, String) {
        (self.rows, self.hasher.finalize().to_hex().to_string())
    }
}
