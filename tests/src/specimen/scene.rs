//! Several documents in one picture: both sides of a card on one page, cards on a flatbed scanner.

use super::degrade::{self, Degradation, Ground};
use super::dice::Dice;
use super::document::{self, Canvas, Frame, Kind, Sheet};
use super::plane::{cosine, sine};
use super::truth::{Shown, Truth};
use super::{Specimen, side_of};

/// A sheet that lies on a larger one.
struct Laid {
    sheet: Sheet,
    group: String,
    /// Its middle, in millimetres of the larger sheet.
    centre: (f32, f32),
    /// Turned clockwise by so many turns.
    turns: f32,
}

impl Laid {
    /// A place of the smaller sheet on the larger one.
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let (sin, cos) = (sine(self.turns), cosine(self.turns));
        let frame = self.sheet.canvas.frame();
        let (dx, dy) = (x - frame.width / 2.0, y - frame.height / 2.0);
        (
            self.centre.0 + dx * cos - dy * sin,
            self.centre.1 + dx * sin + dy * cos,
        )
    }

    /// Draws it, with the hairline shadow of its edge.
    fn draw(&self, bed: &mut Canvas) {
        let (sin, cos) = (sine(self.turns), cosine(self.turns));
        let frame = self.sheet.canvas.frame();
        let scale = bed.scale;
        let drawn = self.sheet.canvas.scale;
        let reach = (frame.width * frame.width + frame.height * frame.height).sqrt() / 2.0 + 1.0;
        let bounds = Frame::new(
            self.centre.0 - reach,
            self.centre.1 - reach,
            2.0 * reach,
            2.0 * reach,
        );
        let inside = |x: f32, y: f32| {
            let (dx, dy) = (x - self.centre.0, y - self.centre.1);
            (
                dx * cos + dy * sin + frame.width / 2.0,
                dy * cos - dx * sin + frame.height / 2.0,
            )
        };
        bed.shade(bounds, |x, y| {
            let (u, v) = inside(x - 0.25, y - 0.35);
            let off = frame.distance(u, v, self.sheet.radius).max(0.0);
            ([120.0, 120.0, 124.0], (0.5 - 0.6 * off).clamp(0.0, 0.5))
        });
        bed.shade(bounds, |x, y| {
            let (u, v) = inside(x, y);
            let cover = Canvas::cover(scale, frame.distance(u, v, self.sheet.radius));
            let colour = if cover > 0.0 {
                self.sheet.canvas.sample(u * drawn, v * drawn)
            } else {
                [0.0; 3]
            };
            (colour, cover)
        });
        bed.printed.extend_from_slice(&self.sheet.canvas.printed);
    }
}

fn sheet(kind: Kind, seed: u64, scale: f32) -> Sheet {
    document::draw(
        kind,
        &mut Dice::at(seed, kind.holder_series() as u64),
        scale,
    )
}

