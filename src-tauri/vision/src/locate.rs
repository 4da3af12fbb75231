//! Finding lines that may be a machine-readable zone.

use image::GrayImage;
use model::Point;

/// One line of text on a page, in page pixels.
///
/// The centreline runs from `start` to `end` in reading order, half-way between the feet and the
/// heads of capital letters. It may bend: its middle lies `bow` pixels off the straight line
/// between the ends, towards the feet of the letters, and the curve between is the parabola through
/// the three points. The capital height may change along the line, linearly between its ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextLine {
    /// Left end, seen with the text upright.
    pub start: Point,
    /// Right end, seen with the text upright.
    pub end: Point,
    /// How far the middle sags towards the feet of the letters, in pixels.
    pub bow: f32,
    /// Height of a capital letter at the start, in pixels.
    pub height_start: f32,
    /// Height of a capital letter at the end, in pixels.
    pub height_end: f32,
}

/// One to three lines that may be a machine-readable zone, seen one way up.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// The lines in reading order.
    pub lines: Vec<TextLine>,
    /// How much it looks like a zone; larger is better, comparable within one page only.
    pub score: f32,
    /// Clockwise quarter turns (0–3) after which the text stands upright, to the nearest.
    pub quarter_turns: u8,
}

/// Proposes bands, most promising first.
pub fn bands(_page: &GrayImage) -> impl Iterator<Item = Band> + '_ {
    std::iter::empty()
}
