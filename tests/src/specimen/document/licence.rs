//! The French driving licence in the shape of a card (since 2013): ID-1, numbered fields as the European
//! model has them, and a zone of one line.

use super::canvas::{Canvas, Frame, INK, Style, Typeface};
use super::portrait::Sitter;
use super::{Said, Sheet, ornament, print_zone, specimen_mark};
use crate::specimen::dice::Dice;
use crate::specimen::holder::{Day, Holder, STATES};
use crate::specimen::mrz::{Format, french_licence};
use crate::specimen::truth::Parsed;

pub(super) fn draw(dice: &mut Dice, scale: f32) -> Sheet {
    let state = &STATES[1];
    let holder = Holder::deal(dice, state);
    let sitter = Sitter::deal(dice, holder.sex, holder.birth.year);
    let issue = Day::deal(dice, 2019, 2025);
    let expiry = issue.expiry(15);
    let number = format!(
        "{:02}{}{}",
        issue.year % 100,
        dice.symbols("ABCDEFGHJKLMNPRSTVWXYZ", 2),
        dice.symbols("0123456789", 5)
    );
    let categories = dice.word(&["B", "AM/B", "A/A1/B", "AM/A2/B/BE", "AM/A1/B/C"]);

    let rose = [206.0, 132.0, 146.0];
    let dark = [122.0, 44.0, 72.0];
    let mut canvas = Canvas::new(85.6, 53.98, scale, [250.0, 236.0, 236.0]);
    ornament::wash(&mut canvas, rose, [196.0, 170.0, 196.0], 0.26);
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, rose, 0.34);
    ornament::guilloche(&mut canvas, dice, page, [150.0, 150.0, 196.0], 0.24);
    ornament::rosette(&mut canvas, dice, (60.0, 26.0), 15.0, rose, 0.25);
    canvas.fill(
        Frame::new(3.0, 2.2, 9.0, 6.2),
        0.8,
        [44.0, 72.0, 150.0],
        0.85,
    );
    canvas.text(
        6.6,
        6.6,
        "F",
        Style::new(Typeface::SansBold, 2.6, [250.0, 226.0, 90.0]),
    );
    let heading = Style::new(Typeface::SansBold, 1.8, dark).spaced(0.12);
    canvas.text(14.5, 4.8, "PERMIS DE CONDUIRE", heading);
    canvas.text(
        14.5,
        7.9,
        "RÉPUBLIQUE FRANÇAISE",
        Style::new(Typeface::Sans, 1.3, dark),
    );
    sitter.draw(&mut canvas, Frame::new(3.5, 11.0, 21.0, 26.5));
    sitter.ghost(&mut canvas, Frame::new(70.0, 25.0, 11.0, 13.5), 0.4);
    let surname = holder.surname_in_capitals();
    let given = holder.given_names_in_capitals(" ");
    let birth = format!("{} {}", holder.birth.numeric('.'), holder.place_of_birth);
    let authority = state.place(dice);
    let value = Style::new(Typeface::SansBold, 1.55, INK);
    for (y, label, text) in [
        (12.6, "1.", surname.as_str()),
        (16.6, "2.", given.as_str()),
        (20.6, "3.", birth.as_str()),
        (24.6, "4a.", &issue.numeric('.')),
        (28.6, "4b.", &expiry.numeric('.')),
        (32.6, "4c.", authority),
        (36.6, "5.", number.as_str()),
    ] {
        canvas.text(27.5, y, label, Style::new(Typeface::Sans, 1.2, dark));
        canvas.text_within(32.0, y, 36.0, text, value);
    }
    canvas.text(45.0, 28.6, "9.", Style::new(Typeface::Sans, 1.2, dark));
    canvas.text_within(48.5, 28.6, 20.0, categories, value);
    ornament::signature(
        &mut canvas,
        dice,
        Frame::new(4.0, 37.0, 20.0, 5.5),
        [34.0, 34.0, 40.0],
    );
    specimen_mark(&mut canvas, dice, (50.0, 24.0), 5.4);
    canvas.fill(
        Frame::new(0.0, 43.2, 85.6, 10.8),
        0.0,
        [252.0, 248.0, 247.0],
        0.6,
    );

    let line = french_licence(&number, &expiry.short(), &holder.surname);
    let parsed = Parsed {
        document_code: "D1".to_owned(),
        issuer: state.code.to_owned(),
        licence_number: Some(number.clone()),
        expiry: Some(expiry.short()),
        surname: line[21..29].trim_end_matches('<').replace('<', " "),
        ..Parsed::default()
    };
    let lines = vec![line];
    let mrz_frames = print_zone(&mut canvas, &lines, &[48.6]);
    let fields = [
        ("surname", surname),
        ("given_names", given),
        ("date_of_birth", holder.birth.iso()),
        ("place_of_birth", holder.place_of_birth.to_owned()),
        ("date_of_issue", issue.iso()),
        ("date_of_expiry", expiry.iso()),
        ("authority", authority.to_owned()),
        ("document_number", number),
        ("licence_categories", categories.to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    Sheet {
        canvas,
        radius: 3.18,
        mrz_frames,
        said: Said {
            doc_type: "driving_licence_front",
            issuing_country: state.code,
            zone: Some((Format::FrenchLicence, lines, parsed)),
            fields,
        },
    }
}
