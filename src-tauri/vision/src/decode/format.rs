//! Formats by their magic bytes, and what their headers say before a decoder is trusted with them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{
    Limits, archive,
    paper::{Kind, encoding, plain},
    video::{self, Container},
};
use crate::error::DecodeError;

/// A format this crate reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
    Tiff,
    WebP,
    Bmp,
    Gif,
    Heif,
    Jpeg2000,
    Pdf,
}

impl Format {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Tiff => "TIFF",
            Self::WebP => "WebP",
            Self::Bmp => "BMP",
            Self::Gif => "GIF",
            Self::Heif => "HEIC",
            Self::Jpeg2000 => "JPEG 2000",
            Self::Pdf => "PDF",
        }
    }

    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Tiff => "image/tiff",
            Self::WebP => "image/webp",
            Self::Bmp => "image/bmp",
            Self::Gif => "image/gif",
            Self::Heif => "image/heic",
            Self::Jpeg2000 => "image/jp2",
            Self::Pdf => "application/pdf",
        }
    }
}

/// A format this crate recognises in order to refuse it by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Avif,
    JpegXl,
    Svg,
    OldOffice,
    OtherArchive,
    PostScript,
}

impl Known {
    const fn described(self) -> &'static str {
        match self {
            Self::Avif => "an AVIF picture",
            Self::JpegXl => "a JPEG XL picture",
            Self::Svg => "an SVG drawing",
            Self::OldOffice => "a Word, Excel, PowerPoint or Outlook file of the old kind",
            Self::OtherArchive => "an archive of another kind than ZIP",
            Self::PostScript => "a PostScript document",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::JpegXl => "image/jxl",
            Self::Svg => "image/svg+xml",
            Self::OldOffice => "application/x-ole-storage",
            Self::OtherArchive => "application/x-archive",
            Self::PostScript => "application/postscript",
        }
    }
}

/// What the bytes of a file say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sniffed {
    /// A picture, or a PDF.
    Readable(Format),
    /// Something with text, or an archive.
    Paper(Kind),
    Video(Container),
    Known(Known),
    Unknown,
}

/// The media type by the file's own bytes, whatever its name says; none where they tell nothing.
///
/// A type in the answer does not mean that [`super::decode`] reads it: AVIF and others are recognised so
/// that they can be refused by name.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match sniff(bytes) {
        Sniffed::Readable(format) => Some(format.media_type()),
        Sniffed::Paper(kind) => Some(kind.media_type()),
        Sniffed::Video(container) => Some(container.media_type()),
        Sniffed::Known(known) => Some(known.media_type()),
        Sniffed::Unknown => None,
    }
}

/// Whether the bytes are of a picture format whose header tells all that it costs, and whose decoder is
/// old and well tried: nothing is gained by decoding it apart from everything else.
pub fn is_plain_picture(bytes: &[u8]) -> bool {
    matches!(
        magic(bytes),
        Sniffed::Readable(
            Format::Jpeg | Format::Png | Format::Tiff | Format::WebP | Format::Bmp | Format::Gif
        )
    )
}

/// The media type of a file that is taken, judged by its beginning; or why it is not.
pub fn accept(bytes: &[u8]) -> Result<&'static str, DecodeError> {
    match sniff(bytes) {
        Sniffed::Readable(format) => Ok(format.media_type()),
        Sniffed::Paper(kind) => Ok(kind.media_type()),
        Sniffed::Video(container) => Ok(container.media_type()),
        Sniffed::Known(known) => Err(DecodeError::UnsupportedFormat {
            name: known.described(),
        }),
        Sniffed::Unknown if bytes.is_empty() => Err(DecodeError::Empty),
        Sniffed::Unknown => Err(DecodeError::NotAnImage),
    }
}

/// Refuses text under the name of a picture, a PDF or a video: somebody believes that it is one, and what
/// it is instead is mostly the message of a failed download.
pub fn check_name(bytes: &[u8], name: &str) -> Result<(), DecodeError> {
    const OTHERS: &[&str] = &[
        "jpg", "jpeg", "png", "tif", "tiff", "webp", "bmp", "gif", "heic", "heif", "jp2", "jpx",
        "pdf", "mp4", "mov", "webm", "avi", "mkv",
    ];
    let is_text = matches!(
        magic(bytes),
        Sniffed::Paper(Kind::Plain | Kind::Csv | Kind::Markdown | Kind::Html)
    );
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    if is_text && ending.is_some_and(|ending| OTHERS.contains(&ending.as_str())) {
        return Err(DecodeError::PlainText);
    }
    Ok(())
}

