//! Barcodes on documents, encoded by a library that the program under test does not use.

use rxing::{BarcodeFormat, EncodeHints, MultiFormatWriter, Writer};

use super::canvas::{Canvas, Frame, INK};

/// Which kind of barcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Symbology {
    Pdf417,
    DataMatrix,
    Qr,
    Aztec,
}

/// Dark and light modules, row by row.
pub(crate) struct Modules {
    pub(crate) width: usize,
    pub(crate) height: usize,
    dark: Vec<bool>,
}

impl Modules {
    /// Encodes a payload of ISO 8859-1 letters; none where it does not fit the symbology.
    pub(crate) fn encode(symbology: Symbology, payload: &str) -> Option<Self> {
        let format = match symbology {
            Symbology::Pdf417 => BarcodeFormat::PDF_417,
            Symbology::DataMatrix => BarcodeFormat::DATA_MATRIX,
            Symbology::Qr => BarcodeFormat::QR_CODE,
            Symbology::Aztec => BarcodeFormat::AZTEC,
        };
        let mut hints = EncodeHints {
            Margin: Some("0".to_owned()),
            ..EncodeHints::default()
        };
        if symbology == Symbology::Pdf417 {
            // AAMVA's card design standard, annex D.3.5: level 3 at least, 5 recommended.
            hints.ErrorCorrection = Some("4".to_owned());
        }
        let matrix = MultiFormatWriter
            .encode_with_hints(payload, &format, 1, 1, &hints)
            .ok()?;
        let (width, height) = (matrix.getWidth() as usize, matrix.getHeight() as usize);
        let dark: Vec<bool> = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| matrix.get(x as u32, y as u32))
            .collect();
        Some(
            Self {
                width,
                height,
                dark,
            }
            .lying()
            .trimmed(),
        )
    }

    /// Wider than high, as PDF417 is printed: the library may turn its symbol.
    fn lying(self) -> Self {
        if self.height <= self.width {
            return self;
        }
        let (width, height) = (self.height, self.width);
        let dark = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| self.dark[(self.height - 1 - x) * self.width + y])
            .collect();
        Self {
            width,
            height,
            dark,
        }
    }

    /// Without light rows and columns around.
    fn trimmed(self) -> Self {
        let row = |y: usize| self.dark[y * self.width..(y + 1) * self.width].contains(&true);
        let column = |x: usize| (0..self.height).any(|y| self.dark[y * self.width + x]);
        let (Some(top), Some(bottom)) = (
            (0..self.height).find(|&y| row(y)),
            (0..self.height).rfind(|&y| row(y)),
        ) else {
            return self;
        };
        let (Some(left), Some(right)) = (
            (0..self.width).find(|&x| column(x)),
            (0..self.width).rfind(|&x| column(x)),
        ) else {
            return self;
        };
        let dark = (top..=bottom)
            .flat_map(|y| (left..=right).map(move |x| (x, y)))
            .map(|(x, y)| self.dark[y * self.width + x])
            .collect();
        Self {
            width: right - left + 1,
            height: bottom - top + 1,
            dark,
        }
    }

    /// Draws the modules so that they fill a frame, on a white quiet zone of `quiet` millimetres.
    pub(crate) fn draw(&self, canvas: &mut Canvas, frame: Frame, quiet: f32) {
        let zone = Frame::new(
            frame.x - quiet,
            frame.y - quiet,
            frame.width + 2.0 * quiet,
            frame.height + 2.0 * quiet,
        );
        canvas.fill(zone, 0.0, [252.0, 252.0, 252.0], 1.0);
        let (columns, rows) = (
            self.width as f32 / frame.width,
            self.height as f32 / frame.height,
        );
        let step = 1.0 / canvas.scale;
        canvas.paint(frame, INK, |x, y| {
            // Nine samples to the pixel: the mean of what it covers.
            let mut hits = 0;
            for row in -1..=1 {
                for column in -1..=1 {
                    let u = (x - frame.x + column as f32 * step / 3.0) * columns;
                    let v = (y - frame.y + row as f32 * step / 3.0) * rows;
                    if u >= 0.0 && v >= 0.0 {
                        let (u, v) = (u as usize, v as usize);
                        if u < self.width && v < self.height && self.dark[v * self.width + u] {
                            hits += 1;
                        }
                    }
                }
            }
            hits as f32 / 9.0
        });
    }
}
