//! Blobs in a real folder: what goes in comes out, and nothing else ever does.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use lectern_blobs::{Blobs, DataKey, Error, NamingKey, ObjectName, Put};

const CHUNK: usize = 64 * 1024;

struct Place {
    folder: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
    naming: NamingKey,
}

impl Place {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            runtime: tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .build()
                .unwrap(),
            naming: NamingKey::new([7; 32].into()),
        }
    }

    fn blobs(&self) -> Blobs {
        Blobs::in_folder(self.folder.path(), self.runtime.handle().clone()).unwrap()
    }

    fn name(&self, content: &[u8], key: &DataKey) -> ObjectName {
        self.naming.object_name(&self.naming.digest(content), key)
    }

    fn file(&self, name: &ObjectName) -> PathBuf {
        self.folder
            .path()
            .join(&name.as_str()[..2])
            .join(name.as_str())
    }
}

fn key(seed: u8) -> DataKey {
    DataKey::new([seed; 32].into())
}

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 31 % 251) as u8).collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn content_of_every_length_comes_back() {
    let place = Place::new();
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
    }
    assert_eq!(place.blobs().list().unwrap().len(), 7);
}

#[test]
fn altered_objects_are_refused() {
    let place = Place::new();
    let content = content(2 * CHUNK + 100);
    let name = place.name(&content, &key(1));
    place.blobs().put(&name, &key(1), &content).unwrap();
    let sealed = std::fs::read(place.file(&name)).unwrap();

    let refuse = |what: &str, object: &[u8]| {
        std::fs::write(place.file(&name), object).unwrap();
        let answer = place.blobs().get(&name, &key(1));
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
    assert_eq!(place.blobs().get(&name, &key(1)).unwrap(), content);
    assert!(matches!(
        place.blobs().get(&name, &key(2)),
        Err(Error::Altered)
    ));
}

#[test]
fn an_object_under_another_name_is_refused() {
    let place = Place::new();
    let (one, other) = (content(10), content(20));
    let (name, other_name) = (place.name(&one, &key(1)), place.name(&other, &key(1)));
    place.blobs().put(&name, &key(1), &one).unwrap();
    place.blobs().put(&other_name, &key(1), &other).unwrap();
    std::fs::copy(place.file(&other_name), place.file(&name)).unwrap();
    assert!(matches!(
        place.blobs().get(&name, &key(1)),
        Err(Error::Altered)
    ));
}

#[test]
fn nothing_is_overwritten_and_sealing_twice_gives_the_same() {
    let place = Place::new();
    let content = content(1000);
    let name = place.name(&content, &key(1));
    place.blobs().put(&name, &key(1), &content).unwrap();
    let sealed = std::fs::read(place.file(&name)).unwrap();
    assert_eq!(
        place.blobs().put(&name, &key(1), b"else").unwrap(),
        Put::AlreadyThere
    );
    assert_eq!(std::fs::read(place.file(&name)).unwrap(), sealed);

    let other = Place::new();
    other.blobs().put(&name, &key(1), &content).unwrap();
    assert_eq!(std::fs::read(other.file(&name)).unwrap(), sealed);
}

#[test]
fn missing_and_forgotten() {
    let place = Place::new();
    let content = content(1000);
    let name = place.name(&content, &key(1));
    assert!(matches!(
        place.blobs().get(&name, &key(1)),
        Err(Error::Missing)
    ));
    place.blobs().put(&name, &key(1), &content).unwrap();
    place.blobs().forget(&name).unwrap();
    place.blobs().forget(&name).unwrap();
    assert!(matches!(
        place.blobs().get(&name, &key(1)),
        Err(Error::Missing)
    ));
    assert!(place.blobs().list().unwrap().is_empty());
}

#[test]
fn the_folder_tells_nothing() {
    let place = Place::new();
    let content = b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<".repeat(3000);
    let name = place.name(&content, &key(1));
    place.blobs().put(&name, &key(1), &content).unwrap();
    assert_ne!(name.as_str(), blake3::hash(&content).to_hex().as_str());
    assert_ne!(
        place.name(&content, &key(2)),
        name,
        "a new key gives a new name"
    );
    let files = files_below(place.folder.path());
    assert_eq!(files.len(), 1, "no file of the writing is left");
    let sealed = std::fs::read(&files[0]).unwrap();
    assert!(!sealed.windows(8).any(|window| window == b"ERIKSSON"));
}
