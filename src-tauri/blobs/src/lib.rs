//! Put, get and forget bytes by digest, sealed with a key per blob.

#![forbid(unsafe_code)]

mod error;

pub use error::Error;
