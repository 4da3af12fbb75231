//! The documents on a page: where each lies, straightened, measured.
//!
//! [`views`] answers with one [`View`] for every document found. It is careful: where it is not sure
//! of an outline, the page itself is the one view, because a wrong cut loses text and an uncut
//! background only costs time. What is written on the document is not looked at here, so that a card
//! may stand on its head in its view; turning it is the business of whoever reads it.

use image::RgbImage;
use model::{Homography, Point, Problem, Quad};

mod background;
mod format;
mod lines;
mod measure;
mod polygon;
mod problems;
mod rectify;
mod sheet;
mod thumbnail;

use thumbnail::Thumbnail;

/// Longer side of a view at most, in pixels: twice what the smallest print of a card needs.
const VIEW_SIDE: u32 = 1600;

/// A straightened card smaller than this is enlarged, up to twice: it is sampled anew in any case, and
/// a finer grid loses less.
const COMFORTABLE_SIDE: f32 = 1000.0;

/// Room around a card, as a share of its sides: an outline may be off by a pixel of the thumbnail.
const MARGIN: f32 = 0.008;

/// A document that covers so much of the page and lies so straight needs no cut.
const WHOLE_PAGE: f32 = 0.7;
const STRAIGHT: f32 = 0.035;

/// No page is this many times as large as the view of it.
const MOST_OF_VIEW: f32 = 12.0;

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
    /// Width of the sharp edges, in pixels of the view: between 1 and 2 where the picture is sharp.
    pub blur: f32,
    /// Share of the view that reflected light has burnt out, 0 to 1.
    pub glare: f32,
    /// Distance between the dark and the light of the view, 0 to 1.
    pub contrast: f32,
    /// How many sides of the document run along the page's border, and may lie beyond it.
    pub cut_edges: u8,
    /// Page pixels per inch of the document, where its size is known.
    pub resolution: Option<f32>,
}

/// The documents on the page, in reading order; the page itself where no outline is certain.
pub fn views(page: &RgbImage) -> Vec<View> {
    if page.width() == 0 || page.height() == 0 {
        return Vec::new();
    }
    let outlines = outlines(page);
    let views: Vec<View> = outlines
        .iter()
        .filter_map(|outline| card(page, outline))
        .collect();
    if views.is_empty() {
        return vec![whole(page)];
    }
    views
}

/// The quad of a page as a straight picture of the proportions of `size`, its top left corner first: of
/// that size, or larger where the page shows more; none where the quad is flat.
pub fn cut_out(page: &RgbImage, quad: &Quad, size: (u32, u32)) -> Option<RgbImage> {
    let (across, down) = polygon::sides(quad);
    let (width, height) = (size.0 as f32, size.1 as f32);
    let scale = (across.max(down) / width.max(height)).clamp(1.0, MOST_OF_VIEW);
    let pixels = |length: f32| (length * scale).round().max(1.0) as u32;
    rectify::cut(page, quad, pixels(width), pixels(height)).map(|(picture, _)| picture)
}

/// The outlines of the documents on the page, in page pixels, in reading order; empty where the page
/// is better taken whole.
fn outlines(page: &RgbImage) -> Vec<Quad> {
    if page.width().min(page.height()) < 64 {
        return Vec::new();
    }
    let thumbnail = Thumbnail::of(page);
    let mut found = background::outlines(&thumbnail);
    let sheet = sheet::outlines(&thumbnail);
    if sheet.len() > found.len() || !sheet.is_empty() && !found.iter().all(format::is_document) {
        found = sheet;
    }
    // Something that lies there and is no document: nobody knows what would be lost with it.
    if !found.iter().all(format::is_document) {
        return Vec::new();
    }
    if found.is_empty() {
        found.extend(lines::outline(&thumbnail).filter(format::is_document));
    }
    if let [only] = found.as_slice()
        && needs_no_cut(&thumbnail, only)
    {
        return Vec::new();
    }
    found.sort_by(reading_order);
    let (across, down) = thumbnail.scale;
    found
        .into_iter()
        .map(|quad| {
            Quad(
                quad.0
                    .map(|point| Point::new(point.x * across, point.y * down)),
            )
        })
        .collect()
}

