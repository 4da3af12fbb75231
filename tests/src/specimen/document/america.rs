//! Driving licences and identification cards of the United States and Canada: ID-1, in the manners that
//! the card design standards of AAMVA (2000 to 2020) allow. Names, patterns and codes are those of the
//! jurisdictions; grounds, pictures and arrangement are invented.

mod driver;
mod layouts;
mod payload;
mod places;
mod voice;

use self::driver::Driver;
use self::layouts::Layout;
use self::places::{PROVINCES, STATES};
use self::voice::{Slot, Voice};
use super::canvas::{Canvas, Colour, Frame, INK, Style, Typeface};
use super::form::{Entry, Form};
use super::symbol::{Modules, Symbology};
use super::{Said, Sheet, Side, ornament, specimen_mark};
use crate::specimen::dice::Dice;
use crate::specimen::holder::Sex;

/// Width and height of ID-1 (ISO/IEC 7810) in millimetres.
const SIZE: (f32, f32) = (85.6, 53.98);
/// Radius of its corners.
const CORNER: f32 = 3.18;

/// A licence of a state of the Union.
pub(super) fn state(dice: &mut Dice, scale: f32, side: Side) -> Sheet {
    let from = dice.pick(&STATES);
    let driver = Driver::deal(dice, from, false);
    draw(&driver, dice, scale, side)
}

/// A licence of a Canadian province.
pub(super) fn province(dice: &mut Dice, scale: f32, side: Side) -> Sheet {
    let from = dice.pick(&PROVINCES);
    let driver = Driver::deal(dice, from, true);
    draw(&driver, dice, scale, side)
}

fn draw(driver: &Driver, dice: &mut Dice, scale: f32, side: Side) -> Sheet {
    // Both sides throw the same dice for the driver; the sides' own dice part here.
    let (mut front, mut back) = (dice.fork(), dice.fork());
    let (form, doc_type) = match side {
        Side::Front => (
            face(driver, &mut front, scale),
            if driver.card_only {
                "id_card_front"
            } else {
                "driving_licence_front"
            },
        ),
        Side::Back => (
            reverse(driver, &mut back, scale),
            if driver.card_only {
                "id_card_back"
            } else {
                "driving_licence_back"
            },
        ),
    };
    Sheet {
        canvas: form.canvas,
        radius: CORNER,
        mrz_frames: Vec::new(),
        said: Said {
            doc_type,
            issuing_country: driver.from.issuer,
            zone: None,
            fields: form.fields,
        },
    }
}

/// A pale ground with lines, as each jurisdiction has another.
fn ground(dice: &mut Dice, scale: f32) -> (Canvas, Colour) {
    const TINTS: [(Colour, Colour); 10] = [
        ([70.0, 130.0, 190.0], [220.0, 170.0, 120.0]),
        ([196.0, 120.0, 130.0], [120.0, 150.0, 200.0]),
        ([110.0, 160.0, 120.0], [230.0, 190.0, 120.0]),
        ([150.0, 130.0, 190.0], [140.0, 190.0, 200.0]),
        ([214.0, 150.0, 90.0], [120.0, 160.0, 190.0]),
        ([90.0, 150.0, 170.0], [200.0, 140.0, 170.0]),
        ([190.0, 160.0, 90.0], [150.0, 120.0, 90.0]),
        ([120.0, 140.0, 160.0], [180.0, 180.0, 190.0]),
        ([226.0, 120.0, 150.0], [240.0, 200.0, 120.0]),
        ([100.0, 120.0, 180.0], [170.0, 100.0, 110.0]),
    ];
    let (main, second) = *dice.pick(&TINTS);
    let mut canvas = Canvas::new(SIZE.0, SIZE.1, scale, [246.0, 247.0, 246.0]);
    ornament::wash(&mut canvas, main, second, dice.between(0.14, 0.4));
    let page = canvas.frame();
    ornament::guilloche(&mut canvas, dice, page, main, 0.24);
    if dice.chance(0.5) {
        let centre = (dice.between(45.0, 70.0), dice.between(20.0, 38.0));
        ornament::rosette(&mut canvas, dice, centre, 15.0, second, 0.22);
    }
    if dice.chance(0.5) {
        let centre = (dice.between(40.0, 66.0), dice.between(22.0, 36.0));
        ornament::emblem(&mut canvas, centre, 13.0, main, 0.12);
    }
    (canvas, main)
}

