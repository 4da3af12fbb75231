//! Pictures for screens: whole pages, thumbnails and crops of evidence, encoded.

use image::RgbImage;
use model::Quad;

use crate::error::PictureError;

/// The page as PNG, reduced so that its longer side is at most `max_side`.
pub fn png(_page: &RgbImage, _max_side: Option<u32>) -> Result<Vec<u8>, PictureError> {
    Err(PictureError::OutsidePage)
}

/// The page as JPEG, reduced so that its longer side is at most `max_side`.
pub fn jpeg(_page: &RgbImage, _max_side: Option<u32>) -> Result<Vec<u8>, PictureError> {
    Err(PictureError::OutsidePage)
}

/// A small JPEG for lists: the longer side has 300 pixels at most.
pub fn thumbnail(_page: &RgbImage) -> Result<Vec<u8>, PictureError> {
    Err(PictureError::OutsidePage)
}

/// The quad cut out and turned upright, with `margin` times its height around it.
pub fn crop(_page: &RgbImage, _quad: &Quad, _margin: f32) -> Result<RgbImage, PictureError> {
    Err(PictureError::OutsidePage)
}
