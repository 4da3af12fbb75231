//! The search of one page for its machine-readable zone.
//!
//! Bands come most promising first. A band costs little until it earns more: one line of it is
//! recognised and looked at; then the others; then it is decoded from one crop of each line; and
//! only what decodes but leaves doubt is cut again, a little larger, smaller and lower, so that
//! several independent looks settle it. The first band that leaves no doubt ends the search, and
//! the whole effort is bounded, because a page of print has hundreds of lines.

mod ends;

use std::ops::Range;

use image::GrayImage;
use model::{Lattice, MrzFormat, Personal};
use parse::mrz::{self, Decoded, DigitKind, Glance};
use vision::{
    PictureError, RecogniseError, Recogniser,
    locate::{self, Band},
    strip::{self, Jitter},
};

use crate::{Cancelled, sight::Look};

/// Most strips recognised on one page. At 2 ms a strip this bounds a page without a zone.
const MOST_STRIPS: usize = 60;

/// Bands looked at after the zone was found, for a second one.
const BANDS_AFTER: usize = 3;

/// Other looks at lines that were decoded with doubt.
const JITTERS: [Jitter; 3] = [
    Jitter {
        scale: 0.93,
        offset: 0.0,
    },
    Jitter {
        scale: 1.08,
        offset: 0.0,
    },
    Jitter {
        scale: 1.0,
        offset: 0.06,
    },
];

/// A line worth a second look has this many characters at least, and they are this clear.
const PROMISING_LENGTH: usize = 18;
const PROMISING_CERTAINTY: f32 = 0.5;

/// What may be a part of a zone shows at least this share of fillers, as clear as this; print, tables
/// and listings do not.
const PART_FILLERS: f32 = 0.08;
const PART_CERTAINTY: f32 = 0.6;

/// A first decoding that needs no second look: its path and its weakest character are this good.
const CLEAR_SCORE: f32 = -10.0;
const CLEAR_MARGIN: f32 = 4.0;

/// A decoding that ends the search: all digits agree, with this little repair on this good a path.
const ENOUGH_SCORE: f32 = -26.0;
const ENOUGH_REPAIR: f32 = 1.0;

/// A zone on a page.
pub(crate) struct Found {
    pub(crate) decoded: Decoded,
    /// The first crop of each line, for where its characters stand.
    pub(crate) lattices: Vec<Lattice>,
    /// Clockwise quarter turns after which it stands upright.
    pub(crate) quarter_turns: u8,
    band: Band,
    /// The lines of the band that it holds.
    lines: Range<usize>,
}

impl Found {
    /// Where it lies.
    pub(crate) fn band(&self) -> &Band {
        &self.band
    }

    /// Its lines as settled, each with its place in the band.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (usize, Personal)> {
        self.lines.clone().zip(self.decoded.text())
    }

    /// Orders decodings of rival bands: the path, less what repair cost; digits that do not agree
    /// and layouts that are not known come after all others of like quality.
    pub(crate) fn worth(&self) -> f32 {
        let digits = match (self.decoded.agrees(), self.decoded.format) {
            (_, MrzFormat::Nonstandard) => 60.0,
            (false, _) => 20.0,
            (true, _) => self.decoded.repair.min(5.0),
        };
        self.decoded.score - digits
    }

    /// Whether its lines cannot be parts of longer ones: a digit over the whole of it agrees.
    fn is_whole(&self) -> bool {
        let mut verdicts = self.decoded.verdicts.iter();
        self.decoded.agrees() && verdicts.any(|verdict| verdict.kind == DigitKind::Composite)
    }

    /// Whether it says more than what a part of its band gave. Both saw the same characters, and this
    /// one what lies beyond: where it settles on longer lines, the shorter ones were cut.
    fn says_more_than(&self, part: Option<&Self>) -> bool {
        let length = |found: &Self| found.decoded.lines.iter().map(Vec::len).max();
        let known = self.decoded.format != MrzFormat::Nonstandard;
        known
            && part.is_none_or(|part| {
                part.decoded.format == MrzFormat::Nonstandard
                    || length(self) > length(part)
                    || (self.decoded.agrees() && !part.decoded.agrees())
            })
    }

    /// Whether nothing better need be looked for. Digits that do not agree although every character
    /// is clear are printed so.
    fn is_enough(&self) -> bool {
        let known = self.decoded.format != MrzFormat::Nonstandard;
        let proven = self.decoded.agrees()
            && self.decoded.repair < ENOUGH_REPAIR
            && self.decoded.score > ENOUGH_SCORE;
        known && (proven || is_clear_print(&self.decoded))
    }
}

