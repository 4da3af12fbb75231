//! A grey picture in floating point, and the few operations that stand for optics and paper.
//!
//! Values are 0 (black) to 255 (white) unless a function says otherwise; positions are in pixels with
//! the origin at the top left corner of the top left pixel.

use super::dice::Dice;

/// A grey picture, row by row.
#[derive(Clone, Debug)]
pub struct Plane {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// `width * height` values.
    pub data: Vec<f32>,
}

/// How [`Plane::resize`] weighs its sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// The two nearest, also when shrinking: what a plain affine map does.
    Bilinear,
    /// A triangle as wide as the shrinking asks for.
    Triangle,
    /// The mean of what the target pixel covers.
    Area,
    /// Catmull-Rom, which overshoots a little, as sharpening enlargers do.
    Cubic,
}

/// The sine of an angle given in turns, good to 1e-6; only basic arithmetic, so equal everywhere.
#[inline]
pub fn sine(turns: f32) -> f32 {
    // The floor, without the call that a processor's oldest instructions need for it.
    let towards_zero = turns as i32 as f32;
    let floor = if towards_zero > turns {
        towards_zero - 1.0
    } else {
        towards_zero
    };
    let t = turns - floor;
    // Fold into a quarter turn either side of 0, where the series is short.
    let t = if t > 0.75 {
        t - 1.0
    } else if t > 0.25 {
        0.5 - t
    } else {
        t
    };
    let x = t * core::f32::consts::TAU;
    let s = x * x;
    x * (1.0 - s / 6.0 * (1.0 - s / 20.0 * (1.0 - s / 42.0 * (1.0 - s / 72.0 * (1.0 - s / 110.0)))))
}

/// The cosine of an angle given in turns.
pub fn cosine(turns: f32) -> f32 {
    sine(turns + 0.25)
}

/// A bell that is 1 at 0 and nearly 0 beyond 2; stands in for the exponential.
pub fn bell(distance_squared: f32) -> f32 {
    let q = 1.0 / (1.0 + 0.5 * distance_squared);
    q * q * q
}

impl Plane {
    /// A plane of one value.
    pub fn filled(width: usize, height: usize, value: f32) -> Self {
        Self {
            width,
            height,
            data: vec![value; width * height],
        }
    }

    /// Rows from the top.
    pub fn rows_mut(&mut self) -> impl Iterator<Item = &mut [f32]> {
        self.data.chunks_exact_mut(self.width)
    }

    /// The value at a place between pixel centres; the border repeats outwards.
    pub fn sample(&self, x: f32, y: f32) -> f32 {
        let x = (x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (x0, y0) = (x as usize, y as usize);
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let x1 = (x0 + 1).min(self.width - 1);
        let y1 = (y0 + 1).min(self.height - 1);
        let at = |x: usize, y: usize| self.data[y * self.width + x];
        let top = at(x0, y0) + (at(x1, y0) - at(x0, y0)) * fx;
        let bottom = at(x0, y1) + (at(x1, y1) - at(x0, y1)) * fx;
        top + (bottom - top) * fy
    }

    /// A Gaussian blur; a deviation under a quarter pixel changes nothing.
    pub fn blur(&mut self, deviation_x: f32, deviation_y: f32) {
        let (kx, ky) = (gauss(deviation_x), gauss(deviation_y));
        self.convolve(&kx, &ky);
    }

    /// The same weights for every pixel, first along rows, then along columns; both kernels are odd.
    pub fn convolve(&mut self, kernel_x: &[f32], kernel_y: &[f32]) {
        let (w, h) = (self.width, self.height);
        if kernel_x.len() > 1 {
            let r = kernel_x.len() / 2;
            let mut padded = vec![0.0; w + 2 * r];
            for row in self.data.chunks_exact_mut(w) {
                padded[..r].fill(row[0]);
                padded[r..r + w].copy_from_slice(row);
                padded[r + w..].fill(row[w - 1]);
                row.fill(0.0);
                for (k, &weight) in kernel_x.iter().enumerate() {
                    for (out, &v) in row.iter_mut().zip(&padded[k..k + w]) {
                        *out += weight * v;
                    }
                }
            }
        }
        if kernel_y.len() > 1 {
            let r = kernel_y.len() / 2;
            let source = self.data.clone();
            self.data.fill(0.0);
            for (y, out) in self.data.chunks_exact_mut(w).enumerate() {
                for (k, &weight) in kernel_y.iter().enumerate() {
                    let from = (y + k).saturating_sub(r).min(h - 1);
                    for (o, &v) in out.iter_mut().zip(&source[from * w..(from + 1) * w]) {
                        *o += weight * v;
                    }
                }
            }
        }
    }

    /// The picture in another size.
    #[must_use]
    pub fn resize(&self, width: usize, height: usize, filter: Filter) -> Self {
        let columns = taps(self.width, width, filter);
        let rows = taps(self.height, height, filter);
        // Rows first: the shorter side, so that the wide intermediate is walked once.
        let mut tall = Self::filled(self.width, height, 0.0);
        for ((first, weights), out) in rows.iter().zip(tall.data.chunks_exact_mut(self.width)) {
            for (k, &weight) in weights.iter().enumerate() {
                let source = &self.data[(first + k) * self.width..(first + k + 1) * self.width];
                for (o, &v) in out.iter_mut().zip(source) {
                    *o += weight * v;
                }
            }
        }
        let mut done = Self::filled(width, height, 0.0);
        for (source, out) in tall
            .data
            .chunks_exact(self.width)
            .zip(done.data.chunks_exact_mut(width))
        {
            for ((first, weights), o) in columns.iter().zip(out) {
                *o = source[*first..]
                    .iter()
                    .zip(weights)
                    .map(|(v, w)| v * w)
                    .sum();
            }
        }
        done
    }

    /// Adds noise of the given deviation to every pixel.
    pub fn add_noise(&mut self, dice: &mut Dice, deviation: f32) {
        for pair in self.data.chunks_mut(2) {
            let (a, b) = dice.normal_pair();
            for (value, n) in pair.iter_mut().zip([a, b]) {
                *value += n * deviation;
            }
        }
    }

    /// Smooth random unevenness: a coarse grid of random values, enlarged. `cell_x` and `cell_y` are
    /// the grid's pitch in pixels.
    pub fn add_clouds(&mut self, dice: &mut Dice, cell_x: f32, cell_y: f32, deviation: f32) {
        let w = (self.width as f32 / cell_x) as usize + 2;
        let h = (self.height as f32 / cell_y) as usize + 2;
        let mut coarse = Self::filled(w, h, 0.0);
        coarse.add_noise(dice, deviation);
        let fine = coarse.resize(self.width, self.height, Filter::Bilinear);
        for (v, c) in self.data.iter_mut().zip(fine.data) {
            *v += c;
        }
    }

    /// Cuts to `0..=255` and rounds, as a sensor's converter does.
    pub fn quantise(&mut self) {
        for v in &mut self.data {
            *v = v.clamp(0.0, 255.0).round();
        }
    }

    /// The picture as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.data
            .iter()
            .map(|v| (v.clamp(0.0, 255.0) + 0.5) as u8)
            .collect()
    }

