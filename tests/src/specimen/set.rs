//! Sets for measuring: every type of document in turn, and fronts and backs that belong together.

use clap::ValueEnum;

use super::degrade::{Damage, Degradation};
use super::dice::Dice;
use super::document::Kind;
use super::grid::Cell;
use super::{Specimen, draw_with, scene};

/// What a set does to its documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Treatment {
    /// Flawless scans at 300 dots to the inch.
    None,
    /// Usual scans and careful photographs.
    Light,
    /// The grid of [`Cell`], one cell after the other.
    Grid,
}

/// One place in the turn of a set.
#[derive(Clone, Copy, Debug)]
enum Turn {
    One(Kind),
    Both(Kind, Kind),
}

use Kind::{
    BankLetter, CanadianLicenceBack, CanadianLicenceFront, CodeListing, FrenchIdCard,
    FrenchLicence, FrenchVehicle, FrenchVehicleBack, IdCardTd1, Invoice, Letter, NationalIdBack,
    NationalIdFront, NationalPassport, Passport, ResidencePermitBack, ResidencePermitFront,
    SchengenVisa, TableOfDigits, TunisianIdBack, TunisianIdFront, TunisianLicence, TunisianVehicle,
    UnionLicenceBack, UnionLicenceFront, UsLicenceBack, UsLicenceFront, VisaB,
};

/// Every type of document, the common ones more than once. Odd in number, so that it
/// falls out of step with the four levels of the grid's axes.
const TURNS: [Turn; 33] = [
    Turn::One(UsLicenceFront),
    Turn::One(NationalPassport),
    Turn::One(NationalIdFront),
    Turn::One(UnionLicenceFront),
    Turn::One(FrenchVehicle),
    Turn::One(ResidencePermitFront),
    Turn::One(SchengenVisa),
    Turn::One(UsLicenceBack),
    Turn::One(NationalIdBack),
    Turn::One(Letter),
    Turn::Both(NationalIdFront, NationalIdBack),
    Turn::One(CanadianLicenceFront),
    Turn::One(FrenchIdCard),
    Turn::One(UnionLicenceBack),
    Turn::One(Passport),
    Turn::One(UsLicenceFront),
    Turn::One(ResidencePermitBack),
    Turn::One(TableOfDigits),
    Turn::Both(UnionLicenceFront, UnionLicenceBack),
    Turn::One(FrenchLicence),
    Turn::One(VisaB),
    Turn::One(CanadianLicenceBack),
    Turn::One(IdCardTd1),
    Turn::One(FrenchVehicleBack),
    Turn::Both(UsLicenceFront, UsLicenceBack),
    Turn::One(CodeListing),
    Turn::One(FrenchVehicle),
    Turn::One(TunisianIdFront),
    Turn::One(TunisianVehicle),
    Turn::One(TunisianIdBack),
    Turn::One(TunisianLicence),
    Turn::One(Invoice),
    Turn::One(BankLetter),
];

/// The smallest capital of a zone, in pixels, that leaves the small print of a card legible: it is half
/// as high.
const LEAST_CAPITAL: f32 = 14.0;

/// Picture `number` of the set `seed`.
pub fn member(seed: u64, number: u64, treatment: Treatment) -> Specimen {
    let how = match treatment {
        Treatment::None => Degradation::CLEAN,
        Treatment::Light => {
            let mut dice = Dice::at(seed, number);
            let how = Degradation::deal(&mut dice, Damage::Light);
            Degradation {
                capital: how.capital.max(LEAST_CAPITAL),
                ..how
            }
        }
        Treatment::Grid => cell(number),
    };
    member_with(seed, number, &how)
}

/// The same picture treated in a given way.
pub(crate) fn member_with(seed: u64, number: u64, how: &Degradation) -> Specimen {
    let own = seed.wrapping_mul(1_000_003).wrapping_add(number);
    let mut drawn = match TURNS[(number % TURNS.len() as u64) as usize] {
        Turn::One(kind) => draw_with(kind, own, how),
        Turn::Both(front, back) => scene::both_sides_with(front, back, own, how),
    };
    let extension = drawn.truth.file.rsplit('.').next().unwrap_or("jpg");
    let id = format!("{number:04}-{}", drawn.truth.id);
    drawn.truth.file = format!("{id}.{extension}");
    drawn.truth.id = id;
    drawn
}

fn cell(number: u64) -> Degradation {
    let mut cell = Cell::of(number);
    // The grid's lowest levels leave nothing of the small print.
    cell.capital = cell.capital.max(10.0);
    cell.degradation()
}

/// Ten documents with a picture of each side, shuffled and with names that say nothing, and one flatbed
/// sheet with four cards. Which belong together stands in the manifest's `group`.
pub fn pairs(seed: u64) -> Vec<Specimen> {
    let mut dice = Dice::at(seed, 1500);
    pairs_with(seed, &scene::office_scan(), || {
        let how = Degradation::deal(&mut dice, Damage::Light);
        Degradation {
            capital: how.capital.max(LEAST_CAPITAL),
            ..how
        }
    })
}

/// The same, the pictures of single sides and the flatbed sheet treated in given ways.
pub(crate) fn pairs_with(
    seed: u64,
    flatbed: &Degradation,
    mut how: impl FnMut() -> Degradation,
) -> Vec<Specimen> {
    const SIDES: [(Kind, Kind); 5] = [
        (NationalIdFront, NationalIdBack),
        (UsLicenceFront, UsLicenceBack),
        (UnionLicenceFront, UnionLicenceBack),
        (ResidencePermitFront, ResidencePermitBack),
        (CanadianLicenceFront, CanadianLicenceBack),
    ];
    let mut dice = Dice::at(seed, 1400);
    let own = |number: usize| {
        seed.wrapping_mul(1_000_003)
            .wrapping_add(500_000 + number as u64)
    };
    let mut pictures: Vec<Specimen> = (0..10)
        .flat_map(|number| {
            let (front, back) = SIDES[number % SIDES.len()];
            // A card with everything on its front is no pair: take the next holder.
            let seed = (0..50)
                .map(|step| own(number) + 1000 * step)
                .find(|&seed| side(back, seed) == Some("back".to_owned()))
                .unwrap_or(seed);
            [
                draw_with(front, seed, &how()),
                draw_with(back, seed, &how()),
            ]
        })
        .collect();
    for last in (1..pictures.len()).rev() {
        pictures.swap(last, dice.below(last + 1));
    }
    let cards = [
        (NationalIdFront, own(100)),
        (UsLicenceFront, own(101)),
        (UnionLicenceFront, own(102)),
        (ResidencePermitFront, own(103)),
    ];
    pictures.push(scene::flatbed(&cards, seed, flatbed));
    for (number, drawn) in pictures.iter_mut().enumerate() {
        let extension = drawn.truth.file.rsplit('.').next().unwrap_or("jpg");
        let id = format!("scan-{:03}", number + 1);
        drawn.truth.file = format!("{id}.{extension}");
        drawn.truth.id = id;
    }
    pictures
}

/// The side that a document of a seed shows, without the cost of drawing it large.
fn side(kind: Kind, seed: u64) -> Option<String> {
    let small = Degradation {
        capital: 2.0,
        ..Degradation::CLEAN
    };
    draw_with(kind, seed, &small).truth.side
}
