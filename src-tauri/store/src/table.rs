//! One module per table.
//!
//! Functions that only look take a [`Snapshot`](crate::Snapshot), which a
//! [`Transaction`](crate::Transaction) is as well; functions that write demand the transaction.

pub mod audit;
pub mod audit_copies;
pub mod blobs;
pub mod changes;
pub mod codes;
pub mod corrections;
pub mod document_types;
pub mod documents;
pub mod erasures;
pub mod jobs;
pub mod keys;
pub mod leases;
pub mod moves;
pub mod outside_readers;
pub mod readings;
pub mod relations;
pub mod retention;
pub mod saved_searches;
pub mod schedules;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod sign_ins;
pub mod thumbnails;
pub mod tokens;
pub mod usage;
pub mod users;
pub mod workers;
