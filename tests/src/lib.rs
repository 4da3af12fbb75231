//! Support for the tests that prove Lectern from outside.

pub mod client;
pub mod files;
#[cfg(feature = "object-server")]
pub mod object_server;
pub mod postgres;
pub mod program;
pub mod specimen;
