//! Sizes of documents by their shape: ISO/IEC 7810 cards and booklets, ISO 216 paper.

use model::Quad;

use super::polygon;

/// Longer and shorter side in millimetres.
const ID_1: (f32, f32) = (85.6, 53.98);
const ID_3: (f32, f32) = (125.0, 88.0);
/// A passport opened flat: two pages of ID-3.
const OPEN_ID_3: (f32, f32) = (176.0, 125.0);
const A4: (f32, f32) = (297.0, 210.0);

/// The relation of the sides of a document lies between these.
const SHAPES: std::ops::RangeInclusive<f32> = 1.2..=1.85;

/// So far the relation of the sides may be off that of a format, by perspective and by rounding.
const TOLERANCE_OF_CARD: f32 = 0.07;
const TOLERANCE_OF_PAGE: f32 = 0.03;

/// Whether a quad has the shape of a card, booklet or sheet.
pub(super) fn is_document(quad: &Quad) -> bool {
    let (across, down) = polygon::sides(quad);
    SHAPES.contains(&(across.max(down) / across.min(down).max(1.0)))
}

/// Width and height of the card or booklet with this outline.
///
/// ID-2 and ID-3 have the same shape; almost all booklets are ID-3. The same shape on its side is a
/// booklet opened flat.
pub(super) fn of_card(outline: &Quad) -> Option<(f32, f32)> {
    let (across, down) = polygon::sides(outline);
    let booklet = if across >= down { ID_3 } else { OPEN_ID_3 };
    nearest(across, down, &[ID_1, booklet], TOLERANCE_OF_CARD)
}

/// Width and height of the document that a page shows and nothing else, as a tight scan does.
pub(super) fn of_page(width: u32, height: u32) -> Option<(f32, f32)> {
    let (across, down) = (width as f32, height as f32);
    let formats = if across >= down {
        [ID_1, ID_3]
    } else {
        [ID_1, A4]
    };
    nearest(across, down, &formats, TOLERANCE_OF_PAGE)
}

fn nearest(across: f32, down: f32, formats: &[(f32, f32)], tolerance: f32) -> Option<(f32, f32)> {
    let relation = across.max(down) / across.min(down).max(1.0);
    let off = |&&(longer, shorter): &&(f32, f32)| (relation / (longer / shorter) - 1.0).abs();
    let &(longer, shorter) = formats.iter().min_by(|a, b| off(a).total_cmp(&off(b)))?;
    if (relation / (longer / shorter) - 1.0).abs() > tolerance {
        return None;
    }
    Some(if across >= down {
        (longer, shorter)
    } else {
        (shorter, longer)
    })
}

#[cfg(test)]
mod tests {
    use super::{of_card, of_page};
    use model::Quad;

    #[test]
    fn formats_are_told_by_shape() {
        for (width, height, card, page) in [
            (1016.0, 640.0, Some((85.6, 53.98)), Some((85.6, 53.98))),
            (640.0, 1016.0, Some((53.98, 85.6)), Some((53.98, 85.6))),
            (1250.0, 880.0, Some((125.0, 88.0)), Some((125.0, 88.0))),
            (1240.0, 1754.0, Some((125.0, 176.0)), Some((210.0, 297.0))),
            (1000.0, 1000.0, None, None),
            (1000.0, 500.0, None, None),
        ] {
            assert_eq!(of_card(&Quad::rectangle(0.0, 0.0, width, height)), card);
            assert_eq!(of_page(width as u32, height as u32), page);
        }
    }
}
