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
mod documents;
mod engines;
mod error;
mod place;
mod search;
mod settle;

use std::ops::ControlFlow;

use image::{DynamicImage, RgbImage};
use indexmap::IndexMap;
use jiff::civil::Date;
use model::{PageFacts, Problem, Progress, Reading, ReadingStep, Sheet, TypeDefinition};
pub use parse::{barcode::TrustList, error::TrustListError, types::built_in as built_in_types};
pub use vision::{DecodeError, Limits};

pub use self::{
    engines::Engines,
    error::{Cancelled, Error},
    settle::is_same_value,
};
use crate::{
    place::{Place, Upright},
    search::{Found, Search, Stopped},
};

/// Version of the rules of reading; stored with every reading, before the recogniser's name.
pub const ENGINE_VERSION: &str = "2";

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
    let mut readings = read_all(bytes, engines, options, progress)?.into_iter();
    // There is always one.
    let Some(mut reading) = readings.next() else {
        return Err(Cancelled);
    };
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
    Ok(reading)
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
    read_texts(bytes, engines, options, progress, &mut |_| {})
}

/// As [`read_all`]; `seen` is shown the print of every view, without machine-readable zones.
pub fn read_texts(
    bytes: &[u8],
    engines: &mut Engines,
    options: &Options<'_>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    seen: &mut dyn FnMut(&Sheet),
) -> Result<Vec<Reading>, Cancelled> {
    let mut tell = |step: ReadingStep, percent: u8| match progress(Progress { step, percent }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Cancelled),
    };
    tell(ReadingStep::Decoding, 0)?;
    let decoded = match vision::decode(bytes, &options.limits) {
        Ok(decoded) => decoded,
        Err(error) => {
            let problem = Problem {
                code: error.code().to_owned(),
                message: error.to_string(),
            };
            return Ok(vec![nothing(ENGINE_VERSION, options, vec![problem])]);
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
            let mut reading = nothing(ENGINE_VERSION, options, problems);
            reading.pages = pages;
            return Ok(vec![reading]);
        }
    };
    let count = decoded.pages.len();
    let mut places: Vec<Place> = Vec::new();
    for (number, page) in decoded.pages.into_iter().enumerate() {
        // From 10 to 90 hundredths, page by page.
        let percent = (10 + 80 * number / count.max(1)) as u8;
        let mut alive = |step| tell(step, percent);
        match read_page(number as u32, &page, engines, options, &mut alive, seen) {
            Ok(found) => places.extend(found),
            Err(Stopped::Cancelled) => return Err(Cancelled),
            Err(Stopped::Recogniser(error)) => {
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
    let mut readings: Vec<Reading> = documents::group(&places, options.only)
        .into_iter()
        .map(|group| {
            let members: Vec<&Place> = group.iter().filter_map(|at| places.get(*at)).collect();
            documents::reading(&engine, &members, &pages, options)
        })
        .collect();
    if readings.is_empty() {
        let mut reading = nothing(&engine, options, Vec::new());
        reading.pages = pages;
        readings.push(reading);
    }
    for reading in &mut readings {
        reading.problems.splice(0..0, problems.iter().cloned());
        if reading.fields.is_empty() && reading.mrz.is_none() {
            reading.problems.push(nothing_read(options.only));
        }
    }
    tell(ReadingStep::Checking, 100)?;
    Ok(readings)
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

/// The places of a page where something was read.
fn read_page(
    number: u32,
    page: &RgbImage,
    engines: &mut Engines,
    options: &Options<'_>,
    alive: &mut dyn FnMut(ReadingStep) -> Result<(), Cancelled>,
    seen: &mut dyn FnMut(&Sheet),
) -> Result<Vec<Place>, Stopped> {
    alive(ReadingStep::Locating)?;
    let grey = DynamicImage::ImageRgb8(page.clone()).into_luma8();
    let search = Search::new(&grey, engines.recogniser(options.engine)?);
    let found = search.run(&mut || alive(ReadingStep::Recognising))?;
    if options.only == Only::Mrz {
        let place = |found| Place::of_zone(number, found, options.day);
        return Ok(found.iter().map(place).collect());
    }
    alive(ReadingStep::Recognising)?;
    let mut barcodes = place::barcodes(&grey, options);
    let mut found: Vec<Option<Found>> = found.into_iter().map(Some).collect();
    let zones: Vec<model::Quad> = found.iter().flatten().flat_map(place::quads).collect();
    let mut places = Vec::new();
    let views = vision::page::views(page);
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
            problems: view.problems.clone(),
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
            None => engines.upright(&view.picture)?,
        };
        let upright = Upright::new(view, turns);
        let zones = upright.quads(&zones);
        let mut draft = engines.text(&upright.picture, &zones)?;
        draft.retain(|line| !place::is_zone(line, &zones));
        let mut sheet = draft.sheet();
        let mut content = place.print(&sheet, options);
        let doubts = place.doubts(&content);
        if engines.read_again(&mut draft, |line| doubts.concern(line))? {
            sheet = draft.sheet();
            content = place.print(&sheet, options);
        }
        place.take_print(content, &sheet, &upright);
        seen(&sheet);
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
