//! Visa stickers: MRV-A of 120 × 80 mm and MRV-B of 105 × 74 mm.

use super::canvas::{Canvas, Frame, INK, Style, Typeface};
use super::{Kind, Papers, Printer, Said, Sheet, ornament, print_zone, specimen_mark};
use crate::specimen::dice::Dice;
use crate::specimen::holder::STATES;
use crate::specimen::mrz::Format;

/// A visa that `papers.state` gives; the holder carries the passport of another state.
pub(super) fn draw(papers: &Papers, dice: &mut Dice, scale: f32, kind: Kind) -> Sheet {
    let (format, width, height) = if kind == Kind::VisaB {
        (Format::MrvB, 105.0, 74.0)
    } else {
        (Format::MrvA, 120.0, 80.0)
    };
    let (main, second) = (papers.state.colour, papers.state.second_colour);
    let mut canvas = Canvas::new(width, height, scale, [244.0, 247.0, 243.0]);
    ornament::wash(&mut canvas, second, main, 0.26);
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, main, 0.3);
    ornament::guilloche(&mut canvas, dice, page, second, 0.26);
    ornament::rosette(
        &mut canvas,
        dice,
        (width * 0.72, height * 0.4),
        20.0,
        main,
        0.26,
    );
    let dark = main.map(|v| v * 0.48);
    canvas.fill(
        Frame::new(0.0, height - 23.0, width, 23.0),
        0.0,
        [252.0, 252.0, 249.0],
        0.6,
    );
    canvas.fill(Frame::new(0.0, 0.0, width, 9.6), 0.0, main, 0.22);
    canvas.text_within(
        5.0,
        6.4,
        width * 0.5,
        papers.state.title,
        Style::new(Typeface::SansBold, 2.3, dark).spaced(0.2),
    );
    canvas.text_to(
        width - 5.0,
        7.0,
        "VISA",
        Style::new(Typeface::SansBold, 3.6, dark).spaced(1.2),
    );
    papers
        .sitter
        .draw(&mut canvas, Frame::new(5.0, 12.5, 27.0, 34.0));
    ornament::hologram(&mut canvas, dice, (width - 14.0, 22.0), 7.0);

    let holder = &papers.holder;
    let passport = format!(
        "{}{}",
        dice.symbols("CFGHJKLMNPRTVWXYZ", 1),
        dice.symbols("0123456789", 8)
    );
    let nationality = dice.pick(&STATES).code;
    let valid_until = papers.expiry;
    let mut print = Printer {
        canvas: &mut canvas,
        label: Style::new(Typeface::Sans, 1.0, dark),
        value: Style::new(Typeface::SansBold, 1.75, INK),
    };
    let x = 36.0;
    print.field(
        x,
        13.6,
        34.0,
        "Valid for / Valable pour",
        papers.state.title,
    );
    print.field(x, 19.2, 22.0, "From / Du", &papers.issue.numeric('-'));
    print.field(
        x + 24.0,
        19.2,
        22.0,
        "Until / Au",
        &valid_until.numeric('-'),
    );
    print.field(x, 24.8, 22.0, "Type of visa / Type", dice.word(&["C", "D"]));
    print.field(x + 24.0, 24.8, 30.0, "Number of entries / Entrées", "MULT");
    print.field(x, 30.4, 30.0, "Issued in / Délivré à", papers.authority);
    print.field(x + 32.0, 30.4, 24.0, "On / Le", &papers.issue.numeric('-'));
    print.field(x, 36.0, 30.0, "Passport No. / Passeport n°", &passport);
    let name = format!("{}, {}", holder.surname_in_capitals(), papers.given_names());
    print.field(
        x,
        41.6,
        width - x - 5.0,
        "Surname, name / Nom, prénom",
        &name,
    );
    canvas.text_to(
        width - 5.0,
        50.4,
        &papers.number,
        Style::new(Typeface::Mono, 2.1, [176.0, 40.0, 52.0]),
    );
    ornament::microprint(
        &mut canvas,
        Frame::new(4.0, height - 24.2, width - 8.0, 0.7),
        papers.state.second_title,
        dark,
    );
    specimen_mark(&mut canvas, dice, (width * 0.5, 30.0), 8.0);

    let zone = papers.zone_of(nationality, format, dice.word(&["V<", "VC", "VD"]), "");
    let mrz_frames = print_zone(&mut canvas, &zone.1, &[height - 15.6, height - 9.25]);
    let fields = [
        ("surname", holder.surname_in_capitals()),
        ("given_names", papers.given_names()),
        ("document_number", papers.number.clone()),
        ("passport_number", passport),
        ("date_of_birth", holder.birth.iso()),
        ("sex", holder.sex.printed().to_owned()),
        ("valid_from", papers.issue.iso()),
        ("valid_until", valid_until.iso()),
        ("date_of_issue", papers.issue.iso()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    Sheet {
        canvas,
        radius: 1.0,
        mrz_frames,
        said: Said {
            doc_type: "visa",
            issuing_country: papers.state.code,
            zone: Some(zone),
            fields,
        },
    }
}
