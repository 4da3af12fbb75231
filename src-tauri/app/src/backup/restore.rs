//! Making a store of a backup again, for use or as a proof.

use std::path::Path;

use blobs::{Blobs, DataKey, ObjectName};
use model::DocumentId;
use store::{Address, Database, Snapshot, Store, blobs as blob_rows, copy, thumbnails};

use super::{
    ROWS,
    manifest::{Digester, Dump, Manifest, line},
    objects, path_error,
};
use crate::{
    Error, Settings, intake,
    keys::{MasterKey, card::StoreCard, file::make_private_directory, place, recovery},
    opening::{self, Unlocked},
    thumbnails as pictures,
};

/// What was proved of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Its id.
    pub id: String,
    /// Rows that came back as they were.
    pub rows: u64,
    /// Stored files of which every byte came back.
    pub files: u64,
    /// Stored files that the store itself lacked when the backup was made.
    pub missing: u64,
}

/// Makes a store of a backup in the place that the settings name, where none may be. Its key is the one that
/// the recovery code opens, or, without a code, the one that is found where the store's key always was.
pub fn restore(
    settings: &Settings,
    folder: &Path,
    id: Option<&str>,
    code: Option<&str>,
) -> Result<Verified, Error> {
    let manifest = Manifest::load(folder, id)?;
    refuse_other_schema(&manifest)?;
    let data = &settings.data_dir;
    let taken = data.exists()
        && std::fs::read_dir(data)
            .map_err(path_error(data))?
            .next()
            .is_some();
    if taken || StoreCard::load(settings)?.is_some() {
        return Err(Error::RestoreTaken { data: data.clone() });
    }
    let (master, unlocked) = open(settings, &manifest, code)?;
    make_private_directory(data).map_err(path_error(data))?;
    let restored = put_back(settings, folder, &manifest, &unlocked)?;

    let mut card = manifest.card.clone();
    if code.is_some() && settings.key.is_none() {
        let (key_place, _) = place::keep(settings, card.store, &master)?;
        card.key_place = key_place;
    }
    card.complete = true;
    // Last: only what has a card is a store.
    card.save(settings)?;
    Ok(restored)
}

/// Restores a backup into a folder that is thrown away afterwards, and compares everything that came back
/// with what the backup should hold.
pub fn verify(
    settings: &Settings,
    folder: &Path,
    id: Option<&str>,
    code: Option<&str>,
) -> Result<Verified, Error> {
    let manifest = Manifest::load(folder, id)?;
    refuse_other_schema(&manifest)?;
    let (_, unlocked) = open(settings, &manifest, code)?;
    // In the folder of the backups, because that disk has room for what is in it.
    let scratch = tempfile::Builder::new()
        .prefix("verify-")
        .tempdir_in(folder)
        .map_err(path_error(folder))?;
    let elsewhere = Settings {
        data_dir: scratch.path().join("data"),
        databases: std::collections::BTreeMap::new(),
        bucket: None,
        ..settings.clone()
    };
    make_private_directory(&elsewhere.data_dir).map_err(path_error(&elsewhere.data_dir))?;
    put_back(&elsewhere, folder, &manifest, &unlocked)
}

/// Rows of an older schema would have to be moved on their way, which is what the program that made them and
/// the migrations are for.
fn refuse_other_schema(manifest: &Manifest) -> Result<(), Error> {
    if manifest.schema == store::schema_head()? {
        Ok(())
    } else {
        Err(Error::BackupOtherSchema {
            program: manifest.program.clone(),
        })
    }
}

/// The master key of a backup, and what it opens.
fn open(
    settings: &Settings,
    manifest: &Manifest,
    code: Option<&str>,
) -> Result<(MasterKey, Unlocked), Error> {
    let (master, found) = if let Some(code) = code {
        let master = recovery::open_with(&manifest.card, code)?;
        (master, "the recovery code".to_owned())
    } else {
        let found = place::find(settings, &manifest.card)?;
        (found.key, found.place)
    };
    let unlocked = opening::unlock(&manifest.card, master.clone());
    let unlocked = unlocked.ok_or_else(|| Error::KeyWrong {
        data: settings.data_dir.clone(),
        found,
    })?;
    Ok((master, unlocked))
}

/// Puts rows and objects back and compares what came back.
fn put_back(
    settings: &Settings,
    folder: &Path,
    manifest: &Manifest,
    unlocked: &Unlocked,
) -> Result<Verified, Error> {
    let key = unlocked
        .ring
        .unwrap(&super::key_purpose(&manifest.id), &manifest.wrapped_key);
    let key = DataKey::new(key.ok_or(Error::BackupDamaged)?);
    let names = manifest.prove(folder, &key)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(Error::Thread)?;
    let source = Blobs::in_folder(&objects(folder), runtime.handle().clone())?;
    let target = if let Some(bucket) = &settings.bucket {
        Blobs::in_bucket(bucket, runtime.handle().clone())?
    } else {
        let blobs = settings.data_dir.join(opening::BLOBS);
        make_private_directory(&blobs).map_err(path_error(&blobs))?;
        Blobs::in_folder(&blobs, runtime.handle().clone())?
    };

    let (mut rows, mut files) = (0, 0);
    let mut default = None;
    for dump in &manifest.databases {
        let database: Database = dump.database.parse().map_err(|_| Error::BackupDamaged)?;
        let store = make_database(settings, database, default.as_ref(), unlocked)?;
        fill(&store, dump, &source, &key)?;
        let snapshot = store.read()?;
        rows += compare(&snapshot, dump)?;
        drop(snapshot);
        // What documents are looked for by is made again.
        let transaction = store.write()?;
        store::documents::forget_compared(&transaction)?;
        transaction.commit()?;
        let snapshot = store.read()?;
        let complaints = copy::complaints(&snapshot)?;
        if !complaints.is_empty() {
            return Err(Error::BackupDamaged);
        }
        files += put_objects(&snapshot, &names, &source, &target, unlocked)?;
        drop(snapshot);
        if database == Database::Default {
            default = Some(store);
        }
    }
    Ok(Verified {
        id: manifest.id.clone(),
        rows,
        files,
        missing: manifest.missing,
    })
}

