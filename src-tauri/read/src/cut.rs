//! Cutting the documents of one file apart.

use model::{DocumentKind, Reading, Region};
use vision::Decoded;

/// A document, or a side of one, cut out of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Which of the file's documents it belongs to, counted from 0.
    pub document: u32,
    /// Where it lay.
    pub region: Region,
    /// The picture of it, straightened and upright, as PNG.
    pub bytes: Vec<u8>,
}

/// A part smaller than this is no picture of a document.
const LEAST_SIDE: u32 = 64;

/// Cuts a file, which is decoded for it, apart where it holds several documents, every one of them known and with a place of its
/// own; otherwise there are no parts. Cards among `cards` that none of these documents shows, because nothing told what
/// they are, become parts too: left on the sheet, nobody would see them any more.
///
/// Each keeps the resolution of its page, or of the view in which it was read where that is finer.
/// The same pages and readings give the same parts.
pub fn cut(
    readings: &[Reading],
    cards: &[Region],
    decode: impl FnOnce() -> Result<Decoded, vision::DecodeError>,
) -> Vec<Part> {
    let is_whole = |reading: &Reading| {
        let known = |document: model::DocumentType| document.kind != DocumentKind::OtherId;
        reading.document_type.is_some_and(known)
            && !reading.fields.is_empty()
            && !reading.regions.is_empty()
    };
    if readings.len() < 2 || !readings.iter().all(is_whole) {
        return Vec::new();
    }
    let Ok(decoded) = decode() else {
        return Vec::new();
    };
    let known = readings.iter().map(|reading| reading.regions.clone());
    let is_unknown = |card: &&Region| {
        let mut shown = readings.iter().flat_map(|reading| &reading.regions);
        !shown.any(|region| region == *card)
    };
    let unknown = cards.iter().filter(is_unknown).map(|card| vec![*card]);
    let mut parts = Vec::new();
    for (number, regions) in known.chain(unknown).enumerate() {
        for region in regions {
            let size = (region.width, region.height);
            let page = decoded.pages.get(region.page as usize);
            let picture = page.and_then(|page| vision::page::cut_out(page, &region.quad, size));
            let Some(picture) = picture else {
                return Vec::new();
            };
            if picture.width().min(picture.height()) < LEAST_SIDE {
                return Vec::new();
            }
            let Ok(bytes) = vision::picture::png(&picture, None) else {
                return Vec::new();
            };
            parts.push(Part {
                document: u32::try_from(number).unwrap_or(u32::MAX),
                region: Region {
                    width: picture.width(),
                    height: picture.height(),
                    ..region
                },
                bytes,
            });
        }
    }
    // Where every document lies on a page of its own and fills it, the order is that of the pages.
    parts.sort_by_key(|part| part.region.page);
    parts
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};
    use model::{Quad, Reading, Region};
    use vision::Decoded;

    use super::cut;

    fn region(left: f32, top: f32) -> Region {
        Region {
            page: 0,
            quad: Quad::rectangle(left, top, left + 856.0, top + 540.0),
            width: 856,
            height: 540,
        }
    }

    /// A card of a known type that was read at a place.
    fn known(region: Region) -> Reading {
        let number = serde_json::json!({"value": "XA8271602", "confidence": 0.9, "needs_review": false,
            "evidence": []});
        serde_json::from_value(serde_json::json!({
            "engine": "1", "day": "2026-11-30", "document_type": "id_card_front",
            "definition": "id_card@1", "issuing_country": null, "mrz_format": null, "mrz": null,
            "fields": {"document_number": number}, "checks": [], "problems": [],
            "pages": [{"width": 2000, "height": 1300}], "regions": [region],
        }))
        .unwrap()
    }

    #[test]
    fn a_card_that_nothing_is_known_of_is_cut_out_beside_known_ones_and_not_for_itself() {
        let decode = || {
            Ok(Decoded {
                media_type: "image/png",
                pages: vec![RgbImage::from_pixel(2000, 1300, Rgb([240, 240, 240]))],
                layers: Vec::new(),
                problems: Vec::new(),
            })
        };
        let [one, other, unknown] =
            [(50.0, 50.0), (1000.0, 50.0), (50.0, 700.0)].map(|(left, top)| region(left, top));
        let cards = [one, unknown, other];
        let parts = cut(&[known(one), known(other)], &cards, decode);
        let places: Vec<_> = parts.iter().map(|part| part.region.quad).collect();
        assert_eq!(places, [one.quad, other.quad, unknown.quad]);
        let documents: Vec<u32> = parts.iter().map(|part| part.document).collect();
        assert_eq!(documents, [0, 1, 2]);
        assert_eq!(cut(&[known(one)], &cards, decode), []);
    }
}