/// Why a search ended without an answer.
pub(crate) enum Stopped {
    Cancelled,
    Recogniser(RecogniseError),
    /// Only where what was looked at is to be seen.
    Picture(PictureError),
}

impl From<PictureError> for Stopped {
    fn from(error: PictureError) -> Self {
        Self::Picture(error)
    }
}

impl From<Cancelled> for Stopped {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl From<RecogniseError> for Stopped {
    fn from(error: RecogniseError) -> Self {
        Self::Recogniser(error)
    }
}

/// The search of one page.
pub(crate) struct Search<'a> {
    page: &'a GrayImage,
    recogniser: &'a mut dyn Recogniser,
    strips_left: usize,
    /// What was looked at, where somebody wants to see it.
    looks: Option<Vec<Look>>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(page: &'a GrayImage, recogniser: &'a mut dyn Recogniser) -> Self {
        Self {
            page,
            recogniser,
            strips_left: MOST_STRIPS,
            looks: None,
        }
    }

    /// A search that keeps what it looks at.
    pub(crate) fn seen(page: &'a GrayImage, recogniser: &'a mut dyn Recogniser) -> Self {
        Self {
            looks: Some(Vec::new()),
            ..Self::new(page, recogniser)
        }
    }

    /// What was looked at, in this order; empty where it was not to be kept.
    pub(crate) fn into_looks(self) -> Vec<Look> {
        self.looks.unwrap_or_default()
    }

    /// The zones of the page, best first; `alive` is asked before every band.
    pub(crate) fn run(
        &mut self,
        alive: &mut dyn FnMut() -> Result<(), Cancelled>,
    ) -> Result<Vec<Found>, Stopped> {
        let mut zones: Vec<Found> = Vec::new();
        let mut bands = locate::bands(self.page);
        let mut bands_after = BANDS_AFTER;
        loop {
            let settled = zones.iter().any(Found::is_enough);
            // A second zone is looked for among bands that are located already, no further.
            if settled && (bands_after == 0 || bands.size_hint().0 == 0) {
                break;
            }
            let Some(band) = bands.next().filter(|_| self.strips_left > 0) else {
                break;
            };
            alive()?;
            if settled {
                if zones.iter().any(|zone| overlap(&zone.band, &band)) {
                    continue;
                }
                bands_after -= 1;
            }
            let Some(found) = self.look(&band)? else {
                continue;
            };
            // Two bands over one place are two views of one zone.
            match zones
                .iter_mut()
                .find(|zone| overlap(&zone.band, &found.band))
            {
                Some(zone) if found.worth() > zone.worth() => *zone = found,
                Some(_) => {}
                None => zones.push(found),
            }
        }
        // What only looked like a zone beside a real one is none.
        if zones.iter().any(Found::is_enough) {
            zones.retain(Found::is_enough);
        } else {
            zones.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
            zones.truncate(1);
        }
        Ok(zones)
    }

    /// What a band holds, or the larger band that it is a part of.
    fn look(&mut self, band: &Band) -> Result<Option<Found>, Stopped> {
        let Some(crops) = self.first_crops(band)? else {
            return Ok(None);
        };
        let found = self.decoded(band, crops.clone())?;
        let may_go_on = match &found {
            Some(found) => !found.is_whole(),
            None => is_part(&crops),
        };
        if may_go_on {
            let headed = ends::headed(band, &crops);
            for larger in ends::longer(band, &crops).into_iter().chain(headed) {
                let Some(crops) = self.first_crops(&larger)? else {
                    continue;
                };
                if let Some(other) = self.decoded(&larger, crops)?
                    && other.says_more_than(found.as_ref())
                {
                    return Ok(Some(other));
                }
            }
        }
        Ok(found)
    }

    /// One crop of each line; none where they are not worth decoding, or the effort is spent.
    fn first_crops(&mut self, band: &Band) -> Result<Option<Vec<Vec<Lattice>>>, Stopped> {
        if let Some(looks) = &mut self.looks {
            looks.push(Look::at(band.clone()));
        }
        let count = band.lines.len();
        let probe = count / 2;
        let Some(lattice) = self.recognise(band, probe, Jitter::NONE)? else {
            return Ok(None);
        };
        if !is_promising(mrz::glance(std::slice::from_ref(&lattice))) {
            return Ok(None);
        }
        let mut crops: Vec<Vec<Lattice>> = Vec::with_capacity(count);
        for line in 0..count {
            let crop = if line == probe {
                Some(lattice.clone())
            } else {
                self.recognise(band, line, Jitter::NONE)?
            };
            let Some(crop) = crop else { return Ok(None) };
            crops.push(vec![crop]);
        }
        Ok(Some(crops))
    }

