//! The second reading: Tesseract on the lines that were located, and on its own for Arabic.
//!
//! Tesseract was trained by other people on other data, so that where both agree a mistake is rare.
//! It reads the very strips that the recogniser got. A language that is not installed is left out.

use model::Problem;
use tesseract::{PageSegMode, Tesseract};

use super::{Languages, raster::Planes};
use crate::error::RecogniseError;

/// Tesseract's name of Arabic.
const ARABIC: &str = "ara";

/// Dots an inch that strips are said to have, so that Tesseract does not guess: letters of 9 points.
const RESOLUTION: i32 = 300;

/// Pixels of background around a strip; Tesseract misses letters at the very edge.
const MARGIN: usize = 12;

/// The engines for the languages at hand.
pub(super) struct Second {
    latin: Vec<Language>,
    arabic: Option<Language>,
    problems: Vec<Problem>,
}

/// A word of a strip that Tesseract placed.
pub(super) struct Placed {
    /// What it says.
    pub(super) text: String,
    /// First column, as a share of the strip's columns.
    pub(super) from: f32,
    /// One past the last column, likewise.
    pub(super) to: f32,
    /// Tesseract's confidence, 0 to 1.
    pub(super) confidence: f32,
}

impl Second {
    /// Loads the languages; one that is missing or broken becomes a problem.
    pub(super) fn new(languages: &Languages) -> Self {
        let mut second = Self {
            latin: Vec::new(),
            arabic: None,
            problems: Vec::new(),
        };
        for name in &languages.names {
            match Language::new(name) {
                Ok(language) if name == ARABIC => second.arabic = Some(language),
                Ok(language) => second.latin.push(language),
                Err(_) => second.problems.push(Problem {
                    code: "text_language_missing".to_owned(),
                    message: format!(
                        "Text was not read a second time in the language `{name}`: install \
                         `tesseract-ocr-{name}`"
                    ),
                }),
            }
        }
        second
    }

