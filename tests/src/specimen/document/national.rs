//! National identity cards of ten countries, residence permits after Regulation (EC) No 1030/2002, and
//! passports with the labels of fourteen countries. Likenesses for readers to work on, not copies:
//! grounds, emblems, places and holders are invented.

mod countries;
mod passports;
mod permits;

use self::countries::{CARDS, Card, Dates, ZoneAt};
pub(super) use self::passports::draw as passport;
pub(super) use self::permits::draw as permit;
use super::bearer::Bearer;
use super::canvas::{Canvas, Colour, Frame, INK, Style, Typeface};
use super::form::{Entry, Form};
use super::symbol::{Modules, Symbology};
use super::{Said, Sheet, Side, Zone, ornament, print_zone, specimen_mark};
use crate::specimen::dice::Dice;
use crate::specimen::holder::{Day, Sex, state_of};
use crate::specimen::mrz::{self, Content, Format};
use crate::specimen::truth::Parsed;

/// Width and height of ID-1 and ID-2 (ISO/IEC 7810) in millimetres.
const ID_1: (f32, f32) = (85.6, 53.98);
const ID_2: (f32, f32) = (105.0, 74.0);

/// Something that a card states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Surname,
    Given,
    Sex,
    Nationality,
    Birth,
    PlaceOfBirth,
    /// Place and day in one line, as Italian cards have them.
    BirthAndPlace,
    Number,
    Personal,
    Issue,
    Expiry,
    /// From and to in one line, as Romanian cards have them.
    Validity,
    Authority,
    Address,
    Height,
    EyeColour,
    Access,
}

/// Where it stands: the label's baseline at `y`, the value a line below.
struct Item {
    x: f32,
    y: f32,
    most: f32,
    label: &'static str,
    what: What,
}

/// A citizen's papers of one kind.
struct Papers {
    bearer: Bearer,
    number: String,
    personal: String,
    dates: Dates,
    between: &'static str,
}

impl Papers {
    fn date(&self, day: Day) -> String {
        match self.dates {
            Dates::Numbers(mark) => day.numeric(mark),
            Dates::Words(months) => format!(
                "{:02} {} {:04}",
                day.day,
                months[(day.month - 1) as usize],
                day.year
            ),
            Dates::Short => {
                let full = day.numeric('.');
                format!("{}{:02}", &full[..6], day.year % 100)
            }
        }
    }

    fn sex(&self) -> String {
        match (self.bearer.state.code, self.bearer.holder.sex) {
            ("NLD", Sex::Female) => "V/F".to_owned(),
            ("NLD", Sex::Male) => "M/M".to_owned(),
            (_, sex) => sex.printed().to_owned(),
        }
    }

    fn height(&self) -> String {
        let height = self.bearer.height;
        match self.bearer.state.code {
            "ITA" => height.to_string(),
            "D" | "AUT" => format!("{height} cm"),
            "PRT" => format!("{},{:02}", height / 100, height % 100),
            _ => format!("{},{:02} m", height / 100, height % 100),
        }
    }

    /// The field's name, what is printed and what it means.
    fn entry(&self, what: What) -> Option<Entry> {
        let bearer = &self.bearer;
        let holder = &bearer.holder;
        let day = |name, day: Day| Entry::meaning(name, self.date(day), day.iso());
        Some(match what {
            What::Surname => Entry::plain("surname", bearer.surname()),
            What::Given => Entry::plain("given_names", bearer.given(self.between)),
            What::Sex => Entry::meaning("sex", self.sex(), holder.sex.printed()),
            What::Nationality => {
                let printed = match bearer.state.code {
                    "D" | "BEL" | "NLD" | "POL" => bearer.state.citizen.to_owned(),
                    "ROU" => "Română / ROU".to_owned(),
                    code => code.to_owned(),
                };
                Entry::meaning("nationality", printed, bearer.state.code)
            }
            What::Birth => day("date_of_birth", holder.birth),
            What::PlaceOfBirth => Entry::plain("place_of_birth", holder.place_of_birth),
            What::Number => {
                if bearer.state.code == "ROU" {
                    let (series, number) = self.number.split_at(2);
                    let number = number.trim();
                    Entry::meaning(
                        "document_number",
                        format!("{series} NR {number}"),
                        format!("{series}{number}"),
                    )
                } else {
                    Entry::plain("document_number", self.number.clone())
                }
            }
            What::Personal => Entry::plain("personal_number", self.personal.clone()),
            What::Issue => day("date_of_issue", bearer.issue),
            What::Expiry => day("date_of_expiry", bearer.expiry),
            What::Authority => Entry::plain("authority", bearer.authority.clone()),
            What::Height => Entry::plain("height", self.height()),
            What::EyeColour => Entry::plain("eye_colour", "BRAUN"),
            What::Access => Entry::plain("can", bearer.can.clone()),
            What::BirthAndPlace | What::Validity | What::Address => return None,
        })
    }

