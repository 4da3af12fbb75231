//! The store on a real sealed file and on a real Postgres.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod file;
mod jobs;
mod lists;
mod place;
mod released;
mod schema;
mod search;
mod server;
mod transactions;
mod upkeep;
