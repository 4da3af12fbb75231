//! Formats by their magic bytes, and what their headers say before a decoder is trusted with them.

/// A format this crate reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
    Tiff,
    WebP,
    Bmp,
    Gif,
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
        }
    }
}

/// A format this crate recognises in order to refuse it by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Pdf,
    Heif,
    Avif,
    Jpeg2000,
    JpegXl,
    Zip,
    Html,
    Svg,
}

impl Known {
    pub(super) const fn described(self) -> &'static str {
        match self {
            Self::Pdf => "a PDF document",
            Self::Heif => "a HEIC picture",
            Self::Avif => "an AVIF picture",
            Self::Jpeg2000 => "a JPEG 2000 picture",
            Self::JpegXl => "a JPEG XL picture",
            Self::Zip => "a ZIP archive or an office document",
            Self::Html => "a web page",
            Self::Svg => "an SVG drawing",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Heif => "image/heic",
            Self::Avif => "image/avif",
            Self::Jpeg2000 => "image/jp2",
            Self::JpegXl => "image/jxl",
            Self::Zip => "application/zip",
            Self::Html => "text/html",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// What the first bytes of a file say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sniffed {
    Readable(Format),
    Known(Known),
    PlainText,
    Unknown,
}

/// The media type by the file's own bytes, whatever its name says; none where they tell nothing.
///
/// A type in the answer does not mean that [`super::decode`] reads it: PDF, HEIC and others are
/// recognised so that they can be refused by name.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match sniff(bytes) {
        Sniffed::Readable(format) => Some(format.media_type()),
        Sniffed::Known(known) => Some(known.media_type()),
        Sniffed::PlainText => Some("text/plain"),
        Sniffed::Unknown => None,
    }
}

pub(super) fn sniff(bytes: &[u8]) -> Sniffed {
    let readable = [
        (&b"\xff\xd8\xff"[..], Format::Jpeg),
        (b"\x89PNG\r\n\x1a\n", Format::Png),
        (b"II\x2a\x00", Format::Tiff),
        (b"MM\x00\x2a", Format::Tiff),
        (b"II\x2b\x00", Format::Tiff),
        (b"MM\x00\x2b", Format::Tiff),
        (b"GIF87a", Format::Gif),
        (b"GIF89a", Format::Gif),
    ];
    if let Some((_, format)) = readable.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Sniffed::Readable(*format);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Sniffed::Readable(Format::WebP);
    }
    // "BM" alone begins many a text; the size of the header behind it is one of a few.
    if bytes.starts_with(b"BM")
        && little_endian(bytes, 14)
            .is_some_and(|size| matches!(size, 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124))
    {
        return Sniffed::Readable(Format::Bmp);
    }
    let known = [
        (&b"\x00\x00\x00\x0cjP  \r\n\x87\n"[..], Known::Jpeg2000),
        (b"\xff\x4f\xff\x51", Known::Jpeg2000),
        (b"\x00\x00\x00\x0cJXL \r\n\x87\n", Known::JpegXl),
        (b"\xff\x0a", Known::JpegXl),
        (b"PK\x03\x04", Known::Zip),
    ];
    if let Some((_, known)) = known.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Sniffed::Known(*known);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return match bytes.get(8..12) {
            Some(b"avif" | b"avis") => Sniffed::Known(Known::Avif),
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => {
                Sniffed::Known(Known::Heif)
            }
            _ => Sniffed::Unknown,
        };
    }
    let head = &bytes[..bytes.len().min(1024)];
    // Readers of PDF accept the mark anywhere in the first kilobyte (ISO 32000-1 annex H.3.4.1).
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Sniffed::Known(Known::Pdf);
    }
    if !looks_like_text(head) {
        return Sniffed::Unknown;
    }
    let lower = head.to_ascii_lowercase();
    let contains = |mark: &[u8]| lower.windows(mark.len()).any(|window| window == mark);
    if contains(b"<svg") {
        Sniffed::Known(Known::Svg)
    } else if contains(b"<html") || contains(b"<!doctype html") {
        Sniffed::Known(Known::Html)
    } else {
        Sniffed::PlainText
    }
}

/// UTF-8 (a character may be cut at the end) without control characters other than white space.
fn looks_like_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !valid.is_empty()
        && valid.chars().all(|character| {
            !character.is_control() || matches!(character, '\t' | '\n' | '\r' | '\x0c')
        })
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
        Format::Tiff | Format::WebP => None,
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
        Format::Tiff | Format::Bmp | Format::Gif => true,
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
