//! A store whose key is lost, and one whose keys are changed.

use std::path::Path;

use lectern_app::{
    App, Error, Secret, Settings, documents,
    keys::{recovery, rekey, rotation, verification},
};

use crate::place::{PASSPORT, Place, VISA, files, me, submit};

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The same data on a machine that has no key.
fn elsewhere(place: &Place, name: &str) -> Settings {
    copy_folder(&place.data(), &place.path(name).join("data"));
    Settings {
        data_dir: place.path(name).join("data"),
        config_dir: place.path(name).join("config"),
        ..place.settings()
    }
}

fn all_well(app: &App) {
    for check in verification::verify(app, &me(app)).unwrap() {
        assert!(check.ok, "{}: {}", check.name, check.message);
    }
}

#[test]
fn the_recovery_code_opens_a_copy_on_a_machine_without_the_key() {
    let place = Place::new();
    let app = place.open();
    let code = app.recovery_code().unwrap().expose().to_owned();
    let kept = submit(&app, "one.jpg", PASSPORT).unwrap().document.document;
    place.close(app);
    assert!(place.open().recovery_code().is_none(), "said once");

    let settings = elsewhere(&place, "other");
    assert_eq!(
        App::open(settings.clone()).unwrap_err().code(),
        "key_missing"
    );
    let before = files(&settings.data_dir);
    let mut wrong = code.clone().into_bytes();
    wrong.swap(0, 1);
    let stranger = Place::new()
        .open()
        .recovery_code()
        .unwrap()
        .expose()
        .to_owned();
    for (code, expected) in [
        ("", "recovery_code_mistyped"),
        (&code[1..], "recovery_code_mistyped"),
        (stranger.as_str(), "recovery_code_wrong"),
    ] {
        let refused = recovery::recover(&settings, code).unwrap_err();
        assert_eq!(refused.code(), expected);
        assert!(!format!("{refused} {refused:?}").contains(&stranger));
    }
    assert!(!settings.config_dir.exists());
    assert_eq!(files(&settings.data_dir), before);

    let told = recovery::recover(&settings, &code.to_uppercase()).unwrap();
    assert!(told.contains("other/config/keys"), "{told}");
    assert_eq!(files(&settings.data_dir), before);
    let app = App::open(settings.clone()).unwrap();
    documents::verify(&app, &me(&app), kept.id).unwrap();
    all_well(&app);
    assert!(recovery::fits(&app, &me(&app), &code).unwrap());
    assert!(!recovery::fits(&app, &me(&app), &stranger).unwrap());
    drop(app);

    let again = recovery::recover(&settings, &code).unwrap();
    assert!(again.contains("where it was"), "{again}");
}

#[test]
fn a_key_in_the_way_is_set_aside_and_kept() {
    let place = Place::new();
    let app = place.open();
    let code = app.recovery_code().unwrap().expose().to_owned();
    place.close(app);
    let keys = place.config().join("keys");
    let key = std::fs::read_dir(&keys)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let right = std::fs::read(&key).unwrap();
    let wrong = "5a".repeat(32);
    std::fs::write(&key, &wrong).unwrap();
    recovery::recover(&place.settings(), &code).unwrap();
    assert_eq!(std::fs::read(&key).unwrap(), right);
    let kept = files(&keys);
    assert!(kept.values().any(|content| content.0 == wrong.as_bytes()));
    place.open();
}

#[test]
fn a_new_code_ends_the_one_before() {
    let place = Place::new();
    let app = place.open();
    let old = app.recovery_code().unwrap().expose().to_owned();
    let new = recovery::new_code(&app, &me(&app)).unwrap();
    assert!(!recovery::fits(&app, &me(&app), &old).unwrap());
    assert!(recovery::fits(&app, &me(&app), new.expose()).unwrap());
    assert_eq!(format!("{new:?}"), "Secret");
}

