//! Every SQL statement.
//!
//! A [`Store`] is a sealed SQLite file or a database of a Postgres server, with one connection that writes
//! and several that read. Reads go through a [`Snapshot`], which sees one state of the database from its
//! first statement to its last; writes go through a [`Transaction`], which is lost unless it is
//! committed. There is one module per table, and this crate decides nothing: it keeps what it is told.
//!
//! Statements are written once, in the dialect that SQLite and Postgres share: ids and words are text,
//! instants are integers in milliseconds, `ON CONFLICT`, `RETURNING` and common table expressions,
//! `?` for parameters, columns read by name. The few that differ stand side by side in `dialect`.
//!
//! On a server the columns are not sealed by this program: the server's own encryption of its disk and
//! the verified TLS connection take the place of SQLCipher. What is sealed with keys of ours stays so.

#![forbid(unsafe_code)]

mod address;
mod connection;
pub mod copy;
mod databases;
mod dialect;
mod error;
pub mod inspect;
pub mod migrations;
pub mod records;
mod sql;
mod store;
mod table;

pub use address::{Address, ServerAddress};
pub use connection::sqlite::DatabaseKey;
pub use databases::{Database, Databases, ROUTES, routes};
pub use error::Error;
pub use migrations::head as schema_head;
pub use store::{Hold, Listener, Snapshot, Store, Transaction};
pub use table::{
    audit, audit_copies, blobs, changes, codes, corrections, document_types, documents, erasures,
    jobs, keys, leases, moves, outside_readers, readings, relations, retention, saved_searches,
    schedules, search, sessions, settings, sign_ins, thumbnails, tokens, usage, users, workers,
};
