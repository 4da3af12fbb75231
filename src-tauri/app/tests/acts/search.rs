//! Finding and exporting what was read.

use lectern_app::{
    App, Error,
    audit::{self, Filter},
    exports::{self, Format},
    review,
    search::{self, OrderBy, Search},
};
use model::{CorrectionKind, DocumentId, FieldName, Personal, Role};

use crate::place::{PASSPORT, Place, VISA, as_role, me, submit};

/// Two documents that were read; the holder of the first is corrected to a name with letters.
fn filled(place: &Place) -> (App, DocumentId, DocumentId) {
    let app = place.open();
    let passport = submit(&app, "passport.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    let visa = submit(&app, "visa.jpg", VISA).unwrap().document.document.id;
    Place::work_off(&app);
    let caller = me(&app);
    let edit = |field: FieldName, value: &str| {
        let value = Some(Personal::new(value));
        review::correct(
            &app,
            &caller,
            passport,
            &field,
            CorrectionKind::Edited,
            value,
        )
        .unwrap();
    };
    edit(FieldName::SURNAME, "Müller-Łęcka");
    edit(FieldName::GIVEN_NAMES, "=Désirée");
    (app, passport, visa)
}

fn found(app: &App, search: &Search) -> Vec<DocumentId> {
    let found = search::find(app, &me(app), search, None, 100).unwrap();
    let ids: Vec<DocumentId> = found
        .listing
        .documents
        .iter()
        .map(|one| one.document.id)
        .collect();
    assert_eq!(found.count, ids.len() as u64);
    ids
}

fn words(text: &str) -> Search {
    Search {
        text: Personal::new(text),
        ..Search::default()
    }
}

#[test]
fn a_corrected_name_is_found_however_it_is_spelt() {
    let place = Place::new();
    let (app, passport, visa) = filled(&place);
    for text in [
        "muller",
        "MUELLER",
        "Müller",
        "lecka",
        "surname:mull lecka",
        "desi",
        "mullerlecka",
    ] {
        assert_eq!(found(&app, &words(text)), [passport], "{text}");
    }
    assert_eq!(found(&app, &words("given_names:muller")), []);
    assert_eq!(
        found(&app, &words("visa")),
        [visa],
        "the name of the file is looked at too"
    );
    assert_eq!(found(&app, &words("")).len(), 2);
    let passports = Search {
        document_type: vec!["passport".to_owned()],
        ..Search::default()
    };
    assert_eq!(found(&app, &passports), [passport]);
    let by_title = Search {
        order: OrderBy::Title,
        ascending: true,
        ..Search::default()
    };
    assert_eq!(found(&app, &by_title).len(), 2);
}

#[test]
fn kept_searches_belong_to_their_user() {
    let place = Place::new();
    let app = place.open();
    let mine = search::keep(&app, &me(&app), " mine ", &words("muller"), false).unwrap();
    assert_eq!(search::kept(&app, &me(&app)).unwrap(), vec![mine.clone()]);
    let other = model::Caller {
        user: model::UserId(uuid::Uuid::from_u128(5)),
        ..me(&app)
    };
    assert_eq!(search::kept(&app, &other).unwrap(), []);
    let dropped = search::drop_kept(&app, &other, &mine.id);
    assert!(matches!(dropped, Err(Error::SavedSearchNotFound)));
    search::drop_kept(&app, &me(&app), &mine.id).unwrap();
}

#[test]
fn an_export_holds_every_record_and_is_written_down() {
    let place = Place::new();
    let (app, passport, _) = filled(&place);
    let everything = Search::default();
    let mut json = Vec::new();
    let count = exports::write(&app, &me(&app), &everything, Format::Json, &mut json).unwrap();
    assert_eq!(count, 2);
    let records: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let record = records
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == passport.to_string())
        .unwrap();
    assert_eq!(record["fields"]["surname"]["value"], "Müller-Łęcka");
    assert_eq!(record["corrections"].as_array().unwrap().len(), 2);
    assert!(record["fields"]["date_of_birth"]["read"]["evidence"][0]["quad"].is_array());

    let mut csv = Vec::new();
    exports::write(&app, &me(&app), &everything, Format::Csv, &mut csv).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.contains("Müller-Łęcka"));
    assert!(csv.contains("'=Désirée"), "a formula stays a text");

    let mut none = Vec::new();
    let nobody = words("nobody");
    assert_eq!(
        exports::write(&app, &me(&app), &nobody, Format::Json, &mut none).unwrap(),
        0
    );
    assert_eq!(none, b"[]\n");

    let exported = Filter {
        act: Some("records.exported".to_owned()),
        ..Filter::default()
    };
    assert_eq!(
        audit::list(&app, &me(&app), &exported, 10)
            .unwrap()
            .entries
            .len(),
        3
    );
    let clerk = as_role(&app, Role::Reviewer);
    assert!(exports::write(&app, &clerk, &everything, Format::Csv, &mut Vec::new()).is_err());
}
