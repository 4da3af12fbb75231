//! All printed text of a view: lines, and words with their places.
//!
//! [`Reader`] first asks one network where text stands, cuts every line straight out of the view,
//! and asks another what it says. Both are PP-OCR models (`weights/text/README.md`), cut down to
//! the Latin script.

mod detect;
mod engine;
mod raster;
mod spell;

use image::RgbImage;
use model::{Line, Personal, Quad, Sheet, Word};

use self::{
    engine::Engine,
    raster::{Scale, distance},
    spell::Spelt,
};
use crate::error::RecogniseError;

/// Rows of a line as the recogniser wants it.
const HEIGHT: usize = 48;

/// Columns of a line for each step of the recogniser.
const STEP: usize = 8;

/// Columns at most: a line fifty times as long as high is no line.
const WIDEST: usize = 50 * HEIGHT;

/// Widths of lines are rounded up to a multiple of this, so that few shapes occur.
const BUCKET: usize = 32;

/// How much higher than wide a quad is whose text may run upwards or downwards.
const UPRIGHT: f32 = 1.5;

/// Least mean confidence of a line's words for the line to be kept.
const READABLE: f32 = 0.15;

/// The languages that Tesseract, the second engine, is to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    /// Tesseract's names of them. One that is not installed is a problem, not an error.
    pub names: Vec<String>,
}

impl Default for Languages {
    fn default() -> Self {
        Self {
            names: ["eng", "fra", "ara"].map(str::to_owned).to_vec(),
        }
    }
}

/// What is known of a view before it is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hint {
    /// The scripts on it.
    pub scripts: Scripts,
}

/// Scripts of a view.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scripts {
    /// Nobody knows: Latin, and Arabic where the Latin reading makes no sense.
    #[default]
    Unknown,
    /// Latin alone.
    Latin,
    /// Latin and Arabic.
    LatinAndArabic,
}

/// Reads the printed text of views. One for each worker thread; it computes on one thread.
pub struct Reader {
    detector: Engine,
    recogniser: Engine,
}

impl Reader {
    /// A reader for the languages.
    pub fn new(_languages: &Languages) -> Result<Self, RecogniseError> {
        Ok(Self {
            detector: Engine::detector()?,
            recogniser: Engine::recogniser()?,
        })
    }

    /// All text of a view that stands upright.
    pub fn read(&mut self, view: &RgbImage, _hint: Hint) -> Result<Sheet, RecogniseError> {
        let mut lines = Vec::new();
        for quad in detect::lines(&self.detector, view)? {
            let (quad, words) = self.line(view, quad)?;
            if confidence(&words) < READABLE {
                continue;
            }
            lines.push(placed(quad, words));
        }
        in_reading_order(&mut lines);
        Ok(Sheet {
            width: view.width(),
            height: view.height(),
            lines,
        })
    }

    /// The words in the quad; where it is higher than wide, in whichever direction they make most
    /// sense, with the quad turned accordingly.
    fn line(&self, view: &RgbImage, quad: Quad) -> Result<(Quad, Vec<Spelt>), RecogniseError> {
        let (across, down) = extent(&quad);
        let mut best = (quad, self.words(view, &quad)?);
        if down > UPRIGHT * across {
            for turned in [detect::upwards(&quad), detect::downwards(&quad)] {
                let words = self.words(view, &turned)?;
                if confidence(&words) > confidence(&best.1) {
                    best = (turned, words);
                }
            }
        }
        Ok(best)
    }

    fn words(&self, view: &RgbImage, quad: &Quad) -> Result<Vec<Spelt>, RecogniseError> {
        let (across, down) = extent(quad);
        let columns =
            ((HEIGHT as f32 * across / down.max(1.0)).ceil() as usize).clamp(STEP, WIDEST);
        let width = columns.next_multiple_of(BUCKET);
        let planes = raster::stretch(view, quad, [columns, width, HEIGHT], &Scale::EVEN);
        let distributions = self
            .recogniser
            .run(&planes.values, planes.height, planes.width)?;
        if distributions.len() != width / STEP * spell::classes() {
            return Err(RecogniseError::Network {
                reason: "the recogniser's answer has another size than its line".to_owned(),
            });
        }
        let steps = columns as f32 / STEP as f32;
        let mut words = spell::words(&distributions);
        for word in &mut words {
            word.from = (word.from / steps).clamp(0.0, 1.0);
            word.to = (word.to / steps).clamp(word.from, 1.0);
        }
        Ok(words)
    }
}

/// Width and height of a quad, in pixels.
fn extent(quad: &Quad) -> (f32, f32) {
    let [a, b, c, d] = quad.0;
    (
        f32::midpoint(distance(a, b), distance(d, c)),
        f32::midpoint(distance(a, d), distance(b, c)),
    )
}

/// Mean confidence of the words, each counted by its length.
fn confidence(words: &[Spelt]) -> f32 {
    let length = |word: &Spelt| word.text.chars().count() as f32;
    let all: f32 = words.iter().map(length).sum();
    let sure: f32 = words
        .iter()
        .map(|word| word.confidence * length(word))
        .sum();
    if all > 0.0 { sure / all } else { 0.0 }
}

fn placed(quad: Quad, words: Vec<Spelt>) -> Line {
    let words = words
        .into_iter()
        .map(|word| Word {
            quad: detect::part(&quad, word.from, word.to),
            text: Personal::new(word.text),
            confidence: rounded(word.confidence),
            second: None,
            alternatives: word.alternatives.into_iter().map(Personal::new).collect(),
        })
        .collect();
    Line { words, quad }
}

/// To three decimals, so that the last bits of a sum do not show.
fn rounded(confidence: f32) -> f32 {
    (confidence * 1000.0).round() / 1000.0
}

/// From top to bottom, and from left to right where lines stand beside each other.
fn in_reading_order(lines: &mut Vec<Line>) {
    let middle = |line: &Line| {
        let (left, top, _, bottom) = line.quad.bounds();
        (left, f32::midpoint(top, bottom), bottom - top)
    };
    lines.sort_by(|a, b| middle(a).1.total_cmp(&middle(b).1));
    let mut rest = std::mem::take(lines);
    while !rest.is_empty() {
        let (_, first, height) = middle(&rest[0]);
        let beside = rest
            .iter()
            .position(|line| middle(line).1 > first + height.min(middle(line).2) / 2.0)
            .unwrap_or(rest.len());
        let mut row: Vec<Line> = rest.drain(..beside.max(1)).collect();
        row.sort_by(|a, b| middle(a).0.total_cmp(&middle(b).0));
        lines.extend(row);
    }
}
