//! A database that a test has to itself, on either engine.

use std::{path::PathBuf, str::FromStr as _, time::Duration};

use lectern_store::{Address, DatabaseKey, ServerAddress, Store};
use lectern_tests::postgres::Database;
use model::Timestamp;

pub(crate) const NOW: Timestamp = Timestamp(1_795_248_000_000);

/// How long a question of an operator may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn key(seed: u8) -> DatabaseKey {
    DatabaseKey::new([seed; 32].into())
}

/// A database that goes with this value.
pub(crate) enum Place {
    File(tempfile::TempDir),
    Server(Database),
}

impl Place {
    pub(crate) fn file() -> Self {
        Self::File(tempfile::tempdir().unwrap())
    }

    pub(crate) fn server() -> Self {
        Self::Server(Database::new().unwrap())
    }

    /// Opens it, and makes it when this is the first time; each time as another process would.
    pub(crate) fn open(&self) -> Store {
        match self {
            Self::File(_) => Store::create(&self.path(), &key(1)).unwrap(),
            Self::Server(database) => Store::connect(&address(&database.url())).unwrap(),
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        match self {
            Self::File(folder) => folder.path().join("lectern.db"),
            Self::Server(_) => panic!("a server has no file"),
        }
    }

    /// A plain connection to the same file, for what the store itself never does.
    pub(crate) fn raw(&self) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(self.path()).unwrap();
        let literal = format!("x'{}'", "01".repeat(32));
        connection.pragma_update(None, "key", literal).unwrap();
        connection
    }

    /// Runs statements beside the store.
    pub(crate) fn run(&self, sql: &str) {
        match self {
            Self::File(_) => self.raw().execute_batch(sql).unwrap(),
            Self::Server(database) => drop(database.ask(sql).unwrap()),
        }
    }
}

pub(crate) fn address(url: &str) -> ServerAddress {
    match Address::from_str(url).unwrap() {
        Address::Server(address) => address,
        Address::File(path) => panic!("`{}` is a file", path.display()),
    }
}

/// Makes two tests of each function: one on a sealed file, one on Postgres.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            use crate::place::Place;

            #[test]
            fn on_a_file() {
                super::$name(&Place::file());
            }

            #[test]
            fn on_a_server() {
                super::$name(&Place::server());
            }
        }
    )*};
}
pub(crate) use on_both_engines;