/// How many bytes a file may have that begins like this.
pub fn largest(beginning: &[u8], limits: &Limits) -> u64 {
    match magic(beginning) {
        Sniffed::Video(_) => limits.bytes.min(video::LARGEST),
        _ => limits.bytes,
    }
}

pub(super) fn sniff(bytes: &[u8]) -> Sniffed {
    match magic(bytes) {
        // What an archive is, what lies in it tells.
        Sniffed::Paper(Kind::Zip) => {
            let kind = catch_unwind(AssertUnwindSafe(|| archive::kind(bytes)));
            Sniffed::Paper(kind.unwrap_or(Kind::Zip))
        }
        found => found,
    }
}

/// What the first bytes of a file say about it.
fn magic(bytes: &[u8]) -> Sniffed {
    let readable = [
        (&b"\xff\xd8\xff"[..], Format::Jpeg),
        (b"\x89PNG\r\n\x1a\n", Format::Png),
        (b"II\x2a\x00", Format::Tiff),
        (b"MM\x00\x2a", Format::Tiff),
        (b"II\x2b\x00", Format::Tiff),
        (b"MM\x00\x2b", Format::Tiff),
        (b"GIF87a", Format::Gif),
        (b"GIF89a", Format::Gif),
        (b"\x00\x00\x00\x0cjP  \r\n\x87\n", Format::Jpeg2000),
        (b"\xff\x4f\xff\x51", Format::Jpeg2000),
    ];
    if let Some((_, format)) = readable.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Sniffed::Readable(*format);
    }
    if bytes.starts_with(b"RIFF") {
        match bytes.get(8..12) {
            Some(b"WEBP") => return Sniffed::Readable(Format::WebP),
            Some(b"AVI ") => return Sniffed::Video(Container::Avi),
            _ => {}
        }
    }
    // "BM" alone begins many a text; the size of the header behind it is one of a few.
    if bytes.starts_with(b"BM")
        && little_endian(bytes, 14)
            .is_some_and(|size| matches!(size, 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124))
    {
        return Sniffed::Readable(Format::Bmp);
    }
    let known = [
        (&b"\x00\x00\x00\x0cJXL \r\n\x87\n"[..], Known::JpegXl),
        (b"\xff\x0a", Known::JpegXl),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Known::OldOffice),
        (b"7z\xbc\xaf\x27\x1c", Known::OtherArchive),
        (b"Rar!\x1a\x07", Known::OtherArchive),
        (b"\x1f\x8b\x08", Known::OtherArchive),
        (b"%!PS", Known::PostScript),
    ];
    if let Some((_, known)) = known.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Sniffed::Known(*known);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Sniffed::Paper(Kind::Zip);
    }
    if bytes.starts_with(b"\x1a\x45\xdf\xa3") {
        let head = &bytes[..bytes.len().min(64)];
        let is_webm = head.windows(4).any(|window| window == b"webm");
        return Sniffed::Video(if is_webm {
            Container::WebM
        } else {
            Container::Matroska
        });
    }
    if let Some(found) = boxes(bytes) {
        return found;
    }
    let head = &bytes[..bytes.len().min(1024)];
    // Readers of PDF accept the mark anywhere in the first kilobyte (ISO 32000-1 annex H.3.4.1); a
    // message with a PDF inside begins otherwise.
    if head.windows(5).any(|window| window == b"%PDF-") && !is_mail(head) {
        return Sniffed::Readable(Format::Pdf);
    }
    if head.starts_with(b"{\\rtf") {
        return Sniffed::Paper(Kind::Rtf);
    }
    text(head)
}

/// What the first box of a file says, where it begins with one (ISO/IEC 14496-12).
fn boxes(bytes: &[u8]) -> Option<Sniffed> {
    match bytes.get(4..8)? {
        b"ftyp" => Some(match bytes.get(8..12)? {
            b"avif" | b"avis" => Sniffed::Known(Known::Avif),
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
                Sniffed::Readable(Format::Heif)
            }
            b"qt  " => Sniffed::Video(Container::QuickTime),
            brand
                if brand.starts_with(b"iso")
                    || brand.starts_with(b"mp4")
                    || brand.starts_with(b"avc")
                    || brand.starts_with(b"M4V")
                    || brand.starts_with(b"3gp")
                    || brand.starts_with(b"3g2")
                    || brand == b"dash"
                    || brand == b"MSNV" =>
            {
                Sniffed::Video(Container::Mp4)
            }
            _ => Sniffed::Unknown,
        }),
        // QuickTime of before there were types of files.
        b"moov" | b"mdat" | b"wide" if bytes.first() == Some(&0) => {
            Some(Sniffed::Video(Container::QuickTime))
        }
        _ => None,
    }
}