fn face(driver: &Driver, dice: &mut Dice, scale: f32) -> Form {
    let (canvas, tint) = ground(dice, scale);
    let layout = *dice.pick(if driver.canadian {
        &Layout::CANADIAN[..]
    } else {
        &Layout::ALL[..]
    });
    let voice = layout.voice(dice, driver.canadian);
    let mut card = Card {
        form: Form::new(canvas),
        voice,
        driver,
        tint: tint.map(|v| v * 0.5),
    };
    layout.draw(&mut card, dice);
    let mut form = card.form;
    if dice.chance(0.35) {
        specimen_mark(&mut form.canvas, dice, (52.0, 32.0), 5.2);
    }
    form
}

/// A card's face while it is filled in.
struct Card<'a> {
    form: Form,
    voice: Voice,
    driver: &'a Driver,
    /// The jurisdiction's dark colour.
    tint: Colour,
}

impl Card<'_> {
    fn entry(&self, slot: Slot) -> Entry {
        let driver = self.driver;
        let dates = self.voice.dates;
        match slot {
            Slot::Number => Entry::plain("document_number", driver.number.clone()),
            Slot::Class => Entry::plain("licence_categories", driver.class),
            Slot::Endorsements => Entry::plain("endorsements", driver.endorsements),
            Slot::Restrictions => Entry::plain("restrictions", driver.restrictions),
            Slot::Birth => Entry::meaning(
                "date_of_birth",
                dates.write(driver.birth),
                driver.birth.iso(),
            ),
            Slot::Expiry => Entry::meaning(
                "date_of_expiry",
                dates.write(driver.expiry),
                driver.expiry.iso(),
            ),
            Slot::Issue => Entry::meaning(
                "date_of_issue",
                dates.write(driver.issue),
                driver.issue.iso(),
            ),
            Slot::Sex => Entry::plain("sex", driver.sex.printed()),
            Slot::Height => Entry::plain("height", self.height()),
            Slot::Weight => Entry::plain(
                "weight",
                format!("{}{}", driver.weight, self.voice.weight_unit),
            ),
            Slot::Eyes => Entry::plain("eye_colour", driver.eyes),
            Slot::Hair => Entry::plain("hair_colour", driver.hair),
            Slot::Surname => Entry::plain("surname", driver.surname.clone()),
            Slot::Given => Entry::plain("given_names", driver.given_line()),
            Slot::Address => Entry::plain("address", String::new()),
            Slot::Discriminator => {
                Entry::plain("document_discriminator", driver.discriminator.clone())
            }
        }
    }

    fn height(&self) -> String {
        if self.voice.canadian {
            return format!("{} cm", self.driver.height);
        }
        let (feet, inches) = (self.driver.height / 12, self.driver.height % 12);
        match self.voice.height {
            1 => format!("{feet}-{inches:02}"),
            2 => format!("{feet}'{inches:02}\""),
            3 => format!("{feet}{inches:02}"),
            _ => format!("{feet}'-{inches:02}\""),
        }
    }

    /// Code and caption, then the value on the same line; answers where it ends. Fields that the card
    /// does not have are passed over.
    fn left(&mut self, slot: Slot, x: f32, y: f32, most: f32, strong: bool) -> f32 {
        if self.lacks(slot) {
            return x;
        }
        let (caption, code) = (self.voice.caption, self.voice.code);
        let number = self.voice.code_of(slot);
        let words = if self.voice.numbers_only {
            String::new()
        } else {
            self.voice.caption_of(slot)
        };
        let mut at = x;
        if !number.is_empty() {
            at = self.form.print(at, y, 6.0, &number, code) + 0.55;
        }
        if !words.is_empty() {
            at = self.form.print(at, y, 16.0, &words, caption) + self.voice.gap;
        }
        let style = if strong {
            self.voice.strong
        } else {
            self.voice.value
        };
        let entry = self.entry(slot);
        self.form.fill(at, y, most - (at - x), &entry, style)
    }

    /// Code and caption above, the value below, starting a little under `y`.
    fn above(&mut self, slot: Slot, x: f32, y: f32, most: f32) {
        if self.lacks(slot) {
            return;
        }
        let caption = self.voice.caption;
        let number = self.voice.code_of(slot);
        let words = self.voice.words(slot);
        let head = if number.is_empty() {
            words
        } else {
            format!("{number} {words}")
        };
        self.form.print(x, y, most, &head, caption);
        let value = self.voice.value;
        let entry = self.entry(slot);
        let below = y + value.capital + 1.1;
        self.form.fill(x, below, most, &entry, value);
    }

    fn lacks(&self, slot: Slot) -> bool {
        self.driver.card_only
            && matches!(slot, Slot::Class | Slot::Endorsements | Slot::Restrictions)
    }

    /// The two name lines, surname first, each with its code; answers the next baseline.
    fn names(&mut self, x: f32, y: f32, most: f32, leading: f32) -> f32 {
        self.left(Slot::Surname, x, y, most, false);
        self.left(Slot::Given, x, y + leading, most, false);
        y + 2.0 * leading
    }

    /// Given names first, then the surname, as older cards have them.
    fn names_given_first(&mut self, x: f32, y: f32, most: f32, leading: f32) -> f32 {
        self.left(Slot::Given, x, y, most, false);
        self.left(Slot::Surname, x, y + leading, most, false);
        y + 2.0 * leading
    }

    /// The whole name on one line.
    fn name_line(&mut self, x: f32, y: f32, most: f32) {
        let (given, surname) = (self.entry(Slot::Given), self.entry(Slot::Surname));
        let line = format!("{} {}", self.driver.given, self.driver.surname);
        self.form.note(&Entry {
            truth: self.driver.given.clone(),
            ..given
        });
        self.form.note(&surname);
        let style = self.voice.value;
        self.form.print(x, y, most, &line, style);
    }

    /// Surname, comma and given names on one line.
    fn name_with_comma(&mut self, x: f32, y: f32, most: f32) {
        let (given, surname) = (self.entry(Slot::Given), self.entry(Slot::Surname));
        let line = format!("{}, {}", surname.printed, given.printed);
        self.form.note(&given);
        self.form.note(&surname);
        let style = self.voice.strong;
        self.form.print(x, y, most, &line, style);
    }

    /// The address on two or three lines; answers the next baseline.
    fn address(&mut self, x: f32, y: f32, most: f32, leading: f32) -> f32 {
        let code = self.voice.code_of(Slot::Address);
        let style = self.voice.value;
        let style = Style {
            capital: style.capital * 0.9,
            ..style
        };
        let mut at = x;
        if !code.is_empty() {
            at = self.form.print(x, y, 5.0, &code, self.voice.code) + 0.55;
        }
        let mut lines = self.driver.street.clone();
        lines.push(self.driver.town_line(self.voice.comma));
        let most = most - (at - x);
        self.form
            .fill_lines((at, y), most, leading, "address", &lines, style);
        y + leading * lines.len() as f32
    }

    /// Name of the jurisdiction and of the document, across the top.
    fn heading(&mut self, dice: &mut Dice, x: f32, most: f32) {
        let name = self.driver.from.name;
        let face = *dice.pick(&[
            Typeface::SerifBold,
            Typeface::SerifBold,
            Typeface::SansBold,
            Typeface::RoundBold,
            Typeface::SansItalic,
        ]);
        let bright = *dice.pick(&[
            self.tint,
            [30.0, 70.0, 150.0],
            [160.0, 30.0, 40.0],
            [40.0, 96.0, 60.0],
            [50.0, 50.0, 70.0],
        ]);
        let written = if dice.chance(0.35) {
            mixed_case(name)
        } else {
            name.to_owned()
        };
        let style = Style::new(face, dice.between(3.2, 4.4), bright).stretched(0.95);
        let end = self.form.print(x, 6.8, most * 0.55, &written, style);
        let small = Style::new(Typeface::Sans, 1.15, bright);
        let country = if self.driver.canadian { "CAN" } else { "USA" };
        self.form.print(end + 0.8, 4.2, 6.0, country, small);
        let title = if self.driver.card_only {
            "IDENTIFICATION CARD"
        } else {
            self.driver.from.title
        };
        let title_style = Style::new(Typeface::SansBold, dice.between(1.7, 2.3), bright)
            .stretched(0.92)
            .spaced(0.08);
        if dice.chance(0.5) && end < x + most * 0.5 {
            self.form
                .print(end + 6.0, 5.4, x + most - end - 6.0, title, title_style);
        } else {
            self.form.print(x, 10.2, most * 0.6, title, title_style);
        }
        if self.driver.real_id {
            let at = (80.6, 6.2);
            self.form
                .canvas
                .ellipse(at, (2.4, 2.4), [192.0, 148.0, 44.0], 0.95);
            ornament::star_mark(&mut self.form.canvas, at, 1.7, [250.0, 250.0, 246.0]);
        } else if !self.driver.canadian && dice.chance(0.3) {
            let style = Style::new(Typeface::SansBold, 1.1, INK).stretched(0.85);
            self.form
                .print(x, 12.4, most * 0.6, "FEDERAL LIMITS APPLY", style);
        }
    }

    fn portrait(&mut self, frame: Frame) {
        self.driver.sitter.draw(&mut self.form.canvas, frame);
    }

    fn ghost(&mut self, frame: Frame, dice: &mut Dice) {
        self.driver
            .sitter
            .ghost(&mut self.form.canvas, frame, dice.between(0.35, 0.6));
        if dice.chance(0.35) {
            // The day of birth once more, in large pale type over the small portrait.
            let style =
                Style::new(Typeface::Sans, 1.5, self.tint.map(|v| v * 0.6 + 60.0)).stretched(0.85);
            let birth = Entry::meaning(
                "date_of_birth",
                self.voice.dates.write(self.driver.birth),
                self.driver.birth.iso(),
            );
            let (x, y) = (frame.x - 1.0, frame.y + frame.height * 0.9);
            self.form
                .print(x, y, frame.width + 2.0, &birth.printed, style);
        }
    }

    fn signature(&mut self, dice: &mut Dice, frame: Frame) {
        ornament::signature(&mut self.form.canvas, dice, frame, [24.0, 24.0, 32.0]);
    }

    /// Marks that concern nobody's identity.
    fn marks(&mut self, x: f32, y: f32) {
        let style = Style::new(Typeface::SansBold, 1.2, [168.0, 26.0, 38.0]);
        if self.driver.donor {
            self.form.print(x, y, 12.0, "DONOR", style);
        }
        if self.driver.veteran {
            self.form.print(x, y - 2.4, 12.0, "VETERAN", style);
        }
    }
}

