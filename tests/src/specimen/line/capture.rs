//! From a text to the strip a camera and a locator make of it.

use ab_glyph::{Font, FontRef, PxScale, ScaleFont};

use super::face::{self, Face};
use super::paper::{light, mark, paper};
use super::{CAPITAL, HEIGHT, Line, symbol_index, text};
use crate::specimen::dice::Dice;
use crate::specimen::plane::{Filter, Plane, sine};

/// How a line and its neighbours are set on paper. Lengths are in capitals.
pub(super) struct Layout {
    face: &'static Face,
    /// Distance between symbols.
    pitch: f32,
    /// Width of the symbols over their natural width.
    stretch: f32,
    /// Added to every stroke's half width.
    weight: f32,
    /// The line above, the line itself, the line below.
    rows: [Option<Row>; 3],
    /// Distance between lines.
    spacing: f32,
    symbols: usize,
}

/// Symbols and how far each was set from its place.
struct Row {
    symbols: Vec<Stamp>,
    /// How far the row starts right of the middle one.
    shift: f32,
}

struct Stamp {
    symbol: usize,
    dx: f32,
    dy: f32,
}

impl Layout {
    pub(super) fn deal(dice: &mut Dice, text: &str) -> Self {
        let face: &Face = match dice.weighted(&[
            (0, 0.54),
            (1, 0.38),
            (2, 0.015),
            (3, 0.025),
            (4, 0.015),
            (5, 0.025),
        ]) {
            0 => &face::ROUND,
            1 => &face::SHARP,
            2 => &face::SLANTED,
            3 => &face::LIBERATION,
            4 => &face::LIBERATION_BOLD,
            _ => &face::DEJAVU,
        };
        // OCR-B is set 10 to the inch, 1.06 capitals; other faces at their own pitch or that one.
        let pitch = if dice.chance(0.6) {
            if face.pitch < 0.98 && dice.chance(0.5) {
                face.pitch
            } else {
                1.06
            }
        } else {
            dice.between(0.9, 1.26)
        };
        let jitter = *dice.pick(&[0.0, 0.0, 0.008, 0.02]);
        let spacing = dice.between(1.45, 2.3);
        let row = |dice: &mut Dice, text: &str, shift: f32| Row {
            symbols: text
                .chars()
                .map(|c| {
                    let (a, b) = dice.normal_pair();
                    Stamp {
                        symbol: symbol_index(c),
                        dx: a * jitter,
                        dy: b * jitter * 0.7,
                    }
                })
                .collect(),
            shift,
        };
        let length = text.chars().count();
        let middle = row(dice, text, 0.0);
        let (above, below) = match dice.below(20) {
            0..=6 => (true, false),
            7..=13 => (false, true),
            14..=17 => (true, true),
            _ => (false, false),
        };
        let other = |dice: &mut Dice, wanted: bool| {
            wanted.then(|| {
                let text = text::neighbour(dice, length);
                let shift = if dice.chance(0.8) {
                    0.0
                } else {
                    dice.between(-0.5, 0.5)
                };
                row(dice, &text, shift)
            })
        };
        let above = other(dice, above);
        let below = other(dice, below);
        Self {
            face,
            pitch,
            stretch: if dice.chance(0.6) {
                1.0
            } else {
                dice.between(0.88, 1.14)
            },
            weight: match dice.below(10) {
                0..=4 => dice.normal() * 0.006,
                5 | 6 => dice.between(-0.04, -0.005),
                _ => dice.between(0.005, 0.05),
            },
            rows: [above, Some(middle), below],
            spacing,
            symbols: length,
        }
    }

    /// The signed distance to the nearest stroke; `x` from the line's start, `y` from its middle.
    fn distance(&self, x: f32, y: f32) -> f32 {
        let nearest = (y / self.spacing).round();
        let row = match nearest as i32 {
            -1 => &self.rows[0],
            0 => &self.rows[1],
            1 => &self.rows[2],
            _ => return 1.0,
        };
        let Some(row) = row else { return 1.0 };
        let y = y - nearest * self.spacing;
        if y.abs() > 0.8 {
            return 1.0;
        }
        let place = (x - row.shift) / self.pitch;
        let cell = place.floor();
        let within = place - cell;
        let mut distance = self.stamp(row, cell as i32, within - 0.5, y);
        // A wide or shifted symbol reaches over the edge of its cell.
        if within < 0.12 {
            distance = distance.min(self.stamp(row, cell as i32 - 1, within + 0.5, y));
        } else if within > 0.88 {
            distance = distance.min(self.stamp(row, cell as i32 + 1, within - 1.5, y));
        }
        distance
    }

