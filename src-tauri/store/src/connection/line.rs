//! The line of the processes that want to write to one file.
//!
//! The engine has none: whoever finds the file taken looks again after a while, and whoever has just written
//! begins anew at once, so that among busy processes one can wait until it gives up. Here whoever wants to write
//! takes the place at the head of the line, waits there until the one who writes has ended, and leaves
//! it once he writes himself. Who has just written finds the place taken and comes after the one who stands there.
//!
//! The place is a lock on a file beside the database, which the system takes back from a process that was killed.
//! Nothing but fairness rests on it: what may write is still decided by the engine.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use crate::Error;

/// Between two looks at a place or file that is taken. A write takes some milliseconds, most of them for the
/// disk, so this costs little of the time between two of them.
pub(crate) const PAUSE: Duration = Duration::from_millis(1);

/// How long somebody stands in line, and then once more how long he waits for the one who writes. Writes take
/// milliseconds, so whoever waits longer waits for a machine in trouble.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// The line before one file.
#[derive(Debug)]
pub(crate) struct Line(File);

/// The place at its head, until it is dropped.
#[derive(Debug)]
pub(crate) struct Head<'a>(&'a File);

impl Line {
    /// The line before the database at a path.
    pub(crate) fn before(path: &Path) -> std::io::Result<Self> {
        let mut name = path.as_os_str().to_owned();
        name.push("-line");
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        options.open(name).map(Self)
    }

    /// Waits until nobody stands at the head. To be asked by one thread at a time.
    pub(crate) fn step_up(&self) -> Result<Head<'_>, Error> {
        let since = Instant::now();
        loop {
            match self.0.try_lock() {
                // On a file system without locks everybody steps up at once, and the engine decides.
                Ok(()) | Err(TryLockError::Error(_)) => return Ok(Head(&self.0)),
                Err(TryLockError::WouldBlock) if since.elapsed() < PATIENCE => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(Error::Busy),
            }
        }
    }
}

impl Drop for Head<'_> {
    fn drop(&mut self) {
        // Fails where it could not be taken either.
        let _ = self.0.unlock();
    }
}
