//! Whole documents, drawn as a printer would lay them out: sizes of ISO/IEC 7810, machine-readable
//! zones placed as ICAO Doc 9303 asks, everything else invented.

mod america;
mod arabic;
mod bearer;
mod canvas;
mod card;
pub(crate) mod clutter;
mod form;
mod french;
mod letters;
pub(crate) mod library;
mod licence;
mod national;
mod ornament;
mod page;
mod passport;
mod portrait;
mod schengen;
mod swiss;
mod symbol;
mod tunisia;
mod union_licence;
mod vehicle;
mod visa;

use std::collections::BTreeMap;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

pub(crate) use self::canvas::{Canvas, Frame};
use self::canvas::{Style, Typeface};
use self::portrait::Sitter;
use super::dice::Dice;
use super::holder::{Day, Holder, STATES, State};
use super::mrz::{self, Content, Format};
use super::truth::Parsed;

/// What can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Kind {
    /// The data page of a passport (ID-3, TD3).
    Passport,
    /// Both sides of an identity card on one page (ID-1, TD1 on the back).
    IdCardTd1,
    /// The front of such a card, which has no machine-readable zone.
    IdCardFront,
    /// The back of such a card.
    IdCardBack,
    /// The front of an identity card of the larger size (ID-2, TD2).
    IdCardTd2,
    /// A visa of passport size (MRV-A).
    VisaA,
    /// A visa of size ID-2 (MRV-B).
    VisaB,
    /// The French identity card of 1988 to 2021.
    FrenchIdCard,
    /// The French driving licence as a card (ID-1, one line).
    FrenchLicence,
    /// A letter with a bank account's number: no zone.
    Letter,
    /// A table of numbers: no zone.
    TableOfDigits,
    /// A program's text: no zone.
    CodeListing,
    /// A keyboard: no zone.
    KeyboardPhoto,
    /// The front of a driving licence or identification card of one of the United States.
    UsLicenceFront,
    /// Its back, with the PDF417.
    UsLicenceBack,
    /// The front of a Canadian province's driving licence.
    CanadianLicenceFront,
    /// Its back, with the PDF417.
    CanadianLicenceBack,
    /// The front of a driving licence of the European model.
    UnionLicenceFront,
    /// Its back: the table of categories.
    UnionLicenceBack,
    /// The French vehicle certificate: the page with the values.
    FrenchVehicle,
    /// Its second page, which explains the codes.
    FrenchVehicleBack,
    /// The front of a national identity card as ten countries have it.
    NationalIdFront,
    /// Its back.
    NationalIdBack,
    /// The front of a residence permit.
    ResidencePermitFront,
    /// Its back.
    ResidencePermitBack,
    /// The data page of a passport as fourteen countries label it.
    NationalPassport,
    /// The front of the Tunisian identity card, in Arabic.
    TunisianIdFront,
    /// Its back.
    TunisianIdBack,
    /// The bilingual Tunisian vehicle certificate.
    TunisianVehicle,
    /// The bilingual Tunisian driving licence.
    TunisianLicence,
    /// A visa in the words of a state of the Schengen area.
    SchengenVisa,
    /// An invoice: no identity document.
    Invoice,
    /// A bank's letter with an account number: no identity document.
    BankLetter,
    /// The back of the Swiss driving licence (ID-1, a line of 9 and two of 30).
    SwissLicenceBack,
}

impl Kind {
    /// Every kind, in the order of the table above.
    pub const ALL: [Self; 34] = [
        Self::Passport,
        Self::IdCardTd1,
        Self::IdCardFront,
        Self::IdCardBack,
        Self::IdCardTd2,
        Self::VisaA,
        Self::VisaB,
        Self::FrenchIdCard,
        Self::FrenchLicence,
        Self::Letter,
        Self::TableOfDigits,
        Self::CodeListing,
        Self::KeyboardPhoto,
        Self::UsLicenceFront,
        Self::UsLicenceBack,
        Self::CanadianLicenceFront,
        Self::CanadianLicenceBack,
        Self::UnionLicenceFront,
        Self::UnionLicenceBack,
        Self::FrenchVehicle,
        Self::FrenchVehicleBack,
        Self::NationalIdFront,
        Self::NationalIdBack,
        Self::ResidencePermitFront,
        Self::ResidencePermitBack,
        Self::NationalPassport,
        Self::TunisianIdFront,
        Self::TunisianIdBack,
        Self::TunisianVehicle,
        Self::TunisianLicence,
        Self::SchengenVisa,
        Self::Invoice,
        Self::BankLetter,
        Self::SwissLicenceBack,
    ];

