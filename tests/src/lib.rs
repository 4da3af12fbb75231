//! Support for the tests that prove Lectern from outside.

pub mod specimen;
