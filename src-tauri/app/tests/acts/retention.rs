//! Documents whose time is over, and those that are held.

use lectern_app::{
    App, Error, audit,
    doctor::{self, Depth},
    documents, erasure, images,
    retention::{self, Part, Spans},
};
use model::{DocumentId, Role, Timestamp};

use crate::place::{MINUTE, PASSPORT, Place, VISA, as_role, files, me, on_both_engines, submit};

on_both_engines![
    what_is_due_is_erased_and_what_is_held_stays,
    policies_are_for_families,
    pictures_are_erased_before_the_record_and_the_proof_after_it,
    nothing_of_a_person_is_left_in_the_database,
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

/// A policy of these spans for pictures, record and proof; `-` is for none.
fn spans(pictures: &str, record: &str, proof: &str) -> Spans {
    let span = |text: &str| (text != "-").then(|| text.parse().unwrap());
    Spans {
        pictures: span(pictures),
        record: span(record),
        proof: span(proof),
    }
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
    retention::set_policy(&app, &me, "", spans("-", "30 days", "-")).unwrap();
    retention::set_policy(&app, &me, "passport", spans("-", "P10D", "-")).unwrap();
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
        let set = retention::set_policy(&app, &me, family, spans("-", "1 day", "-"));
        assert!(matches!(set, Err(Error::PolicyInvalid)), "{family}");
    }
    assert!("0 days".parse::<retention::Span>().is_err());
    let nothing = retention::set_policy(&app, &me, "visa", Spans::default());
    assert!(matches!(nothing, Err(Error::PolicyInvalid)));
    retention::set_policy(&app, &me, "visa", spans("-", "1 day", "-")).unwrap();
    let second = spans("2 days", "3 weeks", "5 years");
    retention::set_policy(&app, &me, "visa", second).unwrap();
    let policies = retention::policies(&app, &me).unwrap();
    assert_eq!((policies.len(), policies[0].spans), (1, second));
    retention::drop_policy(&app, &me, "visa").unwrap();
    assert!(matches!(
        retention::drop_policy(&app, &me, "visa"),
        Err(Error::PolicyNotFound)
    ));
    let reviewer = as_role(&app, Role::Reviewer);
    assert!(retention::set_policy(&app, &reviewer, "visa", second).is_err());
}

