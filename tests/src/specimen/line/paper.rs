//! The paper under a line, what lies on it and the light that falls on it.

use crate::specimen::dice::Dice;
use crate::specimen::plane::{Plane, bell, sine};

/// Security print, gradients and stains under the text.
pub(super) fn paper(dice: &mut Dice, width: usize, height: usize, capital: f32) -> Plane {
    let base = if dice.chance(0.8) {
        dice.between(165.0, 250.0)
    } else {
        dice.between(90.0, 180.0)
    };
    let mut view = Plane::filled(width, height, base);
    if dice.chance(0.6) {
        let strong = if dice.chance(0.15) { 28.0 } else { 13.0 };
        for _ in 0..dice.number(1, 3) {
            wave(dice, &mut view, capital, strong);
        }
    }
    if dice.chance(0.45) {
        let cell = capital * dice.between(0.3, 4.0);
        let deviation = dice.between(2.0, 16.0);
        let longer = dice.between(1.0, 3.0);
        view.add_clouds(dice, (cell * longer).max(1.5), cell.max(1.5), deviation);
    }
    if dice.chance(0.45) {
        let (across, down) = (dice.between(-45.0, 45.0), dice.between(-15.0, 15.0));
        let (w, h) = (width as f32, height as f32);
        for (y, row) in view.rows_mut().enumerate() {
            let start = (y as f32 / h - 0.5) * down;
            for (x, v) in row.iter_mut().enumerate() {
                *v += start + (x as f32 / w - 0.5) * across;
            }
        }
    }
    if dice.chance(0.03) {
        // Ruled or hatched ground, as on cheques and old cards.
        let period = dice.number(2, 7) as usize;
        let depth = dice.between(5.0, 40.0);
        let across = dice.chance(0.5);
        for (y, row) in view.rows_mut().enumerate() {
            for (x, v) in row.iter_mut().enumerate() {
                if (if across { x } else { y }) % period == 0 {
                    *v -= depth;
                }
            }
        }
    }
    view
}

/// One family of guilloche lines: a wave whose phase itself waves.
fn wave(dice: &mut Dice, view: &mut Plane, capital: f32, strong: f32) {
    let period = (capital * dice.between(0.12, 2.2)).max(2.1);
    let angle = dice.unit();
    let (dx, dy) = (sine(angle + 0.25) / period, sine(angle) / period);
    let second = capital * dice.between(2.0, 14.0);
    let (ex, ey) = (-dy * period / second, dx * period / second);
    let swing = if dice.chance(0.6) {
        dice.between(0.0, 2.5)
    } else {
        0.0
    };
    let amplitude = dice.between(1.5, strong);
    let thin = dice.chance(0.4).then(|| dice.between(0.0, 0.9));
    let start = dice.unit() + 64.0;
    let table = sine_table();
    let look = |turns: f32| table[(turns * 1024.0) as i32 as usize & 1023];
    for (y, row) in view.rows_mut().enumerate() {
        let y = y as f32;
        for (x, v) in row.iter_mut().enumerate() {
            let x = x as f32;
            let turns = start + x * dx + y * dy + swing * look(start + x * ex + y * ey);
            let s = look(turns + 1024.0);
            *v += amplitude
                * match thin {
                    // Drawn lines rather than a soft wave, their edges a fraction of a period wide.
                    Some(level) => -((s - level) * 3.0).clamp(0.0, 1.0),
                    None => s,
                };
        }
    }
}

fn sine_table() -> &'static [f32; 1024] {
    static TABLE: std::sync::LazyLock<[f32; 1024]> =
        std::sync::LazyLock::new(|| core::array::from_fn(|k| sine(k as f32 / 1024.0)));
    &TABLE
}

