//! Files of every kind, sound and hostile, through `decode`.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot make its input has failed"
)]

use std::io::Cursor;

use image::{
    DynamicImage, ExtendedColorType, ImageBuffer, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba,
    RgbaImage,
    codecs::{gif::GifEncoder, jpeg::JpegEncoder, tiff::TiffEncoder},
};
use lectern_vision::{DecodeError, Limits, decode, media_type};
use proptest::prelude::*;

/// A picture in which every corner has a colour of its own.
fn corners(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        match (x < width / 2, y < height / 2) {
            (true, true) => Rgb([200, 30, 30]),
            (false, true) => Rgb([30, 200, 30]),
            (true, false) => Rgb([30, 30, 200]),
            (false, false) => Rgb([230, 230, 230]),
        }
    })
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn close(page: &RgbImage, x: u32, y: u32, expect: [u8; 3]) {
    let got = page.get_pixel(x, y).0;
    let near = got.iter().zip(expect).all(|(a, b)| a.abs_diff(b) < 12);
    assert!(near, "{got:?} at {x}, {y} is not {expect:?}");
}

#[test]
fn every_format_gives_its_picture() {
    let picture = DynamicImage::ImageRgb8(corners(64, 40));
    for (format, name) in [
        (ImageFormat::Jpeg, "image/jpeg"),
        (ImageFormat::Png, "image/png"),
        (ImageFormat::Tiff, "image/tiff"),
        (ImageFormat::WebP, "image/webp"),
        (ImageFormat::Bmp, "image/bmp"),
        (ImageFormat::Gif, "image/gif"),
    ] {
        let bytes = encoded(&picture, format);
        assert_eq!(media_type(&bytes), Some(name));
        let decoded = decode(&bytes, &Limits::DEFAULT).unwrap();
        assert_eq!(decoded.media_type, name);
        assert_eq!(decoded.problems, []);
        let [page] = decoded.pages.as_slice() else {
            panic!("{name} has {} pages", decoded.pages.len());
        };
        assert_eq!(page.dimensions(), (64, 40));
        close(page, 10, 8, [200, 30, 30]);
        close(page, 50, 30, [230, 230, 230]);
    }
}

#[test]
fn samples_of_every_kind_become_rgb_on_white() {
    let clear: RgbaImage = ImageBuffer::from_pixel(8, 8, Rgba([0, 0, 0, 0]));
    let half: RgbaImage = ImageBuffer::from_pixel(8, 8, Rgba([0, 0, 0, 128]));
    let deep: ImageBuffer<Rgb<u16>, Vec<u16>> =
        ImageBuffer::from_pixel(8, 8, Rgb([0xffff, 0x8000, 0x0100]));
    let deep_grey = ImageBuffer::from_pixel(8, 8, image::Luma([0x4000_u16]));
    for (picture, expect) in [
        (DynamicImage::ImageRgba8(clear), [255, 255, 255]),
        (DynamicImage::ImageRgba8(half), [127, 127, 127]),
        (DynamicImage::ImageRgb16(deep), [255, 128, 1]),
        (DynamicImage::ImageLuma16(deep_grey), [64, 64, 64]),
    ] {
        for format in [ImageFormat::Png, ImageFormat::Tiff] {
            let bytes = encoded(&picture, format);
            let decoded = decode(&bytes, &Limits::DEFAULT).unwrap();
            assert_eq!(decoded.pages[0].get_pixel(3, 3).0, expect, "{format:?}");
        }
    }
}

