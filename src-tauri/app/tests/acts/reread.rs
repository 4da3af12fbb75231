//! Reading again what was read before: what people gave holds, and looking changes nothing.

use lectern_app::{Error, reread, review};
use model::{CorrectionKind, DocumentStatus, FieldName, FieldState, Role};

use crate::place::{PASSPORT, Place, as_role, detail, me, read_to_end, submit};

#[test]
fn the_same_version_changes_nothing_and_what_a_person_gave_is_kept() {
    let place = Place::new();
    let app = place.open();
    let id = submit(&app, "passport.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    read_to_end(&app, id);
    let mut told = Vec::new();
    let mut tell = |difference: &reread::Difference| told.push(difference.clone());
    let summary = reread::compare(&app, &me(&app), &mut tell).unwrap();
    assert_eq!((summary.documents, summary.differing), (1, 0));
    assert!(told.is_empty());

    let surname = FieldName::SURNAME;
    let edit = CorrectionKind::Edited;
    review::correct(&app, &me(&app), id, &surname, edit, Some("SOMEBODY".into())).unwrap();
    let before = detail(&app, id);
    let refused = reread::start(&app, &as_role(&app, Role::Reviewer), reread::Outside::New);
    assert!(matches!(refused, Err(Error::NotAllowed { .. })));
    assert_eq!(detail(&app, id), before);

    assert_eq!(
        reread::start(&app, &me(&app), reread::Outside::New).unwrap(),
        1
    );
    assert_eq!(
        detail(&app, id).summary.document.status,
        DocumentStatus::Queued
    );
    read_to_end(&app, id);
    let after = detail(&app, id);
    assert_eq!(after.readings, before.readings + 1);
    assert_eq!(after.reading, before.reading);
    let field = &after.record.fields[&surname];
    assert_eq!(
        (field.value.expose(), field.state),
        ("SOMEBODY", FieldState::ConfirmedByPerson)
    );
}
