//! Submitting, refusing, deleting.

use std::os::unix::net::UnixListener;

use lectern_app::{
    Error, ErrorKind,
    documents::{self, Query},
    images,
    intake::{self, Outcome},
};
use model::{ChangeKind, DocumentStatus, Role};

use crate::place::{
    PASSPORT, Place, VISA, as_role, files, hear, me, on_both_engines, status, submit,
};

on_both_engines![
    the_same_bytes_twice_are_one_document,
    a_deleted_document_is_gone_and_can_come_back,
    a_list_is_paged_by_stable_cursors,
    cancelled_documents_wait_until_they_are_retried,
];

fn blobs(place: &Place) -> usize {
    files(&place.data().join("blobs")).len()
}

fn the_same_bytes_twice_are_one_document(place: &Place) {
    let app = place.open();
    let mut changes = app.changes();
    let first = submit(&app, "passport.jpg", PASSPORT).unwrap();
    assert_eq!(first.outcome, Outcome::New);
    let document = &first.document.document;
    assert_eq!(document.status, DocumentStatus::Queued);
    assert_eq!(document.media_type, "image/jpeg");
    assert_eq!(document.size, PASSPORT.len() as u64);
    assert_eq!(document.name.expose(), "passport.jpg");
    assert_eq!(first.document.submitted_by_name, "local");

    let second = submit(&app, "another name.jpg", PASSPORT).unwrap();
    assert_eq!(second.outcome, Outcome::AlreadyHere);
    assert_eq!(second.document, first.document);
    assert_eq!(blobs(place), 1);

    let change = hear(&mut changes);
    assert_eq!(
        (change.document, change.kind),
        (document.id, ChangeKind::Submitted)
    );
    assert!(changes.try_recv().is_err(), "nothing else happened");
}

#[test]
fn another_store_gives_the_same_bytes_another_digest() {
    let digest = || {
        let submitted = submit(&Place::new().open(), "one.jpg", PASSPORT).unwrap();
        submitted.document.document.digest
    };
    assert_ne!(digest(), digest());
}

#[test]
fn what_cannot_be_read_is_refused_in_one_sentence() {
    let place = Place::new();
    let mut settings = place.settings();
    settings.limits.bytes = 1_000_000;
    let app = lectern_app::App::open(settings).unwrap();
    let check = |bytes: &[u8], kind: ErrorKind| {
        let error = submit(&app, "ERIKSSON.jpg", bytes).unwrap_err();
        let sentence = error.to_string();
        assert_eq!(error.kind(), kind, "{sentence}");
        assert!(
            !sentence.contains('\n') && !sentence.contains("ERIKSSON"),
            "{sentence}"
        );
    };
    check(b"", ErrorKind::Invalid);
    check(b"only text, whatever its name says", ErrorKind::Unsupported);
    check(
        b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00",
        ErrorKind::Unsupported,
    );
    check(&vec![0xff; 1_000_001], ErrorKind::TooLarge);
    assert_eq!(blobs(&place), 0);
    let query = Query {
        status: vec![],
        cursor: None,
        limit: 10,
    };
    assert!(
        documents::list(&app, &me(&app), &query)
            .unwrap()
            .documents
            .is_empty()
    );
}

#[test]
fn paths_are_judged_before_they_are_read() {
    let place = Place::new();
    let app = place.open();
    let limits = vision::Limits {
        bytes: 500_000,
        ..vision::Limits::DEFAULT
    };
    let check = |name: &str, code: &str| {
        let path = place.path(name);
        let described = intake::describe_path(&path, &limits).unwrap_err();
        assert_eq!(described.code(), code, "{described}");
        assert!(described.is_permanent() && !described.to_string().contains('\n'));
    };
    check("nothing.jpg", "file_not_found");
    check("data", "file_is_folder");
    std::fs::write(place.path("empty.jpg"), b"").unwrap();
    check("empty.jpg", "file_empty");
    std::fs::File::create(place.path("large.jpg"))
        .unwrap()
        .set_len(500_001)
        .unwrap();
    check("large.jpg", "file_too_large");
    let _listener = UnixListener::bind(place.path("socket.jpg")).unwrap();
    check("socket.jpg", "file_not_regular");

    std::fs::write(place.path("good.jpg"), PASSPORT).unwrap();
    intake::describe_path(&place.path("good.jpg"), &limits).unwrap();
    let submitted = intake::submit_path(&app, &me(&app), &place.path("good.jpg")).unwrap();
    assert_eq!(submitted.document.document.name.expose(), "good.jpg");
    let missing = intake::submit_path(&app, &me(&app), &place.path("nothing.jpg"));
    assert!(matches!(missing, Err(Error::NoFile)));
}

