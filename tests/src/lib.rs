//! Support for the tests that prove Lectern from outside.

pub mod client;
pub mod program;
pub mod specimen;
