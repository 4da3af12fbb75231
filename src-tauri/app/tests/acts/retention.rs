//! Documents whose time is over, and those that are held.

use lectern_app::{App, Error, audit, documents, retention};
use model::{DocumentId, Role, Timestamp};

use crate::place::{MINUTE, PASSPORT, Place, VISA, as_role, files, me, on_both_engines, submit};

on_both_engines![
    what_is_due_is_erased_and_what_is_held_stays,
    policies_are_for_families,
];

const DAY: i64 = 24 * 60 * MINUTE;

fn read(place: &Place) -> (App, DocumentId, DocumentId) {
    let app = place.open();
    let passport = submit(&app, "passport.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    let visa = submit(&app, "visa.jpg", VISA).unwrap().document.document.id;
    Place::work_off(&app);
    // Whatever the machine doubts, a person settles: what waits for somebody is never due.
    for id in [passport, visa] {
        let detail = documents::get(&app, &me(&app), id).unwrap();
        for (name, field) in &detail.record.fields {
            let (kind, value) = if field.value.is_empty() {
                (model::CorrectionKind::Cleared, None)
            } else {
                (model::CorrectionKind::Confirmed, None)
            };
            lectern_app::review::correct(&app, &me(&app), id, name, kind, value).unwrap();
        }
    }
    (app, passport, visa)
}

fn due(app: &App, at: i64) -> Vec<DocumentId> {
    let plan = retention::plan(app, &me(app), Timestamp(at)).unwrap();
    plan.into_iter().map(|due| due.document).collect()
}

fn what_is_due_is_erased_and_what_is_held_stays(place: &Place) {
    let (app, passport, visa) = read(place);
    let me = me(&app);
    let now = documents::get(&app, &me, passport)
        .unwrap()
        .summary
        .document
        .changed_at
        .0;
    assert_eq!(
        due(&app, now + 1000 * DAY),
        [],
        "without a policy nothing is due"
    );
    retention::set_policy(&app, &me, "", 30).unwrap();
    retention::set_policy(&app, &me, "passport", 10).unwrap();
    assert_eq!(due(&app, now + 9 * DAY), []);
    assert_eq!(due(&app, now + 11 * DAY), [passport]);
    let mut all = due(&app, now + 31 * DAY);
    all.sort();
    let mut both = [passport, visa];
    both.sort();
    assert_eq!(all, both);

    retention::hold(&app, &me, visa, "a claim is open").unwrap();
    assert!(matches!(
        documents::delete(&app, &me, visa),
        Err(Error::Held)
    ));
    place.clock.turn(40 * DAY);
    let erased = retention::run(&app, &me).unwrap();
    assert_eq!(
        erased.iter().map(|due| due.document).collect::<Vec<_>>(),
        [passport]
    );
    let gone = documents::get(&app, &me, passport);
    assert!(matches!(gone, Err(Error::DocumentNotFound)));
    assert!(audit::verify(&app, &me).unwrap().first_bad.is_none());
    let subject = audit::Filter {
        subject: Some(passport.to_string()),
        ..audit::Filter::default()
    };
    let entries = audit::list(&app, &me, &subject, 100).unwrap().entries;
    assert_eq!(entries[0].act, "document.deleted");
    assert!(
        entries.iter().all(|entry| entry.salt.is_none()),
        "digests tell nothing any more"
    );

    retention::release(&app, &me, visa).unwrap();
    assert!(matches!(
        retention::release(&app, &me, visa),
        Err(Error::NotHeld)
    ));
    assert_eq!(retention::run(&app, &me).unwrap().len(), 1);
    let left = files(&place.data().join("blobs"));
    assert!(left.is_empty(), "no sealed file is left: {:?}", left.keys());
}

fn policies_are_for_families(place: &Place) {
    let app = place.open();
    let me = me(&app);
    for family in ["no such family", "id_card_back"] {
        let set = retention::set_policy(&app, &me, family, 1);
        assert!(matches!(set, Err(Error::PolicyInvalid)), "{family}");
    }
    assert!(retention::set_policy(&app, &me, "visa", 0).is_err());
    retention::set_policy(&app, &me, "visa", 1).unwrap();
    retention::set_policy(&app, &me, "visa", 2).unwrap();
    let policies = retention::policies(&app, &me).unwrap();
    assert_eq!((policies.len(), policies[0].days), (1, 2));
    retention::drop_policy(&app, &me, "visa").unwrap();
    assert!(matches!(
        retention::drop_policy(&app, &me, "visa"),
        Err(Error::PolicyNotFound)
    ));
    let reviewer = as_role(&app, Role::Reviewer);
    assert!(retention::set_policy(&app, &reviewer, "visa", 1).is_err());
}
