//! The keys of stored files, and the names that are derived from them.

use model::BlobDigest;
use zeroize::Zeroizing;

use crate::Error;

/// Length of every key here, in bytes.
pub const KEY_LENGTH: usize = 32;

/// The random key that seals one blob and nothing else. Whoever destroys it destroys the content.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; KEY_LENGTH]>);

impl DataKey {
    /// Wraps random bytes.
    pub fn new(bytes: Zeroizing<[u8; KEY_LENGTH]>) -> Self {
        Self(bytes)
    }

    /// The bytes, for sealing and wrapping.
    pub fn bytes(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("DataKey")
    }
}

/// The key of a store's digests and object names.
///
/// A plain digest would let anybody who sees the folder test whether a file he holds is in it. The
/// key is random and stays the same for the life of a store, whatever happens to the master key:
/// a digest must mean the same tomorrow.
#[derive(Clone)]
pub struct NamingKey(Zeroizing<[u8; KEY_LENGTH]>);

impl NamingKey {
    /// Wraps random bytes.
    pub fn new(bytes: Zeroizing<[u8; KEY_LENGTH]>) -> Self {
        Self(bytes)
    }

    /// The bytes, for wrapping.
    pub fn bytes(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }

    /// Digest of a file's bytes: the same bytes give the same digest in this store, and only here.
    pub fn digest(&self, content: &[u8]) -> BlobDigest {
        let hash = blake3::keyed_hash(&self.0, content);
        // A BLAKE3 hash in hexadecimal is what a blob digest is made of.
        #[expect(
            clippy::expect_used,
            reason = "64 hexadecimal digits always are a digest"
        )]
        BlobDigest::try_from(hash.to_hex().to_string()).expect("64 hexadecimal digits")
    }

    /// Name of the object that holds a blob.
    ///
    /// It depends on the data key too: when the same file is deleted and submitted again, it gets a
    /// new key and a new name, so that a late removal of the old object can never hit the new one.
    pub fn object_name(&self, digest: &BlobDigest, key: &DataKey) -> ObjectName {
        let names = Zeroizing::new(blake3::derive_key(
            "lectern 2026-11 blob object name",
            self.0.as_slice(),
        ));
        let mut hasher = blake3::Hasher::new_keyed(&names);
        hasher.update(digest.as_str().as_bytes());
        hasher.update(key.bytes());
        ObjectName(hasher.finalize().to_hex().to_string())
    }
}

impl std::fmt::Debug for NamingKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("NamingKey")
    }
}

/// Name of an object: 64 lower-case hexadecimal digits that tell nothing about what is in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName(String);

impl ObjectName {
    /// Takes a name as it was kept.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let digest = BlobDigest::try_from(text.to_owned()).map_err(|_| Error::NameInvalid)?;
        Ok(Self(digest.into()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
