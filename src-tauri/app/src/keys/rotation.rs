//! Another master key in the place of the present one, while everything goes on.
//!
//! First the new key is made durable: `store.json` gets it wrapped by the old one, with the old one
//! wrapped by the new, so that from then on either opens the store. The database gets the same, which
//! is how every process that has it open learns of the new key: whoever wraps a key does it in
//! a transaction that first looks which master key is the current one. Then all wrapped keys are
//! wrapped anew, a few hundred at a time. Only when none is left is the new key put in the
//! place of the old one and the old one forgotten there. A crash leaves a rotation that is gone on with
//! by starting it again.
//!
//! The old key stays in the database, wrapped by the new one: on Postgres a transaction that began before
//! the rotation may commit after it.

use std::path::PathBuf;

use model::Caller;
use serde::{Deserialize, Serialize};
use store::{Database, Snapshot, Store, Transaction, blobs, settings, thumbnails as rows};
use uuid::Uuid;

use super::{
    MasterKey,
    card::{Rotation, StoreCard, database_purpose, succession_purpose},
    file, place,
    recovery::make_slot,
};
use crate::{
    App, Error, Secret,
    audit::{self, Details, What},
    intake, opening,
    permission::{Act, demand},
    thumbnails,
};

/// Names of values in the database: the id of the current master key, a rotation that is under way,
/// and the key before the current one.
const CURRENT: &str = "master_key";
const UNDER_WAY: &str = "master_key_rotation";
const PREDECESSOR: &str = "master_key_predecessor";

/// How many keys are wrapped anew in one transaction: it holds up other writers for some
/// milliseconds.
const BATCH: u32 = 200;

/// What came of a rotation.
#[derive(Debug)]
pub struct Rotated {
    /// The new recovery code: the one before ends with the key before.
    pub code: Secret,
    /// How many keys were wrapped anew by this call.
    pub rewrapped: u64,
    /// Set when the old key was given as `LECTERN_KEY`: the file with the new key. Both open the store
    /// until the rotation is run once more with the new one.
    pub waits_for: Option<PathBuf>,
}

/// What the processes that have the database open need to know of a rotation.
#[derive(Serialize, Deserialize)]
struct Succession {
    /// The new master key, wrapped by the old one.
    successor: String,
    /// The old master key, wrapped by the new one.
    predecessor: String,
}

/// Rotates the master key, or goes on with a rotation that was begun. `new_key_file` says where the new
/// key goes when the present one was given as `LECTERN_KEY`, which only whoever gave it can
/// change.
pub fn rotate(app: &App, caller: &Caller, new_key_file: Option<PathBuf>) -> Result<Rotated, Error> {
    demand(caller, Act::ChangeKeys)?;
    let settings = app.settings();
    let (card, rotation, code) = begin(app, new_key_file.as_ref())?;
    announce(app, &rotation)?;
    app.write(|transaction| {
        let key = app.inner.master.current().id();
        let details = Details::new().word("key", key.as_str());
        audit::record(app, transaction, caller, What::KeysRotated, key, details)
    })?;
    let rewrapped = rewrap_all(app)?;

    // The new key was put where it belongs by whoever gave it, when it is the one that was found.
    let found = place::find(settings, &card)?;
    let new = app.inner.master.current();
    let waits = settings.key.is_some() && found.key.id() != new.id();
    if waits {
        return Ok(Rotated {
            code,
            rewrapped,
            waits_for: new_key_file,
        });
    }
    finish(app, &rotation)?;
    Ok(Rotated {
        code,
        rewrapped,
        waits_for: None,
    })
}

