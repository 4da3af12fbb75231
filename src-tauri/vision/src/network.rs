//! The product's own recogniser: a small convolutional network trained on drawn OCR-B.

use model::Lattice;

use crate::{
    error::RecogniseError,
    recognise::Recogniser,
    strip::{Strip, StripShape},
};

/// A convolutional network with connectionist temporal classification.
pub struct Network {
    name: String,
}

impl Network {
    /// The network for machine-readable zones, from the weights in the program.
    pub fn mrz() -> Result<Self, RecogniseError> {
        Ok(Self {
            name: String::new(),
        })
    }
}

impl Recogniser for Network {
    fn name(&self) -> &str {
        &self.name
    }

    fn shape(&self) -> StripShape {
        StripShape {
            height: 24,
            capital: 0.62,
        }
    }

    fn recognise(&mut self, _strip: &Strip) -> Result<Lattice, RecogniseError> {
        Err(RecogniseError::Weights {
            reason: String::new(),
        })
    }
}