    /// Prints an item: label, value below, and notes what it says.
    fn print(&self, form: &mut Form, item: &Item, label: Style, value: Style) {
        let beside = matches!(item.label, "SERIA" | "CNP");
        let (x, y) = if beside {
            let end = form.print(item.x, item.y, item.most, item.label, label);
            (end + 1.2, item.y)
        } else {
            form.print(item.x, item.y, item.most, item.label, label);
            (item.x, item.y + value.capital + 1.15)
        };
        let bearer = &self.bearer;
        match item.what {
            What::BirthAndPlace => {
                let (place, birth) = (bearer.holder.place_of_birth, bearer.holder.birth);
                form.note(&Entry::plain("place_of_birth", place));
                form.note(&Entry::plain("date_of_birth", birth.iso()));
                let line = format!("{place} {}", self.date(birth));
                form.print(x, y, item.most, &line, value);
            }
            What::Validity => {
                let line = format!("{}-{}", self.date(bearer.issue), bearer.expiry.numeric('.'));
                form.note(&Entry::plain("date_of_issue", bearer.issue.iso()));
                form.note(&Entry::plain("date_of_expiry", bearer.expiry.iso()));
                form.print(x, y, item.most, &line, value);
            }
            What::Address => {
                let leading = value.capital + 0.9;
                form.fill_lines(
                    (x, y),
                    item.most,
                    leading,
                    "address",
                    &bearer.address,
                    value,
                );
            }
            what => {
                if let Some(entry) = self.entry(what) {
                    form.fill(x, y, item.most, &entry, value);
                }
            }
        }
    }

    /// The machine-readable zone of a form, with what it was made from.
    fn zone(&self, format: Format, code: &str, optional: &str) -> Zone {
        let bearer = &self.bearer;
        let given = bearer.given(" ");
        let number: String = self
            .number
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let content = Content {
            code,
            issuer: bearer.state.code,
            surname: &bearer.holder.surname,
            given_names: &given,
            number: &number,
            nationality: bearer.state.code,
            birth: &bearer.holder.birth.short(),
            sex: bearer.holder.sex.symbol(),
            expiry_or_issue: &bearer.expiry.short(),
            optional,
            optional_two: "",
        };
        let lines = mrz::encode(format, &content);
        let name_line = if format == Format::Td1 {
            &lines[2]
        } else {
            &lines[0][5..]
        };
        let (surname, given) = name_line.split_once("<<").unwrap_or((name_line, ""));
        let words = |text: &str| text.trim_end_matches('<').replace('<', " ");
        let parsed = Parsed {
            document_code: code.trim_end_matches('<').to_owned(),
            issuer: bearer.state.code.to_owned(),
            document_number: number.clone(),
            nationality: Some(bearer.state.code.to_owned()),
            birth: bearer.holder.birth.short(),
            sex: bearer.holder.sex.symbol().to_string(),
            expiry: Some(bearer.expiry.short()),
            optional: Some(optional.to_owned()),
            optional2: (format == Format::Td1).then(String::new),
            licence_number: None,
            office: None,
            surname: words(surname),
            given_names: words(given),
        };
        (format, lines, parsed)
    }

    /// What a zone says that the page does not print elsewhere.
    fn note_zone(&self, form: &mut Form, zone: &Zone) {
        let bearer = &self.bearer;
        for (name, value) in [
            ("surname", zone.2.surname.clone()),
            ("given_names", zone.2.given_names.clone()),
            ("document_number", zone.2.document_number.clone()),
            ("nationality", bearer.state.code.to_owned()),
            ("date_of_birth", bearer.holder.birth.iso()),
            ("sex", bearer.holder.sex.printed().to_owned()),
            ("date_of_expiry", bearer.expiry.iso()),
        ] {
            if !form.fields.contains_key(name) {
                form.note(&Entry::plain(name, value));
            }
        }
    }
}

/// Fills a pattern: `9` becomes a digit, `A` a letter.
fn pattern(dice: &mut Dice, pattern: &str) -> String {
    pattern
        .chars()
        .map(|c| match c {
            '9' => dice.symbol("0123456789"),
            'A' => dice.symbol("ABCDEFGHJKLMNPRSTUVWXYZ"),
            c => c,
        })
        .collect()
}