    /// The distance to one symbol; `x` in pitches from the middle of its cell.
    fn stamp(&self, row: &Row, cell: i32, x: f32, y: f32) -> f32 {
        match usize::try_from(cell)
            .ok()
            .and_then(|cell| row.symbols.get(cell))
        {
            Some(s) => self
                .face
                .distance(s.symbol, x * self.pitch / self.stretch - s.dx, y - s.dy),
            None => 1.0,
        }
    }
}

/// Capital height in the camera's pixels: real weight on the small ones, which are the hard ones.
fn deal_capital(dice: &mut Dice) -> f32 {
    match dice.weighted(&[(0, 0.09), (1, 0.23), (2, 0.32), (3, 0.24), (4, 0.12)]) {
        0 => dice.between(5.0, 6.5),
        1 => dice.between(6.5, 9.0),
        2 => dice.between(8.5, 13.0),
        3 => dice.between(12.0, 18.0),
        _ => dice.between(17.0, 30.0),
    }
}

/// The strip of a text.
pub(super) fn photograph(dice: &mut Dice, layout: &Layout, text: String) -> Line {
    let capital = deal_capital(dice);
    // Where the strip was cut: a little large or small, high or low, tilted.
    let fraction = (CAPITAL + 0.045 * dice.normal()).clamp(0.5, 0.76);
    let high = 1.0 / fraction;
    let long = layout.pitch * layout.symbols as f32;
    let (left, right) = (pad(dice), pad(dice));
    let wide = left + long + right;
    let width = ((wide * capital).round() as usize).max(16);
    let height = ((high * capital).round() as usize).max(6);
    let ink = ink(dice, layout, capital, (width, height), (left, wide, high));
    let strip = expose(dice, &ink, capital, (left / wide, right / wide));
    finish(dice, &strip, capital, text)
}

fn pad(dice: &mut Dice) -> f32 {
    if dice.chance(0.85) {
        dice.between(0.15, 1.6)
    } else {
        dice.between(1.0, 5.0)
    }
}

/// How much ink lies on each of the camera's pixels, 0 to 1. `cut` is the padding left of the text,
/// and the width and height of what the strip shows, in capitals.
fn ink(
    dice: &mut Dice,
    layout: &Layout,
    capital: f32,
    size: (usize, usize),
    cut: (f32, f32, f32),
) -> Plane {
    let (left, wide, high) = cut;
    let (width, height) = size;
    // Small type is drawn finer and brought down: strokes under a pixel have no distance field.
    let fine = if capital < 6.5 {
        3
    } else if capital < 12.0 {
        2
    } else {
        1
    };
    let (w, h) = (width * fine, height * fine);
    let mut drawn = Plane::filled(w, h, 0.0);

    let centre = 0.05 * dice.normal() * high;
    // Tilt left over by the locator: at the line's ends at most a third of a capital.
    let tilt = (0.12 * dice.normal()).clamp(-0.34, 0.34) * (wide / 30.0).min(1.0);
    let slant = if dice.chance(0.3) {
        0.12 * dice.normal()
    } else {
        0.03 * dice.normal()
    };
    let fan = if dice.chance(0.25) {
        0.05 * dice.normal()
    } else {
        0.0
    };
    let bow = if dice.chance(0.25) {
        0.1 * dice.normal()
    } else {
        0.0
    };
    let bow_turns = dice.between(0.25, 0.8);
    let bow_start = dice.unit();
    // Perspective along the line: symbols at one end wider than at the other.
    let uneven = if dice.chance(0.3) {
        (0.11 * dice.normal()).clamp(-0.25, 0.25)
    } else {
        0.0
    };
    let columns: Vec<(f32, f32, f32)> = (0..w)
        .map(|x| {
            let t = (x as f32 + 0.5) / w as f32;
            let along = t + uneven * t * (1.0 - t);
            let s = 2.0 * along - 1.0;
            let rise = centre + tilt * s + bow * sine(bow_start + bow_turns * along);
            (along * wide - left, rise, 1.0 + fan * s)
        })
        .collect();
    let sharpness = capital * fine as f32;
    for (y, row) in drawn.rows_mut().enumerate() {
        let down = ((y as f32 + 0.5) / h as f32 - 0.5) * high;
        for (v, &(u, rise, spread)) in row.iter_mut().zip(&columns) {
            let d = layout.distance(u + slant * down, down * spread + rise);
            *v = (0.5 - (d - layout.weight) * sharpness).clamp(0.0, 1.0);
        }
    }
    let mut ink = if fine > 1 {
        drawn.resize(width, height, Filter::Area)
    } else {
        drawn
    };
    if dice.chance(0.2) {
        break_up(dice, &mut ink, capital);
    }
    ink
}