fn a_deleted_document_is_gone_and_can_come_back(place: &Place) {
    let app = place.open();
    let first = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    submit(&app, "two.jpg", VISA).unwrap();
    let object = files(&place.data().join("blobs"));

    let refused = documents::delete(&app, &as_role(&app, Role::Reviewer), first);
    assert!(matches!(
        refused,
        Err(Error::NotAllowed {
            needed: Role::Admin
        })
    ));
    documents::delete(&app, &me(&app), first).unwrap();
    assert!(matches!(
        documents::get(&app, &me(&app), first),
        Err(Error::DocumentNotFound)
    ));
    let thumbnail = images::thumbnail_jpeg(&app, &me(&app), first);
    assert!(matches!(thumbnail, Err(Error::DocumentNotFound)));
    assert!(matches!(
        documents::delete(&app, &me(&app), first),
        Err(Error::DocumentNotFound)
    ));
    assert_eq!(blobs(place), 1);

    let again = submit(&app, "one.jpg", PASSPORT).unwrap();
    assert_eq!(again.outcome, Outcome::New);
    assert_ne!(again.document.document.id, first);
    let now = files(&place.data().join("blobs"));
    assert_eq!(now.len(), 2);
    let same = now
        .iter()
        .filter(|(path, bytes)| object.get(*path) == Some(*bytes));
    assert_eq!(same.count(), 1, "the deleted file has another key and name");
}

fn a_list_is_paged_by_stable_cursors(place: &Place) {
    let app = place.open();
    let submitted = intake::samples(&app, &me(&app)).unwrap();
    assert_eq!(submitted.len(), 8);
    let newest_first: Vec<_> = submitted
        .iter()
        .rev()
        .map(|one| one.document.document.id)
        .collect();
    let page = |cursor: Option<String>, status: Vec<DocumentStatus>| {
        let query = Query {
            status,
            cursor,
            limit: 3,
        };
        let listing = documents::list(&app, &me(&app), &query).unwrap();
        let ids: Vec<_> = listing
            .documents
            .iter()
            .map(|one| one.document.id)
            .collect();
        (ids, listing.next_cursor)
    };
    let (first, cursor) = page(None, vec![]);
    assert_eq!(first, newest_first[..3]);
    // What comes and goes meanwhile moves nothing.
    documents::delete(&app, &me(&app), newest_first[0]).unwrap();
    submit(&app, "again.jpg", b"\x89PNG\r\n\x1a\nnot really").unwrap();
    let (second, cursor) = page(cursor, vec![]);
    assert_eq!(second, newest_first[3..6]);
    let (third, cursor) = page(cursor, vec![]);
    assert_eq!((third.as_slice(), cursor), (&newest_first[6..], None));

    intake::cancel(&app, &me(&app), newest_first[3]).unwrap();
    let cancelled = page(
        None,
        vec![DocumentStatus::Cancelled, DocumentStatus::Failed],
    );
    assert_eq!(cancelled, (vec![newest_first[3]], None));
    assert_eq!(page(None, vec![DocumentStatus::Reviewed]), (vec![], None));
    let query = Query {
        status: vec![],
        cursor: Some("made up".to_owned()),
        limit: 2,
    };
    assert!(matches!(
        documents::list(&app, &me(&app), &query),
        Err(Error::CursorInvalid)
    ));
}

fn cancelled_documents_wait_until_they_are_retried(place: &Place) {
    let app = place.open();
    let id = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    let retried = intake::retry(&app, &me(&app), id);
    assert!(matches!(
        retried,
        Err(Error::CannotRetry {
            status: DocumentStatus::Queued
        })
    ));
    let cancelled = intake::cancel(&app, &as_role(&app, Role::Clerk), id).unwrap();
    assert_eq!(cancelled.document.status, DocumentStatus::Cancelled);
    let again = intake::cancel(&app, &me(&app), id);
    assert!(matches!(
        again,
        Err(Error::CannotCancel {
            status: DocumentStatus::Cancelled
        })
    ));
    intake::retry(&app, &me(&app), id).unwrap();
    assert_eq!(status(&app, id), DocumentStatus::Queued);
}
