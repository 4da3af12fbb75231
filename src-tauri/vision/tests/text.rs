//! Text on drawn pages: what is read, where, which way up, and by whom.

use ab_glyph::{Font, FontRef, Point as At, PxScale, ScaleFont};
use image::{Rgb, RgbImage, imageops};
use lectern_vision::text::{Languages, Reader};
use model::{Line, Personal, Quad, Sheet, Word};
use proptest::prelude::*;

static SANS: &[u8] = include_bytes!("../../../tests/fonts/LiberationSans-Regular.ttf");
static NASKH: &[u8] = include_bytes!("../../../tests/fonts/NotoNaskhArabic-Regular.ttf");

const PAPER: Rgb<u8> = Rgb([232, 228, 216]);

/// A text with the left end of its baseline and its size, in pixels.
struct Print<'a>(&'a str, f32, f32, f32);

fn page(width: u32, height: u32, font: &'static [u8], prints: &[Print]) -> RgbImage {
    let mut page = RgbImage::from_pixel(width, height, PAPER);
    let font = FontRef::try_from_slice(font).expect("the font is whole");
    for &Print(text, left, baseline, size) in prints {
        let scaled = font.as_scaled(PxScale::from(size));
        let mut pen = left;
        for letter in text.chars() {
            let id = font.glyph_id(letter);
            let glyph = id.with_scale_and_position(
                PxScale::from(size),
                At {
                    x: pen,
                    y: baseline,
                },
            );
            pen += scaled.h_advance(id);
            let Some(outline) = font.outline_glyph(glyph) else {
                continue;
            };
            let bounds = outline.px_bounds();
            outline.draw(|x, y, covered| {
                let (x, y) = (bounds.min.x as u32 + x, bounds.min.y as u32 + y);
                if let Some(pixel) = page.get_pixel_mut_checked(x, y) {
                    for level in &mut pixel.0 {
                        *level = (f32::from(*level) * (1.0 - covered) + 24.0 * covered) as u8;
                    }
                }
            });
        }
    }
    page
}

/// A card of an invented person.
fn card() -> RgbImage {
    page(
        1000,
        630,
        SANS,
        &[
            Print("REPUBLIC OF UTOPIA", 60.0, 80.0, 44.0),
            Print("Nom / Surname", 60.0, 160.0, 26.0),
            Print("GARCÍA MÜLLER", 60.0, 205.0, 38.0),
            Print("Date de naissance", 60.0, 290.0, 26.0),
            Print("12.08.1990", 60.0, 335.0, 38.0),
            Print("Łódź", 560.0, 335.0, 38.0),
            Print("Nº 4711-0815", 60.0, 460.0, 38.0),
            Print("Préfecture de la Côte-d'Or", 60.0, 560.0, 30.0),
        ],
    )
}

fn reader() -> Reader {
    Reader::new(&Languages::default()).expect("the networks are in the program")
}

fn texts(sheet: &Sheet) -> Vec<String> {
    sheet.lines.iter().map(Line::text).collect()
}

fn word<'a>(sheet: &'a Sheet, text: &str) -> &'a Word {
    let words = sheet.lines.iter().flat_map(|line| &line.words);
    words
        .into_iter()
        .find(|word| word.text.expose() == text)
        .expect("the word was read")
}

#[test]
fn lines_come_in_order_with_accents_and_a_second_reading() {
    let sheet = reader().read(&card(), &[]).unwrap();
    assert_eq!((sheet.width, sheet.height), (1000, 630));
    let expected = [
        "REPUBLIC OF UTOPIA",
        "Nom / Surname",
        "GARCÍA MÜLLER",
        "Date de naissance",
        "12.08.1990",
        "Łódź",
        "Nº 4711-0815",
        "Préfecture de la Côte-d'Or",
    ];
    assert_eq!(texts(&sheet), expected);
    for agreed in ["REPUBLIC", "Surname", "12.08.1990", "4711-0815"] {
        let word = word(&sheet, agreed);
        assert_eq!(word.second.as_ref().map(Personal::expose), Some(agreed));
        assert!(word.confidence > 0.9);
    }
}

#[test]
fn words_lie_where_they_were_drawn() {
    let sheet = reader().read(&card(), &[]).unwrap();
    let font = FontRef::try_from_slice(SANS).unwrap();
    let scaled = font.as_scaled(PxScale::from(38.0));
    let width = |text: &str| -> f32 {
        text.chars()
            .map(|letter| scaled.h_advance(font.glyph_id(letter)))
            .sum()
    };
    let from = 60.0 + width("GARCÍA ");
    let (left, top, right, bottom) = word(&sheet, "MÜLLER").quad.bounds();
    assert!((left - from).abs() < 14.0, "{left} for {from}");
    assert!((right - from - width("MÜLLER")).abs() < 14.0);
    assert!(top > 150.0 && top < 178.0 && bottom > 203.0 && bottom < 225.0);
}

