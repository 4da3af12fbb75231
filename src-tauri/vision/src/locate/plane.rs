//! Grey planes and the few operations on them that the search needs, all linear in the pixels.
//!
//! The loops run over whole rows of bytes without a branch, so that the compiler does sixteen or
//! more pixels at once: that is why running maxima are built by doubling (a window of 2n is two
//! windows of n) rather than by van Herk's scheme, which needs fewer comparisons but one at a time.

use image::GrayImage;

/// A picture of one byte a pixel.
#[derive(Debug, Clone)]
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<u8>,
}

impl Plane {
    /// A copy of the image whose longer side is less than twice `side`: halved as often as needed,
    /// the first time while copying.
    pub(super) fn reduced(image: &GrayImage, side: usize) -> Self {
        let (width, height) = (image.width() as usize, image.height() as usize);
        if width.max(height) < 2 * side {
            return Self {
                width,
                height,
                pixels: image.as_raw().clone(),
            };
        }
        let mut plane = halved(image.as_raw(), width, height);
        while plane.longer_side() >= 2 * side {
            plane = plane.halved();
        }
        plane
    }

    fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            pixels: vec![0; width * height],
        }
    }

    pub(super) fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    pub(super) fn longer_side(&self) -> usize {
        self.width.max(self.height)
    }

    pub(super) fn halved(&self) -> Self {
        halved(&self.pixels, self.width, self.height)
    }

    /// Another size by linear interpolation; meant for factors between a half and four.
    pub(super) fn resized(&self, width: usize, height: usize) -> Self {
        let mut result = Self::new(width, height);
        let columns = taps(self.width, width);
        let rows = taps(self.height, height);
        for (target, &(y, down)) in result.pixels.chunks_exact_mut(width.max(1)).zip(&rows) {
            let upper = self.row(y);
            let lower = self.row((y + 1).min(self.height - 1));
            for (target, &(x, across)) in target.iter_mut().zip(&columns) {
                let next = (x + 1).min(self.width - 1);
                let mix =
                    |a: u8, b: u8, share: u32| u32::from(a) * (256 - share) + u32::from(b) * share;
                let top = mix(upper[x], upper[next], across);
                let bottom = mix(lower[x], lower[next], across);
                *target = ((top * (256 - down) + bottom * down + 32_768) >> 16) as u8;
            }
        }
        result
    }

    /// Turned a quarter counter-clockwise.
    pub(super) fn quarter_turned(&self) -> Self {
        // Blocks of 32 × 32 keep both the rows read and the rows written in the cache.
        const BLOCK: usize = 32;
        let mut result = Self::new(self.height, self.width);
        for top in (0..self.height).step_by(BLOCK) {
            for left in (0..self.width).step_by(BLOCK) {
                for x in left..(left + BLOCK).min(self.width) {
                    let target = (self.width - 1 - x) * self.height;
                    for y in top..(top + BLOCK).min(self.height) {
                        result.pixels[target + y] = self.pixels[y * self.width + x];
                    }
                }
            }
        }
        result
    }

    /// Turned counter-clockwise by `angle` radians about its centre, onto a plane that holds all of
    /// it; beyond the border the outermost pixels go on.
    pub(super) fn turned(&self, angle: f32) -> Self {
        let (sine, cosine) = angle.sin_cos();
        let (width, height) = (self.width as f32, self.height as f32);
        let turned_width = (width * cosine.abs() + height * sine.abs()).ceil();
        let turned_height = (width * sine.abs() + height * cosine.abs()).ceil();
        let mut result = Self::new(turned_width as usize, turned_height as usize);
        // 16.16 fixed point; a plane has far fewer than 2^15 pixels on a side.
        let fixed = |value: f32| (value * 65_536.0).round() as i64;
        let (last_x, last_y) = (self.width as i64 - 1, self.height as i64 - 1);
        for (y, target) in result
            .pixels
            .chunks_exact_mut(turned_width as usize)
            .enumerate()
        {
            let (from_centre_x, from_centre_y) = (
                0.5 - turned_width / 2.0,
                y as f32 + 0.5 - turned_height / 2.0,
            );
            let mut x = fixed(width / 2.0 + from_centre_x * cosine - from_centre_y * sine - 0.5);
            let mut y = fixed(height / 2.0 + from_centre_x * sine + from_centre_y * cosine - 0.5);
            let (step_x, step_y) = (fixed(cosine), fixed(sine));
            for target in target {
                let (left, top) = (x >> 16, y >> 16);
                let (across, down) = ((x as u32 & 0xffff) >> 8, (y as u32 & 0xffff) >> 8);
                let upper = top.clamp(0, last_y) as usize * self.width;
                let lower = (top + 1).clamp(0, last_y) as usize * self.width;
                let (left, right) = (
                    left.clamp(0, last_x) as usize,
                    (left + 1).clamp(0, last_x) as usize,
                );
                let at = |index: usize| u32::from(self.pixels[index]);
                let above = at(upper + left) * (256 - across) + at(upper + right) * across;
                let below = at(lower + left) * (256 - across) + at(lower + right) * across;
                *target = ((above * (256 - down) + below * down + 32_768) >> 16) as u8;
                x += step_x;
                y += step_y;
            }
        }
        result
    }

    /// Smoothed by 1-2-1 in both directions: takes the edge off noise, leaves strokes.
    pub(super) fn smoothed(&self) -> Self {
        let blend =
            |a: u8, b: u8, c: u8| ((u16::from(a) + 2 * u16::from(b) + u16::from(c) + 2) / 4) as u8;
        let mut result = self.clone();
        if self.width < 3 || self.height < 3 {
            return result;
        }
        for y in 1..self.height - 1 {
            let (above, here, below) = (self.row(y - 1), self.row(y), self.row(y + 1));
            let target = &mut result.pixels[y * self.width..(y + 1) * self.width];
            for (((target, &a), &b), &c) in target.iter_mut().zip(above).zip(here).zip(below) {
                *target = blend(a, b, c);
            }
        }
        let mut row = vec![0; self.width];
        for target in result.pixels.chunks_exact_mut(self.width) {
            row.copy_from_slice(target);
            let inner = &mut target[1..self.width - 1];
            for (((target, &a), &b), &c) in inner.iter_mut().zip(&row).zip(&row[1..]).zip(&row[2..])
            {
                *target = blend(a, b, c);
            }
        }
        result
    }

    /// How much darker each pixel is than the darkest way out of a square of `side` around it: the
    /// closing minus the picture (black-hat). Strokes narrower than the square remain, light and
    /// shade disappear.
    pub(super) fn black_hat(&self, side: usize) -> Self {
        if self.pixels.is_empty() {
            return self.clone();
        }
        let reach = side / 2;
        let mut plane = self.clone();
        plane.slide_rows(reach, 0, Ord::max);
        plane.close_columns(reach);
        plane.slide_rows(reach, u8::MAX, Ord::min);
        for (closed, &grey) in plane.pixels.iter_mut().zip(&self.pixels) {
            *closed = closed.saturating_sub(grey);
        }
        plane
    }

    /// Each pixel becomes the extreme of the `2 · reach + 1` pixels around it in its row.
    fn slide_rows(&mut self, reach: usize, neutral: u8, extreme: impl Fn(u8, u8) -> u8 + Copy) {
        let window = 2 * reach + 1;
        let length = self.width + 2 * reach;
        let mut a = vec![neutral; length];
        let mut b = vec![neutral; length];
        for row in self.pixels.chunks_exact_mut(self.width) {
            a.fill(neutral);
            a[reach..reach + self.width].copy_from_slice(row);
            let mut done = 1;
            while done < window {
                let shift = done.min(window - done);
                let valid = length - (done + shift - 1);
                for ((target, &x), &y) in b[..valid].iter_mut().zip(&a).zip(&a[shift..]) {
                    *target = extreme(x, y);
                }
                std::mem::swap(&mut a, &mut b);
                done += shift;
            }
            row.copy_from_slice(&a[..self.width]);
        }
    }

    /// Closes gaps down the columns: each pixel becomes the least of the `2 · reach + 1` largest
    /// values around it, each the largest of as many.
    ///
    /// Bands of columns are worked on one at a time, narrow enough for a band to stay in the cache over
    /// all passes.
    fn close_columns(&mut self, reach: usize) {
        const BAND: usize = 192;
        let window = 2 * reach + 1;
        let rows = self.height + 2 * reach;
        let mut band = vec![0; rows * BAND.min(self.width)];
        for left in (0..self.width).step_by(BAND) {
            let width = BAND.min(self.width - left);
            let band = &mut band[..rows * width];
            let (above, rest) = band.split_at_mut(reach * width);
            let (here, below) = rest.split_at_mut(self.height * width);
            above.fill(0);
            below.fill(0);
            let columns = left..left + width;
            for (target, row) in here
                .chunks_exact_mut(width)
                .zip(self.pixels.chunks_exact(self.width))
            {
                target.copy_from_slice(&row[columns.clone()]);
            }
            let mut done = 1;
            while done < window {
                let shift = done.min(window - done);
                // In place from the top: each row reads itself and one further down, not yet written.
                for y in 0..rows - (done + shift - 1) {
                    let (upper, lower) = band.split_at_mut((y + shift) * width);
                    let target = &mut upper[y * width..(y + 1) * width];
                    for (target, &other) in target.iter_mut().zip(&lower[..width]) {
                        *target = (*target).max(other);
                    }
                }
                done += shift;
            }
            // The largest around row y now stands in row y, so the least is looked for upwards, and
            // from the bottom; what lies beyond the picture is never the least.
            band[self.height * width..].fill(u8::MAX);
            let mut done = 1;
            while done < window {
                let shift = done.min(window - done);
                for y in (shift..rows).rev() {
                    let (upper, lower) = band.split_at_mut(y * width);
                    let other = &upper[(y - shift) * width..(y - shift + 1) * width];
                    for (target, &other) in lower[..width].iter_mut().zip(other) {
                        *target = (*target).min(other);
                    }
                }
                done += shift;
            }
            for (row, target) in self.pixels.chunks_exact_mut(self.width).enumerate() {
                let from = (row + reach) * width;
                target[columns.clone()].copy_from_slice(&band[from..from + width]);
            }
        }
    }

    /// The smallest values that these shares of the pixels above `floor` do not exceed; with a floor of
    /// 0 all pixels count.
    pub(super) fn quantiles<const COUNT: usize>(
        &self,
        shares: [f32; COUNT],
        floor: u8,
    ) -> [u8; COUNT] {
        let mut histogram = [0_usize; 256];
        for &value in &self.pixels {
            histogram[usize::from(value)] += 1;
        }
        if floor > 0 {
            histogram[..=usize::from(floor)].fill(0);
        }
        let count: usize = histogram.iter().sum();
        shares.map(|share| {
            let wanted = (count as f32 * share) as usize;
            let mut seen = 0;
            (0..=u8::MAX)
                .find(|&value| {
                    seen += histogram[usize::from(value)];
                    seen > wanted
                })
                .unwrap_or(u8::MAX)
        })
    }
}

