//! Driving licences of the European model (Directive 2006/126/EC, annex I): ID-1, numbered fields on the
//! front, the table of categories on the back. Fields and their numbers are the directive's; grounds and
//! arrangement are invented.

use super::bearer::Bearer;
use super::canvas::{Canvas, Colour, Frame, INK, Style, Typeface};
use super::form::{Entry, Form};
use super::{Said, Sheet, Side, ornament, specimen_mark};
use crate::specimen::dice::Dice;
use crate::specimen::holder::{Day, state_of};

const SIZE: (f32, f32) = (85.6, 53.98);
const CORNER: f32 = 3.18;

/// How one country fills in the model.
struct Country {
    /// ICAO's code.
    code: &'static str,
    /// The distinguishing sign in the flag.
    sign: &'static str,
    titles: &'static [&'static str],
    /// Pattern of the number: `9` a digit, `A` a letter.
    number: &'static str,
    /// What issues; `@` stands for a place.
    authority: &'static str,
    dates: Dates,
    /// Columns 9 to 12 of the back, in words.
    columns: [&'static str; 4],
}

/// How dates are written: mark between the numbers, digits of the year.
type Dates = (char, usize);

#[rustfmt::skip] // One country, one row.
const COUNTRIES: [Country; 21] = [
    Country { code: "FRA", sign: "F", titles: &["PERMIS DE CONDUIRE", "RÉPUBLIQUE FRANÇAISE"], number: "99AA99999", authority: "Préfecture @", dates: ('.', 4), columns: ["CATÉGORIES", "DÉBUT", "FIN", "CODES"] },
    Country { code: "D", sign: "D", titles: &["FÜHRERSCHEIN", "BUNDESREPUBLIK DEUTSCHLAND"], number: "A999AAA9A99", authority: "Landratsamt @", dates: ('.', 2), columns: ["9", "10", "11", "12"] },
    Country { code: "ESP", sign: "E", titles: &["PERMISO DE CONDUCCIÓN", "REINO DE ESPAÑA"], number: "99999999-A", authority: "DGT @", dates: ('-', 4), columns: ["9.", "10.", "11.", "12."] },
    Country { code: "ITA", sign: "I", titles: &["PATENTE DI GUIDA", "REPUBBLICA ITALIANA"], number: "AA9999999A", authority: "MIT-UCO", dates: ('/', 4), columns: ["9.", "10.", "11.", "12."] },
    Country { code: "BEL", sign: "B", titles: &["RIJBEWIJS  PERMIS DE CONDUIRE  FÜHRERSCHEIN", "BELGIË  BELGIQUE  BELGIEN"], number: "9999999999", authority: "@", dates: ('.', 4), columns: ["9", "10", "11", "12"] },
    Country { code: "NLD", sign: "NL", titles: &["RIJBEWIJS", "KONINKRIJK DER NEDERLANDEN"], number: "9999999999", authority: "Gemeente @", dates: ('-', 4), columns: ["9", "10", "11", "12"] },
    Country { code: "PRT", sign: "P", titles: &["CARTA DE CONDUÇÃO", "REPÚBLICA PORTUGUESA"], number: "AA-999999 9", authority: "IMT-@", dates: ('.', 4), columns: ["9", "10", "11", "12"] },
    Country { code: "ROU", sign: "RO", titles: &["PERMIS DE CONDUCERE", "ROMÂNIA"], number: "A99999999A", authority: "SPCRPCIV @", dates: ('.', 4), columns: ["9.", "10.", "11.", "12."] },
    Country { code: "POL", sign: "PL", titles: &["PRAWO JAZDY", "RZECZPOSPOLITA POLSKA"], number: "99999/99/9999", authority: "Starosta @", dates: ('.', 4), columns: ["9.", "10.", "11.", "12."] },
    Country { code: "CZE", sign: "CZ", titles: &["ŘIDIČSKÝ PRŮKAZ", "ČESKÁ REPUBLIKA"], number: "AA 999999", authority: "MÚ @", dates: ('.', 4), columns: ["9.", "10.", "11.", "12."] },
    Country { code: "AUT", sign: "A", titles: &["FÜHRERSCHEIN", "REPUBLIK ÖSTERREICH"], number: "99999999", authority: "BH @", dates: ('.', 4), columns: ["9", "10", "11", "12"] },
    Country { code: "SWE", sign: "S", titles: &["KÖRKORT", "SVERIGE"], number: "999999999", authority: "TRANSPORTSTYRELSEN", dates: ('.', 4), columns: ["9", "10", "11", "12"] },
    Country { code: "DNK", sign: "DK", titles: &["KØREKORT", "DANMARK"], number: "99999999", authority: "@ Kommune", dates: ('.', 4), columns: ["9", "10", "11", "12"] },
    Country { code: "FIN", sign: "FIN", titles: &["AJOKORTTI  KÖRKORT", "SUOMI FINLAND"], number: "999999-999A", authority: "TRAFICOM", dates: ('.', 4), columns: ["9", "10", "11", "12"] },
    Country { code: "IRL", sign: "IRL", titles: &["CEADÚNAS TIOMÁNA  DRIVING LICENCE", "ÉIRE  IRELAND"], number: "999999999", authority: "NDLS @", dates: ('.', 4), columns: ["9.", "10.", "11.", "12."] },
    Country { code: "HRV", sign: "HR", titles: &["VOZAČKA DOZVOLA", "REPUBLIKA HRVATSKA"], number: "99999999", authority: "PU @", dates: ('.', 4), columns: ["9.", "10.", "11.", "12."] },
    Country { code: "SVN", sign: "SLO", titles: &["VOZNIŠKO DOVOLJENJE", "REPUBLIKA SLOVENIJA"], number: "999999999", authority: "UE @", dates: ('.', 4), columns: ["9.", "10.", "11.", "12."] },
    Country { code: "HUN", sign: "H", titles: &["VEZETŐI ENGEDÉLY", "MAGYARORSZÁG"], number: "AA999999", authority: "@ KEKKH", dates: ('.', 4), columns: ["9.", "10.", "11.", "12."] },
    Country { code: "LUX", sign: "L", titles: &["PERMIS DE CONDUIRE", "GRAND-DUCHÉ DE LUXEMBOURG"], number: "9999999", authority: "MT @", dates: ('.', 4), columns: ["9", "10", "11", "12"] },
    Country { code: "CHE", sign: "CH", titles: &["FÜHRERAUSWEIS  PERMIS DE CONDUIRE", "SCHWEIZ SUISSE SVIZZERA SVIZRA"], number: "999999999999", authority: "@", dates: ('.', 4), columns: ["9", "10", "11", "12"] },
    Country { code: "GBR", sign: "UK", titles: &["DRIVING LICENCE", "UNITED KINGDOM"], number: "AAAAA999999AA9AA", authority: "DVLA", dates: ('.', 4), columns: ["9.", "10.", "11.", "12."] },
];

