//! The recognisers of one worker thread.

use vision::{Recogniser, network::Network, tesseract::Tesseract};

use crate::{Engine, error::Error};

/// Recognisers with their buffers. One worker thread owns one of these for life: engines are not
/// shared, and making them costs more than a page.
pub struct Engines {
    network: Network,
    /// Made when it is first asked for: it takes a tenth of a second and 20 MB.
    tesseract: Option<Tesseract>,
}

impl Engines {
    /// Engines for one thread.
    pub fn new() -> Result<Self, Error> {
        Ok(Self {
            network: Network::mrz()?,
            tesseract: None,
        })
    }

    /// The recogniser for the machine-readable zone.
    pub(crate) fn recogniser(&mut self, engine: Engine) -> Result<&mut dyn Recogniser, Error> {
        match engine {
            Engine::Network => Ok(&mut self.network),
            Engine::Tesseract => {
                let tesseract = match self.tesseract.take() {
                    Some(tesseract) => tesseract,
                    None => Tesseract::mrz()?,
                };
                Ok(self.tesseract.insert(tesseract))
            }
        }
    }
}

impl std::fmt::Debug for Engines {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Engines")
            .field("network", &self.network.name())
            .finish_non_exhaustive()
    }
}
