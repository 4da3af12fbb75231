//! Opening a data directory, or making a new one.
//!
//! The order of making is such that a crash at any point leaves either nothing or something that the
//! next start goes on with: first the master key is kept, then `store.json` is written with the
//! wrapped database key and the remark that it is not complete, then the database is made, then the
//! remark is taken away. A directory that was complete once is never made anew: when its key or its
//! database is missing, that is an error and nothing is touched.

mod others;

pub(crate) use others::{BELONGS_TO, key as key_of, key_name};

use std::{
    fs::File,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use blobs::NamingKey;
use model::{Problem, Role, UserId};
use store::{DatabaseKey, Databases, Hold, ServerAddress, Store, users};
use uuid::Uuid;

use crate::{
    Error, Secret, Settings,
    keys::{
        MasterKey, NAMING_KEY, NAMING_PURPOSE,
        card::{self, KeyPlace, StoreCard, database_purpose, succession_purpose},
        file, keychain, place,
        recovery::make_slot,
        ring::KeyRing,
        rotation,
    },
    process::{self, ProcessMark},
    random,
};

pub(crate) const BLOBS: &str = "blobs";
const LOCK: &str = "store.lock";

/// Name of the built-in user of this machine.
const LOCAL_USER: &str = "local";

/// What an opened data directory consists of.
pub(crate) struct Opened {
    pub(crate) store: Store,
    pub(crate) databases: Databases,
    pub(crate) blobs_folder: PathBuf,
    pub(crate) store_id: Uuid,
    pub(crate) master: KeyRing,
    pub(crate) naming: NamingKey,
    pub(crate) local_user: UserId,
    pub(crate) process: ProcessMark,
    pub(crate) told: Told,
}

/// What the person must be told who started the program.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) notices: Vec<Problem>,
    /// The recovery code of a store that was made just now.
    pub(crate) recovery_code: Option<Secret>,
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
    if let Some(server) = settings.server() {
        return open_on_server(settings, server);
    }
    if card::load_mark(data)?.is_some() {
        return Err(Error::StoreOnServer { data: data.clone() });
    }
    // Looked at before anything is made, so that a directory that cannot be opened stays as it is.
    let existing = StoreCard::load(settings)?;
    let database = settings.database_file();
    if existing.is_none() && database.exists() {
        return Err(Error::StoreCardMissing { data: data.clone() });
    }
    if let Some(card) = existing.filter(|card| card.complete) {
        find_key(settings, &card)?;
        if !database.exists() {
            return Err(Error::DatabaseMissing { data: data.clone() });
        }
        let _lock = lock(settings)?;
        // Again, now that nobody else can be changing the keys.
        let card = StoreCard::load(settings)?.unwrap_or(card);
        let unlocked = find_key(settings, &card)?;
        let store = open_database(settings, card.clone(), &unlocked)?;
        return finish(settings, &card, store, unlocked.ring, Told::default());
    }

    file::make_private_directory(data).map_err(path_error(data))?;
    let _lock = lock(settings)?;
    // Again, now that nobody else can be making it.
    let mut told = Told::default();
    let (mut card, unlocked) = if let Some(card) = StoreCard::load(settings)? {
        let unlocked = find_key(settings, &card)?;
        (card, unlocked)
    } else {
        begin(settings, &mut told)?
    };
    let store = Store::create(&database, &unlocked.database_key)?;
    if !card.complete {
        card.complete = true;
        card.save(settings)?;
    }
    finish(settings, &card, store, unlocked.ring, told)
}

/// Opens the database of a complete store. A key change of the file that was interrupted left it with
/// the old key or with the new one; whichever it was is the key from now on.
fn open_database(
    settings: &Settings,
    mut card: StoreCard,
    unlocked: &Unlocked,
) -> Result<Store, Error> {
    let path = settings.database_file();
    let opened = Store::open(&path, &unlocked.database_key);
    let (Some(wrapped), Some(next)) = (
        card.next_wrapped_database_key.take(),
        &unlocked.next_database_key,
    ) else {
        return Ok(opened?);
    };
    let store = match opened {
        Err(store::Error::KeyOrFile) => {
            let store = Store::open(&path, next)?;
            card.wrapped_database_key = wrapped;
            store
        }
        opened => opened?,
    };
    card.save(settings)?;
    Ok(store)
}

