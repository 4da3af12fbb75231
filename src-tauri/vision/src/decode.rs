//! Untrusted bytes to pages, under limits that hold before anything is allocated.
//!
//! Pictures and PDFs are read by memory-safe decoders; the turn that EXIF asks for is done here,
//! transparency is laid on white, and sixteen-bit and CMYK pictures become plain RGB, so that nobody
//! after this module meets a format. It leaves out colour profiles: letters read the same under any of
//! them.

mod archive;
mod format;
mod heif;
mod layer;
mod paper;
mod pdf;
mod pixels;
mod tiff;
mod typeset;
mod video;

use std::{
    io::{Cursor, ErrorKind},
    panic::{AssertUnwindSafe, catch_unwind},
};

use hayro_jpeg2000::integration::Jp2Decoder;
use image::{
    ImageDecoder, ImageError, RgbImage,
    codecs::{
        bmp::BmpDecoder, gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, tiff::TiffDecoder,
        webp::WebPDecoder,
    },
    metadata::Orientation,
};
use model::Problem;
use serde::{Deserialize, Serialize};

use self::{
    archive::Budget,
    format::{Format, Sniffed},
};
pub use self::{
    format::{accept, check_name, is_plain_picture, largest, media_type},
    layer::TextLayer,
};
use crate::error::DecodeError;

/// What a file may cost. Dimensions are checked against the header, before memory is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Largest file in bytes.
    pub bytes: u64,
    /// Most pixels, all pages of a file together.
    pub pixels: u64,
    /// Most pixels on a side.
    pub side: u32,
    /// Most pages; those after are left unread, with a problem.
    pub pages: usize,
}

impl Limits {
    /// What a desktop bears: 120 million pixels are 360 MB as RGB, and a camera of 108 megapixels or
    /// a dozen A4 pages scanned at 300 dpi stay below.
    pub const DEFAULT: Self = Self {
        bytes: 100_000_000,
        pixels: 120_000_000,
        side: 30_000,
        pages: 50,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// The pages of a file.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// Media type by the file's own bytes, such as `image/jpeg`.
    pub media_type: &'static str,
    /// The pages in order, turned as EXIF asks; at least one.
    pub pages: Vec<RgbImage>,
    /// What the file itself spells on each page, page by page; empty layers where it spells nothing.
    pub layers: Vec<TextLayer>,
    /// What was left out or looks damaged.
    pub problems: Vec<Problem>,
}

/// Decodes a file into its pages.
///
/// A later page that cannot be read, frames after the first of an animation and a file that breaks
/// off half-way are problems in the answer; only a file that gives no page at all is an error.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, DecodeError> {
    decode_locked(bytes, limits, None)
}

/// Like [`decode()`], for a file that may be locked: the password opens it where it is.
pub fn decode_locked(
    bytes: &[u8],
    limits: &Limits,
    password: Option<&str>,
) -> Result<Decoded, DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    if bytes.len() as u64 > limits.bytes {
        return Err(DecodeError::TooManyBytes {
            bytes: bytes.len() as u64,
            limit: limits.bytes,
        });
    }
    let media_type = accept(bytes)?;
    let limit = largest(bytes, limits);
    if bytes.len() as u64 > limit {
        return Err(DecodeError::TooManyBytes {
            bytes: bytes.len() as u64,
            limit,
        });
    }
    let mut decoded = Decoded {
        media_type,
        pages: Vec::new(),
        layers: Vec::new(),
        problems: Vec::new(),
    };
    let mut unpacking = Unpacking {
        limits: *limits,
        password,
        budget: Budget::new(limits.bytes),
        depth: 0,
        files: 0,
    };
    unpacking.add(bytes, &mut decoded)?;
    if decoded.pages.is_empty() {
        // Its own problems say why, when there are any.
        let told = decoded.problems.into_iter().next();
        return Err(match told {
            Some(problem) => DecodeError::NothingInside {
                reason: problem.message,
            },
            None => DecodeError::NoText,
        });
    }
    Ok(decoded)
}

/// Files within files within files: an e-mail with an archive of letters with pictures.
const DEEPEST: usize = 4;

/// Most files within one file.
const FILES: usize = 200;

/// Decodes a file and what is in it, within one budget.
struct Unpacking<'a> {
    limits: Limits,
    password: Option<&'a str>,
    budget: Budget,
    depth: usize,
    files: usize,
}

