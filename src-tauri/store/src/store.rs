//! The store, its snapshots and its transactions.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use r2d2::{Pool, PooledConnection};

use crate::{
    Address, DatabaseKey, Error, ServerAddress,
    connection::{
        Connection, Connections, Target,
        line::Line,
        postgres::Server,
        sqlite::{self, Missing},
    },
    dialect, migrations,
};

/// How many may read at the same time. Requests run on far more threads than there are cores, but a
/// read takes about a millisecond of one core, so more connections would only cost page caches, or
/// places at the server, which gives out a hundred.
const READERS: u32 = 8;

/// How many may write outside the line of a server: workers that claim and renew, a millisecond each.
const CLAIMANTS: u32 = 2;

/// What the writer keeps where many records are expected, as the engine wants it: 512 MB, most of the indexes of a
/// million records. Only what is used is taken.
const MANY_PAGES: i64 = -512_000;

/// Longer than a connection waits for other processes, so that whoever waits for it outlasts one slow write.
const WAIT: Duration = Duration::from_secs(15);

/// A database. Cloning it is cheap and gives the same one.
#[derive(Debug, Clone)]
pub struct Store {
    address: Address,
    /// One writer at a time, on either engine. SQLite takes no more, and waiting in line for one
    /// connection is fair and quick; on a server a lock of the database makes the line between
    /// processes, see [`Store::write`].
    writer: Pool<Connections>,
    /// Where processes stand in line for one file; on a server its lock is the line.
    line: Option<Arc<Line>>,
    /// Those who write outside that line; on SQLite nobody can.
    claimants: Pool<Connections>,
    readers: Pool<Connections>,
    /// Whether the last connection could be made; a pool only says that none came in time.
    reachable: Arc<AtomicBool>,
}

impl Store {
    /// Opens a file that must be there, and applies the migrations it lacks.
    ///
    /// A key that does not fit is [`Error::KeyOrFile`], and the file stays as it is.
    pub fn open(path: &Path, key: &DatabaseKey) -> Result<Self, Error> {
        Self::open_file(path, key, Missing::Refuse)
    }

    /// Makes a new file where there is none, or goes on with one that was begun with the same key.
    pub fn create(path: &Path, key: &DatabaseKey) -> Result<Self, Error> {
        Self::open_file(path, key, Missing::Create)
    }

    /// Seals a file anew with another key. Whoever else has it open makes this fail with
    /// [`Error::Busy`], and nothing is changed then.
    pub fn rekey(path: &Path, old: &DatabaseKey, new: &DatabaseKey) -> Result<(), Error> {
        sqlite::rekey(path, old, new)
    }

    /// Opens a database of a server, and applies the migrations it lacks. The database itself must be
    /// there; it may be empty.
    ///
    /// What belongs to a server blocks on a runtime of its own: use it from threads that may wait,
    /// never from an asynchronous task.
    pub fn connect(address: &ServerAddress) -> Result<Self, Error> {
        migrations::apply_to_server(&mut Server::connect(address)?)?;
        let target = Target::Server(address.clone());
        let reachable = Arc::new(AtomicBool::new(true));
        Ok(Self {
            address: Address::Server(address.clone()),
            writer: pool(&target, 1, &reachable)?,
            line: None,
            claimants: pool(&target, CLAIMANTS, &reachable)?,
            readers: pool(&target, READERS, &reachable)?,
            reachable,
        })
    }

    /// The value that a database of a server has under a name in its settings, without anything being
    /// made or changed there; none also where there are no settings yet.
    pub fn glance(address: &ServerAddress, name: &str) -> Result<Option<String>, Error> {
        let mut server = Server::connect(address)?;
        let client = server.client()?;
        let has_settings = client.query_one(dialect::HAS_SETTINGS_SERVER, &[])?;
        if has_settings.try_get::<_, i64>("tables")? == 0 {
            return Ok(None);
        }
        let row = client.query_opt("SELECT value FROM settings WHERE name = $1", &[&name])?;
        Ok(row.map(|row| row.try_get("value")).transpose()?)
    }

    /// Waits until no other process holds this for the same database of a server: for what is made of
    /// several transactions, such as a new store.
    pub fn hold(address: &ServerAddress) -> Result<Hold, Error> {
        let mut server = Server::connect(address)?;
        server.run("SET lock_timeout = 0")?;
        server.run(dialect::LOCK_STORE)?;
        Ok(Hold(server))
    }

