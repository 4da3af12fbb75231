//! The back of the Swiss driving licence as a card (ID-1): categories with their dates, and below them a zone
//! of its own, a line of 9 symbols and two of 30. The zone is as public specimens have it; ground and
//! arrangement are invented.

use super::canvas::{Canvas, Frame, INK, Style, Typeface};
use super::{Said, Sheet, ornament, print_zone, specimen_mark};
use crate::specimen::dice::Dice;
use crate::specimen::holder::{Day, Holder, state_of};
use crate::specimen::mrz::{Format, swiss_licence};
use crate::specimen::truth::Parsed;

pub(super) fn back(dice: &mut Dice, scale: f32) -> Sheet {
    let state = state_of("CHE");
    let holder = Holder::deal(dice, state);
    let form = format!(
        "{}{}{}",
        dice.symbols("ABCDEFGHJKLMNPRSTVWXYZ", 3),
        dice.symbols("0123456789", 3),
        dice.symbols("DFIR", 1)
    );
    let number = dice.symbols("0123456789", 12);
    let categories = dice.word(&["B", "AM/B", "A1/B", "A/B/BE", "B/C1/D1"]);
    let since = Day::deal(dice, 2005, 2024);

    let rose = [214.0, 150.0, 158.0];
    let dark = [110.0, 46.0, 66.0];
    let mut canvas = Canvas::new(85.6, 53.98, scale, [250.0, 238.0, 237.0]);
    ornament::wash(&mut canvas, rose, [190.0, 186.0, 206.0], 0.24);
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, rose, 0.3);
    ornament::rosette(&mut canvas, dice, (62.0, 16.0), 12.0, rose, 0.24);
    let caption = Style::new(Typeface::Sans, 1.2, dark);
    for (x, text) in [(8.0, "9."), (22.0, "10."), (42.0, "11."), (60.0, "12.")] {
        canvas.text(x, 5.0, text, caption);
    }
    let value = Style::new(Typeface::SansBold, 1.5, INK);
    for (row, category) in categories.split('/').enumerate() {
        let y = 9.0 + 4.4 * row as f32;
        canvas.text(8.0, y, category, value);
        canvas.text(22.0, y, &since.numeric('.'), value);
    }
    specimen_mark(&mut canvas, dice, (52.0, 24.0), 4.6);
    canvas.fill(
        Frame::new(0.0, 33.0, 85.6, 20.98),
        0.0,
        [252.0, 249.0, 248.0],
        0.65,
    );

    let lines = swiss_licence(
        &form,
        &number,
        &holder.birth.short(),
        &holder.surname,
        &holder.given_names.join(" "),
    );
    let (surname, given_names) = lines[2].split_once("<<").unwrap_or((&lines[2], ""));
    let words = |text: &str| text.trim_end_matches('<').replace('<', " ");
    let parsed = Parsed {
        document_code: "FA".to_owned(),
        issuer: state.code.to_owned(),
        document_number: number,
        birth: holder.birth.short(),
        surname: words(surname),
        given_names: words(given_names),
        ..Parsed::default()
    };
    let mrz_frames = print_zone(&mut canvas, &lines, &[37.0, 43.35, 49.7]);
    Sheet {
        canvas,
        radius: 3.18,
        mrz_frames,
        said: Said {
            doc_type: "driving_licence_back",
            issuing_country: state.code,
            zone: Some((Format::SwissLicence, lines.into(), parsed)),
            fields: [("licence_categories".to_owned(), categories.to_owned())].into(),
        },
    }
}
