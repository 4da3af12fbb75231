//! The decoder of straight, sufficiently large barcodes: ZXing-C++, which sees nothing but grey pixels.

use image::GrayImage;
use model::{Payload, Personal, Point, Quad, Symbology};
use zxingcpp::{BarcodeFormat, ImageFormat, ImageView};

/// How grey pixels become black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Threshold {
    /// By the neighbourhood of each pixel.
    Local,
    /// One for the whole picture.
    Global,
}

const FORMATS: [BarcodeFormat; 7] = [
    BarcodeFormat::PDF417,
    BarcodeFormat::DataMatrix,
    BarcodeFormat::QRCode,
    BarcodeFormat::Aztec,
    BarcodeFormat::Code128,
    BarcodeFormat::Code39,
    BarcodeFormat::ITF,
];

/// The barcodes in the picture, quads in its pixels.
pub(super) fn decode(picture: &GrayImage, threshold: Threshold) -> Vec<Payload> {
    let Ok(view) = ImageView::from_slice(
        picture.as_raw(),
        picture.width(),
        picture.height(),
        ImageFormat::Lum,
    ) else {
        return Vec::new();
    };
    let reader = zxingcpp::read()
        .formats(FORMATS)
        .try_harder(true)
        .try_rotate(true)
        .try_invert(false)
        .try_downscale(true)
        .binarizer(match threshold {
            Threshold::Local => zxingcpp::Binarizer::LocalAverage,
            Threshold::Global => zxingcpp::Binarizer::GlobalHistogram,
        });
    let Ok(found) = reader.from(view) else {
        return Vec::new();
    };
    found
        .iter()
        .filter(|barcode| barcode.is_valid())
        .filter_map(|barcode| {
            let symbology = symbology(barcode.symbology())?;
            let position = barcode.position();
            let corner = |point: zxingcpp::PointI| Point::new(point.x as f32, point.y as f32);
            let text = text(barcode.bytes());
            is_credible(symbology, &text).then(|| Payload {
                symbology,
                text: Personal::from(text),
                quad: Quad([
                    corner(position.top_left),
                    corner(position.top_right),
                    corner(position.bottom_right),
                    corner(position.bottom_left),
                ]),
            })
        })
        .collect()
}

/// Linear codes have weak checks or none, and print or a pattern gives rise to short ones.
fn is_credible(symbology: Symbology, text: &str) -> bool {
    let length = text.chars().count();
    match symbology {
        Symbology::Pdf417 | Symbology::DataMatrix | Symbology::QrCode | Symbology::Aztec => {
            length > 0
        }
        Symbology::Code128 => length >= 4,
        Symbology::Code39 => length >= 5,
        Symbology::Interleaved2Of5 => length >= 8,
    }
}

/// UTF-8 where it is, else ISO/IEC 8859-1.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| error.as_bytes().iter().copied().map(char::from).collect())
}

fn symbology(format: BarcodeFormat) -> Option<Symbology> {
    Some(match format {
        BarcodeFormat::PDF417 => Symbology::Pdf417,
        BarcodeFormat::DataMatrix => Symbology::DataMatrix,
        BarcodeFormat::QRCode => Symbology::QrCode,
        BarcodeFormat::Aztec => Symbology::Aztec,
        BarcodeFormat::Code128 => Symbology::Code128,
        BarcodeFormat::Code39 => Symbology::Code39,
        BarcodeFormat::ITF => Symbology::Interleaved2Of5,
        _ => return None,
    })
}