/// Makes the new key durable, or takes the one that was made before; with a new recovery code in any
/// case, because nobody knows whether the one before was ever seen.
fn begin(
    app: &App,
    new_key_file: Option<&PathBuf>,
) -> Result<(StoreCard, Rotation, Secret), Error> {
    let settings = app.settings();
    let data = &settings.data_dir;
    let _lock = opening::lock(settings)?;
    let missing = || Error::StoreCardMissing { data: data.clone() };
    let mut card = StoreCard::load(settings)?.ok_or_else(missing)?;
    let found = place::find(settings, &card)?;
    let unlocked = opening::unlock(&card, found.key).ok_or_else(|| Error::KeyWrong {
        data: data.clone(),
        found: found.place,
    })?;
    if card.next_wrapped_database_key.is_some() {
        return Err(Error::RekeyUnderWay);
    }
    let store = card.store;
    if let Some(mut rotation) = card.rotation.take() {
        let (code, recovery) = make_slot(store, &unlocked.ring.current())?;
        rotation.recovery = recovery;
        card.rotation = Some(rotation.clone());
        card.save(settings)?;
        app.inner.master.advance(unlocked.ring.current());
        return Ok((card, rotation, code));
    }

    let old = unlocked.ring.current();
    let new = match (&settings.key, new_key_file) {
        (Some(_), None) => return Err(Error::KeyPlaceFixed),
        (Some(_), Some(path)) => {
            if let Some(key) = file::load(path)? {
                key
            } else {
                let key = MasterKey::random()?;
                file::save(path, &key)?;
                key
            }
        }
        (None, _) => MasterKey::random()?,
    };
    let succession = succession_purpose(store);
    let database_key = old
        .unwrap(&database_purpose(store), &card.wrapped_database_key)
        .ok_or(Error::Damaged {
            what: "a database key",
        })?;
    let (code, recovery) = make_slot(store, &new)?;
    let rotation = Rotation {
        wrapped_database_key: new.wrap(&database_purpose(store), &database_key)?,
        successor: old.wrap(&succession, new.bytes())?,
        predecessor: new.wrap(&succession, old.bytes())?,
        recovery,
    };
    card.rotation = Some(rotation.clone());
    card.save(settings)?;
    app.inner.master.advance(new);
    Ok((card, rotation, code))
}

/// Tells every process that has the database open.
fn announce(app: &App, rotation: &Rotation) -> Result<(), Error> {
    let current = app.inner.master.current().id();
    let succession = serde_json::to_string(&Succession {
        successor: rotation.successor.clone(),
        predecessor: rotation.predecessor.clone(),
    });
    let succession = succession.map_err(|_| Error::Damaged { what: "a key" })?;
    app.write(|transaction| {
        settings::set(transaction, UNDER_WAY, &succession)?;
        settings::set(transaction, PREDECESSOR, &rotation.predecessor)?;
        Ok(settings::set(transaction, CURRENT, &current)?)
    })
}

/// Wraps every key anew that another master key wrapped.
fn rewrap_all(app: &App) -> Result<u64, Error> {
    let current = app.inner.master.current().id();
    let mut rewrapped = 0;
    for (name, purpose) in super::WRAPPED_SETTINGS {
        rewrapped += app.write(|transaction| {
            let Some(wrapped) = settings::get(transaction, name)? else {
                return Ok(0);
            };
            if wrapped.starts_with(&current) {
                return Ok(0);
            }
            let wrapped = rewrap(app, purpose, &wrapped)?;
            settings::set(transaction, name, &wrapped)?;
            Ok(1)
        })?;
    }
    for database in Database::ALL {
        if let Some(store) = app.inner.databases.own(database) {
            rewrapped += rewrap_objects(app, store, &current)?;
        }
    }
    Ok(rewrapped)
}

/// Wraps the keys of the objects of one database anew.
fn rewrap_objects(app: &App, store: &Store, current: &str) -> Result<u64, Error> {
    let mut rewrapped = 0;
    loop {
        let transaction = store.write()?;
        let files = blobs::wrapped_otherwise(&transaction, current, BATCH)?;
        for blob in &files {
            let purpose = intake::key_purpose(&blob.digest);
            let wrapped = rewrap(app, &purpose, &blob.wrapped_key)?;
            blobs::rewrap(&transaction, &blob.digest, &wrapped)?;
        }
        let pictures = rows::wrapped_otherwise(&transaction, current, BATCH)?;
        for thumbnail in &pictures {
            let purpose = thumbnails::purpose(thumbnail.document);
            let wrapped = rewrap(app, &purpose, &thumbnail.wrapped_key)?;
            rows::rewrap(&transaction, thumbnail.document, &wrapped)?;
        }
        transaction.commit()?;
        let batch = (files.len() + pictures.len()) as u64;
        if batch == 0 {
            return Ok(rewrapped);
        }
        rewrapped += batch;
    }
}