/// Opens a store on a server, or makes it in an empty database. What a data directory is to a store of
/// one machine, the database is here: the card lies in it, and a machine that comes to it needs only
/// the master key. Which store a directory belongs to is noted in it, so that it never meets another.
fn open_on_server(settings: &Settings, server: &ServerAddress) -> Result<Opened, Error> {
    let data = &settings.data_dir;
    if data.join(card::NAME).exists() {
        return Err(Error::StoreNotOnServer { data: data.clone() });
    }
    let existing = StoreCard::load(settings)?;
    match (&existing, card::load_mark(data)?) {
        (Some(card), Some(marked)) if card.store != marked.store => {
            let address = server.to_string();
            return Err(Error::OtherStore { address });
        }
        (None, Some(_)) => return Err(Error::DatabaseMissing { data: data.clone() }),
        (Some(card), _) => drop(find_key(settings, card)?),
        (None, None) if Store::glance(server, NAMING_KEY)?.is_some() => {
            return Err(Error::StoreCardMissing { data: data.clone() });
        }
        (None, None) => {}
    }

    file::make_private_directory(data).map_err(path_error(data))?;
    let _lock = lock(settings)?;
    // Again, now that nobody else can be making it or changing the keys.
    let mut told = Told::default();
    let (card, unlocked) = if let Some(card) = StoreCard::load(settings)? {
        let unlocked = find_key(settings, &card)?;
        (card, unlocked)
    } else {
        begin(settings, &mut told)?
    };
    let store = Store::connect(server)?;
    let mark = if let Some(mark) = card::load_mark(data)? {
        mark
    } else {
        let folder = random::id(settings.clock.now())?;
        let store = card.store;
        card::Mark { store, folder }
    };
    settle_files(settings, &store, mark)?;
    card::save_mark(data, &mark)?;
    finish(settings, &card, store, unlocked.ring, told)
}

/// Makes sure that the files of a store on a server are where its other machines look for them too: in
/// a bucket, or in the folder of the one machine there is. From a folder they may have been moved to a
/// bucket, and from one bucket to another; a second folder would be a second half of the files.
fn settle_files(settings: &Settings, store: &Store, mark: card::Mark) -> Result<(), Error> {
    const NAME: &str = "files_are_in";

    let here = match &settings.bucket {
        Some(_) => "bucket".to_owned(),
        None => format!("folder {}", mark.folder),
    };
    let transaction = store.write()?;
    match store::settings::get(&transaction, NAME)? {
        Some(there) if there == here => return Ok(()),
        Some(_) if settings.bucket.is_none() => return Err(Error::FilesElsewhere),
        Some(_) | None => store::settings::set(&transaction, NAME, &here)?,
    }
    Ok(transaction.commit()?)
}

/// Keeps others out until it is dropped.
pub(crate) struct Lock {
    _file: File,
    _hold: Option<Hold>,
}

/// Waits until no other process opens or makes the same data directory, or changes the keys of the same
/// store on a server.
pub(crate) fn lock(settings: &Settings) -> Result<Lock, Error> {
    let path = settings.data_dir.join(LOCK);
    let file = File::create(&path).map_err(path_error(&path))?;
    file.lock().map_err(path_error(&path))?;
    let hold = settings.server().map(Store::hold).transpose()?;
    Ok(Lock {
        _file: file,
        _hold: hold,
    })
}

