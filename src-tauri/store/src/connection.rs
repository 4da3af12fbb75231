//! One connection to a database of either kind, and how a pool makes them.

use std::{
    cell::RefCell,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{DatabaseKey, Error, address::ServerAddress};

pub(crate) mod line;
pub(crate) mod postgres;
pub(crate) mod sqlite;

use postgres::Server;

/// One connection.
pub(crate) enum Connection {
    /// To a sealed file.
    File(rusqlite::Connection),
    /// To a server. Its client wants to be borrowed mutably for each statement.
    Server(Box<RefCell<Server>>),
}

/// Where the connections of a pool lead.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    File { path: PathBuf, key: DatabaseKey },
    Server(ServerAddress),
}

/// Opens connections for a pool.
#[derive(Debug)]
pub(crate) struct Connections {
    pub(crate) target: Target,
    /// Set to whether the last one could be opened.
    pub(crate) reachable: Arc<AtomicBool>,
}

impl Connections {
    fn open(&self) -> Result<Connection, Error> {
        match &self.target {
            Target::File { path, key } => {
                sqlite::open(path, key, sqlite::Missing::Refuse).map(Connection::File)
            }
            Target::Server(address) => {
                let server = Server::connect(address)?;
                Ok(Connection::Server(Box::new(RefCell::new(server))))
            }
        }
    }
}

impl r2d2::ManageConnection for Connections {
    type Connection = Connection;
    type Error = Error;

    fn connect(&self) -> Result<Connection, Error> {
        let opened = self.open();
        let was_reachable = self.reachable.swap(opened.is_ok(), Ordering::AcqRel);
        // The pool tries again and again, on a thread of its own from which nothing is returned: once
        // said is enough.
        if let Err(error) = &opened
            && was_reachable
        {
            tracing::warn!(code = error.code(), "a database connection failed: {error}");
        }
        opened
    }

    fn is_valid(&self, connection: &mut Connection) -> Result<(), Error> {
        match connection {
            Connection::File(connection) => Ok(connection.execute_batch("SELECT 1")?),
            Connection::Server(server) => server.get_mut().run("SELECT 1"),
        }
    }

    // A connection comes back inside a transaction only when ending that failed.
    fn has_broken(&self, connection: &mut Connection) -> bool {
        match connection {
            Connection::File(connection) => !connection.is_autocommit(),
            Connection::Server(server) => server.get_mut().has_broken(),
        }
    }
}
