//! Support for the tests that prove Lectern from outside.
