//! Another key for the database file itself, which means to write all of it anew.
//!
//! First `store.json` gets the new key beside the old one, then the file gets it, then the old one goes.
//! After a crash in between, the next opening finds out which of the two fits.

use store::{DatabaseKey, Store};

use super::{
    card::{StoreCard, database_purpose},
    place,
};
use crate::{Error, Settings, opening, process, random};

/// Seals the database file of the settings' store anew. Nobody else may have the store open.
pub fn rekey(settings: &Settings) -> Result<(), Error> {
    let data = &settings.data_dir;
    if settings.server().is_some() {
        return Err(Error::NoKeyOnServer);
    }
    let absent = || Error::NoStore { data: data.clone() };
    let card = StoreCard::load(settings)?.ok_or_else(absent)?;
    // Before anything is touched, the key must be there and fit.
    let found = place::find(settings, &card)?;
    let wrong = || Error::KeyWrong {
        data: data.clone(),
        found: found.place.clone(),
    };
    opening::unlock(&card, found.key.clone()).ok_or_else(wrong)?;

    let _lock = opening::lock(settings)?;
    if process::is_any_alive(data)? {
        return Err(Error::StoreInUse);
    }
    let mut card = StoreCard::load(settings)?.ok_or_else(absent)?;
    let unlocked = opening::unlock(&card, found.key.clone()).ok_or_else(wrong)?;
    if card.rotation.is_some() {
        return Err(Error::RotationUnderWay);
    }
    if card.next_wrapped_database_key.is_some() {
        return Err(Error::RekeyUnderWay);
    }
    let next = random::bytes()?;
    let purpose = database_purpose(card.store);
    let wrapped = unlocked.ring.wrap(&purpose, &next)?;
    card.next_wrapped_database_key = Some(wrapped.clone());
    card.save(settings)?;

    let path = settings.database_file();
    let rekeyed = Store::rekey(&path, &unlocked.database_key, &DatabaseKey::new(next));
    match rekeyed {
        Ok(()) => card.wrapped_database_key = wrapped,
        Err(store::Error::Busy) => {}
        // Which key the file has now is found out at the next opening.
        Err(error) => return Err(error.into()),
    }
    card.next_wrapped_database_key = None;
    card.save(settings)?;
    rekeyed.map_err(|_| Error::StoreInUse)
}
