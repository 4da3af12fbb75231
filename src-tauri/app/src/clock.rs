//! The one place that reads the time, so that tests can turn the hands.

use std::fmt::Debug;

use model::Timestamp;

/// Tells the time.
pub trait Clock: Debug + Send + Sync + 'static {
    /// This instant.
    fn now(&self) -> Timestamp;

    /// The calendar day at the place where the program runs: what "today" means on a document.
    fn today(&self) -> jiff::civil::Date;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everything else is handed"
    )]
    fn now(&self) -> Timestamp {
        Timestamp(jiff::Timestamp::now().as_millisecond())
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everything else is handed"
    )]
    fn today(&self) -> jiff::civil::Date {
        jiff::Zoned::now().date()
    }
}