    /// What JPEG at this quality (1–100) leaves of a grey picture: the block transform and its
    /// quantisation, without the coding. `shift_x` and `shift_y` (0–7) move the grid of blocks.
    pub fn jpeg(&mut self, quality: u8, shift_x: usize, shift_y: usize) {
        jpeg(self, quality, shift_x, shift_y);
    }
}

/// The weights of a Gaussian, normalised; one weight for a deviation too small to matter.
fn gauss(deviation: f32) -> Vec<f32> {
    if deviation < 0.25 {
        return vec![1.0];
    }
    // Three passes of a box are a Gaussian for the eye; as one kernel they need no exponential.
    let radius = ((deviation * 3.0).ceil() as usize).max(1);
    let side = 2.0 * deviation;
    let b = |x: f32| {
        // The quadratic B-spline of pitch `side`, whose deviation is `side / 2`.
        let t = (x / side).abs();
        if t < 0.5 {
            0.75 - t * t
        } else if t < 1.5 {
            0.5 * (1.5 - t) * (1.5 - t)
        } else {
            0.0
        }
    };
    let mut kernel: Vec<f32> = (0..=2 * radius)
        .map(|k| b(k as f32 - radius as f32))
        .collect();
    let total: f32 = kernel.iter().sum();
    for weight in &mut kernel {
        *weight /= total;
    }
    kernel
}

/// For each target pixel the first source pixel and the weights from there on.
fn taps(from: usize, to: usize, filter: Filter) -> Vec<(usize, Vec<f32>)> {
    let ratio = from as f32 / to as f32;
    let spread = match filter {
        Filter::Bilinear => 1.0,
        Filter::Triangle | Filter::Area | Filter::Cubic => ratio.max(1.0),
    };
    let reach = spread
        * match filter {
            Filter::Bilinear | Filter::Triangle => 1.0,
            Filter::Area => 0.5,
            Filter::Cubic => 2.0,
        };
    (0..to)
        .map(|i| {
            let centre = (i as f32 + 0.5) * ratio - 0.5;
            let low = (centre - reach - 0.5).floor() as i64;
            let high = (centre + reach + 0.5).ceil() as i64;
            let first = low.clamp(0, from as i64 - 1);
            let last = high.clamp(first, from as i64 - 1);
            let mut weights = vec![0.0; (last - first + 1) as usize];
            for source in low..=high {
                let t = (source as f32 - centre) / spread;
                let weight = match filter {
                    Filter::Bilinear | Filter::Triangle => (1.0 - t.abs()).max(0.0),
                    // The part of the source pixel that the target covers.
                    Filter::Area => {
                        let half = 0.5 / spread;
                        ((t + half).min(0.5) - (t - half).max(-0.5)).max(0.0)
                    }
                    Filter::Cubic => catmull_rom(t.abs()),
                };
                // The border repeats outwards.
                weights[(source.clamp(first, last) - first) as usize] += weight;
            }
            let total: f32 = weights.iter().sum();
            for weight in &mut weights {
                *weight /= total;
            }
            (first as usize, weights)
        })
        .collect()
}

