//! Every act of the product, each checked against who is asking.
//!
//! Everything here is synchronous and may wait for the disk: an asynchronous caller runs it on a
//! blocking thread. This crate knows neither HTTP nor windows; it alone reads the clock and rolls dice.
//!
//! Every act is one transaction that also notes what changed, so that a crash leaves it done or not
//! done, and every process that has the store open hears of it.

#![forbid(unsafe_code)]

use std::sync::{Arc, atomic::AtomicUsize};

use announce::Announcer;
use blobs::{Blobs, NamingKey};
use keys::ring::KeyRing;
use model::{Change, ChangeKind, DocumentId, Problem, Timestamp, UserId};
use process::ProcessMark;
use signal::Signal;
use store::{Database, Databases, Store, Transaction};
use tokio::sync::broadcast;
use uuid::Uuid;

mod announce;
pub mod archive;
pub mod assignment;
pub mod audit;
pub mod backup;
pub mod clock;
pub mod databases;
pub mod decoding;
pub mod doctor;
pub mod documents;
pub mod erasure;
mod error;
pub mod exports;
pub mod health;
pub mod images;
pub mod intake;
pub mod jobs;
pub mod keys;
pub mod links;
pub mod locks;
mod news;
mod opening;
pub mod openmp;
pub mod outside;
pub mod parts;
pub mod people;
mod permission;
pub mod persons;
mod process;
mod random;
pub mod related;
pub mod reread;
pub mod retention;
pub mod review;
pub mod search;
mod secret;
pub mod seed;
pub mod sentences;
mod settings;
mod sides;
mod signal;
pub mod subject;
mod thumbnails;
pub mod trash;
pub mod trust;
pub mod types;
pub mod usage;

pub use error::{Error, ErrorKind};
pub use secret::Secret;
pub use settings::{Keychain, Settings};

pub use blobs::{Bucket, Patience};

/// An opened store and everything that works on it. Cloning it is cheap and gives the same one.
///
/// Several processes may have the same data directory open at the same time.
#[derive(Debug, Clone)]
pub struct App {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    settings: Settings,
    notices: Vec<Problem>,
    recovery_code: Option<Secret>,
    store: Store,
    databases: Databases,
    store_id: Uuid,
    blobs: Blobs,
    master: KeyRing,
    naming: NamingKey,
    local_user: UserId,
    pictures: images::Cache,
    looks: audit::Looks,
    signal: Arc<Signal>,
    /// Ends with the last clone of the app.
    announcer: Announcer,
    workers_started: AtomicUsize,
    workers_alive: AtomicUsize,
    process: ProcessMark,
    /// Carries the asynchronous part of `blobs`. Taken only when the last clone goes.
    runtime: Option<tokio::runtime::Runtime>,
}

impl App {
    /// Opens the store of the settings' data directory, or makes a new one where there is none.
    ///
    /// A data directory whose key is missing or wrong is an error, and not a byte of it is touched.
    pub fn open(settings: Settings) -> Result<Self, Error> {
        let opened = opening::open(&settings)?;
        // One thread drives it; file operations run on its blocking threads, which come and go.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("blobs")
            .enable_all()
            .build()
            .map_err(Error::Thread)?;
        let blobs = match &settings.bucket {
            Some(bucket) => Blobs::in_bucket(bucket, runtime.handle().clone())?,
            None => Blobs::in_folder(&opened.blobs_folder, runtime.handle().clone())?,
        };
        let signal = Arc::new(Signal::default());
        let announcer = Announcer::start(opened.store.clone(), Arc::clone(&signal))?;
        news::listen(opened.store.clone(), &signal)?;
        Ok(Self {
            inner: Arc::new(Inner {
                settings,
                notices: opened.told.notices,
                recovery_code: opened.told.recovery_code,
                store: opened.store,
                databases: opened.databases,
                store_id: opened.store_id,
                blobs,
                master: opened.master,
                naming: opened.naming,
                local_user: opened.local_user,
                pictures: images::Cache::default(),
                looks: audit::Looks::default(),
                signal,
                announcer,
                workers_started: AtomicUsize::default(),
                workers_alive: AtomicUsize::default(),
                process: opened.process,
                runtime: Some(runtime),
            }),
        })
    }

    /// The settings it was opened with.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// What should be told to the person who started the program, such as where the key was put.
    pub fn notices(&self) -> &[Problem] {
        &self.inner.notices
    }

    /// The recovery code of a store that this very process made: to be shown to whoever made it, to be
    /// written down. It is kept nowhere.
    pub fn recovery_code(&self) -> Option<&Secret> {
        self.inner.recovery_code.as_ref()
    }

    /// Every change from now on, made by this process or any other that has the store open.
    ///
    /// A receiver that lags behind is told so and should ask for everything anew.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.inner.announcer.subscribe()
    }

    /// What carries the asynchronous part of `blobs`.
    fn runtime(&self) -> tokio::runtime::Handle {
        #[expect(
            clippy::expect_used,
            reason = "only the drop of the last clone takes it"
        )]
        let runtime = self.inner.runtime.as_ref().expect("it is there");
        runtime.handle().clone()
    }

    fn now(&self) -> Timestamp {
        self.inner.settings.clock.now()
    }

    /// Does an act in one transaction: all of it happens, or, when `act` fails, nothing.
    fn write<T>(&self, act: impl FnOnce(&Transaction) -> Result<T, Error>) -> Result<T, Error> {
        self.write_in(Database::Default, act)
    }

    /// The same in another database than the default one.
    fn write_in<T>(
        &self,
        database: Database,
        act: impl FnOnce(&Transaction) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let transaction = self.inner.databases.get(database).write()?;
        let done = act(&transaction)?;
        transaction.commit()?;
        self.inner.signal.ring();
        Ok(done)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // The last clone may go on an asynchronous thread, where waiting for a runtime is forbidden.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Notes a change in the transaction that makes it.
fn note(
    transaction: &Transaction,
    at: Timestamp,
    document: DocumentId,
    kind: &ChangeKind,
) -> Result<(), Error> {
    Ok(store::changes::append(transaction, at, document, kind)?)
}
