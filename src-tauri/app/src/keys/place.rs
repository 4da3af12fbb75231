//! Where a master key is kept and looked for.
//!
//! In this order: the key that was given in words (`LECTERN_KEY`), the file that was named
//! (`LECTERN_KEY_FILE`), the store's own file in the configuration directory, the keychain. One that
//! was given or named stands for itself: when it is missing or wrong, no other is meant.

use std::path::Path;

use model::Problem;
use uuid::Uuid;

use super::{
    MasterKey,
    card::{KeyPlace, StoreCard},
    file,
    keychain::{self, Refusal},
};
use crate::{Error, Keychain, Settings};

/// A master key, and where it was, in words for the person.
pub(crate) struct Found {
    pub(crate) key: MasterKey,
    pub(crate) place: String,
}

/// The key that was given with the settings, in words or as a file that is there.
pub(crate) fn given(settings: &Settings) -> Result<Option<Found>, Error> {
    if let Some(text) = &settings.key {
        let key = MasterKey::from_text(text.expose()).ok_or(Error::KeyTextInvalid)?;
        let place = "LECTERN_KEY".to_owned();
        return Ok(Some(Found { key, place }));
    }
    match &settings.key_file {
        Some(path) => in_file(path),
        None => Ok(None),
    }
}

fn in_file(path: &Path) -> Result<Option<Found>, Error> {
    let place = format!("the file `{}`", path.display());
    Ok(file::load(path)?.map(|key| Found { key, place }))
}

/// Finds the master key of a store, wherever it was put; whether it fits is another question.
pub(crate) fn find(settings: &Settings, card: &StoreCard) -> Result<Found, Error> {
    if let Some(found) = given(settings)? {
        return Ok(found);
    }
    let mut looked = Vec::new();
    if let Some(path) = &settings.key_file {
        looked.push(format!("the file `{}`", path.display()));
    } else {
        let path = file::path(&settings.config_dir, card.store);
        if let Some(found) = in_file(&path)? {
            return Ok(found);
        }
        looked.push(format!("the file `{}`", path.display()));
        if settings.keychain == Keychain::Os {
            match (keychain::load(card.store), card.key_place) {
                (Ok(Some(key)), _) => {
                    let place = "the keychain".to_owned();
                    return Ok(Found { key, place });
                }
                (Err(Refusal::Absent), KeyPlace::Keychain) => return Err(Error::KeychainAbsent),
                (Err(Refusal::Locked), KeyPlace::Keychain) => return Err(Error::KeychainLocked),
                (Err(Refusal::Denied(reason)), KeyPlace::Keychain) => {
                    return Err(Error::KeychainDenied { reason });
                }
                (Ok(None), _) | (Err(_), KeyPlace::File) => looked.push("the keychain".to_owned()),
            }
        }
    }
    Err(Error::KeyMissing {
        data: settings.data_dir.clone(),
        looked: looked.join(" or in "),
    })
}

/// Puts the key of a new store where it will be found, and says where that was when the person must
/// know.
pub(crate) fn keep(
    settings: &Settings,
    store: Uuid,
    key: &MasterKey,
) -> Result<(KeyPlace, Option<Problem>), Error> {
    if let Some(path) = &settings.key_file {
        file::save(path, key)?;
        return Ok((KeyPlace::File, None));
    }
    let path = file::path(&settings.config_dir, store);
    let Some(reason) = try_keychain(settings, store, key) else {
        return Ok((KeyPlace::Keychain, None));
    };
    file::save(&path, key)?;
    let notice = Problem {
        code: "key_in_file".to_owned(),
        message: format!(
            "{reason}, so the key that opens the stored documents is in the file `{}`. Keep a copy of it apart from the data: without it nothing can be opened",
            path.display()
        ),
    };
    Ok((KeyPlace::File, Some(notice)))
}

/// Puts a key into the keychain; says why not, when that cannot be.
fn try_keychain(settings: &Settings, store: Uuid, key: &MasterKey) -> Option<String> {
    if settings.keychain == Keychain::FileOnly {
        return Some("No keychain is asked for".to_owned());
    }
    match keychain::save(store, key) {
        Ok(()) => None,
        Err(refusal) => Some(refusal.sentence()),
    }
}

/// Puts another key in the place of a store's present one: in the file that was named, in the store's
/// own file where there is one, otherwise in the keychain, and in a file when that takes none.
///
/// The caller has made sure that the present key is needed no more.
pub(crate) fn replace(
    settings: &Settings,
    store: Uuid,
    key: &MasterKey,
) -> Result<KeyPlace, Error> {
    let own = file::path(&settings.config_dir, store);
    let path = match &settings.key_file {
        Some(path) => path,
        None if own.exists() => &own,
        None => {
            if try_keychain(settings, store, key).is_none() {
                return Ok(KeyPlace::Keychain);
            }
            &own
        }
    };
    file::replace(path, key)?;
    Ok(KeyPlace::File)
}
