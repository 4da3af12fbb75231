//! What lies about on desks: printed letters, pens, notes, a keyboard.

use super::canvas::{Canvas, Frame, Style, Typeface};
use crate::specimen::dice::Dice;
use crate::specimen::plane::{cosine, sine};

/// Litters a desk; the document is laid on top of it afterwards.
pub(crate) fn scatter(desk: &mut Canvas, dice: &mut Dice) {
    let (width, height) = (desk.width(), desk.height());
    for _ in 0..dice.number(1, 3) {
        let frame = Frame::new(
            dice.between(-0.5, 0.8) * width,
            dice.between(-0.5, 0.8) * height,
            dice.between(60.0, 150.0),
            dice.between(60.0, 200.0),
        );
        letter(desk, dice, frame);
    }
    if dice.chance(0.4) {
        keyboard(
            desk,
            (
                dice.between(-0.3, 0.7) * width,
                dice.between(-0.1, 0.9) * height,
            ),
        );
    }
    for _ in 0..dice.number(0, 2) {
        let turn = dice.unit();
        let start = (dice.unit() * width, dice.unit() * height);
        let end = (start.0 + 130.0 * cosine(turn), start.1 + 130.0 * sine(turn));
        let colour = *dice.pick(&[[30.0, 34.0, 46.0], [40.0, 66.0, 140.0], [176.0, 44.0, 44.0]]);
        desk.line(&[start, end], 8.0, colour, 1.0);
        desk.line(&[start, end], 2.0, colour.map(|v| v + 60.0), 0.6);
    }
}

/// A printed letter with lines of words and numbers.
fn letter(desk: &mut Canvas, dice: &mut Dice, frame: Frame) {
    desk.fill(frame, 0.0, [240.0, 239.0, 234.0], 1.0);
    let face = *dice.pick(&[Typeface::Sans, Typeface::SansItalic, Typeface::Mono]);
    let style = Style::new(face, dice.between(1.6, 2.6), [52.0, 52.0, 58.0]);
    let mut y = frame.y + 12.0;
    while y < frame.y + frame.height - 8.0 {
        let mut line = String::new();
        while desk.text_width(&line, style) < frame.width - 24.0 {
            let word = if dice.chance(0.12) {
                let digits = dice.number(2, 8) as usize;
                dice.symbols("0123456789", digits)
            } else {
                let letters = dice.number(2, 9) as usize;
                dice.symbols("eeeaaoiinnstrhldcumfpgwybvk", letters)
            };
            line += &word;
            line.push(' ');
        }
        if dice.chance(0.85) {
            desk.text(frame.x + 9.0, y, line.trim_end(), style);
        }
        y += style.capital * 2.1;
    }
}

/// A part of a keyboard: keys in rows, each with its letter.
pub(super) fn keyboard(desk: &mut Canvas, corner: (f32, f32)) {
    let style = Style::new(Typeface::Sans, 2.4, [226.0, 228.0, 230.0]);
    let base = Frame::new(corner.0 - 5.0, corner.1 - 5.0, 205.0, 67.0);
    desk.fill(base, 3.0, [52.0, 54.0, 58.0], 1.0);
    for (row, keys) in ["1234567890", "QWERTYUIOP", "ASDFGHJKL<"]
        .iter()
        .enumerate()
    {
        for (column, key) in keys.chars().enumerate() {
            let x = corner.0 + column as f32 * 19.0 + row as f32 * 4.5;
            let y = corner.1 + row as f32 * 19.0;
            desk.fill(Frame::new(x, y, 17.0, 17.0), 2.0, [34.0, 36.0, 40.0], 1.0);
            desk.text(x + 3.0, y + 6.5, &key.to_string(), style);
        }
    }
}
