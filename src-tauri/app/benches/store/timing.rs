//! How long something took, many times: by the clock, and in the time of a core. On a machine that others use,
//! the clock also counts waiting for a core.

use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

/// Times of one kind.
#[derive(Debug, Default)]
pub(crate) struct Times {
    clock: Vec<Duration>,
    core: Vec<Duration>,
}

impl Times {
    /// Does something and notes how long it took.
    pub(crate) fn of<T>(&mut self, act: impl FnOnce() -> T) -> T {
        let (begun, worked) = (Instant::now(), ThreadTime::now());
        let done = act();
        self.core.push(worked.elapsed());
        self.clock.push(begun.elapsed());
        done
    }

    /// All of several.
    pub(crate) fn joined(all: Vec<Self>) -> Self {
        let mut joined = Self::default();
        for times in all {
            joined.clock.extend(times.clock);
            joined.core.extend(times.core);
        }
        joined
    }

    /// How many.
    pub(crate) fn count(&self) -> usize {
        self.clock.len()
    }

    /// What a share of them stayed below by the clock, in milliseconds.
    pub(crate) fn by_clock(&self, share: f64) -> f64 {
        percentile(&self.clock, share)
    }

    /// The same in the time of a core.
    pub(crate) fn of_a_core(&self, share: f64) -> f64 {
        percentile(&self.core, share)
    }
}

fn percentile(times: &[Duration], share: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let place = (share * sorted.len() as f64).ceil() as usize;
    let found = sorted.get(place.saturating_sub(1)).or(sorted.last());
    found.map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

impl std::fmt::Display for Times {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [half, most, all] = [0.5, 0.99, 1.0].map(|share| self.by_clock(share));
        write!(
            formatter,
            "p50 {half:.1} ms, p99 {most:.1} ms, longest {all:.1} ms"
        )
    }
}
