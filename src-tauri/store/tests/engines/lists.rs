//! Lists of so many documents that every way to their rows is taken.

use lectern_store as store;
use model::{BlobDigest, Document, DocumentId, DocumentStatus, Role, Timestamp, UserId};
use store::documents::{Derived, Filter, Key, KeyValue, Known, Order};
use store::{Snapshot, Store, blobs, documents, search, users};
use uuid::Uuid;

use crate::place::{NOW, Place, on_both_engines};

/// More than are collected and sorted, for what most of them satisfy.
const DOCUMENTS: usize = 1500;

const KEYS: [Key; 9] = [
    Key::Number,
    Key::ChangedAt,
    Key::Title,
    Key::DateOfBirth,
    Key::DateOfExpiry,
    Key::Confidence,
    Key::Status,
    Key::DocumentType,
    Key::IssuingCountry,
];

/// What is in the store, as the test knows it.
struct Kept {
    document: Document,
    derived: Derived,
    words: Vec<String>,
}

fn some_document(number: usize) -> Kept {
    // Scattered, with many equal ones.
    let scattered = number * 7919 % 1009;
    let status = match number % 20 {
        0 => DocumentStatus::Failed,
        1..=3 => DocumentStatus::Reviewed,
        4 => DocumentStatus::NeedsReview,
        _ => DocumentStatus::Extracted,
    };
    let is_failed = status == DocumentStatus::Failed;
    let country = match number % 50 {
        7 => "ISL",
        one if one % 6 == 0 => "TUN",
        _ => "FRA",
    };
    let mut words = vec![format!("rare{}", number % 100)];
    if !is_failed {
        words.push("common".to_owned());
    }
    Kept {
        document: Document {
            id: DocumentId(Uuid::from_u128(number as u128 + 1)),
            name: "a.jpg".into(),
            digest: BlobDigest::try_from(format!("{number:064x}")).unwrap(),
            media_type: "image/jpeg".to_owned(),
            size: 1,
            status,
            problem: None,
            submitted_by: UserId(Uuid::from_u128(99)),
            submitted_at: Timestamp(NOW.0 + number as i64),
            changed_at: Timestamp(NOW.0 + scattered as i64),
        },
        derived: Derived {
            title: Some("somebody".into()),
            document_type: Some("passport".parse().unwrap()),
            issuing_country: (!is_failed).then(|| country.to_owned()),
            doubtful: u32::from(status == DocumentStatus::NeedsReview),
            pages: 1,
            title_key: format!("title {}", scattered % 300),
            date_of_birth: format!("19{:02}-01-01", scattered % 80),
            date_of_expiry: format!("20{:02}-01-01", 20 + scattered % 20),
            confidence: (scattered % 900) as u32,
        },
        words,
    }
}

fn filled(place: &Place) -> (Store, Vec<Kept>) {
    let store = place.open();
    let transaction = store.write().unwrap();
    let account = users::User {
        id: UserId(Uuid::from_u128(99)),
        name: "Anna".to_owned(),
        role: Role::Clerk,
        password_hash: None,
        is_local: false,
        created_at: NOW,
    };
    assert!(users::insert(&transaction, &account).unwrap());
    let kept: Vec<Kept> = (0..DOCUMENTS).map(some_document).collect();
    for (number, one) in kept.iter().enumerate() {
        let blob = blobs::Blob {
            digest: one.document.digest.clone(),
            object_name: format!("object-{number}"),
            wrapped_key: "0000aaaa:00".to_owned(),
            size: 1,
            created_at: NOW,
        };
        blobs::insert(&transaction, &blob).unwrap();
        let known = Known {
            document: &one.document,
            derived: &one.derived,
            pictures_erased_at: None,
        };
        documents::insert_known(&transaction, [known]).unwrap();
        let words = (one.document.id, one.words.as_slice());
        search::add_all(&transaction, [words]).unwrap();
    }
    transaction.commit().unwrap();
    (store, kept)
}

fn filters() -> Vec<Filter> {
    let all = Filter::default;
    let words = |text: &str| vec![vec![text.to_owned()]];
    vec![
        all(),
        Filter {
            statuses: vec![DocumentStatus::Extracted],
            ..all()
        },
        Filter {
            statuses: vec![DocumentStatus::Failed, DocumentStatus::Reviewed],
            ..all()
        },
        Filter {
            issuing_countries: vec!["FRA".to_owned()],
            statuses: vec![DocumentStatus::Extracted, DocumentStatus::Reviewed],
            ..all()
        },
        Filter {
            issuing_countries: vec!["ISL".to_owned()],
            document_types: vec!["passport".to_owned()],
            ..all()
        },
        Filter {
            statuses: vec![DocumentStatus::Failed],
            issuing_countries: vec!["FRA".to_owned()],
            ..all()
        },
        Filter {
            words: words("comm"),
            ..all()
        },
        Filter {
            words: words("common"),
            submitted_from: Some(Timestamp(NOW.0 + 100)),
            submitted_before: Some(Timestamp(NOW.0 + 1300)),
            ..all()
        },
        Filter {
            words: words("rare7"),
            doubtful: Some(false),
            ..all()
        },
        Filter {
            words: words("common"),
            statuses: vec![DocumentStatus::Failed],
            ..all()
        },
        Filter {
            confidence_below: Some(850),
            expired_before: Some("2039-01-01".to_owned()),
            ..all()
        },
    ]
}

