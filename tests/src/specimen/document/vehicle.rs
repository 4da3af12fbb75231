//! The French vehicle certificate (SIV, since 2009): 120 × 216 mm, field codes of Directive 1999/37/EC
//! with the French additions, a detachable part and a zone of two lines at the foot. Its second page
//! explains the codes.

use super::bearer::Bearer;
use super::canvas::{Canvas, Frame, INK, Style, Typeface};
use super::form::{Entry, Form};
use super::symbol::{Modules, Symbology};
use super::{Said, Sheet, ornament, print_zone, specimen_mark};
use crate::specimen::dice::Dice;
use crate::specimen::holder::{Day, state_of};
use crate::specimen::mrz::{Format, Vehicle, french_vehicle};
use crate::specimen::truth::Parsed;

/// A model: make, type, commercial name, start of the chassis number, national kind, bodies, engine.
struct Model {
    make: &'static str,
    name: &'static str,
    wmi: &'static str,
    category: &'static str,
    kind: &'static str,
    bodies: (&'static str, &'static str),
}

#[rustfmt::skip] // One model, one row.
const MODELS: [Model; 12] = [
    Model { make: "RENAULT", name: "CLIO", wmi: "VF1", category: "M1", kind: "VP", bodies: ("AB", "CI") },
    Model { make: "PEUGEOT", name: "308", wmi: "VF3", category: "M1", kind: "VP", bodies: ("AC", "BREAK") },
    Model { make: "CITROEN", name: "C3", wmi: "VF7", category: "M1", kind: "VP", bodies: ("AB", "CI") },
    Model { make: "VOLKSWAGEN", name: "GOLF", wmi: "WVW", category: "M1", kind: "VP", bodies: ("AB", "CI") },
    Model { make: "BMW", name: "SERIE 3", wmi: "WBA", category: "M1", kind: "VP", bodies: ("AA", "CI") },
    Model { make: "TOYOTA", name: "YARIS", wmi: "VNK", category: "M1", kind: "VP", bodies: ("AB", "CI") },
    Model { make: "FIAT", name: "DUCATO", wmi: "ZFA", category: "N1", kind: "CTTE", bodies: ("BB", "FOURGON") },
    Model { make: "RENAULT", name: "MASTER", wmi: "VF1", category: "N1", kind: "CTTE", bodies: ("BB", "FOURGON") },
    Model { make: "YAMAHA", name: "MT-07", wmi: "VTM", category: "L3e", kind: "MTL", bodies: ("", "SOLO") },
    Model { make: "MERCEDES-BENZ", name: "CLASSE A", wmi: "WDD", category: "M1", kind: "VP", bodies: ("AB", "CI") },
    Model { make: "DACIA", name: "SANDERO", wmi: "UU1", category: "M1", kind: "VP", bodies: ("AB", "CI") },
    Model { make: "TESLA", name: "MODEL 3", wmi: "LRW", category: "M1", kind: "VP", bodies: ("AA", "CI") },
];

const FIRMS: [&str; 5] = [
    "TRANSPORTS DU MARAIS SARL",
    "BOULANGERIE DES TILLEULS",
    "AGENCE BELLEVUE SAS",
    "GARAGE DE LA POSTE",
    "LOC'AUTO SERVICES",
];

/// A plate of the system of 2009 (`AA-123-AA`), or rarely one of the departments' (`1234 AB 56`).
fn plate(dice: &mut Dice) -> String {
    const LETTERS: &str = "ABCDEFGHJKLMNPQRSTVWXYZ";
    if dice.chance(0.06) {
        return format!(
            "{} {} {:02}",
            dice.number(12, 9998),
            dice.symbols("ABCDEFGHJKLMNPQRSTVWXYZ", 2),
            dice.number(1, 95)
        );
    }
    let mut pair = |left: bool| loop {
        let pair = dice.symbols(LETTERS, 2);
        if pair != "SS" && !(left && pair == "WW") {
            return pair;
        }
    };
    let (left, right) = (pair(true), pair(false));
    format!("{left}-{:03}-{right}", dice.number(1, 999))
}

