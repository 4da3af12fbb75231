//! Backups: made while everything goes on, as sealed as the store itself, proved by restoring them.
//!
//! A backup lies in a folder that many backups share:
//!
//! ```text
//! objects/ab/ab12…           sealed objects, named as in the store: what is there is not copied again
//! backups/<id>.json          what belongs to one backup, and the store's card with its wrapped keys
//! backups/<id>.objects       the names of its objects, so that those of no backup can be removed
//! ```
//!
//! The rows of the databases are sealed objects too, under a key of the backup that the master key wraps.
//! So whoever has the folder has nothing, and whoever has the folder and the recovery code (or the master
//! key) has everything, on any machine. The rows are written in a form that either engine takes, so a backup
//! of one machine's store can be restored on a server and the other way round.
//!
//! Each database is read in one snapshot. Objects are copied after that; one that is gone by then, because
//! its document was deleted meanwhile, is left out and said so.

use std::path::{Path, PathBuf};

use blobs::{Blobs, DataKey, ObjectName, Put};
use model::Caller;
use store::{Database, Snapshot, blobs as blob_rows, copy, thumbnails};

use crate::{
    App, Error,
    jobs::{Kind, Outcome, Work},
    keys::{card::StoreCard, file::make_private_directory},
    permission::{Act, demand},
    random,
};

mod manifest;
mod restore;
mod retention;

use manifest::{Dump, Manifest, Piece, TableDigest};
pub use manifest::{Summary, list};
pub use restore::{Verified, restore, verify};
pub use retention::{Kept, prune};

/// The recurring job that makes a backup and removes those that are not kept any more.
pub(crate) const BACK_UP: Kind = Kind {
    name: "back_up",
    run: back_up_job,
};

/// How many rows are read at a time.
const ROWS: u32 = 500;

/// How long a piece of rows may become before it is sealed, in bytes.
const PIECE: usize = 8 * 1024 * 1024;

/// For what the key of a backup is wrapped.
fn key_purpose(id: &str) -> String {
    format!("lectern data key of backup {id}")
}

/// What came of making a backup.
#[derive(Debug, Clone)]
pub struct Made {
    /// The backup.
    pub summary: Summary,
    /// How many objects were copied; the others were in the folder already.
    pub copied: u64,
    /// Names of objects that a row refers to and that could not be had: the store itself lacks them.
    pub missing: Vec<String>,
}

/// Where objects are in a folder of backups.
fn objects(folder: &Path) -> PathBuf {
    folder.join("objects")
}

fn path_error(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Path { path, source }
}

/// Makes a backup in a folder, which is made when it is missing.
pub fn create(app: &App, caller: &Caller, folder: &Path) -> Result<Made, Error> {
    demand(caller, Act::ChangeKeys)?;
    make(app, folder)
}

fn make(app: &App, folder: &Path) -> Result<Made, Error> {
    if folder.starts_with(&app.settings().data_dir) {
        return Err(Error::BackupInData {
            path: folder.to_owned(),
        });
    }
    let objects_folder = objects(folder);
    make_private_directory(&objects_folder).map_err(path_error(&objects_folder))?;
    let target = Blobs::in_folder(&objects_folder, app.runtime())?;

    let made_at = app.now();
    let id = random::id(made_at)?.to_string();
    let key = DataKey::new(random::bytes()?);
    let mut writer = Writer {
        app,
        target: &target,
        key: &key,
        names: Vec::new(),
    };
    let mut databases = Vec::new();
    let mut referred = Vec::new();
    for (database, snapshot) in snapshots(app)? {
        databases.push(writer.dump(database, &snapshot)?);
        referred.extend(object_names(&snapshot)?);
    }
    let Writer { mut names, .. } = writer;

    let (mut copied, mut missing) = (0, Vec::new());
    for name in referred {
        match carry(app, &target, &name)? {
            Carried::Copied => copied += 1,
            Carried::AlreadyThere => {}
            Carried::Deleted => continue,
            Carried::Missing => {
                missing.push(name);
                continue;
            }
        }
        names.push(name);
    }

    let card = StoreCard::load(app.settings())?.ok_or_else(|| Error::StoreCardMissing {
        data: app.settings().data_dir.clone(),
    })?;
    let wrapped_key = app.inner.master.wrap(&key_purpose(&id), key.bytes())?;
    let manifest = Manifest {
        format: manifest::FORMAT,
        id,
        made_at,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: store::schema_head()?,
        card,
        wrapped_key,
        databases,
        objects: names.len() as u64,
        missing: missing.len() as u64,
        seal: String::new(),
    };
    let summary = manifest.save(folder, &key, &names)?;
    Ok(Made {
        summary,
        copied,
        missing,
    })
}

