//! A database of every schema there ever was, with rows in it, is opened by this program.
//!
//! Each is built by the migrations up to its version, as the program of its time did, and filled in the
//! columns of its time.

use lectern_store::{
    Store, corrections, documents, migrations::Schema, readings, retention, users,
};
use model::DocumentId;

use crate::place::{Place, address, key, on_both_engines};

on_both_engines![a_database_of_every_released_schema_is_migrated];

/// What each version has room for, by the version that brought it.
const ROWS: [(i64, &str); 6] = [
    (
        20_261_121_080_000,
        "INSERT INTO users (id, name, name_key, role, is_local, created_at)
             VALUES ('00000000-0000-0000-0000-000000000099', 'Anna', 'anna', 'clerk', 0, 1);
         INSERT INTO settings (name, value) VALUES ('one', '1');
         INSERT INTO blobs (digest, object_name, wrapped_key, size, created_at)
             VALUES ('DIGEST', 'object', '0000aaaa:00', 1, 1);
         INSERT INTO documents (id, name, digest, media_type, size, status, submitted_by,
                 submitted_at, changed_at, title, document_type, doubtful, pages)
             VALUES ('00000000-0000-0000-0000-000000000001', 'a.jpg', 'DIGEST', 'image/jpeg', 1,
                 'reviewed', '00000000-0000-0000-0000-000000000099', 1, 2, 'BERG, ANNA',
                 'passport', 0, 1);
         INSERT INTO readings (id, document_id, engine, read_at, reading)
             VALUES ('00000000-0000-0000-0000-000000000002',
                 '00000000-0000-0000-0000-000000000001', '1', 2, 'READING');
         INSERT INTO corrections (id, document_id, field, kind, value, corrected_by, corrected_at)
             VALUES ('00000000-0000-0000-0000-000000000003',
                 '00000000-0000-0000-0000-000000000001', 'surname', 'edited', 'BERG',
                 '00000000-0000-0000-0000-000000000099', 3);
         INSERT INTO jobs (id, queue, kind, document_id, payload, state, priority, run_after,
                 created_at, changed_at)
             VALUES ('00000000-0000-0000-0000-000000000004', 'ocr', 'read_document',
                 '00000000-0000-0000-0000-000000000001', '{}', 'done', 0, 0, 1, 2);",
    ),
    (
        20_261_121_113_000,
        "INSERT INTO schedules (name, next_at) VALUES ('clean_up_jobs', 5);",
    ),
    (
        20_261_121_123_000,
        "INSERT INTO thumbnails (document_id, object_name, wrapped_key, created_at)
             VALUES ('00000000-0000-0000-0000-000000000001', 'small', '0000aaaa:01', 3);",
    ),
    (
        20_261_121_124_500,
        "INSERT INTO audit (sequence, at, door, act, details, hash, seal)
             VALUES (1, 1, 'program', 'document.read', '{}', 'aa', 'bb');",
    ),
    (
        20_261_121_131_500,
        "INSERT INTO saved_searches (id, user_id, name, search, created_at)
             VALUES ('5', '00000000-0000-0000-0000-000000000099', 'mine', '{}', 1);",
    ),
    (
        20_261_121_142_000,
        "INSERT INTO legal_holds (document_id, reason, held_by, held_at)
             VALUES ('00000000-0000-0000-0000-000000000001', 'a claim',
                 '00000000-0000-0000-0000-000000000099', 4);",
    ),
];

const READING: &str = r#"{"engine": "1", "day": "2026-11-21", "document_type": "passport",
    "issuing_country": "UTO", "mrz_format": null, "mrz": null, "fields": {}, "checks": [],
    "problems": [], "pages": []}"#;

fn schema(place: &Place) -> Schema {
    match place {
        Place::File(_) => {
            // A sealed file with nothing in it.
            let raw = place.raw();
            raw.execute_batch("CREATE TABLE passing (id INTEGER); DROP TABLE passing")
                .unwrap();
            drop(raw);
            Schema::open(&place.path(), &key(1)).unwrap()
        }
        Place::Server(database) => Schema::connect(&address(&database.url())).unwrap(),
    }
}

fn open(place: &Place) -> Store {
    match place {
        Place::File(_) => Store::open(&place.path(), &key(1)).unwrap(),
        Place::Server(database) => Store::connect(&address(&database.url())).unwrap(),
    }
}

fn a_database_of_every_released_schema_is_migrated(place: &Place) {
    let mut versions = {
        drop(place.open());
        let mut schema = schema_of(place);
        schema.history().unwrap()
    };
    versions.retain(|entry| entry.version >= ROWS[0].0);
    for entry in versions {
        let version = entry.version;
        let place = match place {
            Place::File(_) => Place::file(),
            Place::Server(_) => Place::server(),
        };
        let mut schema = schema(&place);
        schema.migrate_to(version).unwrap();
        let newest = schema.history().unwrap();
        let applied = newest.iter().filter(|one| one.applied_on.is_some());
        assert_eq!(applied.map(|one| one.version).max(), Some(version));
        drop(schema);
        for (_, sql) in ROWS.iter().filter(|(since, _)| *since <= version) {
            let sql = sql.replace("DIGEST", &"ab".repeat(32));
            place.run(&sql.replace("READING", READING));
        }

        let store = open(&place);
        let snapshot = store.read().unwrap();
        let id: DocumentId = "00000000-0000-0000-0000-000000000001".parse().unwrap();
        let found = documents::get(&snapshot, id).unwrap().unwrap();
        assert_eq!(found.derived.title.unwrap().expose(), "BERG, ANNA");
        assert_eq!((found.archived_at, found.assigned_to), (None, None));
        assert_eq!(readings::count(&snapshot, id).unwrap(), 1);
        assert!(readings::latest(&snapshot, id).unwrap().is_some());
        let held = corrections::of_document(&snapshot, id).unwrap();
        assert_eq!(held[0].value.expose(), "BERG");
        assert_eq!(users::list(&snapshot).unwrap().len(), 1);
        let is_held = retention::hold_of(&snapshot, id).unwrap().is_some();
        assert_eq!(is_held, version >= ROWS[5].0);
        let listed = documents::list(
            &snapshot,
            &documents::Filter::default(),
            &documents::Order::default(),
            10,
        );
        assert_eq!(listed.unwrap().len(), 1);
        drop(snapshot);
        drop(store);
        assert_eq!(
            schema_of(&place).drift().unwrap(),
            Vec::<String>::new(),
            "{version}"
        );
    }
}

fn schema_of(place: &Place) -> Schema {
    match place {
        Place::File(_) => Schema::open(&place.path(), &key(1)).unwrap(),
        Place::Server(database) => Schema::connect(&address(&database.url())).unwrap(),
    }
}