    /// Cards of the size ID-1, a picture of one side each.
    pub const CARDS: [Self; 13] = [
        Self::UsLicenceFront,
        Self::UsLicenceBack,
        Self::CanadianLicenceFront,
        Self::CanadianLicenceBack,
        Self::UnionLicenceFront,
        Self::UnionLicenceBack,
        Self::NationalIdFront,
        Self::NationalIdBack,
        Self::ResidencePermitFront,
        Self::ResidencePermitBack,
        Self::TunisianIdFront,
        Self::TunisianIdBack,
        Self::FrenchLicence,
    ];

    /// The kind's name in file names and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passport => "passport",
            Self::IdCardTd1 => "id_card_td1",
            Self::IdCardFront => "id_card_front",
            Self::IdCardBack => "id_card_back",
            Self::IdCardTd2 => "id_card_td2",
            Self::VisaA => "visa_a",
            Self::VisaB => "visa_b",
            Self::FrenchIdCard => "french_id_card",
            Self::FrenchLicence => "french_licence",
            Self::Letter => "letter",
            Self::TableOfDigits => "table_of_digits",
            Self::CodeListing => "code_listing",
            Self::KeyboardPhoto => "keyboard_photo",
            Self::UsLicenceFront => "us_licence_front",
            Self::UsLicenceBack => "us_licence_back",
            Self::CanadianLicenceFront => "canadian_licence_front",
            Self::CanadianLicenceBack => "canadian_licence_back",
            Self::UnionLicenceFront => "union_licence_front",
            Self::UnionLicenceBack => "union_licence_back",
            Self::FrenchVehicle => "french_vehicle",
            Self::FrenchVehicleBack => "french_vehicle_back",
            Self::NationalIdFront => "national_id_front",
            Self::NationalIdBack => "national_id_back",
            Self::ResidencePermitFront => "residence_permit_front",
            Self::ResidencePermitBack => "residence_permit_back",
            Self::NationalPassport => "national_passport",
            Self::TunisianIdFront => "tunisian_id_front",
            Self::TunisianIdBack => "tunisian_id_back",
            Self::TunisianVehicle => "tunisian_vehicle",
            Self::TunisianLicence => "tunisian_licence",
            Self::SchengenVisa => "schengen_visa",
            Self::Invoice => "invoice",
            Self::BankLetter => "bank_letter",
            Self::SwissLicenceBack => "swiss_licence_back",
        }
    }

    /// The kind whose dice this one throws for its holder: both sides of a card show one person.
    pub(crate) fn holder_series(self) -> Self {
        match self {
            Self::UsLicenceBack => Self::UsLicenceFront,
            Self::CanadianLicenceBack => Self::CanadianLicenceFront,
            Self::UnionLicenceBack => Self::UnionLicenceFront,
            Self::FrenchVehicleBack => Self::FrenchVehicle,
            Self::NationalIdBack => Self::NationalIdFront,
            Self::TunisianIdBack => Self::TunisianIdFront,
            Self::ResidencePermitBack => Self::ResidencePermitFront,
            other => other,
        }
    }
}

/// The side that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Front,
    Back,
}

/// A drawn document before anything has happened to it.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) canvas: Canvas,
    /// Radius of its corners in millimetres.
    pub(crate) radius: f32,
    /// The lines of the machine-readable zone, half a capital around the symbols.
    pub(crate) mrz_frames: Vec<Frame>,
    pub(crate) said: Said,
}

impl Sheet {
    /// A sheet that says nothing of its own.
    pub(crate) fn blank(canvas: Canvas) -> Self {
        Self {
            canvas,
            radius: 0.0,
            mrz_frames: Vec::new(),
            said: Said {
                doc_type: "",
                issuing_country: "",
                zone: None,
                fields: BTreeMap::new(),
            },
        }
    }
}

/// A zone's form, its lines and what they say.
pub(crate) type Zone = (Format, Vec<String>, Parsed);