/// One state of every database, all of the same moment as far as records go: these move from one to another
/// in the line of the default database only, which is held meanwhile.
fn snapshots(app: &App) -> Result<Vec<(Database, Snapshot)>, Error> {
    let line = app.inner.store.write()?;
    let mut snapshots = Vec::new();
    for database in Database::ALL {
        if let Some(store) = app.inner.databases.own(database) {
            snapshots.push((database, store.read_at_leisure()?));
        }
    }
    drop(line);
    Ok(snapshots)
}

/// Names of the objects that a database refers to.
fn object_names(snapshot: &Snapshot) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    let mut after = None;
    loop {
        let page = blob_rows::page(snapshot, after.as_ref(), ROWS)?;
        names.extend(page.iter().map(|blob| blob.object_name.clone()));
        match page.into_iter().last() {
            Some(last) => after = Some(last.digest),
            None => break,
        }
    }
    let mut after = None;
    loop {
        let page = thumbnails::page(snapshot, after, ROWS)?;
        names.extend(page.iter().map(|thumbnail| thumbnail.object_name.clone()));
        match page.into_iter().last() {
            Some(last) => after = Some(last.document),
            None => return Ok(names),
        }
    }
}

enum Carried {
    Copied,
    AlreadyThere,
    /// Nothing refers to it any more.
    Deleted,
    /// Something does, but it is not there.
    Missing,
}

/// Copies an object into a backup, unless it is there.
fn carry(app: &App, target: &Blobs, name: &str) -> Result<Carried, Error> {
    let parsed = ObjectName::parse(name)?;
    if target.size(&parsed)?.is_some() {
        return Ok(Carried::AlreadyThere);
    }
    match app.inner.blobs.sealed(&parsed) {
        Ok(object) => match target.put_sealed(&parsed, object.to_vec())? {
            Put::Written => Ok(Carried::Copied),
            Put::AlreadyThere => Ok(Carried::AlreadyThere),
        },
        Err(blobs::Error::Missing) => {
            let referred = app.refers_to(&[name])?;
            Ok(if referred.is_empty() {
                Carried::Deleted
            } else {
                Carried::Missing
            })
        }
        Err(error) => Err(error.into()),
    }
}

impl App {
    /// Which of these objects any database refers to.
    pub(crate) fn refers_to(&self, names: &[&str]) -> Result<Vec<String>, Error> {
        let mut referred = Vec::new();
        // The default one again at the end: a record that comes back from the archive meanwhile is in one
        // of the two whenever it is looked for.
        for database in Database::ALL.into_iter().chain([Database::Default]) {
            if let Some(store) = self.inner.databases.own(database) {
                let snapshot = store.read()?;
                referred.extend(blob_rows::named(&snapshot, names)?);
                referred.extend(thumbnails::named(&snapshot, names)?);
            }
        }
        Ok(referred)
    }
}

/// Writes rows into sealed pieces.
struct Writer<'a> {
    app: &'a App,
    target: &'a Blobs,
    key: &'a DataKey,
    names: Vec<String>,
}

impl Writer<'_> {
    /// Writes every table of a database.
    fn dump(&mut self, database: Database, snapshot: &Snapshot) -> Result<Dump, Error> {
        let mut dump = Dump {
            database: database.as_str().to_owned(),
            tables: Vec::new(),
            pieces: Vec::new(),
        };
        for table in copy::TABLES {
            let mut digest = manifest::Digester::default();
            let mut piece = Vec::new();
            let mut last = None;
            loop {
                let rows = copy::rows(snapshot, *table, last.as_ref(), ROWS)?;
                for row in &rows {
                    let line = manifest::line(row)?;
                    digest.add(&line);
                    piece.extend(line);
                    piece.push(b'\n');
                }
                if piece.len() >= PIECE {
                    dump.pieces.push(self.seal(table.name, &piece)?);
                    piece.clear();
                }
                match rows.into_iter().last() {
                    Some(row) => last = Some(row),
                    None => break,
                }
            }
            if !piece.is_empty() {
                dump.pieces.push(self.seal(table.name, &piece)?);
            }
            let (rows, digest) = digest.finish();
            dump.tables.push(TableDigest {
                table: table.name.to_owned(),
                rows,
                digest,
            });
        }
        Ok(dump)
    }

    fn seal(&mut self, table: &str, piece: &[u8]) -> Result<Piece, Error> {
        let naming = &self.app.inner.naming;
        let name = naming.object_name(&naming.digest(piece), self.key);
        self.target.put(&name, self.key, piece)?;
        self.names.push(name.as_str().to_owned());
        Ok(Piece {
            table: table.to_owned(),
            object: name.as_str().to_owned(),
        })
    }
}

fn back_up_job(work: &Work<'_>) -> Result<Outcome, Error> {
    let Some(folder) = work.app.settings().backup_dir.clone() else {
        return Ok(Outcome::Done);
    };
    let made = make(work.app, &folder)?;
    for name in &made.missing {
        tracing::error!(
            object = name,
            "a stored file is missing, also from the backup"
        );
    }
    prune(&folder, Kept::USUAL, work.app.now())?;
    Ok(Outcome::Done)
}