fn ground(bearer: &Bearer, dice: &mut Dice, size: (f32, f32), scale: f32) -> Canvas {
    let (main, second) = (bearer.state.colour, bearer.state.second_colour);
    let mut canvas = Canvas::new(size.0, size.1, scale, [241.0, 245.0, 246.0]);
    ornament::wash(&mut canvas, main, second, dice.between(0.14, 0.28));
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, main, 0.26);
    if dice.chance(0.6) {
        let centre = (size.0 * 0.66, size.1 * 0.5);
        ornament::rosette(&mut canvas, dice, centre, size.1 * 0.34, second, 0.22);
    }
    let centre = (size.0 * dice.between(0.45, 0.6), size.1 * 0.5);
    ornament::emblem(&mut canvas, centre, size.1 * 0.24, main, 0.1);
    canvas
}

/// Faces of labels and values, dealt once for a document.
fn styles(dice: &mut Dice, dark: Colour, label: f32, value: f32) -> (Style, Style) {
    let (labels, values, stretch): (_, _, f32) = *dice.pick(&[
        (Typeface::Sans, Typeface::SansBold, 1.0),
        (Typeface::Sans, Typeface::SansBold, 0.88),
        (Typeface::Sans, Typeface::Sans, 1.0),
        (Typeface::Round, Typeface::RoundBold, 0.92),
        (Typeface::SansItalic, Typeface::SansBold, 0.94),
        (Typeface::Sans, Typeface::MonoBold, 0.9),
    ]);
    (
        Style::new(labels, label * dice.between(0.94, 1.1), dark).stretched(stretch.min(0.94)),
        Style::new(values, value * dice.between(0.92, 1.08), INK).stretched(stretch),
    )
}

/// A citizen's identity card, one side of it.
pub(super) fn card(dice: &mut Dice, scale: f32, side: Side) -> Sheet {
    let card = dice.pick(&CARDS);
    let bearer = Bearer::deal(dice, state_of(card.code), card.years);
    let papers = Papers {
        number: pattern(dice, card.number),
        personal: pattern(dice, card.personal),
        dates: card.dates,
        between: card.between,
        bearer,
    };
    let (mut front, mut back) = (dice.fork(), dice.fork());
    match (side, card.zone) {
        // A card with everything on its front has no other side worth a picture.
        (Side::Front, _) | (Side::Back, ZoneAt::Front) => face(card, &papers, &mut front, scale),
        (Side::Back, ZoneAt::Back) => reverse(card, &papers, &mut back, scale),
    }
}

fn heading(form: &mut Form, bearer: &Bearer, titles: &[&str], width: f32) {
    let (main, dark) = (bearer.state.colour, bearer.state.colour.map(|v| v * 0.45));
    form.canvas
        .fill(Frame::new(0.0, 0.0, width, 8.4), 0.0, main, 0.16);
    let large = Style::new(Typeface::SansBold, 1.8, dark).spaced(0.1);
    let small = Style::new(Typeface::Sans, 1.25, dark).spaced(0.08);
    form.print(4.0, 4.0, width * 0.84, titles[0], large);
    form.print(4.0, 7.1, width * 0.84, titles[1], small);
    ornament::chip_mark(
        &mut form.canvas,
        Frame::new(width - 8.0, 2.6, 4.6, 3.2),
        dark,
    );
}

