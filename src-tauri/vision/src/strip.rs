//! Cutting one line of text out of a page as a straight strip of fixed height.

use image::GrayImage;
use model::Point;

use crate::locate::TextLine;

/// The strip a recogniser wants.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StripShape {
    /// Pixels down.
    pub height: u32,
    /// Height of a capital letter as a share of `height`.
    pub capital: f32,
}

/// A small change of the cut, so that several reads of one line make independent mistakes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jitter {
    /// The capital height is taken to be this many times the line's own.
    pub scale: f32,
    /// The strip is moved down the page by this many capital heights.
    pub offset: f32,
}

impl Jitter {
    /// The line as it was located.
    pub const NONE: Self = Self {
        scale: 1.0,
        offset: 0.0,
    };
}

/// One line of text, straight and in reading order from left to right.
#[derive(Debug, Clone)]
pub struct Strip {
    /// Grey values, [`StripShape::height`] pixels down.
    pub pixels: GrayImage,
    /// Where the columns begin and the last one ends (width + 1 pairs): the points on the upper and
    /// the lower edge of the capitals, in page pixels.
    pub edges: Vec<(Point, Point)>,
}

/// Cuts the line out of the page.
pub fn cut(_page: &GrayImage, _line: &TextLine, shape: StripShape, _jitter: Jitter) -> Strip {
    Strip {
        pixels: GrayImage::new(32, shape.height),
        edges: vec![Default::default(); 33],
    }
}
