//! The text of a view as it was read once, with what a second reading needs.
//!
//! Reading a line twice costs a third of reading it once, and most lines of a document are labels and
//! clauses that nobody takes a value from. So a draft keeps the strips, and whoever looks for values
//! says which lines are worth it.

use model::{Line, Personal, Sheet, Word};

use super::second::Strip;

/// The text of a view as the first engine read it.
pub struct Draft {
    width: u32,
    height: u32,
    rows: Vec<Row>,
}

impl Draft {
    pub(super) const fn new((width, height): (u32, u32), rows: Vec<Row>) -> Self {
        Self {
            width,
            height,
            rows,
        }
    }

    /// A view without text.
    pub const fn empty(dimensions: (u32, u32)) -> Self {
        Self::new(dimensions, Vec::new())
    }

    /// The lines in reading order, with the second readings that were made so far.
    pub fn sheet(&self) -> Sheet {
        let mut lines = self
            .rows
            .iter()
            .flat_map(|row| &row.lines)
            .cloned()
            .collect();
        in_reading_order(&mut lines);
        Sheet {
            width: self.width,
            height: self.height,
            lines,
        }
    }

    pub(super) fn rows(&mut self) -> impl Iterator<Item = &mut Row> {
        self.rows.iter_mut()
    }
}

/// What stands in one quad of the detector's: a line, or several where columns part.
pub(super) struct Row {
    lines: Vec<Line>,
    /// What the second engine is to read; none where it has, or need not.
    strip: Option<Strip>,
}

impl Row {
    /// Lines that need no second reading.
    pub(super) const fn read(lines: Vec<Line>) -> Self {
        Self { lines, strip: None }
    }

    /// Lines that may be read a second time.
    pub(super) const fn unread(lines: Vec<Line>, strip: Strip) -> Self {
        Self {
            lines,
            strip: Some(strip),
        }
    }

    pub(super) const fn strip(&self) -> Option<&Strip> {
        self.strip.as_ref()
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter()
    }

    /// The words in their order.
    pub(super) fn texts(&self) -> Vec<&str> {
        let words = self.lines.iter().flat_map(|line| &line.words);
        words.map(|word| word.text.expose()).collect()
    }

    /// Lays a second reading beside the words, one for each.
    pub(super) fn agree(&mut self, seconds: Vec<Option<String>>) {
        let words = self.lines.iter_mut().flat_map(|line| &mut line.words);
        for (word, second) in words.zip(seconds) {
            let word: &mut Word = word;
            word.second = second.map(Personal::new);
        }
        self.strip = None;
    }
}

/// From top to bottom, and from left to right where lines stand beside each other.
fn in_reading_order(lines: &mut Vec<Line>) {
    let place = |line: &Line| {
        let (left, top, _, bottom) = line.quad.bounds();
        (left, f32::midpoint(top, bottom), bottom - top)
    };
    lines.sort_by(|a, b| place(a).1.total_cmp(&place(b).1));
    let mut rest = std::mem::take(lines);
    while !rest.is_empty() {
        let (_, first, height) = place(&rest[0]);
        let beside = rest
            .iter()
            .position(|line| place(line).1 > first + height.min(place(line).2) / 2.0)
            .unwrap_or(rest.len());
        let mut row: Vec<Line> = rest.drain(..beside.max(1)).collect();
        row.sort_by(|a, b| place(a).0.total_cmp(&place(b).0));
        lines.extend(row);
    }
}