/// What a text is, by its beginning.
fn text(head: &[u8]) -> Sniffed {
    if !looks_like_text(head) {
        return Sniffed::Unknown;
    }
    let lower = head.to_ascii_lowercase();
    let contains = |mark: &[u8]| lower.windows(mark.len()).any(|window| window == mark);
    if is_mail(head) {
        return Sniffed::Paper(Kind::Mail);
    }
    if contains(b"<svg") {
        return Sniffed::Known(Known::Svg);
    }
    if contains(b"<html") || contains(b"<!doctype html") || contains(b"<body") {
        return Sniffed::Paper(Kind::Html);
    }
    let text = encoding::text(head);
    // The last line of the beginning may be cut.
    let whole = if head.len() < 1024 {
        &text
    } else {
        text.rfind('\n').map_or(text.as_str(), |end| &text[..end])
    };
    let is_markdown = whole.lines().any(|line| {
        let marks = line.len() - line.trim_start_matches('#').len();
        ((1..=6).contains(&marks) && line[marks..].starts_with(' '))
            || line.starts_with("|-")
            || line.starts_with("| -")
            || (line.contains("](") && line.contains('['))
            || line.matches("**").count() >= 2
    });
    Sniffed::Paper(if is_markdown {
        Kind::Markdown
    } else if plain::separator(whole).is_some() {
        Kind::Csv
    } else {
        Kind::Plain
    })
}

/// Whether a file begins with the header of a message: lines with names, two of them well known.
fn is_mail(head: &[u8]) -> bool {
    const FIELDS: &[&str] = &[
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "received",
        "return-path",
        "delivered-to",
        "content-type",
        "reply-to",
        "x-mailer",
    ];
    let head = encoding::text(head);
    let mut known = 0;
    for line in head.lines() {
        if line.starts_with([' ', '\t']) && known > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            break;
        };
        if name.contains(char::is_whitespace) {
            break;
        }
        known += usize::from(FIELDS.contains(&name.to_ascii_lowercase().as_str()));
    }
    known >= 2
}

/// Text in UTF-8 (a character may be cut at the end), in UTF-16 with its mark, or in a code page of
/// Windows, without control characters other than white space.
fn looks_like_text(head: &[u8]) -> bool {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        let text = encoding::text(&head[..head.len() - head.len() % 2]);
        return text.chars().count() > 1 && text.chars().all(is_shown);
    }
    match std::str::from_utf8(head) {
        Ok(text) => !text.is_empty() && text.chars().all(is_shown),
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            let valid = std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default();
            valid.chars().all(is_shown)
        }
        // Letters with accents are few among the letters of any language that a code page was made for;
        // bytes of no text at all have as many of one kind as of another.
        Err(_) => {
            let plain = head
                .iter()
                .filter(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r'));
            let plain = plain.count();
            head.len() >= 16
                && head
                    .iter()
                    .all(|byte| *byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r'))
                && plain * 10 >= head.len() * 7
        }
    }
}

fn is_shown(letter: char) -> bool {
    !letter.is_control() || matches!(letter, '\t' | '\n' | '\r' | '\x0c')
}

fn little_endian(bytes: &[u8], at: usize) -> Option<u32> {
    let field = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(field.try_into().ok()?))
}

fn little_endian_16(bytes: &[u8], at: usize) -> Option<u32> {
    let field = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes(field.try_into().ok()?).into())
}

fn big_endian(bytes: &[u8], at: usize) -> Option<u32> {
    let field = bytes.get(at..at + 4)?;
    Some(u32::from_be_bytes(field.try_into().ok()?))
}

fn big_endian_16(bytes: &[u8], at: usize) -> Option<u32> {
    let field = bytes.get(at..at + 2)?;
    Some(u16::from_be_bytes(field.try_into().ok()?).into())
}

