//! Residence permits after Regulation (EC) No 1030/2002: ID-1, the holder of another nationality, TD1 on
//! the back.

use super::{Bearer, Entry, Form, ID_1, Papers, What, ground, heading, pattern, styles};
use super::{Dates, Frame, Sheet, Side, Style, Typeface};
use super::{ornament, print_zone, specimen_mark, state_of};
use crate::specimen::dice::Dice;
use crate::specimen::document::Said;
use crate::specimen::holder::STATES;
use crate::specimen::mrz::Format;

/// One country's words.
struct Permit {
    code: &'static str,
    titles: [&'static str; 2],
    /// Surname, given names, sex, nationality, birth, kind, expiry, remarks.
    labels: [&'static str; 8],
    /// Place of birth, issue, authority, number.
    back: [&'static str; 3],
    kinds: [&'static str; 2],
}

#[rustfmt::skip] // One country, a few rows.
const PERMITS: [Permit; 7] = [
    Permit {
        code: "FRA", titles: ["TITRE DE SÉJOUR", "RESIDENCE PERMIT"],
        labels: ["NOM / SURNAME", "PRÉNOMS / FORENAMES", "SEXE / SEX", "NATIONALITÉ / NATIONALITY", "DATE DE NAISS. / DATE OF BIRTH", "CATÉGORIE DU TITRE / TYPE OF PERMIT", "EXPIRE LE / CARD EXPIRY", "REMARQUES / REMARKS"],
        back: ["LIEU DE NAISSANCE / PLACE OF BIRTH", "DATE DE DÉLIVRANCE / DATE OF ISSUE", "DÉLIVRÉ PAR / AUTHORITY"],
        kinds: ["CARTE DE SÉJOUR TEMPORAIRE", "CARTE DE RÉSIDENT"],
    },
    Permit {
        code: "D", titles: ["AUFENTHALTSTITEL", "RESIDENCE PERMIT"],
        labels: ["NAME / SURNAME", "VORNAMEN / FORENAMES", "GESCHLECHT / SEX", "STAATSANGEH. / NATIONALITY", "GEBURTSDATUM / DATE OF BIRTH", "ART DES TITELS / TYPE OF PERMIT", "KARTE GÜLTIG BIS / CARD EXPIRY", "ANMERKUNGEN / REMARKS"],
        back: ["GEBURTSORT / PLACE OF BIRTH", "AUSSTELLUNGSDATUM / DATE OF ISSUE", "AUSSTELLENDE BEHÖRDE / AUTHORITY"],
        kinds: ["AUFENTHALTSERLAUBNIS", "NIEDERLASSUNGSERLAUBNIS"],
    },
    Permit {
        code: "ESP", titles: ["PERMISO DE RESIDENCIA", "RESIDENCE PERMIT"],
        labels: ["APELLIDOS / SURNAME", "NOMBRE / FORENAMES", "SEXO / SEX", "NACIONALIDAD / NATIONALITY", "FECHA NAC. / DATE OF BIRTH", "TIPO DE PERMISO / TYPE OF PERMIT", "VÁLIDO HASTA / CARD EXPIRY", "OBSERVACIONES / REMARKS"],
        back: ["LUGAR DE NACIMIENTO / PLACE OF BIRTH", "FECHA DE EXPEDICIÓN / DATE OF ISSUE", "EXPEDIDO EN / AUTHORITY"],
        kinds: ["RESIDENCIA TEMPORAL", "LARGA DURACIÓN"],
    },
    Permit {
        code: "ITA", titles: ["PERMESSO DI SOGGIORNO", "RESIDENCE PERMIT"],
        labels: ["COGNOME / SURNAME", "NOME / FORENAMES", "SESSO / SEX", "CITTADINANZA / NATIONALITY", "DATA DI NASCITA / DATE OF BIRTH", "TIPO DI PERMESSO / TYPE OF PERMIT", "VALIDO FINO AL / CARD EXPIRY", "ANNOTAZIONI / REMARKS"],
        back: ["LUOGO DI NASCITA / PLACE OF BIRTH", "DATA DI RILASCIO / DATE OF ISSUE", "RILASCIATO DA / AUTHORITY"],
        kinds: ["LAVORO SUBORDINATO", "FAMIGLIA"],
    },
    Permit {
        code: "BEL", titles: ["TITRE DE SÉJOUR  VERBLIJFSTITEL", "RESIDENCE PERMIT"],
        labels: ["NOM / NAAM / SURNAME", "PRÉNOMS / VOORNAMEN / FORENAMES", "SEXE / SEX", "NATIONALITÉ / NATIONALITY", "NÉ LE / GEBOREN OP", "TYPE DE TITRE / TYPE OF PERMIT", "VALABLE JUSQU'AU / CARD EXPIRY", "REMARQUES / REMARKS"],
        back: ["LIEU DE NAISSANCE / PLACE OF BIRTH", "DATE DE DÉLIVRANCE / DATE OF ISSUE", "DÉLIVRÉ À / AUTHORITY"],
        kinds: ["A. SÉJOUR LIMITÉ", "B. SÉJOUR ILLIMITÉ"],
    },
    Permit {
        code: "NLD", titles: ["VERBLIJFSTITEL", "RESIDENCE PERMIT"],
        labels: ["NAAM / SURNAME", "VOORNAMEN / FORENAMES", "GESLACHT / SEX", "NATIONALITEIT / NATIONALITY", "GEBOORTEDATUM / DATE OF BIRTH", "SOORT TITEL / TYPE OF PERMIT", "KAART GELDIG TOT / CARD EXPIRY", "OPMERKINGEN / REMARKS"],
        back: ["GEBOORTEPLAATS / PLACE OF BIRTH", "DATUM AFGIFTE / DATE OF ISSUE", "AFGEGEVEN DOOR / AUTHORITY"],
        kinds: ["REGULIER BEPAALDE TIJD", "REGULIER ONBEPAALDE TIJD"],
    },
    Permit {
        code: "PRT", titles: ["TÍTULO DE RESIDÊNCIA", "RESIDENCE PERMIT"],
        labels: ["APELIDOS / SURNAME", "NOMES / FORENAMES", "SEXO / SEX", "NACIONALIDADE / NATIONALITY", "DATA DE NASC. / DATE OF BIRTH", "TIPO DE TÍTULO / TYPE OF PERMIT", "VÁLIDO ATÉ / CARD EXPIRY", "OBSERVAÇÕES / REMARKS"],
        back: ["NATURALIDADE / PLACE OF BIRTH", "DATA DE EMISSÃO / DATE OF ISSUE", "LOCAL DE EMISSÃO / AUTHORITY"],
        kinds: ["TEMPORÁRIA", "PERMANENTE"],
    },
];

/// A permit of one of the states for a citizen of another.
pub(in crate::specimen::document) fn draw(dice: &mut Dice, scale: f32, side: Side) -> Sheet {
    let permit = dice.pick(&PERMITS);
    let home = &STATES[dice.number(10, 17) as usize];
    let years = *dice.pick(&[2, 5, 10]);
    let mut bearer = Bearer::deal(dice, home, years);
    let issuer = state_of(permit.code);
    issuer.place(dice).clone_into(&mut bearer.authority);
    let papers = Papers {
        number: pattern(dice, "AA9999999"),
        personal: pattern(dice, "9999999999"),
        dates: Dates::Numbers(*dice.pick(&['.', ' ', '-', '/'])),
        between: " ",
        bearer,
    };
    let (mut front, mut back) = (dice.fork(), dice.fork());
    match side {
        Side::Front => face(permit, &papers, &mut front, scale),
        Side::Back => reverse(permit, &papers, &mut back, scale),
    }
}

/// The bearer as a resident: the ground is the issuing state's.
fn resident(permit: &Permit, papers: &Papers) -> Bearer {
    Bearer {
        state: state_of(permit.code),
        ..papers.bearer.clone()
    }
}

fn face(permit: &Permit, papers: &Papers, dice: &mut Dice, scale: f32) -> Sheet {
    let resident = resident(permit, papers);
    let mut form = Form::new(ground(&resident, dice, ID_1, scale));
    heading(&mut form, &resident, &permit.titles, ID_1.0);
    let dark = resident.state.colour.map(|v| v * 0.45);
    let (label, value) = styles(dice, dark, 0.92, 1.6);
    papers
        .bearer
        .sitter
        .draw(&mut form.canvas, Frame::new(3.8, 12.0, 24.0, 31.0));
    if let Some(number) = papers.entry(What::Number) {
        form.fill(58.0, 12.2, 25.0, &number, value);
    }
    let rows: [(f32, f32, f32, usize, What); 6] = [
        (31.0, 14.6, 50.0, 0, What::Surname),
        (31.0, 19.8, 50.0, 1, What::Given),
        (31.0, 25.0, 12.0, 2, What::Sex),
        (44.0, 25.0, 18.0, 3, What::Nationality),
        (64.0, 25.0, 19.0, 4, What::Birth),
        (64.0, 30.2, 19.0, 6, What::Expiry),
    ];
    for (x, y, most, words, what) in rows {
        form.print(x, y, most, permit.labels[words], label);
        let entry = if what == What::Nationality {
            Some(Entry::plain("nationality", papers.bearer.state.code))
        } else {
            papers.entry(what)
        };
        if let Some(entry) = entry {
            form.fill(x, y + value.capital + 1.1, most, &entry, value);
        }
    }
    form.print(31.0, 30.2, 32.0, permit.labels[5], label);
    let kind = dice.word(&permit.kinds);
    form.print(31.0, 30.2 + value.capital + 1.1, 32.0, kind, value);
    form.print(31.0, 35.6, 30.0, permit.labels[7], label);
    let remark = Style {
        capital: value.capital * 0.86,
        ..value
    };
    let note = match permit.code {
        "FRA" | "BEL" => "AUTORISE SON TITULAIRE À TRAVAILLER",
        "D" => "ERWERBSTÄTIGKEIT GESTATTET",
        "ESP" => "AUTORIZA A TRABAJAR",
        _ => "",
    };
    form.print(31.0, 38.2, 50.0, note, remark);
    ornament::signature(
        &mut form.canvas,
        dice,
        Frame::new(34.0, 43.0, 26.0, 7.0),
        [34.0, 36.0, 70.0],
    );
    if dice.chance(0.35) {
        specimen_mark(&mut form.canvas, dice, (52.0, 28.0), 5.4);
    }
    Sheet {
        canvas: form.canvas,
        radius: 3.18,
        mrz_frames: Vec::new(),
        said: Said {
            doc_type: "residence_permit_front",
            issuing_country: permit.code,
            zone: None,
            fields: form.fields,
        },
    }
}

fn reverse(permit: &Permit, papers: &Papers, dice: &mut Dice, scale: f32) -> Sheet {
    let resident = resident(permit, papers);
    let mut form = Form::new(ground(&resident, dice, ID_1, scale));
    form.canvas.fill(
        Frame::new(0.0, 30.8, ID_1.0, 23.2),
        0.0,
        [252.0, 252.0, 250.0],
        0.6,
    );
    let dark = resident.state.colour.map(|v| v * 0.45);
    let (label, value) = styles(dice, dark, 0.92, 1.5);
    for (row, what) in [What::PlaceOfBirth, What::Issue, What::Authority]
        .into_iter()
        .enumerate()
    {
        let y = 5.0 + row as f32 * 5.6;
        form.print(4.0, y, 50.0, permit.back[row], label);
        if let Some(entry) = papers.entry(what) {
            form.fill(4.0, y + value.capital + 1.1, 50.0, &entry, value);
        }
    }
    let style = Style::new(Typeface::Sans, 1.0, dark);
    form.print(56.0, 5.0, 26.0, permit.titles[1], style);
    ornament::hologram(&mut form.canvas, dice, (76.0, 20.0), 5.0);
    let mark = dice.word(&["IR", "AR"]);
    let (format, lines, mut parsed) = papers.zone(Format::Td1, mark, "");
    // The zone names the issuing state before the number and the holder's own behind the dates.
    let first = format!("{}{:<<3}{}", &lines[0][..2], permit.code, &lines[0][5..]);
    permit.code.clone_into(&mut parsed.issuer);
    let made = (
        format,
        vec![first, lines[1].clone(), lines[2].clone()],
        parsed,
    );
    let mrz_frames = print_zone(&mut form.canvas, &made.1, &[36.0, 42.35, 48.7]);
    papers.note_zone(&mut form, &made);
    Sheet {
        canvas: form.canvas,
        radius: 3.18,
        mrz_frames,
        said: Said {
            doc_type: "residence_permit_back",
            issuing_country: permit.code,
            zone: Some(made),
            fields: form.fields,
        },
    }
}