/// The categories in the order in which they are printed.
const CATEGORIES: [&str; 15] = [
    "AM", "A1", "A2", "A", "B1", "B", "C1", "C", "D1", "D", "BE", "C1E", "CE", "D1E", "DE",
];

/// A driver of the European model.
struct Licence {
    bearer: Bearer,
    country: &'static Country,
    number: String,
    /// Places in [`CATEGORIES`], and the day each was first held.
    held: Vec<(usize, Day)>,
    personal: Option<String>,
    with_address: bool,
}

impl Licence {
    fn deal(dice: &mut Dice) -> Self {
        let country = if dice.chance(0.12) {
            &COUNTRIES[0]
        } else {
            dice.pick(&COUNTRIES)
        };
        let years = *dice.pick(&[10, 15]);
        let bearer = Bearer::deal(dice, state_of(country.code), years);
        let number = country
            .number
            .chars()
            .map(|c| match c {
                '9' => dice.symbol("0123456789"),
                'A' => dice.symbol("ABCDEFGHJKLMNPRSTUVWXYZ"),
                c => c,
            })
            .collect();
        let sets: [&[usize]; 8] = [
            &[0, 5],
            &[0, 1, 5],
            &[0, 4, 5],
            &[5],
            &[0, 5, 10],
            &[0, 1, 2, 3, 4, 5],
            &[0, 5, 6, 7, 10, 11, 12],
            &[0, 4, 5, 8, 9, 10],
        ];
        let from = Day::deal(dice, (bearer.holder.birth.year + 17).min(2013), 2013);
        let held = dice
            .pick(&sets)
            .iter()
            .map(|&category| {
                let later = if category > 5 && dice.chance(0.7) {
                    Day::deal(dice, from.year.min(2012) + 1, 2014)
                } else {
                    from
                };
                (category, later)
            })
            .collect();
        let personal = (dice.chance(0.35)).then(|| dice.symbols("0123456789", 11));
        Self {
            bearer,
            country,
            number,
            held,
            personal,
            with_address: country.code == "GBR" || dice.chance(0.12),
        }
    }

