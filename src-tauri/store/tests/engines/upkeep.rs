//! Copying rows from engine to engine, thumbnails, wrapped keys, and what the engine says of itself.

use lectern_store::{
    Error, Snapshot, Store, Transaction, blobs, copy, inspect, records, settings, thumbnails,
};
use model::{BlobDigest, DocumentId, Timestamp};

use crate::place::{PATIENCE, Place, key, on_both_engines};

fn digest(number: u8) -> BlobDigest {
    BlobDigest::try_from(format!("{number:02x}").repeat(32)).unwrap()
}

fn reserve(store: &Store, number: u8, master: &str) {
    let transaction = store.write().unwrap();
    let blob = blobs::Blob {
        digest: digest(number),
        object_name: format!("object-{number}"),
        wrapped_key: format!("{master}:{number}"),
        size: 1,
        created_at: Timestamp(i64::from(number)),
    };
    blobs::reserve(&transaction, &blob).unwrap();
    transaction.commit().unwrap();
}

fn keys_wrapped_by_others_are_found_and_wrapped_anew(place: &Place) {
    let store = place.open();
    reserve(&store, 1, "0000aaaa");
    reserve(&store, 2, "0000bbbb");
    reserve(&store, 3, "0000aaaa");
    let transaction = store.write().unwrap();
    let others = || blobs::wrapped_otherwise(&transaction, "0000bbbb", 10).unwrap();
    let found: Vec<_> = others().into_iter().map(|blob| blob.digest).collect();
    assert_eq!(found, [digest(1), digest(3)]);
    for digest in &found {
        blobs::rewrap(&transaction, digest, "0000bbbb:anew").unwrap();
    }
    assert!(others().is_empty());
    let page = |after| blobs::page(&transaction, after, 2).unwrap();
    let first = page(None);
    assert_eq!(first.len(), 2);
    assert_eq!(page(Some(&first[1].digest)).len(), 1);
    let named = blobs::named(&transaction, &["object-1", "object-9"]).unwrap();
    assert_eq!(named, ["object-1"]);
}

fn reservations_without_a_document_are_found_once_they_are_old(place: &Place) {
    let store = place.open();
    reserve(&store, 1, "0000aaaa");
    reserve(&store, 5, "0000aaaa");
    let snapshot = store.read().unwrap();
    let abandoned = blobs::abandoned(&snapshot, Timestamp(5), 10).unwrap();
    assert_eq!(abandoned.len(), 1);
    assert_eq!(abandoned[0].digest, digest(1));
}

fn every_table_is_copied_or_left_out_on_purpose(place: &Place) {
    let store = place.open();
    let copied = copy::TABLES.iter().map(|table| table.name);
    let mut known: Vec<&str> = copied.chain(copy::LEFT_OUT.iter().copied()).collect();
    known.push("refinery_schema_history");
    known.sort_unstable();
    let mut found = copy::tables(&store.read().unwrap()).unwrap();
    found.sort_unstable();
    assert_eq!(found, known, "name new tables in `copy`");
}

/// A table that refers to documents loses its rows when one is closed away, unless they move with it.
fn every_table_of_a_document_moves_or_is_left_behind_on_purpose(place: &Place) {
    let store = place.open();
    let found = match place {
        Place::File(_) => {
            let question = "SELECT held.name AS name FROM sqlite_schema AS held
                JOIN pragma_foreign_key_list(held.name) AS bound
                WHERE held.type = 'table' AND bound.\"table\" = 'documents'";
            let rows = inspect::ask(&store.read().unwrap(), question, 1000, PATIENCE).unwrap();
            let names = rows.iter().map(|row| row["name"].as_str().unwrap());
            names.collect::<Vec<_>>().join("\n")
        }
        Place::Server(database) => {
            let question = "SELECT conrelid::regclass FROM pg_constraint
                WHERE confrelid = 'documents'::regclass";
            database.ask(question).unwrap()
        }
    };
    assert!(found.contains("readings"), "{found}");
    let moved = records::TABLES.iter().map(|(name, _)| *name);
    let known: Vec<&str> = moved.chain(records::LEFT_BEHIND.iter().copied()).collect();
    for name in found.lines() {
        assert!(known.contains(&name), "name `{name}` in `records`");
    }
}

fn rows_come_out_of_one_database_and_go_into_another(place: &Place) {
    let store = place.open();
    for number in 1..=5 {
        reserve(&store, number, "0000aaaa");
    }
    let transaction = store.write().unwrap();
    settings::set(&transaction, "one", "a \"quoted\" text, é").unwrap();
    transaction.commit().unwrap();

    let snapshot = store.read().unwrap();
    for other in [Place::file(), Place::server()] {
        let other = other.open();
        let transaction = other.write().unwrap();
        for table in copy::TABLES {
            carry(&snapshot, &transaction, *table);
        }
        transaction.commit().unwrap();
        let restored = other.read().unwrap();
        assert_eq!(
            blobs::by_digest(&restored, &digest(4)).unwrap(),
            blobs::by_digest(&snapshot, &digest(4)).unwrap()
        );
        let one = settings::get(&restored, "one").unwrap();
        assert_eq!(one.unwrap(), "a \"quoted\" text, é");
    }
}

