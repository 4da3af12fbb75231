//! Cut-outs of barcodes: straight, enlarged, sharpened.

use image::GrayImage;
use model::{Homography, Point, Quad};

/// The quad of the page as an upright picture, each page pixel `scale` pixels wide, and the way back.
///
/// Where the scale is below one half, pixels of the page are skipped: callers who shrink that far have
/// more of them than a barcode needs.
pub(super) fn cut(page: &GrayImage, quad: &Quad, scale: f32) -> Option<(GrayImage, Homography)> {
    let distance = |a: Point, b: Point| (b.x - a.x).hypot(b.y - a.y);
    let [a, b, _, d] = quad.0;
    let width = (distance(a, b) * scale).round();
    let height = (distance(a, d) * scale).round();
    if !(8.0..=8000.0).contains(&width) || !(8.0..=8000.0).contains(&height) {
        return None;
    }
    let page_from_cut = Homography::between(&Quad::rectangle(0.0, 0.0, width, height), quad)?;
    let [a, b, c, d, e, f, ..] = page_from_cut.0.map(|number| number as f32);
    let mut picture = GrayImage::new(width as u32, height as u32);
    let (last_x, last_y) = (page.width() as i32 - 1, page.height() as i32 - 1);
    let stride = page.width() as usize;
    let pixels = page.as_raw();
    for (y, row) in picture.chunks_exact_mut(width as usize).enumerate() {
        let y = y as f32 + 0.5;
        for (x, target) in row.iter_mut().enumerate() {
            let x = x as f32 + 0.5;
            let (page_x, page_y) = (a * x + b * y + c - 0.5, d * x + e * y + f - 0.5);
            let (left, top) = (page_x.floor(), page_y.floor());
            let across = ((page_x - left) * 256.0) as u32;
            let down = ((page_y - top) * 256.0) as u32;
            let column = |x: i32| x.clamp(0, last_x) as usize;
            let line = |y: i32| y.clamp(0, last_y) as usize * stride;
            let (west, east) = (column(left as i32), column(left as i32 + 1));
            let (north, south) = (line(top as i32), line(top as i32 + 1));
            let at = |index: usize| u32::from(pixels[index]);
            let upper = at(north + west) * (256 - across) + at(north + east) * across;
            let lower = at(south + west) * (256 - across) + at(south + east) * across;
            *target = ((upper * (256 - down) + lower * down + 32_768) >> 16) as u8;
        }
    }
    Some((picture, page_from_cut))
}

/// The picture with its edges steepened: what a blur of about `reach` pixels took away is added again
/// `amount` times (unsharp masking).
pub(super) fn sharpened(picture: &GrayImage, reach: usize, amount: i32) -> GrayImage {
    let soft = softened(&softened(picture, reach), reach);
    let mut result = picture.clone();
    for (value, soft) in result.iter_mut().zip(soft.as_raw()) {
        let here = i32::from(*value);
        *value = (here + amount * (here - i32::from(*soft))).clamp(0, 255) as u8;
    }
    result
}

/// The share of dark pixels in the middle of the picture, between its own dark and light (Otsu's
/// threshold).
pub(super) fn dark_share(picture: &GrayImage) -> f32 {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let (left, top) = (width / 6, height / 6);
    let mut histogram = [0_u32; 256];
    for row in picture
        .as_raw()
        .chunks_exact(width)
        .take(height - top)
        .skip(top)
    {
        for &value in &row[left..width - left] {
            histogram[usize::from(value)] += 1;
        }
    }
    let total: f32 = histogram.iter().map(|&count| count as f32).sum();
    let weighed = |(value, &count): (usize, &u32)| value as f32 * count as f32;
    let sum: f32 = histogram.iter().enumerate().map(weighed).sum();
    let (mut below, mut sum_below) = (0.0, 0.0);
    let mut best = (0.0, 0.0);
    for (value, &count) in histogram.iter().enumerate() {
        below += count as f32;
        sum_below += value as f32 * count as f32;
        let above = total - below;
        if below == 0.0 || above <= 0.0 {
            continue;
        }
        let apart = sum_below / below - (sum - sum_below) / above;
        let between = below * above * apart * apart;
        if between > best.0 {
            best = (between, below / total);
        }
    }
    best.1
}

/// The mean of the `2 · reach + 1` pixels around each, across and then down.
fn softened(picture: &GrayImage, reach: usize) -> GrayImage {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let window = 2 * reach as u32 + 1;
    let mut across = picture.clone();
    let rows: &mut [u8] = &mut across;
    for (target, row) in rows
        .chunks_exact_mut(width)
        .zip(picture.as_raw().chunks_exact(width))
    {
        let at = |index: isize| u32::from(row[index.clamp(0, width as isize - 1) as usize]);
        let mut sum: u32 = (-(reach as isize)..=reach as isize).map(at).sum();
        for (x, target) in target.iter_mut().enumerate() {
            *target = (sum / window) as u8;
            let (leaving, coming) = (x as isize - reach as isize, (x + reach + 1) as isize);
            sum = sum + at(coming) - at(leaving);
        }
    }
    let mut result = GrayImage::new(picture.width(), picture.height());
    let source = across.as_raw();
    let line = |y: isize| {
        let from = y.clamp(0, height as isize - 1) as usize * width;
        &source[from..from + width]
    };
    let mut sums = vec![0_u32; width];
    for y in -(reach as isize)..=reach as isize {
        for (sum, &value) in sums.iter_mut().zip(line(y)) {
            *sum += u32::from(value);
        }
    }
    let rows: &mut [u8] = &mut result;
    for (y, target) in rows.chunks_exact_mut(width).enumerate() {
        for (target, &sum) in target.iter_mut().zip(&sums) {
            *target = (sum / window) as u8;
        }
        let leaving = line(y as isize - reach as isize);
        let coming = line((y + reach + 1) as isize);
        for ((sum, &coming), &leaving) in sums.iter_mut().zip(coming).zip(leaving) {
            *sum = *sum + u32::from(coming) - u32::from(leaving);
        }
    }
    result
}
