//! Composes `vision` and `parse` into one reading of a document.
//!
//! [`read()`] takes bytes and answers with a [`model::Reading`]: pages are decoded, the documents on
//! them straightened, machine-readable zones, barcodes and print read; what they say about a field is
//! settled into one value with evidence, and every rule is checked. The same bytes, options and version
//! give the same reading, whatever ran before. Nothing here touches a database, the network, a file or
//! the clock: the day is an option, and how long it took is for the caller to say.

#![forbid(unsafe_code)]

pub mod answer;
mod calibration;
pub mod checks;
mod cut;
mod documents;
mod engines;
mod error;
mod join;
pub mod outside;
mod place;
pub mod relate;
mod search;
mod settle;
pub mod sight;
mod spelt;
pub mod types;

use std::borrow::Cow;
use std::ops::ControlFlow;

use image::{DynamicImage, GrayImage, RgbImage};
use indexmap::IndexMap;
use jiff::civil::Date;
use model::{
    DocumentKind, OutsideAnswer, PageFacts, Problem, Progress, Reading, ReadingStep, Sheet,
    TypeDefinition,
};
pub use parse::{barcode::TrustList, error::TrustListError};
pub use vision::{DecodeError, Decoded, Limits};
use vision::{TextLayer, text::Draft};

pub use self::{
    cut::{Part, cut},
    engines::Engines,
    error::{Cancelled, Error},
    join::join,
    settle::{is_same_value, reason_sentence},
    types::built_in as built_in_types,
};
use crate::{
    place::{Place, Upright},
    search::{Found, Search, Stopped},
};

/// Version of the rules of reading; stored with every reading, before the recogniser's name.
pub const ENGINE_VERSION: &str = "3";

/// What to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Only {
    /// Everything this version knows to read.
    Everything,
    /// The machine-readable zone alone.
    Mrz,
}

/// Which recogniser reads the machine-readable zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// The product's own network.
    Network,
    /// Tesseract, for comparison.
    Tesseract,
}

/// How to read.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The day taken for today: the century of births, and what has expired.
    pub day: Date,
    /// What to read.
    pub only: Only,
    /// What a file may cost.
    pub limits: Limits,
    /// Which recogniser.
    pub engine: Engine,
    /// The types of documents that may be recognised: [`built_in_types`] and those an administrator
    /// added.
    pub types: &'a [TypeDefinition],
    /// The youngest and the oldest holder, in years, of whom nothing is remarked.
    pub ages: (i16, i16),
    /// Whose signatures on barcodes are believed, where somebody said so.
    pub trust: Option<&'a TrustList>,
}

/// The ages of holders of whom nothing is remarked where nobody says otherwise.
pub const USUAL_AGES: (i16, i16) = (18, 120);

/// Reads one document: of several in the file, the one that says most, and a problem that says so.
///
/// Bytes that cannot be decoded give a reading without pages and one problem that says why. The
/// only way not to get a reading is that `progress`, called between steps, asks to stop.
pub fn read(
    bytes: &[u8],
    engines: &mut Engines,
    options: &Options<'_>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Reading, Cancelled> {
    Ok(see(bytes, engines, options, progress)?.reading(options, &[]))
}

/// Like [`read()`], of pages that somebody decoded already: elsewhere, or with a password.
pub fn read_decoded(
    decoded: Result<Decoded, DecodeError>,
    engines: &mut Engines,
    options: &Options<'_>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Reading, Cancelled> {
    Ok(see_decoded(decoded, engines, options, progress)?.reading(options, &[]))
}

/// The first of several readings, with a problem that says that there are more.
fn first(readings: Vec<Reading>, options: &Options<'_>) -> Option<Reading> {
    let mut readings = readings.into_iter();
    let mut reading = readings.next()?;
    let others = readings.len();
    if others > 0 {
        let (code, what) = if options.only == Only::Mrz {
            (
                "several_mrz_found",
                "machine-readable zones were found; the clearest one",
            )
        } else {
            (
                "several_documents_found",
                "documents were found; the one that says most",
            )
        };
        let message = format!(
            "{} {what} was read. Submit documents one by one to read them all",
            others + 1
        );
        reading.problems.insert(
            0,
            Problem {
                code: code.to_owned(),
                message,
            },
        );
    }
    Some(reading)
}

