//! Documents that were deleted and may come back.

use lectern_app::{Error, documents, erasure, images, intake::Outcome, retention, search, trash};
use model::{DocumentStatus, Role};

use crate::place::{
    MINUTE, PASSPORT, Place, VISA, as_role, detail, files, me, on_both_engines, read_to_end,
    status, submit,
};

on_both_engines![what_is_deleted_can_come_back_for_a_month];

const DAY: i64 = 24 * 60 * MINUTE;

fn what_is_deleted_can_come_back_for_a_month(place: &Place) {
    let app = place.open();
    let me = me(&app);
    let id = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    let waiting = submit(&app, "two.jpg", VISA).unwrap().document.document.id;
    let put = trash::put(&app, &me, waiting).unwrap();
    assert_eq!(put.document.status, DocumentStatus::Cancelled);
    read_to_end(&app, id);
    Place::work_off(&app);
    let before = detail(&app, id);

    let clerk = as_role(&app, Role::Reviewer);
    assert!(trash::put(&app, &clerk, id).is_err());
    trash::put(&app, &me, id).unwrap();
    assert!(matches!(trash::put(&app, &me, id), Err(Error::InTrash)));
    let everything = search::Search::default();
    let found = search::find(&app, &me, &everything, None, 10).unwrap();
    assert_eq!((found.count, found.listing.documents.len()), (0, 0));
    for refused in [
        documents::get(&app, &me, id).err(),
        images::page_png(&app, &me, id, 0, None).err(),
        images::thumbnail_jpeg(&app, &me, id).err(),
        lectern_app::intake::retry(&app, &me, waiting).err(),
    ] {
        assert!(matches!(refused, Some(Error::InTrash)), "{refused:?}");
    }
    assert_eq!(trash::list(&app, &me).unwrap().len(), 2);

    trash::restore(&app, &me, id).unwrap();
    assert!(matches!(
        trash::restore(&app, &me, id),
        Err(Error::NotInTrash)
    ));
    let back = detail(&app, id);
    assert_eq!(
        (back.record, back.corrections),
        (before.record, before.corrections)
    );
    images::thumbnail_jpeg(&app, &me, id).unwrap();
    // Who submits the file again wants it back as well.
    let again = submit(&app, "two.jpg", VISA).unwrap();
    assert_eq!(
        (again.outcome, again.document.document.id),
        (Outcome::AlreadyHere, waiting)
    );
    assert_eq!(status(&app, waiting), DocumentStatus::Cancelled);
    assert!(matches!(
        trash::purge(&app, &me, id),
        Err(Error::NotInTrash)
    ));

    // A month later the job erases it, unless it is held.
    retention::hold(&app, &me, waiting, "a claim is open").unwrap();
    assert!(matches!(trash::put(&app, &me, waiting), Err(Error::Held)));
    trash::put(&app, &me, id).unwrap();
    retention::hold(&app, &me, id, "another claim").unwrap();
    assert!(matches!(trash::purge(&app, &me, id), Err(Error::Held)));
    place.clock.turn(31 * DAY);
    Place::work_off(&app);
    assert_eq!(trash::list(&app, &me).unwrap().len(), 1, "it is held");
    retention::release(&app, &me, id).unwrap();
    trash::purge(&app, &me, id).unwrap();
    assert!(matches!(
        documents::get(&app, &me, id),
        Err(Error::DocumentNotFound)
    ));
    let certificates = erasure::certificates(&app, &me, Some(id), None, 10).unwrap();
    assert_eq!(certificates[0].certificate.reason, "left in the trash");
    assert_eq!(files(&place.data().join("blobs")).len(), 1, "the visa's");
}