    fn categories(&self) -> String {
        self.held
            .iter()
            .map(|(category, _)| CATEGORIES[*category])
            .collect::<Vec<_>>()
            .join("/")
    }

    fn date(&self, day: Day) -> String {
        let (mark, digits) = self.country.dates;
        let full = day.numeric(mark);
        if digits == 2 {
            format!("{}{:02}", &full[..full.len() - 4], day.year % 100)
        } else {
            full
        }
    }
}

pub(super) fn draw(dice: &mut Dice, scale: f32, side: Side) -> Sheet {
    let licence = Licence::deal(dice);
    let (mut front, mut back) = (dice.fork(), dice.fork());
    let (form, doc_type) = match side {
        Side::Front => (face(&licence, &mut front, scale), "driving_licence_front"),
        Side::Back => (reverse(&licence, &mut back, scale), "driving_licence_back"),
    };
    Sheet {
        canvas: form.canvas,
        radius: CORNER,
        mrz_frames: Vec::new(),
        said: Said {
            doc_type,
            issuing_country: licence.country.code,
            zone: None,
            fields: form.fields,
        },
    }
}

const ROSE: Colour = [206.0, 136.0, 150.0];
const DARK: Colour = [96.0, 44.0, 70.0];

fn ground(dice: &mut Dice, scale: f32) -> Canvas {
    let second = *dice.pick(&[
        [196.0, 170.0, 196.0],
        [170.0, 190.0, 206.0],
        [220.0, 200.0, 170.0],
    ]);
    let mut canvas = Canvas::new(SIZE.0, SIZE.1, scale, [249.0, 238.0, 238.0]);
    ornament::wash(&mut canvas, ROSE, second, dice.between(0.18, 0.34));
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, ROSE, 0.3);
    ornament::rosette(&mut canvas, dice, (60.0, 27.0), 15.0, second, 0.25);
    canvas
}

/// The sign of the country on the Union's blue.
fn flag(form: &mut Form, sign: &str, frame: Frame) {
    form.canvas.fill(frame, 0.8, [38.0, 66.0, 150.0], 0.9);
    let centre = frame.centre();
    for star in 0..12 {
        let turn = star as f32 / 12.0;
        let reach = frame.height * 0.36;
        let at = (
            centre.0 + reach * crate::specimen::plane::cosine(turn),
            centre.1 + reach * crate::specimen::plane::sine(turn),
        );
        form.canvas
            .ellipse(at, (0.32, 0.32), [246.0, 214.0, 80.0], 0.9);
    }
    let size = if sign.len() > 2 { 1.4 } else { 2.0 };
    let style = Style::new(Typeface::SansBold, size, [250.0, 250.0, 246.0]).stretched(0.85);
    let width = form.canvas.text_width(sign, style);
    form.print(
        centre.0 - width / 2.0,
        centre.1 + size / 2.0,
        9.0,
        sign,
        style,
    );
}

