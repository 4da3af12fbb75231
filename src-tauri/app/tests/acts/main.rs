//! The acts of the product at their public edge, on real files in directories of their own.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod backup;
mod bucket;
mod decoding;
mod doctor;
mod faults;
mod intake;
mod keys;
mod moving;
mod people;
mod place;
mod recovery;
mod reread;
mod retention;
mod search;
mod seed;
mod servers;
mod trash;
mod trust;
mod usage;
mod work;
