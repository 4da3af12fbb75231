//! The typeface of the paper: DejaVu Sans, cut down to Latin, Greek, Cyrillic and the forms of Arabic.

use ttf_parser::{Face, GlyphId};

/// The font file, as it lies in `fonts`.
pub(super) const FILE: &[u8] = include_bytes!("../../fonts/DejaVuSans.ttf");

/// What stands for a letter that the face has not.
const UNKNOWN: char = '?';

/// The face with what is asked of it all the time.
pub(super) struct Type {
    face: Face<'static>,
}

impl Type {
    pub(super) fn load() -> Self {
        #[expect(
            clippy::expect_used,
            reason = "the committed font is sound, and a test loads it"
        )]
        let face = Face::parse(FILE, 0).expect("the committed font is sound");
        Self { face }
    }

    /// The glyph of a letter and the letter itself, or those of a question mark.
    pub(super) fn glyph(&self, letter: char) -> (u16, char) {
        let of = |letter| Some((self.face.glyph_index(letter)?.0, letter));
        of(letter).or_else(|| of(UNKNOWN)).unwrap_or((0, letter))
    }

    /// How far a glyph takes the pen, in thousandths of the size.
    pub(super) fn advance(&self, glyph: u16) -> f32 {
        let units = f32::from(self.face.units_per_em());
        let advance = self.face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0);
        f32::from(advance) * 1000.0 / units
    }

    /// How many glyphs there are.
    pub(super) fn glyphs(&self) -> u16 {
        self.face.number_of_glyphs()
    }

    /// Ascent, descent and the box around all glyphs (left, bottom, right, top), in thousandths of the size.
    pub(super) fn measures(&self) -> (f32, f32, [f32; 4]) {
        let units = f32::from(self.face.units_per_em());
        let scaled = |value: i16| f32::from(value) * 1000.0 / units;
        let bounds = self.face.global_bounding_box();
        let around = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max];
        (
            scaled(self.face.ascender()),
            scaled(self.face.descender()),
            around.map(scaled),
        )
    }

    /// Width of a line that is set in this size.
    pub(super) fn width(&self, line: &str, size: f32) -> f32 {
        let advances = line
            .chars()
            .map(|letter| self.advance(self.glyph(letter).0));
        advances.sum::<f32>() * size / 1000.0
    }
}