/// What a sheet says.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) doc_type: &'static str,
    pub(crate) issuing_country: &'static str,
    pub(crate) zone: Option<Zone>,
    pub(crate) fields: BTreeMap<String, String>,
}

/// One person's papers from one state.
#[derive(Clone)]
pub(crate) struct Papers {
    pub(crate) state: &'static State,
    pub(crate) holder: Holder,
    pub(crate) sitter: Sitter,
    pub(crate) number: String,
    pub(crate) issue: Day,
    pub(crate) expiry: Day,
    pub(crate) personal_number: String,
    pub(crate) authority: &'static str,
}

impl Papers {
    fn deal(dice: &mut Dice, state: &'static State, years: i32) -> Self {
        let holder = Holder::deal(dice, state);
        let sitter = Sitter::deal(dice, holder.sex, holder.birth.year);
        let number = match dice.below(3) {
            0 => format!(
                "{}{}",
                dice.symbols("ABCDEFGHJKLMNPRTVXYZ", 2),
                dice.symbols("0123456789", 7)
            ),
            1 => format!(
                "{}{}{}",
                dice.symbols("0123456789", 2),
                dice.symbols("ABCDEFGHJKLMNPRTVXYZ", 2),
                dice.symbols("0123456789", 5)
            ),
            _ => format!(
                "{}{}",
                dice.symbol("CFGHJKLMNPRTVWXYZ"),
                dice.symbols("0123456789", 8)
            ),
        };
        let issue = Day::deal(dice, 2019, 2025);
        Self {
            state,
            sitter,
            number,
            issue,
            expiry: issue.expiry(years),
            personal_number: dice.symbols("0123456789", 10),
            authority: state.place(dice),
            holder,
        }
    }

    fn given_names(&self) -> String {
        self.holder.given_names_in_capitals(" ")
    }

    /// The zone of a form, with what it was made from.
    fn zone(&self, format: Format, code: &str, optional: &str) -> Zone {
        self.zone_of(self.state.code, format, code, optional)
    }

