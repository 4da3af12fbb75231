//! Where the program keeps its things and how much it may use.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use blobs::Bucket;
use store::{Address, Database, ServerAddress};

use crate::{
    Error, Secret,
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
    /// The master key itself, in 64 hexadecimal digits, before any other place: for servers whose secrets
    /// come in the environment (the command line fills it from `LECTERN_KEY`).
    pub key: Option<Secret>,
    /// Where the databases are. The default one is a file of `data_dir` unless it is named here; what else
    /// is not named is the default one. The path of a file may be relative to `data_dir`.
    pub databases: BTreeMap<Database, Address>,
    /// Where the sealed files lie when it is not in `data_dir`.
    pub bucket: Option<Bucket>,
    /// Where backups are made by a job, once a day; none are when it is not set.
    pub backup_dir: Option<PathBuf>,
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
        let data_dir = data.unwrap_or_else(|| places.data_local_dir().to_owned());
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Self {
            workers: cores.div_ceil(2),
            keychain: Keychain::Os,
            ..Self::of_folders(data_dir, places.config_dir().to_owned())
        })
    }

    /// A store by itself in two folders, with one worker, and without asking the keychain.
    pub fn of_folders(data_dir: PathBuf, config_dir: PathBuf) -> Self {
        Self {
            data_dir,
            config_dir,
            workers: 1,
            limits: vision::Limits::DEFAULT,
            keychain: Keychain::FileOnly,
            key: None,
            databases: BTreeMap::new(),
            bucket: None,
            backup_dir: None,
            key_file: None,
            clock: Arc::new(SystemClock),
        }
    }

    /// The server of the default database, if it is not a file.
    pub(crate) fn server(&self) -> Option<&ServerAddress> {
        match self.databases.get(&Database::Default) {
            Some(Address::Server(server)) => Some(server),
            Some(Address::File(_)) | None => None,
        }
    }

    /// The file of the default database, if it is one.
    pub(crate) fn database_file(&self) -> PathBuf {
        match self.databases.get(&Database::Default) {
            Some(Address::File(path)) => self.data_dir.join(path),
            Some(Address::Server(_)) | None => self.data_dir.join("lectern.db"),
        }
    }
}
