//! MP4 and QuickTime files (ISO/IEC 14496-12).

use super::{Film, four_letters, heic};

/// Boxes within boxes: deeper than any file goes.
const DEEPEST: usize = 12;

/// Largest frame that is taken for a picture.
const LARGEST_FRAME: u64 = 20_000_000;

/// A box: its type and what is in it.
struct Atom<'a> {
    kind: [u8; 4],
    body: &'a [u8],
}

/// The boxes that lie one behind the other.
fn atoms(bytes: &[u8]) -> impl Iterator<Item = Atom<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let short = number(rest, 0, 4)?;
        let kind = rest.get(4..8)?.first_chunk::<4>().copied()?;
        let (header, length) = match short {
            0 => (8, rest.len() as u64),
            1 => (16, number(rest, 8, 8)?),
            length => (8, length),
        };
        // A box that ends beyond the file is not whole, and neither is what it would hold.
        let end = usize::try_from(length).ok().filter(|end| *end >= header)?;
        let body = rest.get(header..end)?;
        rest = &rest[end..];
        Some(Atom { kind, body })
    })
}

/// A big-endian number of `length` bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let field = bytes.get(at..at.checked_add(length)?)?;
    Some(
        field
            .iter()
            .fold(0, |value, byte| value << 8 | u64::from(*byte)),
    )
}

/// What is in the first box along a path.
fn inside<'a>(bytes: &'a [u8], path: &[&[u8; 4]]) -> Option<&'a [u8]> {
    debug_assert!(path.len() <= DEEPEST);
    path.iter().try_fold(bytes, |bytes, kind| {
        atoms(bytes)
            .find(|atom| &atom.kind == *kind)
            .map(|atom| atom.body)
    })
}

/// The film of a file; none where there is no whole film in it.
pub(super) fn film(bytes: &[u8]) -> Option<Film> {
    let movie = inside(bytes, &[b"moov"])?;
    // Without its frames it is no film.
    atoms(bytes).find(|atom| matches!(&atom.kind, b"mdat" | b"moof"))?;
    let track = atoms(movie)
        .filter(|atom| &atom.kind == b"trak")
        .find(|atom| {
            let handler = inside(atom.body, &[b"mdia", b"hdlr"]);
            handler.and_then(|body| body.get(8..12)) == Some(b"vide")
        })?
        .body;
    let media = inside(track, &[b"mdia"])?;
    let table = inside(media, &[b"minf", b"stbl"])?;
    let entry = atoms(inside(table, &[b"stsd"])?.get(8..)?).next()?;
    let mut film = Film {
        codec: four_letters(&entry.kind),
        // After the fields that every sample entry has (section 12.1.3).
        width: number(entry.body, 24, 2)? as u32,
        height: number(entry.body, 26, 2)? as u32,
        seconds: seconds(media).unwrap_or(0.0),
        quarter_turns: inside(track, &[b"tkhd"]).map_or(0, quarter_turns),
        poster: None,
    };
    film.poster = cover(movie);
    if film.poster.is_some() {
        film.quarter_turns = 0;
        return Some(film);
    }
    if let Some(frame) = first_frame(bytes, table) {
        film.poster = match &entry.kind {
            b"jpeg" | b"mjpa" | b"mjpb" | b"MJPG" | b"png " => Some(frame.to_vec()),
            b"hvc1" | b"hev1" => {
                // The boxes behind the 78 bytes of a video's sample entry.
                let configuration = inside(entry.body.get(78..)?, &[b"hvcC"]);
                configuration.map(|configuration| {
                    heic::around(configuration, frame, film.width, film.height)
                })
            }
            _ => None,
        };
    }
    Some(film)
}

fn seconds(media: &[u8]) -> Option<f64> {
    let header = inside(media, &[b"mdhd"])?;
    let (scale, duration) = if header.first() == Some(&1) {
        (number(header, 20, 4)?, number(header, 24, 8)?)
    } else {
        (number(header, 12, 4)?, number(header, 16, 4)?)
    };
    (scale > 0).then(|| duration as f64 / scale as f64)
}

/// The turn that the matrix of a track's header asks for.
fn quarter_turns(header: &[u8]) -> u8 {
    let at = if header.first() == Some(&1) { 52 } else { 40 };
    let entry =
        |index: usize| number(header, at + 4 * index, 4).map(|value| (value as u32).cast_signed());
    match (entry(0), entry(1), entry(3)) {
        (Some(0), Some(right), Some(down)) if right > 0 && down < 0 => 1,
        (Some(across), Some(0), _) if across < 0 => 2,
        (Some(0), Some(right), Some(down)) if right < 0 && down > 0 => 3,
        _ => 0,
    }
}

/// The picture of the cover, as players show it.
fn cover(movie: &[u8]) -> Option<Vec<u8>> {
    let meta = inside(movie, &[b"udta", b"meta"])?;
    // In MP4 it begins with a version, in QuickTime it does not.
    let data = inside(meta.get(4..)?, &[b"ilst", b"covr", b"data"])
        .or_else(|| inside(meta, &[b"ilst", b"covr", b"data"]))?;
    Some(data.get(8..)?.to_vec())
}

/// The bytes of the first frame.
fn first_frame<'a>(bytes: &'a [u8], table: &[u8]) -> Option<&'a [u8]> {
    let offset = match inside(table, &[b"stco"]) {
        Some(offsets) => number(offsets, 8, 4)?,
        None => number(inside(table, &[b"co64"])?, 8, 8)?,
    };
    let sizes = inside(table, &[b"stsz"])?;
    let length = match number(sizes, 4, 4)? {
        0 => number(sizes, 12, 4)?,
        all => all,
    };
    let from = usize::try_from(offset).ok()?;
    let length = usize::try_from(length.min(LARGEST_FRAME)).ok()?;
    bytes.get(from..from.checked_add(length)?)
}

#[cfg(test)]
mod tests {
    use super::{film, quarter_turns};

    #[test]
    fn nonsense_is_no_film() {
        assert!(film(b"").is_none());
        assert!(film(b"\0\0\0\x08ftyp\0\0\0\x08moov").is_none());
        assert!(film(&[0xff; 64]).is_none());
        assert_eq!(quarter_turns(&[0; 3]), 0);
    }
}
