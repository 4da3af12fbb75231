//! Invented specimens: persons, machine-readable zones, whole documents and single text lines,
//! drawn from a seed.
//!
//! Everything here is a pure function of its seed. Only the four basic operations, square roots and
//! integer arithmetic touch a pixel, so that the same seed gives the same picture on every machine;
//! sines come from [`plane::sine`] for the same reason. Nothing here reads a real person's data, and
//! nothing here reads a document: that is what the program under test is for.
//!
//! ```
//! use lectern_tests::specimen::{self, Damage, Kind};
//!
//! let specimen = specimen::draw(Kind::IdCardBack, 7, Damage::Light);
//! assert_eq!(specimen.truth.mrz.as_ref().map(Vec::len), Some(3));
//! let picture: Vec<u8> = specimen.encode_jpeg(80);
//! assert_eq!(picture[..2], [0xFF, 0xD8]);
//! ```

pub mod degrade;
pub mod dice;
pub mod document;
pub mod grid;
pub mod holder;
pub mod line;
pub mod mrz;
pub mod plane;
pub mod samples;
pub mod scene;
pub mod set;
pub mod truth;

#[cfg(test)]
mod tests;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, RgbImage};

pub use self::degrade::{Damage, Degradation};
use self::dice::Dice;
pub use self::document::Kind;
use self::document::Sheet;
pub use self::truth::Truth;

/// A picture and what it shows.
#[derive(Clone, Debug)]
pub struct Specimen {
    /// The picture, before it is compressed.
    pub image: RgbImage,
    /// What is in it.
    pub truth: Truth,
    /// The quality its file is written in; none for PNG.
    quality: Option<u8>,
}

/// Draws a document and damages it. The document depends on kind and seed alone, so that the same one
/// can be had in several states.
pub fn draw(kind: Kind, seed: u64, damage: Damage) -> Specimen {
    let mut dice = Dice::at(seed, 1000 + damage as u64);
    let how = Degradation::deal(&mut dice, damage);
    let id = format!("{}-{}-{seed}", kind.name(), damage.name());
    photograph(
        &id,
        &document::draw(
            kind,
            &mut Dice::at(seed, kind.holder_series() as u64),
            how.scale(),
        ),
        &how,
        &mut dice,
        &group(kind, seed),
    )
}

/// What both sides of a card have in common.
fn group(kind: Kind, seed: u64) -> String {
    format!("{}-{seed}", kind.holder_series().name())
}

/// Draws a document and treats it in a given way.
pub fn draw_with(kind: Kind, seed: u64, how: &Degradation) -> Specimen {
    let mut dice = Dice::at(seed, 2000);
    let sheet = document::draw(
        kind,
        &mut Dice::at(seed, kind.holder_series() as u64),
        how.scale(),
    );
    photograph(
        &format!("{}-{seed}", kind.name()),
        &sheet,
        how,
        &mut dice,
        &group(kind, seed),
    )
}

/// Draws the reader's card of an invented library, undamaged: a document of no built-in type, which is why
/// it is no [`Kind`].
pub fn draw_library_card(seed: u64) -> Specimen {
    let mut dice = Dice::at(seed, 3000);
    let how = Degradation::deal(&mut dice, Damage::None);
    let sheet = document::library::draw(&mut dice, how.scale());
    let id = format!("library_card-{seed}");
    photograph(&id, &sheet, &how, &mut dice, &id)
}

fn photograph(
    id: &str,
    sheet: &Sheet,
    how: &Degradation,
    dice: &mut Dice,
    group: &str,
) -> Specimen {
    let view = degrade::photograph(sheet, how, dice);
    let said = &sheet.said;
    let extension = if how.quality.is_some() { "jpg" } else { "png" };
    let (mrz_format, mrz, mrz_parsed) = match said.zone.clone() {
        Some((format, lines, parsed)) => (Some(format), Some(lines), Some(parsed)),
        None => (None, None, None),
    };
    Specimen {
        truth: Truth {
            id: id.to_owned(),
            file: format!("{id}.{extension}"),
            doc_type: said.doc_type.to_owned(),
            issuing_country: said.issuing_country.to_owned(),
            mrz_format,
            mrz_valid_check_digits: mrz.is_some(),
            mrz,
            mrz_failing_checks: Vec::new(),
            mrz_nonconforming: false,
            fields: said.fields.clone(),
            conditions: how.conditions(),
            width: view.image.width(),
            height: view.image.height(),
            group: group.to_owned(),
            side: side_of(said.doc_type),
            documents: Vec::new(),
            quad: Some(view.quad),
            mrz_quads: view.mrz_quads,
            notes: String::new(),
            mrz_parsed,
        },
        image: view.image,
        quality: how.quality,
    }
}

/// The side in a document type's name.
fn side_of(doc_type: &str) -> Option<String> {
    doc_type
        .rsplit_once('_')
        .map(|(_, side)| side.to_owned())
        .filter(|side| ["front", "back"].contains(&side.as_str()))
}

impl Specimen {
    /// The bytes of the file that [`Truth::file`] names: JPEG where the damage asks for it, else PNG.
    pub fn encode(&self) -> Vec<u8> {
        self.quality
            .map_or_else(|| self.encode_png(), |quality| self.encode_jpeg(quality))
    }

    /// The picture as JPEG of a quality from 1 to 100.
    pub fn encode_jpeg(&self, quality: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, quality)
            .encode_image(&self.image)
            .expect("a drawn picture fits into a JPEG, and memory does not refuse to be written");
        bytes
    }

    /// The picture as PNG.
    pub fn encode_png(&self) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        self.image
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("a drawn picture fits into a PNG, and memory does not refuse to be written");
        bytes.into_inner()
    }
}
