//! Where the program keeps its things and how much it may use.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use blobs::Bucket;
use store::{Address, Database, ServerAddress};

use crate::{
    Error, Secret,
    clock::{Clock, SystemClock},
    decoding::Decoder,
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
    /// How files become pages.
    pub decoder: Decoder,
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
            decoder: Decoder::apart(),
            ..Self::of_folders(data_dir, places.config_dir().to_owned())
        })
    }

    /// The same, with what the environment says: where the databases are (`LECTERN_DATABASE_URL`,
    /// `LECTERN_ANALYTICS_DATABASE_URL`, `LECTERN_LOGGING_DATABASE_URL`, `LECTERN_ARCHIVE_DATABASE_URL`, or, where
    /// these are not set, `MULTI_DB_<NAME>_HOST`, `…_PORT`, `…_USERNAME`, `…_PASSWORD` and `…_DATABASE`), where the
    /// sealed files are (`LECTERN_BLOBS_URL`, see [`Bucket::from_url`] for what belongs to it), the master key
    /// (`LECTERN_KEY`; no argument, because every user of a machine can read those of a running program),
    /// and where backups go (`LECTERN_BACKUP_DIR`).
    pub fn with_environment(mut self) -> Result<Self, Error> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        for database in Database::ALL {
            if let Some(server) = named_in_parts(database, &variable)? {
                self.databases.insert(database, Address::Server(server));
            }
        }
        for (database, name) in [
            (Database::Default, "LECTERN_DATABASE_URL"),
            (Database::Analytics, "LECTERN_ANALYTICS_DATABASE_URL"),
            (Database::Logging, "LECTERN_LOGGING_DATABASE_URL"),
            (Database::Archive, "LECTERN_ARCHIVE_DATABASE_URL"),
        ] {
            if let Some(url) = variable(name) {
                self.databases.insert(database, url.parse::<Address>()?);
            }
        }
        if let Some(url) = variable("LECTERN_BLOBS_URL") {
            self.bucket = Some(Bucket::from_url(&url, variable)?);
        }
        self.key = variable("LECTERN_KEY").map(Secret::new);
        self.backup_dir = variable("LECTERN_BACKUP_DIR").map(PathBuf::from);
        Ok(self)
    }

    /// A store by itself in two folders, with one worker, and without asking the keychain.
    pub fn of_folders(data_dir: PathBuf, config_dir: PathBuf) -> Self {
        Self {
            data_dir,
            config_dir,
            workers: 1,
            limits: vision::Limits::DEFAULT,
            decoder: Decoder::Here,
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

/// A database of a server as other deployments name it: `MULTI_DB_ARCHIVE_HOST` and so on.
fn named_in_parts(
    database: Database,
    variable: &impl Fn(&str) -> Option<String>,
) -> Result<Option<ServerAddress>, Error> {
    let name = database.as_str().to_uppercase();
    let part = |part: &str| variable(&format!("MULTI_DB_{name}_{part}"));
    let Some(host) = part("HOST") else {
        return Ok(None);
    };
    let port = part("PORT").map_or(Ok(5432), |text| text.parse());
    let port = port.map_err(|_| store::Error::AddressInvalid {
        reason: "its port is not a number",
    })?;
    let [user, password, database] =
        ["USERNAME", "PASSWORD", "DATABASE"].map(|name| part(name).unwrap_or_default());
    let server = ServerAddress::of_parts(&host, port, &user, &password, &database)?;
    Ok(Some(server))
}
