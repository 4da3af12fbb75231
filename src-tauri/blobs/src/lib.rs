//! Put, get and forget bytes by digest, sealed with a key per blob, in a folder or a bucket.
//!
//! The place shows how many blobs there are and how long each is, nothing else: content is sealed
//! with a random key of its own ([`DataKey`]), which the caller keeps elsewhere, and names are keyed
//! digests ([`NamingKey`]). An object is published whole, so that a reader or a crash never meets half
//! of one, and it is never overwritten.
//!
//! Objects are reached through `object_store`, which is asynchronous; the functions here block on the
//! runtime they were handed, which needs its timer and its input and output. Call them from threads
//! that may wait, never from an asynchronous task.

#![forbid(unsafe_code)]

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use model::Timestamp;
use object_store::{
    ObjectStore, ObjectStoreExt, PutMode, PutPayload,
    aws::AmazonS3,
    limit::LimitStore,
    local::LocalFileSystem,
    path,
    signer::{Method, Signer},
};

mod bucket;
mod error;
mod key;
mod seal;

pub use bucket::{Bucket, Credentials, Patience};
pub use error::Error;
pub use key::{DataKey, KEY_LENGTH, NamingKey, ObjectName};
pub use seal::sealed_length;

/// How many requests may be under way to a bucket at the same time, from this process: enough for a
/// worker per core and the readers of a screen, few enough that none of them starves.
const REQUESTS: usize = 16;

/// Length of a part of an object that is sent in parts. What is shorter goes in one request, which the
/// server can also refuse to let overwrite. The largest file that is taken needs 64 parts.
const PART_LENGTH: usize = 16 * 1024 * 1024;

/// How many parts of one object are under way at the same time.
const PARTS_AT_ONCE: usize = 4;

/// How many folders the objects are spread over, by the first two digits of their names.
pub const SHELVES: u16 = 256;

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
    /// When it was written, by the clock of whoever keeps it.
    pub written_at: Timestamp,
}

/// A place for sealed blobs. Cloning it is cheap and gives the same one.
#[derive(Debug, Clone)]
pub struct Blobs {
    objects: Arc<dyn ObjectStore>,
    place: Place,
    prefix: path::Path,
    /// How often an object is sent again when no answer came.
    retries: usize,
    runtime: tokio::runtime::Handle,
}

#[derive(Debug, Clone)]
enum Place {
    Folder(PathBuf),
    Bucket(AmazonS3),
}

impl Blobs {
    /// Uses a folder of this machine, which must exist.
    ///
    /// Objects and the folder entries that name them are flushed to the disk before [`Self::put`]
    /// returns, because the caller goes on to promise that the document is kept.
    pub fn in_folder(folder: &Path, runtime: tokio::runtime::Handle) -> Result<Self, Error> {
        let objects = LocalFileSystem::new_with_prefix(folder)?;
        Ok(Self {
            objects: Arc::new(objects.with_fsync(true)),
            place: Place::Folder(folder.to_owned()),
            prefix: path::Path::default(),
            retries: 0,
            runtime,
        })
    }

    /// Uses a bucket. Nothing is sent yet: whether the server is there shows with the first object.
    pub fn in_bucket(bucket: &Bucket, runtime: tokio::runtime::Handle) -> Result<Self, Error> {
        let client = bucket.client()?;
        Ok(Self {
            objects: Arc::new(LimitStore::new(client.clone(), REQUESTS)),
            place: Place::Bucket(client),
            prefix: bucket.prefix(),
            retries: bucket.patience.retries,
            runtime,
        })
    }

    /// Seals content with its key and stores it under its name.
    pub fn put(&self, name: &ObjectName, key: &DataKey, content: &[u8]) -> Result<Put, Error> {
        self.put_pieces(name, seal::seal(name, key, content)?)
    }

    /// Stores an object that was sealed before, such as one out of a backup. Whether it is what its
    /// name says shows only when it is opened.
    pub fn put_sealed(&self, name: &ObjectName, object: Vec<u8>) -> Result<Put, Error> {
        let object = Bytes::from(object);
        let part = |from: usize| object.slice(from..object.len().min(from + PART_LENGTH));
        let pieces = (0..object.len()).step_by(PART_LENGTH).map(part);
        self.put_pieces(name, pieces.collect())
    }

