//! Lattices drawn from text, for the tests of this crate: what a recogniser would see, with as much
//! doubt as a test asks for.

use model::{Lattice, Point};

use super::alphabet::{SYMBOLS, index, symbol};

/// Steps per character, as the network's strips give them.
const STEPS: usize = 4;

/// Small dice with a memory of 64 bits (Steele et al. 2014, SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// An equally likely number from 0 to 1.
    pub(crate) fn roll(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// One of so many.
    pub(crate) fn one_of(&mut self, count: usize) -> usize {
        ((self.roll() * count as f32) as usize).min(count - 1)
    }
}

/// A line seen clearly.
pub(crate) fn clean(line: &str) -> Lattice {
    from_choices(&line.chars().map(|c| vec![(c, 0.999)]).collect::<Vec<_>>())
}

/// A line of which every character gives up to `noise` of its probability to others.
pub(crate) fn noisy(line: &str, seed: u64, noise: f32) -> Lattice {
    let mut dice = Dice(seed);
    let choices: Vec<_> = line
        .chars()
        .map(|character| {
            let lost = dice.roll() * noise;
            let rival = symbol(dice.one_of(37) as u8);
            vec![(character, 0.999 - lost), (rival, lost * 0.7)]
        })
        .collect();
    from_choices(&choices)
}

/// A line of which the recogniser took one character for another, with this probability left to
/// the right one.
pub(crate) fn misread(line: &str, at: usize, as_if: char, left: f32) -> Lattice {
    let choices: Vec<_> = line
        .chars()
        .enumerate()
        .map(|(position, character)| {
            if position == at {
                vec![(as_if, 0.99 - left), (character, left)]
            } else {
                vec![(character, 0.999)]
            }
        })
        .collect();
    from_choices(&choices)
}

/// A line with noise, of which the recogniser took some characters for others, each with this
/// probability left to the right one.
pub(crate) fn misled(line: &str, wrong: &[(usize, char, f32)], seed: u64, noise: f32) -> Lattice {
    let mut dice = Dice(seed);
    let choices: Vec<_> = line
        .chars()
        .enumerate()
        .map(|(position, character)| {
            let lost = dice.roll() * noise;
            let rival = symbol(dice.one_of(37) as u8);
            match wrong.iter().find(|(at, ..)| *at == position) {
                Some((_, as_if, left)) => vec![(*as_if, 0.999 - left), (character, *left)],
                None => vec![(character, 0.999 - lost), (rival, lost)],
            }
        })
        .collect();
    from_choices(&choices)
}

/// A lattice from what is seen at each character; what is left of 1 is spread over all symbols.
fn from_choices(choices: &[Vec<(char, f32)>]) -> Lattice {
    let columns = SYMBOLS + 1;
    let mut log_probabilities = Vec::new();
    let mut push = |row: Vec<f32>| {
        let sum: f32 = row.iter().sum();
        log_probabilities.extend(row.into_iter().map(|p| (p / sum).ln()));
    };
    let blank = || {
        let mut row = vec![1e-5; columns];
        row[0] = 0.999;
        row
    };
    push(blank());
    for seen in choices {
        let mut row = vec![1e-5; columns];
        for (character, probability) in seen {
            row[1 + index(*character).unwrap() as usize] += probability;
        }
        for step in 0..STEPS {
            push(if step == 1 || step == 2 {
                row.clone()
            } else {
                blank()
            });
        }
    }
    let steps = log_probabilities.len() / columns;
    Lattice {
        alphabet: (0..SYMBOLS as u8).map(symbol).collect(),
        log_probabilities,
        edges: (0..=steps)
            .map(|step| (Point::new(step as f32, 0.0), Point::new(step as f32, 4.0)))
            .collect(),
    }
}
