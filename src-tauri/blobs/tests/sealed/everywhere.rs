//! What holds in a folder as in a bucket.

use lectern_blobs::{Error, ObjectName, Put};

use crate::place::{CHUNK, content, everywhere, files_below, key};

#[test]
fn content_of_every_length_comes_back() {
    everywhere(|place| {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5] {
            let content = content(length);
            let name = place.name(&content, &key(1));
            assert_eq!(
                place.blobs().put(&name, &key(1), &content).unwrap(),
                Put::Written
            );
            assert_eq!(
                place.blobs().get(&name, &key(1)).unwrap(),
                content,
                "{length} bytes"
            );
            let file = std::fs::metadata(place.file(&name)).unwrap();
            assert_eq!(place.blobs().size(&name).unwrap(), Some(file.len()));
            assert_eq!(lectern_blobs::sealed_length(length as u64), file.len());
        }
        assert_eq!(place.all().len(), 7);
    });
}

#[test]
fn altered_objects_are_refused() {
    everywhere(|place| {
        let content = content(2 * CHUNK + 100);
        let name = place.name(&content, &key(1));
        place.blobs().put(&name, &key(1), &content).unwrap();
        let sealed = std::fs::read(place.file(&name)).unwrap();

        let blobs = place.blobs();
        let refuse = |what: &str, object: &[u8]| {
            std::fs::write(place.file(&name), object).unwrap();
            let answer = blobs.get(&name, &key(1));
            assert!(matches!(answer, Err(Error::Altered)), "{what}: {answer:?}");
        };
        for at in (0..60)
            .chain((60..sealed.len()).step_by(9973))
            .chain([sealed.len() - 1])
        {
            let mut changed = sealed.clone();
            changed[at] ^= 0x10;
            refuse(&format!("byte {at} changed"), &changed);
        }
        let first_chunk = 27 + CHUNK + 16;
        for length in [
            0,
            5,
            27,
            28,
            first_chunk,
            first_chunk + CHUNK + 16,
            sealed.len() - 1,
        ] {
            refuse(&format!("cut to {length}"), &sealed[..length]);
        }
        refuse("longer", &[sealed.as_slice(), &[0]].concat());
        let swapped = [
            &sealed[..27],
            &sealed[first_chunk..first_chunk + CHUNK + 16],
            &sealed[27..first_chunk],
            &sealed[first_chunk + CHUNK + 16..],
        ];
        refuse("chunks swapped", &swapped.concat());

        std::fs::write(place.file(&name), &sealed).unwrap();
        assert_eq!(blobs.get(&name, &key(1)).unwrap(), content);
        assert!(matches!(blobs.get(&name, &key(2)), Err(Error::Altered)));
    });
}

#[test]
fn an_object_under_another_name_is_refused() {
    everywhere(|place| {
        let (one, other) = (content(10), content(20));
        let (name, other_name) = (place.name(&one, &key(1)), place.name(&other, &key(1)));
        place.blobs().put(&name, &key(1), &one).unwrap();
        place.blobs().put(&other_name, &key(1), &other).unwrap();
        std::fs::copy(place.file(&other_name), place.file(&name)).unwrap();
        assert!(matches!(
            place.blobs().get(&name, &key(1)),
            Err(Error::Altered)
        ));
    });
}

#[test]
fn nothing_is_overwritten_and_sealing_twice_gives_the_same() {
    everywhere(|place| {
        let content = content(1000);
        let name = place.name(&content, &key(1));
        place.blobs().put(&name, &key(1), &content).unwrap();
        let sealed = std::fs::read(place.file(&name)).unwrap();
        assert_eq!(
            place.blobs().put(&name, &key(1), b"else").unwrap(),
            Put::AlreadyThere
        );
        assert_eq!(std::fs::read(place.file(&name)).unwrap(), sealed);

        // In every place the same, so that an object out of one serves in another.
        everywhere(|other| {
            other.blobs().put(&name, &key(1), &content).unwrap();
            assert_eq!(std::fs::read(other.file(&name)).unwrap(), sealed);
        });
    });
}

#[test]
fn a_sealed_object_can_be_carried_elsewhere() {
    everywhere(|place| {
        let content = content(3 * CHUNK);
        let name = place.name(&content, &key(1));
        place.blobs().put(&name, &key(1), &content).unwrap();
        let sealed = place.blobs().sealed(&name).unwrap().to_vec();
        everywhere(|other| {
            let put = || other.blobs().put_sealed(&name, sealed.clone()).unwrap();
            assert_eq!(put(), Put::Written);
            assert_eq!(put(), Put::AlreadyThere);
            assert_eq!(other.blobs().get(&name, &key(1)).unwrap(), content);
        });
    });
}

#[test]
fn missing_and_forgotten() {
    everywhere(|place| {
        let content = content(1000);
        let name = place.name(&content, &key(1));
        let missing = || {
            let answer = place.blobs().get(&name, &key(1));
            assert!(matches!(answer, Err(Error::Missing)), "{answer:?}");
            assert_eq!(place.blobs().size(&name).unwrap(), None);
            assert!(place.all().is_empty());
        };
        missing();
        place.blobs().put(&name, &key(1), &content).unwrap();
        place.blobs().forget(&name).unwrap();
        place.blobs().forget(&name).unwrap();
        missing();
    });
}

#[test]
fn the_place_tells_nothing() {
    everywhere(|place| {
        let content = b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<".repeat(3000);
        let name = place.name(&content, &key(1));
        place.blobs().put(&name, &key(1), &content).unwrap();
        assert_ne!(name.as_str(), blake3::hash(&content).to_hex().as_str());
        assert_ne!(
            place.name(&content, &key(2)),
            name,
            "a new key gives a new name"
        );
        let files = files_below(&place.root());
        assert_eq!(files.len(), 1, "no file of the writing is left");
        let sealed = std::fs::read(&files[0]).unwrap();
        assert!(!sealed.windows(8).any(|window| window == b"ERIKSSON"));
    });
}

#[test]
fn foreign_files_are_no_objects() {
    everywhere(|place| {
        let content = content(100);
        let name = place.name(&content, &key(1));
        place.blobs().put(&name, &key(1), &content).unwrap();
        let shelf = place.file(&name).parent().unwrap().to_owned();
        std::fs::write(shelf.join("README"), "not ours").unwrap();
        // An object of another shelf.
        let first = if name.as_str().starts_with('0') {
            "1"
        } else {
            "0"
        };
        let stray = format!("{first}{}", &name.as_str()[1..]);
        std::fs::write(shelf.join(stray), "astray").unwrap();
        let names: Vec<ObjectName> = place.all().into_iter().map(|object| object.name).collect();
        assert_eq!(names, [name]);
    });
}
