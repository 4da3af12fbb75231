//! Text without a page of its own, set on pages.
//!
//! A letter, a table or an e-mail has no pixels. It is set here in one plain face, so that whoever
//! looks at the document sees a page, and every value read from it has its place there like any other.
//! Cells of a row (parted by tabs in the text) stand in columns.

mod joined;

use ab_glyph::{Font as _, FontRef, PxScale, ScaleFont as _, point};
use image::{Rgb, RgbImage};
use model::{Line, Point, Quad};

use super::{
    Decoded, Limits, TextLayer,
    layer::{self, is_right_to_left},
    pages_left_out,
};

/// A face of fixed width with Latin, Greek, Cyrillic and Arabic letters.
const FACE: &[u8] = include_bytes!("../../fonts/DejaVuSansMono.ttf");

/// Size of the letters in pixels: that of a typewriter at 150 dots to the inch.
const SIZE: f32 = 22.0;

/// Pixels of a letter across, and of a line down.
const ACROSS: f32 = 13.25;
const DOWN: f32 = 30.0;

/// Empty border of a page, in pixels.
const BORDER: f32 = 80.0;

/// Letters of a line, and the most that a table makes of them.
const COLUMNS: usize = 80;
const WIDEST: usize = 200;

/// Lines of a page: as many as make it look like one of A4.
const LINES: usize = 54;

/// Letters between two columns of a table: wide enough to be no gap between words.
const GUTTER: usize = 6;

/// A row: cells with the column where each begins.
type Row = Vec<(usize, String)>;

/// Sets a text on pages and adds them.
pub(super) fn set(text: &str, limits: &Limits, decoded: &mut Decoded) {
    let Ok(face) = FontRef::try_from_slice(FACE) else {
        return;
    };
    let rows = rows(text);
    let end = |row: &Row| {
        let cells = row.iter().map(|(at, cell)| at + cell.chars().count());
        cells.max().unwrap_or(0)
    };
    let columns = rows.iter().map(end).max().unwrap_or(0).max(COLUMNS);
    let width = (columns as f32 * ACROSS + 2.0 * BORDER).ceil() as u32;
    let height = (LINES as f32 * DOWN + 2.0 * BORDER).ceil() as u32;
    let pixels = u64::from(width) * u64::from(height);
    for page in rows.chunks(LINES) {
        let spent: u64 = decoded.pages.iter().map(area).sum();
        if decoded.pages.len() >= limits.pages || spent + pixels > limits.pixels {
            decoded.problems.push(pages_left_out(decoded.pages.len()));
            return;
        }
        let mut picture = RgbImage::from_pixel(width, height, Rgb([255; 3]));
        let mut lines = Vec::new();
        for (number, row) in page.iter().enumerate() {
            let top = BORDER + number as f32 * DOWN;
            for (at, cell) in row {
                let left = BORDER + *at as f32 * ACROSS;
                lines.extend(self::cell(&face, &mut picture, cell, left, top));
            }
        }
        let layer = TextLayer {
            complete: true,
            set: true,
            lines,
        };
        decoded.push(picture, layer);
    }
}

fn area(page: &RgbImage) -> u64 {
    u64::from(page.width()) * u64::from(page.height())
}

/// The text in rows, none wider than a page: rows of a table in columns, others wrapped between words.
fn rows(text: &str) -> Vec<Row> {
    let lines: Vec<Vec<String>> = text
        .lines()
        .map(|line| line.split('\t').map(clean).collect())
        .collect();
    let mut rows = Vec::new();
    let mut from = 0;
    while let Some(first) = lines.get(from) {
        // Rows of cells that follow each other are one table.
        let is_table = first.len() > 1;
        let many = lines[from..]
            .iter()
            .take_while(|line| (line.len() > 1) == is_table)
            .count();
        let part = &lines[from..from + many];
        if is_table {
            rows.extend(table(part));
        } else {
            for line in part {
                let wrapped = wrapped(&line[0], COLUMNS);
                rows.extend(wrapped.into_iter().map(|line| vec![(0, line)]));
            }
        }
        from += many;
    }
    while rows
        .last()
        .is_some_and(|row| row.iter().all(|(_, cell)| cell.is_empty()))
    {
        rows.pop();
    }
    rows
}

