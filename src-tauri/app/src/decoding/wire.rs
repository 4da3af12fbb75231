//! What the two processes say to each other.
//!
//! Either way: the length of a header in four bytes, little-endian, the header in JSON, and bytes. A
//! request is followed by the file to its end; an answer by the pixels of its pages, three bytes each,
//! row by row.

use std::io::{self, Read, Write};

use image::RgbImage;
use model::Problem;
use serde::{Deserialize, Serialize};
use vision::{DecodeError, Decoded, Limits, TextLayer};

/// The longest header that is believed: every letter of fifty dense pages with its place is a tenth.
const LONGEST: u32 = 128 * 1024 * 1024;

/// What is asked.
#[derive(Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) limits: Limits,
    /// Bytes of address space.
    pub(super) memory: u64,
    pub(super) processor_seconds: u64,
    pub(super) password: Option<String>,
}

/// What is answered, but for the pixels.
#[derive(Serialize, Deserialize)]
enum Header {
    Decoded {
        /// Width and height of each page.
        pages: Vec<(u32, u32)>,
        layers: Vec<TextLayer>,
        problems: Vec<Problem>,
    },
    Refused {
        code: String,
        message: String,
    },
}

pub(super) fn write_request(
    mut stream: impl Write,
    request: &Request,
    file: &[u8],
) -> io::Result<()> {
    write_header(&mut stream, request)?;
    stream.write_all(file)
}

pub(super) fn read_request(mut stream: impl Read) -> io::Result<(Request, Vec<u8>)> {
    let request: Request = read_header(&mut stream)?;
    let mut file = Vec::new();
    let most = request.limits.bytes.saturating_add(1);
    stream.take(most).read_to_end(&mut file)?;
    Ok((request, file))
}

pub(super) fn write_answer(
    mut stream: impl Write,
    answer: Result<Decoded, DecodeError>,
) -> io::Result<()> {
    match answer {
        Ok(decoded) => {
            let header = Header::Decoded {
                pages: decoded.pages.iter().map(RgbImage::dimensions).collect(),
                layers: decoded.layers,
                problems: decoded.problems,
            };
            write_header(&mut stream, &header)?;
            // Page by page, so that none is held longer than it must be.
            for page in decoded.pages {
                stream.write_all(page.as_raw())?;
            }
        }
        Err(error) => {
            let header = Header::Refused {
                code: error.code().to_owned(),
                message: error.to_string(),
            };
            write_header(&mut stream, &header)?;
        }
    }
    stream.flush()
}

/// Reads an answer. It is believed no more than a file would be: its pages obey the limits, or there
/// are none.
pub(super) fn read_answer(
    mut stream: impl Read,
    media_type: &'static str,
    limits: &Limits,
) -> io::Result<Result<Decoded, DecodeError>> {
    let (sizes, layers, problems) = match read_header(&mut stream)? {
        Header::Decoded {
            pages,
            layers,
            problems,
        } => (pages, layers, problems),
        Header::Refused { code, message } => {
            let code = DecodeError::known_code(&code);
            return Ok(Err(DecodeError::Elsewhere { code, message }));
        }
    };
    let pixels: u64 = sizes
        .iter()
        .map(|(width, height)| u64::from(*width) * u64::from(*height))
        .fold(0, u64::saturating_add);
    if sizes.len() > limits.pages || pixels > limits.pixels {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut pages = Vec::with_capacity(sizes.len());
    for (width, height) in sizes {
        let length = width as usize * height as usize * 3;
        let mut page = vec![0; length];
        stream.read_exact(&mut page)?;
        let page = RgbImage::from_raw(width, height, page);
        pages.push(page.ok_or(io::ErrorKind::InvalidData)?);
    }
    Ok(Ok(Decoded {
        media_type,
        pages,
        layers,
        problems,
    }))
}

fn write_header(stream: &mut impl Write, header: &impl Serialize) -> io::Result<()> {
    let header = serde_json::to_vec(header)?;
    let length = u32::try_from(header.len()).map_err(|_| io::ErrorKind::InvalidData)?;
    stream.write_all(&length.to_le_bytes())?;
    stream.write_all(&header)
}

fn read_header<T: for<'a> Deserialize<'a>>(stream: &mut impl Read) -> io::Result<T> {
    let mut length = [0; 4];
    stream.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut header = Vec::new();
    stream.take(length.into()).read_to_end(&mut header)?;
    Ok(serde_json::from_slice(&header)?)
}