    /// Decodes a band from one crop of each line, and from more where doubt is left.
    fn decoded(
        &mut self,
        band: &Band,
        mut crops: Vec<Vec<Lattice>>,
    ) -> Result<Option<Found>, Stopped> {
        let Some((lines, mut decoded)) = decode_part(&crops) else {
            return Ok(None);
        };
        if !is_clear(&decoded) {
            for jitter in JITTERS {
                for line in lines.clone() {
                    if let Some(crop) = self.recognise(band, line, jitter)? {
                        crops[line].push(crop);
                    }
                }
            }
            if let Some(again) = mrz::decode(&crops[lines.clone()]) {
                decoded = again;
            }
        }
        let lattices = crops[lines.clone()]
            .iter_mut()
            .map(|crops| crops.swap_remove(0))
            .collect();
        Ok(Some(Found {
            decoded,
            lattices,
            quarter_turns: band.quarter_turns,
            band: band.clone(),
            lines,
        }))
    }

    /// Recognises one line; none when the page's effort is spent.
    fn recognise(
        &mut self,
        band: &Band,
        number: usize,
        jitter: Jitter,
    ) -> Result<Option<Lattice>, Stopped> {
        let Some(line) = band.lines.get(number) else {
            return Ok(None);
        };
        let Some(left) = self.strips_left.checked_sub(1) else {
            return Ok(None);
        };
        self.strips_left = left;
        let strip = strip::cut(self.page, line, self.recogniser.shape(), jitter);
        let lattice = self.recogniser.recognise(&strip)?;
        if jitter == Jitter::NONE
            && let Some(look) = self.looks.as_mut().and_then(|looks| looks.last_mut())
        {
            look.add(number, &strip, &lattice)?;
        }
        Ok(Some(lattice))
    }
}

fn is_promising(glance: Glance) -> bool {
    glance.lengths.0 >= PROMISING_LENGTH && glance.certainty >= PROMISING_CERTAINTY
}

/// Whether lines that could not be decoded may be a part of a zone.
fn is_part(crops: &[Vec<Lattice>]) -> bool {
    let firsts: Vec<Lattice> = crops.iter().flatten().cloned().collect();
    let glance = mrz::glance(&firsts);
    glance.fillers >= PART_FILLERS && glance.certainty >= PART_CERTAINTY
}

/// Whether a decoding from one crop leaves nothing to settle.
fn is_clear(decoded: &Decoded) -> bool {
    decoded.agrees() && !decoded.verdicts.is_empty() && is_clear_print(decoded)
}

/// Whether every character is beyond doubt, whatever the digits say.
fn is_clear_print(decoded: &Decoded) -> bool {
    let mut characters = decoded.lines.iter().flatten();
    decoded.repair == 0.0
        && decoded.score > CLEAR_SCORE
        && characters.all(|character| character.margin > CLEAR_MARGIN)
}

/// Decodes all lines, or the two below or above where the third is something else: a line of print
/// may lie close to a zone of two.
fn decode_part(crops: &[Vec<Lattice>]) -> Option<(Range<usize>, Decoded)> {
    let whole = Range {
        start: 0,
        end: crops.len(),
    };
    let parts = [whole, 1..3, 0..2];
    let tried = if crops.len() == 3 { 3 } else { 1 };
    parts
        .into_iter()
        .take(tried)
        .find_map(|part| Some((part.clone(), mrz::decode(crops.get(part)?)?)))
}

/// Whether two bands share a place on the page.
fn overlap(one: &Band, other: &Band) -> bool {
    let bounds = |band: &Band| {
        let points = band.lines.iter().flat_map(|line| [line.start, line.end]);
        let tall = band
            .lines
            .iter()
            .map(|line| line.height_start)
            .fold(0.0, f32::max);
        let start = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
        let (left, top, right, bottom) = points.fold(start, |(l, t, r, b), point| {
            (
                l.min(point.x),
                t.min(point.y),
                r.max(point.x),
                b.max(point.y),
            )
        });
        (
            left - tall / 2.0,
            top - tall / 2.0,
            right + tall / 2.0,
            bottom + tall / 2.0,
        )
    };
    let (a, b) = (bounds(one), bounds(other));
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}
