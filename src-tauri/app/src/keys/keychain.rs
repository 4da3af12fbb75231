//! The keychain of the operating system: the Secret Service over D-Bus.

use keyring_core::{Entry, Error as KeyringError, api::CredentialStoreApi};
use uuid::Uuid;
use zbus_secret_service_keyring_store::Store;
use zeroize::Zeroizing;

use super::MasterKey;

/// Name of the program in the keychain.
const SERVICE: &str = "lectern";

/// Why the keychain gave or took no key.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// There is no keychain in this session.
    Absent,
    /// There is one, but it is locked, or the person did not unlock it when asked.
    Locked,
    /// There is one, but it refuses.
    Denied(String),
}

impl Refusal {
    /// The refusal in words.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Absent => "This account has no keychain".to_owned(),
            Self::Locked => "The keychain of this account is locked".to_owned(),
            Self::Denied(reason) => {
                format!("The keychain of this account refuses Lectern ({reason})")
            }
        }
    }
}

/// Whether the keychain takes what is put into it, found out by putting something into it.
pub(crate) fn probe(store: Uuid) -> Result<(), Refusal> {
    on_own_thread(move || probe_open(&*open()?, store))
}

/// The key of a store, or none when an unlocked keychain has none.
pub(crate) fn load(store: Uuid) -> Result<Option<MasterKey>, Refusal> {
    on_own_thread(move || {
        let keychain = open()?;
        let entry = entry(&keychain, &store.to_string())?;
        match entry.get_password().map(Zeroizing::new) {
            Ok(text) => match MasterKey::from_text(&text) {
                Some(key) => Ok(Some(key)),
                None => Err(Refusal::Denied("what it keeps is no key".to_owned())),
            },
            // A locked keychain without a prompter says the same as an empty one. Only writing tells.
            Err(KeyringError::NoEntry) => {
                probe_open(&keychain, store)?;
                Ok(None)
            }
            Err(error) => Err(refusal(&error)),
        }
    })
}

/// Keeps the key of a store and proves that it comes back.
pub(crate) fn save(store: Uuid, key: &MasterKey) -> Result<(), Refusal> {
    let text = key.to_text();
    on_own_thread(move || {
        let keychain = open()?;
        let entry = entry(&keychain, &store.to_string())?;
        entry.set_password(&text).map_err(|error| refusal(&error))?;
        let kept = entry.get_password().map(Zeroizing::new);
        if kept.map_err(|error| refusal(&error))? == text {
            Ok(())
        } else {
            Err(Refusal::Denied("it gives back another key".to_owned()))
        }
    })
}

/// Removes the key of a store that was not made after all.
pub(crate) fn forget(store: Uuid) -> Result<(), Refusal> {
    on_own_thread(move || {
        let keychain = open()?;
        let entry = entry(&keychain, &store.to_string())?;
        entry.delete_credential().map_err(|error| refusal(&error))
    })
}

fn probe_open(keychain: &Store, store: Uuid) -> Result<(), Refusal> {
    let probe = entry(keychain, &format!("probe-{store}"))?;
    probe
        .set_password("probe")
        .and_then(|()| probe.delete_credential())
        .map_err(|error| refusal(&error))
}

fn open() -> Result<std::sync::Arc<Store>, Refusal> {
    Store::new().map_err(|error| refusal(&error))
}

fn entry(keychain: &Store, name: &str) -> Result<Entry, Refusal> {
    let entry = keychain.build(SERVICE, name, None);
    entry.map_err(|error| refusal(&error))
}

fn refusal(error: &KeyringError) -> Refusal {
    match error {
        KeyringError::NoDefaultStore | KeyringError::PlatformFailure(_) => Refusal::Absent,
        KeyringError::NoStorageAccess(_) => Refusal::Locked,
        other => Refusal::Denied(other.to_string()),
    }
}

/// The client of the keychain blocks on its own event loop, which must not happen on a thread that
/// already belongs to another one.
fn on_own_thread<T: Send>(act: impl FnOnce() -> Result<T, Refusal> + Send) -> Result<T, Refusal> {
    std::thread::scope(|scope| {
        let answer = scope.spawn(act).join();
        answer.unwrap_or_else(|_| Err(Refusal::Denied("its client failed".to_owned())))
    })
}
