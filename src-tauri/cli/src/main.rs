//! The `lectern` program.

fn main() {}
