//! Visa stickers in the words of seven states of the Schengen area: 105 × 74 mm, MRV-B, or the larger
//! MRV-A. A likeness, not a copy.

use super::bearer::Bearer;
use super::canvas::{Canvas, Frame, INK, Style, Typeface};
use super::form::{Entry, Form};
use super::{Said, Sheet, ornament, print_zone, specimen_mark};
use crate::specimen::dice::Dice;
use crate::specimen::holder::{STATES, state_of};
use crate::specimen::mrz::{self, Content, Format};
use crate::specimen::truth::Parsed;

/// One language's words.
struct Words {
    code: &'static str,
    /// Valid for, from, until, type, entries, stay, issued in, on, passport, name, remarks.
    labels: [&'static str; 11],
    states: &'static str,
}

#[rustfmt::skip] // One state, two rows.
const WORDS: [Words; 7] = [
    Words { code: "FRA", states: "ÉTATS SCHENGEN",
        labels: ["VALABLE POUR", "DU", "AU", "TYPE DE VISA", "NOMBRE D'ENTRÉES", "DURÉE DU SÉJOUR", "DÉLIVRÉ À", "LE", "NUMÉRO DU PASSEPORT", "NOM, PRÉNOM", "REMARQUES"] },
    Words { code: "D", states: "SCHENGENER STAATEN",
        labels: ["GÜLTIG FÜR", "VOM", "BIS", "TYP DES VISUMS", "ANZAHL DER EINREISEN", "DAUER DES AUFENTHALTS", "AUSGESTELLT IN", "AM", "REISEPASSNUMMER", "NAME, VORNAME", "ANMERKUNGEN"] },
    Words { code: "ESP", states: "ESTADOS SCHENGEN",
        labels: ["VÁLIDO PARA", "DESDE", "HASTA", "TIPO DE VISADO", "NÚMERO DE ENTRADAS", "DURACIÓN DE LA ESTANCIA", "EXPEDIDO EN", "EL", "NÚMERO DE PASAPORTE", "APELLIDOS, NOMBRE", "OBSERVACIONES"] },
    Words { code: "ITA", states: "STATI SCHENGEN",
        labels: ["VALIDO PER", "DAL", "AL", "TIPO DI VISTO", "NUMERO DI INGRESSI", "DURATA DEL SOGGIORNO", "RILASCIATO A", "IL", "NUMERO DEL PASSAPORTO", "COGNOME, NOME", "ANNOTAZIONI"] },
    Words { code: "NLD", states: "SCHENGENSTATEN",
        labels: ["GELDIG VOOR", "VAN", "TOT", "SOORT VISUM", "AANTAL BINNENKOMSTEN", "DUUR VAN HET VERBLIJF", "AFGEGEVEN TE", "OP", "NUMMER PASPOORT", "NAAM, VOORNAAM", "OPMERKINGEN"] },
    Words { code: "POL", states: "PAŃSTWA SCHENGEN",
        labels: ["WAŻNA NA", "OD", "DO", "RODZAJ WIZY", "LICZBA WJAZDÓW", "DŁUGOŚĆ POBYTU", "WYDANA W", "DNIA", "NUMER PASZPORTU", "NAZWISKO, IMIĘ", "UWAGI"] },
    Words { code: "PRT", states: "ESTADOS SCHENGEN",
        labels: ["VÁLIDO PARA", "DE", "ATÉ", "TIPO DE VISTO", "NÚMERO DE ENTRADAS", "DURAÇÃO DA ESTADIA", "EMITIDO EM", "EM", "NÚMERO DO PASSAPORTE", "APELIDO, NOME", "OBSERVAÇÕES"] },
];

/// A visa that one of the states gives to a citizen of another.
pub(super) fn draw(dice: &mut Dice, scale: f32) -> Sheet {
    let words = dice.pick(&WORDS);
    let issuer = state_of(words.code);
    let home = &STATES[dice.number(12, 17) as usize];
    let bearer = Bearer::deal(dice, home, 1);
    let place = issuer.place(dice);
    let (format, width, height) = if dice.chance(0.5) {
        (Format::MrvB, 105.0, 74.0)
    } else {
        (Format::MrvA, 120.0, 80.0)
    };
    let (main, second) = (issuer.colour, issuer.second_colour);
    let mut canvas = Canvas::new(width, height, scale, [243.0, 247.0, 243.0]);
    ornament::wash(&mut canvas, [150.0, 190.0, 160.0], main, 0.24);
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, [120.0, 160.0, 140.0], 0.28);
    let centre = (width * 0.72, height * 0.4);
    ornament::rosette(&mut canvas, dice, centre, 18.0, second, 0.24);
    canvas.fill(
        Frame::new(0.0, height - 23.0, width, 23.0),
        0.0,
        [252.0, 252.0, 249.0],
        0.6,
    );
    let mut form = Form::new(canvas);
    let dark = main.map(|v| v * 0.45);
    let head = Style::new(Typeface::SansBold, 3.2, dark).spaced(1.0);
    form.canvas.text_to(width - 5.0, 7.0, "VISA", head);
    let title = Style::new(Typeface::SansBold, 1.7, dark);
    form.print(36.0, 6.0, width * 0.4, issuer.title, title);
    bearer
        .sitter
        .draw(&mut form.canvas, Frame::new(5.0, 8.0, 26.0, 33.0));
    ornament::hologram(&mut form.canvas, dice, (width - 12.0, 18.0), 6.0);
    let label = Style::new(Typeface::Sans, 0.95, dark);
    let face = *dice.pick(&[Typeface::SansBold, Typeface::Mono, Typeface::MonoBold]);
    let value = Style::new(face, 1.65, INK);
    let number = format!("{}{}", words.code, dice.symbols("0123456789", 9));
    let number = Entry::plain("document_number", &number[number.len() - 9..]);
    let passport = Entry::plain(
        "passport_number",
        format!(
            "{}{}",
            dice.symbols("ABCDEFGHKLMNPRSTUVWXYZ", 2),
            dice.symbols("0123456789", 7)
        ),
    );
    let mark = *dice.pick(&['-', '.', '/']);
    let two = dice.chance(0.5);
    let date = |name: &'static str, day: crate::specimen::holder::Day| {
        let full = day.numeric(mark);
        let printed = if two {
            format!("{}{:02}", &full[..6], day.year % 100)
        } else {
            full
        };
        Entry::meaning(name, printed, day.iso())
    };
    let x = 34.0;
    let x2 = x + 24.0;
    let x3 = x + 46.0;
    let line = |row: f32| 10.6 + row * 5.5;
    let mut put = |x: f32, row: f32, most: f32, words: &str, entry: &Entry| {
        form.print(x, line(row), most, words, label);
        let y = line(row) + value.capital + 1.05;
        if entry.name.is_empty() {
            form.print(x, y, most, &entry.printed, value);
        } else {
            form.fill(x, y, most, entry, value);
        }
    };
    let plain = |text: &str| Entry::plain("", text);
    let issued = bearer.issue;
    let kind = dice.word(&["C", "D", "C"]);
    let stay = format!("{}", dice.number(5, 90));
    let l = &words.labels;
    put(x, 0.0, 40.0, l[0], &plain(words.states));
    put(x, 1.0, 20.0, l[1], &date("valid_from", issued));
    put(x2, 1.0, 20.0, l[2], &date("valid_until", bearer.expiry));
    put(x, 2.0, 16.0, l[3], &plain(kind));
    put(
        x2,
        2.0,
        20.0,
        l[4],
        &plain(dice.word(&["MULT", "1", "01", "2"])),
    );
    put(x3, 2.0, 22.0, l[5], &plain(&stay));
    put(x, 3.0, 22.0, l[6], &plain(place));
    put(x2, 3.0, 20.0, l[7], &date("date_of_issue", issued));
    put(x3, 3.0, 24.0, l[8], &passport);
    let name = format!("{}, {}", bearer.surname(), bearer.given(" "));
    put(x, 4.0, width - x - 5.0, l[9], &plain(&name));
    put(
        x,
        5.0,
        40.0,
        l[10],
        &plain(dice.word(&["TOURISME", "BUSINESS", "STUDY"])),
    );
    form.note(&Entry::plain("surname", bearer.surname()));
    form.note(&Entry::plain("given_names", bearer.given(" ")));
    let red = Style::new(Typeface::Mono, 2.0, [176.0, 40.0, 52.0]);
    form.fill_to(width - 5.0, height - 25.0, &number, red);
    if dice.chance(0.35) {
        specimen_mark(&mut form.canvas, dice, (width * 0.5, 28.0), 7.0);
    }
    let given = bearer.given(" ");
    let mark = dice.word(&["V<", "VC", "VD"]);
    let content = Content {
        code: mark,
        issuer: words.code,
        surname: &bearer.holder.surname,
        given_names: &given,
        number: &number.truth,
        nationality: home.code,
        birth: &bearer.holder.birth.short(),
        sex: bearer.holder.sex.symbol(),
        expiry_or_issue: &bearer.expiry.short(),
        optional: "",
        optional_two: "",
    };
    let lines = mrz::encode(format, &content);
    let (surname, names) = lines[0][5..]
        .split_once("<<")
        .unwrap_or((&lines[0][5..], ""));
    let plain = |text: &str| text.trim_end_matches('<').replace('<', " ");
    let parsed = Parsed {
        document_code: mark.trim_end_matches('<').to_owned(),
        issuer: words.code.to_owned(),
        document_number: number.truth.clone(),
        nationality: Some(home.code.to_owned()),
        birth: bearer.holder.birth.short(),
        sex: bearer.holder.sex.symbol().to_string(),
        expiry: Some(bearer.expiry.short()),
        optional: Some(String::new()),
        surname: plain(surname),
        given_names: plain(names),
        ..Parsed::default()
    };
    let mrz_frames = print_zone(&mut form.canvas, &lines, &[height - 15.6, height - 9.25]);
    for (name, value) in [
        ("date_of_birth", bearer.holder.birth.iso()),
        ("sex", bearer.holder.sex.printed().to_owned()),
        ("nationality", home.code.to_owned()),
    ] {
        form.note(&Entry::plain(name, value));
    }
    Sheet {
        canvas: form.canvas,
        radius: 1.0,
        mrz_frames,
        said: Said {
            doc_type: "visa",
            issuing_country: words.code,
            zone: Some((format, lines, parsed)),
            fields: form.fields,
        },
    }
}