    fn open_file(path: &Path, key: &DatabaseKey, missing: Missing) -> Result<Self, Error> {
        if missing == Missing::Refuse && std::fs::metadata(path).is_ok_and(|file| file.len() == 0) {
            // To the engine an empty file is an empty database, which any key opens.
            return Err(Error::KeyOrFile);
        }
        let mut first = sqlite::open(path, key, missing)?;
        migrations::apply_to_file(&mut first)?;
        drop(first);
        let target = Target::File {
            path: path.to_owned(),
            key: key.clone(),
        };
        let reachable = Arc::new(AtomicBool::new(true));
        let writer = pool(&target, 1, &reachable)?;
        Ok(Self {
            address: Address::File(path.to_owned()),
            claimants: writer.clone(),
            writer,
            line: Line::before(path).ok().map(Arc::new),
            readers: pool(&target, READERS, &reachable)?,
            reachable,
        })
    }

    /// Where it is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// One state of the database, for as long as it is held. Hold it briefly: the log of a file cannot
    /// be folded back into it past a snapshot, and a server cannot clean up.
    pub fn read(&self) -> Result<Snapshot, Error> {
        self.begin(&self.readers, dialect::READ)
    }

    /// The same of this very moment, for as long as a backup takes.
    pub fn read_at_leisure(&self) -> Result<Snapshot, Error> {
        let snapshot = self.read()?;
        match &*snapshot.connection {
            Connection::File(connection) => {
                connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
            }
            Connection::Server(server) => server.borrow_mut().run(dialect::LINGER)?,
        }
        Ok(snapshot)
    }

    /// A transaction that may read, decide by what it read, and write. It waits until no other one
    /// does, in this process or another: whatever it saw stays so until it ends.
    ///
    /// A file has one writer by nature. On a server the same is made by a lock that is taken with the
    /// first statement. Serialisable transactions were the other choice; but the numbers of changes
    /// must appear in their order, and each entry of the audit names the one before it, so acts stand
    /// in line anyway, and with the lock none has to be done again because of another.
    pub fn write(&self) -> Result<Transaction, Error> {
        self.begin(&self.writer, dialect::WRITE_IN_LINE)
            .map(Transaction)
    }

    /// A transaction of statements each of which proves by itself that it may write, such as claiming a
    /// job or renewing a lease. On a server it does not stand in line, so any number of workers claim
    /// at once; it must not note changes, and must not rely on what it read.
    pub fn write_aside(&self) -> Result<Transaction, Error> {
        self.begin(&self.claimants, dialect::WRITE_ASIDE)
            .map(Transaction)
    }

    /// Lets the writer of a file keep far more pages than usual, until the process ends: for one that does
    /// nothing but fill a store, and comes back to the same pages of the indexes with every batch.
    pub fn expect_many(&self) -> Result<(), Error> {
        let connection = self.writer.get().map_err(|_| Error::Busy)?;
        if let Connection::File(connection) = &*connection {
            connection.pragma_update(None, "cache_size", MANY_PAGES)?;
        }
        Ok(())
    }

    /// A connection that hears when something is written in line by any process; none for a file,
    /// where looking now and then is as good.
    pub fn listen(&self) -> Result<Option<Listener>, Error> {
        match &self.address {
            Address::File(_) => Ok(None),
            Address::Server(address) => {
                let mut server = Server::connect(address)?;
                server.run(dialect::LISTEN)?;
                Ok(Some(Listener(server)))
            }
        }
    }

    /// Leaves nothing of deleted rows behind, as far as the engine can.
    ///
    /// In a file the engine overwrote them when they were deleted; here its log is folded in and emptied, and
    /// with `whole` the file is written anew, for which nobody else can write. A server takes deleted rows
    /// out of its tables, and with `whole` writes these anew, for which nobody else can read either; its own
    /// log, its own backups and its disk it keeps to itself. What is held by somebody's snapshot stays
    /// until the next time.
    pub fn scour(&self, whole: bool) -> Result<(), Error> {
        let connection = self.writer.get().map_err(|_| Error::Busy)?;
        match &*connection {
            Connection::File(connection) => {
                if whole {
                    connection.execute_batch("VACUUM")?;
                }
                // Answers with a row that says whether somebody was in the way.
                connection.query_row(dialect::FOLD_LOG_FILE, [], |_| Ok(()))?;
            }
            Connection::Server(server) => {
                let (mut server, statement) = (server.borrow_mut(), dialect::VACUUM_SERVER);
                for table in dialect::WITH_PERSONS {
                    let how = if whole {
                        "(FULL, ANALYZE)"
                    } else {
                        "(ANALYZE)"
                    };
                    server.run(&format!("{statement} {how} {table}"))?;
                }
            }
        }
        Ok(())
    }

