//! The store on a real sealed file: keys, migrations, transactions and claims.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{collections::BTreeSet, path::PathBuf, sync::Mutex};

use lectern_store::{
    self as store, DatabaseKey, Error, Store,
    jobs::{self, End, Lease, NewJob},
    settings,
};
use model::{JobId, Timestamp};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_795_248_000_000);

fn key(seed: u8) -> DatabaseKey {
    DatabaseKey::new([seed; 32].into())
}

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("lectern.db")
    }

    fn create(&self) -> Store {
        Store::create(&self.path(), &key(1)).unwrap()
    }

    /// A plain connection to the same file, for what the store itself never does.
    fn raw(&self) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(self.path()).unwrap();
        let literal = format!("x'{}'", "01".repeat(32));
        connection.pragma_update(None, "key", literal).unwrap();
        connection
    }
}

#[test]
fn only_the_right_key_opens_and_a_wrong_one_changes_nothing() {
    let place = Place::new();
    let store = place.create();
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
    let beside = std::fs::read_dir(place.0.path()).unwrap().count();
    assert_eq!(beside, 1, "no log is left beside it");

    let store = Store::open(&place.path(), &key(1)).unwrap();
    let kept = settings::get(&store.read().unwrap(), "name").unwrap();
    assert_eq!(kept.as_deref(), Some("ERIKSSON"));
}

#[test]
fn a_missing_file_is_not_made_by_opening() {
    let place = Place::new();
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
    let place = Place::new();
    drop(place.create());
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

#[test]
fn the_way_down_takes_everything_back() {
    let place = Place::new();
    drop(place.create());
    let raw = place.raw();
    let down = include_str!("../../../migrations/sqlite/V20261121080000__create.down.sql");
    raw.execute_batch(down).unwrap();
    let mut statement = raw
        .prepare("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
        .unwrap();
    let names = statement
        .query_map([], |row| row.get::<_, String>("name"))
        .unwrap();
    let names: Vec<_> = names.map(Result::unwrap).collect();
    assert_eq!(names, ["refinery_schema_history"]);
}

#[test]
fn a_transaction_that_is_not_committed_never_was() {
    let place = Place::new();
    let store = place.create();
    let before = store.read().unwrap();
    let transaction = store.write().unwrap();
    settings::set(&transaction, "kept", "no").unwrap();
    assert!(settings::get(&transaction, "kept").unwrap().is_some());
    assert!(
        settings::get(&store.read().unwrap(), "kept")
            .unwrap()
            .is_none()
    );
    drop(transaction);
    assert!(
        settings::get(&store.read().unwrap(), "kept")
            .unwrap()
            .is_none()
    );

    assert!(settings::get(&before, "kept").unwrap().is_none());
    let transaction = store.write().unwrap();
    settings::set(&transaction, "kept", "yes").unwrap();
    transaction.commit().unwrap();
    let seen = settings::get(&before, "kept").unwrap();
    assert!(
        seen.is_none(),
        "a snapshot sees one state from first to last"
    );
    assert!(
        settings::get(&store.read().unwrap(), "kept")
            .unwrap()
            .is_some()
    );
}

fn job(number: u128, run_after: Timestamp, priority: i64) -> NewJob<'static> {
    NewJob {
        id: JobId(Uuid::from_u128(number)),
        queue: "ocr",
        kind: "read_document",
        document: None,
        payload: "{}",
        priority,
        run_after,
        dedupe_key: None,
        created_at: NOW,
    }
}

fn lease(token: &str) -> Lease<'_> {
    Lease {
        token,
        worker: "test",
        until: Timestamp(NOW.0 + 1000),
    }
}

#[test]
fn the_most_urgent_due_job_is_claimed_first() {
    let place = Place::new();
    let store = place.create();
    let transaction = store.write().unwrap();
    let later = Timestamp(NOW.0 + 1);
    for job in [
        job(1, NOW, 0),
        job(2, later, 9),
        job(3, NOW, 5),
        job(4, Timestamp(NOW.0 - 1), 0),
    ] {
        assert!(jobs::insert(&transaction, &job).unwrap());
    }
    let claim = |now| {
        let claimed = jobs::claim(&transaction, "ocr", &lease("one"), now).unwrap();
        claimed.map(|claimed| claimed.id.0.as_u128())
    };
    let order = [claim(NOW), claim(NOW), claim(NOW), claim(NOW), claim(later)];
    assert_eq!(order, [Some(3), Some(1), Some(4), None, Some(2)]);
    assert!(
        jobs::claim(&transaction, "media", &lease("one"), later)
            .unwrap()
            .is_none()
    );
}

#[test]
fn a_job_that_was_left_comes_after_those_that_never_were() {
    let place = Place::new();
    let store = place.create();
    let transaction = store.write().unwrap();
    for number in 1..=2 {
        jobs::insert(&transaction, &job(number, NOW, 0)).unwrap();
    }
    let claim = |now| {
        let now = Timestamp(NOW.0 + now);
        let claimed = jobs::claim(&transaction, "ocr", &lease("one"), now).unwrap();
        claimed.map(|claimed| (claimed.id.0.as_u128(), claimed.crashes))
    };
    assert_eq!(claim(0), Some((1, 0)));
    assert_eq!(
        claim(1000),
        Some((2, 0)),
        "the lease of the first has ended"
    );
    assert_eq!(claim(1000), Some((1, 1)));
}

#[test]
fn one_key_waits_once() {
    let place = Place::new();
    let store = place.create();
    let transaction = store.write().unwrap();
    let keyed = |number| NewJob {
        dedupe_key: Some("the same"),
        ..job(number, NOW, 0)
    };
    assert!(jobs::insert(&transaction, &keyed(1)).unwrap());
    assert!(!jobs::insert(&transaction, &keyed(2)).unwrap());
    let claimed = jobs::claim(&transaction, "ocr", &lease("one"), NOW)
        .unwrap()
        .unwrap();
    assert!(
        !jobs::insert(&transaction, &keyed(3)).unwrap(),
        "also while it runs"
    );
    assert!(!jobs::end(&transaction, claimed.id, "another", End::Done, None, NOW).unwrap());
    assert!(jobs::end(&transaction, claimed.id, "one", End::Done, None, NOW).unwrap());
    assert!(jobs::insert(&transaction, &keyed(4)).unwrap());
}

#[test]
fn many_workers_claim_every_job_once() {
    let place = Place::new();
    let store = place.create();
    let transaction = store.write().unwrap();
    for number in 0..100 {
        jobs::insert(&transaction, &job(number, NOW, 0)).unwrap();
    }
    transaction.commit().unwrap();
    let claimed = Mutex::new(Vec::new());
    // Each with a store of its own, as processes have.
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let (claimed, path) = (&claimed, place.path());
            scope.spawn(move || {
                let store = Store::open(&path, &key(1)).unwrap();
                loop {
                    let token = format!("worker {worker}");
                    let transaction = store.write().unwrap();
                    let job = jobs::claim(&transaction, "ocr", &lease(&token), NOW).unwrap();
                    transaction.commit().unwrap();
                    match job {
                        Some(job) => claimed.lock().unwrap().push(job.id),
                        None => break,
                    }
                }
            });
        }
    });
    let claimed = claimed.into_inner().unwrap();
    assert_eq!(claimed.len(), 100);
    assert_eq!(claimed.iter().collect::<BTreeSet<_>>().len(), 100);
    assert_eq!(
        store::jobs::counts(&store.read().unwrap()).unwrap(),
        (0, 100)
    );
}
