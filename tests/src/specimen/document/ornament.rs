//! Security printing: what makes a page look like a document, and reading it harder.

use super::canvas::{Canvas, Colour, Frame, Style, Typeface};
use crate::specimen::dice::Dice;
use crate::specimen::plane::{bell, cosine, sine};

/// A soft run of colour over the whole sheet: from one colour at the left, through white, to another.
pub(crate) fn wash(canvas: &mut Canvas, left: Colour, right: Colour, strength: f32) {
    let frame = canvas.frame();
    canvas.shade(frame, |x, y| {
        let across = x / frame.width + 0.12 * sine(y / frame.height * 0.7 + 0.1);
        let across = across.clamp(0.0, 1.0);
        let side = 2.0 * across - 1.0;
        let colour = [0, 1, 2].map(|c: usize| left[c] + (right[c] - left[c]) * across);
        (colour, strength * (0.2 + 0.8 * side * side))
    });
}

/// Fine wavy lines over a part of the sheet: the level lines of a bent slope.
pub(crate) fn guilloche(
    canvas: &mut Canvas,
    dice: &mut Dice,
    frame: Frame,
    colour: Colour,
    opacity: f32,
) {
    /// How far beside a pixel the slope is taken, in millimetres.
    const STEP: f32 = 0.05;
    let spacing = dice.between(0.9, 1.7);
    let (long, short) = (dice.between(16.0, 42.0), dice.between(5.0, 12.0));
    let (swing, ripple) = (dice.between(1.0, 3.2), dice.between(0.2, 0.8));
    let lean = dice.between(-0.35, 0.35);
    let (start, second) = (dice.unit(), dice.unit());
    let width = 0.11;
    let scale = canvas.scale;
    // The height of the slope at (x, y) is
    //   y + lean·x + swing·sin(x/long + start)·(1 + ½·sin(y/31 + second))
    //     + ripple·sin(x/short + y/17 + second),
    // and the last sine falls into products of one of x and one of y: so rows and columns are
    // tabulated, at a pixel's middle and a step beside it, which gives the slope.
    let columns: Vec<[f32; 4]> = tabulate(canvas.planes[0].width, scale, |x| {
        [
            lean * x,
            swing * sine(x / long + start),
            ripple * sine(x / short),
            ripple * cosine(x / short),
        ]
    });
    let beside: Vec<[f32; 4]> = tabulate(canvas.planes[0].width, scale, |x| {
        let x = x + STEP;
        [
            lean * x,
            swing * sine(x / long + start),
            ripple * sine(x / short),
            ripple * cosine(x / short),
        ]
    });
    let row = |y: f32| {
        [
            y,
            1.0 + 0.5 * sine(y / 31.0 + second),
            cosine(y / 17.0 + second),
            sine(y / 17.0 + second),
        ]
    };
    let height = |c: &[f32; 4], r: &[f32; 4]| r[0] + c[0] + c[1] * r[1] + c[2] * r[2] + c[3] * r[3];
    let (w, h) = (canvas.planes[0].width, canvas.planes[0].height);
    let pixel = |mm: f32, most: usize| ((mm * scale).max(0.0) as usize).min(most);
    let (left, right) = (pixel(frame.x, w), pixel(frame.x + frame.width + 1.0, w));
    let (top, bottom) = (pixel(frame.y, h), pixel(frame.y + frame.height + 1.0, h));
    for v in top..bottom {
        let y = (v as f32 + 0.5) / scale;
        let (here_row, next_row) = (row(y), row(y + STEP));
        for u in left..right {
            let here = height(&columns[u], &here_row);
            // The slope turns a distance in height into one on the sheet.
            let sx = height(&beside[u], &here_row) - here;
            let sy = height(&columns[u], &next_row) - here;
            let slope = ((sx * sx + sy * sy).sqrt() / STEP).max(0.2);
            let level = here / spacing + 4096.0;
            let part = level - level as i32 as f32;
            let off = (part - 0.5).abs() * spacing / slope;
            let cover = opacity * line_cover(scale, off, width);
            if cover > 0.0 {
                for (plane, ink) in canvas.planes.iter_mut().zip(colour) {
                    let value = &mut plane.data[v * w + u];
                    *value += (ink - *value) * cover;
                }
            }
        }
    }
}