    /// The same for a holder of another nationality.
    fn zone_of(&self, nationality: &str, format: Format, code: &str, optional: &str) -> Zone {
        let given = self.given_names();
        let content = Content {
            code,
            issuer: self.state.code,
            surname: &self.holder.surname,
            given_names: &given,
            number: &self.number,
            nationality,
            birth: &self.holder.birth.short(),
            sex: self.holder.sex.symbol(),
            expiry_or_issue: &self.expiry.short(),
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
        let stripped = |text: &str| text.trim_end_matches('<').to_owned();
        let parsed = Parsed {
            document_code: stripped(code),
            issuer: self.state.code.to_owned(),
            document_number: self.number.clone(),
            nationality: Some(nationality.to_owned()),
            birth: self.holder.birth.short(),
            sex: self.holder.sex.symbol().to_string(),
            expiry: Some(self.expiry.short()),
            optional: Some(optional.to_owned()),
            optional2: (format == Format::Td1).then(String::new),
            licence_number: None,
            office: None,
            surname: words(surname),
            given_names: words(given),
        };
        (format, lines, parsed)
    }

    /// The fields that nearly every document prints.
    fn fields(&self) -> BTreeMap<String, String> {
        let holder = &self.holder;
        [
            ("surname", holder.surname_in_capitals()),
            ("given_names", self.given_names()),
            ("document_number", self.number.clone()),
            ("nationality", self.state.code.to_owned()),
            ("date_of_birth", holder.birth.iso()),
            ("sex", holder.sex.printed().to_owned()),
            ("date_of_expiry", self.expiry.iso()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}

/// Draws a document at `scale` pixels per millimetre.
pub(crate) fn draw(kind: Kind, dice: &mut Dice, scale: f32) -> Sheet {
    let state = if dice.chance(0.2) {
        &STATES[0]
    } else {
        dice.pick(&STATES)
    };
    match kind {
        Kind::Passport => passport::draw(&Papers::deal(dice, state, 10), dice, scale),
        Kind::IdCardTd1 => card::both_sides(&Papers::deal(dice, state, 10), dice, scale),
        Kind::IdCardFront => card::front(&Papers::deal(dice, state, 10), dice, scale),
        Kind::IdCardBack => card::back(&Papers::deal(dice, state, 10), dice, scale),
        Kind::IdCardTd2 => card::td2(&Papers::deal(dice, state, 10), dice, scale),
        Kind::VisaA | Kind::VisaB => visa::draw(&Papers::deal(dice, state, 10), dice, scale, kind),
        Kind::FrenchIdCard => french::draw(dice, scale),
        Kind::FrenchLicence => licence::draw(dice, scale),
        Kind::Letter | Kind::TableOfDigits | Kind::CodeListing | Kind::KeyboardPhoto => {
            page::draw(kind, dice, scale)
        }
        Kind::UsLicenceFront => america::state(dice, scale, Side::Front),
        Kind::UsLicenceBack => america::state(dice, scale, Side::Back),
        Kind::CanadianLicenceFront => america::province(dice, scale, Side::Front),
        Kind::CanadianLicenceBack => america::province(dice, scale, Side::Back),
        Kind::UnionLicenceFront => union_licence::draw(dice, scale, Side::Front),
        Kind::UnionLicenceBack => union_licence::draw(dice, scale, Side::Back),
        Kind::FrenchVehicle => vehicle::draw(dice, scale),
        Kind::FrenchVehicleBack => vehicle::explanation(dice, scale),
        Kind::NationalIdFront => national::card(dice, scale, Side::Front),
        Kind::NationalIdBack => national::card(dice, scale, Side::Back),
        Kind::ResidencePermitFront => national::permit(dice, scale, Side::Front),
        Kind::ResidencePermitBack => national::permit(dice, scale, Side::Back),
        Kind::NationalPassport => national::passport(dice, scale),
        Kind::TunisianIdFront => tunisia::identity(dice, scale, Side::Front),
        Kind::TunisianIdBack => tunisia::identity(dice, scale, Side::Back),
        Kind::TunisianVehicle => tunisia::vehicle(dice, scale),
        Kind::TunisianLicence => tunisia::licence(dice, scale),
        Kind::SchengenVisa => schengen::draw(dice, scale),
        Kind::Invoice | Kind::BankLetter => letters::draw(kind, dice, scale),
        Kind::SwissLicenceBack => swiss::back(dice, scale),
    }
}

/// A label in small type and a value under it.
struct Printer<'a> {
    canvas: &'a mut Canvas,
    label: Style,
    value: Style,
}

impl Printer<'_> {
    /// `y` is the label's baseline; the value stands a line below it.
    fn field(&mut self, x: f32, y: f32, most: f32, label: &str, value: &str) {
        self.canvas.text_within(x, y, most, label, self.label);
        let below = y + self.value.capital + 1.15;
        self.canvas.text_within(x, below, most, value, self.value);
    }
}

/// Prints the lines of a zone in OCR-B size 1, 10 symbols to the inch, their middles at the given
/// heights, all beginning where the longest does; answers their frames.
fn print_zone(canvas: &mut Canvas, lines: &[String], middles: &[f32]) -> Vec<Frame> {
    /// Symbols stand a tenth of an inch apart (ICAO Doc 9303 part 3, 4.2).
    const PITCH: f32 = 2.54;
    /// Capital height of OCR-B size 1 as set in documents.
    const CAPITAL: f32 = 2.4;
    let longest = lines.iter().map(String::len).max().unwrap_or(0);
    let x = (canvas.width() - longest as f32 * PITCH) / 2.0;
    lines
        .iter()
        .zip(middles)
        .map(|(line, &middle)| {
            let width = line.len() as f32 * PITCH;
            canvas.ocr_b(x, middle, PITCH, CAPITAL, line);
            Frame::new(
                x - CAPITAL / 2.0,
                middle - CAPITAL,
                width + CAPITAL,
                2.0 * CAPITAL,
            )
        })
        .collect()
}

/// The word that makes a document harmless, across the page.
fn specimen_mark(canvas: &mut Canvas, dice: &mut Dice, centre: (f32, f32), capital: f32) {
    let colour = *dice.pick(&[
        [190.0, 52.0, 60.0],
        [120.0, 120.0, 132.0],
        [60.0, 88.0, 150.0],
    ]);
    let style = Style::new(Typeface::SansBold, capital, colour).spaced(capital * 0.22);
    let turns = dice.between(-0.09, -0.03);
    canvas.overprint(centre, turns, "SPECIMEN", style, 0.26);
}
