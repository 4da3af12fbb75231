//! Opening a data directory, or making a new one.
//!
//! The order of making is such that a crash at any point leaves either nothing or something that the
//! next start goes on with: first the master key is kept, then `store.json` is written with the
//! wrapped database key and the remark that it is not complete, then the database is made, then the
//! remark is taken away. A directory that was complete once is never made anew: when its key or its
//! database is missing, that is an error and nothing is touched.

use std::{
    fs::File,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use blobs::NamingKey;
use model::{Problem, Role, UserId};
use store::{DatabaseKey, Store, users};
use uuid::Uuid;

use crate::{
    Error, Keychain, Settings,
    keys::{
        MasterKey,
        card::{KeyPlace, StoreCard},
        file,
        keychain::{self, Refusal},
    },
    process::{self, ProcessMark},
    random,
};

const DATABASE: &str = "lectern.db";
const BLOBS: &str = "blobs";
const LOCK: &str = "store.lock";

/// Name under which the wrapped naming key is kept in the database.
const NAMING_KEY: &str = "naming_key";

/// Name of the built-in user of this machine.
const LOCAL_USER: &str = "local";

/// What an opened data directory consists of.
pub(crate) struct Opened {
    pub(crate) store: Store,
    pub(crate) blobs_folder: PathBuf,
    pub(crate) master: MasterKey,
    pub(crate) naming: NamingKey,
    pub(crate) local_user: UserId,
    pub(crate) process: ProcessMark,
    pub(crate) notices: Vec<Problem>,
}

fn path_error(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Path { path, source }
}

/// Opens the data directory of the settings, or makes it.
pub(crate) fn open(settings: &Settings) -> Result<Opened, Error> {
    let data = &settings.data_dir;
    let config = &settings.config_dir;
    for place in [Some(config), settings.key_file.as_ref()]
        .into_iter()
        .flatten()
    {
        if place.starts_with(data) {
            return Err(Error::KeyInData {
                path: place.clone(),
            });
        }
    }
    // Looked at before anything is made, so that a directory that cannot be opened stays as it is.
    let existing = StoreCard::load(data)?;
    if existing.is_none() && data.join(DATABASE).exists() {
        return Err(Error::StoreCardMissing { data: data.clone() });
    }
    if let Some(card) = existing.filter(|card| card.complete) {
        let (master, database_key) = find_key(settings, &card)?;
        if !data.join(DATABASE).exists() {
            return Err(Error::DatabaseMissing { data: data.clone() });
        }
        let _lock = lock(data)?;
        let store = Store::open(&data.join(DATABASE), &database_key)?;
        return finish(settings, store, master, Vec::new());
    }

    file::make_private_directory(data).map_err(path_error(data))?;
    let _lock = lock(data)?;
    // Again, now that nobody else can be making it.
    let mut notices = Vec::new();
    let (mut card, master, database_key) = if let Some(card) = StoreCard::load(data)? {
        let (master, database_key) = find_key(settings, &card)?;
        (card, master, database_key)
    } else {
        begin(settings, &mut notices)?
    };
    let store = Store::create(&data.join(DATABASE), &database_key)?;
    if !card.complete {
        card.complete = true;
        card.save(data)?;
    }
    finish(settings, store, master, notices)
}

/// Waits until no other process opens or makes the same data directory.
fn lock(data: &Path) -> Result<File, Error> {
    let path = data.join(LOCK);
    let file = File::create(&path).map_err(path_error(&path))?;
    file.lock().map_err(path_error(&path))?;
    Ok(file)
}

/// Rolls the keys of a new store, keeps the master key and writes the store's card.
fn begin(
    settings: &Settings,
    notices: &mut Vec<Problem>,
) -> Result<(StoreCard, MasterKey, DatabaseKey), Error> {
    let store_id = random::id(settings.clock.now())?;
    let given = match &settings.key_file {
        Some(path) => file::load(path)?,
        None => None,
    };
    let (master, place) = if let Some(master) = given {
        (master, KeyPlace::File)
    } else {
        let master = MasterKey::random()?;
        let place = keep_key(settings, store_id, &master, notices)?;
        (master, place)
    };
    let database_key = random::bytes()?;
    let wrapped = master.wrap(&database_purpose(store_id), &database_key)?;
    let card = StoreCard::new(store_id, place, wrapped);
    if let Err(error) = card.save(&settings.data_dir) {
        // Without its card the key opens nothing; it should not stay behind in the keychain.
        if place == KeyPlace::Keychain && keychain::forget(store_id).is_err() {
            tracing::warn!(store.id = %store_id, "an unused key stays in the keychain");
        }
        return Err(error);
    }
    Ok((card, master, DatabaseKey::new(database_key)))
}

fn database_purpose(store: Uuid) -> String {
    format!("lectern database key of store {store}")
}

fn keep_key(
    settings: &Settings,
    store_id: Uuid,
    master: &MasterKey,
    notices: &mut Vec<Problem>,
) -> Result<KeyPlace, Error> {
    let reason = match (&settings.key_file, settings.keychain) {
        (Some(path), _) => {
            file::save(path, master)?;
            return Ok(KeyPlace::File);
        }
        (None, Keychain::FileOnly) => "No keychain is asked for".to_owned(),
        (None, Keychain::Os) => match keychain::save(store_id, master) {
            Ok(()) => return Ok(KeyPlace::Keychain),
            Err(Refusal::Absent) => "This account has no keychain".to_owned(),
            Err(Refusal::Locked) => "The keychain of this account is locked".to_owned(),
            Err(Refusal::Denied(reason)) => {
                format!("The keychain of this account refuses Lectern ({reason})")
            }
        },
    };
    let path = file::path(&settings.config_dir, store_id);
    file::save(&path, master)?;
    notices.push(Problem {
        code: "key_in_file".to_owned(),
        message: format!(
            "{reason}, so the key that opens the stored documents is in the file `{}`. Keep a copy of it apart from the data: without it nothing can be opened",
            path.display()
        ),
    });
    Ok(KeyPlace::File)
}

/// Finds the master key of a store and unwraps the database key with it.
fn find_key(settings: &Settings, card: &StoreCard) -> Result<(MasterKey, DatabaseKey), Error> {
    let data = &settings.data_dir;
    let purpose = database_purpose(card.store);
    let unwrap = |master: MasterKey, found: String| {
        let key = master.unwrap(&purpose, &card.wrapped_database_key);
        match key {
            Some(key) => Ok((master, DatabaseKey::new(key))),
            None => Err(Error::KeyWrong {
                data: data.clone(),
                found,
            }),
        }
    };

    let mut looked = Vec::new();
    let own_file = file::path(&settings.config_dir, card.store);
    // A file that was named stands for itself: when it is missing, no other key is meant.
    let files = match &settings.key_file {
        Some(path) => [path.clone()],
        None => [own_file],
    };
    for path in files {
        let name = format!("the file `{}`", path.display());
        if let Some(master) = file::load(&path)? {
            return unwrap(master, name);
        }
        looked.push(name);
    }
    if settings.key_file.is_none() && settings.keychain == Keychain::Os {
        match (keychain::load(card.store), card.key_place) {
            (Ok(Some(master)), _) => return unwrap(master, "the keychain".to_owned()),
            (Err(Refusal::Absent), KeyPlace::Keychain) => return Err(Error::KeychainAbsent),
            (Err(Refusal::Locked), KeyPlace::Keychain) => return Err(Error::KeychainLocked),
            (Err(Refusal::Denied(reason)), KeyPlace::Keychain) => {
                return Err(Error::KeychainDenied { reason });
            }
            (Ok(None), _) | (Err(_), KeyPlace::File) => looked.push("the keychain".to_owned()),
        }
    }
    Err(Error::KeyMissing {
        data: data.clone(),
        looked: looked.join(" or in "),
    })
}

/// What is done under the lock once the database is open.
fn finish(
    settings: &Settings,
    store: Store,
    master: MasterKey,
    notices: Vec<Problem>,
) -> Result<Opened, Error> {
    let data = &settings.data_dir;
    let blobs_folder = data.join(BLOBS);
    match std::fs::metadata(&blobs_folder) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {
            file::make_private_directory(&blobs_folder).map_err(path_error(&blobs_folder))?;
        }
        Err(error) => return Err(path_error(&blobs_folder)(error)),
    }

    let now = settings.clock.now();
    process::sweep(data, |gone| {
        let transaction = store.write()?;
        let leases = store::jobs::end_leases_of(&transaction, gone, now)?;
        transaction.commit()?;
        if leases > 0 {
            tracing::info!(
                leases,
                "a process ended in the middle of its work, which goes on now"
            );
        }
        Ok(())
    })?;
    let process = ProcessMark::set(data, random::id(now)?)?;
    let (naming, local_user) = settle_fixtures(settings, &store, &master)?;
    Ok(Opened {
        store,
        blobs_folder,
        master,
        naming,
        local_user,
        process,
        notices,
    })
}

/// The naming key and the built-in user, which every database has from its first opening on.
fn settle_fixtures(
    settings: &Settings,
    store: &Store,
    master: &MasterKey,
) -> Result<(NamingKey, UserId), Error> {
    const PURPOSE: &str = "lectern naming key";

    let snapshot = store.read()?;
    let wrapped = store::settings::get(&snapshot, NAMING_KEY)?;
    let local = users::local(&snapshot)?;
    drop(snapshot);
    if let (Some(wrapped), Some(local)) = (wrapped, local) {
        let key = master.unwrap(PURPOSE, &wrapped).ok_or(Error::Damaged {
            what: "a naming key",
        })?;
        return Ok((NamingKey::new(key), local.id));
    }

    let now = settings.clock.now();
    let key = random::bytes()?;
    let local = users::User {
        id: UserId(random::id(now)?),
        name: LOCAL_USER.to_owned(),
        role: Role::Admin,
        password_hash: None,
        is_local: true,
        created_at: now,
    };
    let transaction = store.write()?;
    store::settings::set(&transaction, NAMING_KEY, &master.wrap(PURPOSE, &key)?)?;
    users::insert(&transaction, &local)?;
    transaction.commit()?;
    Ok((NamingKey::new(key), local.id))
}