/// A function of a pixel's place along one axis, for every pixel.
fn tabulate(count: usize, scale: f32, of: impl Fn(f32) -> [f32; 4]) -> Vec<[f32; 4]> {
    (0..count)
        .map(|pixel| of((pixel as f32 + 0.5) / scale))
        .collect()
}

/// How far a line of `width` whose middle is `off` away covers a pixel; hairlines become paler.
fn line_cover(scale: f32, off: f32, width: f32) -> f32 {
    let pale = (width * scale).min(1.0);
    let half = (width / 2.0).max(0.5 / scale);
    pale * (0.5 + (half - off) * scale).clamp(0.0, 1.0)
}

/// A rosette of interlaced loops.
pub(crate) fn rosette(
    canvas: &mut Canvas,
    dice: &mut Dice,
    centre: (f32, f32),
    radius: f32,
    colour: Colour,
    opacity: f32,
) {
    let petals = dice.number(5, 11) as f32;
    let inner = dice.between(0.35, 0.6);
    let rings = dice.number(7, 11);
    for ring in 0..rings {
        let part = ring as f32 / rings as f32;
        let points: Vec<(f32, f32)> = (0..=360)
            .map(|step| {
                let t = step as f32 / 360.0;
                let reach = radius
                    * (inner + (1.0 - inner) * (0.5 + 0.5 * sine(petals * t + part)))
                    * (1.0 - 0.25 * part);
                (centre.0 + reach * cosine(t), centre.1 + reach * sine(t))
            })
            .collect();
        canvas.line(&points, 0.12, colour, opacity);
    }
}

/// Lines of letters too small to read: the issuer's name over and over.
pub(crate) fn microprint(canvas: &mut Canvas, frame: Frame, text: &str, colour: Colour) {
    let style = Style::new(Typeface::Sans, 0.42, colour);
    let word = format!("{text} ");
    let count = (frame.width / canvas.text_width(&word, style).max(0.1)) as usize;
    canvas.text(frame.x, frame.y + frame.height, &word.repeat(count), style);
}

/// A coat of arms that nobody bears: a shield under a star, within two branches.
pub(crate) fn emblem(
    canvas: &mut Canvas,
    centre: (f32, f32),
    size: f32,
    colour: Colour,
    opacity: f32,
) {
    let (cx, cy) = centre;
    let scale = canvas.scale;
    let bounds = Frame::new(cx - size, cy - size, 2.0 * size, 2.0 * size);
    canvas.paint(bounds, colour, |x, y| {
        let (u, v) = ((x - cx) / size, (y - cy) / size);
        // The shield: as wide as a lens whose halves are circles, flat above.
        let lens = ((u.abs() + 0.55) * (u.abs() + 0.55) + (v + 0.1) * (v + 0.1)).sqrt() - 1.0;
        let shield = lens.max(-0.45 - v);
        let rim = shield.abs() - 0.035;
        let bar = shield.max((v - 0.02 + 0.07 * sine(u * 1.3 + 0.05)).abs() - 0.07);
        let wave = shield.max((v - 0.27 + 0.07 * sine(u * 1.3 + 0.05)).abs() - 0.05);
        let star = star(u, v + 0.18, 0.17);
        opacity * Canvas::cover(scale, rim.min(bar).min(wave).min(star.max(shield)) * size)
    });
    for side in [-1.0_f32, 1.0] {
        for leaf in 0..7 {
            let t = 0.11 + leaf as f32 * 0.055;
            let (px, py) = (
                cx + side * 0.82 * size * cosine(0.25 - t),
                cy + 0.82 * size * sine(0.25 - t) - 0.05 * size,
            );
            canvas.ellipse((px, py), (0.06 * size, 0.11 * size), colour, opacity);
        }
    }
}

/// A filled five-pointed star.
pub(crate) fn star_mark(canvas: &mut Canvas, centre: (f32, f32), size: f32, colour: Colour) {
    let scale = canvas.scale;
    let bounds = Frame::new(centre.0 - size, centre.1 - size, 2.0 * size, 2.0 * size);
    canvas.paint(bounds, colour, |x, y| {
        let off = star((x - centre.0) / size, (y - centre.1) / size, 1.0) * size;
        Canvas::cover(scale, off)
    });
}