/// Reads every document in a file, the one that says most first; at least one reading.
///
/// Sides and copies of one document, told by what they say of its holder and number, are one.
pub fn read_all(
    bytes: &[u8],
    engines: &mut Engines,
    options: &Options<'_>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Vec<Reading>, Cancelled> {
    Ok(see(bytes, engines, options, progress)?.readings(options, &[]))
}

/// All that was seen in a file, before it is settled: it can be settled again when others have said what
/// they see, without being looked at again.
pub struct Seen {
    engine: String,
    places: Vec<Place>,
    pages: Vec<PageFacts>,
    problems: Vec<Problem>,
    /// Whether it could not be looked at at all.
    unreadable: bool,
}

impl Seen {
    /// The print of every view, without machine-readable zones.
    pub fn sheets(&self) -> impl Iterator<Item = &Sheet> {
        self.places.iter().filter_map(|place| place.sheet.as_ref())
    }

    /// Whether there are pages to look at.
    pub fn is_readable(&self) -> bool {
        !self.unreadable
    }

    /// Where cards lie whose outlines were found, whether or not their documents are known.
    pub fn cards(&self) -> Vec<model::Region> {
        let cards = self.places.iter().filter(|place| place.card);
        cards.filter_map(|place| place.region).collect()
    }

    /// The reading of the document that says most, with what readers outside said of it.
    pub fn reading(&self, options: &Options<'_>, outside: &[OutsideAnswer]) -> Reading {
        first(self.readings(options, outside), options)
            .unwrap_or_else(|| nothing(&self.engine, options, self.problems.clone()))
    }

    /// The readings of every document, the one that says most first; at least one. What readers outside
    /// said is about the first.
    pub fn readings(&self, options: &Options<'_>, outside: &[OutsideAnswer]) -> Vec<Reading> {
        if self.unreadable {
            let mut reading = nothing(&self.engine, options, self.problems.clone());
            reading.pages.clone_from(&self.pages);
            return vec![reading];
        }
        let mut groups = documents::group(&self.places, options.only);
        if groups.is_empty() {
            groups.push(Vec::new());
        }
        let readings = groups.into_iter().enumerate().map(|(number, group)| {
            let members: Vec<&Place> = group.iter().filter_map(|at| self.places.get(*at)).collect();
            let outside = if number == 0 { outside } else { &[] };
            if members.is_empty() && outside.is_empty() {
                let mut reading = nothing(&self.engine, options, Vec::new());
                reading.pages.clone_from(&self.pages);
                return reading;
            }
            documents::reading(&self.engine, &members, &self.pages, outside, options)
        });
        let mut readings: Vec<Reading> = readings.collect();
        for reading in &mut readings {
            reading.problems.splice(0..0, self.problems.iter().cloned());
            if reading.fields.is_empty() && reading.mrz.is_none() {
                reading.problems.push(nothing_read(options.only));
            }
        }
        readings
    }
}

impl std::fmt::Debug for Seen {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Seen")
            .field("engine", &self.engine)
            .field("places", &self.places.len())
            .finish_non_exhaustive()
    }
}

/// Looks at a file: zones, barcodes and print of every page.
pub fn see(
    bytes: &[u8],
    engines: &mut Engines,
    options: &Options<'_>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Seen, Cancelled> {
    let decoded = vision::decode(bytes, &options.limits);
    see_decoded(decoded, engines, options, progress)
}