impl Unpacking<'_> {
    /// Adds the pages of a file.
    fn add(&mut self, bytes: &[u8], decoded: &mut Decoded) -> Result<(), DecodeError> {
        let limits = self.left(decoded);
        match format::sniff(bytes) {
            Sniffed::Readable(Format::Pdf) => pdf::pages(bytes, &limits, self.password, decoded),
            Sniffed::Readable(Format::Tiff) => tiff_pages(bytes, &limits, decoded),
            Sniffed::Readable(format) => {
                let page = decode_page(bytes, format, &limits)?;
                decoded.take(page, format);
                Ok(())
            }
            Sniffed::Paper(kind) => {
                let content = paper::read(bytes, kind, &mut self.budget)?;
                typeset::set(&content.text, &self.limits, decoded);
                decoded.problems.extend(content.problems);
                self.add_inner(&content.inner, decoded);
                Ok(())
            }
            Sniffed::Video(container) => video::page(bytes, container, &self.limits, decoded),
            Sniffed::Known(_) | Sniffed::Unknown => accept(bytes).map(drop),
        }
    }

    /// Adds the files in a file; one that cannot be read is a problem.
    fn add_inner(&mut self, files: &[Vec<u8>], decoded: &mut Decoded) {
        for (number, file) in files.iter().enumerate() {
            if self.files >= FILES
                || self.depth >= DEEPEST
                || decoded.pages.len() >= self.limits.pages
            {
                let told = if number == 0 {
                    "The files inside lie too deep in other files and were not read".to_owned()
                } else {
                    format!(
                        "Only the first {number} of {} files inside were read",
                        files.len()
                    )
                };
                decoded.problems.push(problem("inner_files_left_out", told));
                return;
            }
            self.files += 1;
            self.depth += 1;
            let added = self.add(file, decoded);
            self.depth -= 1;
            if let Err(error) = added {
                decoded.problems.push(problem(
                    "inner_file_unreadable",
                    format!("File {} inside was left out: {error}", number + 1),
                ));
            }
        }
    }

    /// The limits less what is decoded already.
    fn left(&self, decoded: &Decoded) -> Limits {
        let pixels = decoded
            .pages
            .iter()
            .map(|page| u64::from(page.width()) * u64::from(page.height()));
        Limits {
            pixels: self.limits.pixels.saturating_sub(pixels.sum()),
            pages: self.limits.pages.saturating_sub(decoded.pages.len()),
            ..self.limits
        }
    }
}

impl Decoded {
    fn take(&mut self, page: Page, format: Format) {
        if page.truncated {
            self.problems.push(problem(
                "image_truncated",
                format!(
                    "The {} picture breaks off: the file is not complete, and only what is there was read",
                    format.name()
                ),
            ));
        }
        if page.animated {
            self.problems.push(problem(
                "animation_first_frame",
                format!(
                    "The {} picture is animated: only its first frame was read",
                    format.name()
                ),
            ));
        }
        self.push(page.pixels, TextLayer::default());
    }

    fn push(&mut self, page: RgbImage, layer: TextLayer) {
        self.pages.push(page);
        self.layers.push(layer);
    }
}

fn pages_left_out(limit: usize) -> Problem {
    problem(
        "pages_left_out",
        format!("Only the first {limit} pages were read"),
    )
}

fn problem(code: &str, message: String) -> Problem {
    Problem {
        code: code.to_owned(),
        message,
    }
}

/// Reads the pages of a TIFF one by one.
///
/// The `image` crate reads the first page of a TIFF only. Each page is a directory of its own, so
/// for every further page the header is pointed at that page's directory, and the same decoder,
/// with all its colour conversions, reads it as if it were the first.
fn tiff_pages(bytes: &[u8], limits: &Limits, decoded: &mut Decoded) -> Result<(), DecodeError> {
    let before = decoded.pages.len();
    let directories = tiff::directories(bytes, limits.pages);
    let mut budget = *limits;
    let mut patched: Vec<u8> = Vec::new();
    let mut first_error = None;
    for (index, &offset) in directories.offsets.iter().enumerate() {
        let source = if index == 0 {
            bytes
        } else {
            if patched.is_empty() {
                patched = bytes.to_vec();
            }
            directories.point_at(&mut patched, offset);
            &patched
        };
        match decode_page(source, Format::Tiff, &budget) {
            Ok(page) => {
                let pixels = u64::from(page.pixels.width()) * u64::from(page.pixels.height());
                budget.pixels = budget.pixels.saturating_sub(pixels);
                decoded.take(page, Format::Tiff);
            }
            Err(error) => {
                decoded.problems.push(problem(
                    "page_unreadable",
                    format!("Page {} was left out: {error}", index + 1),
                ));
                first_error = first_error.or(Some(error));
            }
        }
    }
    if directories.more {
        decoded.problems.push(pages_left_out(limits.pages));
    }
    match first_error {
        Some(error) if decoded.pages.len() == before => Err(error),
        None if decoded.pages.len() == before => Err(DecodeError::Damaged {
            format: Format::Tiff.name(),
            source: None,
        }),
        _ => Ok(()),
    }
}

struct Page {
    pixels: RgbImage,
    truncated: bool,
    animated: bool,
}

/// Decodes one page and survives whatever the decoder does.
///
/// The decoders are memory-safe, but a panic in one of them on hostile bytes is a bug that others
/// will keep finding; here it costs the document, not the worker. Nothing is shared with the closure
/// but immutable bytes, so no broken state can leak out of the unwind.
fn decode_page(bytes: &[u8], format: Format, limits: &Limits) -> Result<Page, DecodeError> {
    catch_unwind(AssertUnwindSafe(|| decode_as(bytes, format, limits))).unwrap_or(Err(
        DecodeError::Damaged {
            format: format.name(),
            source: None,
        },
    ))
}

