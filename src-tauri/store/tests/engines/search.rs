//! Lists in every order, filters, and words.

use lectern_store as store;
use model::{BlobDigest, Document, DocumentId, DocumentStatus, Role, Timestamp, UserId};
use store::documents::{Derived, Filter, Key, Listed, Order};
use store::{Store, blobs, documents, saved_searches, search, users};
use uuid::Uuid;

use crate::place::{NOW, Place, on_both_engines};

const PEOPLE: [(&str, &str, u32, &[&str]); 5] = [
    (
        "muller anna",
        "1990-07-13",
        900,
        &["muller", "mueller", "anna", "surname__muller"],
    ),
    (
        "berg boris",
        "1961-01-02",
        400,
        &["berg", "boris", "surname__berg"],
    ),
    ("", "", 1000, &["invoice"]),
    (
        "berg anna",
        "1990-07-13",
        700,
        &["berg", "anna", "surname__berg"],
    ),
    ("احمد", "2001-12-31", 400, &["احمد"]),
];

const TYPES: [Option<&str>; 5] = [
    Some("passport"),
    None,
    Some("visa"),
    None,
    Some("id_card_back"),
];
const COUNTRIES: [Option<&str>; 5] = [Some("TUN"), Some("FRA"), None, Some("FRA"), Some("UTO")];

fn id(number: usize) -> DocumentId {
    DocumentId(Uuid::from_u128(number as u128 + 1))
}

fn filled(place: &Place) -> Store {
    let store = place.open();
    let user = UserId(Uuid::from_u128(99));
    let transaction = store.write().unwrap();
    let account = users::User {
        id: user,
        name: "Anna".to_owned(),
        role: Role::Clerk,
        password_hash: None,
        is_local: false,
        created_at: NOW,
    };
    assert!(users::insert(&transaction, &account).unwrap());
    for (number, (title, birth, confidence, words)) in PEOPLE.iter().enumerate() {
        let digest = BlobDigest::try_from(format!("{number:064x}")).unwrap();
        let blob = blobs::Blob {
            digest: digest.clone(),
            object_name: format!("object-{number}"),
            wrapped_key: "0000aaaa:00".to_owned(),
            size: 1,
            created_at: NOW,
        };
        blobs::reserve(&transaction, &blob).unwrap();
        let document = Document {
            id: id(number),
            name: "a.jpg".into(),
            digest,
            media_type: "image/jpeg".to_owned(),
            size: 1,
            status: DocumentStatus::Extracted,
            problem: None,
            submitted_by: user,
            submitted_at: Timestamp(NOW.0 + number as i64),
            // The other way round than they were submitted.
            changed_at: Timestamp(NOW.0 + 100 - number as i64),
        };
        documents::insert(&transaction, &document).unwrap();
        let derived = Derived {
            title: Some((*title).into()),
            title_key: (*title).to_owned(),
            date_of_birth: (*birth).to_owned(),
            confidence: *confidence,
            doubtful: u32::from(*confidence < 500),
            document_type: TYPES[number].map(|kind| kind.parse().unwrap()),
            issuing_country: COUNTRIES[number].map(str::to_owned),
            pages: 1,
            ..Derived::default()
        };
        documents::set_derived(&transaction, id(number), &derived).unwrap();
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        search::set(&transaction, id(number), &words).unwrap();
    }
    transaction.commit().unwrap();
    store
}

fn numbers(listed: &[Listed]) -> Vec<usize> {
    let number = |one: &Listed| one.document.id.0.as_u128() as usize - 1;
    listed.iter().map(number).collect()
}

fn found(store: &Store, filter: &Filter) -> Vec<usize> {
    let order = Order {
        ascending: true,
        ..Order::default()
    };
    let snapshot = store.read().unwrap();
    let listed = documents::list(&snapshot, filter, &order, 100).unwrap();
    let counted = documents::count_up_to(&snapshot, filter, 100).unwrap();
    assert_eq!(counted, listed.len() as u64);
    numbers(&listed)
}

fn words(groups: &[&[&str]]) -> Filter {
    let group = |forms: &&[&str]| forms.iter().map(|form| (*form).to_owned()).collect();
    Filter {
        words: groups.iter().map(group).collect(),
        ..Filter::default()
    }
}

fn every_order_goes_on_where_a_page_ended(place: &Place) {
    let store = filled(place);
    let snapshot = store.read().unwrap();
    for (key, expected) in [
        (Key::Number, [0, 1, 2, 3, 4]),
        (Key::ChangedAt, [4, 3, 2, 1, 0]),
        (Key::Title, [2, 3, 1, 0, 4]),
        (Key::DateOfBirth, [2, 1, 0, 3, 4]),
        (Key::Confidence, [1, 4, 3, 0, 2]),
        (Key::Status, [0, 1, 2, 3, 4]),
        (Key::DocumentType, [1, 3, 4, 0, 2]),
        (Key::IssuingCountry, [2, 1, 3, 0, 4]),
    ] {
        for ascending in [true, false] {
            let mut expected = expected.to_vec();
            if !ascending {
                expected.reverse();
            }
            let mut order = Order {
                key,
                ascending,
                after: None,
            };
            let mut seen = Vec::new();
            loop {
                let page = documents::list(&snapshot, &Filter::default(), &order, 2).unwrap();
                let Some(last) = page.last() else { break };
                order.after = Some(key.of(last));
                seen.extend(numbers(&page));
            }
            assert_eq!(seen, expected, "{key:?} ascending {ascending}");
        }
    }
}