/// Like [`see`], of pages that somebody decoded already: elsewhere, or with a password.
pub fn see_decoded(
    decoded: Result<Decoded, DecodeError>,
    engines: &mut Engines,
    options: &Options<'_>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Seen, Cancelled> {
    let mut tell = |step: ReadingStep, percent: u8| match progress(Progress { step, percent }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Cancelled),
    };
    tell(ReadingStep::Decoding, 0)?;
    let decoded = match decoded {
        Ok(decoded) => decoded,
        Err(error) => {
            let problem = Problem {
                code: error.code().to_owned(),
                message: error.to_string(),
            };
            return Ok(Seen {
                engine: ENGINE_VERSION.to_owned(),
                places: Vec::new(),
                pages: Vec::new(),
                problems: vec![problem],
                unreadable: true,
            });
        }
    };
    let mut problems = decoded.problems;
    let mut pages: Vec<PageFacts> = decoded
        .pages
        .iter()
        .map(|page| PageFacts {
            width: page.width(),
            height: page.height(),
            quarter_turns: 0,
        })
        .collect();
    let engine = match engines.prepare(options) {
        Ok(names) => format!("{ENGINE_VERSION}+{names}"),
        Err(error) => {
            problems.push(error.problem());
            return Ok(Seen {
                engine: ENGINE_VERSION.to_owned(),
                places: Vec::new(),
                pages,
                problems,
                unreadable: true,
            });
        }
    };
    let count = decoded.pages.len();
    let mut places: Vec<Place> = Vec::new();
    let layers = decoded
        .layers
        .into_iter()
        .map(Some)
        .chain(std::iter::repeat(None));
    for (number, (page, layer)) in decoded.pages.into_iter().zip(layers).enumerate() {
        let layer = layer.unwrap_or_default();
        // From 10 to 90 hundredths, page by page.
        let percent = (10 + 80 * number / count.max(1)) as u8;
        let one = OnePage {
            number: number as u32,
            page: &page,
            layer: &layer,
        };
        match read_page(&one, engines, options, &mut |step| tell(step, percent)) {
            Ok(found) => places.extend(found),
            Err(Stopped::Cancelled) => return Err(Cancelled),
            Err(Stopped::Recogniser(error)) => {
                problems.push(Error::from(error).problem());
                break;
            }
            Err(Stopped::Picture(error)) => {
                problems.push(Error::from(error).problem());
                break;
            }
        }
    }
    tell(ReadingStep::Checking, 90)?;
    for place in &places {
        if let (Some(facts), Some(turns)) =
            (pages.get_mut(place.page as usize), place.quarter_turns)
        {
            facts.quarter_turns = turns;
        }
    }
    tell(ReadingStep::Checking, 100)?;
    Ok(Seen {
        engine,
        places,
        pages,
        problems,
        unreadable: false,
    })
}

/// A reading that says nothing but its problems.
fn nothing(engine: &str, options: &Options<'_>, problems: Vec<Problem>) -> Reading {
    Reading {
        engine: engine.to_owned(),
        day: options.day,
        document_type: None,
        definition: None,
        issuing_country: None,
        mrz_format: None,
        mrz: None,
        fields: IndexMap::new(),
        disagreements: Vec::new(),
        checks: Vec::new(),
        problems,
        pages: Vec::new(),
        outside: Vec::new(),
        regions: Vec::new(),
    }
}

fn nothing_read(only: Only) -> Problem {
    let (code, message) = match only {
        Only::Mrz => ("no_mrz_found", "No machine-readable zone was found"),
        Only::Everything => (
            "nothing_read",
            "No field of an identity document could be read: take a sharper picture that shows the whole document, or fill in the fields by hand",
        ),
    };
    Problem {
        code: code.to_owned(),
        message: message.to_owned(),
    }
}

/// The page in grey, as zones and barcodes are looked for.
fn grey(page: &RgbImage) -> GrayImage {
    DynamicImage::ImageRgb8(page.clone()).into_luma8()
}

/// A page and what its file spells on it.
struct OnePage<'a> {
    number: u32,
    page: &'a RgbImage,
    layer: &'a TextLayer,
}

