//! What is wrong with a picture, and what to do about it.

use image::RgbImage;
use model::Problem;

use super::Quality;

/// Smallest picture that reviewers can work with, in pixels.
const SMALLEST: (u32, u32) = (800, 600);

/// Edges wider than this share of the longer side of the view blur small print into one another: on a
/// card it is a third of a millimetre.
const BLURRED: f32 = 0.0055;

/// Share of a view that reflections may take.
const GLARE: f32 = 0.015;

/// Least distance of dark and light.
const CONTRAST: f32 = 0.3;

/// Least pixels per inch for the small print of a card.
const RESOLUTION: f32 = 130.0;

/// The problems of a view, the gravest first.
pub(super) fn of(page: &RgbImage, view: &RgbImage, quality: &Quality, card: bool) -> Vec<Problem> {
    let longer = view.width().max(view.height()) as f32;
    let (width, height) = page.dimensions();
    let (page_longer, page_shorter) = (width.max(height), width.min(height));
    let small = page_longer < SMALLEST.0 || page_shorter < SMALLEST.1;
    let rules = [
        (
            card && quality.cut_edges > 0,
            "page_cut_off",
            "The document runs into the edge of the picture: take it again with all four corners in sight",
        ),
        (
            quality.blur > (BLURRED * longer).max(3.0),
            "page_blurred",
            "The picture is blurred: hold the camera still, let it focus, and take it again",
        ),
        (
            quality.glare > GLARE,
            "page_glare",
            "Light is reflected on the document: tilt it or move the lamp, and take the picture again",
        ),
        (
            quality.contrast < CONTRAST,
            "page_low_contrast",
            "The print hardly stands out from the paper: take the picture again in better light",
        ),
        (
            quality.resolution.is_some_and(|dots| dots < RESOLUTION),
            "page_low_resolution",
            "The document is shown with too few pixels: go nearer, or scan it at 300 dots per inch",
        ),
        (
            small,
            "picture_small",
            "The picture is smaller than 800 × 600 pixels: send a larger one",
        ),
    ];
    rules
        .into_iter()
        .filter(|(wrong, ..)| *wrong)
        .map(|(_, code, message)| Problem {
            code: code.to_owned(),
            message: message.to_owned(),
        })
        .collect()
}