fn decode_as(bytes: &[u8], format: Format, limits: &Limits) -> Result<Page, DecodeError> {
    // Asked before any decoder sees the bytes: a header of 40 000 × 40 000 or 0 × 0 pixels gets its
    // own sentence, whatever the decoder would have said.
    if let Some((width, height)) = format::header_size(bytes, format) {
        check_size(width, height, format, limits)?;
    }
    let refused = |source| refusal(source, format);
    let complete = format::is_complete(bytes, format);
    let reader = Cursor::new(bytes);
    match format {
        Format::Jpeg => {
            let decoder = JpegDecoder::new(reader).map_err(refused)?;
            read(decoder, format, limits, complete)
        }
        Format::Png => {
            let decoder =
                PngDecoder::with_limits(reader, allocation_limits(limits)).map_err(refused)?;
            let animated = decoder.is_apng().unwrap_or(false);
            let page = read(decoder, format, limits, complete)?;
            Ok(Page { animated, ..page })
        }
        Format::Tiff => {
            let decoder = TiffDecoder::new(reader).map_err(refused)?;
            read(decoder, format, limits, complete)
        }
        Format::WebP => {
            let decoder = WebPDecoder::new(reader).map_err(refused)?;
            let animated = decoder.has_animation();
            let page = read(decoder, format, limits, complete)?;
            Ok(Page { animated, ..page })
        }
        Format::Bmp => {
            let decoder = BmpDecoder::new(reader).map_err(refused)?;
            read(decoder, format, limits, complete)
        }
        Format::Gif => {
            let decoder = GifDecoder::new(reader).map_err(refused)?;
            let page = read(decoder, format, limits, complete)?;
            let animated = format::gif_is_animated(bytes);
            Ok(Page { animated, ..page })
        }
        Format::Jpeg2000 => {
            let decoder = Jp2Decoder::new(reader).map_err(refused)?;
            read(decoder, format, limits, complete)
        }
        Format::Heif => heif::picture(bytes, limits),
        // Not a picture: it has a way of its own.
        Format::Pdf => Err(DecodeError::UnsupportedVariant {
            format: format.name(),
        }),
    }
}

fn read(
    mut decoder: impl ImageDecoder,
    format: Format,
    limits: &Limits,
    complete: bool,
) -> Result<Page, DecodeError> {
    let (width, height) = decoder.dimensions();
    check_size(width, height, format, limits)?;
    decoder
        .set_limits(allocation_limits(limits))
        .map_err(|source| refusal(source, format))?;
    // A picture whose EXIF block is broken is shown as it lies rather than refused.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let color_type = decoder.color_type();
    let length = usize::try_from(decoder.total_bytes()).unwrap_or(usize::MAX);
    let mut samples = vec![0; length];
    let mut truncated = !complete;
    if let Err(source) = decoder.read_image(&mut samples) {
        // The buffer begins as zeros, so what the decoder wrote before it ran out of bytes shows. A
        // tenth of the rows is taken for worth looking at.
        let ran_out = matches!(&source, ImageError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof);
        let written = samples.iter().rposition(|&byte| byte != 0).unwrap_or(0);
        if !(ran_out || truncated) {
            return Err(refusal(source, format));
        }
        if written < length / 10 {
            return Err(DecodeError::Truncated {
                format: format.name(),
            });
        }
        truncated = true;
    }
    let pixels = pixels::to_rgb(samples, color_type, width, height).ok_or(
        DecodeError::UnsupportedVariant {
            format: format.name(),
        },
    )?;
    Ok(Page {
        pixels: pixels::turned(pixels, orientation),
        truncated,
        animated: false,
    })
}

fn check_size(width: u32, height: u32, format: Format, limits: &Limits) -> Result<(), DecodeError> {
    let format = format.name();
    if width == 0 || height == 0 {
        return Err(DecodeError::NoPixels {
            format,
            width,
            height,
        });
    }
    let pixels = u64::from(width) * u64::from(height);
    if pixels > limits.pixels || width > limits.side || height > limits.side {
        return Err(DecodeError::TooManyPixels {
            format,
            width,
            height,
            pixels: limits.pixels,
            side: limits.side,
        });
    }
    Ok(())
}

/// What a decoder may set aside for itself: eight bytes a pixel hold RGBA at sixteen bits.
fn allocation_limits(limits: &Limits) -> image::Limits {
    let mut allowed = image::Limits::no_limits();
    allowed.max_alloc = Some(limits.pixels.saturating_mul(8));
    allowed
}

fn refusal(source: ImageError, format: Format) -> DecodeError {
    let format = format.name();
    match source {
        ImageError::Unsupported(_) => DecodeError::UnsupportedVariant { format },
        ImageError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => {
            DecodeError::Truncated { format }
        }
        source => DecodeError::Damaged {
            format,
            source: Some(source),
        },
    }
}