fn catmull_rom(t: f32) -> f32 {
    if t < 1.0 {
        (1.5 * t - 2.5) * t * t + 1.0
    } else if t < 2.0 {
        ((-0.5 * t + 2.5) * t - 4.0) * t + 2.0
    } else {
        0.0
    }
}

/// The luminance quantisation table of ITU-T T.81 annex K, in row order.
const LUMINANCE: [u8; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

fn jpeg(plane: &mut Plane, quality: u8, shift_x: usize, shift_y: usize) {
    let quality = i32::from(quality.clamp(1, 100));
    // The scaling every encoder since the IJG's uses.
    let scale = if quality < 50 {
        5000 / quality
    } else {
        200 - 2 * quality
    };
    let steps: [f32; 64] = core::array::from_fn(|k| {
        ((i32::from(LUMINANCE[k]) * scale + 50) / 100).clamp(1, 255) as f32
    });
    let basis: [[f32; 8]; 8] = core::array::from_fn(|u| {
        core::array::from_fn(|x| {
            let c = if u == 0 { 0.125_f32.sqrt() } else { 0.5 };
            c * cosine((2 * x + 1) as f32 * u as f32 / 32.0)
        })
    });
    let (w, h) = (plane.width, plane.height);
    let mut top = 0_i64 - shift_y as i64;
    while top < h as i64 {
        let mut left = 0_i64 - shift_x as i64;
        while left < w as i64 {
            let mut block = [[0.0_f32; 8]; 8];
            for (y, row) in block.iter_mut().enumerate() {
                let sy = (top + y as i64).clamp(0, h as i64 - 1) as usize;
                for (x, v) in row.iter_mut().enumerate() {
                    let sx = (left + x as i64).clamp(0, w as i64 - 1) as usize;
                    *v = plane.data[sy * w + sx] - 128.0;
                }
            }
            let half = product(&basis, &block);
            let mut waves = transposed_product(&basis, &half);
            // `waves[v][u]`, quantised and back.
            for (row, step) in waves.iter_mut().zip(steps.chunks_exact(8)) {
                for (v, s) in row.iter_mut().zip(step) {
                    *v = (*v / s).round() * s;
                }
            }
            let half = inverse_rows(&basis, &waves);
            let done = inverse_columns(&basis, &half);
            for (y, row) in done.iter().enumerate() {
                let ty = top + y as i64;
                if ty < 0 || ty >= h as i64 {
                    continue;
                }
                for (x, v) in row.iter().enumerate() {
                    let tx = left + x as i64;
                    if tx >= 0 && tx < w as i64 {
                        plane.data[ty as usize * w + tx as usize] =
                            (v + 128.0).clamp(0.0, 255.0).round();
                    }
                }
            }
            left += 8;
        }
        top += 8;
    }
}

type Block = [[f32; 8]; 8];

/// `basis · block`: transforms columns.
fn product(basis: &Block, block: &Block) -> Block {
    let mut out = [[0.0; 8]; 8];
    for (o, b) in out.iter_mut().zip(basis) {
        for (weight, row) in b.iter().zip(block) {
            for (v, r) in o.iter_mut().zip(row) {
                *v += weight * r;
            }
        }
    }
    out
}

/// `half · basisᵀ`: transforms rows.
fn transposed_product(basis: &Block, half: &Block) -> Block {
    let mut out = [[0.0; 8]; 8];
    for (o, row) in out.iter_mut().zip(half) {
        for (x, value) in row.iter().enumerate() {
            for (v, b) in o.iter_mut().zip(basis) {
                *v += value * b[x];
            }
        }
    }
    out
}

/// `basisᵀ · waves`.
fn inverse_rows(basis: &Block, waves: &Block) -> Block {
    let mut out = [[0.0; 8]; 8];
    for (b, row) in basis.iter().zip(waves) {
        for (o, weight) in out.iter_mut().zip(b) {
            for (v, r) in o.iter_mut().zip(row) {
                *v += weight * r;
            }
        }
    }
    out
}

/// `half · basis`.
fn inverse_columns(basis: &Block, half: &Block) -> Block {
    let mut out = [[0.0; 8]; 8];
    for (o, row) in out.iter_mut().zip(half) {
        for (value, b) in row.iter().zip(basis) {
            for (v, weight) in o.iter_mut().zip(b) {
                *v += value * weight;
            }
        }
    }
    out
}