fn face(licence: &Licence, dice: &mut Dice, scale: f32) -> Form {
    let mut form = Form::new(ground(dice, scale));
    flag(
        &mut form,
        licence.country.sign,
        Frame::new(3.0, 2.4, 9.6, 6.6),
    );
    let heading = Style::new(Typeface::SansBold, dice.between(1.8, 2.4), DARK)
        .spaced(0.1)
        .stretched(0.92);
    form.print(15.0, 5.0, 66.0, licence.country.titles[0], heading);
    let second = Style::new(Typeface::Sans, 1.3, DARK);
    form.print(15.0, 8.0, 50.0, licence.country.titles[1], second);

    let bearer = &licence.bearer;
    let photo = Frame::new(3.6, 12.0, 21.5, 27.0);
    bearer.sitter.draw(&mut form.canvas, photo);
    if dice.chance(0.6) {
        bearer.sitter.ghost(
            &mut form.canvas,
            Frame::new(70.6, 34.0, 11.0, 13.5),
            dice.between(0.3, 0.5),
        );
    }
    let faces = *dice.pick(&[
        (Typeface::SansBold, 1.0),
        (Typeface::SansBold, 0.86),
        (Typeface::Sans, 1.0),
        (Typeface::RoundBold, 0.92),
        (Typeface::MonoBold, 0.9),
    ]);
    let value = Style::new(faces.0, dice.between(1.5, 1.8), INK).stretched(faces.1);
    let label = Style::new(Typeface::Sans, dice.between(1.05, 1.4), DARK);
    let capitals = dice.chance(0.7);
    let surname = if capitals || dice.chance(0.5) {
        bearer.surname()
    } else {
        bearer.holder.surname.clone()
    };
    let between = if licence.country.code == "FRA" && dice.chance(0.6) {
        ", "
    } else {
        " "
    };
    let given = if capitals {
        bearer.given(between)
    } else {
        bearer.holder.given_names.join(between)
    };
    let dot = dice.word(&[".", ".", ".", ""]);
    let authority = licence.country.authority.replace('@', &bearer.authority);
    let x = 28.0;
    let at = x + dice.between(3.6, 4.6);
    let leading = if licence.with_address { 3.5 } else { 3.9 };
    let mut y = 13.2;
    let code = |form: &mut Form, x: f32, y: f32, code: &str| {
        form.print(x, y, 4.6, &format!("{code}{dot}"), label);
    };
    code(&mut form, x, y, "1");
    form.fill(at, y, 50.0, &Entry::plain("surname", surname), value);
    y += leading;
    code(&mut form, x, y, "2");
    form.fill(at, y, 50.0, &Entry::plain("given_names", given), value);
    y += leading;
    code(&mut form, x, y, "3");
    let birth = &bearer.holder.birth;
    let end = form.fill(
        at,
        y,
        26.0,
        &Entry::meaning("date_of_birth", licence.date(*birth), birth.iso()),
        value,
    );
    let place = bearer.holder.place_of_birth;
    if dice.chance(0.2) {
        form.note(&Entry::plain("place_of_birth", place));
        form.print(end + 1.4, y, 26.0, &format!("({place})"), value);
    } else {
        form.fill(
            end + 1.4,
            y,
            26.0,
            &Entry::plain("place_of_birth", place),
            value,
        );
    }
    y += leading;
    let issue = Entry::meaning(
        "date_of_issue",
        licence.date(bearer.issue),
        bearer.issue.iso(),
    );
    let expiry = Entry::meaning(
        "date_of_expiry",
        licence.date(bearer.expiry),
        bearer.expiry.iso(),
    );
    let authority = Entry::plain("authority", authority);
    let personal = licence
        .personal
        .as_ref()
        .map(|number| Entry::plain("personal_number", number.clone()));
    if dice.chance(0.7) {
        // Dates left, authority and personal number right of them, as the directive draws it.
        code(&mut form, x, y, "4a");
        form.fill(at, y, 18.0, &issue, value);
        code(&mut form, x + 25.0, y, "4c");
        form.fill(at + 25.0, y, 24.0, &authority, value);
        y += leading;
        code(&mut form, x, y, "4b");
        form.fill(at, y, 18.0, &expiry, value);
        if let Some(personal) = &personal {
            code(&mut form, x + 25.0, y, "4d");
            form.fill(at + 25.0, y, 24.0, personal, value);
        }
        y += leading;
    } else {
        for (label, entry) in [
            ("4a", Some(&issue)),
            ("4b", Some(&expiry)),
            ("4c", Some(&authority)),
            ("4d", personal.as_ref()),
        ] {
            if let Some(entry) = entry {
                code(&mut form, x, y, label);
                form.fill(at, y, 36.0, entry, value);
                y += leading * 0.94;
            }
        }
    }
    code(&mut form, x, y, "5");
    let number = Entry::plain("document_number", licence.number.clone());
    form.fill(at, y, 34.0, &number, value);
    y += leading;
    if licence.with_address {
        code(&mut form, x, y, "8");
        let most = 40.0;
        form.fill_lines((at, y), most, 2.6, "address", &bearer.address, value);
        y += leading + 2.6;
    }
    code(&mut form, 3.6, 43.4, "7");
    ornament::signature(
        &mut form.canvas,
        dice,
        Frame::new(7.0, 40.0, 19.0, 7.0),
        [30.0, 30.0, 40.0],
    );
    let categories = licence.categories();
    let mark = dice.word(&["/", "/", "/", " ", ", "]);
    let entry = Entry::meaning(
        "licence_categories",
        categories.replace('/', mark),
        categories,
    );
    let bottom = y.clamp(48.6, 51.6);
    code(&mut form, x, bottom, "9");
    form.fill(at, bottom, 44.0, &entry, value);
    if dice.chance(0.3) {
        specimen_mark(&mut form.canvas, dice, (52.0, 25.0), 5.4);
    }
    form
}

