//! The first frame of an HEVC film as a HEIC picture, which is the same coding in another box.

/// A HEIC file with one picture: the configuration of the decoder and a frame of it.
pub(super) fn around(configuration: &[u8], frame: &[u8], width: u32, height: u32) -> Vec<u8> {
    let size = [
        0_u32.to_be_bytes(),
        width.to_be_bytes(),
        height.to_be_bytes(),
    ]
    .concat();
    let properties = atom(
        *b"ipco",
        &[atom(*b"hvcC", configuration), atom(*b"ispe", &size)].concat(),
    );
    // One item with two properties, the first of which a reader must know.
    let association = atom(*b"ipma", &[0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 0x81, 0x02]);
    let handler = [&[0; 8][..], b"pict", &[0; 13]].concat();
    let entry = atom(
        *b"infe",
        &[&[2, 0, 0, 0, 0, 1, 0, 0][..], b"hvc1", &[0]].concat(),
    );
    let items = [&[0, 0, 0, 0, 0, 1][..], &entry].concat();
    let type_of_file = atom(*b"ftyp", b"heic\0\0\0\0mif1heic");
    let meta = |offset: u32| {
        let place = [
            // Offsets and lengths of four bytes, no base; one item with one extent.
            &[0, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1][..],
            &offset.to_be_bytes(),
            &(frame.len() as u32).to_be_bytes(),
        ]
        .concat();
        let boxes = [
            vec![0; 4],
            atom(*b"hdlr", &handler),
            atom(*b"pitm", &[0, 0, 0, 0, 0, 1]),
            atom(*b"iinf", &items),
            atom(
                *b"iprp",
                &[properties.clone(), association.clone()].concat(),
            ),
            atom(*b"iloc", &place),
        ];
        atom(*b"meta", &boxes.concat())
    };
    // Where the frame lies depends on how long the boxes before it are, which depends on nothing.
    let offset = type_of_file.len() + meta(0).len() + 8;
    [type_of_file, meta(offset as u32), atom(*b"mdat", frame)].concat()
}

fn atom(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let length = (body.len() + 8) as u32;
    [&length.to_be_bytes()[..], &kind, body].concat()
}