    fn put_pieces(&self, name: &ObjectName, pieces: Vec<Bytes>) -> Result<Put, Error> {
        let location = self.location(name);
        let length: usize = pieces.iter().map(Bytes::len).sum();
        let in_parts = matches!(self.place, Place::Bucket(_)) && length > PART_LENGTH;
        self.runtime.block_on(async {
            if in_parts {
                // An object in parts is always published, so it is looked for first. Two who publish
                // the same at once publish the same bytes.
                match self.objects.head(&location).await {
                    Ok(_) => return Ok(Put::AlreadyThere),
                    Err(object_store::Error::NotFound { .. }) => {}
                    Err(error) => return Err(error.into()),
                }
                self.put_parts(&location, pieces).await?;
                return Ok(Put::Written);
            }
            let payload: PutPayload = pieces.into_iter().collect();
            let put = self.insist(|| {
                let mode = PutMode::Create.into();
                self.objects.put_opts(&location, payload.clone(), mode)
            });
            match put.await {
                Ok(_) => Ok(Put::Written),
                Err(object_store::Error::AlreadyExists { .. }) => Ok(Put::AlreadyThere),
                Err(error) => Err(error.into()),
            }
        })
    }

    /// Asks again when no answer came. The client itself does not, where asking twice could do
    /// something twice; here it cannot, because what lies under a name never differs.
    async fn insist<T, Asked>(&self, ask: impl Fn() -> Asked) -> object_store::Result<T>
    where
        Asked: Future<Output = object_store::Result<T>>,
    {
        let mut left = self.retries;
        loop {
            match ask().await {
                Err(error) if left > 0 && error::answer_was_lost(&error) => left -= 1,
                answer => return answer,
            }
        }
    }

    async fn put_parts(&self, location: &path::Path, pieces: Vec<Bytes>) -> Result<(), Error> {
        let mut upload = self.objects.put_multipart(location).await?;
        let mut parts = Vec::new();
        for part in into_parts(pieces) {
            parts.push(upload.put_part(part));
        }
        let sent: object_store::Result<()> = futures::stream::iter(parts)
            .buffer_unordered(PARTS_AT_ONCE)
            .try_collect()
            .await;
        if let Err(error) = sent {
            // What was sent would be kept, and paid for. That it cannot be taken back says nothing
            // new: the failure before it is the one to tell.
            let _ = upload.abort().await;
            return Err(error.into());
        }
        upload.complete().await?;
        Ok(())
    }

    /// Gives back the content of an object, after every byte of it proved to be what was put.
    pub fn get(&self, name: &ObjectName, key: &DataKey) -> Result<Vec<u8>, Error> {
        seal::open(name, key, &self.sealed(name)?)
    }

    /// An object as it lies there.
    pub fn sealed(&self, name: &ObjectName) -> Result<Bytes, Error> {
        let location = self.location(name);
        self.runtime.block_on(async {
            let found = self.objects.get(&location).await?;
            Ok(found.bytes().await?)
        })
    }