/// What lies on or beside the print: boxes drawn around it, rules, scratches, overprint, page edges.
pub(super) fn mark(dice: &mut Dice, view: &mut Plane, capital: f32, margins: (f32, f32)) {
    let (w, h) = (view.width as f32, view.height as f32);
    if dice.chance(0.06) {
        for _ in 0..dice.number(1, 3) {
            let (x0, x1) = (dice.between(-0.1, 1.0) * w, dice.between(0.0, 1.1) * w);
            let (y0, y1) = (dice.between(0.0, h), dice.between(0.0, h));
            let shade = dice.between(0.0, 255.0);
            stroke(
                view,
                (x0, y0),
                (x1, y1),
                dice.between(0.3, 0.9),
                shade,
                dice.between(0.4, 1.0),
            );
        }
    }
    if dice.chance(0.06) {
        // A rule or one side of a box, just above or below the text.
        let y = h * if dice.chance(0.5) {
            dice.between(0.0, 0.16)
        } else {
            dice.between(0.84, 1.0)
        };
        let shade = dice.between(0.0, 200.0);
        let half = capital * dice.between(0.03, 0.1);
        stroke(
            view,
            (0.0, y),
            (w, y + h * 0.03 * dice.normal()),
            half,
            shade,
            1.0,
        );
    }
    if dice.chance(0.05) {
        // Letters of SPECIMEN laid over the page: broad translucent bars.
        for _ in 0..dice.number(1, 4) {
            let x = dice.between(0.0, w);
            let lean = dice.between(-2.0, 2.0) * h;
            let half = capital * dice.between(0.15, 0.5);
            let shade = dice.between(60.0, 230.0);
            stroke(
                view,
                (x, -2.0),
                (x + lean, h + 2.0),
                half,
                shade,
                dice.between(0.15, 0.45),
            );
        }
    }
    // The page ends and the desk begins, outside the text.
    for (right, margin) in [(false, margins.0), (true, margins.1)] {
        if dice.chance(0.08) {
            let edge = margin * w * dice.between(0.1, 0.7);
            let shade = dice.between(0.0, 255.0);
            let lean = 0.3 * dice.normal();
            for (y, row) in view.rows_mut().enumerate() {
                let edge = edge + (y as f32 - h / 2.0) * lean;
                let count = (edge.max(0.0) as usize).min(row.len());
                let part = if right {
                    row.len() - count..row.len()
                } else {
                    0..count
                };
                row[part].fill(shade);
            }
        }
    }
    for low in [false, true] {
        if dice.chance(0.03) {
            let depth = (dice.between(0.02, 0.14) * h) as usize;
            let shade = dice.between(0.0, 255.0);
            let from = if low { view.height - depth } else { 0 };
            view.data[from * view.width..(from + depth) * view.width].fill(shade);
        }
    }
}

/// A straight stroke with soft edges; `half` is half its width in pixels.
fn stroke(view: &mut Plane, a: (f32, f32), b: (f32, f32), half: f32, shade: f32, cover: f32) {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = (dx * dx + dy * dy).sqrt().max(1e-3);
    let (nx, ny) = (-dy / length, dx / length);
    let (tx, ty) = (dx / length, dy / length);
    for (y, row) in view.rows_mut().enumerate() {
        let py = y as f32 + 0.5 - a.1;
        for (x, v) in row.iter_mut().enumerate() {
            let px = x as f32 + 0.5 - a.0;
            let along = px * tx + py * ty;
            if along < 0.0 || along > length {
                continue;
            }
            let off = (px * nx + py * ny).abs();
            let ink = (half + 0.5 - off).clamp(0.0, 1.0) * cover;
            *v += (shade - *v) * ink;
        }
    }
}

/// Glare and shadow.
pub(super) fn light(dice: &mut Dice, view: &mut Plane) {
    let (w, h) = (view.width as f32, view.height as f32);
    if dice.chance(0.12) {
        let (cx, cy) = (dice.between(0.0, w), dice.between(-0.5, 1.5) * h);
        let (rx, ry) = (w * dice.between(0.03, 0.16), h * dice.between(0.3, 2.0));
        let strength = dice.between(15.0, 105.0);
        for (y, row) in view.rows_mut().enumerate() {
            let v2 = (y as f32 - cy) / ry;
            for (x, v) in row.iter_mut().enumerate() {
                let u = (x as f32 - cx) / rx;
                *v += strength * bell(2.0 * (u * u + v2 * v2));
            }
        }
    }
    if dice.chance(0.08) {
        // The edge of a shadow across the line.
        let edge = dice.between(0.0, w);
        let soft = w * dice.between(0.005, 0.1);
        let lean = dice.normal();
        let deep = dice.between(0.45, 0.9);
        for (y, row) in view.rows_mut().enumerate() {
            for (x, v) in row.iter_mut().enumerate() {
                let t = ((x as f32 - edge + lean * y as f32) / soft + 0.5).clamp(0.0, 1.0);
                *v *= 1.0 - t * (1.0 - deep);
            }
        }
    }
}
