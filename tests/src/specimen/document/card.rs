//! Identity cards: ID-1 with TD1 on the back, and ID-2 with TD2 on the front.

use super::canvas::{Canvas, Frame, INK, Style, Typeface};
use super::{Papers, Printer, Said, Sheet, Zone, ornament, print_zone, specimen_mark};
use crate::specimen::dice::Dice;
use crate::specimen::mrz::Format;
use crate::specimen::plane::sine;

/// Width and height of ID-1 (ISO/IEC 7810) in millimetres.
const ID_1: (f32, f32) = (85.6, 53.98);
/// Radius of its corners.
const CORNER: f32 = 3.18;

fn ground(papers: &Papers, dice: &mut Dice, size: (f32, f32), scale: f32) -> Canvas {
    let (main, second) = (papers.state.colour, papers.state.second_colour);
    let mut canvas = Canvas::new(size.0, size.1, scale, [240.0, 245.0, 246.0]);
    ornament::wash(&mut canvas, main, second, 0.22);
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, main, 0.3);
    ornament::guilloche(&mut canvas, dice, page, second, 0.24);
    let centre = (size.0 * 0.66, size.1 * 0.5);
    ornament::rosette(&mut canvas, dice, centre, size.1 * 0.36, second, 0.24);
    ornament::emblem(
        &mut canvas,
        (size.0 * 0.52, size.1 * 0.5),
        size.1 * 0.24,
        main,
        0.1,
    );
    canvas
}

fn heading(canvas: &mut Canvas, papers: &Papers, title: &str) {
    let (main, dark) = (papers.state.colour, papers.state.colour.map(|v| v * 0.48));
    let width = canvas.width();
    canvas.fill(Frame::new(0.0, 0.0, width, 8.4), 0.0, main, 0.2);
    canvas.text_within(
        4.0,
        4.0,
        width * 0.62,
        papers.state.title,
        Style::new(Typeface::SansBold, 1.9, dark).spaced(0.15),
    );
    canvas.text_within(
        4.0,
        7.1,
        width * 0.6,
        title,
        Style::new(Typeface::Sans, 1.35, dark).spaced(0.1),
    );
    ornament::chip_mark(canvas, Frame::new(width - 9.0, 2.6, 5.0, 3.5), dark);
}

fn front_canvas(papers: &Papers, dice: &mut Dice, scale: f32) -> Canvas {
    let mut canvas = ground(papers, dice, ID_1, scale);
    heading(&mut canvas, papers, "IDENTITY CARD / CARTE D'IDENTITÉ");
    papers
        .sitter
        .draw(&mut canvas, Frame::new(4.0, 12.0, 25.0, 32.0));
    papers
        .sitter
        .ghost(&mut canvas, Frame::new(70.5, 30.0, 11.0, 14.0), 0.42);
    ornament::hologram(&mut canvas, dice, (28.5, 40.5), 4.4);
    let dark = papers.state.colour.map(|v| v * 0.48);
    let holder = &papers.holder;
    let mut print = Printer {
        canvas: &mut canvas,
        label: Style::new(Typeface::Sans, 0.95, dark),
        value: Style::new(Typeface::SansBold, 1.75, INK),
    };
    print.field(
        33.0,
        12.0,
        48.0,
        "Surname / Nom",
        &holder.surname_in_capitals(),
    );
    print.field(
        33.0,
        17.6,
        48.0,
        "Given names / Prénoms",
        &papers.given_names(),
    );
    print.field(33.0, 23.2, 10.0, "Sex / Sexe", holder.sex.printed());
    print.field(
        45.0,
        23.2,
        16.0,
        "Nationality / Nationalité",
        papers.state.code,
    );
    print.field(
        63.0,
        23.2,
        20.0,
        "Date of birth / Naissance",
        &holder.birth.numeric('.'),
    );
    print.field(
        33.0,
        28.8,
        34.0,
        "Place of birth / Lieu de naissance",
        holder.place_of_birth,
    );
    print.field(
        33.0,
        34.4,
        34.0,
        "Document No. / N° du document",
        &papers.number,
    );
    print.field(
        33.0,
        40.0,
        20.0,
        "Expiry / Expiration",
        &papers.expiry.numeric('.'),
    );
    ornament::signature(
        &mut canvas,
        dice,
        Frame::new(53.0, 43.0, 26.0, 8.0),
        [36.0, 40.0, 92.0],
    );
    canvas.text(
        4.0,
        50.6,
        "Signature",
        Style::new(Typeface::Sans, 0.95, dark),
    );
    ornament::microprint(
        &mut canvas,
        Frame::new(4.0, 51.2, 77.0, 0.7),
        papers.state.title,
        dark,
    );
    specimen_mark(&mut canvas, dice, (50.0, 33.0), 6.0);
    canvas
}

