//! Where the program keeps its things and how much it may use.

use std::{path::PathBuf, sync::Arc};

use crate::{
    Error,
    clock::{Clock, SystemClock},
};

/// Where the master key of a new store goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keychain {
    /// The keychain of the operating system; a key file where there is none.
    Os,
    /// A key file, without asking the keychain: for servers and tests.
    FileOnly,
}

/// How an [`App`](crate::App) is opened.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Holds the database, the sealed files and `store.json`; made when it is missing.
    pub data_dir: PathBuf,
    /// Holds key files, in `keys/`; never inside `data_dir`, so that a copy of the data alone opens nothing.
    pub config_dir: PathBuf,
    /// How many documents are read at the same time.
    pub workers: usize,
    /// The largest file, picture and document that is taken.
    pub limits: vision::Limits,
    /// Where the master key of a new store goes.
    pub keychain: Keychain,
    /// A key file that is used before any other place (the command line fills it from `LECTERN_KEY_FILE`).
    pub key_file: Option<PathBuf>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl Settings {
    /// The platform's own places, or `data` for the data directory.
    ///
    /// One worker per two cores: reading is single-threaded arithmetic, and a machine somebody works
    /// at should stay quick.
    pub fn platform_default(data: Option<PathBuf>) -> Result<Self, Error> {
        let places = directories::ProjectDirs::from("", "", "lectern").ok_or(Error::NoHome)?;
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Self {
            data_dir: data.unwrap_or_else(|| places.data_local_dir().to_owned()),
            config_dir: places.config_dir().to_owned(),
            workers: cores.div_ceil(2),
            limits: vision::Limits::DEFAULT,
            keychain: Keychain::Os,
            key_file: None,
            clock: Arc::new(SystemClock),
        })
    }
}
