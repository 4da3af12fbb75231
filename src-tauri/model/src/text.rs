//! Text as it was seen on a page, before anyone asks what it means.

use serde::{Deserialize, Serialize};

use crate::{Personal, Quad};

/// A word of a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// What it says; Arabic in logical order, digits left to right.
    pub text: Personal,
    /// Where it stands, in pixels of the view it was read on, corners in reading order.
    pub quad: Quad,
    /// The recogniser's own estimate that every character is right, 0 to 1.
    pub confidence: f32,
    /// What the second, independent recogniser saw in the same place, where one looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Personal>,
    /// Other readings of the same recogniser, likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Personal>,
}

/// A line of text: words that stand beside each other on one baseline, with no column gap between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The words, in reading order (right to left in Arabic).
    pub words: Vec<Word>,
    /// Where it stands, in pixels of the view it was read on: the corners of the text itself, top
    /// left first, so that the height is about that of an ascender to a descender.
    pub quad: Quad,
}

impl Line {
    /// The words, joined by single spaces.
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.expose()).collect();
        words.join(" ")
    }
}

/// A rectified view of one document on a page, and what was seen on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The lines, from top to bottom, then from left to right.
    pub lines: Vec<Line>,
}