    /// What could not be loaded.
    pub(super) fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The text of a line in the Latin script; none where no Latin language is at hand.
    ///
    /// Lines with accents go to the languages behind the first, which is taken to be English.
    pub(super) fn latin(
        &mut self,
        strip: &Strip,
        accented: bool,
    ) -> Result<Option<String>, RecogniseError> {
        let last = self.latin.len().saturating_sub(1);
        let Some(language) = self.latin.get_mut(usize::from(accented).min(last)) else {
            return Ok(None);
        };
        let text = language.read(strip, |engine| {
            engine.get_text().map_err(|error| error.to_string())
        })?;
        Ok(Some(text.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// The words of a line in the Arabic script, from right to left; none where Arabic is missing.
    pub(super) fn arabic(&mut self, strip: &Strip) -> Result<Vec<Placed>, RecogniseError> {
        let Some(language) = &mut self.arabic else {
            return Ok(Vec::new());
        };
        let table = language.read(strip, |engine| {
            engine.get_tsv_text(0).map_err(|error| error.to_string())
        })?;
        // In its order: places tell less, as the tail of a letter reaches under the words beside it.
        Ok(table
            .lines()
            .filter_map(|row| placed(row, strip.columns))
            .collect())
    }
}

/// A row of Tesseract's table that is a word: level 5, then six numbers before left and width, the
/// confidence in per cent and the text.
fn placed(row: &str, columns: usize) -> Option<Placed> {
    let cells: Vec<&str> = row.split('\t').collect();
    let [level, _, _, _, _, _, left, _, width, _, confidence, text] = cells[..] else {
        return None;
    };
    // Marks of direction: the order of our words says as much.
    let text: String = text
        .chars()
        .filter(|&letter| !matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'))
        .collect();
    if level != "5" || text.trim().is_empty() {
        return None;
    }
    let left = left.parse::<f32>().ok()? - MARGIN as f32;
    let right = left + width.parse::<f32>().ok()?;
    let share = |column: f32| (column / columns.max(1) as f32).clamp(0.0, 1.0);
    Some(Placed {
        text: text.trim().to_owned(),
        from: share(left),
        to: share(right),
        confidence: (confidence.parse::<f32>().ok()? / 100.0).clamp(0.0, 1.0),
    })
}

/// A line as Tesseract wants it: grey, dark on light, with a margin.
pub(super) struct Strip {
    pixels: Vec<u8>,
    width: usize,
    height: usize,
    /// Columns without the margin.
    columns: usize,
}

impl Strip {
    /// The first `columns` columns of a line cut for the recogniser (values −1 to 1).
    pub(super) fn new(planes: &Planes, columns: usize) -> Self {
        let plane = planes.width * planes.height;
        let grey = |x: usize, y: usize| {
            let at = y * planes.width + x;
            let value = 0.114 * planes.values[at]
                + 0.587 * planes.values[plane + at]
                + 0.299 * planes.values[2 * plane + at];
            ((value + 1.0) * 127.5).round() as u8
        };
        let inner: Vec<u8> = (0..planes.height)
            .flat_map(|y| (0..columns).map(move |x| (x, y)))
            .map(|(x, y)| grey(x, y))
            .collect();
        let mut sorted = inner.clone();
        sorted.sort_unstable();
        let level = |share: usize| {
            sorted
                .get(sorted.len() * share / 100)
                .copied()
                .unwrap_or(255)
        };
        // Paper is what most of the strip is; ink is at the other end.
        let paper = level(50);
        let light = paper >= u8::midpoint(level(2), level(98));
        let shown = |grey: u8| if light { grey } else { 255 - grey };
        let (width, height) = (columns + 2 * MARGIN, planes.height + 2 * MARGIN);
        let mut pixels = vec![shown(paper); width * height];
        for (y, row) in inner.chunks_exact(columns.max(1)).enumerate() {
            let start = (y + MARGIN) * width + MARGIN;
            for (pixel, &grey) in pixels[start..].iter_mut().zip(row) {
                *pixel = shown(grey);
            }
        }
        Self {
            pixels,
            width,
            height,
            columns,
        }
    }
}

/// One engine with one language.
struct Language {
    name: String,
    /// None after an error that took the engine with it; it is made anew for the next line.
    engine: Option<Tesseract>,
}

impl Language {
    fn new(name: &str) -> Result<Self, RecogniseError> {
        Ok(Self {
            name: name.to_owned(),
            engine: Some(engine(name)?),
        })
    }

    fn read(
        &mut self,
        strip: &Strip,
        answer: impl FnOnce(&mut Tesseract) -> Result<String, String>,
    ) -> Result<String, RecogniseError> {
        let engine = match self.engine.take() {
            Some(engine) => engine,
            None => engine(&self.name)?,
        };
        let (width, height) = (strip.width as i32, strip.height as i32);
        let mut engine = engine
            .set_frame(&strip.pixels, width, height, 1, width)
            .map_err(|error| failed("taking the strip", &error))?
            .set_source_resolution(RESOLUTION)
            .recognize()
            .map_err(|error| failed("recognising", &error))?;
        let text = answer(&mut engine).map_err(|error| failed("writing the result", &error))?;
        self.engine = Some(engine);
        Ok(text)
    }
}

fn engine(language: &str) -> Result<Tesseract, RecogniseError> {
    let mut engine = Tesseract::new(None, Some(language))
        .map_err(|error| failed("loading a language", &error))?;
    for (name, value) in [
        // Strips are dark on light already.
        ("tessedit_do_invert", "0"),
        // It prints statistics about strips that hold no letters.
        ("debug_file", "/dev/null"),
    ] {
        engine = engine
            .set_variable(name, value)
            .map_err(|error| failed("setting a variable", &error))?;
    }
    engine.set_page_seg_mode(PageSegMode::PsmSingleLine);
    Ok(engine)
}

fn failed(step: &str, error: &impl std::fmt::Display) -> RecogniseError {
    RecogniseError::Tesseract {
        reason: format!("{step}: {error}"),
    }
}
