//! Reading, reviewing, pictures, restarts, several processes.

use lectern_app::{Error, documents, health, images, intake, jobs, review};
use model::{Caller, ChangeKind, CorrectionKind, DocumentStatus, FieldName, FieldState, Role};

use crate::place::{
    PASSPORT, Place, VISA, as_role, detail, files, hear, me, on_both_engines, read_to_end, status,
    submit,
};

on_both_engines![
    a_document_is_read_reviewed_and_survives_a_restart,
    what_cannot_be_decoded_fails_alone_with_a_sentence,
    processes_share_a_store_and_hear_of_each_other,
    health_notices_what_is_broken,
];

fn was_read(status: DocumentStatus) -> bool {
    matches!(
        status,
        DocumentStatus::Extracted | DocumentStatus::NeedsReview
    )
}

fn a_document_is_read_reviewed_and_survives_a_restart(place: &Place) {
    let app = place.open();
    let id = submit(&app, "passport.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    let early = review::correct(
        &app,
        &me(&app),
        id,
        &FieldName::SURNAME,
        CorrectionKind::Edited,
        Some("X".into()),
    );
    assert!(matches!(early, Err(Error::NotReadYet)));

    let changes = read_to_end(&app, id);
    let numbers: Vec<_> = changes.iter().map(|change| change.sequence).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
    let progress = changes
        .iter()
        .filter(|change| matches!(change.kind, ChangeKind::Progress { .. }));
    assert!(progress.count() > 0);

    let read = detail(&app, id);
    assert!(
        was_read(read.summary.document.status),
        "{:?}",
        read.summary.document.status
    );
    assert_eq!(read.summary.pages, 1);
    assert!(read.summary.progress.is_none());
    assert!(read.reading.is_some());

    let clerk = as_role(&app, Role::Clerk);
    let surname = FieldName::SURNAME;
    let correct = |caller: &Caller, kind, value: Option<&str>| {
        review::correct(&app, caller, id, &surname, kind, value.map(Into::into))
    };
    let refused = correct(&clerk, CorrectionKind::Edited, Some("NOBODY"));
    assert!(matches!(
        refused,
        Err(Error::NotAllowed {
            needed: Role::Reviewer
        })
    ));
    let empty = correct(&me(&app), CorrectionKind::Edited, Some("  "));
    assert!(matches!(empty, Err(Error::ValueInvalid)));
    correct(&me(&app), CorrectionKind::Edited, Some(" SOMEBODY ")).unwrap();
    let corrected = correct(&me(&app), CorrectionKind::Confirmed, None).unwrap();
    let field = &corrected.record.fields[&surname];
    assert_eq!(
        (field.value.expose(), field.state),
        ("SOMEBODY", FieldState::ConfirmedByPerson)
    );
    assert_eq!(corrected.corrections.len(), 2);
    assert!(
        corrected
            .summary
            .title
            .as_ref()
            .unwrap()
            .expose()
            .starts_with("SOMEBODY")
    );

    // Settle the rest: then nothing is doubtful any more.
    for (name, field) in &corrected.record.fields {
        if field.state < FieldState::ConfirmedByRules {
            let kind = if field.value.is_empty() {
                CorrectionKind::Cleared
            } else {
                CorrectionKind::Confirmed
            };
            review::correct(&app, &me(&app), id, name, kind, None).unwrap();
        }
    }
    let settled = detail(&app, id);
    assert_eq!(settled.summary.document.status, DocumentStatus::Reviewed);
    assert_eq!(settled.summary.doubtful, 0);

    drop(app);
    let app = place.open();
    assert_eq!(detail(&app, id), settled);
    let workers = jobs::start(&app).unwrap();
    assert!(health::check(&app).ok(), "{:?}", health::check(&app));
    workers.stop();
    assert_eq!(detail(&app, id), settled, "nothing is read again");
}

