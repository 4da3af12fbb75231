//! Keys: where they lie, and what happens without them.

use std::os::unix::fs::PermissionsExt;

use lectern_app::App;

use crate::place::{PASSPORT, Place, files, submit};

fn key_file(place: &Place) -> std::path::PathBuf {
    let mut files = std::fs::read_dir(place.config().join("keys")).unwrap();
    files.next().unwrap().unwrap().path()
}

#[test]
fn a_new_store_keeps_its_key_apart_and_says_where() {
    let place = Place::new();
    let app = place.open();
    assert_eq!(app.notices().len(), 1);

    let key = key_file(&place);
    assert!(app.notices()[0].message.contains(key.to_str().unwrap()));
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&key), 0o600);
    assert_eq!(mode(key.parent().unwrap()), 0o700);
    assert_eq!(mode(&place.data()), 0o700);

    let written = std::fs::read_to_string(&key).unwrap();
    for (path, content) in files(&place.data()) {
        let found = content
            .0
            .windows(64)
            .any(|window| window == written.trim().as_bytes());
        assert!(!found, "{} holds the key", path.display());
    }
    drop(app);
    assert!(place.open().notices().is_empty(), "said once");
}

#[test]
fn nothing_in_the_data_directory_can_be_read() {
    let place = Place::new();
    let app = place.open();
    submit(&app, "ERIKSSON-passport.jpg", PASSPORT).unwrap();
    // While it is open the write-ahead log is there too.
    let found = files(&place.data());
    let names: Vec<_> = found
        .keys()
        .map(|path| path.display().to_string())
        .collect();
    assert!(
        names.iter().any(|name| name.ends_with("lectern.db-wal")),
        "{names:?}"
    );
    assert!(
        names.iter().any(|name| name.contains("/blobs/")),
        "{names:?}"
    );
    for (path, content) in &found {
        for secret in [
            &b"ERIKSSON"[..],
            b"SQLite format 3",
            b"image/jpeg",
            b"JFIF",
            b"queued",
        ] {
            let shows = content
                .0
                .windows(secret.len())
                .any(|window| window == secret);
            assert!(!shows, "{} shows {}", path.display(), secret.escape_ascii());
        }
    }
}

#[test]
fn a_missing_or_wrong_key_changes_nothing() {
    let place = Place::new();
    let app = place.open();
    let submitted = submit(&app, "one.jpg", PASSPORT).unwrap();
    place.close(app);
    let before = files(&place.data());

    let key = key_file(&place);
    let right = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    assert_eq!(place.open_error().code(), "key_missing");
    assert_eq!(files(&place.data()), before);

    let write_key = |content: &[u8], mode| {
        std::fs::write(&key, content).unwrap();
        std::fs::set_permissions(&key, PermissionsExt::from_mode(mode)).unwrap();
    };
    write_key("5a".repeat(32).as_bytes(), 0o600);
    assert_eq!(place.open_error().code(), "key_wrong");
    write_key(b"no key", 0o600);
    assert_eq!(place.open_error().code(), "key_file_damaged");
    write_key(&right, 0o644);
    assert_eq!(place.open_error().code(), "key_file_open");
    assert_eq!(files(&place.data()), before);

    write_key(&right, 0o600);
    let again = submit(&place.open(), "two.jpg", PASSPORT).unwrap();
    assert_eq!(again.document.document.id, submitted.document.document.id);
}

#[test]
fn a_named_key_file_stands_for_itself() {
    let place = Place::new();
    let mut settings = place.settings();
    settings.key_file = Some(place.path("secrets/lectern.key"));
    let app = App::open(settings.clone()).unwrap();
    assert!(app.notices().is_empty());
    drop(app);
    assert!(!place.config().exists());
    App::open(settings.clone()).unwrap();

    settings.key_file = Some(place.path("elsewhere.key"));
    assert_eq!(
        App::open(settings.clone()).unwrap_err().code(),
        "key_missing"
    );
    assert!(!place.path("elsewhere.key").exists());

    settings.key_file = Some(place.data().join("beside.key"));
    assert_eq!(App::open(settings).unwrap_err().code(), "key_in_data");
}

#[test]
fn a_database_is_never_made_in_the_place_of_a_lost_one() {
    let place = Place::new();
    place.close(place.open());
    let database = place.data().join("lectern.db");
    let card = place.data().join("store.json");
    let content = std::fs::read(&database).unwrap();

    std::fs::remove_file(&database).unwrap();
    assert_eq!(place.open_error().code(), "database_missing");
    assert!(!database.exists());

    std::fs::write(&database, &content[..content.len() / 2]).unwrap();
    let before = files(&place.data());
    assert!(App::open(place.settings()).is_err(), "half a database");
    assert_eq!(files(&place.data()), before);

    std::fs::write(&database, b"").unwrap();
    assert!(App::open(place.settings()).is_err(), "an empty database");
    assert_eq!(std::fs::read(&database).unwrap(), b"");

    std::fs::write(&database, &content).unwrap();
    let described = std::fs::read_to_string(&card).unwrap();
    std::fs::remove_file(&card).unwrap();
    assert_eq!(place.open_error().code(), "store_card_missing");
    std::fs::write(&card, "{").unwrap();
    assert_eq!(place.open_error().code(), "store_card_damaged");
    std::fs::write(&card, described.replace("\"format\": 1", "\"format\": 2")).unwrap();
    assert_eq!(place.open_error().code(), "store_newer");
    std::fs::write(&card, described).unwrap();
    place.open();
}

#[test]
fn a_half_made_store_is_gone_on_with() {
    let place = Place::new();
    place.close(place.open());
    let card = place.data().join("store.json");
    let complete = std::fs::read_to_string(&card).unwrap();
    let begun = complete.replace("\"complete\": true", "\"complete\": false");
    assert_ne!(begun, complete);

    // Ended after the card, and in the middle of making the database.
    std::fs::write(&card, &begun).unwrap();
    std::fs::remove_file(place.data().join("lectern.db")).unwrap();
    place.close(place.open());
    assert_eq!(std::fs::read_to_string(&card).unwrap(), complete);

    std::fs::write(&card, &begun).unwrap();
    std::fs::write(place.data().join("lectern.db"), b"").unwrap();
    place.close(place.open());

    // Ended after the database.
    std::fs::write(&card, &begun).unwrap();
    let app = place.open();
    submit(&app, "one.jpg", PASSPORT).unwrap();
    assert_eq!(std::fs::read_to_string(&card).unwrap(), complete);
}
