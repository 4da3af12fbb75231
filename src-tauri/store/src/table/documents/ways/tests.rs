//! No list and no search looks at every row: that is told by the plans, whatever the time they take.

use model::{DocumentStatus, Timestamp, UserId};
use uuid::Uuid;

use crate::{
    DatabaseKey, Store,
    sql::plans,
    table::documents::{self, Filter, Key, KeyValue, Order, Place},
};

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

/// Filters of every kind, alone and together, over more documents than are collected.
fn filters() -> Vec<Filter> {
    let all = Filter::default;
    let one = |text: &str| vec![text.to_owned()];
    let words = Filter {
        words: vec![one("anna")],
        ..all()
    };
    vec![
        all(),
        words.clone(),
        Filter {
            statuses: vec![DocumentStatus::Failed],
            ..words
        },
        Filter {
            statuses: vec![DocumentStatus::Extracted, DocumentStatus::Reviewed],
            document_types: one("passport"),
            ..all()
        },
        Filter {
            issuing_countries: one("UTO"),
            expired_before: Some("2026-01-01".to_owned()),
            ..all()
        },
        Filter {
            submitted_by: Some(UserId(Uuid::from_u128(1))),
            ..all()
        },
        Filter {
            assigned_to: Some(UserId(Uuid::from_u128(1))),
            ..all()
        },
        Filter {
            archived: true,
            ..all()
        },
        Filter {
            submitted_from: Some(Timestamp(1)),
            submitted_before: Some(Timestamp(2)),
            ..all()
        },
        Filter {
            confidence_below: Some(500),
            doubtful: Some(true),
            ..all()
        },
    ]
}

#[test]
fn no_list_and_no_search_scans_the_table() {
    let folder = tempfile::tempdir().unwrap();
    let key = DatabaseKey::new([1; 32].into());
    let store = Store::create(&folder.path().join("lectern.db"), &key).unwrap();
    let snapshot = store.read().unwrap();
    drop(plans(&snapshot));
    for filter in filters() {
        let (conditions, values) = documents::conditions(&snapshot, &filter);
        let demands = super::Demand::of(conditions, values);
        for key in KEYS {
            for ascending in [true, false] {
                let at = match key {
                    Key::Number | Key::ChangedAt | Key::Confidence => KeyValue::Integer(7),
                    _ => KeyValue::Text("m".to_owned()),
                };
                let order = Order {
                    key,
                    ascending,
                    after: Some(Place { at, number: 7 }),
                };
                // As it is asked where there are few, and where there are many.
                documents::list_and_count(&snapshot, &filter, &order, 50, 1000).unwrap();
                for by_words in [true, false] {
                    let many = super::Collected {
                        numbers: Vec::new(),
                        by_words: by_words && !filter.words.is_empty(),
                        satisfied: 2000,
                    };
                    super::followed(&snapshot, &demands, Some(&many), &order, 50).unwrap();
                }
            }
        }
    }
    for (sql, steps) in plans(&snapshot) {
        for step in steps {
            let scans = step.starts_with("SCAN documents") || step.starts_with("SCAN jobs");
            assert!(!scans || step.contains("INDEX"), "{step}: {sql}");
            let sorts = step.contains("TEMP B-TREE") && !sql.contains("json_each");
            assert!(!sorts, "{step}: {sql}");
        }
    }
}
