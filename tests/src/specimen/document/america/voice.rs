//! How a licence names its fields: codes or none, short captions or long, before the value or above it.

use crate::specimen::dice::Dice;
use crate::specimen::document::canvas::{Colour, INK, Style, Typeface};
use crate::specimen::holder::Day;

/// A field of a North American licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Number,
    Class,
    Endorsements,
    Restrictions,
    Birth,
    Expiry,
    Issue,
    Sex,
    Height,
    Weight,
    Eyes,
    Hair,
    Surname,
    Given,
    Address,
    Discriminator,
}

impl Slot {
    /// The number of the field in the card design standard.
    fn code(self) -> &'static str {
        match self {
            Self::Number => "4d",
            Self::Class => "9",
            Self::Endorsements => "9a",
            Self::Restrictions => "12",
            Self::Birth => "3",
            Self::Expiry => "4b",
            Self::Issue => "4a",
            Self::Sex => "15",
            Self::Height => "16",
            Self::Weight => "17",
            Self::Eyes => "18",
            Self::Hair => "19",
            Self::Surname => "1",
            Self::Given => "2",
            Self::Address => "8",
            Self::Discriminator => "5",
        }
    }

    /// Captions of one manner: short in capitals, short, long, long in capitals, French and English.
    #[rustfmt::skip] // One field, one row.
    fn captions(self, manner: Manner) -> &'static [&'static str] {
        let all: [&'static [&'static str]; 5] = match self {
            Self::Number => [&["DLN", "DL NO.", "LIC NO.", "DL", "ID", "LIC. NO."], &["Lic #", "DL No.", "Lic No."], &["License Number", "Customer Identifier", "License No."], &["LICENSE NO.", "LICENSE NUMBER", "NUMBER"], &["NUMBER/NUMÉRO"]],
            Self::Class => [&["CLASS", "CL"], &["Class"], &["Class", "Classifications", "Vehicle Class"], &["CLASS"], &["CLASS/CATÉG"]],
            Self::Endorsements => [&["END", "ENDORSE"], &["End", "Endors"], &["Endorsements"], &["ENDORSEMENTS"], &["END/AUTOR"]],
            Self::Restrictions => [&["REST", "RESTR", "RES"], &["Rest", "Restr", "Res"], &["Restrictions"], &["RESTRICTIONS"], &["REST/COND"]],
            Self::Birth => [&["DOB"], &["DOB", "Birth"], &["Date of birth", "Birthdate", "Date of Birth"], &["DATE OF BIRTH", "BIRTH DATE", "D.O.B."], &["DOB/DDN"]],
            Self::Expiry => [&["EXP"], &["Exp", "Expires"], &["Date of exp", "Expires", "Expiration date"], &["EXPIRES", "EXPIRATION DATE"], &["EXP/EXP"]],
            Self::Issue => [&["ISS"], &["Iss", "Issued"], &["Date of issue", "Issued", "Issue date"], &["ISSUED", "ISSUE DATE"], &["ISS/DÉL"]],
            Self::Sex => [&["SEX"], &["Sex"], &["Sex"], &["SEX", "GENDER"], &["SEX/SEXE"]],
            Self::Height => [&["HGT", "HT"], &["Hgt", "Ht"], &["Height"], &["HEIGHT"], &["HGT/HAUT"]],
            Self::Weight => [&["WGT", "WT"], &["Wgt", "Wt"], &["Weight"], &["WEIGHT"], &["WGT/POIDS"]],
            Self::Eyes => [&["EYES"], &["Eyes"], &["Eyes"], &["EYES"], &["EYES/YEUX"]],
            Self::Hair => [&["HAIR"], &["Hair"], &["Hair"], &["HAIR"], &["HAIR/CHEV"]],
            Self::Surname => [&["LN"], &["Last"], &["Last Name", "Family name", "Last name"], &["LAST NAME"], &["NAME/NOM"]],
            Self::Given => [&["FN"], &["First"], &["First & middle name", "Given names", "First name"], &["FIRST NAME"], &["GIVEN/PRÉNOM"]],
            Self::Address => [&["ADD"], &["Add"], &["Address", "Cardholder address"], &["ADDRESS"], &["ADDRESS/ADRESSE"]],
            Self::Discriminator => [&["DD"], &["DD"], &["DD", "Document discriminator"], &["DD"], &["DD/RÉF"]],
        };
        all[manner as usize]
    }
}

/// How captions are worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Short,
    ShortMixed,
    Long,
    LongCapitals,
    Bilingual,
}

/// How dates are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dates {
    /// `08/31/1977`, with the given mark.
    MonthFirst(char),
    /// `1977/08/31`, with the given mark.
    YearFirst(char),
    /// `2015-Mar-05`.
    Worded,
}