fn satisfies(one: &Kept, filter: &Filter) -> bool {
    let Kept {
        document, derived, ..
    } = one;
    let kind = derived.document_type.unwrap().to_string();
    let country = derived.issuing_country.clone().unwrap_or_default();
    let among = |asked: &[String], held: &String| asked.is_empty() || asked.contains(held);
    let has = |beginning: &String| one.words.iter().any(|word| word.starts_with(beginning));
    (filter.statuses.is_empty() || filter.statuses.contains(&document.status))
        && among(&filter.document_types, &kind)
        && among(&filter.issuing_countries, &country)
        && filter.words.iter().all(|group| group.iter().any(has))
        && filter
            .submitted_from
            .is_none_or(|from| document.submitted_at >= from)
        && filter
            .submitted_before
            .is_none_or(|end| document.submitted_at < end)
        && filter
            .confidence_below
            .is_none_or(|below| derived.confidence < below)
        && filter
            .doubtful
            .is_none_or(|doubtful| (derived.doubtful > 0) == doubtful)
        && filter
            .expired_before
            .as_ref()
            .is_none_or(|day| derived.date_of_expiry < *day)
}

/// The value that an order is by, as something that compares.
fn value(key: Key, number: i64, one: &Kept) -> (i64, String, i64) {
    let kind = one.derived.document_type.unwrap().to_string();
    let country = one.derived.issuing_country.clone().unwrap_or_default();
    let (integer, text) = match key {
        Key::ChangedAt => (one.document.changed_at.0, ""),
        Key::Title => (0, one.derived.title_key.as_str()),
        Key::DateOfBirth => (0, one.derived.date_of_birth.as_str()),
        Key::DateOfExpiry => (0, one.derived.date_of_expiry.as_str()),
        Key::Confidence => (i64::from(one.derived.confidence), ""),
        Key::Status => (0, one.document.status.as_str()),
        Key::DocumentType => (0, kind.as_str()),
        Key::IssuingCountry => (0, country.as_str()),
        Key::Number => (0, ""),
    };
    (integer, text.to_owned(), number)
}

fn every_way_leads_to_the_same_rows(place: &Place) {
    let (store, kept) = filled(place);
    let snapshot = store.read().unwrap();
    for filter in filters() {
        let satisfying: Vec<(i64, &Kept)> = (1..)
            .zip(&kept)
            .filter(|(_, one)| satisfies(one, &filter))
            .collect();
        for key in KEYS {
            for ascending in [true, false] {
                let mut expected = satisfying.clone();
                expected.sort_by_cached_key(|(number, one)| value(key, *number, one));
                if !ascending {
                    expected.reverse();
                }
                let order = Order {
                    key,
                    ascending,
                    after: None,
                };
                check(&snapshot, &filter, order, &expected);
            }
        }
    }
}

/// Compares the first pages, and one from the middle.
fn check(snapshot: &Snapshot, filter: &Filter, mut order: Order, expected: &[(i64, &Kept)]) {
    const PAGE: usize = 40;

    let told = format!("{filter:?} {order:?}");
    for first in [0, PAGE.min(expected.len()), expected.len() / 2] {
        if let Some((number, one)) = first.checked_sub(1).and_then(|last| expected.get(last)) {
            let (integer, text, _) = value(order.key, *number, one);
            let at = match order.key {
                Key::Number => KeyValue::Integer(*number),
                Key::ChangedAt | Key::Confidence => KeyValue::Integer(integer),
                _ => KeyValue::Text(text),
            };
            let number = *number;
            order.after = Some(documents::Place { at, number });
        }
        let (listed, count) =
            documents::list_and_count(snapshot, filter, &order, PAGE as u32, 1200).unwrap();
        let listed: Vec<i64> = listed.iter().map(|one| one.number).collect();
        let wanted = expected.iter().skip(first).take(PAGE);
        let wanted: Vec<i64> = wanted.map(|(number, _)| *number).collect();
        assert_eq!(listed, wanted, "{told} from {first}");
        assert_eq!(count, expected.len().min(1200) as u64, "{told}");
        let alone = documents::list(snapshot, filter, &order, PAGE as u32).unwrap();
        assert_eq!(alone.len(), wanted.len(), "{told}");
    }
    let few = documents::count_up_to(snapshot, filter, 10).unwrap();
    assert_eq!(few, expected.len().min(10) as u64, "{told}");
}

on_both_engines![every_way_leads_to_the_same_rows];
