//! The French identity card of 1988 to 2021: ID-2, blue, with a zone of its own form on the front.
//! A likeness for readers to work on, not a copy: emblem, ground and holder are invented.

use super::canvas::{Canvas, Frame, INK, Style, Typeface};
use super::portrait::Sitter;
use super::{Said, Sheet, ornament, print_zone, specimen_mark};
use crate::specimen::dice::Dice;
use crate::specimen::holder::{Day, Holder, STATES, Sex};
use crate::specimen::mrz::{self, Content, Format};
use crate::specimen::truth::Parsed;

pub(super) fn draw(dice: &mut Dice, scale: f32) -> Sheet {
    let state = &STATES[1];
    let mut holder = Holder::deal(dice, state);
    if holder.sex == Sex::Unspecified {
        // These cards knew two.
        holder.sex = Sex::Female;
    }
    let sitter = Sitter::deal(dice, holder.sex, holder.birth.year);
    let issue = Day::deal(dice, 2014, 2020);
    let office = dice.symbols("0123456789", 6);
    let number = format!(
        "{:02}{:02}{}{}",
        issue.year % 100,
        issue.month,
        &office[..3],
        dice.symbols("0123456789", 5)
    );

    let blue = [88.0, 138.0, 190.0];
    let dark = [30.0, 56.0, 104.0];
    let mut canvas = Canvas::new(105.0, 74.0, scale, [226.0, 238.0, 246.0]);
    ornament::wash(&mut canvas, blue, [196.0, 160.0, 176.0], 0.22);
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, blue, 0.34);
    ornament::guilloche(&mut canvas, dice, page, [190.0, 130.0, 150.0], 0.26);
    ornament::emblem(&mut canvas, (60.0, 30.0), 15.0, blue, 0.14);
    ornament::age(&mut canvas, dice, 0.06);
    canvas.fill(
        Frame::new(0.0, 52.0, 105.0, 22.0),
        0.0,
        [246.0, 249.0, 250.0],
        0.5,
    );
    canvas.text(
        5.0,
        6.0,
        "RÉPUBLIQUE FRANÇAISE",
        Style::new(Typeface::SansBold, 2.1, dark).spaced(0.2),
    );
    let line = Style::new(Typeface::Sans, 1.5, dark);
    let at = canvas.text(37.0, 12.0, "CARTE NATIONALE D'IDENTITÉ N° : ", line);
    canvas.text(at, 12.0, &number, Style::new(Typeface::SansBold, 1.9, INK));
    sitter.draw(&mut canvas, Frame::new(5.0, 10.0, 28.0, 36.0));
    let surname = holder.surname_in_capitals();
    let given = holder.given_names.join(", ").to_uppercase();
    let value = Style::new(Typeface::SansBold, 1.9, INK);
    let height = format!("1,{:02} m", dice.number(52, 97));
    for (y, label, text) in [
        (18.5, "Nom : ", surname.as_str()),
        (24.5, "Prénom(s) : ", given.as_str()),
        (30.5, "Sexe : ", holder.sex.printed()),
        (36.5, "Né(e) le : ", &holder.birth.numeric('.')),
        (42.0, "à : ", holder.place_of_birth),
        (47.5, "Taille : ", &height),
    ] {
        let at = canvas.text(37.0, y, label, line);
        canvas.text_within(at, y, 101.0 - at, text, value);
    }
    ornament::signature(
        &mut canvas,
        dice,
        Frame::new(70.0, 40.0, 28.0, 10.0),
        [34.0, 34.0, 40.0],
    );
    ornament::microprint(
        &mut canvas,
        Frame::new(4.0, 50.2, 97.0, 0.7),
        "RÉPUBLIQUE FRANÇAISE",
        blue,
    );
    specimen_mark(&mut canvas, dice, (62.0, 30.0), 7.0);

    let content = Content {
        code: "ID",
        issuer: state.code,
        surname: &holder.surname,
        given_names: &given,
        number: &number,
        nationality: state.code,
        birth: &holder.birth.short(),
        sex: holder.sex.symbol(),
        expiry_or_issue: &issue.short(),
        optional: &office,
        optional_two: "",
    };
    let lines = mrz::encode(Format::FrenchId, &content);
    let mrz_frames = print_zone(&mut canvas, &lines, &[59.2, 65.55]);
    let words = |text: &str| text.trim_end_matches('<').replace('<', " ");
    let parsed = Parsed {
        document_code: "ID".to_owned(),
        issuer: state.code.to_owned(),
        document_number: number.clone(),
        birth: holder.birth.short(),
        sex: holder.sex.symbol().to_string(),
        office: Some(office),
        surname: words(&lines[0][5..30]),
        given_names: words(&lines[1][13..27].trim_end_matches('<').replace("<<", ", ")),
        ..Parsed::default()
    };
    let fields = [
        ("surname", surname),
        ("given_names", given),
        ("document_number", number),
        ("date_of_birth", holder.birth.iso()),
        ("sex", holder.sex.printed().to_owned()),
        ("place_of_birth", holder.place_of_birth.to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    Sheet {
        canvas,
        radius: 3.0,
        mrz_frames,
        said: Said {
            doc_type: "id_card_front",
            issuing_country: state.code,
            zone: Some((Format::FrenchId, lines, parsed)),
            fields,
        },
    }
}
