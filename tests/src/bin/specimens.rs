//! Draws invented specimens.

fn main() {}
