//! The Lectern window.

fn main() {}