fn filters_let_through_what_they_say(place: &Place) {
    let store = filled(place);
    assert_eq!(found(&store, &Filter::default()), [0, 1, 2, 3, 4]);
    let sure = Filter {
        doubtful: Some(false),
        ..Filter::default()
    };
    assert_eq!(found(&store, &sure), [0, 2, 3]);
    let below = Filter {
        confidence_below: Some(701),
        ..Filter::default()
    };
    assert_eq!(found(&store, &below), [1, 3, 4]);
    let late = Filter {
        submitted_from: Some(Timestamp(NOW.0 + 3)),
        ..Filter::default()
    };
    assert_eq!(found(&store, &late), [3, 4]);
    let early = Filter {
        submitted_before: Some(Timestamp(NOW.0 + 1)),
        ..Filter::default()
    };
    assert_eq!(found(&store, &early), [0]);
    let none = Filter {
        statuses: vec![DocumentStatus::Failed],
        ..Filter::default()
    };
    assert_eq!(found(&store, &none), [] as [usize; 0]);
    let expired = Filter {
        expired_before: Some("2026-01-01".to_owned()),
        ..Filter::default()
    };
    assert_eq!(
        found(&store, &expired),
        [] as [usize; 0],
        "nobody's expiry is known"
    );
}

fn words_are_found_by_their_beginnings(place: &Place) {
    let store = filled(place);
    assert_eq!(found(&store, &words(&[&["ann"]])), [0, 3]);
    assert_eq!(found(&store, &words(&[&["ann"], &["berg"]])), [3]);
    assert_eq!(found(&store, &words(&[&["müller", "mueller"]])), [0]);
    assert_eq!(found(&store, &words(&[&["surname__be"]])), [1, 3]);
    assert_eq!(found(&store, &words(&[&["اح"]])), [4]);
    assert_eq!(found(&store, &words(&[&["nobody"]])), [] as [usize; 0]);
    // What means something to an engine is only letters here.
    for text in ["'", "\"", "a' | 'b", "anna\" OR \"berg", "*", "&", "!anna"] {
        let asked = words(&[&["zzz"], &[text]]);
        assert_eq!(found(&store, &asked), [] as [usize; 0], "{text}");
    }
}

fn words_go_with_their_document(place: &Place) {
    let store = filled(place);
    let transaction = store.write().unwrap();
    search::set(&transaction, id(1), &["changed".to_owned()]).unwrap();
    assert!(documents::delete(&transaction, id(3)).unwrap());
    transaction.commit().unwrap();
    assert_eq!(found(&store, &words(&[&["berg"]])), [] as [usize; 0]);
    assert_eq!(found(&store, &words(&[&["changed"]])), [1]);
    assert_eq!(search::missing(&store.read().unwrap(), 0, 10).unwrap(), []);
}

fn searches_are_kept_for_one_user_under_one_name(place: &Place) {
    let store = filled(place);
    let user = UserId(Uuid::from_u128(99));
    let saved = |id: &str, text: &str| saved_searches::SavedSearch {
        id: id.to_owned(),
        user,
        name: "mine".to_owned(),
        user_name: "Anna".to_owned(),
        search: text.to_owned(),
        shared: false,
        created_at: NOW,
    };
    let transaction = store.write().unwrap();
    saved_searches::keep(&transaction, &saved("1", "{}")).unwrap();
    saved_searches::keep(&transaction, &saved("2", "[]")).unwrap();
    assert_eq!(
        saved_searches::of_user(&transaction, user).unwrap(),
        [saved("2", "[]")]
    );
    let other = UserId(Uuid::from_u128(1));
    assert_eq!(
        saved_searches::of_user(&transaction, other).unwrap(),
        [],
        "it is not shared"
    );
    let shared = saved_searches::SavedSearch {
        shared: true,
        ..saved("3", "{}")
    };
    saved_searches::keep(&transaction, &shared).unwrap();
    assert_eq!(
        saved_searches::of_user(&transaction, other).unwrap(),
        std::slice::from_ref(&shared)
    );
    assert_eq!(
        saved_searches::get(&transaction, "3").unwrap(),
        Some(shared)
    );
    assert!(saved_searches::delete(&transaction, "3").unwrap());
    assert!(!saved_searches::delete(&transaction, "3").unwrap());
}

on_both_engines![
    every_order_goes_on_where_a_page_ended,
    filters_let_through_what_they_say,
    words_are_found_by_their_beginnings,
    words_go_with_their_document,
    searches_are_kept_for_one_user_under_one_name,
];
