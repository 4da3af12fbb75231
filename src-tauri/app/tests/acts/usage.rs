//! Figures about use, and the audit where it is copied to.

use std::path::PathBuf;

use lectern_app::{
    App, archive, audit, databases, documents, intake, review,
    usage::{self, Figure, Measure},
};
use model::{CorrectionKind, FieldName, Personal};
use store::{Address, Database};

use crate::place::{MINUTE, PASSPORT, Place, me, on_both_engines, submit};

on_both_engines![
    what_happened_is_counted_once_and_says_nothing_of_a_person,
    entries_are_copied_once_and_verified_there,
];

fn of(figures: &[Figure], measure: Measure) -> Vec<(&str, &str, u64)> {
    let wanted = figures.iter().filter(|one| one.measure == measure);
    let told = wanted.map(|one| (one.document_type.as_str(), one.part.as_str(), one.counted));
    told.collect()
}

fn counted(app: &App) -> Vec<Figure> {
    usage::count(app, &me(app)).unwrap();
    usage::latest(app, &me(app), 30).unwrap()
}

fn what_happened_is_counted_once_and_says_nothing_of_a_person(place: &Place) {
    let mut settings = place.settings();
    let file = Address::File(PathBuf::from("analytics.db"));
    settings.databases.insert(Database::Analytics, file);
    let app = App::open(settings).unwrap();
    let id = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    Place::work_off(&app);
    let (kind, value) = (CorrectionKind::Edited, Some(Personal::new("ZAPHOD")));
    review::correct(&app, &me(&app), id, &FieldName::SURNAME, kind, value).unwrap();

    let figures = counted(&app);
    assert_eq!(of(&figures, Measure::Submitted), [], "it is too soon");
    assert_eq!(of(&figures, Measure::Kept).len(), 1);
    place.clock.turn(11 * MINUTE);
    let figures = counted(&app);
    assert_eq!(counted(&app), figures, "nothing is counted twice");
    assert_eq!(of(&figures, Measure::Submitted), [("passport", "", 1)]);
    assert_eq!(of(&figures, Measure::Read), [("passport", "", 1)]);
    assert_eq!(of(&figures, Measure::ReadingTime), [("passport", "", 1)]);
    let corrected = [("passport", "surname:edited", 1)];
    assert_eq!(of(&figures, Measure::Corrected), corrected);
    let waited = of(&figures, Measure::WaitingTime);
    assert!(waited.contains(&("", "ocr", 1)), "{waited:?}");

    documents::delete(&app, &me(&app), id).unwrap();
    let figures = counted(&app);
    assert_eq!(of(&figures, Measure::Submitted), [("passport", "", 1)]);
    assert_eq!(of(&figures, Measure::Kept), []);
    let question = "SELECT * FROM usage";
    let rows = databases::ask(&app, &me(&app), Database::Analytics, question, 1000).unwrap();
    assert!(!rows.is_empty());
    let told = serde_json::to_string(&rows).unwrap();
    assert!(!told.contains("ZAPHOD") && !told.contains(&id.to_string()));
    let here = databases::ask(&app, &me(&app), Database::Default, question, 10);
    assert_eq!(here.unwrap(), [] as [serde_json::Value; 0]);
}

fn entries_are_copied_once_and_verified_there(place: &Place) {
    let mut settings = place.settings();
    for database in [Database::Logging, Database::Archive] {
        let file = Address::File(PathBuf::from(format!("{}.db", database.as_str())));
        settings.databases.insert(database, file);
    }
    let app = App::open(settings).unwrap();
    let me = me(&app);
    let id = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    intake::cancel(&app, &me, id).unwrap();
    archive::add(&app, &me, &[id]).unwrap();
    archive::work_off(&app, &me).unwrap();
    archive::get(&app, &me, id).unwrap();
    let all = audit::Filter::default();
    let here = audit::list(&app, &me, &all, 100).unwrap().entries.len() as u64;
    let there = audit::list_in(&app, &me, Database::Archive, &all, 100).unwrap();
    assert_eq!(there.entries.len(), 1, "who looked at what is closed away");
    assert_eq!(audit::copy(&app, &me).unwrap(), here + 1);
    assert_eq!(audit::copy(&app, &me).unwrap(), 0);
    let whole = audit::verify(&app, &me).unwrap();
    assert_eq!((whole.first_bad, whole.entries), (None, here));
    let others: Vec<_> = whole.others.iter().map(|(_, entries)| *entries).collect();
    assert_eq!(others, [here, 1, 1]);
    assert!(
        whole.sentence().contains("copies in `logging`"),
        "{}",
        whole.sentence()
    );

    // Digests tell nothing once the person is forgotten, there as here.
    let question = "SELECT count(*) AS copies FROM audit_copies";
    let rows = databases::ask(&app, &me, Database::Logging, question, 10).unwrap();
    assert_eq!(rows[0]["copies"], here + 1);
    archive::delete(&app, &me, id).unwrap();
    audit::copy(&app, &me).unwrap();
    assert_eq!(audit::verify(&app, &me).unwrap().first_bad, None);
}
