//! What the doctor finds, tells and mends.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use lectern_app::{
    App,
    doctor::{self, Depth},
    health::HealthCheck,
    images, links,
    links::Linked,
};
use model::Timestamp;

use crate::place::{PASSPORT, Place, VISA, detail, files, me, read_to_end, submit};

fn examine(app: &App, depth: Depth) -> Vec<HealthCheck> {
    doctor::examine(app, &me(app), depth, &|_| {}).unwrap()
}

/// What the doctor says of one thing.
fn of(app: &App, depth: Depth, name: &str) -> HealthCheck {
    let checks = examine(app, depth);
    checks.into_iter().find(|check| check.name == name).unwrap()
}

/// The one stored file.
fn stored(place: &Place) -> PathBuf {
    let mut stored = files(&place.data().join("blobs")).into_keys();
    let path = stored.next().unwrap();
    assert_eq!(stored.next(), None);
    path
}

#[test]
fn a_sound_store_is_well() {
    let place = Place::new();
    let app = place.open();
    submit(&app, "one.jpg", PASSPORT).unwrap();
    for depth in [Depth::Quick, Depth::Whole] {
        for check in examine(&app, depth) {
            assert!(check.ok, "{}: {}", check.name, check.message);
        }
    }
}

#[test]
fn a_file_that_is_missing_or_altered_is_told_of_its_document_until_it_is_back() {
    let place = Place::new();
    let app = place.open();
    let id = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    let path = stored(&place);
    let content = std::fs::read(&path).unwrap();
    let problem = || {
        let document = detail(&app, id).summary.document;
        document.problem.map(|problem| problem.code)
    };

    let mut altered = content.clone();
    altered[500] ^= 1;
    std::fs::write(&path, &altered).unwrap();
    assert!(of(&app, Depth::Quick, "files").ok, "as long as it was");
    let told = of(&app, Depth::Whole, "files");
    assert!(!told.ok);
    assert!(told.message.contains(&id.to_string()), "{}", told.message);
    assert!(told.message.contains("was altered"), "{}", told.message);
    assert_eq!(problem().unwrap(), "stored_file_altered");

    std::fs::write(&path, &content[..100]).unwrap();
    assert!(!of(&app, Depth::Quick, "files").ok);
    std::fs::remove_file(&path).unwrap();
    let told = of(&app, Depth::Quick, "files");
    assert!(told.message.contains("is missing"), "{}", told.message);
    assert_eq!(problem().unwrap(), "stored_file_missing");

    std::fs::write(&path, &content).unwrap();
    assert!(of(&app, Depth::Whole, "files").ok);
    assert_eq!(problem(), None);
}

#[test]
fn others_looking_in_is_told() {
    use std::os::unix::fs::PermissionsExt;

    let place = Place::new();
    let app = place.open();
    assert!(of(&app, Depth::Quick, "permissions").ok);
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(place.data(), open).unwrap();
    let told = of(&app, Depth::Quick, "permissions");
    assert!(
        !told.ok && told.message.contains("chmod 700"),
        "{}",
        told.message
    );
}

#[test]
fn a_page_of_the_database_that_was_altered_is_found() {
    let place = Place::new();
    let app = place.open();
    submit(&app, "one.jpg", PASSPORT).unwrap();
    place.close(app);
    let database = place.data().join("lectern.db");
    let mut content = std::fs::read(&database).unwrap();
    let last = content.len() - 2000;
    content[last] ^= 1;
    std::fs::write(&database, content).unwrap();
    // The page may be needed for opening already.
    if let Ok(app) = App::open(place.settings()) {
        assert!(!of(&app, Depth::Quick, "database_file").ok);
    }
}

/// Lets a file look as if it had been written by the test's clock, some days ago.
fn age(path: &Path, now: Timestamp, days: u64) {
    let at = SystemTime::UNIX_EPOCH + Duration::from_millis(now.0 as u64);
    let file = std::fs::File::options().write(true).open(path).unwrap();
    file.set_modified(at - Duration::from_hours(24 * days))
        .unwrap();
}