/// The signed distance, roughly, to a five-pointed star.
fn star(u: f32, v: f32, size: f32) -> f32 {
    let mut nearest = f32::MIN;
    let mut second = f32::MIN;
    for side in 0..5 {
        let turn = side as f32 / 5.0 + 0.75;
        let reach = u * cosine(turn) + v * sine(turn);
        if reach > nearest {
            second = nearest;
            nearest = reach;
        } else if reach > second {
            second = reach;
        }
    }
    // A star is where all but one side of its pentagon's lines is kept.
    second - size * 0.38
}

/// A foil patch that shimmers.
pub(crate) fn hologram(canvas: &mut Canvas, dice: &mut Dice, centre: (f32, f32), radius: f32) {
    let scale = canvas.scale;
    let (start, swirl) = (dice.unit(), dice.between(0.6, 1.6));
    let bounds = Frame::new(
        centre.0 - radius,
        centre.1 - radius,
        2.0 * radius,
        2.0 * radius,
    );
    canvas.shade(bounds, |x, y| {
        let (u, v) = ((x - centre.0) / radius, (y - centre.1) / radius);
        let reach = (u * u + v * v).sqrt();
        let hue = start + swirl * (u + 0.7 * v) + 0.4 * reach;
        let colour = [0.0, 0.33, 0.66].map(|shift| 175.0 + 75.0 * sine(hue + shift));
        let ring = 0.75 + 0.25 * sine(reach * 6.0);
        (
            colour,
            0.42 * ring * Canvas::cover(scale, (reach - 1.0) * radius),
        )
    });
}

/// A signature: a quick hand of loops that nobody can read.
pub(crate) fn signature(canvas: &mut Canvas, dice: &mut Dice, frame: Frame, colour: Colour) {
    let loops = dice.between(3.0, 6.0);
    let (phase, second) = (dice.unit(), dice.unit());
    let tall = dice.between(0.6, 1.0);
    let points: Vec<(f32, f32)> = (0..=400)
        .map(|step| {
            let t = step as f32 / 400.0;
            let fade = 1.0 - 0.75 * t;
            let x = frame.x
                + frame.width * (0.04 + 0.82 * t)
                + 0.07 * frame.width * cosine(loops * t * 1.7 + second) * fade;
            let y = frame.y + frame.height * 0.6
                - frame.height * 0.42 * tall * sine(loops * t + phase) * fade
                - frame.height * 0.16 * sine(loops * 2.6 * t + second)
                - frame.height * 0.1 * t;
            (x, y)
        })
        .collect();
    canvas.line(&points, 0.3, colour, 0.85);
    let y = frame.y + frame.height * 0.78;
    let flourish: Vec<(f32, f32)> = (0..=40)
        .map(|step| {
            let t = step as f32 / 40.0;
            (
                frame.x + frame.width * (0.2 + 0.7 * t),
                y + 0.5 * sine(t * 0.7 + phase) - 1.2 * t,
            )
        })
        .collect();
    canvas.line(&flourish, 0.24, colour, 0.8);
}

/// A gilded chip's symbol, as on biometric documents.
pub(crate) fn chip_mark(canvas: &mut Canvas, frame: Frame, colour: Colour) {
    let (cx, cy) = frame.centre();
    let r = frame.height * 0.27;
    canvas.outline(frame, frame.height * 0.12, 0.3, colour);
    canvas.fill(
        Frame::new(frame.x, cy - 0.18, frame.width / 2.0 - r, 0.36),
        0.0,
        colour,
        1.0,
    );
    canvas.fill(
        Frame::new(cx + r, cy - 0.18, frame.width / 2.0 - r, 0.36),
        0.0,
        colour,
        1.0,
    );
    let scale = canvas.scale;
    canvas.paint(frame, colour, |x, y| {
        let reach = ((x - cx) * (x - cx) + (y - cy) * (y - cy)).sqrt();
        Canvas::cover(scale, (reach - r).abs() - 0.15)
    });
}

/// Light and dark patches, as old paper has them.
pub(crate) fn age(canvas: &mut Canvas, dice: &mut Dice, strength: f32) {
    let frame = canvas.frame();
    for _ in 0..6 {
        let centre = (
            dice.between(0.0, frame.width),
            dice.between(0.0, frame.height),
        );
        let reach = dice.between(12.0, 40.0);
        let colour = *dice.pick(&[[150.0, 130.0, 96.0], [255.0, 252.0, 244.0]]);
        canvas.paint(frame, colour, |x, y| {
            let (u, v) = ((x - centre.0) / reach, (y - centre.1) / reach);
            strength * bell(2.0 * (u * u + v * v))
        });
    }
}
