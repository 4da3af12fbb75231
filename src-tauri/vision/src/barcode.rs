//! Barcodes on a page: PDF417, Data Matrix, QR, Aztec, and the linear codes of identity documents.
//!
//! [`find`] says what each barcode holds and where it lies. What the text means is decided by whoever
//! parses it.
//!
//! The decoder alone reads PDF417 only where it lies straight, and nothing that is blurred. So each
//! patch of the page that looks like a barcode is cut out along its own axes, enlarged, sharpened, and
//! tried again, within bounds: a page without a barcode costs one pass of the decoder and the search
//! for patches. What is read is proven by the symbol's own error correction.

use image::GrayImage;
use model::{Payload, Point, Quad};

mod decoder;
mod region;
mod straighten;

use decoder::Threshold;

/// Longer side of a page on the first pass: finer modules are read from a cut-out.
const FIRST_PASS: u32 = 2200;

/// Longer side of a cut-out, in pixels: a PDF417 of a licence has some 300 modules across.
const CUT_OUT: f32 = 1300.0;

/// Share of dark pixels in a barcode, and the width at which it is measured.
const DARK: std::ops::RangeInclusive<f32> = 0.33..=0.7;
const DARKNESS_SIDE: f32 = 300.0;
const SMALL: f32 = 160.0;

/// How a cut-out is prepared before it is tried.
#[derive(Debug, Clone, Copy)]
struct Attempt {
    /// Enlargement of the page's pixels.
    scale: f32,
    /// Reach in pixels of the cut-out and strength of the sharpening; no reach, none.
    sharpening: (usize, i32),
    threshold: Threshold,
}

/// From the cheapest to the most hopeful for what is small and blurred.
const ATTEMPTS: [Attempt; 6] = [
    attempt(1.0, (0, 0), Threshold::Local),
    attempt(2.0, (0, 0), Threshold::Local),
    attempt(2.0, (2, 2), Threshold::Global),
    attempt(2.0, (4, 3), Threshold::Global),
    attempt(3.0, (5, 3), Threshold::Local),
    attempt(0.5, (2, 2), Threshold::Global),
];

const fn attempt(scale: f32, sharpening: (usize, i32), threshold: Threshold) -> Attempt {
    Attempt {
        scale,
        sharpening,
        threshold,
    }
}

/// Every barcode on the page, quads in page pixels.
pub fn find(page: &GrayImage) -> Vec<Payload> {
    if page.width() == 0 || page.height() == 0 {
        return Vec::new();
    }
    let mut found = first_pass(page);
    for region in region::find(page) {
        if found
            .iter()
            .any(|payload| overlap(&payload.quad, &region.quad))
        {
            continue;
        }
        if !half_dark(page, &region.quad) {
            continue;
        }
        for attempt in &ATTEMPTS {
            let payloads = try_region(page, &region.quad, attempt);
            if !payloads.is_empty() {
                found.extend(payloads);
                break;
            }
        }
    }
    without_repeats(found)
}

/// The decoder on the whole page.
fn first_pass(page: &GrayImage) -> Vec<Payload> {
    let longer = page.width().max(page.height());
    if longer <= FIRST_PASS {
        return decoder::decode(page, Threshold::Local);
    }
    let (width, height) = (page.width() as f32, page.height() as f32);
    let scale = FIRST_PASS as f32 / longer as f32;
    let whole = Quad::rectangle(0.0, 0.0, width, height);
    match straighten::cut(page, &whole, scale) {
        Some((reduced, page_from_reduced)) => decoder::decode(&reduced, Threshold::Local)
            .into_iter()
            .map(|payload| Payload {
                quad: page_from_reduced.quad(&payload.quad),
                ..payload
            })
            .collect(),
        None => Vec::new(),
    }
}

/// Whether about half of a place is dark, as in every barcode; in print it is a fifth. Of a small place
/// too much is the room around it, and it costs little to try.
fn half_dark(page: &GrayImage, quad: &Quad) -> bool {
    let [a, b, _, d] = quad.0;
    let width = (b.x - a.x).hypot(b.y - a.y);
    if width.max((d.x - a.x).hypot(d.y - a.y)) < SMALL {
        return true;
    }
    let scale = (DARKNESS_SIDE / width.max(1.0)).min(1.0);
    straighten::cut(page, quad, scale)
        .is_some_and(|(cut, _)| DARK.contains(&straighten::dark_share(&cut)))
}

fn try_region(page: &GrayImage, quad: &Quad, attempt: &Attempt) -> Vec<Payload> {
    let [a, b, _, d] = quad.0;
    let longer = (b.x - a.x)
        .hypot(b.y - a.y)
        .max((d.x - a.x).hypot(d.y - a.y));
    let scale = attempt.scale.min(CUT_OUT / longer.max(1.0));
    let Some((cut, page_from_cut)) = straighten::cut(page, quad, scale) else {
        return Vec::new();
    };
    let (reach, amount) = attempt.sharpening;
    let cut = if reach == 0 {
        cut
    } else {
        straighten::sharpened(&cut, reach, amount)
    };
    decoder::decode(&cut, attempt.threshold)
        .into_iter()
        .map(|payload| Payload {
            quad: page_from_cut.quad(&payload.quad),
            ..payload
        })
        .collect()
}

fn middle(quad: &Quad) -> Point {
    let mean = |of: fn(&Point) -> f32| quad.0.iter().map(of).sum::<f32>() / 4.0;
    Point::new(mean(|point| point.x), mean(|point| point.y))
}

/// Whether the middle of one of two places lies within the bounds of the other.
fn overlap(one: &Quad, other: &Quad) -> bool {
    let holds = |quad: &Quad, point: Point| {
        let (left, top, right, bottom) = quad.bounds();
        (left..=right).contains(&point.x) && (top..=bottom).contains(&point.y)
    };
    holds(one, middle(other)) || holds(other, middle(one))
}

/// Each barcode once, from top to bottom.
fn without_repeats(mut found: Vec<Payload>) -> Vec<Payload> {
    let mut kept: Vec<Payload> = Vec::new();
    found.sort_by(|a, b| middle(&a.quad).y.total_cmp(&middle(&b.quad).y));
    for payload in found {
        let known = kept.iter().any(|other| {
            other.symbology == payload.symbology
                && other.text == payload.text
                && overlap(&other.quad, &payload.quad)
        });
        if !known {
            kept.push(payload);
        }
    }
    kept
}
