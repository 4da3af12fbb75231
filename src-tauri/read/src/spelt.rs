//! What a file spells itself, laid over what recognisers saw in the same places.
//!
//! The text layer of a PDF and the text of a letter are exact: where they stand, nothing that was read
//! from pixels is needed. They are evidence like any other all the same: a line with its place on the
//! page.

use model::{Line, Quad, Sheet};
use vision::{TextLayer, page::View};

use crate::place::{self, Upright};

/// Clockwise quarter turns after which most of what the file spells in the view stands upright; none
/// where it spells nothing there.
pub(crate) fn turns(view: &View, layer: &TextLayer) -> Option<u8> {
    let view_from_page = view.page_from_view.inverse()?;
    let mut letters = [0; 4];
    for line in &layer.lines {
        if place::lies_in(view, &line.quad) {
            let quad = view_from_page.quad(&line.quad);
            let turns = place::turns_of(quad.0[0], quad.0[1]);
            letters[usize::from(turns % 4)] += line.text().chars().count();
        }
    }
    let most = letters.iter().copied().max().filter(|most| *most > 0)?;
    (0..4).find(|turns| letters[usize::from(*turns)] == most)
}

/// Lays the lines of the layer that stand in the view over those that were seen there.
pub(crate) fn lay(layer: &TextLayer, upright: &Upright, sheet: &mut Sheet) {
    if layer.lines.is_empty() {
        return;
    }
    let Some(picture_from_page) = upright.page_from_picture.inverse() else {
        return;
    };
    let (width, height) = (sheet.width as f32, sheet.height as f32);
    let spelt: Vec<Line> = layer
        .lines
        .iter()
        .map(|line| {
            let mut line = line.clone();
            line.quad = picture_from_page.quad(&line.quad);
            for word in &mut line.words {
                word.quad = picture_from_page.quad(&word.quad);
            }
            line
        })
        .filter(|line| {
            let middle = place::middle(&line.quad);
            (0.0..=width).contains(&middle.x) && (0.0..=height).contains(&middle.y)
        })
        .collect();
    let places: Vec<_> = spelt.iter().map(|line| line.quad.bounds()).collect();
    for line in &mut sheet.lines {
        line.words
            .retain(|word| !places.iter().any(|place| covers(*place, &word.quad)));
    }
    sheet.lines.retain(|line| !line.words.is_empty());
    sheet.lines.extend(spelt);
    let height = |line: &Line| {
        let (_, top, _, bottom) = line.quad.bounds();
        f32::midpoint(top, bottom)
    };
    sheet
        .lines
        .sort_by(|one, other| height(one).total_cmp(&height(other)));
}

/// Whether the middle of the word lies in the place, given by its left, top, right and bottom.
fn covers((left, top, right, bottom): (f32, f32, f32, f32), word: &Quad) -> bool {
    let middle = place::middle(word);
    (left..=right).contains(&middle.x) && (top..=bottom).contains(&middle.y)
}
