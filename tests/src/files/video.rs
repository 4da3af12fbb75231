//! Videos of one frame.

/// A box of MP4 and QuickTime.
fn atom(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes()[..], &kind, body].concat()
}

/// What is in the first box of a type, wherever it lies.
fn found(file: &[u8], kind: [u8; 4]) -> &[u8] {
    let at = file.windows(4).position(|window| *window == kind);
    let at = at.expect("the picture has this box");
    let length = u32::from_be_bytes(file[at - 4..at].try_into().expect("four bytes")) as usize;
    &file[at + 4..at - 4 + length]
}

/// An MP4 or QuickTime file with one frame of a codec.
pub(super) fn movie(
    brand: [u8; 4],
    codec: [u8; 4],
    configuration: &[u8],
    frame: &[u8],
    (width, height): (u16, u16),
) -> Vec<u8> {
    let type_of_file = atom(*b"ftyp", &[&brand[..], &[0; 4], &brand].concat());
    // What every sample entry of a video has: 78 bytes, with the size at 24.
    let mut entry = vec![0; 78];
    entry[24..26].copy_from_slice(&width.to_be_bytes());
    entry[26..28].copy_from_slice(&height.to_be_bytes());
    entry.extend(configuration);
    let number = |value: usize| (value as u32).to_be_bytes();
    let frame_at = type_of_file.len() + 8;
    let table = [
        atom(
            *b"stsd",
            &[&[0, 0, 0, 0, 0, 0, 0, 1][..], &atom(codec, &entry)].concat(),
        ),
        atom(
            *b"stsz",
            &[&[0; 4][..], &number(frame.len()), &number(1)].concat(),
        ),
        atom(
            *b"stco",
            &[&[0, 0, 0, 0, 0, 0, 0, 1][..], &number(frame_at)].concat(),
        ),
    ]
    .concat();
    let handler = [&[0; 8][..], b"vide", &[0; 13]].concat();
    // A scale of 1000 and 2.5 seconds.
    let header = [&[0; 12][..], &number(1000), &number(2500), &[0; 4]].concat();
    let media = [
        atom(*b"mdhd", &header),
        atom(*b"hdlr", &handler),
        atom(*b"minf", &atom(*b"stbl", &table)),
    ]
    .concat();
    let track = atom(*b"trak", &atom(*b"mdia", &media));
    [type_of_file, atom(*b"mdat", frame), atom(*b"moov", &track)].concat()
}

/// The picture of a HEIC file that is not cut into tiles, as an HEVC film of one frame.
pub(super) fn hevc(heic: &[u8], size: (u16, u16)) -> Vec<u8> {
    let configuration = atom(*b"hvcC", found(heic, *b"hvcC"));
    movie(
        *b"isom",
        *b"hvc1",
        &configuration,
        found(heic, *b"mdat"),
        size,
    )
}

/// An AVI file with one JPEG.
pub(super) fn avi(jpeg: &[u8], (width, height): (u32, u32)) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], body: &[u8]| {
        let padding = vec![0; body.len() % 2];
        [
            &kind[..],
            &(body.len() as u32).to_le_bytes(),
            body,
            &padding,
        ]
        .concat()
    };
    let list = |kind: &[u8; 4], body: &[u8]| chunk(b"LIST", &[&kind[..], body].concat());
    let mut main = vec![0; 56];
    main[0..4].copy_from_slice(&40_000_u32.to_le_bytes());
    main[16..20].copy_from_slice(&25_u32.to_le_bytes());
    main[32..36].copy_from_slice(&width.to_le_bytes());
    main[36..40].copy_from_slice(&height.to_le_bytes());
    let stream = [&b"vidsMJPG"[..], &[0; 48]].concat();
    let format = [&[0; 16][..], b"MJPG", &[0; 20]].concat();
    let streams = list(
        b"strl",
        &[chunk(b"strh", &stream), chunk(b"strf", &format)].concat(),
    );
    let header = list(b"hdrl", &[chunk(b"avih", &main), streams].concat());
    let movie = list(b"movi", &chunk(b"00dc", jpeg));
    let body = [&b"AVI "[..], &header, &movie].concat();
    chunk(b"RIFF", &body)
}

/// A WebM file with one frame.
pub(super) fn webm(codec: &str, frame: &[u8], (width, height): (u16, u16)) -> Vec<u8> {
    let element = |id: &[u8], body: &[u8]| {
        // Lengths of eight bytes hold everything.
        let length = (body.len() as u64 | 1 << 56).to_be_bytes();
        [id, &length, body].concat()
    };
    let head = element(&[0x1a, 0x45, 0xdf, 0xa3], &element(&[0x42, 0x82], b"webm"));
    let video = [
        element(&[0xb0], &width.to_be_bytes()),
        element(&[0xba], &height.to_be_bytes()),
    ]
    .concat();
    let track = [
        element(&[0xd7], &[1]),
        element(&[0x83], &[1]),
        element(&[0x86], codec.as_bytes()),
        element(&[0xe0], &video),
    ]
    .concat();
    let block = [&[0x81, 0, 0, 0x80][..], frame].concat();
    let segment = [
        element(&[0x16, 0x54, 0xae, 0x6b], &element(&[0xae], &track)),
        element(&[0x1f, 0x43, 0xb6, 0x75], &element(&[0xa3], &block)),
    ]
    .concat();
    [head, element(&[0x18, 0x53, 0x80, 0x67], &segment)].concat()
}