#[test]
fn the_key_is_rotated_under_everybody_who_works_with_it() {
    let place = Place::new();
    let app = place.open();
    let old_code = app.recovery_code().unwrap().expose().to_owned();
    // As another process has it open.
    let other = place.open();
    let one = submit(&app, "one.jpg", PASSPORT).unwrap().document.document;
    let key = std::fs::read_dir(place.config().join("keys")).unwrap();
    let key = key.map(|entry| entry.unwrap().path()).next().unwrap();
    let old_key = std::fs::read(&key).unwrap();

    let rotated = rotation::rotate(&app, &me(&app), None).unwrap();
    assert!(rotated.rewrapped >= 2, "{}", rotated.rewrapped);
    assert!(rotated.waits_for.is_none());
    let new_key = std::fs::read(&key).unwrap();
    assert_ne!(new_key, old_key);

    // The other process goes on: it reads what was rewrapped, and what it adds opens for everybody.
    documents::verify(&other, &me(&other), one.id).unwrap();
    let two = submit(&other, "two.jpg", VISA).unwrap().document.document;
    documents::verify(&app, &me(&app), two.id).unwrap();
    all_well(&app);
    all_well(&other);
    assert!(!recovery::fits(&app, &me(&app), &old_code).unwrap());
    assert!(recovery::fits(&app, &me(&app), rotated.code.expose()).unwrap());
    drop(other);
    place.close(app);

    std::fs::write(&key, &old_key).unwrap();
    assert_eq!(place.open_error().code(), "key_wrong");
    std::fs::write(&key, &new_key).unwrap();
    let app = place.open();
    for id in [one.id, two.id] {
        documents::verify(&app, &me(&app), id).unwrap();
    }
}

#[test]
fn a_process_that_learns_of_a_rotation_only_by_wrapping_wraps_with_the_new_key() {
    let place = Place::new();
    let app = place.open();
    let other = place.open();
    let rotated = rotation::rotate(&app, &me(&app), None).unwrap();
    drop(rotated);
    // Nothing was read before, so nothing failed to open.
    let two = submit(&other, "two.jpg", VISA).unwrap().document.document;
    drop(other);
    documents::verify(&app, &me(&app), two.id).unwrap();
    place.close(app);
    documents::verify(&place.open(), &me(&place.open()), two.id).unwrap();
}

#[test]
fn a_key_from_the_environment_is_changed_in_two_steps() {
    let place = Place::new();
    let text = "0f".repeat(32);
    let with = |key: &str| Settings {
        key: Some(Secret::new(key.to_owned())),
        ..place.settings()
    };
    let app = App::open(with(&text)).unwrap();
    assert!(!place.config().exists(), "the key is kept nowhere");
    let one = submit(&app, "one.jpg", PASSPORT).unwrap().document.document;
    let refused = rotation::rotate(&app, &me(&app), None).unwrap_err();
    assert_eq!(refused.code(), "key_place_fixed");

    let new_file = place.path("new.key");
    let rotated = rotation::rotate(&app, &me(&app), Some(new_file.clone())).unwrap();
    assert_eq!(rotated.waits_for, Some(new_file.clone()));
    place.close(app);
    let new = std::fs::read_to_string(&new_file).unwrap();
    assert_ne!(new.trim(), text);

    // Until everybody has the new key, either opens the store and everything in it.
    for key in [text.as_str(), &new] {
        let app = App::open(with(key)).unwrap();
        documents::verify(&app, &me(&app), one.id).unwrap();
        place.close(app);
    }
    let app = App::open(with(&new)).unwrap();
    let ended = rotation::rotate(&app, &me(&app), None).unwrap();
    assert!(ended.waits_for.is_none());
    all_well(&app);
    place.close(app);
    let before = files(&place.data());
    let refused = App::open(with(&text)).unwrap_err();
    assert_eq!(refused.code(), "key_wrong");
    assert!(refused.to_string().contains("LECTERN_KEY"));
    assert_eq!(
        App::open(with("no key")).unwrap_err().code(),
        "key_text_invalid"
    );
    assert_eq!(files(&place.data()), before);
}

#[test]
fn the_database_file_is_sealed_anew_when_nobody_has_it_open() {
    let place = Place::new();
    let app = place.open();
    let one = submit(&app, "one.jpg", PASSPORT).unwrap().document.document;
    let refused = rekey::rekey(&place.settings()).unwrap_err();
    assert!(matches!(refused, Error::StoreInUse), "{refused:?}");
    place.close(app);
    let card = place.data().join("store.json");
    let database = place.data().join("lectern.db");
    let (old_card, old_database) = (
        std::fs::read(&card).unwrap(),
        std::fs::read(&database).unwrap(),
    );
    rekey::rekey(&place.settings()).unwrap();
    let new_database = std::fs::read(&database).unwrap();
    assert_ne!(new_database, old_database);
    let app = place.open();
    documents::verify(&app, &me(&app), one.id).unwrap();
    place.close(app);

    // The old key is of no use any more.
    let new_card = std::fs::read(&card).unwrap();
    std::fs::write(&card, old_card).unwrap();
    assert_eq!(place.open_error().code(), "database_not_opened");
    std::fs::write(&card, new_card).unwrap();
    place.open();
}
