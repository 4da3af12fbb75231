//! Composes `vision` and `parse` into one reading of a document.
//!
//! [`read()`] takes bytes and answers with a [`model::Reading`]: pages are decoded, the
//! machine-readable zone is looked for and decoded, what it says becomes fields with evidence, and
//! every rule is checked. The same bytes, options and version give the same reading, whatever ran
//! before. Nothing here touches a database, the network, a file or the clock: the day is an option,
//! and how long it took is for the caller to say.

#![forbid(unsafe_code)]

pub mod answer;
mod engines;
mod error;
mod search;
mod settle;

use std::ops::ControlFlow;

use image::DynamicImage;
use indexmap::IndexMap;
use jiff::civil::Date;
use model::{PageFacts, Problem, Progress, Reading, ReadingStep};
pub use vision::{DecodeError, Limits};

pub use self::{
    engines::Engines,
    error::{Cancelled, Error},
};
use crate::search::{Found, Search};

/// Version of the rules of reading; stored with every reading, before the recogniser's name.
pub const ENGINE_VERSION: &str = "1";

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
pub struct Options {
    /// The day taken for today: the century of births, and what has expired.
    pub day: Date,
    /// What to read.
    pub only: Only,
    /// What a file may cost.
    pub limits: Limits,
    /// Which recogniser.
    pub engine: Engine,
}

/// Reads one document.
///
/// Bytes that cannot be decoded give a reading without pages and one problem that says why. The
/// only way not to get a reading is that `progress`, called between steps, asks to stop.
pub fn read(
    bytes: &[u8],
    engines: &mut Engines,
    options: &Options,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Reading, Cancelled> {
    let mut tell = |step: ReadingStep, percent: u8| match progress(Progress { step, percent }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Cancelled),
    };
    tell(ReadingStep::Decoding, 0)?;
    let mut reading = Reading {
        engine: ENGINE_VERSION.to_owned(),
        day: options.day,
        document_type: None,
        definition: None,
        issuing_country: None,
        mrz_format: None,
        mrz: None,
        fields: IndexMap::new(),
        disagreements: Vec::new(),
        checks: Vec::new(),
        problems: Vec::new(),
        pages: Vec::new(),
    };
    let decoded = match vision::decode(bytes, &options.limits) {
        Ok(decoded) => decoded,
        Err(error) => {
            reading.problems.push(Problem {
                code: error.code().to_owned(),
                message: error.to_string(),
            });
            return Ok(reading);
        }
    };
    reading.problems = decoded.problems;
    reading.pages = decoded
        .pages
        .iter()
        .map(|page| PageFacts {
            width: page.width(),
            height: page.height(),
            quarter_turns: 0,
        })
        .collect();
    let recogniser = match engines.recogniser(options.engine) {
        Ok(recogniser) => recogniser,
        Err(error) => {
            reading.problems.push(error.problem());
            return Ok(reading);
        }
    };
    reading.engine = format!("{ENGINE_VERSION}+{}", recogniser.name());
    let pages = decoded.pages.len();
    let mut zones: Vec<(u32, Found)> = Vec::new();
    for (number, page) in decoded.pages.into_iter().enumerate() {
        // From 10 to 90 hundredths, page by page.
        let percent = (10 + 80 * number / pages.max(1)) as u8;
        tell(ReadingStep::Locating, percent)?;
        let grey = DynamicImage::ImageRgb8(page).into_luma8();
        let search = Search::new(&grey, recogniser);
        match search.run(&mut || tell(ReadingStep::Recognising, percent)) {
            Ok(found) => zones.extend(found.into_iter().map(|found| (number as u32, found))),
            Err(search::Stopped::Cancelled) => return Err(Cancelled),
            Err(search::Stopped::Recogniser(error)) => {
                reading.problems.push(Error::from(error).problem());
                break;
            }
        }
    }
    tell(ReadingStep::Checking, 90)?;
    settle_zones(&mut reading, zones, options);
    tell(ReadingStep::Checking, 100)?;
    Ok(reading)
}

/// Takes the best of the zones; says so where there are several, and where there is none.
fn settle_zones(reading: &mut Reading, zones: Vec<(u32, Found)>, options: &Options) {
    for (page, found) in &zones {
        if let Some(facts) = reading.pages.get_mut(*page as usize) {
            facts.quarter_turns = found.quarter_turns;
        }
    }
    let others = zones.len().saturating_sub(1);
    // The first of equals: pages and bands are searched in one order.
    let best = zones.into_iter().reduce(|best, next| {
        if next.1.worth() > best.1.worth() {
            next
        } else {
            best
        }
    });
    let Some((page, found)) = best else {
        if !reading.pages.is_empty() {
            reading.problems.push(Problem {
                code: "no_mrz_found".to_owned(),
                message: "No machine-readable zone was found: nothing could be read by machine"
                    .to_owned(),
            });
        }
        return;
    };
    if others > 0 {
        reading.problems.push(Problem {
            code: "several_mrz_found".to_owned(),
            message: format!(
                "{} machine-readable zones were found; the clearest one was read. Submit documents one by one to read them all",
                others + 1
            ),
        });
    }
    settle::zone(reading, page, &found, options.day);
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
