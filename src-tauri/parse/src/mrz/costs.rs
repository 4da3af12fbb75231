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
