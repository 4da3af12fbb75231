//! How well a view shows its document.

use image::{GrayImage, imageops};
use model::{Point, Quad};

/// Widths of the strongest edges are looked for this far to both sides, in pixels.
const REACH: usize = 12;

/// So many edges make a measure.
const ENOUGH: usize = 60;

/// Brightest and darkest hundredths that tell nothing.
const TAIL: f32 = 0.02;

/// Grey value of burnt-out paper or plastic.
const BURNT: u8 = 252;

/// Width of sharp edges in pixels: of each of the strongest, the contrast across it divided by its
/// steepness; the lower quartile, because print has soft edges of its own.
///
/// Edges that are wider than the search are looked for on a copy of half the size.
pub(super) fn blur(view: &GrayImage) -> f32 {
    let mut copy = std::borrow::Cow::Borrowed(view);
    let mut scale = 1.0;
    loop {
        let mut widths = edge_widths(&copy);
        if widths.len() >= ENOUGH {
            let quarter = widths.len() / 4;
            return scale * *widths.select_nth_unstable_by(quarter, f32::total_cmp).1;
        }
        let (width, height) = (copy.width() / 2, copy.height() / 2);
        if width < 3 * REACH as u32 || height < 3 {
            // A page with hardly an edge tells nothing.
            return 1.0;
        }
        copy = std::borrow::Cow::Owned(imageops::thumbnail(copy.as_ref(), width, height));
        scale *= 2.0;
    }
}

fn edge_widths(view: &GrayImage) -> Vec<f32> {
    let width = view.width() as usize;
    let mut widths = Vec::new();
    if width < 3 * REACH {
        return widths;
    }
    // A row in four is enough for a quartile.
    for row in view.as_raw().chunks_exact(width).step_by(4) {
        let step = |x: usize| i16::from(row[x + 1]) - i16::from(row[x]);
        let mut x = REACH;
        while x + REACH + 1 < width {
            let here = step(x).abs();
            let peak = here >= 12 && here >= step(x - 1).abs() && here > step(x + 1).abs();
            if peak {
                let sign = step(x).signum();
                let mut first = x;
                while first > x - REACH && step(first - 1) * sign > 1 {
                    first -= 1;
                }
                let mut last = x;
                while last < x + REACH && step(last + 1) * sign > 1 {
                    last += 1;
                }
                let contrast = row[last + 1].abs_diff(row[first]);
                if contrast >= 40 {
                    widths.push(f32::from(contrast) / f32::from(here));
                }
                x = last;
            }
            x += 1;
        }
    }
    widths
}

/// Distance between the dark and the light pixels, 0 to 1.
pub(super) fn contrast(view: &GrayImage) -> f32 {
    let mut histogram = [0_u32; 256];
    for &value in view.as_raw() {
        histogram[usize::from(value)] += 1;
    }
    let count: u32 = histogram.iter().sum();
    let tail = (count as f32 * TAIL) as u32;
    let mut seen = 0;
    let dark = histogram.iter().position(|count| {
        seen += count;
        seen > tail
    });
    let mut seen = 0;
    let light = histogram.iter().rposition(|count| {
        seen += count;
        seen > tail
    });
    let distance = light
        .zip(dark)
        .map_or(0, |(light, dark)| light.saturating_sub(dark));
    distance as f32 / 255.0
}

/// Share of the view that is burnt out while the document itself is not white: squares of a
/// sixty-fourth of the width without a trace of print among squares that have one.
pub(super) fn glare(view: &GrayImage) -> f32 {
    let side = (view.width() as usize / 64).max(4);
    let width = view.width() as usize;
    let (mut burnt, mut bright, mut all) = (0_u32, 0_u32, 0_u32);
    for rows in view.as_raw().chunks_exact(width * side) {
        for left in (0..width.saturating_sub(side - 1)).step_by(side) {
            let square = || {
                rows.chunks_exact(width)
                    .flat_map(|row| &row[left..left + side])
            };
            let sum: u32 = square().map(|&value| u32::from(value)).sum();
            let mean = sum / (side * side) as u32;
            all += 1;
            bright += u32::from(mean >= 225);
            burnt += u32::from(square().all(|&value| value >= BURNT));
        }
    }
    let share = |count: u32| count as f32 / all.max(1) as f32;
    // White paper is bright all over: there a burnt square is nothing but paper.
    if share(bright) > 0.35 {
        0.0
    } else {
        share(burnt)
    }
}

/// How many sides of an outline run along the border of the page.
pub(super) fn cut_edges(outline: &Quad, width: f32, height: f32) -> u8 {
    let near = 0.004 * width.max(height);
    let beside = |a: Point, b: Point| {
        let both = |of: fn(&Point) -> f32, border: f32| {
            (of(&a) - border).abs() <= near && (of(&b) - border).abs() <= near
        };
        both(|point| point.x, 0.0)
            || both(|point| point.x, width)
            || both(|point| point.y, 0.0)
            || both(|point| point.y, height)
    };
    let corners = outline.0;
    (0..4)
        .filter(|&index| beside(corners[index], corners[(index + 1) % 4]))
        .count() as u8
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma, imageops};
    use model::Quad;

    use super::{blur, contrast, cut_edges, glare};

    fn print(paper: u8, ink: u8) -> GrayImage {
        GrayImage::from_fn(800, 500, |x, y| {
            let dark = (x / 9) % 3 == 0 && (y / 12) % 3 == 0;
            Luma([if dark { ink } else { paper }])
        })
    }

    #[test]
    fn blur_grows_with_the_width_of_edges() {
        let sharp = print(220, 30);
        let widths = [0.8, 2.0, 4.0].map(|sigma| blur(&imageops::blur(&sharp, sigma)));
        assert!(blur(&sharp) < 1.2);
        assert!(widths.is_sorted() && widths[2] > 5.0, "{widths:?}");
    }

    #[test]
    fn contrast_is_the_distance_of_ink_and_paper() {
        assert!((contrast(&print(220, 30)) - 190.0 / 255.0).abs() < 0.02);
        assert!(contrast(&print(150, 130)) < 0.1);
    }

    #[test]
    fn glare_is_seen_on_a_coloured_card_and_not_on_white_paper() {
        let mut card = print(180, 40);
        assert!(glare(&card) < 1e-6);
        for (x, y, pixel) in card.enumerate_pixels_mut() {
            if (200..400).contains(&x) && (100..250).contains(&y) {
                pixel.0[0] = 255;
            }
        }
        assert!((glare(&card) - 0.075).abs() < 0.02);
        assert!(glare(&print(255, 40)) < 1e-6);
    }

    #[test]
    fn sides_on_the_border_are_cut() {
        let outline = Quad::rectangle(0.0, 40.0, 900.0, 700.0);
        assert_eq!(cut_edges(&outline, 900.0, 800.0), 2);
        assert_eq!(cut_edges(&outline, 1000.0, 800.0), 1);
    }
}