fn pictures_are_erased_before_the_record_and_the_proof_after_it(place: &Place) {
    let (app, passport, visa) = read(place);
    let me = me(&app);
    let policy = spans("10 days", "1 year", "3 years");
    retention::set_policy(&app, &me, "passport", policy).unwrap();
    let record = documents::get(&app, &me, passport).unwrap().record;
    images::thumbnail_jpeg(&app, &me, passport).unwrap();

    place.clock.turn(11 * DAY);
    let parts = |due: Vec<retention::Due>| {
        let parts = due.into_iter().map(|due| (due.document, due.part));
        parts.collect::<Vec<_>>()
    };
    let erased = retention::run(&app, &me).unwrap();
    assert_eq!(parts(erased), [(passport, Part::Pictures)]);
    assert_eq!(parts(retention::run(&app, &me).unwrap()), [], "once");
    let kept = documents::get(&app, &me, passport).unwrap();
    assert_eq!(kept.record, record, "the record stays as it was");
    assert!(kept.summary.pictures_erased_at.is_some());
    let surname = model::FieldName::SURNAME;
    for shown in [
        images::page_png(&app, &me, passport, 0, None),
        images::thumbnail_jpeg(&app, &me, passport),
        images::field_crop_png(&app, &me, passport, &surname, None),
    ] {
        assert!(matches!(shown, Err(Error::PicturesErased)));
    }
    let left = files(&place.data().join("blobs"));
    assert_eq!(left.len(), 2, "the visa's file and thumbnail");
    // Nothing takes the missing picture for a loss, or makes it again.
    Place::work_off(&app);
    let wrong: Vec<_> = doctor::examine(&app, &me, Depth::Whole, &|_| {})
        .unwrap()
        .into_iter()
        .filter(|check| !check.ok)
        .collect();
    assert_eq!(wrong, []);
    let outside = lectern_app::reread::Outside::New;
    lectern_app::reread::start(&app, &me, outside).unwrap();
    Place::work_off(&app);
    let again = documents::get(&app, &me, passport).unwrap();
    assert_eq!(again.readings, 1, "there is nothing to read again");
    // The same file is known and not taken in anew.
    let same = submit(&app, "again.jpg", PASSPORT).unwrap();
    assert_eq!(same.document.document.id, passport);

    place.clock.turn(366 * DAY);
    let erased = retention::run(&app, &me).unwrap();
    assert_eq!(parts(erased), [(passport, Part::Record)]);
    let certificates = || erasure::certificates(&app, &me, Some(passport), None, 10).unwrap();
    let made = certificates();
    let words: Vec<_> = made
        .iter()
        .map(|one| one.certificate.erased.as_str())
        .collect();
    assert_eq!(words, ["record", "pictures"]);
    let proof = &made[0].certificate;
    assert_eq!(proof.document_type.as_deref(), Some("passport"));
    assert!(proof.checks.passed > 0, "{:?}", proof.checks);
    assert_eq!((proof.destroyed.keys, proof.destroyed.readings), (0, 1));
    assert_eq!(made[1].certificate.destroyed.keys, 2);
    let surname = record.fields[&surname].value.expose();
    for sealed in &made {
        assert!(erasure::is_genuine(&app, &me, sealed).unwrap());
        let printed = serde_json::to_string(sealed).unwrap();
        assert!(!printed.contains(surname) && !sealed.page().contains(surname));
        let parsed = erasure::Sealed::parse(&printed).unwrap();
        assert_eq!(&parsed, sealed);
        let mut altered = parsed;
        altered.certificate.destroyed.keys += 1;
        assert!(!erasure::is_genuine(&app, &me, &altered).unwrap());
    }
    assert!(erasure::Sealed::parse("{}").is_err());
    // Taken in anew it is another document.
    let anew = submit(&app, "anew.jpg", PASSPORT).unwrap();
    assert_ne!(anew.document.document.id, passport);
    documents::delete(&app, &me, anew.document.document.id).unwrap();

    place.clock.turn(2 * 366 * DAY);
    let erased = retention::run(&app, &me).unwrap();
    assert_eq!(parts(erased), [(passport, Part::Proof)]);
    assert_eq!(certificates(), []);
    assert!(documents::get(&app, &me, visa).is_ok(), "it has no policy");
    assert!(audit::verify(&app, &me).unwrap().first_bad.is_none());
}

/// Every row of every table as text, also of those the engine keeps the words of the search in.
fn everything_in_the_database(app: &App) -> String {
    let mut text = String::new();
    for table in [
        "users",
        "tokens",
        "settings",
        "blobs",
        "documents",
        "thumbnails",
        "readings",
        "corrections",
        "jobs",
        "audit",
        "changes",
        "saved_searches",
        "retention_policies",
        "legal_holds",
        "erasures",
    ] {
        let sql = format!("SELECT * FROM {table}");
        let rows =
            lectern_app::databases::ask(app, &me(app), store::Database::Default, &sql, 10_000);
        for row in rows.unwrap() {
            text.push_str(&serde_json::to_string(&row).unwrap());
        }
    }
    text.to_uppercase()
}

fn nothing_of_a_person_is_left_in_the_database(place: &Place) {
    let (app, passport, visa) = read(place);
    let me = me(&app);
    documents::delete(&app, &me, visa).unwrap();
    let record = documents::get(&app, &me, passport).unwrap().record;
    let values: Vec<String> = record
        .fields
        .values()
        .map(|field| field.value.expose().to_uppercase())
        .filter(|value| value.chars().count() > 4)
        .collect();
    assert!(values.len() > 4, "the test has something to look for");
    let before = everything_in_the_database(&app);
    assert!(values.iter().all(|value| before.contains(value)));
    documents::delete(&app, &me, passport).unwrap();
    Place::work_off(&app);
    erasure::rewrite(&app, &me).unwrap();
    let after = everything_in_the_database(&app);
    for value in &values {
        assert!(
            !after.contains(value.as_str()),
            "a value of the person is left"
        );
    }
    assert!(audit::verify(&app, &me).unwrap().first_bad.is_none());
    // Nothing is found any more, and the index of the search holds no word.
    let search = lectern_app::search::Search {
        text: values[0].as_str().into(),
        ..lectern_app::search::Search::default()
    };
    let found = lectern_app::search::find(&app, &me, &search, None, 10).unwrap();
    assert_eq!(found.count, 0);
    if let Some(server) = &place.server {
        assert_eq!(
            server.ask("SELECT count(*) FROM document_terms").unwrap(),
            "0"
        );
    }
}
