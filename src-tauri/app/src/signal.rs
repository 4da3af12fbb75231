//! Wakes the threads that wait for something to do.

use std::{
    sync::{Condvar, Mutex, PoisonError},
    time::Duration,
};

/// A bell that counts how often it was rung, so that a ring between two looks is never missed.
#[derive(Debug, Default)]
pub(crate) struct Signal {
    rung: Mutex<u64>,
    bell: Condvar,
}

impl Signal {
    /// How often it was rung so far.
    pub(crate) fn rung(&self) -> u64 {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes everybody who waits.
    pub(crate) fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.bell.notify_all();
    }

    /// Waits until it was rung more often than `seen`, or for as long as `longest`.
    pub(crate) fn wait(&self, seen: u64, longest: Duration) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .bell
            .wait_timeout_while(rung, longest, |rung| *rung <= seen);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }
}