/// A JPEG with four inks, inverted as Adobe's programs write them and marked by an APP14 segment
/// (ITU-T T.872 section 6.5.3). No encoder at hand writes such a file, so it is put together here.
#[test]
fn cmyk_is_understood() {
    // 8 × 8 pixels, one block a component. The table for DC has two codes: 0 for no difference, 10
    // for one of five bits; the table for AC has one: 0 for the end of the block.
    let mut bytes = vec![0xff, 0xd8];
    let mut segment = |marker: u8, body: &[u8]| {
        bytes.extend([0xff, marker]);
        bytes.extend((body.len() as u16 + 2).to_be_bytes());
        bytes.extend(body);
    };
    segment(0xee, b"Adobe\x00\x64\x00\x00\x00\x00\x00");
    segment(0xdb, &[&[0][..], &[32; 64]].concat());
    segment(
        0xc0,
        &[
            8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0,
        ],
    );
    let lengths = |counts: [u8; 2]| [&counts[..], &[0; 14]].concat();
    segment(0xc4, &[&[0x00][..], &lengths([1, 1]), &[0, 5]].concat());
    segment(0xc4, &[&[0x10][..], &lengths([1, 0]), &[0]].concat());
    segment(0xda, &[4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
    // A value is 128 + difference · 32 / 8: the differences +31, +31, -31, +31 give 252 for cyan,
    // magenta and black and 4 for yellow, and inverted inks multiply: 252 · 252 / 255 is 249.
    let bits = "10111110".to_owned() + "10111110" + "10000000" + "10111110";
    let scan: Vec<u8> = (0..bits.len())
        .step_by(8)
        .map(|at| u8::from_str_radix(&bits[at..at + 8], 2).unwrap())
        .collect();
    bytes.extend(scan);
    bytes.extend([0xff, 0xd9]);
    let decoded = decode(&bytes, &Limits::DEFAULT).unwrap();
    assert_eq!(decoded.problems, []);
    close(&decoded.pages[0], 4, 4, [249, 249, 4]);
}

/// A JPEG whose EXIF block asks for a turn.
fn turned_jpeg(orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    let exif = [
        &b"MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"[..],
        &[orientation],
        &[0; 6],
    ]
    .concat();
    encoder.set_exif_metadata(exif).unwrap();
    encoder
        .write_image(&corners(64, 32), 64, 32, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

#[test]
fn exif_orientation_is_applied() {
    let (red, green, blue, white) = ([200, 30, 30], [30, 200, 30], [30, 30, 200], [230, 230, 230]);
    // Top left and top right corner of the upright picture (Exif 2.32 section 4.6.4).
    for (orientation, size, left, right) in [
        (1, (64, 32), red, green),
        (2, (64, 32), green, red),
        (3, (64, 32), white, blue),
        (4, (64, 32), blue, white),
        (5, (32, 64), red, blue),
        (6, (32, 64), blue, red),
        (7, (32, 64), white, green),
        (8, (32, 64), green, white),
    ] {
        let decoded = decode(&turned_jpeg(orientation), &Limits::DEFAULT).unwrap();
        let page = &decoded.pages[0];
        assert_eq!(page.dimensions(), size, "orientation {orientation}");
        close(page, 4, 4, left);
        close(page, size.0 - 5, 4, right);
    }
}

/// A TIFF of pages of one colour each, single-page files whose directories are chained, and where the
/// last directory names its successor.
fn tiff(colours: &[[u8; 3]]) -> (Vec<u8>, usize) {
    let mut file: Vec<u8> = Vec::new();
    let mut link = 4;
    for &colour in colours {
        let mut page = Cursor::new(Vec::new());
        TiffEncoder::new(&mut page)
            .write_image(
                &RgbImage::from_pixel(12, 9, Rgb(colour)),
                12,
                9,
                ExtendedColorType::Rgb8,
            )
            .unwrap();
        let page = page.into_inner();
        let base = file.len() as u32;
        let u32_at = |at: usize| u32::from_le_bytes(page[at..at + 4].try_into().unwrap());
        let directory = u32_at(4) as usize;
        let entries = usize::from(u16::from_le_bytes([page[directory], page[directory + 1]]));
        let mut moved = page.clone();
        for entry in 0..entries {
            let at = directory + 2 + entry * 12;
            let tag = u16::from_le_bytes([page[at], page[at + 1]]);
            let kind = u16::from_le_bytes([page[at + 2], page[at + 3]]);
            let size = [0, 1, 1, 2, 4, 8][usize::from(kind)] * u32_at(at + 4);
            // Values of more than four bytes and the strips' offsets are positions in the file.
            if size > 4 || tag == 273 {
                let value = u32_at(at + 8) + base;
                moved[at + 8..at + 12].copy_from_slice(&value.to_le_bytes());
            }
        }
        if base == 0 {
            file = moved;
        } else {
            file.extend(moved);
            let start = base + directory as u32;
            file[link..link + 4].copy_from_slice(&start.to_le_bytes());
        }
        link = base as usize + directory + 2 + entries * 12;
    }
    (file, link)
}

#[test]
fn every_page_of_a_tiff_is_read() {
    let (file, _) = tiff(&[[200, 0, 0], [0, 200, 0], [0, 0, 200]]);
    let decoded = decode(&file, &Limits::DEFAULT).unwrap();
    let colours: Vec<[u8; 3]> = decoded
        .pages
        .iter()
        .map(|page| page.get_pixel(5, 5).0)
        .collect();
    assert_eq!(colours, [[200, 0, 0], [0, 200, 0], [0, 0, 200]]);
    assert_eq!(decoded.problems, []);

    let two = Limits {
        pages: 2,
        ..Limits::DEFAULT
    };
    let decoded = decode(&file, &two).unwrap();
    assert_eq!(decoded.pages.len(), 2);
    assert_eq!(decoded.problems[0].code, "pages_left_out");

    // The limit on pixels holds for all pages together.
    let few = Limits {
        pixels: 12 * 9 * 2,
        ..Limits::DEFAULT
    };
    let decoded = decode(&file, &few).unwrap();
    assert_eq!(decoded.pages.len(), 2);
    assert_eq!(decoded.problems[0].code, "page_unreadable");
}

#[test]
fn a_bad_later_page_and_a_loop_cost_only_themselves() {
    let (mut file, link) = tiff(&[[200, 0, 0], [0, 200, 0]]);
    // The last page names the first as its successor.
    let first = file[4..8].to_vec();
    file[link..link + 4].copy_from_slice(&first);
    assert_eq!(decode(&file, &Limits::DEFAULT).unwrap().pages.len(), 2);
    // Cut off behind the first page.
    let cut = &file[..file.len() / 2 + 20];
    let decoded = decode(cut, &Limits::DEFAULT).unwrap();
    assert_eq!(decoded.pages.len(), 1);
}

#[test]
fn animations_give_their_first_frame_and_say_so() {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for colour in [[200, 0, 0, 255], [0, 200, 0, 255]] {
        let frame = RgbaImage::from_pixel(20, 10, Rgba(colour));
        encoder
            .encode(&frame, 20, 10, ExtendedColorType::Rgba8)
            .unwrap();
    }
    drop(encoder);
    let decoded = decode(&bytes, &Limits::DEFAULT).unwrap();
    assert_eq!(decoded.pages.len(), 1);
    close(&decoded.pages[0], 5, 5, [200, 0, 0]);
    assert_eq!(decoded.problems[0].code, "animation_first_frame");
}

#[test]
fn broken_off_files_give_what_is_there() {
    let mut noisy = corners(200, 200);
    for x in 0..200 {
        for y in 0..200 {
            let value = (x * 7919 + y * 104_729) % 61;
            noisy.get_pixel_mut(x, y).0[0] ^= value as u8;
        }
    }
    let picture = DynamicImage::ImageRgb8(noisy);
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let bytes = encoded(&picture, format);
        let decoded = decode(&bytes[..bytes.len() * 2 / 3], &Limits::DEFAULT).unwrap();
        assert_eq!(decoded.problems[0].code, "image_truncated", "{format:?}");
        assert_eq!(decoded.pages[0].dimensions(), (200, 200));
        assert!(decoded.pages[0].get_pixel(150, 10).0[1] > 150);
        let error = decode(&bytes[..bytes.len() / 40], &Limits::DEFAULT).unwrap_err();
        assert!(
            matches!(error.code(), "image_truncated" | "image_damaged"),
            "{format:?}: {error}"
        );
    }
}

/// The first bytes of a PNG of any size, as a bomb's.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

/// The first bytes of a JPEG of any size.
fn jpeg_header(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xc0, 0, 11, 8];
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend([1, 1, 0x11, 0]);
    bytes
}

#[test]
fn refusals_have_a_code_and_a_sentence() {
    let small = Limits {
        bytes: 20,
        ..Limits::DEFAULT
    };
    for (bytes, limits, code, sentence) in [
        (
            Vec::new(),
            Limits::DEFAULT,
            "file_empty",
            "The file is empty",
        ),
        (
            vec![0; 21],
            small,
            "file_too_large",
            "The file has 1 MB; at most 0 MB are read",
        ),
        (
            b" \n\t\n".to_vec(),
            Limits::DEFAULT,
            "file_without_text",
            "There is neither text nor a picture in this file",
        ),
        (
            b"%PDF-1.7\n%\xe2\xe3".to_vec(),
            Limits::DEFAULT,
            "file_damaged",
            "The PDF file is damaged and cannot be opened",
        ),
        (
            b"\x00\x00\x00\x18ftypavif\x00\x00".to_vec(),
            Limits::DEFAULT,
            "format_unsupported",
            "This is an AVIF picture; pictures (JPEG, PNG, TIFF, WebP, BMP, GIF, HEIC, JPEG 2000), PDFs, office documents, texts, e-mails, ZIP archives and videos are taken",
        ),
        (
            vec![0, 1, 2, 3, 250],
            Limits::DEFAULT,
            "not_an_image",
            "This is neither a picture nor a document: its bytes belong to no known format",
        ),
        (
            png_header(40_000, 40_000),
            Limits::DEFAULT,
            "image_too_large",
            "The PNG picture says that it is 40000 × 40000 pixels; at most 120 million pixels and 30000 on a side are read",
        ),
        (
            jpeg_header(40_000, 40_000),
            Limits::DEFAULT,
            "image_too_large",
            "The JPEG picture says that it is 40000 × 40000 pixels; at most 120 million pixels and 30000 on a side are read",
        ),
        (
            png_header(0, 0),
            Limits::DEFAULT,
            "image_without_pixels",
            "The PNG picture says that it is 0 × 0 pixels: there is nothing to read",
        ),
        (
            jpeg_header(0, 30),
            Limits::DEFAULT,
            "image_without_pixels",
            "The JPEG picture says that it is 0 × 30 pixels: there is nothing to read",
        ),
        (
            b"GIF89a\x00\x00\x00\x00\x00\x00\x00".to_vec(),
            Limits::DEFAULT,
            "image_without_pixels",
            "The GIF picture says that it is 0 × 0 pixels: there is nothing to read",
        ),
    ] {
        let error: DecodeError = decode(&bytes, &limits).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, sentence));
    }
}

