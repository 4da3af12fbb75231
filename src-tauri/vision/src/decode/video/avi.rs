//! AVI files: a RIFF with lists of chunks.

use super::{Film, four_letters};

/// A chunk: its name and what is in it.
struct Chunk<'a> {
    kind: [u8; 4],
    body: &'a [u8],
}

/// The chunks that lie one behind the other, padded to even lengths. The last one may be cut off.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let kind = rest.get(..4)?.first_chunk::<4>().copied()?;
        let length = number(rest, 4)? as usize;
        let body = rest.get(8..)?;
        let body = &body[..length.min(body.len())];
        rest = rest.get(8 + length + length % 2..).unwrap_or_default();
        Some(Chunk { kind, body })
    })
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let field = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(*field.first_chunk()?))
}

/// The list of a type.
fn list(bytes: &[u8], kind: [u8; 4]) -> Option<&[u8]> {
    chunks(bytes)
        .filter(|chunk| &chunk.kind == b"LIST")
        .find_map(|chunk| chunk.body.strip_prefix(&kind))
}

/// The film of a file; none where there is none in it.
pub(super) fn film(bytes: &[u8]) -> Option<Film> {
    let body = bytes
        .strip_prefix(b"RIFF")?
        .get(4..)?
        .strip_prefix(b"AVI ")?;
    let header = list(body, *b"hdrl")?;
    let main = chunks(header).find(|chunk| &chunk.kind == b"avih")?.body;
    let frame_time = f64::from(number(main, 0)?);
    let frames = f64::from(number(main, 16)?);
    // The streams in their order: their frames are marked with their number.
    let streams = chunks(header)
        .filter(|chunk| &chunk.kind == b"LIST")
        .filter_map(|chunk| chunk.body.strip_prefix(b"strl"));
    let (index, format) = streams.enumerate().find_map(|(index, stream)| {
        let header = chunks(stream).find(|chunk| &chunk.kind == b"strh")?.body;
        let format = chunks(stream).find(|chunk| &chunk.kind == b"strf")?.body;
        header.starts_with(b"vids").then_some((index, format))
    })?;
    let codec = four_letters(format.get(16..20)?);
    let marks = ["dc", "db"].map(|kind| format!("{index:02}{kind}"));
    let movie = list(body, *b"movi")?;
    let frame = frame(movie, &marks);
    let is_jpeg = ["MJPG", "mjpg", "AVRn", "JPEG"].contains(&codec.as_str());
    Some(Film {
        width: number(main, 32)?,
        height: number(main, 36)?,
        seconds: frame_time * frames / 1e6,
        poster: frame.filter(|_| is_jpeg).map(<[u8]>::to_vec),
        codec,
        quarter_turns: 0,
    })
}

/// The first frame that is not empty; frames may lie in lists of records.
fn frame<'a>(movie: &'a [u8], marks: &[String]) -> Option<&'a [u8]> {
    let of_stream = |chunk: &Chunk<'_>| marks.iter().any(|mark| mark.as_bytes() == chunk.kind);
    let direct = chunks(movie).find(|chunk| of_stream(chunk) && !chunk.body.is_empty());
    let recorded = || {
        let records = chunks(movie).filter(|chunk| &chunk.kind == b"LIST");
        records
            .filter_map(|chunk| chunk.body.strip_prefix(b"rec "))
            .find_map(|record| {
                chunks(record).find(|chunk| of_stream(chunk) && !chunk.body.is_empty())
            })
    };
    direct.or_else(recorded).map(|chunk| chunk.body)
}

#[cfg(test)]
mod tests {
    use super::film;

    #[test]
    fn nonsense_is_no_film() {
        assert!(film(b"RIFF\0\0\0\0AVI ").is_none());
        assert!(film(b"RIFF\0\0\0\0AVI LIST\xff\xff\xff\xffhdrlavih").is_none());
    }
}