#[test]
fn what_nothing_refers_to_is_removed_once_it_is_old() {
    use lectern_app::clock::Clock as _;

    let place = Place::new();
    let app = place.open();
    submit(&app, "one.jpg", PASSPORT).unwrap();
    let kept = stored(&place);
    let now = place.clock.now();
    age(&kept, now, 30);
    let shelf = kept.parent().unwrap();
    let name = kept.file_name().unwrap().to_str().unwrap().to_owned();
    let mut others = ['0', '1', '2']
        .into_iter()
        .filter(|last| !name.ends_with(*last));
    let mut orphan = || shelf.join(format!("{}{}", &name[..63], others.next().unwrap()));
    let (old, young) = (orphan(), orphan());
    for (path, days) in [(&old, 2), (&young, 0)] {
        std::fs::write(path, "sealed").unwrap();
        age(path, now, days);
    }
    let half = shelf.join(format!("{name}#7"));
    std::fs::write(&half, "half").unwrap();
    age(&half, now, 2);

    let told = of(&app, Depth::Quick, "orphans");
    assert!(
        !told.ok && told.message.starts_with("1 stored objects"),
        "{}",
        told.message
    );
    let removed = doctor::clean(&app, &me(&app)).unwrap();
    assert_eq!(removed, 2, "the old orphan and what was half written");
    assert!(kept.exists() && young.exists());
    assert!(!old.exists() && !half.exists());
    assert!(of(&app, Depth::Quick, "orphans").ok);
}

#[test]
fn a_thumbnail_is_made_by_a_job_kept_sealed_and_made_again_when_it_is_lost() {
    let place = Place::new();
    let app = place.open();
    let id = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    let before = stored(&place);
    read_to_end(&app, id);
    Place::work_off(&app);
    let blobs = files(&place.data().join("blobs"));
    let thumbnail = blobs.keys().find(|path| **path != before).unwrap().clone();
    assert_eq!(blobs.len(), 2);
    assert!(
        !blobs[&thumbnail]
            .0
            .windows(4)
            .any(|window| window == b"JFIF")
    );
    let jpeg = images::thumbnail_jpeg(&app, &me(&app), id).unwrap();
    let picture = image::load_from_memory(&jpeg).unwrap();
    assert_eq!(picture.width().max(picture.height()), 300);

    std::fs::remove_file(&thumbnail).unwrap();
    assert!(!of(&app, Depth::Whole, "thumbnails").ok);
    assert!(
        of(&app, Depth::Whole, "thumbnails").ok,
        "forgotten, to be made again"
    );
    images::thumbnail_jpeg(&app, &me(&app), id).unwrap();

    lectern_app::documents::delete(&app, &me(&app), id).unwrap();
    assert!(files(&place.data().join("blobs")).is_empty());
}

#[test]
fn an_address_gives_one_thing_for_a_while_and_cannot_be_changed() {
    let place = Place::new();
    let app = place.open();
    let one = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    let two = submit(&app, "two.jpg", VISA).unwrap().document.document.id;
    let make = |linked| links::make(&app, &me(&app), one, linked, 60).unwrap();
    let parts = |address: &str| {
        let rest = address.strip_prefix("/files/").unwrap();
        let (key, query) = rest.split_once("?exp=").unwrap();
        let (expires, signature) = query.split_once("&sig=").unwrap();
        (
            key.to_owned(),
            expires.parse::<i64>().unwrap(),
            signature.to_owned(),
        )
    };
    let (key, expires, signature) = parts(&make(Linked::Original));
    let fetched = links::fetch(&app, &key, expires, &signature).unwrap();
    assert_eq!(fetched.bytes, PASSPORT);
    assert_eq!(fetched.media_type, "image/jpeg");
    for linked in [Linked::Thumbnail, Linked::Page(0)] {
        let (key, expires, signature) = parts(&make(linked));
        let fetched = links::fetch(&app, &key, expires, &signature).unwrap();
        image::load_from_memory(&fetched.bytes).unwrap();
    }

    let refuse = |key: &str, expires, signature: &str| {
        let refused = links::fetch(&app, key, expires, signature).unwrap_err();
        assert_eq!(refused.code(), "link_invalid");
    };
    refuse(&key.replace("original", "thumbnail"), expires, &signature);
    refuse(
        &key.replace(&one.to_string(), &two.to_string()),
        expires,
        &signature,
    );
    refuse(&key, expires + 1, &signature);
    refuse(&key, expires, &signature.replace(&signature[..1], "g"));
    refuse(&key, expires, "");
    place.clock.turn(59_000);
    links::fetch(&app, &key, expires, &signature).unwrap();
    place.clock.turn(1_000);
    refuse(&key, expires, &signature);
}
