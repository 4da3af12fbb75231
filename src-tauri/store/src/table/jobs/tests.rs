//! Which jobs a list has, and that nobody reads all of them for it.

use model::{JobId, Timestamp};
use uuid::Uuid;

use super::{JobState, NewJob, cancel_one, insert, list};
use crate::{DatabaseKey, Store, sql::plans};

const JOBS: u128 = 60;

#[test]
fn a_list_of_jobs_has_the_newest_of_its_states_without_reading_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let key = DatabaseKey::new([1; 32].into());
    let store = Store::create(&folder.path().join("lectern.db"), &key).unwrap();
    let transaction = store.write().unwrap();
    let (at, mut all) = (Timestamp(7), Vec::new());
    for number in 0..JOBS {
        let id = JobId(Uuid::from_u128(number + 1));
        let queue = if number % 3 == 0 { "media" } else { "ocr" };
        let job = NewJob {
            id,
            queue,
            kind: "test",
            document: None,
            payload: "{}",
            priority: (number % 2) as i64,
            run_after: Timestamp(0),
            dedupe_key: None,
            created_at: at,
        };
        insert(&transaction, &job).unwrap();
        let state = if number % 4 == 0 {
            cancel_one(&transaction, id, at).unwrap();
            JobState::Cancelled
        } else {
            JobState::Waiting
        };
        all.push((id, queue, state));
    }
    transaction.commit().unwrap();
    let snapshot = store.read().unwrap();
    drop(plans(&snapshot));
    let all_states = JobState::ALL;
    let some: [&[JobState]; 4] = [
        &[],
        &[JobState::Cancelled],
        &[JobState::Failed],
        &all_states,
    ];
    for queue in [None, Some("media"), Some("ocr")] {
        for states in some {
            for before in [None, Some(31)] {
                let wanted = all.iter().enumerate().rev().filter(|(place, one)| {
                    queue.is_none_or(|queue| one.1 == queue)
                        && (states.is_empty() || states.contains(&one.2))
                        && before.is_none_or(|before| (*place as i64) + 1 < before)
                });
                let wanted: Vec<JobId> = wanted.map(|(_, one)| one.0).take(9).collect();
                let found = list(&snapshot, queue, states, before, 9).unwrap();
                let found: Vec<JobId> = found.iter().map(|job| job.id).collect();
                assert_eq!(found, wanted, "{queue:?} {states:?} {before:?}");
            }
        }
    }
    for (sql, steps) in plans(&snapshot) {
        for step in steps {
            assert!(step.starts_with("SEARCH jobs"), "{step}: {sql}");
        }
    }
}
