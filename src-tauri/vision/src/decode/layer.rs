//! Text that a file spells itself, beside the pixels of its pages.

use model::{Line, Point, Quad, Word};
use serde::{Deserialize, Serialize};

/// What a file spells on one of its pages: the text layer of a PDF, or the text of a letter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TextLayer {
    /// The lines, in page pixels, from top to bottom; only what can be seen on the page.
    pub lines: Vec<Line>,
    /// Whether nothing but these lines is written on the page, so that nothing else is to be read.
    pub complete: bool,
    /// Whether the page was made from this text: there is no zone and no barcode on it either.
    #[serde(default)]
    pub set: bool,
}

/// A word that the file spells: certain, and in need of no second reader.
pub(super) fn word(text: String, quad: Quad) -> Word {
    Word {
        second: Some(model::Personal::new(text.clone())),
        text: model::Personal::new(text),
        quad,
        confidence: 1.0,
        alternatives: Vec::new(),
    }
}

/// The line that words standing beside each other make; none where there is no word.
pub(super) fn line(words: Vec<Word>) -> Option<Line> {
    let corners = |corner: usize| words.iter().map(move |word| word.quad.0[corner]);
    let (first, last) = (words.first()?, words.last()?);
    // Arabic begins at the right.
    let (left, right) = if is_right_to_left(first.text.expose()) {
        (last, first)
    } else {
        (first, last)
    };
    let [mut top_left, _, _, mut bottom_left] = left.quad.0;
    let [_, mut top_right, mut bottom_right, _] = right.quad.0;
    // Upright words may differ in height: the line is as high as the highest.
    let level = (top_left.y - top_right.y).abs() < (bottom_left.y - top_left.y).abs() / 2.0;
    if level && bottom_left.y > top_left.y {
        let extreme = |corner: usize, pick: fn(f32, f32) -> f32| {
            corners(corner).map(|point: Point| point.y).reduce(pick)
        };
        let top = extreme(0, f32::min).unwrap_or(top_left.y);
        let bottom = extreme(3, f32::max).unwrap_or(bottom_left.y);
        (top_left.y, top_right.y) = (top, top);
        (bottom_left.y, bottom_right.y) = (bottom, bottom);
    }
    let quad = Quad([top_left, top_right, bottom_right, bottom_left]);
    Some(Line { words, quad })
}

/// Whether a text is written from right to left: Hebrew, Arabic and what is written in its letters.
pub(super) fn is_right_to_left(text: &str) -> bool {
    let strong = text.chars().find(|letter| letter.is_alphabetic());
    strong.is_some_and(|letter| {
        matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
    })
}
