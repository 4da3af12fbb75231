//! Trains the tagger on invented documents: `cargo run -p lectern-parse --example train_tagger -- OUT`.
//!
//! Every document is dealt from a fixed seed, so the same program always makes the same model. Half of
//! the documents are trained on, the others tell how good the model is; the table goes to standard
//! output. `src/visual/tagger/README.md` keeps what it said.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;

use crfs::train::Trainer;
use crfs::{Attribute, Model};
use lectern_parse::types::shared_labels;
use lectern_parse::visual::tagger::{FIELDS, NOTHING, observe};
use model::{Line, Quad, Sheet, Word};

/// Documents for training, and as many again for measuring.
const DOCUMENTS: usize = 1500;

const SEED: u64 = 20_261_121;

const SURNAMES: [&str; 30] = [
    "MARTIN",
    "Kowalska",
    "BEN ALI",
    "Rossi",
    "GARCIA LOPEZ",
    "Schneider",
    "Novák",
    "DUBOIS",
    "Andersen",
    "O'Brien",
    "JANSSENS",
    "de Vries",
    "POPESCU",
    "Horváth",
    "TRABELSI",
    "Silva Santos",
    "KAYA",
    "Müller",
    "LEFEBVRE",
    "Virtanen",
    "ERIKSSON",
    "Bauer",
    "MOREAU-PETIT",
    "Haddad",
    "PETROV",
    "Marković",
    "DUPONT",
    "Tanaka",
    "NGUYEN",
    "Okafor",
];

const GIVEN: [&str; 30] = [
    "JEAN",
    "Anna Maria",
    "MOHAMED",
    "Giulia",
    "CARMEN",
    "Hans Peter",
    "Jana",
    "CLAIRE",
    "Lars",
    "Siobhan",
    "PIETER",
    "Sanne",
    "ION",
    "Éva",
    "LEILA",
    "João",
    "ELIF",
    "Jürgen",
    "MARIE CLAUDE",
    "Aino",
    "KARIN",
    "Thomas",
    "PAUL",
    "Nour",
    "IVAN",
    "Ana",
    "YVES",
    "Yuki",
    "LINH",
    "Chidi",
];

const PLACES: [&str; 20] = [
    "PARIS",
    "Warszawa",
    "TUNIS",
    "Roma",
    "MADRID",
    "Hamburg",
    "Praha",
    "LYON",
    "København",
    "Dublin",
    "ANTWERPEN",
    "Utrecht",
    "BUCURESTI",
    "Budapest",
    "SFAX",
    "Porto",
    "ANKARA",
    "Zürich",
    "SAINT DENIS",
    "Helsinki",
];

const OFFICES: [&str; 10] = [
    "PREFECTURE DE POLICE",
    "Stadt Köln",
    "MINISTRY OF INTERIOR",
    "Burgemeester van Leiden",
    "COMUNE DI PISA",
    "Polismyndigheten",
    "DIRECTION DES PASSEPORTS",
    "Ville de Liège",
    "MUP RH",
    "Passport Office",
];

const STATES: [&str; 12] = [
    "FRA", "POL", "TUN", "ITA", "ESP", "DEU", "CZE", "DNK", "IRL", "BEL", "NLD", "ROU",
];

/// Words that documents carry besides.
const NOISE: [&str; 16] = [
    "REPUBLIC",
    "OF",
    "UTOPIA",
    "IDENTITY CARD",
    "MEMBER",
    "CARD",
    "Signature",
    "Photo",
    "SPECIMEN",
    "Category",
    "Valid only with",
    "stamp",
    "Page 1",
    "EUROPEAN UNION",
    "www.example.org",
    "No liability",
];

/// Numbers in a fixed order: xorshift64*, Vigna 2016.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 33) as usize % limit.max(1)
    }

    fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'item, T>(&mut self, items: &'item [T]) -> &'item T {
        &items[self.below(items.len())]
    }
}

/// A document under construction: its sheet and the field of every word.
struct Draft {
    sheet: Sheet,
    truth: BTreeMap<(usize, usize), &'static str>,
}