/// Both sides of a document on one page, one above the other or side by side, as a copier or a careful
/// photographer puts them. Its truth is one document's: what either side says.
pub fn both_sides_with(front: Kind, back: Kind, seed: u64, how: &Degradation) -> Specimen {
    let mut dice = Dice::at(seed, 1200);
    let scale = how.scale();
    let (first, second) = (sheet(front, seed, scale), sheet(back, seed, scale));
    let (a, b) = (first.canvas.frame(), second.canvas.frame());
    let gap = dice.between(5.0, 14.0);
    let beside = dice.chance(0.3);
    let group = format!("{}-{seed}", front.holder_series().name());
    let (size, places) = if beside {
        let height = a.height.max(b.height) + 2.0 * gap;
        (
            (a.width + b.width + 3.0 * gap, height),
            [
                (gap + a.width / 2.0, height / 2.0),
                (2.0 * gap + a.width + b.width / 2.0, height / 2.0),
            ],
        )
    } else {
        let width = a.width.max(b.width) + 2.0 * gap;
        (
            (width, a.height + b.height + 3.0 * gap),
            [
                (width / 2.0, gap + a.height / 2.0),
                (width / 2.0, 2.0 * gap + a.height + b.height / 2.0),
            ],
        )
    };
    // Some cards have everything on their front.
    let paired = second.said.doc_type.ends_with("_back");
    let laid: Vec<Laid> = [first, second]
        .into_iter()
        .zip(places)
        .take(if paired { 2 } else { 1 })
        .map(|(sheet, centre)| Laid {
            sheet,
            group: group.clone(),
            centre,
            turns: dice.normal() * 0.002,
        })
        .collect();
    let id = format!("{}-both-sides-{seed}", front.holder_series().name());
    let mut picture = photograph(&id, size, &laid, how, &mut dice);
    // One document: the zone of whichever side has one, the fields of both, the front's where they
    // differ in spelling.
    let truth = &mut picture.truth;
    let Some(front) = truth.documents.first() else {
        return picture;
    };
    truth.doc_type = if paired {
        front.doc_type.trim_end_matches("_front").to_owned()
    } else {
        front.doc_type.clone()
    };
    truth.issuing_country.clone_from(&front.issuing_country);
    truth.fields = truth
        .documents
        .iter()
        .rev()
        .flat_map(|shown| &shown.fields)
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    truth.group.clone_from(&front.group);
    if let Some((format, lines, parsed)) = laid.into_iter().find_map(|one| one.sheet.said.zone) {
        truth.mrz_format = Some(format);
        truth.mrz = Some(lines);
        truth.mrz_parsed = Some(parsed);
        truth.mrz_valid_check_digits = true;
    }
    picture
}

/// Room that a turned card of the larger size has on a sheet, in millimetres.
const CELL: (f32, f32) = (102.0, 70.0);

/// Cards on a flatbed scanner, each a little askew, some the wrong way round. The truth of the picture
/// as a whole names no document; each card has its own under `documents`.
pub fn flatbed(cards: &[(Kind, u64)], seed: u64, how: &Degradation) -> Specimen {
    let mut dice = Dice::at(seed, 1300);
    let columns = if cards.len() > 1 { 2 } else { 1 };
    let (size, laid) = in_rows(cards, columns, 0.0, how.scale(), &mut dice);
    photograph(&format!("flatbed-{seed}"), size, &laid, how, &mut dice)
}

/// Two to eight cards of any kind on a ground that fills the picture, for measuring how many are found.
pub fn cards_on(ground: Ground, seed: u64) -> Specimen {
    /// Bare ground around the cards, in millimetres; half of it lies beyond the picture's border.
    const AROUND: f32 = 12.0;
    let mut dice = Dice::at(seed, 1350);
    let count = dice.number(2, 8) as usize;
    let columns = if count > 3 || dice.chance(0.5) { 2 } else { 1 };
    let cards: Vec<(Kind, u64)> = (0..count)
        .map(|number| (*dice.pick(&Kind::CARDS), 100 * seed + number as u64))
        .collect();
    let is_scan = matches!(ground, Ground::White | Ground::Black);
    let how = Degradation {
        capital: dice.between(13.0, 22.0),
        blur: dice.between(0.2, 0.7),
        noise: dice.between(0.5, 3.0),
        contrast: dice.between(0.85, 1.0),
        grey: is_scan && dice.chance(0.2),
        angle: if is_scan { 0.0 } else { 2.0 * dice.normal() },
        tilt: if is_scan { 0.0 } else { 3.0 * dice.normal() },
        pan: if is_scan { 0.0 } else { 3.0 * dice.normal() },
        uneven: if is_scan { 0.0 } else { dice.between(0.0, 0.2) },
        quality: Some(dice.number(70, 92) as u8),
        margin: -AROUND / 2.0,
        ground,
        ..Degradation::CLEAN
    };
    let (size, laid) = in_rows(&cards, columns, AROUND, how.scale(), &mut dice);
    let id = format!("sheet-{}-{seed}", ground.name());
    photograph(&id, size, &laid, &how, &mut dice)
}

