//! Passwords of locked files.
//!
//! A password is needed each time a file is opened: when it is read, read again, or shown. It is kept
//! sealed under a key that is derived from the file's own data key, so that whoever destroys that
//! key destroys the password with the file, and a rotation of the master key need not know of it.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use model::{Caller, DocumentId, DocumentStatus};
use store::Transaction;
use zeroize::Zeroizing;

use crate::{
    App, Error, Secret,
    audit::{self, Details, What},
    documents::{self, DocumentSummary},
    intake::{self, Object},
    permission::{Act, demand},
    random,
};

/// 24 bytes, as XChaCha20 takes.
const NONCE_LENGTH: usize = 24;

/// Longest password in bytes: a PDF takes no more than 127.
const LONGEST: usize = 127;

/// The problems of documents that a password may help.
const LOCKED: [&str; 2] = ["pdf_locked", "pdf_password_wrong"];

/// Gives the password of a document that could not be read for want of it, and has it read.
pub fn unlock(
    app: &App,
    caller: &Caller,
    id: DocumentId,
    password: &Secret,
) -> Result<DocumentSummary, Error> {
    demand(caller, Act::RetryDocument)?;
    check(password)?;
    let now = app.now();
    app.write(|transaction| {
        let summary = documents::summary(transaction, id)?;
        summary.demand_pictures()?;
        let document = summary.document;
        let is_locked = document.status == DocumentStatus::Failed
            && document
                .problem
                .is_some_and(|problem| LOCKED.contains(&problem.code.as_str()));
        if !is_locked {
            return Err(Error::NotLocked);
        }
        let blob = store::blobs::by_digest(transaction, &document.digest)?;
        let object = intake::object(app, &blob.ok_or(Error::FileMissing)?)?;
        keep(transaction, id, &object, password)?;
        intake::enqueue(transaction, id, now)?;
        intake::set_status(transaction, id, DocumentStatus::Queued, now)?;
        let what = What::DocumentUnlocked;
        audit::record(app, transaction, caller, what, id, Details::new())?;
        documents::summary(transaction, id)
    })
}

/// Refuses what is no password of a file.
pub(crate) fn check(password: &Secret) -> Result<(), Error> {
    if (1..=LONGEST).contains(&password.expose().len()) {
        Ok(())
    } else {
        Err(Error::FilePasswordInvalid)
    }
}

/// Keeps the password of a document, in the place of one that was kept before.
pub(crate) fn keep(
    transaction: &Transaction,
    id: DocumentId,
    object: &Object,
    password: &Secret,
) -> Result<(), Error> {
    let nonce = random::bytes::<NONCE_LENGTH>()?;
    let bound = id.to_string();
    let payload = Payload {
        msg: password.expose().as_bytes(),
        aad: bound.as_bytes(),
    };
    let sealed = cipher(object)
        .encrypt((&*nonce).into(), payload)
        .map_err(|_| Error::Damaged { what: "a password" })?;
    let sealed = hex::encode([nonce.as_slice(), &sealed].concat());
    Ok(store::documents::set_file_password(
        transaction,
        id,
        &sealed,
    )?)
}

/// The password that somebody gave for a document.
pub(crate) fn password(
    app: &App,
    id: DocumentId,
    blob: Option<&store::blobs::Blob>,
) -> Result<Option<Secret>, Error> {
    let damaged = Error::Damaged { what: "a password" };
    let kept = store::documents::file_password(&app.inner.store.read()?, id)?;
    let (Some(kept), Some(blob)) = (kept, blob) else {
        return Ok(None);
    };
    let sealed = hex::decode(kept).unwrap_or_default();
    let Some((nonce, sealed)) = sealed.split_first_chunk::<NONCE_LENGTH>() else {
        return Err(damaged);
    };
    let bound = id.to_string();
    let payload = Payload {
        msg: sealed,
        aad: bound.as_bytes(),
    };
    let opened = cipher(&intake::object(app, blob)?).decrypt(nonce.into(), payload);
    let Some(opened) = opened.ok().and_then(|bytes| String::from_utf8(bytes).ok()) else {
        return Err(damaged);
    };
    Ok(Some(Secret::new(opened)))
}

fn cipher(object: &Object) -> XChaCha20Poly1305 {
    let key = Zeroizing::new(blake3::derive_key(
        "lectern 2026-11 password of a file",
        object.key.bytes().as_slice(),
    ));
    XChaCha20Poly1305::new((&*key).into())
}