/// Ink that did not take everywhere.
fn break_up(dice: &mut Dice, ink: &mut Plane, capital: f32) {
    let grain = capital * dice.between(0.08, 0.3);
    let mut holes = Plane::filled(ink.width, ink.height, 0.0);
    holes.add_clouds(dice, grain.max(1.0), grain.max(1.0), 1.0);
    let from = dice.between(0.4, 1.4);
    let depth = dice.between(0.3, 0.9);
    for (v, hole) in ink.data.iter_mut().zip(holes.data) {
        *v *= 1.0 - depth * (hole - from).clamp(0.0, 1.0);
    }
}

/// Prints the ink on paper and photographs it. `margins` are the parts of the width left and right of
/// the text.
fn expose(dice: &mut Dice, ink: &Plane, capital: f32, margins: (f32, f32)) -> Plane {
    let mut view = paper(dice, ink.width, ink.height, capital);
    let base = mean(&view.data);
    let mut dark = dice.between(0.0, 75.0);
    if dice.chance(0.08) {
        // Faint print.
        dark = base - dice.between(25.0, 70.0);
    }
    let dark = dark.clamp(0.0, (base - 25.0).max(0.0));
    // Nobody prints a zone that the pattern under it drowns.
    let deviation = mean(
        &view
            .data
            .iter()
            .map(|v| (v - base) * (v - base))
            .collect::<Vec<_>>(),
    )
    .sqrt();
    let most = (base - dark) / 2.0;
    if deviation > most {
        for v in &mut view.data {
            *v = base + (*v - base) * most / deviation;
        }
    }
    let cover = dice.between(0.75, 1.0);
    for (v, ink) in view.data.iter_mut().zip(&ink.data) {
        let ink = ink * cover;
        *v += (dark - *v) * ink;
    }
    mark(dice, &mut view, capital, margins);
    light(dice, &mut view);
    if dice.chance(0.01) {
        view.data.iter_mut().for_each(|v| *v = 255.0 - *v);
    }
    lens(dice, &mut view, capital);
    view
}

/// Focus, motion, sharpening, sensor noise, tone.
fn lens(dice: &mut Dice, view: &mut Plane, capital: f32) {
    match dice.below(20) {
        0..=9 => {
            let deviation = capital * dice.between(0.02, if capital < 8.0 { 0.075 } else { 0.1 });
            let uneven = dice.between(0.75, 1.3);
            view.blur(deviation, deviation * uneven);
        }
        10 | 11 => {
            let length = (capital * dice.between(0.12, 0.34)).round() as usize | 1;
            let along = vec![1.0 / length as f32; length];
            let mild = capital * 0.03;
            if dice.chance(0.6) {
                view.convolve(&along, &[1.0]);
                view.blur(0.0, mild);
            } else {
                view.convolve(&[1.0], &along);
                view.blur(mild, 0.0);
            }
        }
        _ => {}
    }
    if dice.chance(0.12) {
        // Sharpening as scanners and telephones do it.
        let mut soft = view.clone();
        let deviation = (capital * 0.08).max(0.7);
        soft.blur(deviation, deviation);
        let amount = dice.between(0.3, 1.2);
        for (v, s) in view.data.iter_mut().zip(soft.data) {
            *v += (*v - s) * amount;
        }
    }
    if dice.chance(0.6) {
        let most = if capital < 8.0 { 7.0 } else { 13.0 };
        let deviation = dice.between(1.0, most) * dice.unit().max(0.3);
        view.add_noise(dice, deviation);
    }
    view.quantise();
    if dice.chance(0.55) {
        let lowest = if capital < 8.0 { 40 } else { 15 };
        let quality = dice.number(lowest, 92) as u8;
        let (x, y) = (dice.below(8), dice.below(8));
        view.jpeg(quality, x, y);
    }
    if capital > 9.0 && dice.chance(0.05) {
        // Black and white, as fax machines and copiers make it.
        let mut sorted = view.data.clone();
        sorted.sort_by(f32::total_cmp);
        let (ink, paper) = (sorted[sorted.len() / 25], sorted[sorted.len() * 24 / 25]);
        let level = ink + (paper - ink) * dice.between(0.3, 0.7);
        view.data
            .iter_mut()
            .for_each(|v| *v = if *v > level { 255.0 } else { 0.0 });
    }
}