#[test]
fn pictures_are_made_for_the_screens() {
    let place = Place::new();
    let app = place.open();
    let id = submit(&app, "passport.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    read_to_end(&app, id);
    let page = images::page_png(&app, &me(&app), id, 0, Some(400)).unwrap();
    let page = image::load_from_memory(&page).unwrap();
    assert_eq!(page.width().max(page.height()), 400);
    for _ in 0..2 {
        let thumbnail = images::thumbnail_jpeg(&app, &me(&app), id).unwrap();
        let thumbnail = image::load_from_memory(&thumbnail).unwrap();
        assert!(thumbnail.width() <= 300 && thumbnail.height() <= 300);
    }
    let missing = images::page_png(&app, &me(&app), id, 1, None);
    assert!(matches!(missing, Err(Error::PageNotFound { page: 1 })));
    let field = FieldName::new("no_such_field");
    let nowhere = images::field_crop_png(&app, &me(&app), id, &field, None);
    assert!(matches!(nowhere, Err(Error::NoEvidence { .. })));
    let reading = detail(&app, id).reading.unwrap();
    for (name, field) in &reading.fields {
        let crop = images::field_crop_png(&app, &me(&app), id, name, None);
        assert_eq!(crop.is_ok(), !field.evidence.is_empty(), "{name}");
    }
}

fn what_cannot_be_decoded_fails_alone_with_a_sentence(place: &Place) {
    let app = place.open();
    let broken = submit(&app, "broken.jpg", &PASSPORT[..200])
        .unwrap()
        .document
        .document
        .id;
    let good = submit(&app, "visa.jpg", VISA).unwrap().document.document.id;
    read_to_end(&app, good);
    let failed = detail(&app, broken).summary;
    assert_eq!(failed.document.status, DocumentStatus::Failed);
    let problem = failed.document.problem.unwrap();
    assert!(
        !problem.message.is_empty() && !problem.message.contains('\n'),
        "{problem:?}"
    );
    assert!(was_read(status(&app, good)));

    intake::retry(&app, &me(&app), broken).unwrap();
    read_to_end(&app, broken);
    assert_eq!(status(&app, broken), DocumentStatus::Failed);
}

#[test]
fn a_missing_or_altered_file_fails_its_document_only() {
    let place = Place::new();
    let app = place.open();
    let folder = place.data().join("blobs");
    let altered = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    for (path, mut content) in files(&folder) {
        content.0[5000] ^= 1;
        std::fs::write(path, content.0).unwrap();
    }
    let before = files(&folder);
    let missing = submit(&app, "two.jpg", VISA).unwrap().document.document.id;
    for path in files(&folder)
        .keys()
        .filter(|path| !before.contains_key(*path))
    {
        std::fs::remove_file(path).unwrap();
    }
    read_to_end(&app, altered);
    read_to_end(&app, missing);
    let code = |id| detail(&app, id).summary.document.problem.unwrap().code;
    assert_eq!(code(altered), "stored_file_altered");
    assert_eq!(code(missing), "stored_file_missing");
    let picture = images::thumbnail_jpeg(&app, &me(&app), altered);
    assert!(matches!(picture, Err(Error::FileAltered)));
}

fn processes_share_a_store_and_hear_of_each_other(place: &Place) {
    let (door, worker) = (place.open(), place.open());
    let (mut heard_at_door, mut heard_at_worker) = (door.changes(), worker.changes());
    let id = submit(&door, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    let change = hear(&mut heard_at_worker);
    assert_eq!((change.document, change.kind), (id, ChangeKind::Submitted));

    let workers = jobs::start(&worker).unwrap();
    while !matches!(
        hear(&mut heard_at_door).kind,
        ChangeKind::Status { status } if was_read(status)
    ) {}
    assert!(was_read(status(&door, id)));
    assert_eq!(
        submit(&worker, "same.jpg", PASSPORT).unwrap().outcome,
        intake::Outcome::AlreadyHere
    );
    workers.stop();

    documents::delete(&door, &me(&door), id).unwrap();
    while hear(&mut heard_at_worker).kind != ChangeKind::Deleted {}
    let gone = images::thumbnail_jpeg(&worker, &me(&worker), id);
    assert!(matches!(gone, Err(Error::DocumentNotFound)));
}

fn health_notices_what_is_broken(place: &Place) {
    let app = place.open();
    let names = |ok: bool| {
        let checks = health::check(&app).checks;
        let found = checks.into_iter().filter(|check| check.ok == ok);
        found.map(|check| check.name).collect::<Vec<_>>()
    };
    assert_eq!(names(true), ["database", "blobs", "keys", "workers"]);
    assert!(
        files(&place.data().join("blobs")).is_empty(),
        "its file is removed again"
    );
    std::fs::remove_dir_all(place.data().join("blobs")).unwrap();
    std::fs::write(place.data().join("blobs"), b"in the way").unwrap();
    assert_eq!(names(false), ["blobs"]);
}