/// A new database for rows of the one of this name.
fn make_database(
    settings: &Settings,
    database: Database,
    default: Option<&Store>,
    unlocked: &Unlocked,
) -> Result<Store, Error> {
    let store = match (settings.databases.get(&database), default) {
        (Some(Address::Server(server)), _) => Store::connect(server)?,
        (_, None) => Store::create(&settings.database_file(), &unlocked.database_key)?,
        (address, Some(default)) => {
            let name = format!("{}.db", database.as_str());
            let path = match address {
                Some(Address::File(path)) => settings.data_dir.join(path),
                _ => settings.data_dir.join(name),
            };
            let key = opening::key_of(database, default, &unlocked.ring)?;
            Store::create(&path, &key)?
        }
    };
    let snapshot = store.read()?;
    for table in copy::TABLES {
        if copy::count(&snapshot, *table)? > 0 {
            return Err(Error::RestoreTaken {
                data: settings.data_dir.clone(),
            });
        }
    }
    drop(snapshot);
    Ok(store)
}

/// Puts the rows of a dump into an empty database, all or none.
fn fill(store: &Store, dump: &Dump, source: &Blobs, key: &DataKey) -> Result<(), Error> {
    let transaction = store.write()?;
    for piece in &dump.pieces {
        let table = copy::TABLES.iter().find(|table| table.name == piece.table);
        let table = *table.ok_or(Error::BackupDamaged)?;
        let name = ObjectName::parse(&piece.object)?;
        let lines = source.get(&name, key).map_err(|error| match error {
            blobs::Error::Missing | blobs::Error::Altered => Error::BackupDamaged,
            error => error.into(),
        })?;
        for line in lines
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
        {
            let row: copy::Row = serde_json::from_slice(line).map_err(|_| Error::BackupDamaged)?;
            copy::insert(&transaction, table, &row)?;
        }
    }
    for table in copy::TABLES {
        copy::count_on(&transaction, *table)?;
    }
    Ok(transaction.commit()?)
}

/// Whether every table has the rows that it had; says how many they are.
fn compare(snapshot: &Snapshot, dump: &Dump) -> Result<u64, Error> {
    let mut all = 0;
    for expected in &dump.tables {
        let table = copy::TABLES
            .iter()
            .find(|table| table.name == expected.table);
        let table = *table.ok_or(Error::BackupDamaged)?;
        let mut digest = Digester::default();
        let mut last = None;
        loop {
            let rows = copy::rows(snapshot, table, last.as_ref(), ROWS)?;
            for row in &rows {
                digest.add(&line(row)?);
            }
            match rows.into_iter().last() {
                Some(row) => last = Some(row),
                None => break,
            }
        }
        let (rows, digest) = digest.finish();
        if rows != expected.rows || digest != expected.digest {
            return Err(Error::BackupDamaged);
        }
        all += rows;
    }
    Ok(all)
}

/// Puts the objects back that a database refers to, each of them opened first to prove that it is whole; says
/// how many stored files there were.
fn put_objects(
    snapshot: &Snapshot,
    names: &[String],
    source: &Blobs,
    target: &Blobs,
    unlocked: &Unlocked,
) -> Result<u64, Error> {
    let held: std::collections::HashSet<&str> = names.iter().map(String::as_str).collect();
    let carry = |object: &str, purpose: &str, wrapped: &str| -> Result<bool, Error> {
        if !held.contains(object) {
            return Ok(false);
        }
        let key = unlocked.ring.unwrap(purpose, wrapped);
        let key = DataKey::new(key.ok_or(Error::BackupDamaged)?);
        let name = ObjectName::parse(object)?;
        match source.get(&name, &key) {
            Ok(_) => {}
            Err(blobs::Error::Missing | blobs::Error::Altered) => {
                return Err(Error::BackupDamaged);
            }
            Err(error) => return Err(error.into()),
        }
        target.put_sealed(&name, source.sealed(&name)?.to_vec())?;
        Ok(true)
    };
    let mut files = 0;
    let mut after = None;
    loop {
        let page = blob_rows::page(snapshot, after.as_ref(), ROWS)?;
        for blob in &page {
            let purpose = intake::key_purpose(&blob.digest);
            files += u64::from(carry(&blob.object_name, &purpose, &blob.wrapped_key)?);
        }
        match page.into_iter().last() {
            Some(last) => after = Some(last.digest),
            None => break,
        }
    }
    let mut after: Option<DocumentId> = None;
    loop {
        let page = thumbnails::page(snapshot, after, ROWS)?;
        for thumbnail in &page {
            let purpose = pictures::purpose(thumbnail.document);
            carry(&thumbnail.object_name, &purpose, &thumbnail.wrapped_key)?;
        }
        match page.into_iter().last() {
            Some(last) => after = Some(last.document),
            None => return Ok(files),
        }
    }
}
