//! Tesseract as a recogniser of lines, in this process.
//!
//! It gives one best character per place with a few rivals, not a distribution at every step, and
//! it was never trained on fillers; the product's own network reads zones far better. It stands here
//! as the second engine behind [`Recogniser`], to compare with and to fall back on.
//!
//! Tesseract spreads a line over threads with OpenMP, which costs more than it gains. The switch is
//! the environment variable `OMP_THREAD_LIMIT=1`, which OpenMP reads once: the program sets it
//! before its first thread starts, this crate never touches the environment.

mod hocr;

use model::Lattice;
use tesseract::PageSegMode;

use crate::{
    error::RecogniseError,
    recognise::Recogniser,
    strip::{Strip, StripShape},
};

const LANGUAGE: &str = "eng";

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";

/// Dots an inch that the strips are said to have, so that Tesseract does not guess: capitals of 29
/// pixels are the 2.4 mm of OCR-B at 300.
const RESOLUTION: i32 = 300;

/// Tesseract with its English data, restricted to the alphabet of machine-readable zones.
pub struct Tesseract {
    /// None after an error that took the engine with it; it is made anew for the next line.
    engine: Option<tesseract::Tesseract>,
    alphabet: Vec<char>,
}

impl Tesseract {
    /// Tesseract set up for machine-readable zones.
    pub fn mrz() -> Result<Self, RecogniseError> {
        Ok(Self {
            engine: Some(engine()?),
            alphabet: ALPHABET.chars().collect(),
        })
    }
}

fn engine() -> Result<tesseract::Tesseract, RecogniseError> {
    let mut engine = tesseract::Tesseract::new(None, Some(LANGUAGE))
        .map_err(|_| RecogniseError::LanguageMissing { language: LANGUAGE })?;
    for (name, value) in [
        ("tessedit_char_whitelist", ALPHABET),
        ("hocr_char_boxes", "1"),
        ("lstm_choice_mode", "2"),
        // Strips are dark on light already.
        ("tessedit_do_invert", "0"),
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

impl Recogniser for Tesseract {
    fn name(&self) -> &'static str {
        "tesseract-eng"
    }

    fn shape(&self) -> StripShape {
        StripShape {
            height: 48,
            capital: 0.6,
        }
    }

    fn recognise(&mut self, strip: &Strip) -> Result<Lattice, RecogniseError> {
        let (width, height) = strip.pixels.dimensions();
        let engine = match self.engine.take() {
            Some(engine) => engine,
            None => engine()?,
        };
        let mut engine = engine
            .set_frame(&strip.pixels, width as i32, height as i32, 1, width as i32)
            .map_err(|error| failed("taking the strip", &error))?
            .set_source_resolution(RESOLUTION)
            .recognize()
            .map_err(|error| failed("recognising", &error))?;
        let text = engine
            .get_hocr_text(0)
            .map_err(|error| failed("writing the result", &error))?;
        self.engine = Some(engine);
        Ok(lattice(&hocr::characters(&text), strip, &self.alphabet))
    }
}

/// Probability spread evenly over the symbols that were not mentioned.
const UNMENTIONED: f32 = 0.01;

/// Least probability of a rival that was mentioned: Tesseract's own figure for most is 0.
const MENTIONED: f32 = 0.003;

/// One step per character and a blank step before, between and behind.
fn lattice(characters: &[hocr::Character], strip: &Strip, alphabet: &[char]) -> Lattice {
    let columns = alphabet.len() + 1;
    let edge = |column: u32| {
        let column = (column as usize).min(strip.edges.len().saturating_sub(1));
        strip.edges.get(column).copied().unwrap_or_default()
    };
    let index = |symbol: char| alphabet.iter().position(|&known| known == symbol);
    let even = UNMENTIONED / columns as f32;
    let mut blank = vec![even; columns];
    blank[0] = 1.0;
    let mut probabilities: Vec<f32> = Vec::new();
    let mut edges = vec![edge(0)];
    let mut reached = 0;
    for character in characters {
        let mut row = vec![even; columns];
        for &(symbol, confidence) in &character.candidates {
            if let Some(index) = index(symbol) {
                row[index + 1] = row[index + 1].max(confidence).max(MENTIONED);
            }
        }
        // A character outside the alphabet says nothing about the line.
        if row.iter().all(|&value| value <= MENTIONED) {
            continue;
        }
        let left = character.left.max(reached);
        reached = character.right.max(left);
        probabilities.extend_from_slice(&blank);
        edges.push(edge(left));
        probabilities.extend_from_slice(&row);
        edges.push(edge(reached));
    }
    probabilities.extend_from_slice(&blank);
    edges.push(edge(strip.pixels.width()));
    for row in probabilities.chunks_exact_mut(columns) {
        let sum: f32 = row.iter().sum();
        for value in row {
            *value = (*value / sum).ln();
        }
    }
    Lattice {
        alphabet: alphabet.to_vec(),
        log_probabilities: probabilities,
        edges,
    }
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma};
    use model::Point;

    use super::Tesseract;
    use crate::{Recogniser, strip::Strip};

    /// Bars at equal distances: strokes, but no letters anybody knows.
    fn strip(width: u32) -> Strip {
        Strip {
            pixels: GrayImage::from_fn(width, 48, |x, y| {
                Luma([if x % 30 < 6 && (10..38).contains(&y) {
                    0
                } else {
                    255
                }])
            }),
            edges: (0..=width)
                .map(|x| (Point::new(x as f32, 0.0), Point::new(x as f32, 48.0)))
                .collect(),
        }
    }

    #[test]
    fn every_strip_gives_a_lattice_of_distributions() {
        let mut engine = Tesseract::mrz().unwrap();
        for width in [1, 40, 600] {
            let lattice = engine.recognise(&strip(width)).unwrap();
            assert_eq!(lattice.edges.len(), lattice.steps() + 1);
            assert!(lattice.steps() >= 1);
            for step in 0..lattice.steps() {
                let sum: f32 = lattice.row(step).iter().map(|value| value.exp()).sum();
                assert!((sum - 1.0).abs() < 1e-3);
            }
            let mut last = 0.0;
            for (top, _) in &lattice.edges {
                assert!(top.x >= last);
                last = top.x;
            }
        }
    }
}
