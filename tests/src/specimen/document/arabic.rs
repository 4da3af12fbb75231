//! Arabic as it is printed: letters take the form their neighbours ask for, lam and alef join, and the line runs
//! from right to left while numbers and Latin words in it run from left to right (Unicode standard, sections
//! 9.2 and 23.8, and annex 9).

use std::sync::LazyLock;

use ar_reshaper::config::LigaturesFlags;
use ar_reshaper::prelude::LigatureNames;
use ar_reshaper::{ArabicReshaper, Language, ReshaperConfig};
use unicode_bidi::{BidiInfo, Level};

/// Joins letters by the presentation forms of blocks FB50 and FE70.
static RESHAPER: LazyLock<ArabicReshaper> = LazyLock::new(|| {
    let mut forms = ReshaperConfig::new(Language::Arabic, LigaturesFlags::default());
    forms.delete_harakat = false;
    // Not every face has the one glyph for the name of God.
    forms.update_ligature(LigatureNames::ARABIC_LIGATURE_ALLAH, false);
    forms.to_reshaper()
});

/// A line in the order in which its glyphs stand from left to right, in presentation forms.
pub(super) fn shape(text: &str) -> String {
    let joined = RESHAPER.reshape(text);
    let directions = BidiInfo::new(&joined, Some(Level::rtl()));
    let turned: String = joined
        .char_indices()
        .map(|(at, symbol)| match symbol {
            '(' if directions.levels[at].is_rtl() => ')',
            ')' if directions.levels[at].is_rtl() => '(',
            other => other,
        })
        .collect();
    let directions = BidiInfo::new(&turned, Some(Level::rtl()));
    let lines = directions.paragraphs.iter();
    lines
        .map(|line| directions.reorder_line(line, line.range.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn letters_join_and_lines_turn() {
        // Lam and alef become one glyph; the word reads from the right.
        assert_eq!(shape("الاسم"), "\u{FEE2}\u{FEB3}\u{FEFB}\u{FE8D}");
        assert_eq!(shape("تونس"), "\u{FEB2}\u{FEE7}\u{FEEE}\u{FE97}");
        // Numbers keep their direction.
        assert_eq!(
            shape("123 تونس 4567"),
            "4567 \u{FEB2}\u{FEE7}\u{FEEE}\u{FE97} 123"
        );
        assert_eq!(shape("في 12/05/2019"), "12/05/2019 \u{FEF2}\u{FED3}");
        // What opens on the right closes on the left.
        assert_eq!(shape("(تونس)"), "(\u{FEB2}\u{FEE7}\u{FEEE}\u{FE97})");
    }
}
