//! The recognisers of one worker thread.

use image::RgbImage;
use model::{Line, Quad};
use vision::{
    RecogniseError, Recogniser,
    network::Network,
    tesseract::Tesseract,
    text::{self, Draft, Languages},
};

use crate::{Engine, Only, Options, error::Error};

/// Recognisers with their buffers. One worker thread owns one of these for life: engines are not
/// shared, and making them costs more than a page.
pub struct Engines {
    network: Network,
    /// Made when it is first asked for: it takes a tenth of a second and 20 MB.
    tesseract: Option<Tesseract>,
    /// Made when everything is first asked for.
    text: Option<text::Reader>,
}

impl Engines {
    /// Engines for one thread.
    pub fn new() -> Result<Self, Error> {
        Ok(Self {
            network: Network::mrz()?,
            tesseract: None,
            text: None,
        })
    }

    /// Makes what the options ask for, and says what it is: recognisers with the digests of their
    /// weights.
    pub(crate) fn prepare(&mut self, options: &Options<'_>) -> Result<String, Error> {
        if options.only == Only::Everything && self.text.is_none() {
            self.text = Some(text::Reader::new(&Languages::default())?);
        }
        Ok(self.recogniser(options.engine)?.name().to_owned())
    }

    /// Clockwise quarter turns after which the print of a view stands upright; none where no reader was
    /// prepared.
    pub(crate) fn upright(&mut self, view: &RgbImage) -> Result<u8, RecogniseError> {
        match &mut self.text {
            Some(reader) => reader.upright(view),
            None => Ok(0),
        }
    }

    /// The text of an upright view, but for places that were read already; none where no reader was
    /// prepared.
    pub(crate) fn text(
        &mut self,
        view: &RgbImage,
        read_elsewhere: &[Quad],
    ) -> Result<Draft, RecogniseError> {
        match &mut self.text {
            Some(reader) => reader.draft(view, read_elsewhere),
            None => Ok(Draft::empty(view.dimensions())),
        }
    }

    /// Has a second engine read the lines that are wanted; whether any were.
    pub(crate) fn read_again(
        &mut self,
        draft: &mut Draft,
        wanted: impl FnMut(&Line) -> bool,
    ) -> Result<bool, RecogniseError> {
        match &mut self.text {
            Some(reader) => reader.read_again(draft, wanted),
            None => Ok(false),
        }
    }

    /// The recogniser for the machine-readable zone.
    pub(crate) fn recogniser(
        &mut self,
        engine: Engine,
    ) -> Result<&mut dyn Recogniser, RecogniseError> {
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
