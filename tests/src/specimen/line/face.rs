//! The faces lines are set in, as distance fields, so that stroke weight and size are free.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, PxScale, ScaleFont};

use super::SYMBOLS;

/// Pixels of one capital's height in a stored field.
const CAPITAL: f32 = 40.0;
/// Side of a stored field in pixels: two capitals.
const SIDE: usize = 80;
/// How far above the middle of the capitals the middle of a tilde stands, in capitals.
const TILDE: f32 = 0.72;
/// How much finer than the stored field outlines are drawn before distances are measured.
const FINE: usize = 2;

/// One face: for each symbol of the alphabet the signed distance to its outline.
pub(super) struct Face {
    fields: Vec<Vec<f32>>,
    /// Advance over capital height, as the face itself sets it.
    pub(super) pitch: f32,
}

/// OCR-B as Norbert Schwarz drew it, with round line ends.
pub(super) static ROUND: LazyLock<Face> =
    LazyLock::new(|| Face::load(include_bytes!("../../../fonts/OCRB.otf")));
/// The same with square line ends.
pub(super) static SHARP: LazyLock<Face> =
    LazyLock::new(|| Face::load(include_bytes!("../../../fonts/OCRBS.otf")));
/// The same, slanted.
pub(super) static SLANTED: LazyLock<Face> =
    LazyLock::new(|| Face::load(include_bytes!("../../../fonts/OCRBL.otf")));
/// Liberation Mono, close to Courier New's proportions without its serifs.
pub(super) static LIBERATION: LazyLock<Face> =
    LazyLock::new(|| Face::load(include_bytes!("../../../fonts/LiberationMono-Regular.ttf")));
/// Liberation Mono Bold.
pub(super) static LIBERATION_BOLD: LazyLock<Face> =
    LazyLock::new(|| Face::load(include_bytes!("../../../fonts/LiberationMono-Bold.ttf")));
/// DejaVu Sans Mono.
pub(super) static DEJAVU: LazyLock<Face> =
    LazyLock::new(|| Face::load(include_bytes!("../../../fonts/DejaVuSansMono.ttf")));

impl Face {
    fn load(bytes: &'static [u8]) -> Self {
        let font = FontRef::try_from_slice(bytes).expect("the committed font is sound");
        // Scale so that the letter H is exactly one capital high.
        let probe = font.as_scaled(PxScale::from(1000.0));
        let bounds = |c| {
            let glyph = probe.scaled_glyph(c);
            probe
                .outline_glyph(glyph)
                .expect("the face has capitals")
                .px_bounds()
        };
        let h = bounds('H');
        let fine = CAPITAL * FINE as f32;
        let scale = PxScale::from(1000.0 * fine / h.height());
        let scaled = font.as_scaled(scale);
        let middle = f32::midpoint(h.min.y, h.max.y) * fine / h.height();
        let side = SIDE * FINE;
        let drawn = |symbol: char, inside: &mut Vec<bool>, lift: f32| {
            let mut glyph = scaled.scaled_glyph(symbol);
            let advance = scaled.h_advance(glyph.id);
            glyph.position.x = side as f32 / 2.0 - advance / 2.0;
            glyph.position.y = side as f32 / 2.0 - middle - lift;
            if let Some(outline) = scaled.outline_glyph(glyph) {
                let corner = outline.px_bounds().min;
                outline.draw(|x, y, coverage| {
                    let x = x as i32 + corner.x as i32;
                    let y = y as i32 + corner.y as i32;
                    let within = 0..side as i32;
                    if coverage > 0.5 && within.contains(&x) && within.contains(&y) {
                        inside[y as usize * side + x as usize] = true;
                    }
                });
            }
        };
        // From the middle of the tilde to a little above the capitals.
        let tilde = {
            let glyph = scaled.scaled_glyph('~');
            let bounds = scaled
                .outline_glyph(glyph)
                .expect("the face has a tilde")
                .px_bounds();
            f32::midpoint(bounds.min.y, bounds.max.y) - middle + TILDE * fine
        };
        let fields = SYMBOLS
            .chars()
            .map(|symbol| {
                let mut inside = vec![false; side * side];
                if symbol == 'Ñ' {
                    // Composed: not every face has the letter.
                    drawn('N', &mut inside, 0.0);
                    drawn('~', &mut inside, tilde);
                } else {
                    drawn(symbol, &mut inside, 0.0);
                }
                signed_distance(&inside, side)
            })
            .collect();
        Self {
            fields,
            pitch: scaled.h_advance(scaled.glyph_id('H')) / fine,
        }
    }

