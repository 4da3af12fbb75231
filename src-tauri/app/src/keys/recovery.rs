//! Getting a store open again whose master key is lost, with the recovery code.

use uuid::Uuid;

use super::{
    MasterKey,
    card::{StoreCard, recovery_purpose},
    code::RecoveryCode,
    file, place,
};
use crate::{
    App, Error, Secret, Settings, opening,
    permission::{Act, demand},
};
use model::Caller;

/// Puts the master key of the settings' store, which the recovery code opens, into the place where it
/// is looked for: the file that was named, otherwise the keychain or the store's own key file. Answers
/// with that place in words.
///
/// Nothing is written unless the code opens the store. A key that lies in that place and does not open
/// the store is set aside and not overwritten: it may be another store's only one.
pub fn recover(settings: &Settings, code: &str) -> Result<String, Error> {
    let data = &settings.data_dir;
    let code = RecoveryCode::parse(code)?;
    let card = StoreCard::load(settings)?.ok_or_else(|| Error::NoStore { data: data.clone() })?;
    let master = open_slot(&card, &code)?;
    if opening::unlock(&card, master.clone()).is_none() {
        return Err(Error::Damaged {
            what: "a recovered key",
        });
    }
    if settings.key.is_some() {
        return Err(Error::KeyPlaceFixed);
    }
    let own = file::path(&settings.config_dir, card.store);
    let path = settings.key_file.as_ref().unwrap_or(&own);
    match file::load(path) {
        Ok(Some(key)) if key.id() == master.id() => {
            return Ok(format!("the file `{}`, where it was", path.display()));
        }
        Ok(Some(_)) | Err(Error::KeyFileDamaged { .. } | Error::KeyFileOpen { .. }) => {
            file::set_aside(path)?;
        }
        Ok(None) => {}
        Err(error) => return Err(error),
    }
    let (_, notice) = place::keep(settings, card.store, &master)?;
    Ok(if settings.key_file.is_some() || notice.is_some() {
        format!("the file `{}`", path.display())
    } else {
        "the keychain".to_owned()
    })
}

/// Makes a new recovery code; the one before opens nothing from then on.
pub fn new_code(app: &App, caller: &Caller) -> Result<Secret, Error> {
    demand(caller, Act::ChangeKeys)?;
    let data = &app.settings().data_dir;
    let _lock = opening::lock(app.settings())?;
    let mut card = StoreCard::load(app.settings())?
        .ok_or_else(|| Error::StoreCardMissing { data: data.clone() })?;
    if card.rotation.is_some() {
        return Err(Error::RotationUnderWay);
    }
    let (code, wrapped) = make_slot(card.store, &app.inner.master.current())?;
    card.recovery = Some(wrapped);
    card.save(app.settings())?;
    Ok(code)
}

/// Whether a code opens the store that is open.
pub fn fits(app: &App, caller: &Caller, code: &str) -> Result<bool, Error> {
    demand(caller, Act::ChangeKeys)?;
    let data = &app.settings().data_dir;
    let code = RecoveryCode::parse(code)?;
    let card = StoreCard::load(app.settings())?
        .ok_or_else(|| Error::StoreCardMissing { data: data.clone() })?;
    match open_slot(&card, &code) {
        Ok(key) => Ok(app.inner.master.find(&key.id()).is_some()),
        Err(Error::RecoveryCodeWrong | Error::NoRecoveryCode) => Ok(false),
        Err(error) => Err(error),
    }
}

/// A new code, and the master key wrapped by the key it stands for.
pub(crate) fn make_slot(store: Uuid, master: &MasterKey) -> Result<(Secret, String), Error> {
    let code = RecoveryCode::random()?;
    let wrapped = code.key().wrap(&recovery_purpose(store), master.bytes())?;
    Ok((code.to_secret(), wrapped))
}

/// The master key that a typed code opens by a card.
pub(crate) fn open_with(card: &StoreCard, code: &str) -> Result<MasterKey, Error> {
    open_slot(card, &RecoveryCode::parse(code)?)
}

/// The master key that a code opens. During a rotation the old code and the new one both do.
fn open_slot(card: &StoreCard, code: &RecoveryCode) -> Result<MasterKey, Error> {
    let slots = [
        card.recovery.as_ref(),
        card.rotation.as_ref().map(|rotation| &rotation.recovery),
    ];
    let mut slots = slots.into_iter().flatten().peekable();
    if slots.peek().is_none() {
        return Err(Error::NoRecoveryCode);
    }
    let (key, purpose) = (code.key(), recovery_purpose(card.store));
    slots
        .find_map(|slot| key.unwrap(&purpose, slot))
        .map(MasterKey::from_bytes)
        .ok_or(Error::RecoveryCodeWrong)
}
