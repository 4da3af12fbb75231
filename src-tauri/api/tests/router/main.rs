//! The real router over a real store in a folder of its own, asked as a browser, a script, the window
//! and a stranger would ask.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that finds something wrong ends by panicking"
)]

// The short name that every other crate knows it by.
extern crate lectern_api as api;

mod archive;
mod databases;
mod doors;
mod events;
mod house;
mod jobs;
mod links;
mod packages;
mod pages;
mod problems;
mod review;
mod search;
mod uploads;
