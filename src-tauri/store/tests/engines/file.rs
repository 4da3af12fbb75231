//! What only a sealed file has: its key, and that nothing is made in its place.

use lectern_store::{Error, Store, settings};

use crate::place::{Place, key};

#[test]
fn only_the_right_key_opens_and_a_wrong_one_changes_nothing() {
    let place = Place::file();
    let store = place.open();
    let transaction = store.write().unwrap();
    settings::set(&transaction, "name", "ERIKSSON").unwrap();
    transaction.commit().unwrap();
    drop(store);

    let before = std::fs::read(place.path()).unwrap();
    assert!(!before.starts_with(b"SQLite format 3"));
    assert!(!before.windows(8).any(|window| window == b"ERIKSSON"));
    assert!(matches!(
        Store::open(&place.path(), &key(2)),
        Err(Error::KeyOrFile)
    ));
    assert!(std::fs::read(place.path()).unwrap() == before);
    let beside = std::fs::read_dir(place.path().parent().unwrap()).unwrap();
    let mut beside: Vec<_> = beside.map(|one| one.unwrap().file_name()).collect();
    beside.sort();
    let expected = ["lectern.db", "lectern.db-line"];
    assert_eq!(beside, expected, "no log is left beside it");

    let store = Store::open(&place.path(), &key(1)).unwrap();
    let kept = settings::get(&store.read().unwrap(), "name").unwrap();
    assert_eq!(kept.as_deref(), Some("ERIKSSON"));
}

#[test]
fn a_missing_file_is_not_made_by_opening() {
    let place = Place::file();
    assert!(Store::open(&place.path(), &key(1)).is_err());
    assert!(!place.path().exists());
    std::fs::write(place.path(), b"").unwrap();
    assert!(matches!(
        Store::open(&place.path(), &key(1)),
        Err(Error::KeyOrFile)
    ));
}

#[test]
fn a_newer_or_diverged_schema_is_refused() {
    let place = Place::file();
    drop(place.open());
    let raw = place.raw();
    raw.execute(
        "INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
         VALUES (99990101000000, 'from_the_future', '9999-01-01T00:00:00Z', '1')",
        [],
    )
    .unwrap();
    let refused = Store::open(&place.path(), &key(1)).unwrap_err();
    assert!(matches!(
        refused,
        Error::Newer {
            found: 99_990_101_000_000,
            ..
        }
    ));
    assert_eq!(refused.code(), "database_newer");
    assert!(!refused.to_string().contains('\n') && refused.is_permanent());

    raw.execute(
        "DELETE FROM refinery_schema_history WHERE version > 99990000000000",
        [],
    )
    .unwrap();
    drop(Store::open(&place.path(), &key(1)).unwrap());
    raw.execute("UPDATE refinery_schema_history SET checksum = '1'", [])
        .unwrap();
    let refused = Store::open(&place.path(), &key(1)).unwrap_err();
    assert!(matches!(
        refused,
        Error::Diverged {
            version: 20_261_121_080_000
        }
    ));
}
