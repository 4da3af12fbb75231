//! The acts of the product at their public edge, on real files in directories of their own.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod intake;
mod keys;
mod people;
mod place;
mod trust;
mod work;
