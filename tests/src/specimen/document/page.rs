//! Pages that are no identity document, and on which a reader must find no zone: what lies next to
//! documents in an office and resembles one most.

use std::collections::BTreeMap;

use super::canvas::{Canvas, Style, Typeface};
use super::clutter::keyboard;
use super::{Kind, Said, Sheet};
use crate::specimen::dice::Dice;
use crate::specimen::mrz::fill;

const TEXT: [f32; 3] = [40.0, 40.0, 46.0];

pub(super) fn draw(kind: Kind, dice: &mut Dice, scale: f32) -> Sheet {
    let mut canvas = Canvas::new(148.0, 105.0, scale, [250.0, 249.0, 246.0]);
    match kind {
        Kind::KeyboardPhoto => {
            canvas = Canvas::new(205.0, 75.0, scale, [120.0, 116.0, 112.0]);
            keyboard(&mut canvas, (6.0, 8.0));
        }
        Kind::TableOfDigits => table(&mut canvas, dice),
        Kind::CodeListing => code(&mut canvas, dice),
        _ => letter(&mut canvas, dice),
    }
    Sheet {
        canvas,
        radius: 0.0,
        mrz_frames: Vec::new(),
        said: Said {
            doc_type: "",
            issuing_country: "",
            zone: None,
            fields: BTreeMap::new(),
        },
    }
}

/// A letter that asks for money: running text and an account number in groups of four.
fn letter(canvas: &mut Canvas, dice: &mut Dice) {
    let style = Style::new(Typeface::Sans, 1.9, TEXT);
    let mut y = 12.0;
    for line in 0..17 {
        let text = if line == 12 {
            let groups: Vec<String> = (0..5).map(|_| dice.symbols("0123456789", 4)).collect();
            format!(
                "IBAN UT{} {}",
                dice.symbols("0123456789", 2),
                groups.join(" ")
            )
        } else {
            let words: Vec<String> = (0..dice.number(7, 12))
                .map(|_| {
                    let length = dice.number(2, 9) as usize;
                    dice.symbols("eeeaaoiinnstrhldcumfpgwybvk", length)
                })
                .collect();
            words.join(" ")
        };
        let spaced = if line == 12 {
            Style {
                face: Typeface::Mono,
                ..style
            }
        } else {
            style
        };
        canvas.text_within(12.0, y, 124.0, &text, spaced);
        y += 5.2;
    }
}

/// Columns of numbers in a face of one width, as accounts print them.
fn table(canvas: &mut Canvas, dice: &mut Dice) {
    let face = *dice.pick(&[Typeface::Mono, Typeface::OcrB]);
    let style = Style::new(face, 1.9, TEXT);
    for row in 0..16 {
        let y = 10.0 + row as f32 * 5.6;
        for column in 0..6 {
            let count = dice.number(3, 9) as usize;
            let digits = dice.symbols("0123456789", count);
            canvas.text_to(26.0 + column as f32 * 22.0, y, &digits, style);
        }
    }
}

/// A program's text, with the shifts and comparisons that look like fillers.
fn code(canvas: &mut Canvas, dice: &mut Dice) {
    let style = Style::new(Typeface::Mono, 1.7, TEXT);
    for row in 0..19 {
        let name = |dice: &mut Dice| {
            let length = dice.number(3, 9) as usize;
            dice.symbols("abcdefghiklmnoprstuvwxy_", length)
        };
        let text = match dice.below(5) {
            0 => format!(
                "for (int {0} = 0; {0} < {1}; {0}++) {{",
                name(dice),
                dice.number(2, 999)
            ),
            1 => format!(
                "    {} = {} << {};",
                name(dice),
                name(dice),
                dice.number(1, 31)
            ),
            2 => format!(
                "    std::vector<std::pair<{}, {}>> {};",
                name(dice),
                name(dice),
                name(dice)
            ),
            3 => format!("    cout << {} << \"{}\" << endl;", name(dice), name(dice)),
            _ => format!(
                "// {}",
                fill(&name(dice).to_uppercase(), 30).replace('<', "-")
            ),
        };
        canvas.text_within(10.0, 9.0 + row as f32 * 5.0, 128.0, &text, style);
    }
}
