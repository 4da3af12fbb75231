//! A store that a measurement has to itself.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use anyhow::{Context as _, Result, bail};
use lectern_app::Settings;
use lectern_tests::postgres::Database;

/// What keeps the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl FromStr for Engine {
    type Err = anyhow::Error;

    fn from_str(word: &str) -> Result<Self> {
        match word {
            "sqlite" => Ok(Self::Sqlite),
            "postgres" => Ok(Self::Postgres),
            _ => bail!("an engine is sqlite or postgres"),
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Sqlite => "SQLite (SQLCipher)",
            Self::Postgres => "Postgres",
        })
    }
}

/// Where the store is.
pub(crate) struct Place {
    folder: PathBuf,
    url: Option<String>,
    /// What goes with this value; nothing in the process that only asks.
    owned: Option<(tempfile::TempDir, Option<Database>)>,
}

impl Place {
    pub(crate) fn new(engine: Engine, work: &Path) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("lectern-bench-")
            .tempdir_in(work)?;
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Database::new()?),
        };
        Ok(Self {
            folder: folder.path().to_owned(),
            url: database.as_ref().map(Database::url),
            owned: Some((folder, database)),
        })
    }

    /// What [`Self::words`] wrote.
    pub(crate) fn from_words(mut words: impl Iterator<Item = String>) -> Result<Self> {
        Ok(Self {
            folder: words.next().context("a folder is missing")?.into(),
            url: words.next(),
            owned: None,
        })
    }

    /// What another process needs to find it.
    pub(crate) fn words(&self) -> impl Iterator<Item = String> {
        let folder = self.folder.to_string_lossy().into_owned();
        std::iter::once(folder).chain(self.url.clone())
    }

    pub(crate) fn settings(&self) -> Result<Settings> {
        let mut databases = BTreeMap::new();
        if let Some(url) = &self.url {
            databases.insert(store::Database::Default, url.parse()?);
        }
        Ok(Settings {
            databases,
            ..Settings::of_folders(self.folder.join("data"), self.folder.join("config"))
        })
    }

    /// Bytes of the database.
    pub(crate) fn size(&self) -> Result<u64> {
        if let Some((_, Some(database))) = &self.owned {
            database.ask("VACUUM ANALYZE")?;
            let size = database.ask("SELECT pg_database_size(current_database())")?;
            return Ok(size.parse()?);
        }
        let names = ["lectern.db", "lectern.db-wal"];
        let sizes = names.map(|name| std::fs::metadata(self.folder.join("data").join(name)));
        Ok(sizes.into_iter().flatten().map(|file| file.len()).sum())
    }
}
