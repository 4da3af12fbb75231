//! The master keys that this process knows: the one that wraps, and those before it that still open.
//!
//! There is more than one while keys are being rotated. Every wrapped key begins with the id of the
//! master key that wrapped it.

use std::sync::{PoisonError, RwLock};

use zeroize::Zeroizing;

use super::MasterKey;
use crate::Error;

/// Master keys, the current one last.
pub(crate) struct KeyRing(RwLock<Vec<MasterKey>>);

impl KeyRing {
    /// A ring of the key that wraps and one more that opens, where there is one.
    pub(crate) fn new(current: MasterKey, older: Option<MasterKey>) -> Self {
        Self(RwLock::new(older.into_iter().chain([current]).collect()))
    }

    /// The key that wraps.
    pub(crate) fn current(&self) -> MasterKey {
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        #[expect(clippy::expect_used, reason = "keys are only ever added")]
        keys.last().cloned().expect("a ring has a key")
    }

    /// The key of this id.
    pub(crate) fn find(&self, id: &str) -> Option<MasterKey> {
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        keys.iter().find(|key| key.id() == id).cloned()
    }

    /// Makes a key the one that wraps.
    pub(crate) fn advance(&self, key: MasterKey) {
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let id = key.id();
        keys.retain(|known| known.id() != id);
        keys.push(key);
    }

    /// Adds a key that only opens.
    pub(crate) fn remember(&self, key: MasterKey) {
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let id = key.id();
        if keys.iter().all(|known| known.id() != id) {
            keys.insert(0, key);
        }
    }

    /// Wraps a key with the current master key.
    pub(crate) fn wrap(&self, purpose: &str, key: &[u8; 32]) -> Result<String, Error> {
        self.current().wrap(purpose, key)
    }

    /// Opens a wrapped key with whichever master key wrapped it.
    pub(crate) fn unwrap(&self, purpose: &str, wrapped: &str) -> Option<Zeroizing<[u8; 32]>> {
        if let Some((id, _)) = wrapped.split_once(':') {
            return self.find(id)?.unwrap(purpose, wrapped);
        }
        // Those of the first stores begin with no id.
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        keys.iter().find_map(|key| key.unwrap(purpose, wrapped))
    }
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("KeyRing")
    }
}