/// Half the size: each pixel is the mean of four.
fn halved(pixels: &[u8], width: usize, height: usize) -> Plane {
    let mut half = Plane::new(width / 2, height / 2);
    if half.pixels.is_empty() {
        return half;
    }
    for (target, rows) in half
        .pixels
        .chunks_exact_mut(half.width)
        .zip(pixels.chunks_exact(2 * width))
    {
        let (upper, lower) = rows.split_at(width);
        let (upper, lower) = (upper.as_chunks().0, lower.as_chunks().0);
        for ((target, &[a, b]), &[c, d]) in target.iter_mut().zip(upper).zip(lower) {
            *target = ((u16::from(a) + u16::from(b) + u16::from(c) + u16::from(d) + 2) / 4) as u8;
        }
    }
    half
}

/// For every target pixel the source pixel to its left and the share of the next, in 256ths.
fn taps(source: usize, target: usize) -> Vec<(usize, u32)> {
    let ratio = source as f32 / target.max(1) as f32;
    (0..target)
        .map(|index| {
            let at =
                ((index as f32 + 0.5) * ratio - 0.5).clamp(0.0, source.saturating_sub(1) as f32);
            (at as usize, (at.fract() * 256.0) as u32)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Plane;

    /// The closing of a square minus the picture, pixel by pixel as it is defined.
    fn slow_black_hat(plane: &Plane, side: usize) -> Vec<u8> {
        let reach = (side / 2) as isize;
        let around = |pixels: &[u8], x: usize, y: usize, largest: bool| {
            let mut best = if largest { 0 } else { u8::MAX };
            for down in -reach..=reach {
                for across in -reach..=reach {
                    let (x, y) = (x as isize + across, y as isize + down);
                    let inside = (0..plane.width as isize).contains(&x)
                        && (0..plane.height as isize).contains(&y);
                    if inside {
                        let value = pixels[y as usize * plane.width + x as usize];
                        best = if largest {
                            best.max(value)
                        } else {
                            best.min(value)
                        };
                    }
                }
            }
            best
        };
        let each = |pixels: &[u8], largest: bool| -> Vec<u8> {
            (0..plane.width * plane.height)
                .map(|at| around(pixels, at % plane.width, at / plane.width, largest))
                .collect()
        };
        let closed = each(&each(&plane.pixels, true), false);
        let pairs = closed.iter().zip(&plane.pixels);
        pairs
            .map(|(closed, grey)| closed.saturating_sub(*grey))
            .collect()
    }

    #[test]
    fn a_black_hat_is_what_its_definition_says() {
        let mut state = 7_u32;
        let mut dice = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        // Narrower and wider than the bands it is worked in, and smaller than its window.
        for (width, height) in [(1, 1), (5, 40), (40, 5), (3, 3), (201, 30), (390, 12)] {
            let plane = Plane {
                width,
                height,
                pixels: (0..width * height).map(|_| dice()).collect(),
            };
            for side in [1, 3, 7, 13, 21] {
                let pixels = plane.black_hat(side).pixels;
                assert_eq!(
                    pixels,
                    slow_black_hat(&plane, side),
                    "{width} {height} {side}"
                );
            }
        }
    }
}