/// Width and height as the header promises them; none for formats whose decoder says it without
/// reading further (TIFF, WebP) and for headers that are not complete.
pub(super) fn header_size(bytes: &[u8], format: Format) -> Option<(u32, u32)> {
    match format {
        Format::Png => Some((big_endian(bytes, 16)?, big_endian(bytes, 20)?)),
        Format::Gif => Some((little_endian_16(bytes, 6)?, little_endian_16(bytes, 8)?)),
        // The oldest header of 12 bytes counts in 16 bits; in the others a negative height means
        // rows from the top.
        Format::Bmp if little_endian(bytes, 14)? == 12 => {
            Some((little_endian_16(bytes, 18)?, little_endian_16(bytes, 20)?))
        }
        Format::Bmp => Some((
            little_endian(bytes, 18)?,
            little_endian(bytes, 22)?.cast_signed().unsigned_abs(),
        )),
        Format::Jpeg => {
            let frame = jpeg_segments(bytes).find(|segment| {
                // Start-of-frame markers are C0–CF without DHT, JPG and DAC (ITU-T T.81 table B.1).
                matches!(segment.marker, 0xc0..=0xcf)
                    && !matches!(segment.marker, 0xc4 | 0xc8 | 0xcc)
            })?;
            Some((
                big_endian_16(bytes, frame.body + 3)?,
                big_endian_16(bytes, frame.body + 1)?,
            ))
        }
        Format::Tiff | Format::WebP | Format::Heif | Format::Jpeg2000 | Format::Pdf => None,
    }
}

/// Whether the file reaches the end that its format prescribes; formats without an end mark always
/// do, their decoders notice.
pub(super) fn is_complete(bytes: &[u8], format: Format) -> bool {
    match format {
        Format::Jpeg => {
            // The mark counts only behind the start of the scan: a preview inside EXIF has its own.
            let scan = jpeg_segments(bytes)
                .find(|segment| segment.marker == 0xda)
                .map_or(0, |segment| segment.body);
            bytes[scan..]
                .windows(2)
                .rev()
                .any(|pair| pair == [0xff, 0xd9])
        }
        Format::Png => bytes.windows(4).rev().any(|chunk| chunk == b"IEND"),
        Format::WebP => {
            little_endian(bytes, 4).is_some_and(|size| bytes.len() as u64 >= u64::from(size) + 8)
        }
        Format::Tiff
        | Format::Bmp
        | Format::Gif
        | Format::Heif
        | Format::Jpeg2000
        | Format::Pdf => true,
    }
}

struct Segment {
    marker: u8,
    /// Where the segment's content begins, behind its length.
    body: usize,
}

/// The marker segments of a JPEG up to and with the first start of scan.
fn jpeg_segments(bytes: &[u8]) -> impl Iterator<Item = Segment> + '_ {
    let mut at = Some(2);
    std::iter::from_fn(move || {
        let mut start = at?;
        while bytes.get(start) == Some(&0xff) && bytes.get(start + 1) == Some(&0xff) {
            start += 1;
        }
        if bytes.get(start) != Some(&0xff) {
            return None;
        }
        let marker = *bytes.get(start + 1)?;
        let length = big_endian_16(bytes, start + 2)? as usize;
        at = (marker != 0xda).then_some(start + 2 + length);
        Some(Segment {
            marker,
            body: start + 4,
        })
    })
}

/// Whether a GIF holds a second picture. Walks the blocks of GIF89a section 15 onwards without
/// decoding them.
pub(super) fn gif_is_animated(bytes: &[u8]) -> bool {
    let table = |flags: u8| {
        if flags & 0x80 == 0 {
            0
        } else {
            3 << ((flags & 7) + 1)
        }
    };
    let Some(&flags) = bytes.get(10) else {
        return false;
    };
    let mut at = 13 + table(flags);
    let mut pictures = 0;
    loop {
        match bytes.get(at) {
            Some(0x21) => at += 2,
            Some(0x2c) => {
                pictures += 1;
                if pictures == 2 {
                    return true;
                }
                let Some(&flags) = bytes.get(at + 9) else {
                    return false;
                };
                at += 11 + table(flags);
            }
            _ => return false,
        }
        // Sub-blocks, each led by its length, closed by one of none.
        while let Some(&length) = bytes.get(at) {
            at += 1 + length as usize;
            if length == 0 {
                break;
            }
        }
    }
}
