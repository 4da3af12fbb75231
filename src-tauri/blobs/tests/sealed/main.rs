//! Sealed files in a real folder and on a real S3 server: what goes in comes out, and nothing else
//! ever does.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bucket;
mod everywhere;
mod folder;
mod place;