#[test]
fn a_page_that_lies_on_its_side_or_head_says_how_to_turn_it() {
    let mut reader = reader();
    let card = card();
    assert_eq!(reader.upright(&card).unwrap(), 0);
    assert_eq!(reader.upright(&imageops::rotate270(&card)).unwrap(), 1);
    assert_eq!(reader.upright(&imageops::rotate180(&card)).unwrap(), 2);
    assert_eq!(reader.upright(&imageops::rotate90(&card)).unwrap(), 3);
    assert_eq!(
        reader
            .upright(&RgbImage::from_pixel(300, 200, PAPER))
            .unwrap(),
        0
    );
}

#[test]
fn small_and_large_pictures_are_read_alike() {
    let mut reader = reader();
    for (width, height) in [(400, 252), (3000, 1890)] {
        let scaled = imageops::resize(&card(), width, height, imageops::FilterType::Triangle);
        let sheet = reader.read(&scaled, &[]).unwrap();
        let (left, ..) = word(&sheet, "12.08.1990").quad.bounds();
        assert!((left / width as f32 - 0.06).abs() < 0.01);
        word(&sheet, "REPUBLIC");
        word(&sheet, "Surname");
    }
}

#[test]
fn light_print_on_a_dark_ground_is_read_by_both() {
    let mut card = card();
    imageops::invert(&mut card);
    let sheet = reader().read(&card, &[]).unwrap();
    let word = word(&sheet, "REPUBLIC");
    assert_eq!(word.second.as_ref().map(Personal::expose), Some("REPUBLIC"));
}

/// The shapes as they stand on paper, from left to right: "الجمهورية التونسية", and "12345678" beside
/// "تونس", which is hardly doubtful to a network that knows digits.
const ARABIC: [Print; 2] = [
    Print(
        "\u{fe94}\u{fef4}\u{feb4}\u{fee7}\u{feee}\u{fe98}\u{fedf}\u{fe8d} \
         \u{fe94}\u{fef3}\u{fead}\u{feee}\u{feec}\u{fee4}\u{fea0}\u{fedf}\u{fe8d}",
        120.0,
        120.0,
        60.0,
    ),
    Print(
        "12345678 \u{feb2}\u{fee7}\u{feee}\u{fe97}",
        120.0,
        220.0,
        72.0,
    ),
];

#[test]
fn arabic_is_read_in_logical_order_with_its_digits_left_to_right() {
    let page = page(900, 300, NASKH, &ARABIC);
    let sheet = reader().read(&page, &[]).unwrap();
    let whole = texts(&sheet).join(" ");
    assert!(whole.contains("الجمهورية التونسية"), "{whole}");
    assert!(whole.contains("تونس"), "{whole}");
    assert!(whole.contains("12345678"), "{whole}");
}

#[test]
fn arabic_tells_which_way_up_it_stands() {
    let page = page(900, 200, NASKH, &ARABIC[..1]);
    let mut reader = reader();
    assert_eq!(reader.upright(&page).unwrap(), 0);
    assert_eq!(reader.upright(&imageops::rotate180(&page)).unwrap(), 2);
    assert_eq!(reader.upright(&imageops::rotate90(&page)).unwrap(), 3);
    assert_eq!(reader.upright(&imageops::rotate270(&page)).unwrap(), 1);
}

#[test]
fn what_was_read_elsewhere_is_left_out() {
    let name = Quad::rectangle(50.0, 165.0, 500.0, 220.0);
    let mut reader = reader();
    // Asking which way up it stands reads some lines ahead; that must not bring them back.
    assert_eq!(reader.upright(&card()).unwrap(), 0);
    let some = texts(&reader.read(&card(), &[name]).unwrap());
    let mut all = texts(&reader.read(&card(), &[]).unwrap());
    all.retain(|line| line != "GARCÍA MÜLLER");
    assert_eq!(some.len(), 7);
    assert_eq!(some, all);
}

#[test]
fn a_language_that_is_missing_is_a_problem_and_no_failure() {
    let languages = Languages {
        names: vec!["no-such-language".to_owned()],
    };
    let mut reader = Reader::new(&languages).unwrap();
    let [problem] = reader.problems() else {
        panic!("one language is missing");
    };
    assert_eq!(problem.code, "text_language_missing");
    let sheet = reader.read(&card(), &[]).unwrap();
    assert_eq!(word(&sheet, "REPUBLIC").second, None);
}

#[test]
fn every_reader_on_every_thread_gives_the_same_sheet() {
    let first = reader().read(&card(), &[]).unwrap();
    let threads: Vec<_> = (0..2)
        .map(|_| std::thread::spawn(|| reader().read(&card(), &[]).unwrap()))
        .collect();
    for thread in threads {
        assert!(thread.join().unwrap() == first);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn no_picture_makes_it_panic(
        width in 1_u32..90,
        height in 1_u32..90,
        levels in prop::collection::vec(any::<u8>(), 1..200),
    ) {
        let picture = RgbImage::from_fn(width, height, |x, y| {
            let level = levels[(x as usize * 7 + y as usize * 13) % levels.len()];
            Rgb([level, level.wrapping_add(x as u8), level.wrapping_mul(3)])
        });
        let mut reader = reader();
        let sheet = reader.read(&picture, &[]).unwrap();
        prop_assert_eq!((sheet.width, sheet.height), (width, height));
        prop_assert!(reader.upright(&picture).unwrap() < 4);
    }
}
