//! Barcodes drawn on pages: read however they lie, blurred or small, in the place where they are.

use lectern_vision::barcode;
use model::{Payload, Symbology};

mod drawn_barcode;

use drawn_barcode::{Drawing, card, content, on_card, page};

fn read(drawing: &Drawing) -> Option<Payload> {
    barcode::find(&on_card(drawing, 1200, 760))
        .into_iter()
        .find(|payload| payload.symbology == drawing.symbology)
}

/// A subset of the table in `docs/reading/barcodes.md`, whose figures may only rise.
#[test]
fn tilted_small_and_blurred_barcodes_are_read() {
    let drawings = [
        (Symbology::Pdf417, 2.0, 15.0, 0.0),
        (Symbology::Pdf417, 3.0, 5.0, 0.35),
        (Symbology::Pdf417, 3.0, 12.0, 0.6),
        (Symbology::DataMatrix, 3.0, 8.0, 0.35),
        (Symbology::QrCode, 2.0, 12.0, 0.35),
        (Symbology::QrCode, 4.0, 3.0, 0.6),
        (Symbology::Aztec, 4.0, 15.0, 0.35),
        (Symbology::Code128, 2.0, 5.0, 0.6),
    ];
    for (symbology, module, tilt, blur) in drawings {
        let drawing = Drawing {
            symbology,
            module,
            tilt,
            blur: blur * module,
        };
        let found = read(&drawing).map(|payload| payload.text.into_inner());
        assert_eq!(found.as_deref(), Some(content(symbology)), "{drawing:?}");
    }
}

#[test]
fn control_characters_of_a_payload_are_kept() {
    let drawing = Drawing {
        symbology: Symbology::Pdf417,
        module: 3.0,
        tilt: 0.0,
        blur: 0.0,
    };
    let payload = read(&drawing).unwrap();
    assert!(payload.text.expose().starts_with("@\n\u{1e}\rANSI "));
}

#[test]
fn the_quad_is_where_the_barcode_lies() {
    let drawing = Drawing {
        symbology: Symbology::Pdf417,
        module: 3.0,
        tilt: 10.0,
        blur: 1.0,
    };
    let page = page(&drawing, 230);
    let found = barcode::find(&page);
    let [payload] = found.as_slice() else {
        panic!("{} barcodes", found.len());
    };
    let [a, b, c, d] = payload.quad.0;
    let middle = ((a.x + b.x + c.x + d.x) / 4.0, (a.y + b.y + c.y + d.y) / 4.0);
    assert!(
        (middle.0 - page.width() as f32 / 2.0).abs() < 8.0,
        "{middle:?}"
    );
    assert!(
        (middle.1 - page.height() as f32 / 2.0).abs() < 8.0,
        "{middle:?}"
    );
    let tilt = (b.y - a.y).atan2(b.x - a.x).to_degrees();
    assert!((tilt - 10.0).abs() < 2.0, "{tilt}");
}

/// The magnetic stripe of a licence runs along its barcode, the card's outline around both: dense edges that
/// touch those of the symbol.
#[test]
fn a_barcode_beside_a_stripe_is_read() {
    for (tilt, blur) in [(7.0, 1.0), (11.0, 1.2)] {
        let drawing = Drawing {
            symbology: Symbology::Pdf417,
            module: 2.0,
            tilt,
            blur,
        };
        let mut page = page(&drawing, 225);
        let (width, height) = (page.width() as f32, page.height() as f32);
        let (sine, cosine) = f32::to_radians(tilt).sin_cos();
        // The symbol's own height: its rows and columns are as many at any size.
        let straight = self::page(
            &Drawing {
                tilt: 0.0,
                blur: 0.0,
                ..drawing
            },
            225,
        );
        let half = straight.height() as f32 / 2.0 - (12.0 * drawing.module + 40.0);
        for (x, y, pixel) in page.enumerate_pixels_mut() {
            let (x, y) = (x as f32 + 0.5 - width / 2.0, y as f32 + 0.5 - height / 2.0);
            let down = y * cosine - x * sine;
            if (-half - 44.0..-half - 8.0).contains(&down) {
                pixel.0[0] = 34;
            }
        }
        let found = barcode::find(&page);
        assert_eq!(found.len(), 1, "{tilt}°");
        assert_eq!(found[0].text.expose(), content(Symbology::Pdf417));
    }
}

#[test]
fn a_page_without_a_barcode_has_none() {
    assert_eq!(barcode::find(&card(1200, 760)), Vec::new());
    for (width, height) in [(0, 0), (1, 1), (3, 900), (40, 40)] {
        let page = image::GrayImage::from_pixel(width, height, image::Luma([200]));
        assert_eq!(barcode::find(&page), Vec::new());
    }
}
