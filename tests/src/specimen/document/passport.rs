//! The data page of a passport: ID-3, 125 × 88 mm, TD3.

use super::canvas::{Canvas, Frame, INK, Style, Typeface};
use super::{Papers, Printer, Said, Sheet, ornament, print_zone, specimen_mark};
use crate::specimen::dice::Dice;
use crate::specimen::mrz::Format;

pub(super) fn draw(papers: &Papers, dice: &mut Dice, scale: f32) -> Sheet {
    let (main, second) = (papers.state.colour, papers.state.second_colour);
    let mut canvas = Canvas::new(125.0, 88.0, scale, [247.0, 245.0, 239.0]);
    ornament::wash(&mut canvas, main, second, 0.24);
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, main, 0.3);
    ornament::guilloche(&mut canvas, dice, page, second, 0.28);
    ornament::rosette(&mut canvas, dice, (92.0, 42.0), 24.0, main, 0.25);
    ornament::rosette(&mut canvas, dice, (92.0, 42.0), 13.0, second, 0.3);
    ornament::emblem(&mut canvas, (72.0, 40.0), 15.0, main, 0.1);
    // The zone's ground is kept light, as the standard asks.
    canvas.fill(
        Frame::new(0.0, 64.4, 125.0, 23.6),
        0.0,
        [252.0, 251.0, 248.0],
        0.62,
    );
    canvas.fill(Frame::new(0.0, 0.0, 125.0, 11.6), 0.0, main, 0.16);
    ornament::microprint(
        &mut canvas,
        Frame::new(0.0, 63.4, 125.0, 0.8),
        papers.state.title,
        main,
    );

    let dark = main.map(|v| v * 0.5);
    canvas.text(
        6.0,
        5.6,
        papers.state.title,
        Style::new(Typeface::SansBold, 2.6, dark).spaced(0.25),
    );
    canvas.text(
        6.0,
        9.6,
        papers.state.second_title,
        Style::new(Typeface::Sans, 1.7, dark).spaced(0.2),
    );
    canvas.text_to(
        112.5,
        5.6,
        "PASSPORT",
        Style::new(Typeface::SansBold, 2.4, dark).spaced(0.3),
    );
    canvas.text_to(
        112.5,
        9.6,
        "PASSEPORT",
        Style::new(Typeface::Sans, 1.7, dark).spaced(0.3),
    );
    ornament::chip_mark(&mut canvas, Frame::new(114.5, 3.0, 6.6, 4.6), dark);

    papers
        .sitter
        .draw(&mut canvas, Frame::new(5.0, 15.0, 33.0, 41.0));
    papers
        .sitter
        .ghost(&mut canvas, Frame::new(103.5, 38.0, 17.0, 21.5), 0.4);
    ornament::hologram(&mut canvas, dice, (38.5, 52.0), 6.2);
    ornament::signature(
        &mut canvas,
        dice,
        Frame::new(70.0, 54.5, 32.0, 9.0),
        [36.0, 40.0, 92.0],
    );

    let holder = &papers.holder;
    let mut print = Printer {
        canvas: &mut canvas,
        label: Style::new(Typeface::Sans, 1.1, dark),
        value: Style::new(Typeface::SansBold, 1.95, INK),
    };
    print.field(42.0, 15.2, 12.0, "Type / Type", "P");
    print.field(57.0, 15.2, 22.0, "Code / Code", papers.state.code);
    print.field(
        83.0,
        15.2,
        38.0,
        "Passport No. / Passeport n°",
        &papers.number,
    );
    print.field(
        42.0,
        21.4,
        78.0,
        "Surname / Nom (1)",
        &holder.surname_in_capitals(),
    );
    print.field(
        42.0,
        27.6,
        78.0,
        "Given names / Prénoms (2)",
        &papers.given_names(),
    );
    print.field(
        42.0,
        33.8,
        40.0,
        "Nationality / Nationalité (3)",
        papers.state.citizen,
    );
    print.field(
        83.0,
        33.8,
        38.0,
        "Personal No. / N° personnel",
        &papers.personal_number,
    );
    print.field(
        42.0,
        40.0,
        38.0,
        "Date of birth / Date de naissance (4)",
        &holder.birth.in_words(),
    );
    print.field(83.0, 40.0, 12.0, "Sex / Sexe (5)", holder.sex.printed());
    print.field(
        42.0,
        46.2,
        38.0,
        "Place of birth / Lieu de naissance (6)",
        holder.place_of_birth,
    );
    print.field(
        42.0,
        52.4,
        30.0,
        "Date of issue / Date de délivrance (7)",
        &papers.issue.in_words(),
    );
    print.field(
        42.0,
        58.6,
        30.0,
        "Date of expiry / Date d'expiration (9)",
        &papers.expiry.in_words(),
    );
    print.field(
        74.0,
        46.2,
        29.0,
        "Authority / Autorité (8)",
        papers.authority,
    );
    let value = print.value;
    canvas.text(
        74.0,
        53.6,
        "Holder's signature / Signature du titulaire (10)",
        Style::new(Typeface::Sans, 0.95, dark),
    );
    canvas.text_within(
        6.0,
        61.0,
        32.0,
        &papers.number,
        Style {
            face: Typeface::Mono,
            ..value
        },
    );
    specimen_mark(&mut canvas, dice, (64.0, 36.0), 9.0);

    let optional = if dice.chance(0.7) {
        papers.personal_number.as_str()
    } else {
        ""
    };
    let zone = papers.zone(Format::Td3, "P<", optional);
    let mrz_frames = print_zone(&mut canvas, &zone.1, &[72.0, 78.35]);
    let mut fields = papers.fields();
    for (name, value) in [
        ("date_of_issue", papers.issue.iso()),
        ("place_of_birth", holder.place_of_birth.to_owned()),
        ("authority", papers.authority.to_owned()),
        ("personal_number", papers.personal_number.clone()),
    ] {
        fields.insert(name.to_owned(), value);
    }
    Sheet {
        canvas,
        radius: 3.0,
        mrz_frames,
        said: Said {
            doc_type: "passport",
            issuing_country: papers.state.code,
            zone: Some(zone),
            fields,
        },
    }
}