impl Dates {
    pub(super) fn write(self, day: Day) -> String {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let Day { year, month, day } = day;
        match self {
            Self::MonthFirst(mark) => format!("{month:02}{mark}{day:02}{mark}{year:04}"),
            Self::YearFirst(mark) => format!("{year:04}{mark}{month:02}{mark}{day:02}"),
            Self::Worded => format!("{year:04}-{}-{day:02}", MONTHS[(month - 1) as usize]),
        }
    }
}

/// One jurisdiction's way of saying things in one period.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a habit of its own, in any combination"
)]
pub(super) struct Voice {
    manner: Manner,
    /// Whether fields carry their numbers, and what follows a number.
    codes: Option<&'static str>,
    /// Whether the captions of fields with numbers are left out, so that numbers alone tell.
    pub(super) numbers_only: bool,
    colon: bool,
    /// Millimetres between caption and value.
    pub(super) gap: f32,
    pub(super) dates: Dates,
    pub(super) caption: Style,
    pub(super) code: Style,
    pub(super) value: Style,
    pub(super) strong: Style,
    /// Whether a comma stands between town and state.
    pub(super) comma: bool,
    /// Which caption of several: the same choice for each field.
    choice: usize,
    /// How heights are written, 0 to 4.
    pub(super) height: usize,
    pub(super) weight_unit: &'static str,
    pub(super) canadian: bool,
}

impl Voice {
    /// `coded` asks for the standard's field numbers; `manners` are the wordings a layout goes with.
    pub(super) fn deal(dice: &mut Dice, coded: bool, manners: &[Manner], canadian: bool) -> Self {
        let faces = *dice.pick(&[
            (Typeface::Sans, Typeface::SansBold, 1.0),
            (Typeface::Sans, Typeface::SansBold, 1.0),
            (Typeface::Sans, Typeface::SansBold, 0.84),
            (Typeface::Round, Typeface::RoundBold, 0.94),
            (Typeface::Sans, Typeface::Sans, 0.95),
            (Typeface::Serif, Typeface::SansBold, 0.95),
            (Typeface::SansBold, Typeface::SansBold, 0.86),
        ]);
        let tint: Colour = *dice.pick(&[
            [30.0, 62.0, 140.0],
            [40.0, 40.0, 48.0],
            [128.0, 28.0, 44.0],
            [58.0, 58.0, 66.0],
            [20.0, 84.0, 108.0],
            [150.0, 42.0, 98.0],
        ]);
        let accent = if dice.chance(0.3) {
            [172.0, 26.0, 40.0]
        } else if dice.chance(0.2) {
            [26.0, 52.0, 132.0]
        } else {
            INK
        };
        let size = dice.between(0.95, 1.08);
        Self {
            manner: *dice.pick(manners),
            codes: coded.then(|| dice.word(&["", "", "", "."])),
            numbers_only: false,
            colon: dice.chance(0.35),
            gap: *dice.pick(&[0.35, 0.6, 0.9, 1.1]),
            dates: if canadian {
                *dice.pick(&[
                    Dates::YearFirst('/'),
                    Dates::YearFirst('-'),
                    Dates::YearFirst('.'),
                    Dates::Worded,
                ])
            } else {
                Dates::MonthFirst(if dice.chance(0.7) { '/' } else { '-' })
            },
            caption: Style::new(faces.0, 1.08 * size, tint).stretched(faces.2),
            code: Style::new(Typeface::Sans, 0.88 * size, tint).stretched(faces.2),
            value: Style::new(faces.1, 1.62 * size, INK).stretched(faces.2),
            strong: Style::new(faces.1, 2.0 * size, accent).stretched(faces.2),
            comma: dice.chance(0.7),
            choice: dice.below(6),
            height: dice.below(5),
            weight_unit: if canadian {
                " kg"
            } else {
                dice.word(&[" lb", " lbs", "", " lb"])
            },
            canadian,
        }
    }

    /// The field's number, empty where none is printed.
    pub(super) fn code_of(&self, slot: Slot) -> String {
        self.codes
            .map_or_else(String::new, |dot| format!("{}{dot}", slot.code()))
    }

    /// The field's caption, empty where the number alone is printed. Names and addresses have captions
    /// only where long ones are used.
    pub(super) fn caption_of(&self, slot: Slot) -> String {
        let plain = matches!(slot, Slot::Surname | Slot::Given | Slot::Address);
        let short = matches!(self.manner, Manner::Short | Manner::ShortMixed);
        if plain && (short || self.numbers_only) {
            String::new()
        } else {
            self.words(slot)
        }
    }

    /// The field's caption in any case.
    pub(super) fn words(&self, slot: Slot) -> String {
        let captions = slot.captions(self.manner);
        let word = captions[self.choice % captions.len()];
        if self.colon {
            format!("{word}:")
        } else {
            word.to_owned()
        }
    }
}