fn carry(from: &Snapshot, to: &Transaction, table: copy::Table) {
    let mut last = None;
    loop {
        let rows = copy::rows(from, table, last.as_ref(), 2).unwrap();
        for row in &rows {
            copy::insert(to, table, row).unwrap();
        }
        match rows.into_iter().last() {
            Some(row) => last = Some(row),
            None => break,
        }
    }
    copy::count_on(to, table).unwrap();
    let held = |snapshot: &Snapshot| copy::count(snapshot, table).unwrap();
    assert_eq!(held(to), held(from));
}

fn a_copy_cannot_smuggle_in_a_statement(place: &Place) {
    let store = place.open();
    let transaction = store.write().unwrap();
    let mut row = copy::Row::new();
    row.insert("name) VALUES ('x'); --".to_owned(), "x".into());
    let table = copy::TABLES.iter().find(|table| table.name == "settings");
    assert!(copy::insert(&transaction, *table.unwrap(), &row).is_err());
}

fn a_document_that_is_not_there_has_no_thumbnail(place: &Place) {
    let store = place.open();
    let snapshot = store.read().unwrap();
    let id: DocumentId = "01939d3e-0000-7000-8000-000000000001".parse().unwrap();
    assert_eq!(thumbnails::of_document(&snapshot, id).unwrap(), None);
    assert!(thumbnails::page(&snapshot, None, 10).unwrap().is_empty());
    assert!(thumbnails::missing(&snapshot, 10).unwrap().is_empty());
    assert!(thumbnails::named(&snapshot, &["one"]).unwrap().is_empty());
    assert!(
        thumbnails::wrapped_otherwise(&snapshot, "0000aaaa", 10)
            .unwrap()
            .is_empty()
    );
}

fn a_sound_database_has_no_complaints(place: &Place) {
    let store = place.open();
    let complaints = copy::complaints(&store.read().unwrap()).unwrap();
    assert_eq!(complaints, Vec::<String>::new());
}

on_both_engines![
    keys_wrapped_by_others_are_found_and_wrapped_anew,
    reservations_without_a_document_are_found_once_they_are_old,
    every_table_is_copied_or_left_out_on_purpose,
    every_table_of_a_document_moves_or_is_left_behind_on_purpose,
    rows_come_out_of_one_database_and_go_into_another,
    a_copy_cannot_smuggle_in_a_statement,
    a_document_that_is_not_there_has_no_thumbnail,
    a_sound_database_has_no_complaints,
];

#[test]
fn a_file_is_sealed_anew_unless_somebody_has_it_open() {
    let place = Place::file();
    let store = place.open();
    reserve(&store, 1, "0000aaaa");
    let busy = Store::rekey(&place.path(), &key(1), &key(2)).unwrap_err();
    assert!(matches!(busy, Error::Busy), "{busy:?}");
    drop(store);
    let before = std::fs::read(place.path()).unwrap();
    let wrong = Store::rekey(&place.path(), &key(3), &key(2)).unwrap_err();
    assert!(matches!(wrong, Error::KeyOrFile), "{wrong:?}");
    assert_eq!(std::fs::read(place.path()).unwrap(), before);

    Store::rekey(&place.path(), &key(1), &key(2)).unwrap();
    assert!(matches!(
        Store::open(&place.path(), &key(1)),
        Err(Error::KeyOrFile)
    ));
    let store = Store::open(&place.path(), &key(2)).unwrap();
    let found = blobs::by_digest(&store.read().unwrap(), &digest(1)).unwrap();
    assert_eq!(found.unwrap().object_name, "object-1");
}

/// A connection that searched keeps what it knows of the search index, and what others wrote since must not
/// look like damage to it.
#[test]
fn what_others_wrote_since_a_search_is_not_taken_for_damage() {
    let place = Place::file();
    let store = place.open();
    let write = |number: u32| {
        let insert = "INSERT INTO document_terms (terms, rowid) VALUES";
        place.run(&format!("{insert} ('anna word{number}', {number})"));
    };
    let find = |snapshot: &Snapshot| {
        let question =
            "SELECT count(*) AS held FROM document_terms WHERE document_terms MATCH 'anna'";
        inspect::ask(snapshot, question, 1, PATIENCE).unwrap()[0]["held"].clone()
    };
    write(1);
    let searched = store.read().unwrap();
    assert_eq!(find(&searched), 1);
    drop(searched);
    for number in 2..=40 {
        write(number);
    }
    place.run("DELETE FROM document_terms WHERE rowid = 1");
    // The pool lends last what came back first, so all of its connections are asked.
    let all: Vec<Snapshot> = (0..8).map(|_| store.read().unwrap()).collect();
    for snapshot in &all {
        assert_eq!(copy::complaints(snapshot).unwrap(), Vec::<String>::new());
    }
    assert_eq!(find(&all[0]), 39);
}
