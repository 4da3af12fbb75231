//! Draws barcodes on pages: any size of module, tilt, blur and noise, on an empty page or on a card.

use image::{GrayImage, Luma, imageops};
use model::Symbology;
use zxingcpp::BarcodeFormat;

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drawing {
    /// Kind of barcode.
    pub(crate) symbology: Symbology,
    /// Width of the narrowest element in pixels of the page.
    pub(crate) module: f32,
    /// Tilt against the page in degrees, clockwise.
    pub(crate) tilt: f32,
    /// Standard deviation of the blur in pixels.
    pub(crate) blur: f32,
}

/// An invented licence of some 270 bytes, as much as a card's barcode holds.
pub(crate) const LICENCE: &str = "@\n\u{1e}\rANSI 636000100002DL00410230ZV02710008DLDCAD\nDCBNONE\nDCDNONE\nDBA06062031\nDCSMUSTER\nDACERIKA\nDADANN\nDBD06062023\nDBB06061986\nDBC2\nDAYBRO\nDAU068 in\nDAG12 SAMPLE STREET\nDAIRICHMOND\nDAJVA\nDAK232690000  \nDAQT00000001\nDCF0000000000000001\nDCGUSA\nDDEN\nDDFN\nDDGN\rZVZVA01\r";

/// Text for the smaller symbols.
pub(crate) const SHORT: &str = "DC04FR000001125E16491A3E2000701FR6041LECTERN62INVENTED";

/// What a symbol of this kind holds when drawn.
pub(crate) fn content(symbology: Symbology) -> &'static str {
    match symbology {
        Symbology::Pdf417 => LICENCE,
        Symbology::DataMatrix | Symbology::QrCode | Symbology::Aztec => SHORT,
        Symbology::Code128 | Symbology::Code39 => "LECTERN 0042",
        Symbology::Interleaved2Of5 => "00420042",
    }
}

fn format(symbology: Symbology) -> BarcodeFormat {
    match symbology {
        Symbology::Pdf417 => BarcodeFormat::PDF417,
        Symbology::DataMatrix => BarcodeFormat::DataMatrix,
        Symbology::QrCode => BarcodeFormat::QRCode,
        Symbology::Aztec => BarcodeFormat::Aztec,
        Symbology::Code128 => BarcodeFormat::Code128,
        Symbology::Code39 => BarcodeFormat::Code39,
        Symbology::Interleaved2Of5 => BarcodeFormat::ITF,
    }
}

/// The symbol, a pixel a module, without a quiet zone.
fn symbol(symbology: Symbology) -> GrayImage {
    let writer = zxingcpp::write()
        .scale(1)
        .add_quiet_zones(false)
        .add_hrt(false);
    let drawn = zxingcpp::create(format(symbology))
        .from_str(content(symbology))
        .and_then(|barcode| barcode.to_image_with(&writer))
        .expect("the content fits the symbol");
    GrayImage::from_raw(drawn.width() as u32, drawn.height() as u32, drawn.data())
        .expect("as many pixels as it says")
}

/// A page of the given size with rows of strokes like print and a soft pattern like a card's, and no
/// barcode.
pub(crate) fn card(width: u32, height: u32) -> GrayImage {
    let mut dice = 7_u32;
    let mut roll = move || {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        dice >> 16
    };
    let mut page = GrayImage::from_fn(width, height, |x, y| {
        let wave = ((x as f32 / 9.0).sin() + ((x + 2 * y) as f32 / 13.0).cos()) * 6.0;
        Luma([(212.0 + wave) as u8])
    });
    for top in (height / 10..height - height / 10).step_by(44) {
        let mut x = width / 12;
        while x < width * 2 / 3 {
            let (stroke, tall) = (2 + roll() % 4, 12 + roll() % 12);
            let slant = roll() % 3;
            for y in 0..tall {
                for along in 0..stroke {
                    let at = (x + along + slant * y / 8, top + y);
                    if at.0 < width && at.1 < height {
                        page.put_pixel(at.0, at.1, Luma([45]));
                    }
                }
            }
            x += stroke + 3 + roll() % 7 + if roll() % 6 == 0 { 20 } else { 0 };
        }
    }
    page
}

/// The drawing on a page of its own size with some room, blurred, with a little noise.
pub(crate) fn page(drawing: &Drawing, background: u8) -> GrayImage {
    let symbol = symbol(drawing.symbology);
    // Linear codes are drawn a pixel high; cards print them some 40 modules high.
    let rows = if symbol.height() < 8 {
        40
    } else {
        symbol.height()
    };
    let (across, down) = (
        symbol.width() as f32 * drawing.module,
        rows as f32 * drawing.module,
    );
    let (sine, cosine) = drawing.tilt.to_radians().sin_cos();
    let room = 12.0 * drawing.module + 40.0;
    let width = (across * cosine.abs() + down * sine.abs() + 2.0 * room) as u32;
    let height = (across * sine.abs() + down * cosine.abs() + 2.0 * room) as u32;
    let sample = |x: f32, y: f32| {
        let (x, y) = (x - width as f32 / 2.0, y - height as f32 / 2.0);
        let u = (x * cosine + y * sine + across / 2.0) / drawing.module;
        let v = (y * cosine - x * sine + down / 2.0) / drawing.module;
        let inside = u >= 0.0 && v >= 0.0 && u < symbol.width() as f32 && v < rows as f32;
        let row = if symbol.height() < 8 { 0 } else { v as u32 };
        let dark = inside && symbol.get_pixel(u as u32, row).0[0] < 128;
        if dark { 40.0 } else { f32::from(background) }
    };
    let drawn = GrayImage::from_fn(width, height, |x, y| {
        let mut sum = 0.0;
        for part in 0..16 {
            let (right, below) = (part % 4, part / 4);
            sum += sample(
                x as f32 + (right as f32 + 0.5) / 4.0,
                y as f32 + (below as f32 + 0.5) / 4.0,
            );
        }
        Luma([(sum / 16.0) as u8])
    });
    let mut blurred = if drawing.blur > 0.0 {
        imageops::blur(&drawn, drawing.blur)
    } else {
        drawn
    };
    let mut dice = 99_u32;
    for value in blurred.iter_mut() {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (dice >> 24) as i16 % 13 - 6;
        *value = (i16::from(*value) + noise).clamp(0, 255) as u8;
    }
    blurred
}

/// The drawing in the lower part of a card-like page of the given size, or as much larger as it needs.
pub(crate) fn on_card(drawing: &Drawing, width: u32, height: u32) -> GrayImage {
    let drawn = page(drawing, 212);
    let width = width.max(drawn.width() + 100);
    let height = height.max(drawn.height() + 100);
    let mut page_with_print = card(width, height);
    let left = (width.saturating_sub(drawn.width()) / 2) as i64;
    let top = (height.saturating_sub(drawn.height())) as i64 * 3 / 4;
    imageops::replace(&mut page_with_print, &drawn, left, top);
    page_with_print
}