fn reverse(licence: &Licence, dice: &mut Dice, scale: f32) -> Form {
    let mut form = Form::new(ground(dice, scale));
    let ink = DARK.map(|v| v * 0.6);
    let label = Style::new(Typeface::Sans, 1.0, ink);
    let head = Style::new(Typeface::SansBold, 1.05, ink).stretched(0.9);
    let value = Style::new(
        *dice.pick(&[Typeface::Sans, Typeface::SansBold, Typeface::Mono]),
        1.12,
        INK,
    );
    let (left, top) = (22.0, 4.0);
    // Columns 9, 10, 11 and 12, between rules.
    let columns = [
        left,
        left + 12.5,
        left + 12.5 + 15.5,
        left + 12.5 + 31.0,
        83.0,
    ];
    let rows = CATEGORIES.len() as f32;
    let leading = 2.75;
    let bottom = top + 2.0 + rows * leading;
    for x in columns {
        form.canvas
            .fill(Frame::new(x, top, 0.12, bottom - top), 0.0, ink, 0.8);
    }
    for row in 0..=CATEGORIES.len() {
        let y = top + 2.0 + row as f32 * leading;
        form.canvas
            .fill(Frame::new(left, y, 83.0 - left, 0.1), 0.0, ink, 0.7);
    }
    for (words, x) in licence.country.columns.iter().zip(columns) {
        form.print(x + 0.8, top + 1.5, 14.0, words, head);
    }
    let starred = dice.chance(0.4);
    for (row, category) in CATEGORIES.iter().enumerate() {
        let y = top + 2.0 + row as f32 * leading + 1.9;
        form.print(columns[0] + 0.8, y, 5.0, category, label);
        // A vehicle's outline, hardly more than a mark.
        form.canvas.fill(
            Frame::new(columns[0] + 6.6, y - 1.0, 3.4, 0.7),
            0.3,
            ink,
            0.55,
        );
        let Some((_, from)) = licence.held.iter().find(|(held, _)| *held == row) else {
            if starred {
                for x in &columns[1..4] {
                    form.print(x + 0.8, y, 12.0, "***", label);
                }
            }
            continue;
        };
        form.print(columns[1] + 0.8, y, 14.0, &licence.date(*from), value);
        form.print(
            columns[2] + 0.8,
            y,
            14.0,
            &licence.date(licence.bearer.expiry),
            value,
        );
        let codes = dice.word(&["", "", "", "01.06", "78", "79.06", "95"]);
        if !codes.is_empty() {
            form.print(columns[3] + 0.8, y, 20.0, codes, value);
        }
    }
    let small = Style::new(Typeface::Sans, 0.85, ink);
    form.print(4.0, 49.6, 14.0, "12.", small);
    let legend = [
        "1. Surname",
        "2. Other names",
        "3. Date and place of birth",
        "4a. Date of issue",
        "4b. Date of expiry",
        "4c. Issued by",
        "5. Licence number",
        "8. Address",
        "9. Categories",
        "10. Valid from",
        "11. Valid until",
        "12. Codes",
    ];
    for (row, line) in legend.iter().enumerate() {
        form.print(3.0, 7.0 + row as f32 * 2.5, 18.0, line, small);
    }
    form.note(&Entry::plain("licence_categories", licence.categories()));
    if dice.chance(0.3) {
        let style = Style::new(Typeface::Mono, 1.3, ink);
        form.print(3.0, 52.2, 30.0, &dice.symbols("0123456789", 10), style);
    }
    form
}
