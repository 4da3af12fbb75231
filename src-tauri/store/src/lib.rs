//! Every SQL statement.
//!
//! A [`Store`] is a sealed SQLite file with one connection that writes and several that read. Reads
//! go through a [`Snapshot`], which sees one state of the database from its first statement to its
//! last; writes go through a [`Transaction`], which is lost unless it is committed. There is one
//! module per table, and this crate decides nothing: it keeps what it is told.
//!
//! Statements are written in the dialect that SQLite and Postgres share: ids and words are text,
//! instants are integers in milliseconds, `ON CONFLICT`, `RETURNING` and common table expressions,
//! `?` for parameters, columns read by name.

#![forbid(unsafe_code)]

mod connection;
mod error;
mod migrations;
mod sql;
mod store;
mod table;

pub use connection::DatabaseKey;
pub use error::Error;
pub use store::{Snapshot, Store, Transaction};
pub use table::{
    blobs, changes, codes, corrections, documents, jobs, readings, sessions, settings, sign_ins,
    tokens, users,
};