/// Rolls the keys of a new store, keeps the master key and writes the store's card.
fn begin(settings: &Settings, told: &mut Told) -> Result<(StoreCard, Unlocked), Error> {
    let store_id = random::id(settings.clock.now())?;
    let (master, key_place) = if let Some(found) = place::given(settings)? {
        (found.key, KeyPlace::File)
    } else {
        let master = MasterKey::random()?;
        let (key_place, notice) = place::keep(settings, store_id, &master)?;
        told.notices.extend(notice);
        (master, key_place)
    };
    let database_key = random::bytes()?;
    let wrapped = master.wrap(&database_purpose(store_id), &database_key)?;
    let mut card = StoreCard::new(store_id, key_place, wrapped);
    let (code, recovery) = make_slot(store_id, &master)?;
    card.recovery = Some(recovery);
    // On a server the card is in the database, so the database is there when the card is.
    card.complete = settings.server().is_some();
    if let Err(error) = card.save(settings) {
        // Without its card the key opens nothing; it should not stay behind in the keychain.
        if key_place == KeyPlace::Keychain && keychain::forget(store_id).is_err() {
            tracing::warn!(store.id = %store_id, "an unused key stays in the keychain");
        }
        return Err(error);
    }
    told.recovery_code = Some(code);
    let unlocked = Unlocked {
        ring: KeyRing::new(master, None),
        database_key: DatabaseKey::new(database_key),
        next_database_key: None,
    };
    Ok((card, unlocked))
}

/// What a master key opens of a store.
pub(crate) struct Unlocked {
    pub(crate) ring: KeyRing,
    pub(crate) database_key: DatabaseKey,
    /// The key that the database file is getting, or has got already.
    pub(crate) next_database_key: Option<DatabaseKey>,
}

/// Opens with a master key what the card of a store holds; none when it is not the store's. While the
/// master key is being rotated, both the old one and the new one are.
pub(crate) fn unlock(card: &StoreCard, master: MasterKey) -> Option<Unlocked> {
    let purpose = database_purpose(card.store);
    let succession = succession_purpose(card.store);
    let heir = |wrapped: &str| {
        let key = master.unwrap(&succession, wrapped);
        key.map(MasterKey::from_bytes)
    };
    let next_database_key = card
        .next_wrapped_database_key
        .as_deref()
        .and_then(|wrapped| master.unwrap(&purpose, wrapped))
        .map(DatabaseKey::new);
    let rotation = card.rotation.as_ref();
    let (ring, database_key) =
        if let Some(key) = master.unwrap(&purpose, &card.wrapped_database_key) {
            let ring = match rotation.and_then(|rotation| heir(&rotation.successor)) {
                Some(successor) => KeyRing::new(successor, Some(master)),
                None => KeyRing::new(master, None),
            };
            (ring, key)
        } else {
            let rotation = rotation?;
            let key = master.unwrap(&purpose, &rotation.wrapped_database_key)?;
            let predecessor = heir(&rotation.predecessor);
            (KeyRing::new(master, predecessor), key)
        };
    Some(Unlocked {
        ring,
        database_key: DatabaseKey::new(database_key),
        next_database_key,
    })
}

/// Finds the master key of a store and opens with it what the card holds.
pub(crate) fn find_key(settings: &Settings, card: &StoreCard) -> Result<Unlocked, Error> {
    let found = place::find(settings, card)?;
    unlock(card, found.key).ok_or_else(|| Error::KeyWrong {
        data: settings.data_dir.clone(),
        found: found.place,
    })
}

/// What is done under the lock once the database is open.
fn finish(
    settings: &Settings,
    card: &StoreCard,
    store: Store,
    master: KeyRing,
    told: Told,
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
    rotation::remember(&store.read()?, &master, card.store)?;
    let (naming, local_user) = settle_fixtures(settings, &store, &master)?;
    let databases = others::open(settings, card.store, &store, &master)?;
    Ok(Opened {
        store,
        databases,
        blobs_folder,
        store_id: card.store,
        master,
        naming,
        local_user,
        process,
        told,
    })
}

/// The naming key and the built-in user, which every database has from its first opening on.
fn settle_fixtures(
    settings: &Settings,
    store: &Store,
    master: &KeyRing,
) -> Result<(NamingKey, UserId), Error> {
    let snapshot = store.read()?;
    let wrapped = store::settings::get(&snapshot, NAMING_KEY)?;
    let local = users::local(&snapshot)?;
    drop(snapshot);
    if let (Some(wrapped), Some(local)) = (wrapped, local) {
        let key = master
            .unwrap(NAMING_PURPOSE, &wrapped)
            .ok_or(Error::Damaged {
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
    store::settings::set(
        &transaction,
        NAMING_KEY,
        &master.wrap(NAMING_PURPOSE, &key)?,
    )?;
    users::insert(&transaction, &local)?;
    transaction.commit()?;
    Ok((NamingKey::new(key), local.id))
}