fn needs_no_cut(thumbnail: &Thumbnail, quad: &Quad) -> bool {
    let straight = (0..4).all(|index| {
        let (a, b) = (quad.0[index], quad.0[(index + 1) % 4]);
        let (across, down) = ((b.x - a.x).abs(), (b.y - a.y).abs());
        across.min(down) <= STRAIGHT * across.max(down)
    });
    straight && polygon::area(&quad.0) >= WHOLE_PAGE * thumbnail.area()
}

/// From top to bottom, then from left to right: beside each other are those whose middles lie within
/// each other's height.
fn reading_order(a: &Quad, b: &Quad) -> std::cmp::Ordering {
    let (a_left, a_top, _, a_bottom) = a.bounds();
    let (b_left, b_top, _, b_bottom) = b.bounds();
    let (a_middle, b_middle) = (
        f32::midpoint(a_top, a_bottom),
        f32::midpoint(b_top, b_bottom),
    );
    let beside = (a_top..a_bottom).contains(&b_middle) && (b_top..b_bottom).contains(&a_middle);
    if beside {
        a_left.total_cmp(&b_left)
    } else {
        a_middle.total_cmp(&b_middle)
    }
}

/// The view of a document with an outline.
fn card(page: &RgbImage, outline: &Quad) -> Option<View> {
    let size = format::of_card(outline);
    let roomy = widened(outline)?;
    let (mut width, mut height) = polygon::sides(&roomy);
    if let Some((across, down)) = size {
        // The sides as seen are foreshortened; the format is not.
        let longest = width.max(height);
        (width, height) = if across >= down {
            (longest, longest * down / across)
        } else {
            (longest * across / down, longest)
        };
    }
    let longer = width.max(height);
    let scale = (COMFORTABLE_SIDE / longer).clamp(1.0, 2.0) * (VIEW_SIDE as f32 / longer).min(1.0);
    let pixels = |length: f32| ((length * scale).round() as u32).clamp(1, VIEW_SIDE);
    let (picture, page_from_view) = rectify::cut(page, &roomy, pixels(width), pixels(height))?;
    let inches = size.map(|(across, down)| across.max(down) / 25.4);
    let quality = quality(
        &picture,
        measure::cut_edges(outline, page.width() as f32, page.height() as f32),
        inches.map(|inches| longer / inches),
    );
    Some(View {
        problems: problems::of(page, &picture, &quality, true),
        picture,
        page_from_view,
        card: true,
        size,
        quality,
    })
}

/// The outline with a little room around it.
fn widened(outline: &Quad) -> Option<Quad> {
    let unit = Quad::rectangle(0.0, 0.0, 1.0, 1.0);
    let roomy = Quad::rectangle(-MARGIN, -MARGIN, 1.0 + MARGIN, 1.0 + MARGIN);
    Some(Homography::between(&unit, outline)?.quad(&roomy))
}

/// The view of the page itself, whatever lies on it.
pub fn whole(page: &RgbImage) -> View {
    let (picture, page_from_view) = rectify::whole(page, VIEW_SIDE);
    let size = format::of_page(page.width(), page.height());
    let inches = size.map(|(across, down)| across.max(down) / 25.4);
    let longer = page.width().max(page.height()) as f32;
    let quality = quality(&picture, 0, inches.map(|inches| longer / inches));
    View {
        problems: problems::of(page, &picture, &quality, false),
        picture,
        page_from_view,
        card: false,
        size,
        quality,
    }
}

fn quality(picture: &RgbImage, cut_edges: u8, resolution: Option<f32>) -> Quality {
    let grey = crate::picture::grey(picture);
    Quality {
        blur: measure::blur(&grey),
        glare: measure::glare(&grey),
        contrast: measure::contrast(&grey),
        cut_edges,
        resolution,
    }
}
