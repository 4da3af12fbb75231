//! What each symbol would cost at each place of a zone.
//!
//! A cost is the negative logarithm of a probability, in nats. The probability of a symbol at a
//! place is its clearest step there, among all symbols of that place; several crops of one line are
//! averaged in the logarithm, which is to multiply independent witnesses and take the root, so that
//! a mistake one crop makes does not survive three that see it right.

use super::{
    alphabet::{Alphabet, FILLER, SYMBOLS},
    path::{Frames, Path},
};

/// The least probability a symbol is given: crops are never so independent that more is known.
const LEAST: f32 = 1e-5;

/// What a place costs where no step was left for it.
const UNSEEN: f32 = 3.6;

/// What a symbol costs that may not stand at a place.
pub(crate) const FORBIDDEN: f32 = 1e6;

/// The costs of every symbol at one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PlaceCosts([f32; SYMBOLS]);

impl PlaceCosts {
    /// The cost of a symbol.
    pub(crate) fn of(&self, symbol: u8) -> f32 {
        self.0.get(symbol as usize).copied().unwrap_or(FORBIDDEN)
    }

    /// The cheapest symbol of an alphabet; the filler where the alphabet is empty.
    pub(crate) fn cheapest(&self, alphabet: Alphabet) -> u8 {
        self.ranked(alphabet)
            .next()
            .map_or(FILLER, |(symbol, _)| symbol)
    }

    /// The symbols of an alphabet with their costs, cheapest first.
    pub(crate) fn ranked(&self, alphabet: Alphabet) -> impl Iterator<Item = (u8, f32)> {
        let mut ranked = [(0_u8, FORBIDDEN); SYMBOLS];
        for (symbol, entry) in ranked.iter_mut().enumerate() {
            let cost = if alphabet.contains(symbol as u8) {
                self.0[symbol]
            } else {
                FORBIDDEN
            };
            *entry = (symbol as u8, cost);
        }
        ranked.sort_by(|a, b| a.1.total_cmp(&b.1));
        ranked.into_iter().take_while(|(_, cost)| *cost < FORBIDDEN)
    }

    /// The same costs, each raised by what a prior asks of its symbol.
    pub(crate) fn raised(&self, prior: impl Fn(u8) -> f32) -> Self {
        let mut raised = *self;
        for (symbol, cost) in raised.0.iter_mut().enumerate() {
            *cost += prior(symbol as u8);
        }
        raised
    }

    /// The same costs with only these symbols left.
    pub(crate) fn limited(&self, alphabet: Alphabet) -> Self {
        let mut limited = *self;
        for (symbol, cost) in limited.0.iter_mut().enumerate() {
            if !alphabet.contains(symbol as u8) {
                *cost = FORBIDDEN;
            }
        }
        limited
    }
}

/// The costs of a line from its crops: one path and its frames for each.
pub(crate) fn of_line(crops: &[(&Frames, &Path)], count: usize) -> Vec<PlaceCosts> {
    let mut line = vec![PlaceCosts([0.0; SYMBOLS]); count];
    for (frames, path) in crops {
        for (position, place) in line.iter_mut().enumerate() {
            let (from, to) = reach(path, position, frames.steps());
            let peaks = peaks(frames, from, to);
            let sum: f32 = peaks.iter().sum();
            for (cost, peak) in place.0.iter_mut().zip(peaks) {
                *cost += if sum > 0.0 {
                    -(peak / sum).max(LEAST).ln()
                } else {
                    UNSEEN
                };
            }
        }
    }
    let count = crops.len().max(1) as f32;
    for place in &mut line {
        for cost in &mut place.0 {
            *cost /= count;
        }
    }
    line
}

/// The probability of every symbol at its clearest step.
fn peaks(frames: &Frames, from: usize, to: usize) -> [f32; SYMBOLS] {
    let mut peaks = [f32::NEG_INFINITY; SYMBOLS];
    for step in from..to {
        for (symbol, peak) in peaks.iter_mut().enumerate() {
            *peak = peak.max(frames.at(step, symbol as u8));
        }
    }
    peaks.map(f32::exp)
}

/// The steps of a character, and one more to each side where no neighbour stands.
fn reach(path: &Path, position: usize, steps: usize) -> (usize, usize) {
    let Some((from, to)) = path.steps.get(position).copied() else {
        return (0, 0);
    };
    let before = position.checked_sub(1).and_then(|one| path.steps.get(one));
    let after = path.steps.get(position + 1);
    let from = if before.is_none_or(|(_, end)| *end < from) {
        from.saturating_sub(1)
    } else {
        from
    };
    let to = if after.is_none_or(|(start, _)| *start > to) {
        (to + 1).min(steps)
    } else {
        to
    };
    (from, to)
}

/// How often letters stand in names, per thousand, over European and Arabic names as zones spell
/// them; from A to Z, rounded.
const IN_NAMES: [f32; 26] = [
    130.0, 25.0, 25.0, 30.0, 100.0, 12.0, 20.0, 35.0, 80.0, 15.0, 35.0, 60.0, 45.0, 80.0, 60.0,
    15.0, 1.5, 75.0, 55.0, 40.0, 35.0, 18.0, 8.0, 1.0, 17.0, 15.0,
];

/// How much of what frequency says is believed: names of another language must stay readable.
const BELIEF: f32 = 0.5;

/// What a symbol costs beforehand where this alphabet may stand, in nats.
///
/// A prior decides between look-alikes that a poor print leaves open, and nothing else: in names `Q`
/// is rare beside `O` and `G`; in numbers issuers avoid `O`, `I` and `Q` because they look like digits.
pub(crate) fn prior(alphabet: Alphabet, symbol: u8) -> f32 {
    if alphabet == Alphabet::NAME {
        let frequency = IN_NAMES.get(symbol as usize);
        frequency.map_or(0.0, |frequency| BELIEF * (130.0 / frequency).ln())
    } else if alphabet == Alphabet::ANY {
        match super::alphabet::symbol(symbol) {
            'O' => 2.0,
            'I' | 'Q' => 1.2,
            _ => 0.0,
        }
    } else {
        0.0
    }
}
