//! The store, its snapshots and its transactions.

use std::{path::Path, time::Duration};

use r2d2::{Pool, PooledConnection};
use rusqlite::Connection;

use crate::{
    DatabaseKey, Error,
    connection::{self, Connections, Missing},
    migrations,
};

/// How many may read at the same time. Requests run on far more threads than there are cores, but a
/// read takes about a millisecond of one core, so more connections would only cost page caches.
const READERS: u32 = 8;

/// Longer than the busy timeout of a connection, so that whoever waits in line outlasts one slow write.
const WAIT: Duration = Duration::from_secs(15);

/// A sealed SQLite file. Cloning it is cheap and gives the same one.
#[derive(Debug, Clone)]
pub struct Store {
    /// SQLite takes one writer at a time. Waiting in line for one connection is fair and quick;
    /// several connections would poll each other's lock.
    writer: Pool<Connections>,
    readers: Pool<Connections>,
}

impl Store {
    /// Opens a file that must be there, and applies the migrations it lacks.
    ///
    /// A key that does not fit is [`Error::KeyOrFile`], and the file stays as it is.
    pub fn open(path: &Path, key: &DatabaseKey) -> Result<Self, Error> {
        Self::start(path, key, Missing::Refuse)
    }

    /// Makes a new file where there is none, or goes on with one that was begun with the same key.
    pub fn create(path: &Path, key: &DatabaseKey) -> Result<Self, Error> {
        Self::start(path, key, Missing::Create)
    }

    fn start(path: &Path, key: &DatabaseKey, missing: Missing) -> Result<Self, Error> {
        if missing == Missing::Refuse && std::fs::metadata(path).is_ok_and(|file| file.len() == 0) {
            // To the engine an empty file is an empty database, which any key opens.
            return Err(Error::KeyOrFile);
        }
        let mut first = connection::open(path, key, missing)?;
        migrations::apply(&mut first)?;
        drop(first);
        Ok(Self {
            writer: pool(path, key, 1)?,
            readers: pool(path, key, READERS)?,
        })
    }

    /// One state of the database, for as long as it is held. Hold it briefly: the log cannot be
    /// folded back into the file past it.
    pub fn read(&self) -> Result<Snapshot, Error> {
        Snapshot::begin(self.readers.get()?, "BEGIN DEFERRED")
    }

    /// A transaction that may write. It waits until no other writes, in this process or another.
    pub fn write(&self) -> Result<Transaction, Error> {
        Ok(Transaction(Snapshot::begin(
            self.writer.get()?,
            "BEGIN IMMEDIATE",
        )?))
    }
}

fn pool(path: &Path, key: &DatabaseKey, size: u32) -> Result<Pool<Connections>, Error> {
    let connections = Connections {
        path: path.to_owned(),
        key: key.clone(),
    };
    let pool = Pool::builder()
        .max_size(size)
        // All are made before this returns, and none later, in the background: one that is still being
        // opened when the program ends meets OpenSSL being taken down, and the process dies of it.
        .min_idle(None)
        // A connection to a file does not go stale as one to a server does.
        .test_on_check_out(false)
        .max_lifetime(None)
        .idle_timeout(None)
        .connection_timeout(WAIT)
        .error_handler(Box::new(LogFailure))
        .build(connections)?;
    Ok(pool)
}

/// The pool opens connections on a thread of its own, from which no failure is returned to a caller.
#[derive(Debug)]
struct LogFailure;

impl r2d2::HandleError<Error> for LogFailure {
    fn handle_error(&self, error: Error) {
        tracing::warn!(code = error.code(), "a database connection failed: {error}");
    }
}

/// One state of the database.
pub struct Snapshot {
    connection: PooledConnection<Connections>,
}

impl Snapshot {
    fn begin(connection: PooledConnection<Connections>, begin: &str) -> Result<Self, Error> {
        connection.execute_batch(begin)?;
        Ok(Self { connection })
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        // After a commit, and after errors on which the engine rolls back by itself, nothing is open.
        if !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch("ROLLBACK")
        {
            // The pool throws the connection away, see `has_broken`.
            tracing::warn!("a transaction could not be rolled back: {error}");
        }
    }
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Snapshot")
    }
}

/// A transaction: reads and writes, all of which happen when it is committed, or none.
#[derive(Debug)]
pub struct Transaction(Snapshot);

impl Transaction {
    /// Makes everything that was written hold; when this returns, it is on the disk.
    pub fn commit(self) -> Result<(), Error> {
        self.0.connection.execute_batch("COMMIT")?;
        Ok(())
    }
}

impl std::ops::Deref for Transaction {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        &self.0
    }
}