#[test]
fn media_types_go_by_the_bytes() {
    for (bytes, expect) in [
        (&b"RIFF\x00\x00\x00\x00WEBPVP8 "[..], Some("image/webp")),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", None),
        (
            b"BM\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x28\x00\x00\x00",
            Some("image/bmp"),
        ),
        (b"BMW is a maker of cars", Some("text/plain")),
        (b"MM\x00\x2a", Some("image/tiff")),
        (b"II\x2b\x00", Some("image/tiff")),
        (b"\x00\x00\x00\x20ftypavif", Some("image/avif")),
        (b"PK\x03\x04\x14\x00", Some("application/zip")),
        (b"<!DOCTYPE html><p>", Some("text/html")),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'>",
            Some("image/svg+xml"),
        ),
        (b"", None),
        (b"\xff", None),
    ] {
        assert_eq!(media_type(bytes), expect, "{bytes:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn arbitrary_bytes_never_panic(
        head in prop::sample::select(vec![
            &b"\xff\xd8\xff"[..], b"\x89PNG\r\n\x1a\n", b"II\x2a\x00\x08\x00\x00\x00",
            b"MM\x00\x2a\x00\x00\x00\x08", b"II\x2b\x00", b"GIF89a", b"BM",
            b"RIFF\xff\x00\x00\x00WEBPVP8L", b"", b"%PDF-1.7\n", b"PK\x03\x04", b"{\\rtf1 ",
            b"\x00\x00\x00\x18ftypheic", b"\x00\x00\x00\x18ftypisom", b"\xff\x4f\xff\x51",
            b"\x1a\x45\xdf\xa3", b"RIFF\xff\x00\x00\x00AVI LIST", b"From: a\nTo: b\n\n",
            b"<!doctype html>", b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>",
        ]),
        tail in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let bytes = [head, &tail].concat();
        let limits = Limits { pixels: 4_000_000, ..Limits::DEFAULT };
        if let Ok(decoded) = decode(&bytes, &limits) {
            prop_assert!(!decoded.pages.is_empty());
        }
    }

    #[test]
    fn damaged_files_never_panic(
        format in prop_oneof![
            Just(ImageFormat::Jpeg), Just(ImageFormat::Png), Just(ImageFormat::Tiff),
            Just(ImageFormat::WebP), Just(ImageFormat::Bmp), Just(ImageFormat::Gif),
        ],
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        keep in any::<prop::sample::Index>(),
    ) {
        let mut bytes = encoded(&DynamicImage::ImageRgb8(corners(33, 21)), format);
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let limits = Limits { pixels: 4_000_000, ..Limits::DEFAULT };
        let _ = decode(&bytes, &limits);
        bytes.truncate(keep.index(bytes.len()));
        let _ = decode(&bytes, &limits);
    }
}
