//! What a filter of the log lets through, and that nobody reads the whole log for it.

use model::{Timestamp, UserId};
use uuid::Uuid;

use super::{Entry, Filter, append_all, list};
use crate::{DatabaseKey, Store, sql::plans};

const ENTRIES: u64 = 400;

fn user(number: u64) -> UserId {
    UserId(Uuid::from_u128(u128::from(number % 3)))
}

fn act(number: u64) -> &'static str {
    match number {
        201 => "records.seeded",
        _ if number.is_multiple_of(7) => "document.read",
        _ => "document.seen",
    }
}

fn entry(sequence: u64) -> Entry {
    Entry {
        sequence,
        at: Timestamp(7),
        user: Some(user(sequence)),
        door: "network".to_owned(),
        act: act(sequence).to_owned(),
        subject: Some((sequence % 5).to_string()),
        details: "{}".to_owned(),
        salt: None,
        hash: String::new(),
        seal: String::new(),
    }
}

#[test]
fn a_filter_of_the_log_finds_the_newest_without_reading_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let key = DatabaseKey::new([1; 32].into());
    let store = Store::create(&folder.path().join("lectern.db"), &key).unwrap();
    let entries: Vec<Entry> = (1..=ENTRIES).map(entry).collect();
    let transaction = store.write().unwrap();
    append_all(&transaction, &entries).unwrap();
    transaction.commit().unwrap();

    let snapshot = store.read().unwrap();
    for user in [None, Some(user(0)), Some(user(8))] {
        for act in [
            None,
            Some("document."),
            Some("document.read"),
            Some("records"),
            Some("x"),
        ] {
            for subject in [None, Some("3")] {
                for before in [None, Some(300), Some(2)] {
                    let filter = Filter {
                        subject: subject.map(str::to_owned),
                        user,
                        act: act.map(str::to_owned),
                        before,
                    };
                    let wanted = entries.iter().rev().filter(|entry| {
                        user.is_none_or(|user| entry.user == Some(user))
                            && act.is_none_or(|act| entry.act.starts_with(act))
                            && subject.is_none_or(|one| entry.subject.as_deref() == Some(one))
                            && before.is_none_or(|before| entry.sequence < before)
                    });
                    let wanted: Vec<&Entry> = wanted.take(20).collect();
                    let found = list(&snapshot, &filter, 20).unwrap();
                    assert_eq!(found.iter().collect::<Vec<_>>(), wanted, "{filter:?}");
                }
            }
        }
    }
    for (sql, steps) in plans(&snapshot) {
        for step in steps {
            assert!(step.starts_with("SEARCH audit"), "{step}: {sql}");
        }
    }
}
