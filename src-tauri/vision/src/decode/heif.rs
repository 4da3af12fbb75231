//! HEIC pictures, as telephones take them.

use heic_decoder::HeifError;

use super::{Format, Limits, Page, check_size, pixels};
use crate::error::DecodeError;

/// The main picture of a HEIC file, turned as its container asks, transparency on white.
pub(super) fn picture(bytes: &[u8], limits: &Limits) -> Result<Page, DecodeError> {
    let format = Format::Heif;
    let refused = |error: HeifError| match error {
        HeifError::Truncated { .. } => DecodeError::Truncated {
            format: format.name(),
        },
        HeifError::Unsupported(_) => DecodeError::UnsupportedVariant {
            format: format.name(),
        },
        _ => DecodeError::Damaged {
            format: format.name(),
            source: None,
        },
    };
    let facts = heic_decoder::probe(bytes).map_err(refused)?;
    for (width, height) in [
        (facts.width, facts.height),
        (facts.coded_width, facts.coded_height),
    ] {
        check_size(width as u32, height as u32, format, limits)?;
    }
    let picture = heic_decoder::decode(bytes).map_err(refused)?;
    let (width, height) = (picture.width as u32, picture.height as u32);
    let (samples, colour) = if picture.alpha.is_some() {
        let rgba = picture.to_rgba8().map_err(refused)?;
        (rgba.data, image::ColorType::Rgba8)
    } else {
        let rgb = picture.to_rgb8().map_err(refused)?;
        (rgb.data, image::ColorType::Rgb8)
    };
    let pixels =
        pixels::to_rgb(samples, colour, width, height).ok_or(DecodeError::UnsupportedVariant {
            format: format.name(),
        })?;
    Ok(Page {
        pixels,
        truncated: false,
        animated: false,
    })
}