    /// The signed distance, in capitals, from a place to the symbol's outline: negative within the
    /// stroke. `x` and `y` are in capitals from the middle of the cell and of the capitals' height.
    pub(super) fn distance(&self, symbol: usize, x: f32, y: f32) -> f32 {
        let x = (x + 1.0) * CAPITAL - 0.5;
        let y = (y + 1.0) * CAPITAL - 0.5;
        let last = (SIDE - 1) as f32;
        if x < 0.0 || y < 0.0 || x >= last || y >= last {
            return 1.0;
        }
        let field = &self.fields[symbol];
        let (x0, y0) = (x as usize, y as usize);
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let place = y0 * SIDE + x0;
        let top = field[place] + (field[place + 1] - field[place]) * fx;
        let bottom = field[place + SIDE] + (field[place + SIDE + 1] - field[place + SIDE]) * fx;
        top + (bottom - top) * fy
    }
}

/// Signed distances in capitals, brought down from the fine drawing to [`SIDE`] pixels.
fn signed_distance(inside: &[bool], side: usize) -> Vec<f32> {
    let outward = squared_distance(inside, side);
    let reversed: Vec<bool> = inside.iter().map(|v| !v).collect();
    let inward = squared_distance(&reversed, side);
    let signed = |k: usize| {
        if inside[k] {
            0.5 - inward[k].sqrt()
        } else {
            outward[k].sqrt() - 0.5
        }
    };
    let mut field = Vec::with_capacity(SIDE * SIDE);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let mut sum = 0.0;
            for dy in 0..FINE {
                for dx in 0..FINE {
                    sum += signed((y * FINE + dy) * side + x * FINE + dx);
                }
            }
            field.push(sum / (FINE * FINE) as f32 / (CAPITAL * FINE as f32));
        }
    }
    field
}

/// For every pixel the squared distance to the nearest set one (Felzenszwalb and Huttenlocher, 2012).
fn squared_distance(set: &[bool], side: usize) -> Vec<f32> {
    const FAR: f32 = 1e9;
    let mut grid: Vec<f32> = set.iter().map(|&v| if v { 0.0 } else { FAR }).collect();
    let mut line = vec![0.0; side];
    for x in 0..side {
        for y in 0..side {
            line[y] = grid[y * side + x];
        }
        for (y, v) in lower_envelope(&line).into_iter().enumerate() {
            grid[y * side + x] = v;
        }
    }
    for row in grid.chunks_exact_mut(side) {
        let done = lower_envelope(row);
        row.copy_from_slice(&done);
    }
    grid
}

/// The lower envelope of parabolas rooted at each value.
fn lower_envelope(values: &[f32]) -> Vec<f32> {
    let n = values.len();
    let mut roots = vec![0_usize; n];
    let mut starts = vec![0.0_f32; n + 1];
    let mut k = 0;
    starts[0] = f32::NEG_INFINITY;
    starts[1] = f32::INFINITY;
    let square = |q: usize| (q * q) as f32;
    for q in 1..n {
        loop {
            let r = roots[k];
            let meet =
                ((values[q] + square(q)) - (values[r] + square(r))) / (2.0 * (q as f32 - r as f32));
            if meet <= starts[k] && k > 0 {
                k -= 1;
                continue;
            }
            k += 1;
            roots[k] = q;
            starts[k] = meet;
            starts[k + 1] = f32::INFINITY;
            break;
        }
    }
    let mut k = 0;
    (0..n)
        .map(|q| {
            while starts[k + 1] < q as f32 {
                k += 1;
            }
            let d = q as f32 - roots[k] as f32;
            d * d + values[roots[k]]
        })
        .collect()
}
