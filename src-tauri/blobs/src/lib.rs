//! Put, get and forget bytes by digest, sealed with a key per blob.
//!
//! The folder shows how many blobs there are and how long each is, nothing else: content is sealed
//! with a random key of its own ([`DataKey`]), which the caller keeps elsewhere, and names are keyed
//! digests ([`NamingKey`]). An object is written under another name first and published whole, so
//! that a reader or a crash never meets half of one; it is never overwritten.
//!
//! Objects are reached through `object_store`, which is asynchronous; the functions here block on the
//! runtime they were handed. Call them from threads that may wait, never from an asynchronous task.

#![forbid(unsafe_code)]

use std::{path::Path, sync::Arc};

use futures::TryStreamExt;
use object_store::{
    ObjectStore, ObjectStoreExt, PutMode, PutPayload, local::LocalFileSystem, path,
};

mod error;
mod key;
mod seal;

pub use error::Error;
pub use key::{DataKey, KEY_LENGTH, NamingKey, ObjectName};

/// Whether a [`Blobs::put`] wrote anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// The object is new.
    Written,
    /// There was an object of this name already, and it stays as it is.
    AlreadyThere,
}

/// An object as a listing shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: ObjectName,
    /// Length of the sealed object, in bytes.
    pub size: u64,
}

/// A place for sealed blobs.
#[derive(Debug, Clone)]
pub struct Blobs {
    objects: Arc<dyn ObjectStore>,
    runtime: tokio::runtime::Handle,
}

impl Blobs {
    /// Uses a folder of this machine, which must exist.
    ///
    /// Objects and the folder entries that name them are flushed to the disk before [`Self::put`]
    /// returns, because the caller goes on to promise that the document is kept.
    pub fn in_folder(folder: &Path, runtime: tokio::runtime::Handle) -> Result<Self, Error> {
        let objects = LocalFileSystem::new_with_prefix(folder).map_err(|error| failed(&error))?;
        Ok(Self {
            objects: Arc::new(objects.with_fsync(true)),
            runtime,
        })
    }

    /// Seals content with its key and stores it under its name.
    pub fn put(&self, name: &ObjectName, key: &DataKey, content: &[u8]) -> Result<Put, Error> {
        let payload: PutPayload = seal::seal(name, key, content)?.into_iter().collect();
        let location = location(name);
        let put = self
            .objects
            .put_opts(&location, payload, PutMode::Create.into());
        match self.runtime.block_on(put) {
            Ok(_) => Ok(Put::Written),
            Err(object_store::Error::AlreadyExists { .. }) => Ok(Put::AlreadyThere),
            Err(error) => Err(failed(&error)),
        }
    }

    /// Gives back the content of an object, after every byte of it proved to be what was put.
    pub fn get(&self, name: &ObjectName, key: &DataKey) -> Result<Vec<u8>, Error> {
        let location = location(name);
        let object = self.runtime.block_on(async {
            let found = self.objects.get(&location).await?;
            found.bytes().await
        });
        match object {
            Ok(object) => seal::open(name, key, &object),
            Err(object_store::Error::NotFound { .. }) => Err(Error::Missing),
            Err(error) => Err(failed(&error)),
        }
    }

    /// Removes an object. That it was gone already is no error: forgetting may be tried again.
    pub fn forget(&self, name: &ObjectName) -> Result<(), Error> {
        match self.runtime.block_on(self.objects.delete(&location(name))) {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(&error)),
        }
    }

    /// Every object, in no order. Files that no `put` wrote are left out.
    pub fn list(&self) -> Result<Vec<Listed>, Error> {
        let listed = self.objects.list(None).try_filter_map(async |object| {
            let name = object.location.filename().map(ObjectName::parse);
            Ok(match name {
                Some(Ok(name)) if location(&name) == object.location => Some(Listed {
                    name,
                    size: object.size,
                }),
                _ => None,
            })
        });
        self.runtime
            .block_on(listed.try_collect())
            .map_err(|error| failed(&error))
    }
}

/// 256 folders by the first two digits: file systems and people dislike a million files in one.
fn location(name: &ObjectName) -> path::Path {
    let name = name.as_str();
    let shelf = name.get(..2).unwrap_or_default();
    path::Path::from_iter([shelf, name])
}

fn failed(error: &object_store::Error) -> Error {
    // The source says what the system said; the outer text only repeats the path.
    let reason = std::error::Error::source(error).map(ToString::to_string);
    Error::Folder(reason.unwrap_or_else(|| error.to_string()))
}
