//! Keeping OpenMP, which Tesseract is built with, to one thread.
//!
//! Tesseract spreads each line over four threads, which costs more than it gains and takes the cores
//! from the other readings. OpenMP's only switch is the environment variable `OMP_THREAD_LIMIT`,
//! and GNU's reads it when the library is loaded, before `main`: setting it here would be too late.
//! So the program replaces itself by itself, with the variable set. That keeps the process and its
//! terminal, and happens only where Tesseract is asked for. Every program that reads calls it first of all.

use std::{os::unix::process::CommandExt as _, process::Command};

const LIMIT: &str = "OMP_THREAD_LIMIT";

/// Starts the program anew with the limit, unless there is one. Comes back when that is impossible:
/// the reading is then slower, and right all the same.
pub fn start_anew_with_one_thread() {
    if std::env::var_os(LIMIT).is_some() {
        return;
    }
    let program = std::env::current_exe();
    let error = program.map(|program| {
        let arguments = std::env::args_os().skip(1);
        Command::new(program).args(arguments).env(LIMIT, "1").exec()
    });
    let error = error.unwrap_or_else(|error| error);
    tracing::debug!(%error, "OpenMP is not limited to one thread");
}