/// Cards in rows, with the size of the sheet that holds them and so much bare ground around them.
fn in_rows(
    cards: &[(Kind, u64)],
    columns: usize,
    around: f32,
    scale: f32,
    dice: &mut Dice,
) -> ((f32, f32), Vec<Laid>) {
    let rows = cards.len().div_ceil(columns).max(1);
    let size = (
        columns as f32 * CELL.0 + 2.0 * around,
        rows as f32 * CELL.1 + 2.0 * around,
    );
    let laid = cards
        .iter()
        .enumerate()
        .map(|(number, &(kind, seed))| {
            let column = (number % columns) as f32 + 0.5;
            let row = (number / columns) as f32 + 0.5;
            let half = if dice.chance(0.25) { 0.5 } else { 0.0 };
            Laid {
                sheet: sheet(kind, seed, scale),
                group: format!("{}-{seed}", kind.holder_series().name()),
                centre: (
                    around + column * CELL.0 + dice.between(-4.0, 4.0),
                    around + row * CELL.1 + dice.between(-3.0, 3.0),
                ),
                turns: half + dice.normal() * 0.008,
            }
        })
        .collect();
    (size, laid)
}

fn photograph(
    id: &str,
    size: (f32, f32),
    laid: &[Laid],
    how: &Degradation,
    dice: &mut Dice,
) -> Specimen {
    let mut bed = if how.ground == Ground::White {
        let paper = dice.between(244.0, 252.0);
        Canvas::new(size.0, size.1, how.scale(), [paper, paper, paper - 1.0])
    } else {
        degrade::ground(how, dice, size.0, size.1)
    };
    for one in laid {
        one.draw(&mut bed);
    }
    let whole = Sheet::blank(bed);
    let view = degrade::photograph(&whole, how, dice);
    let at = |(x, y): (f32, f32)| view.camera.pixel(x, y);
    let quad = |one: &Laid, frame: Frame| {
        let (right, bottom) = (frame.x + frame.width, frame.y + frame.height);
        [
            at(one.place(frame.x, frame.y)),
            at(one.place(right, frame.y)),
            at(one.place(right, bottom)),
            at(one.place(frame.x, bottom)),
        ]
    };
    let documents = laid
        .iter()
        .map(|one| Shown {
            doc_type: one.sheet.said.doc_type.to_owned(),
            issuing_country: one.sheet.said.issuing_country.to_owned(),
            side: side_of(one.sheet.said.doc_type),
            group: one.group.clone(),
            quad: quad(one, one.sheet.canvas.frame()),
            mrz: one.sheet.said.zone.as_ref().map(|zone| zone.1.clone()),
            fields: one.sheet.said.fields.clone(),
        })
        .collect();
    let mrz_quads = laid
        .iter()
        .flat_map(|one| one.sheet.mrz_frames.iter().map(|&frame| quad(one, frame)))
        .collect();
    let extension = if how.quality.is_some() { "jpg" } else { "png" };
    Specimen {
        truth: Truth {
            id: id.to_owned(),
            file: format!("{id}.{extension}"),
            conditions: how.conditions(),
            width: view.image.width(),
            height: view.image.height(),
            group: id.to_owned(),
            mrz_quads,
            documents,
            ..Truth::default()
        },
        image: view.image,
        quality: how.quality,
    }
}

/// A plain scan of cards at 200 dots to the inch.
pub(crate) fn office_scan() -> Degradation {
    Degradation {
        capital: 18.9,
        blur: 0.35,
        noise: 1.5,
        contrast: 0.96,
        margin: 3.0,
        ground: Ground::White,
        quality: Some(85),
        ..Degradation::CLEAN
    }
}