/// Single spaces, and nothing that has no shape.
fn clean(text: &str) -> String {
    let visible = |letter: &char| {
        !(letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}' | '\u{ad}'))
    };
    let text: String = text
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(visible)
        .collect();
    text.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The rows of a table, its columns as wide as their cells where there is room for that.
fn table(lines: &[Vec<String>]) -> Vec<Row> {
    let count = lines.iter().map(Vec::len).max().unwrap_or(0);
    let mut widths = vec![0; count];
    for line in lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = cell.chars().count().max(*width);
        }
    }
    let room = WIDEST
        .saturating_sub(GUTTER * count.saturating_sub(1))
        .max(count);
    if widths.iter().sum::<usize>() > room {
        // The widest give way first.
        let (mut low, mut high) = (1, room);
        while low < high {
            let middle = (low + high).div_ceil(2);
            let total: usize = widths.iter().map(|width| *width.min(&middle)).sum();
            if total <= room {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        for width in &mut widths {
            *width = (*width).min(low);
        }
    }
    let starts: Vec<usize> = widths
        .iter()
        .scan(0, |at, width| {
            let start = *at;
            *at += width + GUTTER;
            Some(start)
        })
        .collect();
    let mut rows = Vec::new();
    for line in lines {
        let cells: Vec<Vec<String>> = line
            .iter()
            .zip(&widths)
            .map(|(cell, width)| wrapped(cell, (*width).max(1)))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(1);
        for number in 0..height {
            let row: Row = cells
                .iter()
                .zip(&starts)
                .filter_map(|(cell, start)| Some((*start, cell.get(number)?.clone())))
                .collect();
            rows.push(row);
        }
    }
    rows
}

/// A line in pieces of so many letters, parted between words where that is possible.
fn wrapped(line: &str, width: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut letters = 0;
    for word in line.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        if letters > 0 && letters + 1 + word.len() > width {
            pieces.push(std::mem::take(&mut piece));
            letters = 0;
        }
        while word.len() > width {
            let rest = word.split_off(width);
            pieces.push(word.into_iter().collect());
            word = rest;
        }
        if letters > 0 {
            piece.push(' ');
            letters += 1;
        }
        letters += word.len();
        piece.extend(word);
    }
    pieces.push(piece);
    pieces
}

/// Draws a cell and says what stands where; none where it is empty.
fn cell(
    face: &FontRef<'_>,
    picture: &mut RgbImage,
    text: &str,
    left: f32,
    top: f32,
) -> Option<Line> {
    let backwards = is_right_to_left(text);
    let whole = text.chars().count();
    let mut column = 0;
    let mut words = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        let at = if backwards {
            whole - column - length
        } else {
            column
        };
        let from = left + at as f32 * ACROSS;
        draw(face, picture, word, from, top);
        let to = from + length as f32 * ACROSS;
        let (above, below) = (top + DOWN * 0.12, top + DOWN * 0.88);
        let quad = Quad([
            Point::new(from, above),
            Point::new(to, above),
            Point::new(to, below),
            Point::new(from, below),
        ]);
        words.push(layer::word(word.to_owned(), quad));
        column += length + 1;
    }
    layer::line(words)
}

/// Draws a word.
fn draw(face: &FontRef<'_>, picture: &mut RgbImage, word: &str, left: f32, top: f32) {
    let scale = PxScale::from(SIZE);
    let baseline = top + (DOWN - SIZE) / 2.0 + face.as_scaled(scale).ascent();
    let letters: Vec<char> = if is_right_to_left(word) {
        joined::joined(word).into_iter().rev().collect()
    } else {
        word.chars().collect()
    };
    for (number, letter) in letters.into_iter().enumerate() {
        let place = point(left + number as f32 * ACROSS, baseline);
        let glyph = face.glyph_id(letter).with_scale_and_position(scale, place);
        let Some(outline) = face.outline_glyph(glyph) else {
            continue;
        };
        let bounds = outline.px_bounds();
        outline.draw(|x, y, coverage| {
            let (x, y) = (bounds.min.x + x as f32, bounds.min.y + y as f32);
            if x >= 0.0
                && y >= 0.0
                && let Some(pixel) = picture.get_pixel_mut_checked(x as u32, y as u32)
            {
                let shade = 255 - (coverage.clamp(0.0, 1.0) * 255.0) as u8;
                *pixel = Rgb(pixel.0.map(|value| value.min(shade)));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{GUTTER, rows, wrapped};

    #[test]
    fn long_lines_are_wrapped_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrapped("", 4), [""]);
    }

    #[test]
    fn cells_stand_in_columns() {
        let rows = rows("Name\tBorn\nEriksson\t1974\nand a line of text");
        let at = |row: usize| rows[row].iter().map(|(at, _)| *at).collect::<Vec<_>>();
        assert_eq!(at(0), [0, 8 + GUTTER]);
        assert_eq!(at(1), at(0));
        assert_eq!(at(2), [0]);
    }
}
