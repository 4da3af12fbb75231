//! WebM and Matroska files (RFC 9559): elements of EBML.

use super::{Film, four_letters};

const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_a966;
const TIME_SCALE: u32 = 0x2a_d7b1;
const DURATION: u32 = 0x4489;
const TRACKS: u32 = 0x1654_ae6b;
const TRACK: u32 = 0xae;
const TRACK_NUMBER: u32 = 0xd7;
const TRACK_TYPE: u32 = 0x83;
const CODEC: u32 = 0x86;
const VIDEO: u32 = 0xe0;
const WIDTH: u32 = 0xb0;
const HEIGHT: u32 = 0xba;
const CLUSTER: u32 = 0x1f43_b675;
const SIMPLE_BLOCK: u32 = 0xa3;
const BLOCK_GROUP: u32 = 0xa0;
const BLOCK: u32 = 0xa1;
const ATTACHMENTS: u32 = 0x1941_a469;
const ATTACHED: u32 = 0x61a7;
const FILE_DATA: u32 = 0x465c;

/// An element: its id and what is in it.
struct Element<'a> {
    id: u32,
    body: &'a [u8],
}

/// The elements that lie one behind the other. The last one may be cut off, and one of unknown length
/// reaches to the end.
fn elements(bytes: &[u8]) -> impl Iterator<Item = Element<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (id, after) = id(rest)?;
        let (length, after) = length(after)?;
        let length = usize::try_from(length)
            .unwrap_or(usize::MAX)
            .min(after.len());
        let (body, next) = after.split_at(length);
        rest = next;
        Some(Element { id, body })
    })
}

fn id(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let length = bytes.first()?.leading_zeros() as usize + 1;
    if length > 4 {
        return None;
    }
    let (id, rest) = bytes.split_at_checked(length)?;
    let id = id
        .iter()
        .fold(0, |value, byte| value << 8 | u32::from(*byte));
    Some((id, rest))
}

/// A number of variable length; the largest of each length stands for an unknown one.
fn length(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let length = bytes.first()?.leading_zeros() as usize + 1;
    if length > 8 {
        return None;
    }
    let (number, rest) = bytes.split_at_checked(length)?;
    let value = number
        .iter()
        .fold(0, |value, byte| value << 8 | u64::from(*byte));
    let mask = (1_u64 << (7 * length)) - 1;
    let value = value & mask;
    Some((if value == mask { u64::MAX } else { value }, rest))
}

fn inside(bytes: &[u8], wanted: u32) -> Option<&[u8]> {
    elements(bytes)
        .find(|element| element.id == wanted)
        .map(|element| element.body)
}

fn unsigned(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .take(8)
        .fold(0, |value, byte| value << 8 | u64::from(*byte))
}

fn float(bytes: &[u8]) -> Option<f64> {
    match bytes.len() {
        4 => Some(f64::from(f32::from_be_bytes(*bytes.first_chunk()?))),
        8 => Some(f64::from_be_bytes(*bytes.first_chunk()?)),
        _ => None,
    }
}

/// The film of a file; none where there is none in it.
pub(super) fn film(bytes: &[u8]) -> Option<Film> {
    let segment = inside(bytes, SEGMENT)?;
    let info = inside(segment, INFO).unwrap_or_default();
    let scale = inside(info, TIME_SCALE).map_or(1_000_000, unsigned);
    let duration = inside(info, DURATION).and_then(float).unwrap_or(0.0);
    let track = elements(inside(segment, TRACKS)?)
        .filter(|element| element.id == TRACK)
        .find(|track| inside(track.body, TRACK_TYPE).map(unsigned) == Some(1))?
        .body;
    let video = inside(track, VIDEO)?;
    let codec = four_letters(inside(track, CODEC)?);
    let number = unsigned(inside(track, TRACK_NUMBER)?);
    let mut film = Film {
        width: unsigned(inside(video, WIDTH)?).min(u64::from(u32::MAX)) as u32,
        height: unsigned(inside(video, HEIGHT)?).min(u64::from(u32::MAX)) as u32,
        seconds: duration * scale as f64 / 1e9,
        codec,
        quarter_turns: 0,
        poster: None,
    };
    // Without a frame it is no film.
    let frame = first_frame(segment, number)?;
    film.poster = match film.codec.as_str() {
        "V_VP8" => Some(webp(frame)),
        "V_MJPEG" => Some(frame.to_vec()),
        _ => None,
    };
    if film.poster.is_none() {
        let files = inside(segment, ATTACHMENTS).unwrap_or_default();
        let mut files = elements(files).filter(|element| element.id == ATTACHED);
        film.poster = files.find_map(|file| {
            let data = inside(file.body, FILE_DATA)?;
            crate::decode::is_plain_picture(data).then(|| data.to_vec())
        });
    }
    Some(film)
}

/// The first frame of a track.
fn first_frame(segment: &[u8], track: u64) -> Option<&[u8]> {
    let clusters = elements(segment).filter(|element| element.id == CLUSTER);
    let blocks = clusters.flat_map(|cluster| {
        elements(cluster.body).filter_map(|element| match element.id {
            SIMPLE_BLOCK => Some(element.body),
            BLOCK_GROUP => inside(element.body, BLOCK),
            _ => None,
        })
    });
    // Behind the number of the track: two bytes of time and one of flags, which say nothing of laces in
    // films.
    let mut frames = blocks.filter_map(|block| {
        let (number, rest) = length(block)?;
        (number == track).then(|| rest.get(3..)).flatten()
    });
    frames.next()
}

/// A key frame of VP8 as the WebP picture that it is (RFC 9649 section 2.5).
fn webp(frame: &[u8]) -> Vec<u8> {
    let padding = frame.len() % 2;
    let length = frame.len() as u32;
    let mut file = Vec::with_capacity(frame.len() + 21);
    file.extend(b"RIFF");
    file.extend((length + 12 + padding as u32).to_le_bytes());
    file.extend(b"WEBPVP8 ");
    file.extend(length.to_le_bytes());
    file.extend(frame);
    file.extend(std::iter::repeat_n(0, padding));
    file
}

#[cfg(test)]
mod tests {
    use super::{film, length};

    #[test]
    fn lengths_are_of_many_lengths() {
        assert_eq!(length(&[0x82, 1]), Some((2, &[1][..])));
        assert_eq!(length(&[0x40, 0x02]), Some((2, &[][..])));
        assert_eq!(length(&[0xff]), Some((u64::MAX, &[][..])));
        assert_eq!(length(&[0]), None);
    }

    #[test]
    fn nonsense_is_no_film() {
        assert!(film(b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\xff").is_none());
        assert!(film(&[0xff; 40]).is_none());
    }
}