fn back_canvas(
    papers: &Papers,
    dice: &mut Dice,
    lines: &[String],
    scale: f32,
) -> (Canvas, Vec<Frame>) {
    let mut canvas = ground(papers, dice, ID_1, scale);
    let dark = papers.state.colour.map(|v| v * 0.48);
    canvas.fill(
        Frame::new(0.0, 30.8, ID_1.0, 23.2),
        0.0,
        [252.0, 252.0, 250.0],
        0.55,
    );
    let mut print = Printer {
        canvas: &mut canvas,
        label: Style::new(Typeface::Sans, 0.95, dark),
        value: Style::new(Typeface::SansBold, 1.6, INK),
    };
    print.field(4.0, 5.0, 36.0, "Authority / Autorité", papers.authority);
    print.field(
        4.0,
        10.4,
        36.0,
        "Date of issue / Délivrance",
        &papers.issue.numeric('.'),
    );
    print.field(
        4.0,
        15.8,
        36.0,
        "Personal No. / N° personnel",
        &papers.personal_number,
    );
    print.field(
        44.0,
        5.0,
        36.0,
        "Colour of eyes / Yeux",
        dice.word(&["BROWN", "BLUE", "GREEN", "GREY"]),
    );
    let height = format!("{} cm", dice.number(152, 197));
    print.field(44.0, 10.4, 20.0, "Height / Taille", &height);
    // A bar code of nothing: bars from a wave, so that readers must pass it over.
    for bar in 0..46 {
        let tall = if sine(bar as f32 * 0.37) > -0.2 {
            0.42
        } else {
            0.18
        };
        canvas.fill(
            Frame::new(44.0 + bar as f32 * 0.8, 19.0, tall, 7.0),
            0.0,
            INK,
            0.9,
        );
    }
    ornament::microprint(
        &mut canvas,
        Frame::new(4.0, 29.4, 77.0, 0.7),
        papers.state.second_title,
        dark,
    );
    specimen_mark(&mut canvas, dice, (28.0, 20.0), 4.6);
    let frames = print_zone(&mut canvas, lines, &[36.0, 42.35, 48.7]);
    (canvas, frames)
}

fn td1_zone(papers: &Papers, dice: &mut Dice) -> (Papers, Zone) {
    // A tenth of the cards has a number too long for its place.
    let number = if dice.chance(0.1) {
        format!("{}{}", papers.number, dice.symbols("0123456789", 3))
    } else {
        papers.number.clone()
    };
    let papers = Papers {
        number,
        ..papers.clone()
    };
    let optional = if papers.number.len() == 9 && dice.chance(0.4) {
        papers.personal_number.clone()
    } else {
        String::new()
    };
    let zone = papers.zone(Format::Td1, dice.word(&["I<", "ID"]), &optional);
    (papers, zone)
}

fn said(papers: &Papers, doc_type: &'static str) -> Said {
    Said {
        doc_type,
        issuing_country: papers.state.code,
        zone: None,
        fields: papers.fields(),
    }
}

pub(super) fn front(papers: &Papers, dice: &mut Dice, scale: f32) -> Sheet {
    let canvas = front_canvas(papers, dice, scale);
    let mut said = said(papers, "id_card_front");
    said.fields.insert(
        "place_of_birth".to_owned(),
        papers.holder.place_of_birth.to_owned(),
    );
    Sheet {
        canvas,
        radius: CORNER,
        mrz_frames: Vec::new(),
        said,
    }
}

pub(super) fn back(papers: &Papers, dice: &mut Dice, scale: f32) -> Sheet {
    let (papers, zone) = td1_zone(papers, dice);
    let (canvas, mrz_frames) = back_canvas(&papers, dice, &zone.1, scale);
    let mut said = said(&papers, "id_card_back");
    said.fields
        .insert("date_of_issue".to_owned(), papers.issue.iso());
    said.fields
        .insert("authority".to_owned(), papers.authority.to_owned());
    said.fields
        .insert("personal_number".to_owned(), papers.personal_number.clone());
    // This side says the name in the zone only, and so without accents.
    for (name, value) in [
        ("surname", &zone.2.surname),
        ("given_names", &zone.2.given_names),
    ] {
        said.fields.insert(name.to_owned(), value.clone());
    }
    said.zone = Some(zone);
    Sheet {
        canvas,
        radius: CORNER,
        mrz_frames,
        said,
    }
}

