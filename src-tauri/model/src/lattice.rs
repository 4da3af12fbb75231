//! What a recogniser saw along one line of text, before anybody decides what it says.

use serde::{Deserialize, Serialize};

use crate::{Point, Quad};

/// Log-probabilities of every symbol at every step along a line, left to right in reading order.
///
/// The shape is that of connectionist temporal classification (Graves et al. 2006): at each step
/// one of `alphabet` or the blank is seen, repeats without a blank between them are one character.
/// An engine that segments characters itself gives one step per character with a blank step after
/// each. Grammars decode from this, so that "what was seen" and "what is allowed" stay apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lattice {
    /// The symbols, in the order of the columns 1… of `log_probabilities`; column 0 is the blank.
    pub alphabet: Vec<char>,
    /// Row-major `steps × (alphabet.len() + 1)` natural logarithms, each row a distribution.
    pub log_probabilities: Vec<f32>,
    /// Where each step begins and the last one ends (`steps + 1` pairs): the point on the upper and
    /// the one on the lower edge of the line, in page pixels. Pairs rather than one map, because
    /// lines on bent or tilted pages follow no single map.
    pub edges: Vec<(Point, Point)>,
}

impl Lattice {
    /// Number of columns in a row: the blank and every symbol.
    pub fn columns(&self) -> usize {
        self.alphabet.len() + 1
    }

    /// Number of steps along the line.
    pub fn steps(&self) -> usize {
        self.log_probabilities.len() / self.columns()
    }

    /// The distribution at one step, or an empty slice past the end.
    pub fn row(&self, step: usize) -> &[f32] {
        let columns = self.columns();
        self.log_probabilities
            .get(step * columns..(step + 1) * columns)
            .unwrap_or_default()
    }

    /// The part of the page that steps `from..to` cover; empty where the lattice has no such step.
    pub fn quad(&self, from: usize, to: usize) -> Quad {
        let edge = |step: usize| {
            self.edges
                .get(step)
                .or(self.edges.last())
                .copied()
                .unwrap_or_default()
        };
        let ((top_left, bottom_left), (top_right, bottom_right)) = (edge(from), edge(to));
        Quad([top_left, top_right, bottom_right, bottom_left])
    }
}