/// The places of a page where something was read.
fn read_page(
    one: &OnePage<'_>,
    engines: &mut Engines,
    options: &Options<'_>,
    alive: &mut dyn FnMut(ReadingStep) -> Result<(), Cancelled>,
) -> Result<Vec<Place>, Stopped> {
    let &OnePage {
        number,
        page,
        layer,
    } = one;
    alive(ReadingStep::Locating)?;
    let grey = grey(page);
    let found = if layer.set {
        Vec::new()
    } else {
        let mut search = Search::new(&grey, engines.recogniser(options.engine)?);
        search.run(&mut || alive(ReadingStep::Recognising))?
    };
    if options.only == Only::Mrz {
        let place = |found| Place::of_zone(number, found, options.day);
        return Ok(found.iter().map(place).collect());
    }
    alive(ReadingStep::Recognising)?;
    let mut barcodes = if layer.set {
        Vec::new()
    } else {
        place::barcodes(&grey, options)
    };
    let mut found: Vec<Option<Found>> = found.into_iter().map(Some).collect();
    let zones: Vec<model::Quad> = found.iter().flatten().flat_map(place::quads).collect();
    let mut places = Vec::new();
    // Where the file spells everything that is to be read, no document lies on the page.
    let views = if layer.complete {
        vec![vision::page::whole(page)]
    } else {
        vision::page::views(page)
    };
    let types = if layer.set {
        Cow::Owned(papers(options.types))
    } else {
        Cow::Borrowed(options.types)
    };
    let alone = views.len() == 1;
    for view in &views {
        alive(ReadingStep::Recognising)?;
        // Of several zones in one view the first, which is the clearest.
        let zone = found.iter_mut().find_map(|zone| {
            let lies = |found: &mut Found| {
                let mut quads = place::quads(found).into_iter();
                alone || quads.any(|quad| place::lies_in(view, &quad))
            };
            zone.take_if(lies)
        });
        let contents = barcodes
            .extract_if(.., |(payload, _)| {
                alone || place::lies_in(view, &payload.quad)
            })
            .map(|(_, content)| content)
            .collect();
        let mut place = Place {
            barcodes: contents,
            // How well a picture shows its text is of no matter where the file spells the text itself.
            problems: if layer.complete {
                Vec::new()
            } else {
                view.problems.clone()
            },
            ..match &zone {
                Some(found) => Place::of_zone(number, found, options.day),
                None => Place::empty(number),
            }
        };
        let turns = match zone
            .as_ref()
            .and_then(|found| place::turns_by_zone(view, found))
        {
            Some(turns) => turns,
            None => match spelt::turns(view, layer) {
                Some(turns) => turns,
                None => engines.upright(&view.picture)?,
            },
        };
        let upright = Upright::new(view, turns);
        place.region = Some(upright.region(number));
        place.card = view.card;
        let zones = upright.quads(&zones);
        let mut draft = if layer.complete {
            Draft::empty(upright.picture.dimensions())
        } else {
            engines.text(&upright.picture, &zones)?
        };
        let printed = |draft: &Draft| {
            let mut sheet = draft.sheet();
            spelt::lay(layer, &upright, &mut sheet);
            sheet.lines.retain(|line| !place::is_zone(line, &zones));
            sheet
        };
        let mut sheet = printed(&draft);
        let mut content = place.print(&sheet, &types, options.day);
        let doubts = place.doubts(&content);
        if engines.read_again(&mut draft, |line| doubts.concern(line))? {
            sheet = printed(&draft);
            content = place.print(&sheet, &types, options.day);
        }
        place.take_print(content, sheet, &upright);
        places.push(place);
    }
    let lost = found.iter().flatten();
    places.extend(lost.map(|found| Place::of_zone(number, found, options.day)));
    for (_, content) in barcodes {
        places.push(Place {
            barcodes: vec![content],
            ..Place::empty(number)
        });
    }
    Ok(places)
}

/// The types that text without a picture may be of. A letter that speaks of passports is none, whatever
/// number of their labels it holds; a family of its own may be anything.
fn papers(types: &[TypeDefinition]) -> Vec<TypeDefinition> {
    let is_paper = |definition: &&TypeDefinition| definition.kind == DocumentKind::OtherId;
    types.iter().filter(is_paper).cloned().collect()
}

/// The problem of a file whose name says that it is something else than its bytes are.
pub fn misnamed(bytes: &[u8], name: &str) -> Option<Problem> {
    let error = vision::check_name(bytes, name).err()?;
    Some(Problem {
        code: error.code().to_owned(),
        message: error.to_string(),
    })
}

/// The problem of a file that is too large to be opened, for those who know its size before its
/// bytes.
pub fn too_large(bytes: u64, limits: &Limits) -> Option<Problem> {
    let error = DecodeError::TooManyBytes {
        bytes,
        limit: limits.bytes,
    };
    (bytes > limits.bytes).then(|| Problem {
        code: error.code().to_owned(),
        message: error.to_string(),
    })
}
