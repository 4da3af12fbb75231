//! Straightened cut-outs of a page.

use image::RgbImage;
use model::{Affine, Homography, Point, Quad};

/// The whole page with a longer side of at most `side` pixels, and the way back to the page.
pub(super) fn whole(page: &RgbImage, side: u32) -> (RgbImage, Homography) {
    let (width, height) = page.dimensions();
    let longer = width.max(height);
    if longer <= side {
        return (page.clone(), Homography::IDENTITY);
    }
    let scale = |length: u32| {
        ((f64::from(length) * f64::from(side) / f64::from(longer)).round() as u32).max(1)
    };
    let quad = Quad::rectangle(0.0, 0.0, width as f32, height as f32);
    let (columns, rows) = (scale(width), scale(height));
    let page_from_view = Affine([
        f64::from(width) / f64::from(columns),
        0.0,
        0.0,
        0.0,
        f64::from(height) / f64::from(rows),
        0.0,
    ]);
    cut(page, &quad, columns, rows).unwrap_or_else(|| (page.clone(), page_from_view.into()))
}

/// The quad of the page as a straight picture of the given size, and the way back; none where the
/// quad is flat or has no size.
///
/// Where the picture is much smaller than the quad, the page is halved first, so that no pixel of it
/// goes unseen; then each pixel is interpolated between four. Beyond the page's border its outermost
/// pixels go on.
pub(super) fn cut(
    page: &RgbImage,
    quad: &Quad,
    columns: u32,
    rows: u32,
) -> Option<(RgbImage, Homography)> {
    let picture = Quad::rectangle(0.0, 0.0, columns as f32, rows as f32);
    let page_from_view = Homography::between(&picture, quad)?;
    let distance = |a: Point, b: Point| (b.x - a.x).hypot(b.y - a.y);
    let [a, b, c, d] = quad.0;
    let reduction = (distance(a, b).max(distance(d, c)) / columns as f32)
        .min(distance(a, d).max(distance(b, c)) / rows as f32);
    let mut halves = 0;
    let mut source = std::borrow::Cow::Borrowed(page);
    while reduction >= 1.5 * 2_f32.powi(halves) && source.width().min(source.height()) > 1 {
        source = std::borrow::Cow::Owned(crate::picture::halved(&source));
        halves += 1;
    }
    let shrink = 0.5_f64.powi(halves);
    let source_from_view =
        page_from_view.then(&Affine([shrink, 0.0, 0.0, 0.0, shrink, 0.0]).into());
    Some((
        sampled(&source, &source_from_view, columns, rows),
        page_from_view,
    ))
}

/// Each pixel of the picture from where the map says it lies on the page.
fn sampled(page: &RgbImage, page_from_view: &Homography, columns: u32, rows: u32) -> RgbImage {
    let mut picture = RgbImage::new(columns, rows);
    let (last_x, last_y) = (page.width() as i32 - 1, page.height() as i32 - 1);
    let pixels = page.as_raw();
    let stride = page.width() as usize * 3;
    let [a, b, c, d, e, f, g, h, i] = page_from_view.0.map(|number| number as f32);
    for (y, row) in picture.chunks_exact_mut(columns as usize * 3).enumerate() {
        let y = y as f32 + 0.5;
        let (from_x, from_y, from_depth) = (b * y + c, e * y + f, h * y + i);
        for (x, target) in row.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            let x = x as f32 + 0.5;
            let depth = 1.0 / (g * x + from_depth);
            let page_x = (a * x + from_x) * depth - 0.5;
            let page_y = (d * x + from_y) * depth - 0.5;
            let (left, top) = (page_x.floor(), page_y.floor());
            let across = ((page_x - left) * 256.0) as u32;
            let down = ((page_y - top) * 256.0) as u32;
            let (left, top) = (left as i32, top as i32);
            let column = |x: i32| x.clamp(0, last_x) as usize * 3;
            let line = |y: i32| y.clamp(0, last_y) as usize * stride;
            let (west, east) = (column(left), column(left.saturating_add(1)));
            let (north, south) = (line(top), line(top.saturating_add(1)));
            for (channel, value) in target.iter_mut().enumerate() {
                let at = |index: usize| u32::from(pixels[index + channel]);
                let upper = at(north + west) * (256 - across) + at(north + east) * across;
                let lower = at(south + west) * (256 - across) + at(south + east) * across;
                *value = ((upper * (256 - down) + lower * down + 32_768) >> 16) as u8;
            }
        }
    }
    picture
}
