//! Videos: proved to be what they say by their content, and shown by one picture where there is one that
//! memory-safe code decodes.
//!
//! There is no decoder of H.264, VP9 or AV1 that this program would trust with the bytes of strangers. A
//! picture comes from a cover, from films that are a row of JPEGs, from the first frame of VP8 (which is
//! a WebP picture) and of HEVC (which is a HEIC picture). Of other videos a page with what is known about
//! them is made, so that they can be looked at in a list like everything else.

mod avi;
mod heic;
mod isobmff;
mod matroska;

use std::panic::{AssertUnwindSafe, catch_unwind};

use image::{RgbImage, metadata::Orientation};

use super::{
    Decoded, Format, Limits, TextLayer, check_size, decode_page, pixels, problem, typeset,
};
use crate::error::DecodeError;

/// Largest video in bytes.
pub(super) const LARGEST: u64 = 50_000_000;

/// How a file is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Mp4,
    QuickTime,
    WebM,
    Matroska,
    Avi,
}

impl Container {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Mp4 => "MP4",
            Self::QuickTime => "QuickTime (MOV)",
            Self::WebM => "WebM",
            Self::Matroska => "Matroska",
            Self::Avi => "AVI",
        }
    }

    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Mp4 => "video/mp4",
            Self::QuickTime => "video/quicktime",
            Self::WebM => "video/webm",
            Self::Matroska => "video/x-matroska",
            Self::Avi => "video/x-msvideo",
        }
    }
}

/// What a file says about the film in it.
#[derive(Debug, Default)]
struct Film {
    width: u32,
    height: u32,
    /// Seconds; 0 where nothing tells.
    seconds: f64,
    /// Name of the codec, such as `avc1` or `V_VP8`.
    codec: String,
    /// Clockwise quarter turns after which it stands upright.
    quarter_turns: u8,
    /// A picture that stands for it, as the bytes of a picture file.
    poster: Option<Vec<u8>>,
}

/// Looks into a video and adds the page that stands for it.
pub(super) fn page(
    bytes: &[u8],
    container: Container,
    limits: &Limits,
    decoded: &mut Decoded,
) -> Result<(), DecodeError> {
    let format = container.name();
    let looked = catch_unwind(AssertUnwindSafe(|| match container {
        Container::Mp4 | Container::QuickTime => isobmff::film(bytes),
        Container::WebM | Container::Matroska => matroska::film(bytes),
        Container::Avi => avi::film(bytes),
    }));
    let film = looked
        .unwrap_or(None)
        .filter(|film| film.width > 0 && film.height > 0)
        .ok_or(DecodeError::DamagedFile { format })?;
    if let Some(picture) = poster(&film, limits) {
        decoded.problems.push(problem(
            "video_poster",
            format!("This is a video ({format}): one picture of it is shown and read, the video is kept whole"),
        ));
        decoded.push(picture, TextLayer::default());
        return Ok(());
    }
    decoded.problems.push(problem(
        "video_without_poster",
        format!(
            "This is a video ({format}): it is kept whole, and no picture of it can be shown here"
        ),
    ));
    let from = decoded.pages.len();
    typeset::set(&told(&film, format), limits, decoded);
    // What is set there is about the file and nothing in it.
    for layer in decoded.layers.iter_mut().skip(from) {
        *layer = TextLayer {
            lines: Vec::new(),
            complete: true,
            set: true,
        };
    }
    Ok(())
}

/// The picture that stands for a film, upright.
fn poster(film: &Film, limits: &Limits) -> Option<RgbImage> {
    let bytes = film.poster.as_ref()?;
    let super::Sniffed::Readable(format) = super::format::sniff(bytes) else {
        return None;
    };
    let is_picture = matches!(
        format,
        Format::Jpeg | Format::Png | Format::WebP | Format::Bmp | Format::Heif
    );
    if !is_picture || check_size(film.width, film.height, format, limits).is_err() {
        return None;
    }
    let page = decode_page(bytes, format, limits).ok()?;
    Some(match film.quarter_turns % 4 {
        0 => page.pixels,
        1 => pixels::turned(page.pixels, Orientation::Rotate90),
        2 => pixels::turned(page.pixels, Orientation::Rotate180),
        _ => pixels::turned(page.pixels, Orientation::Rotate270),
    })
}

fn told(film: &Film, format: &str) -> String {
    let seconds = film.seconds;
    let length = if seconds > 0.0 {
        format!("{}:{:02}", seconds as u64 / 60, seconds as u64 % 60)
    } else {
        "not told".to_owned()
    };
    format!(
        "VIDEO\n\n{format}, {} x {} pixels\nLength: {length}\nCodec: {}\n\nThe file is kept as it was handed in.\n",
        film.width, film.height, film.codec
    )
}

/// Four letters that name something, as text.
fn four_letters(bytes: &[u8]) -> String {
    let shown = |byte: &u8| {
        if byte.is_ascii_graphic() {
            char::from(*byte)
        } else {
            ' '
        }
    };
    bytes
        .iter()
        .map(shown)
        .collect::<String>()
        .trim()
        .to_owned()
}
