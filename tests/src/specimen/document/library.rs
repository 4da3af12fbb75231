//! The reader's card of an invented library: a document that no built-in type knows.

use super::canvas::{Frame, INK, Style, Typeface};
use super::{Canvas, Printer, Said, Sheet, ornament, specimen_mark};
use crate::specimen::dice::Dice;
use crate::specimen::holder::Day;

/// Branches of the library.
const BRANCHES: [&str; 3] = ["CENTRAL", "HARBOUR", "HILLSIDE"];

/// Names that every reader of text can read: what is proved with this card is the type, not the reader.
const SURNAMES: [&str; 5] = ["HOLLOWAY", "MERRIDEN", "ASHWORTH", "PENHALLOW", "TREMAINE"];
const GIVEN_NAMES: [&str; 5] = ["CLARA", "EDMUND", "HARRIET", "THEODORE", "MARGARET"];

pub(crate) fn draw(dice: &mut Dice, scale: f32) -> Sheet {
    let since = Day::deal(dice, 2015, 2024);
    let until = since.expiry(15);
    let number = format!("LZ-{}", dice.symbols("0123456789", 6));
    let branch = *dice.pick(&BRANCHES);

    let green = [60.0, 132.0, 104.0];
    let dark = [24.0, 62.0, 50.0];
    let mut canvas = Canvas::new(85.6, 53.98, scale, [240.0, 246.0, 240.0]);
    ornament::wash(&mut canvas, green, [200.0, 196.0, 150.0], 0.18);
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, green, 0.2);
    canvas.fill(Frame::new(0.0, 0.0, 85.6, 10.6), 0.0, green, 0.25);
    let heading = Style::new(Typeface::SansBold, 2.3, dark).spaced(0.1);
    canvas.text(5.0, 4.6, "CITY LIBRARY OF ZENITH", heading);
    canvas.text(
        5.0,
        8.8,
        "READER'S CARD",
        Style::new(Typeface::SansBold, 1.9, dark).spaced(0.1),
    );
    let surname = (*dice.pick(&SURNAMES)).to_owned();
    let given = (*dice.pick(&GIVEN_NAMES)).to_owned();
    let mut print = Printer {
        canvas: &mut canvas,
        label: Style::new(Typeface::Sans, 1.1, dark),
        value: Style::new(Typeface::SansBold, 1.9, INK),
    };
    for (x, y, label, value) in [
        (5.0, 15.5, "Surname", surname.as_str()),
        (5.0, 22.5, "Given names", given.as_str()),
        (5.0, 29.5, "Reader No.", number.as_str()),
        (45.0, 29.5, "Branch", branch),
        (5.0, 36.5, "Member since", &since.numeric('.')),
        (45.0, 36.5, "Valid until", &until.numeric('.')),
    ] {
        print.field(x, y, 38.0, label, value);
    }
    specimen_mark(&mut canvas, dice, (60.0, 47.5), 3.6);
    let fields = [
        ("surname", surname),
        ("given_names", given),
        ("reader_number", number),
        ("branch", branch.to_owned()),
        ("member_since", since.iso()),
        ("date_of_expiry", until.iso()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    Sheet {
        canvas,
        radius: 3.18,
        mrz_frames: Vec::new(),
        said: Said {
            doc_type: "other_id",
            issuing_country: "",
            zone: None,
            fields,
        },
    }
}
