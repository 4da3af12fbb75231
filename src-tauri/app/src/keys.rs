//! The master key: where it lies, and what it wraps.
//!
//! A random master key wraps the random key of the database, the data key of every stored file and
//! the key of their names. The wrapped copies lie with the data; the master key never does: it is
//! in the keychain of the operating system or in a key file of the configuration directory, under
//! the id of its store. Changing the master key therefore rewraps keys and touches no data.
//!
//! A wrapped key is written as the id of the master key that wrapped it, a colon, and nonce and
//! ciphertext in hexadecimal digits.

pub(crate) mod card;
pub(crate) mod code;
pub(crate) mod file;
pub(crate) mod keychain;
pub(crate) mod place;
pub mod recovery;
pub mod rekey;
pub(crate) mod ring;
pub mod rotation;
pub mod verification;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use zeroize::Zeroizing;

use crate::{Error, random};

/// Names of the values in the database that are wrapped keys, and for what each is wrapped.
pub(crate) const WRAPPED_SETTINGS: [(&str, &str); 4] = [
    (NAMING_KEY, NAMING_PURPOSE),
    (
        "database_key_analytics",
        "lectern database key of analytics",
    ),
    ("database_key_logging", "lectern database key of logging"),
    ("database_key_archive", "lectern database key of archive"),
];

/// Name under which the key of digests and object names is kept.
pub(crate) const NAMING_KEY: &str = "naming_key";

/// For what it is wrapped.
pub(crate) const NAMING_PURPOSE: &str = "lectern naming key";

const NONCE_LENGTH: usize = 24;

/// The key that wraps all others.
#[derive(Clone)]
pub(crate) struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    pub(crate) fn random() -> Result<Self, Error> {
        Ok(Self(random::bytes()?))
    }

    pub(crate) fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Which key it is, without telling anything of it: eight hexadecimal digits.
    pub(crate) fn id(&self) -> String {
        let id = blake3::derive_key("lectern 2026-11 master key id", self.0.as_slice());
        hex::encode(&id[..4])
    }

    /// The written form: 64 hexadecimal digits.
    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0.as_slice()))
    }

    /// From the written form, with white space around it.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.trim(), bytes.as_mut_slice()).ok()?;
        Some(Self(bytes))
    }

    /// Wraps a key with XChaCha20-Poly1305. `purpose` is bound to it: the wrapped key opens for no
    /// other one, so that nothing can be moved from one place to another.
    pub(crate) fn wrap(&self, purpose: &str, key: &[u8; 32]) -> Result<String, Error> {
        let nonce = random::bytes::<NONCE_LENGTH>()?;
        let payload = Payload {
            msg: key,
            aad: purpose.as_bytes(),
        };
        let sealed = self
            .cipher()
            .encrypt((&*nonce).into(), payload)
            .map_err(|_| Error::Damaged { what: "a key" })?;
        let sealed = hex::encode([nonce.as_slice(), &sealed].concat());
        Ok(format!("{}:{sealed}", self.id()))
    }

    /// Opens a wrapped key; none when the master key, the purpose or a byte of it is another one.
    pub(crate) fn unwrap(&self, purpose: &str, wrapped: &str) -> Option<Zeroizing<[u8; 32]>> {
        // Those of the first stores begin with no id.
        let (_, sealed) = wrapped.split_once(':').unwrap_or(("", wrapped));
        let wrapped = hex::decode(sealed).ok()?;
        let (nonce, sealed) = wrapped.split_first_chunk::<NONCE_LENGTH>()?;
        let payload = Payload {
            msg: sealed,
            aad: purpose.as_bytes(),
        };
        let opened = self.cipher().decrypt(nonce.into(), payload).ok()?;
        let opened = Zeroizing::new(opened);
        let mut key = Zeroizing::new([0; 32]);
        if opened.len() != key.len() {
            return None;
        }
        key.copy_from_slice(&opened);
        Some(key)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("MasterKey")
    }
}
