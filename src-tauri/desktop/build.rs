//! Build steps of the window.

fn main() {}
