//! Bands that may go on where they were located to end, or have a line more.
//!
//! A spot of glare or a fold tears a line in two, and the locator may keep one part of it. What is left
//! of a passport's lines of 44 can then look like the 36 of a card, or like no zone at all. Every zone
//! has a known number of characters to a line, so how far it may go on is known as well.
//!
//! The Swiss driving licence has a line of 9 above its two of 30, too short to be located as a part of
//! a zone, but in a place that the two others give.

use model::{Lattice, Point};
use parse::mrz;
use vision::locate::{Band, TextLine};

/// Characters of the longest line a zone of so many lines may have.
fn longest(lines: usize) -> f32 {
    if lines == 2 { 44.0 } else { 30.0 }
}

/// At most this share of a line may be lost for the rest to be worth a look.
const MOST_LOST: f32 = 0.55;

/// What a character's place is wider than its print, in characters.
const GAP: f32 = 0.3;

/// Characters of the lines that may have a short one above them, and of that one.
const HEADED: (std::ops::RangeInclusive<f32>, f32) = (27.5..=32.5, 9.0);

/// The band as long as the longest lines it may have: going on behind its end, and before its start.
/// None where it is that long already, or too short to tell.
pub(super) fn longer(band: &Band, crops: &[Vec<Lattice>]) -> Vec<Band> {
    let Some(Shown { from, to, pitch }) = Shown::in_all(band, crops) else {
        return Vec::new();
    };
    let longest = longest(band.lines.len());
    let missing = longest - ((to - from) / pitch + GAP).round();
    if !(1.0..=MOST_LOST * longest).contains(&missing) {
        return Vec::new();
    }
    let whole = (longest - GAP) * pitch;
    [(from, from + whole), (to - whole, to)]
        .into_iter()
        .map(|(from, to)| Band {
            lines: band
                .lines
                .iter()
                .map(|line| line.extended(-from, to - 1.0))
                .collect(),
            ..band.clone()
        })
        .collect()
}

/// The band with a short line above its two, as far above the first as the second is below it.
pub(super) fn headed(band: &Band, crops: &[Vec<Lattice>]) -> Option<Band> {
    let &[first, second] = band.lines.as_slice() else {
        return None;
    };
    let Shown { from, to, pitch } = Shown::in_all(band, crops)?;
    if !HEADED.0.contains(&((to - from) / pitch + GAP)) {
        return None;
    }
    let above = |one: Point, other: Point| Point::new(2.0 * one.x - other.x, 2.0 * one.y - other.y);
    let whole = TextLine {
        start: above(first.start, second.start),
        end: above(first.end, second.end),
        ..first
    };
    // A place more than it has, for lines that do not begin quite below each other.
    let head = whole.extended(-from, from + (HEADED.1 + 1.0) * pitch - 1.0);
    Some(Band {
        lines: vec![head, first, second],
        ..band.clone()
    })
}

/// Where characters show on a line, in shares of its length.
struct Shown {
    from: f32,
    to: f32,
    pitch: f32,
}

impl Shown {
    /// On all lines of a band together: lines of a zone begin and end together, and where one was lost
    /// sooner, another tells. None where one shows nothing.
    fn in_all(band: &Band, crops: &[Vec<Lattice>]) -> Option<Self> {
        let shown: Vec<Self> = band
            .lines
            .iter()
            .zip(crops)
            .map(|(line, crops)| Self::on(line, crops.first()?))
            .collect::<Option<_>>()?;
        let fold = |of: fn(&Self) -> f32, start: f32, pick: fn(f32, f32) -> f32| {
            shown.iter().map(of).fold(start, pick)
        };
        (!shown.is_empty()).then(|| Self {
            from: fold(|one| one.from, f32::INFINITY, f32::min),
            to: fold(|one| one.to, f32::NEG_INFINITY, f32::max),
            pitch: fold(|one| one.pitch, 0.0, |sum, one| sum + one) / shown.len() as f32,
        })
    }

    fn on(line: &TextLine, lattice: &Lattice) -> Option<Self> {
        let extent = mrz::extent(lattice)?;
        let (length, steps) = (line.length(), (extent.to - extent.from) as f32);
        let share = |step: usize| {
            let (head, foot) = lattice.edges.get(step)?;
            let middle = Point::new(
                f32::midpoint(head.x, foot.x) - line.start.x,
                f32::midpoint(head.y, foot.y) - line.start.y,
            );
            let along = Point::new(line.end.x - line.start.x, line.end.y - line.start.y);
            Some((middle.x * along.x + middle.y * along.y) / (length * length))
        };
        let (from, to) = (share(extent.from)?, share(extent.to)?);
        let pitch = (to - from) / steps * extent.pitch;
        (length > 0.0 && pitch > 0.0).then_some(Self { from, to, pitch })
    }
}
