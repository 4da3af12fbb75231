//! A folder of every kind of file that somebody may hand in: good ones, broken ones and hostile ones.
//!
//! Everything is made here, but for what only large libraries write (HEIC, JPEG 2000, VP8, encrypted
//! PDFs), which lies in `tests/files`. The one person on all of them is the invented holder of a drawn
//! passport.

mod archive;
mod folder;
mod hostile;
mod papers;
mod pdf;
mod video;

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage, imageops};

use self::folder::Folder;
use crate::specimen::{self, Damage, Kind, Specimen};

/// The password of the locked files.
pub const PASSWORD: &str = "utopia";

/// What a file is to become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// A document of so many pages, whose machine-readable zone is read.
    Zone(usize),
    /// A document of so many pages, on whose text the holder's surname is read.
    Text(usize),
    /// A document of so many pages, of which nothing in particular is asked.
    Pages(usize),
    /// Kept, but not read, for the reason of this code.
    Unread(&'static str),
    /// Not taken at all, for the reason of this code.
    Refused(&'static str),
}

/// A file of the folder.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name.
    pub name: &'static str,
    /// What it is, in a few words.
    pub told: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it is to become.
    pub becomes: Becomes,
    /// A problem that must be told with it; none where there is none.
    pub problem: Option<&'static str>,
}

/// What is on the papers: the holder of the drawn passport.
struct Holder {
    passport: Specimen,
    /// The two lines of its zone with room around.
    zone: RgbImage,
    lines: Vec<String>,
    surname: String,
    given_names: String,
    number: String,
}

impl Holder {
    fn new() -> Self {
        let passport = specimen::draw(Kind::Passport, 12, Damage::None);
        let height = passport.image.height();
        let top = passport
            .truth
            .mrz_quads
            .iter()
            .flatten()
            .map(|point| point[1])
            .fold(f32::INFINITY, f32::min);
        let top = (top - 40.0).max(0.0) as u32;
        let width = passport.image.width();
        let zone = imageops::crop_imm(&passport.image, 0, top, width, height - top).to_image();
        let parsed = passport.truth.mrz_parsed.clone().unwrap_or_default();
        let (surname, given_names) = (parsed.surname, parsed.given_names.replace(',', " "));
        let number = parsed.document_number;
        let lines = vec![
            "PASSPORT".to_owned(),
            format!("Surname: {surname}"),
            format!("Given names: {given_names}"),
            format!("Passport No.: {number}"),
            "Date of birth: 12.08.1974".to_owned(),
        ];
        Self {
            passport,
            zone,
            lines,
            surname,
            given_names,
            number,
        }
    }

    fn zone_as(&self, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = DynamicImage::ImageRgb8(self.zone.clone());
        picture
            .write_to(&mut bytes, format)
            .expect("memory does not refuse to be written");
        bytes.into_inner()
    }

    fn text(&self) -> String {
        self.lines.join("\n") + "\n"
    }

    fn pairs(&self) -> [(&str, &str); 3] {
        [
            ("Surname", &self.surname),
            ("Given names", &self.given_names),
            ("Passport No.", &self.number),
        ]
    }
}

/// The folder; surname of the holder beside it.
pub fn folder() -> (Vec<File>, String) {
    let holder = Holder::new();
    let mut folder = Folder(Vec::new());
    folder.pictures(&holder);
    folder.pdfs(&holder);
    folder.papers(&holder);
    folder.containers(&holder);
    folder.videos(&holder);
    folder.hostile(&holder);
    (folder.0, holder.surname)
}

/// Base 64 in lines, as mail has it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (index, three) in bytes.chunks(3).enumerate() {
        let value = three
            .iter()
            .fold(0_u32, |value, byte| value << 8 | u32::from(*byte))
            << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(value >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= three.len() {
                char::from(letter)
            } else {
                '='
            });
        }
        if index % 19 == 18 {
            text.push_str("\r\n");
        }
    }
    text
}
