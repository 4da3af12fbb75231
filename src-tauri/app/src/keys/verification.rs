//! Whether every key of a store fits, from the top down.

use model::Caller;
use store::blobs;

use super::{
    WRAPPED_SETTINGS,
    card::{KeyPlace, StoreCard},
    keychain, place, rotation,
};
use crate::{
    App, Error, Keychain,
    health::HealthCheck,
    intake, opening,
    permission::{Act, demand},
};

/// How many wrapped keys are looked at between two looks at the database.
const PAGE: u32 = 1000;

/// Looks at every key there is and says how it fits; no stored file is read for it.
pub fn verify(app: &App, caller: &Caller) -> Result<Vec<HealthCheck>, Error> {
    demand(caller, Act::ChangeKeys)?;
    let card = StoreCard::load(app.settings())?;
    let card = card.ok_or_else(|| Error::StoreCardMissing {
        data: app.settings().data_dir.clone(),
    })?;
    Ok(vec![
        told("master_key", master(app, &card)?),
        told("keychain", keychain_of(app, &card)),
        told("recovery_code", recovery(&card)),
        told("rotation", under_way(app, &card)?),
        told("database_keys", in_database(app)?),
        told("file_keys", of_files(app)?),
    ])
}

fn told(name: &'static str, found: Result<String, String>) -> HealthCheck {
    let ok = found.is_ok();
    let message = found.unwrap_or_else(|complaint| complaint);
    HealthCheck { name, ok, message }
}

/// An outcome in a sentence, good or bad.
type Found = Result<String, String>;

fn master(app: &App, card: &StoreCard) -> Result<Found, Error> {
    let found = place::find(app.settings(), card)?;
    let place = found.place;
    Ok(match opening::unlock(card, found.key) {
        Some(_) => Ok(format!("The master key is in {place} and opens the store")),
        None => Err(format!("The key in {place} does not open the store")),
    })
}

/// Whether the keychain takes what is put into it: one that is locked says the same as an empty one.
fn keychain_of(app: &App, card: &StoreCard) -> Found {
    match card.key_place {
        KeyPlace::File => Ok("The key of this store is not in a keychain".to_owned()),
        KeyPlace::Keychain if app.settings().keychain == Keychain::FileOnly => {
            Ok("The keychain is not asked".to_owned())
        }
        KeyPlace::Keychain => match keychain::probe(card.store) {
            Ok(()) => Ok("The keychain can be written and read".to_owned()),
            Err(refusal) => Err(refusal.sentence()),
        },
    }
}

fn recovery(card: &StoreCard) -> Found {
    if card.recovery.is_some() {
        Ok("There is a recovery code".to_owned())
    } else {
        Err("There is no recovery code: make one with `lectern keys code`".to_owned())
    }
}

fn under_way(app: &App, card: &StoreCard) -> Result<Found, Error> {
    let begun = card.rotation.is_some() || rotation::is_under_way(&app.inner.store.read()?)?;
    Ok(if begun {
        Err("A change of the master key was begun and not ended: run `lectern keys rotate`".into())
    } else if card.next_wrapped_database_key.is_some() {
        Err("A new key for the database file was begun and not ended".to_owned())
    } else {
        Ok("No change of a key is under way".to_owned())
    })
}

fn in_database(app: &App) -> Result<Found, Error> {
    let snapshot = app.inner.store.read()?;
    let mut unfit = Vec::new();
    for (name, purpose) in WRAPPED_SETTINGS {
        // Only the databases that are there have one.
        let Some(wrapped) = store::settings::get(&snapshot, name)? else {
            continue;
        };
        let fits = app.inner.master.unwrap(purpose, &wrapped).is_some();
        if !fits {
            unfit.push(name);
        }
    }
    Ok(if unfit.is_empty() {
        Ok("Every key in the database opens".to_owned())
    } else {
        Err(format!(
            "These keys in the database do not open: {}",
            unfit.join(", ")
        ))
    })
}

fn of_files(app: &App) -> Result<Found, Error> {
    let (mut fit, mut unfit) = (0_u64, 0_u64);
    let mut after = None;
    loop {
        let page = blobs::page(&app.inner.store.read()?, after.as_ref(), PAGE)?;
        for blob in &page {
            match app.unwrap_key(&intake::key_purpose(&blob.digest), &blob.wrapped_key)? {
                Some(_) => fit += 1,
                None => unfit += 1,
            }
        }
        match page.into_iter().last() {
            Some(last) => after = Some(last.digest),
            None => break,
        }
    }
    Ok(match unfit {
        0 => Ok(format!("The keys of all {fit} stored files open")),
        unfit => Err(format!(
            "The keys of {unfit} of {} stored files do not open",
            fit + unfit
        )),
    })
}