impl Draft {
    /// Prints a text as a line; returns its right edge.
    fn print(&mut self, text: &[(&str, &'static str)], left: f32, top: f32, height: f32) -> f32 {
        let line = self.sheet.lines.len();
        let mut words = Vec::new();
        let mut at = left;
        for (part, field) in text {
            for word in part.split_whitespace() {
                let right = at + 0.55 * height * word.chars().count() as f32;
                self.truth.insert((line, words.len()), field);
                words.push(Word {
                    text: word.into(),
                    quad: Quad::rectangle(at, top, right, top + height),
                    confidence: 1.0,
                    second: None,
                    alternatives: Vec::new(),
                });
                at = right + 0.4 * height;
            }
        }
        self.sheet.lines.push(Line {
            words,
            quad: Quad::rectangle(left, top, at, top + height),
        });
        at
    }
}

fn date(dice: &mut Dice, first: usize, last: usize) -> String {
    const MONTHS: [&str; 12] = [
        "JAN", "FEB", "MAR", "APR", "MAI", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ];
    let (year, month, day) = (
        dice.between(first, last),
        dice.between(1, 12),
        dice.between(1, 28),
    );
    match dice.below(5) {
        0 => format!("{day:02}/{month:02}/{year}"),
        1 => format!("{day:02}-{month:02}-{year}"),
        2 => format!("{day:02} {} {year}", MONTHS[month - 1]),
        3 => format!("{year}-{month:02}-{day:02}"),
        _ => format!("{day:02}.{month:02}.{year}"),
    }
}

fn number(dice: &mut Dice, letters: usize, digits: usize) -> String {
    let letters: String = (0..letters)
        .map(|_| char::from(b'A' + dice.below(26) as u8))
        .collect();
    let digits: String = (0..digits)
        .map(|_| char::from(b'0' + dice.below(10) as u8))
        .collect();
    letters + &digits
}

fn value(dice: &mut Dice, field: &str, born: usize) -> String {
    match field {
        "surname" => (*dice.pick(&SURNAMES)).to_owned(),
        "given_names" => (*dice.pick(&GIVEN)).to_owned(),
        "date_of_birth" => date(dice, born, born),
        "date_of_issue" => date(dice, 2012, 2020),
        "date_of_expiry" => date(dice, 2022, 2032),
        "document_number" => {
            let letters = dice.below(3);
            let digits = dice.between(6, 8);
            number(dice, letters, digits)
        }
        "personal_number" => {
            let digits = dice.between(9, 13);
            number(dice, 0, digits)
        }
        "place_of_birth" => (*dice.pick(&PLACES)).to_owned(),
        "authority" => (*dice.pick(&OFFICES)).to_owned(),
        "sex" => (*dice.pick(&["M", "F", "M", "F", "X"])).to_owned(),
        _ => (*dice.pick(&STATES)).to_owned(),
    }
}

/// Characters as a recogniser mistakes them.
fn misread(dice: &mut Dice, text: &str, percent: usize) -> String {
    text.chars()
        .map(|character| {
            if !dice.chance(percent) {
                return character;
            }
            match character {
                'O' => '0',
                'o' => 'a',
                'I' | 'i' => 'l',
                'e' => 'c',
                'S' => '5',
                'n' => 'r',
                'B' => '8',
                other => other,
            }
        })
        .collect()
}

fn deal(dice: &mut Dice, labels: &BTreeMap<&str, Vec<&str>>) -> Draft {
    let mut draft = Draft {
        sheet: Sheet {
            width: 1000,
            height: 640,
            lines: Vec::new(),
        },
        truth: BTreeMap::new(),
    };
    let height = dice.between(16, 26) as f32;
    let born = dice.between(1940, 2006);
    let mut top = 20.0;
    for _ in 0..dice.between(1, 3) {
        let text = *dice.pick(&NOISE);
        draft.print(
            &[(text, NOTHING)],
            dice.between(20, 500) as f32,
            top,
            1.3 * height,
        );
        top += 1.9 * height;
    }
    let left = dice.between(30, 380) as f32;
    let layout = dice.below(4);
    let mut fields: Vec<&'static str> = FIELDS.to_vec();
    // Names come first, mostly in this order; the rest in any.
    for at in (3..fields.len()).rev() {
        fields.swap(at, 2 + dice.below(at - 1));
    }
    if dice.chance(15) {
        fields.swap(0, 1);
    }
    fields.retain(|field| matches!(*field, "surname" | "given_names") || dice.chance(75));
    let mut column = left;
    for field in fields {
        let text = value(dice, field, born);
        let text = misread(dice, &text, 1);
        let label = labels.get(field).map_or("", |labels| *dice.pick(labels));
        let label = if dice.chance(15) {
            String::new()
        } else {
            misread(dice, label, 2)
        };
        match layout {
            // The label above.
            0 => {
                if !label.is_empty() {
                    draft.print(&[(&label, NOTHING)], column, top, 0.7 * height);
                }
                let right = draft.print(&[(&text, field)], column, top + 0.9 * height, height);
                let next_column = dice.chance(30) && right < 650.0;
                if next_column {
                    column = right.max(column + 14.0 * height) + 20.0;
                } else {
                    column = left;
                    top += 2.3 * height;
                }
            }
            // The label before, on one line.
            1 => {
                let label = if label.is_empty() {
                    label
                } else {
                    format!("{label}:")
                };
                draft.print(&[(&label, NOTHING), (&text, field)], left, top, height);
                top += 1.4 * height;
            }
            // The label in a column of its own.
            2 => {
                if !label.is_empty() {
                    draft.print(&[(&label, NOTHING)], left, top, height);
                }
                draft.print(&[(&text, field)], left + 15.0 * height, top, height);
                top += 1.5 * height;
            }
            // Labels only for numbers and dates.
            _ => {
                let bare = matches!(
                    field,
                    "surname" | "given_names" | "sex" | "nationality" | "place_of_birth"
                );
                let label = if bare { "" } else { label.as_str() };
                draft.print(&[(label, NOTHING), (&text, field)], left, top, height);
                top += 1.5 * height;
            }
        }
        if dice.chance(12) {
            let noise = *dice.pick(&NOISE);
            draft.print(
                &[(noise, NOTHING)],
                dice.between(20, 700) as f32,
                top,
                height,
            );
            top += 1.4 * height;
        }
    }
    draft.sheet.lines.retain(|line| !line.words.is_empty());
    draft.sheet.height = (top + 2.0 * height) as u32;
    draft
}

/// Features and labels of a document.
fn sequence(draft: &Draft) -> (Vec<Vec<Attribute>>, Vec<&'static str>) {
    observe(&draft.sheet)
        .into_iter()
        .map(|seen| {
            let label = draft
                .truth
                .get(&(seen.line, seen.word))
                .copied()
                .unwrap_or(NOTHING);
            let features = seen
                .features
                .into_iter()
                .map(|feature| Attribute::new(feature, 1.0))
                .collect();
            (features, label)
        })
        .unzip()
}

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::args()
        .nth(1)
        .ok_or("Name the file to write the model to.")?;
    let mut labels: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (list, label) in shared_labels() {
        labels.entry(list).or_default().push(label);
    }
    let mut dice = Dice(SEED);
    let mut trainer = Trainer::lbfgs();
    trainer.params_mut().set_c1(0.3)?;
    trainer.params_mut().set_c2(0.05)?;
    trainer.params_mut().set_max_iterations(120)?;
    for _ in 0..DOCUMENTS {
        let (features, truth) = sequence(&deal(&mut dice, &labels));
        trainer.append(&features, &truth)?;
    }
    trainer.train(std::path::Path::new(&out))?;
    let bytes = std::fs::read(&out)?;
    let model = Model::new(&bytes)?;
    let tagger = model.tagger()?;
    // Field: words of it, words tagged so, both.
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for _ in 0..DOCUMENTS {
        let (features, truth) = sequence(&deal(&mut dice, &labels));
        for (truth, tagged) in truth.into_iter().zip(tagger.tag(&features)?) {
            counts.entry(truth).or_default()[0] += 1;
            if let Some(field) = FIELDS
                .into_iter()
                .chain([NOTHING])
                .find(|field| *field == tagged)
            {
                counts.entry(field).or_default()[1] += 1;
            }
            counts.entry(truth).or_default()[2] += usize::from(truth == tagged);
        }
    }
    let mut output = std::io::stdout().lock();
    writeln!(output, "{} bytes", bytes.len())?;
    for (field, [words, tagged, both]) in counts {
        writeln!(
            output,
            "{field:16} recall {:.3} precision {:.3}",
            both as f64 / words.max(1) as f64,
            both as f64 / tagged.max(1) as f64
        )?;
    }
    Ok(())
}
