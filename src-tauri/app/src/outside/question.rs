//! What a reader outside is asked, and what may come back.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use image::{RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType};
use jiff::civil::Date;
use model::{
    OutsideClaim, Problem, Reading, TypeDefinition,
    definition::{FieldDefinition, Shape},
};

use super::send::Trouble;

/// Pages that are sent of a document: both sides and two more.
const PAGES: usize = 4;

/// Longer side of a picture that is sent, in pixels: small print of a card is still read, and no service
/// takes much more.
const LONGEST_SIDE: u32 = 2000;

/// Quality of its JPEG.
const QUALITY: u8 = 90;

/// One question about one document.
pub(super) struct Question<'a> {
    /// The type whose fields are asked for.
    pub(super) definition: &'a TypeDefinition,
    /// Issuing state, where this machine knows it.
    pub(super) country: Option<&'a str>,
    /// The day taken for today.
    pub(super) day: Date,
    /// Pages as JPEG in base 64.
    pub(super) pages: Vec<String>,
}

/// What a reader outside said, and how much of it could be no value of its field.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) claims: Vec<OutsideClaim>,
    pub(super) left_out: usize,
    /// What it doubts.
    pub(super) doubts: Vec<Problem>,
}

/// A reader outside of this machine, as far as its words go: nothing here is sent.
pub(super) trait OutsideReader {
    /// What is posted, as JSON, and where behind the address of the reader.
    fn request(&self, question: &Question<'_>) -> Request;

    /// What its answer says.
    fn understand(&self, body: &[u8], question: &Question<'_>) -> Result<Said, Trouble>;
}

/// Something to be posted.
pub(super) struct Request {
    pub(super) url: reqwest::Url,
    /// Name of the header that carries the key, and what stands before it there.
    pub(super) key_header: (&'static str, &'static str),
    pub(super) body: Vec<u8>,
}

impl<'a> Question<'a> {
    /// The question about a reading and its pages.
    pub(super) fn new(
        definition: &'a TypeDefinition,
        reading: &'a Reading,
        pages: &[RgbImage],
    ) -> Self {
        let turns = reading.pages.iter().map(|page| page.quarter_turns);
        let upright = pages.iter().zip(turns.chain(std::iter::repeat(0)));
        Self {
            definition,
            country: reading.issuing_country.as_deref(),
            day: reading.day,
            pages: upright
                .take(PAGES)
                .filter_map(|(page, turns)| picture(page, turns))
                .collect(),
        }
    }

    /// The fields asked for.
    pub(super) fn fields(&self) -> impl Iterator<Item = &'a FieldDefinition> {
        read::outside::fields(self.definition)
    }

    /// Takes a value that was given for a field.
    pub(super) fn take(&self, said: &mut Said, name: &str, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        let claim = read::outside::claim(self.definition, name, value, self.country, self.day);
        match claim {
            Some(claim) if said.claims.iter().all(|known| known.field != claim.field) => {
                said.claims.push(claim);
            }
            Some(_) | None => said.left_out += 1,
        }
    }
}

/// What is to be said of a field: what it is called, and how to write it.
pub(super) fn describe(field: &FieldDefinition) -> String {
    let mut said = match (&field.names, &field.code) {
        (Some(names), Some(code)) => format!("{} (printed code {code})", names.en),
        (Some(names), None) => names.en.clone(),
        (None, Some(code)) => format!("{} (printed code {code})", words(field)),
        (None, None) => words(field),
    };
    let labels: Vec<&str> = field
        .labels
        .values()
        .flatten()
        .map(String::as_str)
        .collect();
    if !labels.is_empty() {
        let labels = labels
            .into_iter()
            .take(4)
            .collect::<Vec<_>>()
            .join("\", \"");
        said = format!("{said}, labelled \"{labels}\"");
    }
    match form(&field.shape) {
        Some(form) => format!("{said}; {form}"),
        None => said,
    }
}

fn words(field: &FieldDefinition) -> String {
    field.name.as_str().replace('_', " ")
}

fn form(shape: &Shape) -> Option<String> {
    let fixed = match shape {
        Shape::Date => "a date, as YYYY-MM-DD",
        Shape::Sex => "M, F or X",
        Shape::Country => "a state, as its three-letter code of ICAO Doc 9303",
        Shape::Name => "exactly as printed, with accents",
        Shape::Categories { .. } => "every category that is printed, joined by /",
        Shape::Number { patterns } if !patterns.is_empty() => {
            let patterns = patterns.join("\" or \"");
            return Some(format!(
                "of the form \"{patterns}\" (9 a digit, A a letter, * either)"
            ));
        }
        Shape::Code { values } => return Some(format!("one of {}", values.join(", "))),
        _ => return None,
    };
    Some(fixed.to_owned())
}

/// A page upright, made smaller, as JPEG in base 64; none where it cannot be written.
fn picture(page: &RgbImage, turns: u8) -> Option<String> {
    let longer = page.width().max(page.height());
    let smaller = (longer > LONGEST_SIDE).then(|| {
        let scale = f64::from(LONGEST_SIDE) / f64::from(longer);
        let side = |pixels: u32| ((f64::from(pixels) * scale).round() as u32).max(1);
        image::imageops::resize(
            page,
            side(page.width()),
            side(page.height()),
            FilterType::Triangle,
        )
    });
    let page = smaller.as_ref().unwrap_or(page);
    let turned = match turns % 4 {
        1 => Some(image::imageops::rotate90(page)),
        2 => Some(image::imageops::rotate180(page)),
        3 => Some(image::imageops::rotate270(page)),
        _ => None,
    };
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode_image(turned.as_ref().unwrap_or(page))
        .ok()?;
    Some(STANDARD.encode(bytes))
}