struct Certificate {
    bearer: Bearer,
    firm: Option<&'static str>,
    model: &'static Model,
    plate: String,
    first: Day,
    issue: Day,
    vin: String,
    formula: String,
    inspection: Day,
    /// Code, what is printed; in the order of the form.
    values: Vec<(&'static str, String)>,
}

impl Certificate {
    fn deal(dice: &mut Dice) -> Self {
        let bearer = Bearer::deal(dice, state_of("FRA"), 10);
        let model = dice.pick(&MODELS);
        let first = Day::deal(dice, 1998, 2023);
        let issue = Day::deal(dice, first.year.max(2009) + 1, 2025);
        let vin = format!(
            "{}{}{}{}",
            model.wmi,
            dice.symbols("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 6),
            dice.symbol("ABCDEFGHJKLMNPRSTVWXY123456789"),
            dice.symbols("0123456789", 7)
        );
        let motorcycle = model.kind == "MTL";
        let electric = model.make == "TESLA";
        let gross = if motorcycle {
            dice.number(350, 420)
        } else {
            dice.number(1450, 3500)
        };
        let empty = if motorcycle {
            gross - 190
        } else {
            gross - dice.number(400, 900)
        };
        let service = if motorcycle { gross - 170 } else { empty + 75 };
        let power = if motorcycle {
            dice.number(35, 120)
        } else {
            dice.number(48, 190)
        };
        let fuel = if electric {
            "EL"
        } else if motorcycle {
            "ES"
        } else {
            dice.word(&["ES", "ES", "GO", "GO", "GO", "EH", "GP"])
        };
        let capacity = if electric {
            String::new()
        } else {
            dice.number(689, 2998).to_string()
        };
        let approval = format!(
            "e{}*{}/{}*{:04}*{:02}",
            dice.number(1, 13),
            *dice.pick(&[2001, 2007, 2018]),
            *dice.pick(&[116, 46, 858]),
            dice.number(1, 2999),
            dice.number(0, 42)
        );
        let kind = format!(
            "{}{}",
            dice.symbols("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 4),
            dice.symbols("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 4)
        );
        let fee = format!("{},{:02}", dice.number(41, 620), dice.number(0, 99));
        let national = format!("M{}", dice.symbols("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 11));
        let ratio = if motorcycle {
            format!("0,{:02}", dice.number(12, 48))
        } else {
            String::new()
        };
        let noise = (dice.number(66, 84), dice.number(2400, 4100));
        let values = vec![
            ("D1", model.make.to_owned()),
            ("D2", kind),
            ("D2_1", national),
            ("D3", model.name.to_owned()),
            ("E", vin.clone()),
            ("F1", gross.to_string()),
            ("F2", gross.to_string()),
            (
                "F3",
                if motorcycle {
                    String::new()
                } else {
                    (gross + dice.number(0, 1500)).to_string()
                },
            ),
            ("G", service.to_string()),
            ("G1", empty.to_string()),
            ("J", model.category.to_owned()),
            ("J1", model.kind.to_owned()),
            ("J2", model.bodies.0.to_owned()),
            ("J3", model.bodies.1.to_owned()),
            ("K", approval),
            ("P1", capacity),
            ("P2", power.to_string()),
            ("P3", fuel.to_owned()),
            ("P6", dice.number(1, 12).to_string()),
            ("Q", ratio),
            ("S1", if motorcycle { "2" } else { "5" }.to_owned()),
            ("S2", String::new()),
            (
                "U1",
                if electric {
                    String::new()
                } else {
                    noise.0.to_string()
                },
            ),
            (
                "U2",
                if electric {
                    String::new()
                } else {
                    noise.1.to_string()
                },
            ),
            (
                "V7",
                if electric {
                    "0".to_owned()
                } else {
                    dice.number(89, 210).to_string()
                },
            ),
            (
                "V9",
                if dice.chance(0.6) {
                    dice.word(&["EURO 6", "EURO5", "2007/46*715/2007", "70/220*2003/76EURO4"])
                } else {
                    ""
                }
                .to_owned(),
            ),
            ("Y1", fee.clone()),
            ("Y2", String::new()),
            ("Y3", String::new()),
            ("Y4", "4".to_owned()),
            ("Y5", "2,5".to_owned()),
            ("Y6", fee),
        ];
        let formula = format!(
            "{}{}{}",
            issue.year,
            dice.symbols("ABCDEFGHJKLMNPRSTVWXYZ", 2),
            dice.symbols("0123456789", 5)
        );
        Self {
            firm: dice.chance(0.12).then(|| dice.word(&FIRMS)),
            inspection: Day {
                year: issue.year + 2,
                ..first
            },
            plate: plate(dice),
            bearer,
            model,
            first,
            issue,
            vin,
            formula,
            values,
        }
    }

    fn value(&self, code: &str) -> &str {
        self.values
            .iter()
            .find(|(name, _)| *name == code)
            .map_or("", |(_, value)| value)
    }

    fn lines(&self) -> [String; 2] {
        let plate: String = self
            .plate
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        french_vehicle(&Vehicle {
            plate: &plate,
            vin: &self.vin,
            first: &self.first.short(),
            kind: self.model.kind,
            body: self.model.bodies.1,
            make: self.model.make,
            model: self.model.name,
            formula: &self.formula,
        })
    }
}

/// Codes as printed, with their dots.
fn dotted(code: &str) -> String {
    match code {
        "D2_1" => "D.2.1".to_owned(),
        "C4_1" => "C.4.1".to_owned(),
        code if code.len() == 2 => format!("{}.{}", &code[..1], &code[1..]),
        code => code.to_owned(),
    }
}

fn ground(dice: &mut Dice, scale: f32) -> Canvas {
    let mut canvas = Canvas::new(120.0, 216.0, scale, [238.0, 236.0, 226.0]);
    ornament::wash(
        &mut canvas,
        [190.0, 200.0, 180.0],
        [232.0, 190.0, 150.0],
        0.36,
    );
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, [150.0, 166.0, 150.0], 0.2);
    canvas
}

/// The page with the values.
pub(super) fn draw(dice: &mut Dice, scale: f32) -> Sheet {
    let it = Certificate::deal(dice);
    let mut form = Form::new(ground(dice, scale));
    let face = *dice.pick(&[
        Typeface::Mono,
        Typeface::Mono,
        Typeface::MonoBold,
        Typeface::Sans,
    ]);
    let spacing = if face == Typeface::Sans { 0.15 } else { 0.35 };
    let value = Style::new(face, dice.between(1.85, 2.1), INK).spaced(spacing);
    let code = Style::new(Typeface::SansItalic, 1.75, INK);
    let small = Style::new(Typeface::Sans, 1.25, INK);
    form.print(
        34.0,
        4.6,
        60.0,
        "CERTIFICAT D'IMMATRICULATION",
        Style::new(Typeface::SansBold, 1.9, INK).spaced(0.4),
    );
    form.print(6.0, 10.0, 30.0, "N° Immatriculation", small);
    form.print(34.0, 10.0, 40.0, "Date de 1ère immatriculation", small);
    form.print(6.0, 13.4, 5.0, "A.", code);
    form.fill(
        12.0,
        13.4,
        24.0,
        &Entry::plain("A", it.plate.clone()),
        value,
    );
    form.print(34.0, 13.4, 5.0, "B", code);
    let date = |name: &'static str, day: Day| Entry::meaning(name, day.numeric('/'), day.iso());
    form.fill(39.0, 13.4, 30.0, &date("B", it.first), value);
    form.print(6.0, 17.4, 8.0, "C.1", code);
    holder(&mut form, &it, dice, value);
    form.print(6.0, 37.0, 8.0, "C.3", code);
    let mut address = it.bearer.address.to_vec();
    if dice.chance(0.4) {
        address.push("FRANCE".to_owned());
    }
    form.fill_lines((14.0, 40.0), 90.0, 5.2, "C3", &address, value);
    let put = |form: &mut Form, name: &'static str, x: f32, y: f32, gap: f32, most: f32| {
        form.print(x, y, 9.0, &dotted(name), code);
        let printed = it.value(name);
        if !printed.is_empty() {
            form.fill(x + gap, y, most, &Entry::plain(name, printed), value);
        }
    };
    put(&mut form, "D1", 6.0, 58.0, 8.0, 80.0);
    put(&mut form, "D2", 6.0, 62.2, 8.0, 60.0);
    put(&mut form, "D2_1", 66.0, 66.0, 10.0, 40.0);
    put(&mut form, "D3", 6.0, 70.6, 8.0, 56.0);
    put(&mut form, "E", 66.0, 70.6, 6.0, 48.0);
    // The grid of technical data: four columns.
    let columns = [6.0, 32.0, 58.0, 82.0];
    let rows: [[&'static str; 4]; 9] = [
        ["F1", "F2", "F3", ""],
        ["G", "G1", "", ""],
        ["J", "J1", "J2", "J3"],
        ["K", "", "", ""],
        ["P1", "P2", "P3", "P6"],
        ["Q", "S1", "S2", "U1"],
        ["U2", "V7", "V9", ""],
        ["", "", "", ""],
        ["Y1", "Y2", "", ""],
    ];
    let mut y = 75.0;
    for row in rows {
        for (name, x) in row.iter().zip(columns) {
            if !name.is_empty() {
                let most = if *name == "K" || *name == "V9" {
                    50.0
                } else {
                    17.0
                };
                put(&mut form, name, x, y, 8.0, most);
            }
        }
        y += 4.05;
    }
    form.print(6.0, 103.35, 8.0, "X.1", code);
    if it.model.kind == "MTL" {
        form.fields.remove("X1");
    } else {
        let printed = format!("VISITE AVANT LE {}", it.inspection.numeric('/'));
        form.fill(
            14.0,
            103.35,
            80.0,
            &Entry::meaning("X1", printed, it.inspection.iso()),
            value,
        );
    }
    put(&mut form, "Y3", 6.0, 111.4, 8.0, 20.0);
    put(&mut form, "Y4", 32.0, 111.4, 8.0, 20.0);
    put(&mut form, "Y5", 6.0, 115.4, 8.0, 20.0);
    put(&mut form, "Y6", 32.0, 115.4, 8.0, 20.0);
    form.print(6.0, 122.6, 6.0, "H", code);
    form.print(6.0, 126.6, 6.0, "I", code);
    form.fill(14.0, 126.6, 40.0, &date("I", it.issue), value);
    for (row, name) in ["Z.1", "Z.2", "Z.3", "Z.4"].iter().enumerate() {
        form.print(6.0, 131.0 + row as f32 * 4.2, 8.0, name, code);
    }
    office(&mut form, dice, small);
    coupon(&mut form, &it, value, small);
    bars(&mut form, dice);
    if dice.chance(0.35) {
        specimen_mark(&mut form.canvas, dice, (62.0, 124.0), 6.0);
    }
    form.canvas.fill(
        Frame::new(0.0, 200.0, 120.0, 16.0),
        0.0,
        [250.0, 249.0, 246.0],
        0.75,
    );
    let lines = it.lines().to_vec();
    let mrz_frames = print_zone(&mut form.canvas, &lines, &[205.2, 211.4]);
    let parsed = Parsed {
        document_code: "CR".to_owned(),
        issuer: "FRA".to_owned(),
        surname: String::new(),
        ..Parsed::default()
    };
    Sheet {
        canvas: form.canvas,
        radius: 0.6,
        mrz_frames,
        said: Said {
            doc_type: "vehicle_registration",
            issuing_country: "FRA",
            zone: Some((Format::FrenchVehicle, lines, parsed)),
            fields: form.fields,
        },
    }
}

/// The holder's block: a person on two lines or one, or a firm; owner's statement and co-holders.
fn holder(form: &mut Form, it: &Certificate, dice: &mut Dice, value: Style) {
    if let Some(firm) = it.firm {
        form.fill(14.0, 17.4, 90.0, &Entry::plain("C1", firm), value);
    } else {
        let (surname, given) = (it.bearer.surname(), it.bearer.given(" "));
        let whole = format!("{surname} {given}");
        form.note(&Entry::plain("surname", surname.clone()));
        form.note(&Entry::plain("given_names", given.clone()));
        form.note(&Entry::plain("C1", whole.clone()));
        if dice.chance(0.55) {
            form.print(14.0, 17.4, 90.0, &surname, value);
            form.print(14.0, 22.4, 90.0, &given, value);
        } else {
            form.print(14.0, 17.4, 90.0, &whole, value);
        }
    }
    let code = Style::new(Typeface::SansItalic, 1.75, INK);
    form.print(6.0, 28.6, 9.0, "C.4a", code);
    form.print(16.0, 28.6, 90.0, "EST LE PROPRIETAIRE DU VEHICULE", value);
    form.print(6.0, 32.8, 9.0, "C.4.1", code);
    if dice.chance(0.15) {
        let other = dice.word(&["DELAROCHE", "MARCHAND", "BOUVIER"]);
        form.fill(
            16.0,
            32.8,
            60.0,
            &Entry::plain("C4_1", format!("2 {other}")),
            value,
        );
    }
}

/// For whom the office signs.
fn office(form: &mut Form, dice: &mut Dice, small: Style) {
    for (row, line) in [
        "Pour le Ministre de l'Intérieur et par délégation,",
        "le sous-directeur de la circulation",
        "et de la sécurité routières",
    ]
    .iter()
    .enumerate()
    {
        form.print(68.0, 111.0 + row as f32 * 2.5, 46.0, line, small);
    }
    ornament::signature(
        &mut form.canvas,
        dice,
        Frame::new(84.0, 119.0, 22.0, 9.0),
        [30.0, 30.0, 38.0],
    );
}

/// The detachable part repeats plate, dates, formula number, chassis number, make and holder.
fn coupon(form: &mut Form, it: &Certificate, value: Style, small: Style) {
    form.print(
        6.0,
        164.0,
        60.0,
        "Certificat d'immatriculation",
        Style::new(Typeface::SansBold, 1.9, INK),
    );
    form.print(88.0, 163.0, 26.0, "COUPON DÉTACHABLE", small);
    form.print(8.0, 172.0, 30.0, &it.plate, value);
    form.print(36.0, 172.0, 30.0, &it.issue.numeric('/'), value);
    let formula = Entry::plain("formula_number", it.formula.clone());
    form.fill(8.0, 176.2, 40.0, &formula, value);
    form.print(8.0, 180.4, 60.0, &it.vin, value);
    form.print(8.0, 184.6, 60.0, it.value("D1"), value);
    let name = it
        .firm
        .map_or_else(|| it.bearer.surname(), ToOwned::to_owned);
    form.print(8.0, 191.0, 80.0, &name, value);
    if it.firm.is_none() {
        form.print(8.0, 196.0, 80.0, &it.bearer.given(" "), value);
    }
}

/// The bars at the right edge, which hold nothing a reader wants, and a small DataMatrix.
fn bars(form: &mut Form, dice: &mut Dice) {
    let mut y = 34.0;
    while y < 92.0 {
        let thick = dice.between(0.3, 1.1);
        form.canvas
            .fill(Frame::new(114.0, y, 4.0, thick), 0.0, INK, 0.92);
        y += thick + dice.between(0.3, 1.0);
    }
    let serial = dice.symbols("0123456789", 14);
    if let Some(modules) = Modules::encode(Symbology::DataMatrix, &serial) {
        modules.draw(&mut form.canvas, Frame::new(96.0, 172.0, 9.0, 9.0), 0.8);
    }
}

/// The second page: what the codes mean.
pub(super) fn explanation(dice: &mut Dice, scale: f32) -> Sheet {
    const LINES: [&str; 34] = [
        "A : numéro d'immatriculation",
        "B : date de la première immatriculation du véhicule",
        "C.1 : nom, prénom du titulaire du certificat",
        "C.3 : adresse du titulaire",
        "C.4a : mention précisant que le titulaire est le propriétaire",
        "C.4.1 : nombre de personnes titulaires",
        "D.1 : marque",
        "D.2 : type, variante, version",
        "D.2.1 : code national d'identification du type",
        "D.3 : dénomination commerciale",
        "E : numéro d'identification du véhicule",
        "F.1 : masse en charge maximale techniquement admissible (kg)",
        "F.2 : masse en charge maximale admissible en service (kg)",
        "F.3 : masse en charge maximale admissible de l'ensemble (kg)",
        "G : masse du véhicule en service (kg)",
        "G.1 : poids à vide national (kg)",
        "H : période de validité, si elle n'est pas illimitée",
        "I : date de l'immatriculation",
        "J : catégorie du véhicule (CE)",
        "J.1 : genre national",
        "J.2 : carrosserie (CE)",
        "J.3 : carrosserie (désignation nationale)",
        "K : numéro de réception par type",
        "P.1 : cylindrée (cm3)",
        "P.2 : puissance nette maximale (kW)",
        "P.3 : type de carburant ou source d'énergie",
        "P.6 : puissance administrative nationale",
        "Q : rapport puissance / masse (motocycles)",
        "S.1 : nombre de places assises, y compris le conducteur",
        "U.1 : niveau sonore à l'arrêt [dB(A)]",
        "V.7 : CO2 (g/km)",
        "V.9 : classe environnementale",
        "X.1 : date de la visite technique",
        "Y.1 à Y.6 : taxes et montant total (euros)",
    ];
    let mut form = Form::new(ground(dice, scale));
    let head = Style::new(Typeface::SansBold, 2.0, INK);
    form.print(20.0, 9.0, 90.0, "DÉFINITION DES CODES COMMUNAUTAIRES", head);
    let style = Style::new(Typeface::Sans, 1.5, INK);
    for (row, line) in LINES.iter().enumerate() {
        form.print(7.0, 17.0 + row as f32 * 4.3, 106.0, line, style);
    }
    let small = Style::new(Typeface::Sans, 1.3, INK);
    for (row, line) in [
        "Toute modification du véhicule ou changement de domicile doit être",
        "déclaré dans un délai d'un mois. Le coupon détachable est à remplir",
        "en cas de cession du véhicule.",
    ]
    .iter()
    .enumerate()
    {
        form.print(7.0, 172.0 + row as f32 * 3.4, 106.0, line, small);
    }
    Sheet {
        canvas: form.canvas,
        radius: 0.6,
        mrz_frames: Vec::new(),
        said: Said {
            doc_type: "vehicle_registration",
            issuing_country: "FRA",
            zone: None,
            fields: form.fields,
        },
    }
}
