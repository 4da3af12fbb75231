//! One drawn line of a machine-readable zone: what the recogniser is trained and measured on.
//!
//! A line is laid out in capitals (the height of a capital letter is 1), seen through a camera that
//! may be tilted, curved and poor, printed on paper with a pattern, and cut out as a strip the way a
//! locator cuts strips: [`HEIGHT`] pixels high, with a capital about [`CAPITAL`] of that. How often
//! each kind of damage comes is written out where it is dealt, and was set by looking at scans and
//! phone photographs of specimen documents.

mod capture;
mod face;
mod paper;
mod text;

use std::io::{self, Write};

use self::capture::Layout;
use super::dice::Dice;

/// Height of a strip in pixels.
pub const HEIGHT: usize = 24;
/// The height of a capital letter as a part of the strip's height, in a well cut strip.
pub const CAPITAL: f32 = 0.62;
/// The first eight bytes of a stream of lines.
pub const MAGIC: &[u8; 8] = b"lctnlin1";

/// A drawn line.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it says; empty when the strip shows no line of symbols.
    pub text: String,
    /// Height of a capital in the camera's pixels, before the strip was brought to [`HEIGHT`].
    pub capital: f32,
    /// Width of the strip in pixels.
    pub width: usize,
    /// `HEIGHT * width` grey values, row by row.
    pub pixels: Vec<u8>,
}

/// Line `index` of the series `seed`.
pub fn draw(seed: u64, index: u64) -> Line {
    let mut dice = Dice::at(seed, index);
    if dice.chance(0.02) {
        return capture::without_symbols(&mut dice);
    }
    let text = text::draw(&mut dice);
    let layout = Layout::deal(&mut dice, &text);
    capture::photograph(&mut dice, &layout, text)
}

/// Writes lines `first..first + count` as a stream: [`MAGIC`], then for each line four
/// little-endian 16-bit numbers (width, length of the text, capital height at capture in tenths of a
/// pixel, zero), the text, and `HEIGHT * width` grey bytes.
pub fn write_stream(seed: u64, first: u64, count: u64, out: &mut impl Write) -> io::Result<()> {
    out.write_all(MAGIC)?;
    for index in first..first.saturating_add(count) {
        let line = draw(seed, index);
        let head = [
            line.width as u16,
            line.text.len() as u16,
            (line.capital * 10.0).round() as u16,
            0,
        ];
        for number in head {
            out.write_all(&number.to_le_bytes())?;
        }
        out.write_all(line.text.as_bytes())?;
        out.write_all(&line.pixels)?;
    }
    out.flush()
}

/// What lines are drawn with: the alphabet of ICAO Doc 9303 part 3, and `Ñ`, which Spanish samples print
/// although no zone may hold it.
const SYMBOLS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<Ñ";

/// A symbol's place among [`SYMBOLS`]; what is not among them is drawn as a filler.
fn symbol_index(symbol: char) -> usize {
    SYMBOLS
        .chars()
        .position(|one| one == symbol)
        .unwrap_or(FILLER)
}

/// The filler's place among [`SYMBOLS`].
const FILLER: usize = 36;

/// The strips one below the other, for looking at.
pub fn sheet(lines: &[Line]) -> image::GrayImage {
    let step = HEIGHT + 4;
    let width = lines.iter().map(|line| line.width).max().unwrap_or(1);
    let mut sheet = image::GrayImage::from_pixel(
        width as u32,
        (step * lines.len().max(1)) as u32,
        image::Luma([128]),
    );
    for (number, line) in lines.iter().enumerate() {
        for (y, row) in line.pixels.chunks_exact(line.width).enumerate() {
            for (x, &value) in row.iter().enumerate() {
                sheet.put_pixel(x as u32, (number * step + y) as u32, image::Luma([value]));
            }
        }
    }
    sheet
}