    /// Length of an object as it lies there, in bytes; none where there is no such object.
    pub fn size(&self, name: &ObjectName) -> Result<Option<u64>, Error> {
        match self
            .runtime
            .block_on(self.objects.head(&self.location(name)))
            .map_err(Error::from)
        {
            Ok(object) => Ok(Some(object.size)),
            Err(Error::Missing) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes an object. That it was gone already is no error: forgetting may be tried again.
    pub fn forget(&self, name: &ObjectName) -> Result<(), Error> {
        let location = self.location(name);
        let delete = self.insist(|| self.objects.delete(&location));
        let deleted = self.runtime.block_on(delete);
        match deleted.map_err(Error::from) {
            Ok(()) | Err(Error::Missing) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Every object whose name begins with the two digits of `shelf` (0 to [`SHELVES`] − 1), in no order.
    /// What no `put` wrote is left out.
    ///
    /// Shelf by shelf, so that a million objects need no more memory than a few thousand.
    pub fn shelf(&self, shelf: u16) -> Result<Vec<Listed>, Error> {
        let below = self.prefix.clone().join(format!("{shelf:02x}"));
        let listed = self
            .objects
            .list(Some(&below))
            .try_filter_map(async |object| {
                let name = object.location.filename().map(ObjectName::parse);
                Ok(match name {
                    Some(Ok(name)) if self.location(&name) == object.location => Some(Listed {
                        name,
                        size: object.size,
                        written_at: Timestamp(object.last_modified.timestamp_millis()),
                    }),
                    _ => None,
                })
            });
        match self
            .runtime
            .block_on(listed.try_collect())
            .map_err(Error::from)
        {
            // A folder that no object needed yet.
            Err(Error::Missing) => Ok(Vec::new()),
            listed => listed,
        }
    }

    /// Removes what writers that were killed left half written before a moment; says how much.
    ///
    /// Only in a folder: a bucket shows half-sent parts to nobody, and drops them by a rule of its own
    /// (`AbortIncompleteMultipartUpload`), which whoever runs it sets.
    pub fn sweep_half_written(&self, before: Timestamp) -> Result<u64, Error> {
        let Place::Folder(folder) = &self.place else {
            return Ok(0);
        };
        let before = SystemTime::UNIX_EPOCH
            + Duration::from_millis(u64::try_from(before.0).unwrap_or_default());
        sweep_folder(folder, before).map_err(|error| Error::Folder(error.to_string()))
    }

    /// An address under which anybody can fetch the sealed object for a while, from a bucket; none for a
    /// folder. It gives no content: that needs the data key.
    pub fn signed_address(
        &self,
        name: &ObjectName,
        valid_for: Duration,
    ) -> Result<Option<String>, Error> {
        let Place::Bucket(client) = &self.place else {
            return Ok(None);
        };
        let location = self.location(name);
        let signed = client.signed_url(Method::GET, &location, valid_for);
        Ok(Some(self.runtime.block_on(signed)?.to_string()))
    }

    /// 256 folders by the first two digits: file systems and people dislike a million files in one.
    fn location(&self, name: &ObjectName) -> path::Path {
        let shelf = name.as_str().get(..2).unwrap_or_default();
        self.prefix.clone().join(shelf).join(name.as_str())
    }
}

/// Puts pieces together to parts of [`PART_LENGTH`]; only the last one is shorter, as servers want it.
fn into_parts(pieces: Vec<Bytes>) -> Vec<PutPayload> {
    let mut parts = Vec::new();
    let (mut part, mut length) = (Vec::new(), 0);
    for mut piece in pieces {
        while length + piece.len() >= PART_LENGTH {
            part.push(piece.split_to(PART_LENGTH - length));
            parts.push(std::mem::take(&mut part).into_iter().collect());
            length = 0;
        }
        if !piece.is_empty() {
            length += piece.len();
            part.push(piece);
        }
    }
    if !part.is_empty() {
        parts.push(part.into_iter().collect());
    }
    parts
}

/// Removes files that are named like an object followed by `#` and a number: under such a name an
/// object is written before it is published.
fn sweep_folder(folder: &Path, before: SystemTime) -> std::io::Result<u64> {
    let mut removed = 0;
    for shelf in std::fs::read_dir(folder)? {
        let shelf = shelf?;
        if !shelf.file_type()?.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(shelf.path())? {
            let file = file?;
            let name = file.file_name();
            let name = name.to_str().and_then(|name| name.split_once('#'));
            let half_written = name.is_some_and(|(object, _)| ObjectName::parse(object).is_ok());
            // Whoever publishes it right now takes it away under our eyes.
            let old = file.metadata().and_then(|data| data.modified());
            if half_written && old.is_ok_and(|at| at < before) {
                removed += u64::from(std::fs::remove_file(file.path()).is_ok());
            }
        }
    }
    Ok(removed)
}