/// Capitals at the beginnings of words only.
fn mixed_case(name: &str) -> String {
    name.split(' ')
        .map(|word| {
            let mut letters = word.chars();
            let first: String = letters.by_ref().take(1).collect();
            first + &letters.as_str().to_lowercase()
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The back: the barcode, a stripe or notes.
fn reverse(driver: &Driver, dice: &mut Dice, scale: f32) -> Form {
    let (canvas, tint) = ground(dice, scale);
    let mut form = Form::new(canvas);
    let version = *dice.pick(&[1, 3, 4, 5, 6, 8, 8, 9, 10, 10]);
    let payload = payload::payload(driver, version);
    let stripe = dice.chance(0.4);
    let top = if stripe { 13.5 } else { 6.0 };
    if stripe {
        form.canvas.fill(
            Frame::new(0.0, 2.0, SIZE.0, 8.5),
            0.0,
            [34.0, 30.0, 30.0],
            1.0,
        );
    }
    let bars = Modules::encode(Symbology::Pdf417, &payload);
    let width = dice.between(66.0, 76.0);
    if let Some(bars) = &bars {
        // The standard asks for modules of 0.170 mm at least and rows three times as high.
        let height = (bars.height as f32 / bars.width as f32 * width * 0.85).clamp(12.0, 18.0);
        bars.draw(
            &mut form.canvas,
            Frame::new((SIZE.0 - width) / 2.0, top, width, height),
            1.2,
        );
    }
    let small = Style::new(Typeface::Sans, 1.05, tint.map(|v| v * 0.4)).stretched(0.9);
    let mut y = top + 23.0;
    let class = format!("CLASS: {} - NONCOMMERCIAL VEHICLES", driver.class);
    let restrictions = format!("RESTRICTIONS: {}", driver.restrictions);
    let endorsements = format!("ENDORSEMENTS: {}", driver.endorsements);
    let notes = [
        class.as_str(),
        endorsements.as_str(),
        restrictions.as_str(),
        "This card remains the property of the issuing agency.",
        "Notify the agency of a change of address within 10 days.",
    ];
    for note in notes {
        form.print(6.0, y, 60.0, note, small);
        y += 2.3;
    }
    let number: String = driver.number.chars().filter(|c| *c != ' ').collect();
    let sex = match driver.sex {
        Sex::Unspecified => "X",
        other => other.printed(),
    };
    for (name, value) in [
        ("surname", driver.surname.clone()),
        ("given_names", driver.given_line()),
        ("document_number", number),
        ("date_of_birth", driver.birth.iso()),
        ("date_of_issue", driver.issue.iso()),
        ("date_of_expiry", driver.expiry.iso()),
        ("sex", sex.to_owned()),
    ] {
        form.note(&Entry::plain(name, value));
    }
    if !driver.card_only {
        form.note(&Entry::plain("licence_categories", driver.class));
    }
    // The barcode prints what it says.
    form.canvas.printed.push(payload);
    form
}