fn face(card: &Card, papers: &Papers, dice: &mut Dice, scale: f32) -> Sheet {
    let bearer = &papers.bearer;
    let large = card.zone == ZoneAt::Front;
    let size = if large { ID_2 } else { ID_1 };
    let mut form = Form::new(ground(bearer, dice, size, scale));
    heading(&mut form, bearer, card.titles, size.0);
    let photo = if large {
        Frame::new(5.0, 13.0, 28.0, 36.0)
    } else {
        Frame::new(3.8, 12.0, 24.0, 31.0)
    };
    bearer.sitter.draw(&mut form.canvas, photo);
    if !large && dice.chance(0.6) {
        let frame = Frame::new(71.0, 33.6, 10.0, 12.4);
        bearer
            .sitter
            .ghost(&mut form.canvas, frame, dice.between(0.25, 0.45));
    }
    if dice.chance(0.4) {
        ornament::hologram(&mut form.canvas, dice, (27.5, 41.0), 4.2);
    }
    let dark = bearer.state.colour.map(|v| v * 0.45);
    let (label, value) = styles(dice, dark, 0.98, 1.62);
    for item in card.front {
        papers.print(&mut form, item, label, value);
    }
    let pen = [34.0, 36.0, 70.0];
    let place = if large {
        Frame::new(8.0, 44.0, 20.0, 5.0)
    } else {
        Frame::new(38.0, 43.8, 24.0, 7.0)
    };
    ornament::signature(&mut form.canvas, dice, place, pen);
    ornament::microprint(
        &mut form.canvas,
        Frame::new(4.0, size.1 - 2.6, size.0 - 9.0, 0.6),
        bearer.state.title,
        dark,
    );
    if dice.chance(0.35) {
        let centre = (size.0 * 0.6, size.1 * 0.5);
        specimen_mark(&mut form.canvas, dice, centre, 5.6);
    }
    let mut mrz_frames = Vec::new();
    let mut zone = None;
    if large {
        form.canvas.fill(
            Frame::new(0.0, 53.0, size.0, 21.0),
            0.0,
            [250.0, 250.0, 248.0],
            0.6,
        );
        // Seven symbols of the optional data; the personal number's middle.
        let optional = &papers.personal[..6];
        let made = papers.zone(Format::Td2, card.mark, optional);
        mrz_frames = print_zone(&mut form.canvas, &made.1, &[59.6, 66.0]);
        papers.note_zone(&mut form, &made);
        zone = Some(made);
    }
    Sheet {
        canvas: form.canvas,
        radius: if large { 2.5 } else { 3.18 },
        mrz_frames,
        said: Said {
            doc_type: "id_card_front",
            issuing_country: bearer.state.code,
            zone,
            fields: form.fields,
        },
    }
}

fn reverse(card: &Card, papers: &Papers, dice: &mut Dice, scale: f32) -> Sheet {
    let bearer = &papers.bearer;
    let mut form = Form::new(ground(bearer, dice, ID_1, scale));
    form.canvas.fill(
        Frame::new(0.0, 30.8, ID_1.0, 23.2),
        0.0,
        [252.0, 252.0, 250.0],
        0.6,
    );
    let dark = bearer.state.colour.map(|v| v * 0.45);
    let (label, value) = styles(dice, dark, 0.98, 1.5);
    for item in card.back {
        papers.print(&mut form, item, label, value);
    }
    let optional = if card.optional {
        papers.personal.as_str()
    } else {
        ""
    };
    let made = papers.zone(Format::Td1, card.mark, optional);
    if card.code == "FRA" {
        let seal = seal(papers, dice);
        if let Some(modules) = Modules::encode(Symbology::DataMatrix, &seal) {
            modules.draw(&mut form.canvas, Frame::new(63.0, 5.0, 17.0, 17.0), 1.0);
        }
    } else if dice.chance(0.3) {
        ornament::hologram(&mut form.canvas, dice, (76.0, 16.0), 5.0);
    }
    ornament::microprint(
        &mut form.canvas,
        Frame::new(4.0, 29.4, 77.0, 0.6),
        bearer.state.second_title,
        dark,
    );
    if dice.chance(0.25) {
        specimen_mark(&mut form.canvas, dice, (34.0, 22.0), 4.6);
    }
    let mrz_frames = print_zone(&mut form.canvas, &made.1, &[36.0, 42.35, 48.7]);
    papers.note_zone(&mut form, &made);
    Sheet {
        canvas: form.canvas,
        radius: 3.18,
        mrz_frames,
        said: Said {
            doc_type: "id_card_back",
            issuing_country: bearer.state.code,
            zone: Some(made),
            fields: form.fields,
        },
    }
}

/// A 2D-Doc of type 07 (identity title), version 04, with a signature of chance: nobody's key.
fn seal(papers: &Papers, dice: &mut Dice) -> String {
    let bearer = &papers.bearer;
    let holder = &bearer.holder;
    let birth = holder.birth;
    format!(
        "DC04FR000001{:04X}{:04X}0701FR60{}\u{1D}62{}\u{1D}65CNI\u{1D}66{}\u{1D}67FR68{}69{:02}{:02}{:04}\u{1F}{}",
        dice.number(0x1C00, 0x2600),
        dice.number(0x1C00, 0x2600),
        mrz::transliterate(&bearer.given(" ")).replace('<', "/"),
        mrz::transliterate(&holder.surname).replace('<', " "),
        papers.number,
        holder.sex.printed(),
        birth.day,
        birth.month,
        birth.year,
        dice.symbols("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 103)
    )
}
