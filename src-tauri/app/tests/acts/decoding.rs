//! Files that are decoded in a process of their own.

use std::{path::PathBuf, sync::LazyLock, time::Duration};

use lectern_app::{
    Secret,
    decoding::{Bounds, Decoder},
};
use lectern_tests::{
    files::{self, File},
    program,
};
use vision::{DecodeError, Decoded, Limits};

fn apart(program: PathBuf, bounds: Bounds) -> Decoder {
    Decoder::Apart { program, bounds }
}

fn file(name: &str) -> &'static [u8] {
    static FOLDER: LazyLock<Vec<File>> = LazyLock::new(|| files::folder().0);
    let mut files = FOLDER.iter().filter(|file| file.name == name);
    &files.next().unwrap().bytes
}

fn decode(decoder: &Decoder, bytes: &[u8]) -> Result<Decoded, DecodeError> {
    decoder.decode(bytes, &Limits::DEFAULT, None)
}

#[test]
fn a_file_is_the_same_wherever_it_is_decoded() {
    let lectern = program::binary("lectern").unwrap();
    let apart = apart(lectern, Bounds::DEFAULT);
    for name in ["letter-with-scan.pdf", "message-with-pdf.eml", "selfie.mp4"] {
        let bytes = file(name);
        let (one, other) = (
            decode(&apart, bytes).unwrap(),
            decode(&Decoder::Here, bytes).unwrap(),
        );
        assert_eq!(one.media_type, other.media_type);
        assert!(
            one.pages == other.pages && one.layers == other.layers,
            "{name}"
        );
        assert_eq!(one.problems, other.problems);
    }
    let locked = file("locked.pdf");
    let error = decode(&apart, locked).unwrap_err();
    assert_eq!(error.code(), "pdf_locked");
    let password = Secret::new(files::PASSWORD.to_owned());
    let opened = apart.decode(locked, &Limits::DEFAULT, Some(&password));
    assert_eq!(opened.unwrap().pages.len(), 1);
}

#[test]
fn a_decoder_that_fails_is_a_sentence_about_the_file() {
    let lectern = program::binary("lectern").unwrap();
    let bytes = file("letter.pdf");
    for (program, bounds, code) in [
        (
            lectern.clone(),
            Bounds {
                memory: 1 << 20,
                ..Bounds::DEFAULT
            },
            "decoder_out_of_memory",
        ),
        (
            lectern,
            Bounds {
                time: Duration::ZERO,
                ..Bounds::DEFAULT
            },
            "decoder_too_slow",
        ),
        (
            PathBuf::from("/bin/false"),
            Bounds::DEFAULT,
            "decoder_crashed",
        ),
        (
            PathBuf::from("/nowhere"),
            Bounds::DEFAULT,
            "decoder_not_started",
        ),
    ] {
        let error = decode(&apart(program, bounds), bytes).unwrap_err();
        assert_eq!(error.code(), code);
        assert!(error.to_string().len() > 30);
    }
}
