//! Keys of readers outside, sealed where they are kept: on a server the columns are no more than its disk
//! is, and a backup is copied about.

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305,
    aead::{Aead as _, Payload},
};
use zeroize::Zeroizing;

use crate::{App, Error, Secret, random};

const NONCE_LENGTH: usize = 24;

/// The key of the keys; it stays the same when the master key is rotated.
fn cipher(app: &App) -> XChaCha20Poly1305 {
    let key = Zeroizing::new(blake3::derive_key(
        "lectern 2026-11 keys of readers outside",
        app.inner.naming.bytes(),
    ));
    XChaCha20Poly1305::new((&*key).into())
}

fn damaged() -> Error {
    Error::Damaged {
        what: "the key of a reader outside of this machine",
    }
}

/// Seals a key for a reader; it opens under no other name.
pub(super) fn seal(app: &App, name: &str, key: &Secret) -> Result<String, Error> {
    let nonce = random::bytes::<NONCE_LENGTH>()?;
    let payload = Payload {
        msg: key.expose().as_bytes(),
        aad: name.as_bytes(),
    };
    let sealed = cipher(app)
        .encrypt((&*nonce).into(), payload)
        .map_err(|_| damaged())?;
    Ok(hex::encode([nonce.as_slice(), &sealed].concat()))
}

/// Opens the key of a reader.
pub(super) fn open(app: &App, name: &str, sealed: &str) -> Result<Secret, Error> {
    let bytes = hex::decode(sealed).map_err(|_| damaged())?;
    let (nonce, sealed) = bytes
        .split_first_chunk::<NONCE_LENGTH>()
        .ok_or_else(damaged)?;
    let payload = Payload {
        msg: sealed,
        aad: name.as_bytes(),
    };
    let opened = cipher(app)
        .decrypt(nonce.into(), payload)
        .map_err(|_| damaged())?;
    let text = String::from_utf8(opened).map_err(|_| damaged())?;
    Ok(Secret::new(text))
}