fn rewrap(app: &App, purpose: &str, wrapped: &str) -> Result<String, Error> {
    let ring = &app.inner.master;
    let key = ring.unwrap(purpose, wrapped);
    ring.wrap(purpose, &*key.ok_or(Error::Damaged { what: "a data key" })?)
}

/// Puts the new key in the place of the old one. Either opens the store until `store.json` is written,
/// and the new one after that.
fn finish(app: &App, rotation: &Rotation) -> Result<(), Error> {
    let settings = app.settings();
    let data = &settings.data_dir;
    let _lock = opening::lock(settings)?;
    let missing = || Error::StoreCardMissing { data: data.clone() };
    let mut card = StoreCard::load(settings)?.ok_or_else(missing)?;
    if settings.key.is_none() {
        card.key_place = place::replace(settings, card.store, &app.inner.master.current())?;
    }
    card.wrapped_database_key
        .clone_from(&rotation.wrapped_database_key);
    card.recovery = Some(rotation.recovery.clone());
    card.rotation = None;
    card.save(settings)?;
    app.write(|transaction| Ok(settings::remove(transaction, UNDER_WAY)?))
}

/// Sees whether another process made another master key the current one, and learns it.
pub(crate) fn learn(app: &App, snapshot: &Snapshot) -> Result<(), Error> {
    let ring = &app.inner.master;
    let Some(current) = settings::get(snapshot, CURRENT)? else {
        return Ok(());
    };
    if ring.current().id() == current {
        return Ok(());
    }
    let purpose = succession_purpose(app.inner.store_id);
    if let Some(under_way) = settings::get(snapshot, UNDER_WAY)?
        && let Ok(succession) = serde_json::from_str::<Succession>(&under_way)
        && let Some(key) = ring.unwrap(&purpose, &succession.successor)
    {
        ring.advance(MasterKey::from_bytes(key));
    } else {
        // It is over, so the new key lies where the old one was.
        let card = StoreCard::load(app.settings())?;
        let found = card.map(|card| place::find(app.settings(), &card));
        if let Some(found) = found.transpose()? {
            ring.advance(found.key);
        }
    }
    if ring.current().id() == current {
        Ok(())
    } else {
        Err(Error::KeyChanged)
    }
}

/// Adds the key before the current one to the ring of a store that is being opened.
pub(crate) fn remember(
    snapshot: &Snapshot,
    ring: &super::ring::KeyRing,
    store: Uuid,
) -> Result<(), Error> {
    if let Some(wrapped) = settings::get(snapshot, PREDECESSOR)?
        && let Some(key) = ring.unwrap(&succession_purpose(store), &wrapped)
    {
        ring.remember(MasterKey::from_bytes(key));
    }
    Ok(())
}

/// Whether a rotation was begun and not ended.
pub(crate) fn is_under_way(snapshot: &Snapshot) -> Result<bool, Error> {
    Ok(settings::get(snapshot, UNDER_WAY)?.is_some())
}

impl App {
    /// Wraps a key in the transaction that keeps it, so that no master key is used past its end.
    pub(crate) fn wrap_key(
        &self,
        transaction: &Transaction,
        purpose: &str,
        key: &[u8; 32],
    ) -> Result<String, Error> {
        learn(self, transaction)?;
        self.inner.master.wrap(purpose, key)
    }

    /// Opens a wrapped key. None when a byte of it is another one, or it was wrapped for something
    /// else.
    pub(crate) fn unwrap_key(
        &self,
        purpose: &str,
        wrapped: &str,
    ) -> Result<Option<zeroize::Zeroizing<[u8; 32]>>, Error> {
        if let Some(key) = self.inner.master.unwrap(purpose, wrapped) {
            return Ok(Some(key));
        }
        learn(self, &self.inner.store.read()?)?;
        Ok(self.inner.master.unwrap(purpose, wrapped))
    }
}
