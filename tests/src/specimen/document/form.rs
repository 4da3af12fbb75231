//! A document being filled in: what is printed for a field is noted in the same stroke, so that truth
//! and print cannot differ.

use std::collections::BTreeMap;

use super::canvas::{Canvas, Style};

/// One thing a document states: the field's name in a manifest, what is printed and what it means.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) printed: String,
    pub(super) truth: String,
}

impl Entry {
    /// A value that means what is printed.
    pub(super) fn plain(name: &'static str, printed: impl Into<String>) -> Self {
        let printed = printed.into();
        Self {
            name,
            truth: printed.clone(),
            printed,
        }
    }

    /// A value that is stated otherwise than it is printed, as dates are.
    pub(super) fn meaning(
        name: &'static str,
        printed: impl Into<String>,
        truth: impl Into<String>,
    ) -> Self {
        Self {
            name,
            printed: printed.into(),
            truth: truth.into(),
        }
    }
}

/// A sheet and what has been filled in on it.
pub(super) struct Form {
    pub(super) canvas: Canvas,
    pub(super) fields: BTreeMap<String, String>,
}

impl Form {
    pub(super) fn new(canvas: Canvas) -> Self {
        Self {
            canvas,
            fields: BTreeMap::new(),
        }
    }

    /// Prints words that belong to no field, at most `most` millimetres wide; answers where they end.
    pub(super) fn print(&mut self, x: f32, y: f32, most: f32, text: &str, style: Style) -> f32 {
        self.canvas.text_within(x, y, most, text, style);
        x + self.canvas.text_width(text, style).min(most)
    }

    /// Prints a field's value and notes it; answers where it ends.
    pub(super) fn fill(&mut self, x: f32, y: f32, most: f32, entry: &Entry, style: Style) -> f32 {
        self.note(entry);
        self.print(x, y, most, &entry.printed, style)
    }

    /// Prints a field's value so that it ends at `right`.
    pub(super) fn fill_to(&mut self, right: f32, y: f32, entry: &Entry, style: Style) {
        self.note(entry);
        self.canvas.text_to(right, y, &entry.printed, style);
    }

    /// Prints a value over several lines, `leading` millimetres apart; the lines join with a space.
    pub(super) fn fill_lines(
        &mut self,
        (x, y): (f32, f32),
        most: f32,
        leading: f32,
        name: &'static str,
        lines: &[String],
        style: Style,
    ) {
        for (number, line) in lines.iter().enumerate() {
            self.print(x, y + number as f32 * leading, most, line, style);
        }
        self.note(&Entry::plain(name, lines.join(" ")));
    }

    /// Notes a value without printing it: it has been printed in parts, or stands in a barcode.
    pub(super) fn note(&mut self, entry: &Entry) {
        self.fields
            .insert(entry.name.to_owned(), entry.truth.clone());
    }
}