    fn begin(&self, pool: &Pool<Connections>, how: dialect::Begin) -> Result<Snapshot, Error> {
        // After a server was away every connection of the pool is dead, which only using one tells.
        let mut patience = pool.max_size();
        loop {
            // Whoever has them all does not let go, or the server is away.
            let connection = pool.get().map_err(|_| match &self.address {
                Address::Server(address) if !self.reachable.load(Ordering::Acquire) => {
                    Error::Unreachable {
                        address: address.to_string(),
                    }
                }
                Address::Server(_) | Address::File(_) => Error::Busy,
            })?;
            let head = match &self.line {
                Some(line) if how.writes() => Some(line.step_up()?),
                _ => None,
            };
            let begun = Snapshot::begin(connection, how);
            drop(head);
            match begun {
                Err(Error::Disconnected) if patience > 0 => patience -= 1,
                begun => return begun,
            }
        }
    }
}

fn pool(
    target: &Target,
    size: u32,
    reachable: &Arc<AtomicBool>,
) -> Result<Pool<Connections>, Error> {
    let at_once = match target {
        // All are made before this returns, and none later, in the background: one that is still being
        // opened when the program ends meets OpenSSL being taken down, and the process dies of it.
        Target::File { .. } => None,
        // The places at a server are few, so they are taken when they are needed.
        Target::Server(_) => Some(0),
    };
    let connections = Connections {
        target: target.clone(),
        reachable: Arc::clone(reachable),
    };
    let pool = Pool::builder()
        .max_size(size)
        .min_idle(at_once)
        // Trying one first would cost a round trip each time; `Store::begin` notices a dead one.
        .test_on_check_out(false)
        .max_lifetime(None)
        .idle_timeout(None)
        .connection_timeout(WAIT)
        .error_handler(Box::new(r2d2::NopErrorHandler))
        .build(connections);
    pool.map_err(|_| Error::Busy)
}

/// Keeps other processes out, see [`Store::hold`], until it is dropped.
pub struct Hold(#[expect(dead_code, reason = "the lock goes with the session")] Server);

impl std::fmt::Debug for Hold {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Hold")
    }
}

/// Hears when something is written, see [`Store::listen`].
pub struct Listener(Server);

impl Listener {
    /// Waits until something was written, or for as long as `longest`; says whether something was. After
    /// an error it hears nothing more.
    pub fn wait(&mut self, longest: Duration) -> Result<bool, Error> {
        self.0.wait(longest)
    }
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Listener")
    }
}

/// One state of the database.
pub struct Snapshot {
    connection: PooledConnection<Connections>,
    in_line: bool,
}

impl Snapshot {
    fn begin(
        connection: PooledConnection<Connections>,
        how: dialect::Begin,
    ) -> Result<Self, Error> {
        // First, so that whatever half of it happens is taken back by the drop.
        let snapshot = Self {
            connection,
            in_line: how.server == dialect::WRITE_IN_LINE.server,
        };
        match &*snapshot.connection {
            Connection::File(connection) => connection.execute_batch(how.file)?,
            Connection::Server(server) => server.borrow_mut().begin(how.server)?,
        }
        Ok(snapshot)
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Which of two statements is meant, where they differ.
    pub(crate) fn is_on_server(&self) -> bool {
        matches!(*self.connection, Connection::Server(_))
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        // After a commit, and after errors on which the engine rolls back by itself, nothing is open.
        let ended = match &*self.connection {
            Connection::File(connection) if connection.is_autocommit() => Ok(()),
            Connection::File(connection) => {
                connection.execute_batch("ROLLBACK").map_err(Into::into)
            }
            Connection::Server(server) => server.borrow_mut().roll_back(),
        };
        // Where the connection is gone the server took it back itself. Otherwise the pool throws the
        // connection away, see `has_broken`.
        if let Err(error) = ended
            && !matches!(error, Error::Disconnected)
        {
            tracing::warn!(
                code = error.code(),
                "a transaction could not be rolled back: {error}"
            );
        }
    }
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Snapshot")
    }
}

/// A transaction: reads and writes, all of which happen when it is committed, or none. After one of its
/// statements failed it can only be dropped.
#[derive(Debug)]
pub struct Transaction(Snapshot);

impl Transaction {
    /// Makes everything that was written hold; when this returns, it is on the disk.
    pub fn commit(self) -> Result<(), Error> {
        match &*self.0.connection {
            Connection::File(connection) => Ok(connection.execute_batch("COMMIT")?),
            Connection::Server(server) if self.0.in_line => {
                server.borrow_mut().commit(dialect::NOTIFY_AND_COMMIT)
            }
            Connection::Server(server) => server.borrow_mut().commit("COMMIT"),
        }
    }
}

impl std::ops::Deref for Transaction {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        &self.0
    }
}
