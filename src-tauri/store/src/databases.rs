//! The four databases of a store, and which table is where.

use std::str::FromStr;

use crate::Store;

/// One of the four databases. Those that are not set up are the default one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Database {
    /// Documents, people, jobs, and whatever has no other place.
    Default,
    /// Figures about use, without names.
    Analytics,
    /// The audit as it is shipped away from those who could alter it.
    Logging,
    /// Records that are closed and kept only because they must be.
    Archive,
}

impl Database {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Default, Self::Analytics, Self::Logging, Self::Archive];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Analytics => "analytics",
            Self::Logging => "logging",
            Self::Archive => "archive",
        }
    }
}

impl FromStr for Database {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL
            .into_iter()
            .find(|database| database.as_str() == name);
        found.ok_or_else(|| {
            let names = Self::ALL.map(Self::as_str).join(", ");
            format!("a database is one of {names}")
        })
    }
}

/// Which tables are used in another database than the default one.
///
/// Every database has every table, so that one which is not set up can be stood in for, and a row can
/// move with all that belongs to it. The audit is written in the database of the act it records, and
/// from there copied to `logging`; a record moves to `archive` with its history. A table that is not named
/// here is used in the default database only.
pub const ROUTES: [(&str, &[Database]); 11] = [
    ("usage", &[Database::Analytics]),
    ("audit", &[Database::Default, Database::Archive]),
    ("audit_copies", &[Database::Logging]),
    ("documents", &[Database::Default, Database::Archive]),
    ("document_terms", &[Database::Default, Database::Archive]),
    ("readings", &[Database::Default, Database::Archive]),
    ("corrections", &[Database::Default, Database::Archive]),
    ("thumbnails", &[Database::Default, Database::Archive]),
    ("legal_holds", &[Database::Default, Database::Archive]),
    ("blobs", &[Database::Default, Database::Archive]),
    // Names that the rows of the archive refer to; people come in by the default database only.
    ("users", &[Database::Default, Database::Archive]),
];

/// The databases of a store. Cloning them is cheap and gives the same ones.
#[derive(Debug, Clone)]
pub struct Databases {
    default: Store,
    analytics: Option<Store>,
    logging: Option<Store>,
    archive: Option<Store>,
}

impl Databases {
    /// Only the default one.
    pub fn new(default: Store) -> Self {
        Self {
            default,
            analytics: None,
            logging: None,
            archive: None,
        }
    }

    /// Sets another one up.
    #[must_use]
    pub fn with(mut self, database: Database, store: Store) -> Self {
        match database {
            Database::Default => self.default = store,
            Database::Analytics => self.analytics = Some(store),
            Database::Logging => self.logging = Some(store),
            Database::Archive => self.archive = Some(store),
        }
        self
    }

    /// A database, or the default one in its place.
    pub fn get(&self, database: Database) -> &Store {
        self.own(database).unwrap_or(&self.default)
    }

    /// A database if it is one of its own.
    pub fn own(&self, database: Database) -> Option<&Store> {
        match database {
            Database::Default => Some(&self.default),
            Database::Analytics => self.analytics.as_ref(),
            Database::Logging => self.logging.as_ref(),
            Database::Archive => self.archive.as_ref(),
        }
    }
}

/// The databases in which a table is used.
pub fn routes(table: &str) -> &'static [Database] {
    let route = ROUTES.iter().find(|(routed, _)| *routed == table);
    route.map_or(&[Database::Default], |(_, databases)| databases)
}
