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
use keys::MasterKey;
use model::{Change, ChangeKind, DocumentId, Problem, Timestamp, UserId};
use process::ProcessMark;
use signal::Signal;
use store::{Store, Transaction};
use tokio::sync::broadcast;

mod announce;
pub mod clock;
pub mod documents;
mod error;
pub mod health;
pub mod images;
pub mod intake;
pub mod jobs;
mod keys;
mod opening;
pub mod people;
mod permission;
mod process;
mod random;
pub mod review;
mod secret;
mod settings;
mod signal;
pub mod trust;

pub use error::{Error, ErrorKind};
pub use secret::Secret;
pub use settings::{Keychain, Settings};

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
    store: Store,
    blobs: Blobs,
    master: MasterKey,
    naming: NamingKey,
    local_user: UserId,
    pictures: images::Cache,
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
        let blobs = Blobs::in_folder(&opened.blobs_folder, runtime.handle().clone())?;
        let signal = Arc::new(Signal::default());
        let announcer = Announcer::start(opened.store.clone(), Arc::clone(&signal))?;
        Ok(Self {
            inner: Arc::new(Inner {
                settings,
                notices: opened.notices,
                store: opened.store,
                blobs,
                master: opened.master,
                naming: opened.naming,
                local_user: opened.local_user,
                pictures: images::Cache::default(),
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

    /// Every change from now on, made by this process or any other that has the store open.
    ///
    /// A receiver that lags behind is told so and should ask for everything anew.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.inner.announcer.subscribe()
    }

    fn now(&self) -> Timestamp {
        self.inner.settings.clock.now()
    }

    /// Does an act in one transaction: all of it happens, or, when `act` fails, nothing.
    fn write<T>(&self, act: impl FnOnce(&Transaction) -> Result<T, Error>) -> Result<T, Error> {
        let transaction = self.inner.store.write()?;
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
