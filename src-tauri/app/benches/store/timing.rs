//! How long something took, many times.

use std::time::{Duration, Instant};

/// Times of one kind.
#[derive(Debug, Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// Does something and notes how long it took.
    pub(crate) fn of<T>(&mut self, act: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = act();
        self.0.push(begun.elapsed());
        done
    }

    /// All of several.
    pub(crate) fn joined(all: Vec<Self>) -> Self {
        Self(all.into_iter().flat_map(|times| times.0).collect())
    }

    /// How many.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// What a share of them stayed below, in milliseconds.
    pub(crate) fn percentile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (share * sorted.len() as f64).ceil() as usize;
        let found = sorted.get(place.saturating_sub(1)).or(sorted.last());
        found.map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [half, most, all] = [0.5, 0.99, 1.0].map(|share| self.percentile(share));
        write!(
            formatter,
            "p50 {half:.1} ms, p99 {most:.1} ms, longest {all:.1} ms"
        )
    }
}