/// Saves the picture once more in another size, sometimes, then cuts the strip to its height.
fn finish(dice: &mut Dice, view: &Plane, capital: f32, text: String) -> Line {
    let mut view = view.clone();
    if dice.chance(0.15) {
        let ratio = dice.between(0.7, 1.6);
        let width = ((view.width as f32 * ratio) as usize).max(16);
        let height = ((view.height as f32 * ratio) as usize).max(6);
        let filter = *dice.pick(&[Filter::Bilinear, Filter::Triangle, Filter::Cubic]);
        view = view.resize(width, height, filter);
        if dice.chance(0.6) {
            let (quality, x, y) = (dice.number(35, 92), dice.below(8), dice.below(8));
            view.jpeg(quality as u8, x, y);
        }
    }
    let filter = if view.height > HEIGHT {
        dice.weighted(&[
            (Filter::Area, 0.35),
            (Filter::Triangle, 0.35),
            (Filter::Bilinear, 0.3),
        ])
    } else {
        dice.weighted(&[(Filter::Bilinear, 0.7), (Filter::Cubic, 0.3)])
    };
    let squeeze = dice.between(0.96, 1.04);
    let width = view.width as f32 * HEIGHT as f32 / view.height as f32 * squeeze;
    let width = (width.round() as usize).max(16);
    let strip = view.resize(width, HEIGHT, filter);
    Line {
        text,
        capital,
        width,
        pixels: strip.to_bytes(),
    }
}

/// A strip that shows no line of symbols: paper, a running text, or the gap between two lines.
pub(super) fn without_symbols(dice: &mut Dice) -> Line {
    let capital = dice.between(7.0, 20.0);
    let height = (capital / CAPITAL).round() as usize;
    let width = (capital * dice.between(20.0, 48.0)) as usize;
    let mut ink = Plane::filled(width, height, 0.0);
    match dice.below(4) {
        0 => {}
        1 => {
            // Between two lines: the feet of one and the heads of the next.
            let text = text::neighbour(dice, 36);
            let mut layout = Layout::deal(dice, &text);
            layout.rows[1] = None;
            layout.spacing = dice.between(1.3, 1.6);
            let wide = layout.pitch * 37.0;
            let width = (wide * capital).round() as usize;
            ink = self::ink(
                dice,
                &layout,
                capital,
                (width, height),
                (0.5, wide, 1.0 / CAPITAL),
            );
        }
        _ => running_text(dice, &mut ink, capital),
    }
    let view = expose(dice, &ink, capital, (0.0, 0.0));
    finish(dice, &view, capital, String::new())
}

/// Words in a proportional face, upper and lower case: the visual zone that a locator mistook.
fn running_text(dice: &mut Dice, ink: &mut Plane, capital: f32) {
    let font = FontRef::try_from_slice(include_bytes!("../../../fonts/LiberationSans-Regular.ttf"))
        .expect("the committed font is sound");
    let scaled = font.as_scaled(PxScale::from(capital * dice.between(1.0, 1.7)));
    let baseline = ink.height as f32 * dice.between(0.7, 0.95);
    let mut x = dice.between(0.0, 4.0) * capital;
    let upright = dice.chance(0.2);
    while x < ink.width as f32 {
        let mut word: String = (0..dice.number(1, 10))
            .map(|_| dice.symbol("etaoinshrdlucmfwypvbgkjqxz"))
            .collect();
        if upright {
            word = word.to_uppercase();
        }
        for c in word.chars() {
            let mut glyph = scaled.scaled_glyph(c);
            glyph.position.x = x;
            glyph.position.y = baseline;
            x += scaled.h_advance(glyph.id);
            let Some(outline) = scaled.outline_glyph(glyph) else {
                continue;
            };
            let corner = outline.px_bounds().min;
            outline.draw(|dx, dy, coverage| {
                let (px, py) = (dx as i32 + corner.x as i32, dy as i32 + corner.y as i32);
                if px >= 0 && py >= 0 && (px as usize) < ink.width && (py as usize) < ink.height {
                    let v = &mut ink.data[py as usize * ink.width + px as usize];
                    *v = v.max(coverage);
                }
            });
        }
        x += capital * dice.between(0.3, 1.2);
    }
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len() as f32
}
