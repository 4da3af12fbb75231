//! The public edge of a reading: what it says of pages without a zone and of bytes that are none,
//! how it tells its progress, and that it stops when asked to.

use std::io::Cursor;
use std::ops::ControlFlow;

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use lectern_read::{
    Cancelled, Engine, Engines, Limits, Only, Options, USUAL_AGES, built_in_types, read, too_large,
};
use model::{Progress, Reading, ReadingStep};

const OPTIONS: Options<'static> = Options {
    day: jiff::civil::date(2026, 11, 21),
    only: Only::Everything,
    limits: Limits::DEFAULT,
    engine: Engine::Network,
    types: &[],
    ages: USUAL_AGES,
    trust: None,
};

fn picture(pixel: impl Fn(u32, u32) -> u8) -> Vec<u8> {
    let grey = GrayImage::from_fn(400, 300, |x, y| Luma([pixel(x, y)]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(grey)
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("memory does not refuse to be written");
    bytes.into_inner()
}

/// Rows of short strokes: enough like text to be looked at, and no text.
fn strokes() -> Vec<u8> {
    picture(|x, y| {
        let inked = y % 40 < 14 && (x * 7 + y / 3) % 9 < 4 && (20..380).contains(&x);
        if inked { 20 } else { 235 }
    })
}

fn read_all(bytes: &[u8], engines: &mut Engines) -> (Reading, Vec<Progress>) {
    let mut told = Vec::new();
    let reading = read(bytes, engines, &OPTIONS, &mut |progress| {
        told.push(progress);
        ControlFlow::Continue(())
    });
    (reading.expect("nobody asked to stop"), told)
}

fn codes(reading: &Reading) -> Vec<&str> {
    let problems = reading.problems.iter();
    problems.map(|problem| problem.code.as_str()).collect()
}

#[test]
fn bytes_that_are_no_picture_give_no_page_and_one_problem() {
    let mut engines = Engines::new().unwrap();
    for (bytes, code) in [
        (&b""[..], "file_empty"),
        (b" \n\t\n", "file_without_text"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07", "not_an_image"),
    ] {
        let (reading, _) = read_all(bytes, &mut engines);
        assert_eq!(codes(&reading), [code]);
        assert!(reading.pages.is_empty() && reading.fields.is_empty());
    }
}

#[test]
fn a_text_that_speaks_of_documents_is_none_itself() {
    let text = b"# How a passport is filled in\n\nPassport / Passeport\n\nSurname / Nom (1): ERIKSSON\n\n\
        Given names (2): ANNA MARIA\n\nNationality (3): UTOPIAN\n\n\
        Date of birth / Date de naissance (4): 12.08.1974\n\nPassport No. / Passeport No. L898902C3\n\n\
        Date of expiry / Date d'expiration (9): 15.04.2032\n";
    let options = Options {
        types: built_in_types(),
        ..OPTIONS
    };
    let mut engines = Engines::new().unwrap();
    let go_on = &mut |_| ControlFlow::Continue(());
    let reading = read(text, &mut engines, &options, go_on).expect("nobody asked to stop");
    assert_eq!(reading.pages.len(), 1);
    assert_eq!(reading.document_type, None);
    assert!(
        !reading.fields.is_empty(),
        "what it says is of use all the same"
    );
}

#[test]
fn a_page_without_anything_is_said_to_say_nothing() {
    let mut engines = Engines::new().unwrap();
    for bytes in [picture(|_, _| 240), strokes()] {
        let (reading, told) = read_all(&bytes, &mut engines);
        assert_eq!(codes(&reading).last(), Some(&"nothing_read"));
        assert_eq!((reading.document_type, reading.mrz), (None, None));
        assert_eq!(
            (reading.pages[0].width, reading.pages[0].height),
            (400, 300)
        );
        assert!(reading.engine.starts_with("3+mrz-"), "{}", reading.engine);
        assert!(told.is_sorted_by_key(|progress| progress.percent));
        assert_eq!(told.first().unwrap().step, ReadingStep::Decoding);
        assert_eq!(told.last().unwrap().percent, 100);
    }
}

#[test]
fn the_same_bytes_give_the_same_reading_whatever_came_before() {
    let (first, second) = (strokes(), picture(|x, y| (x ^ y) as u8));
    let mut used = Engines::new().unwrap();
    let before = read_all(&first, &mut used).0;
    read_all(&second, &mut used);
    let after = read_all(&first, &mut used).0;
    let fresh = read_all(&first, &mut Engines::new().unwrap()).0;
    assert!(before == after && after == fresh);
}

#[test]
fn a_reading_stops_at_whichever_step_it_is_asked_to() {
    let bytes = strokes();
    let mut engines = Engines::new().unwrap();
    let steps = read_all(&bytes, &mut engines).1.len();
    assert!(steps >= 4, "{steps}");
    for last in [0, 1, 2, steps / 2, steps - 1] {
        let mut told = 0;
        let reading = read(&bytes, &mut engines, &OPTIONS, &mut |_| {
            told += 1;
            if told > last {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert_eq!(reading, Err(Cancelled));
        assert_eq!(told, last + 1);
    }
}

#[test]
fn a_file_over_the_limit_is_refused_by_its_size() {
    assert!(too_large(Limits::DEFAULT.bytes, &Limits::DEFAULT).is_none());
    let problem = too_large(300_000_000, &Limits::DEFAULT).unwrap();
    assert_eq!(problem.code, "file_too_large");
    assert!(problem.message.contains("300 MB"), "{}", problem.message);
}