pub(super) fn both_sides(papers: &Papers, dice: &mut Dice, scale: f32) -> Sheet {
    let (papers, zone) = td1_zone(papers, dice);
    let front = front_canvas(&papers, dice, scale);
    let (back, frames) = back_canvas(&papers, dice, &zone.1, scale);
    // A photocopy: one side above the other on white paper.
    let (x, gap) = (9.0, 11.0);
    let (first, second) = (gap, 2.0 * gap + ID_1.1);
    let mut canvas = Canvas::new(
        ID_1.0 + 2.0 * x,
        second + ID_1.1 + gap,
        scale,
        [250.0, 250.0, 249.0],
    );
    for (sheet, y) in [(&front, first), (&back, second)] {
        let edge = Frame::new(x - 0.15, y - 0.15, ID_1.0 + 0.3, ID_1.1 + 0.3);
        canvas.fill(edge, CORNER, [176.0, 176.0, 180.0], 0.8);
        canvas.place(sheet, x, y, CORNER);
    }
    let mrz_frames = frames
        .into_iter()
        .map(|f| Frame::new(f.x + x, f.y + second, f.width, f.height))
        .collect();
    let mut said = said(&papers, "id_card");
    for (name, value) in [
        ("place_of_birth", papers.holder.place_of_birth.to_owned()),
        ("date_of_issue", papers.issue.iso()),
        ("authority", papers.authority.to_owned()),
        ("personal_number", papers.personal_number.clone()),
    ] {
        said.fields.insert(name.to_owned(), value);
    }
    said.zone = Some(zone);
    Sheet {
        canvas,
        radius: 0.0,
        mrz_frames,
        said,
    }
}

/// The older, larger card: everything on the front.
pub(super) fn td2(papers: &Papers, dice: &mut Dice, scale: f32) -> Sheet {
    let mut canvas = ground(papers, dice, (105.0, 74.0), scale);
    heading(&mut canvas, papers, "IDENTITY CARD / CARTE D'IDENTITÉ");
    canvas.fill(
        Frame::new(0.0, 51.0, 105.0, 23.0),
        0.0,
        [252.0, 252.0, 250.0],
        0.55,
    );
    papers
        .sitter
        .draw(&mut canvas, Frame::new(5.0, 12.0, 28.0, 36.0));
    ornament::hologram(&mut canvas, dice, (32.0, 44.0), 5.0);
    let dark = papers.state.colour.map(|v| v * 0.48);
    let holder = &papers.holder;
    let mut print = Printer {
        canvas: &mut canvas,
        label: Style::new(Typeface::Sans, 1.05, dark),
        value: Style::new(Typeface::SansBold, 1.9, INK),
    };
    print.field(
        38.0,
        13.0,
        62.0,
        "Surname / Nom",
        &holder.surname_in_capitals(),
    );
    print.field(
        38.0,
        19.2,
        62.0,
        "Given names / Prénoms",
        &papers.given_names(),
    );
    print.field(
        38.0,
        25.4,
        26.0,
        "Nationality / Nationalité",
        papers.state.code,
    );
    print.field(66.0, 25.4, 12.0, "Sex / Sexe", holder.sex.printed());
    print.field(
        38.0,
        31.6,
        26.0,
        "Date of birth / Naissance",
        &holder.birth.numeric('.'),
    );
    print.field(
        66.0,
        31.6,
        34.0,
        "Place of birth / Lieu",
        holder.place_of_birth,
    );
    print.field(38.0, 37.8, 26.0, "Document No. / N°", &papers.number);
    print.field(
        66.0,
        37.8,
        34.0,
        "Expiry / Expiration",
        &papers.expiry.numeric('.'),
    );
    ornament::signature(
        &mut canvas,
        dice,
        Frame::new(62.0, 42.5, 30.0, 8.0),
        [36.0, 40.0, 92.0],
    );
    specimen_mark(&mut canvas, dice, (62.0, 30.0), 7.0);
    let zone = papers.zone(Format::Td2, dice.word(&["I<", "ID", "AC"]), "");
    let mrz_frames = print_zone(&mut canvas, &zone.1, &[58.6, 64.95]);
    let mut said = said(papers, "id_card_front");
    said.fields.insert(
        "place_of_birth".to_owned(),
        holder.place_of_birth.to_owned(),
    );
    said.zone = Some(zone);
    Sheet {
        canvas,
        radius: 2.5,
        mrz_frames,
        said,
    }
}
