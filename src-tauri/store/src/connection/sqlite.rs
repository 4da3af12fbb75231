//! Opening one connection to a sealed file.

use std::{
    cell::Cell,
    path::{Path, PathBuf},
    sync::Once,
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, OpenFlags, config::DbConfig};
use zeroize::Zeroizing;

use super::line::{PATIENCE, PAUSE};
use crate::Error;

/// Pages a connection keeps, as the engine wants it: 16 MB.
const CACHE: i64 = -16_000;

/// The engine calls itself initialised before its cipher is, so that of two threads that open at once the
/// second could find no cipher for its key. The first connection of a process is made alone.
static INITIALISED: Once = Once::new();

/// Distinct statements are about seventy; none should be prepared twice.
const PREPARED_STATEMENTS: usize = 96;

/// The raw key of the database file.
///
/// Raw, because SQLCipher would stretch a passphrase anew for every connection (0.3 s each), which a
/// random key of 32 bytes does not need.
#[derive(Clone)]
pub struct DatabaseKey(Zeroizing<[u8; 32]>);

impl DatabaseKey {
    /// Wraps random bytes.
    pub fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }
}

impl std::fmt::Debug for DatabaseKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("DatabaseKey")
    }
}

/// Whether a missing file is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Create,
    Refuse,
}

/// Opens a connection and proves that the key fits, before anything could be written.
pub(crate) fn open(path: &Path, key: &DatabaseKey, missing: Missing) -> Result<Connection, Error> {
    let beside = ["-wal", "-shm"].map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    });
    let were_there = beside.iter().any(|path| path.exists());
    let mut connection = match open_proved(path, key, missing) {
        Ok(connection) => connection,
        Err(error) => {
            // The engine makes its log even for a file that it then cannot read.
            if !were_there {
                for path in &beside {
                    let _ = std::fs::remove_file(path);
                }
            }
            return Err(error);
        }
    };

    connection.busy_handler(Some(wait_for_others))?;
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    // Readers do not wait for the writer, nor it for them, in this process and in others.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // What was acknowledged is on the disk, also when the power fails.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Every page that is not in the cache is decrypted again, which made indexed reads four times slower with
    // the engine's default of 2 MB (100 000 rows: 1.9 s against 0.43 s). Nine connections of 64 MB took 334 MB
    // when sixteen people asked at once; docs/PERFORMANCE.md compares sizes.
    connection.pragma_update(None, "cache_size", CACHE)?;
    // Sorting and temporary tables hold what people are called; that may not reach a temporary file.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // Deleted rows are overwritten.
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(connection)
}

/// Says whether to look again at a file that another process holds, after `looks` looks. The engine's own
/// way would look ever more seldom, ten times a second in the end, and miss the moments between two writes.
fn wait_for_others(looks: i32) -> bool {
    thread_local! {
        static SINCE: Cell<Instant> = Cell::new(Instant::now());
    }
    if looks == 0 {
        SINCE.set(Instant::now());
    }
    let goes_on = SINCE.get().elapsed() < PATIENCE;
    if goes_on {
        thread::sleep(PAUSE);
    }
    goes_on
}

/// Opens a connection, gives it the key, and looks at the file.
fn open_proved(path: &Path, key: &DatabaseKey, missing: Missing) -> Result<Connection, Error> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if missing == Missing::Create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    INITIALISED.call_once(|| drop(Connection::open_in_memory()));
    let connection = Connection::open_with_flags(path, flags)?;
    // Until the key has proved right, closing must not copy a log into the file either.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;

    // SQLCipher wants the key before the first look at the file, as `x'…'` for a raw one. It writes
    // its complaints to the standard error stream unless told otherwise; ours are returned.
    let hexadecimal = Zeroizing::new(hex::encode(key.0.as_slice()));
    let literal = Zeroizing::new(format!("x'{}'", hexadecimal.as_str()));
    connection.pragma_update(None, "key", literal.as_str())?;
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(connection)
}

/// Seals a whole file anew with another key. Nobody else may have it open, which the engine is made to
/// prove first. The engine does it in one transaction: after a crash the file has the old key or
/// the new one, all of it.
pub(crate) fn rekey(path: &Path, old: &DatabaseKey, new: &DatabaseKey) -> Result<(), Error> {
    let connection = open(path, old, Missing::Refuse)?;
    // The log is folded into the file and given up: what a rollback journal holds is sealed with the
    // old key, which is what going back needs. Another who has the file open makes this fail.
    connection.busy_timeout(Duration::ZERO)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))?;
    if mode != "delete" {
        return Err(Error::Busy);
    }
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    let hexadecimal = Zeroizing::new(hex::encode(new.0.as_slice()));
    let literal = Zeroizing::new(format!("x'{}'", hexadecimal.as_str()));
    connection.pragma_update(None, "rekey", literal.as_str())?;
    drop(connection);
    open(path, new, Missing::Refuse).map(drop)
}
