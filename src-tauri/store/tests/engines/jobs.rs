//! Which job is claimed by whom.

use std::{collections::BTreeSet, sync::Mutex};

use lectern_store::jobs::{self, Due, End, Lease, NewJob};
use model::{JobId, Timestamp};
use uuid::Uuid;

use crate::place::{NOW, Place, on_both_engines};

on_both_engines![
    the_most_urgent_due_job_is_claimed_first,
    a_job_that_was_left_comes_after_those_that_never_were,
    one_key_waits_once,
    many_workers_claim_every_job_once,
];

fn job(number: u128, run_after: Timestamp, priority: i64) -> NewJob<'static> {
    NewJob {
        id: JobId(Uuid::from_u128(number)),
        queue: "ocr",
        kind: "read_document",
        document: None,
        payload: "{}",
        priority,
        run_after,
        dedupe_key: None,
        created_at: NOW,
    }
}

fn due(now: Timestamp) -> Due {
    Due {
        now,
        horizon: Timestamp(now.0 + 600_000),
    }
}

fn lease(token: &str) -> Lease<'_> {
    Lease {
        token,
        worker: "test",
        until: Timestamp(NOW.0 + 1000),
    }
}

fn the_most_urgent_due_job_is_claimed_first(place: &Place) {
    let store = place.open();
    let transaction = store.write().unwrap();
    let later = Timestamp(NOW.0 + 1);
    for job in [
        job(1, NOW, 0),
        job(2, later, 9),
        job(3, NOW, 5),
        job(4, Timestamp(NOW.0 - 1), 0),
    ] {
        assert!(jobs::insert(&transaction, &job).unwrap());
    }
    let claim = |now| {
        let claimed = jobs::claim(&transaction, "ocr", &lease("one"), due(now)).unwrap();
        claimed.map(|claimed| claimed.id.0.as_u128())
    };
    let order = [claim(NOW), claim(NOW), claim(NOW), claim(NOW), claim(later)];
    assert_eq!(order, [Some(3), Some(1), Some(4), None, Some(2)]);
    assert!(
        jobs::claim(&transaction, "media", &lease("one"), due(later))
            .unwrap()
            .is_none()
    );
}

fn a_job_that_was_left_comes_after_those_that_never_were(place: &Place) {
    let store = place.open();
    let transaction = store.write().unwrap();
    for number in 1..=2 {
        jobs::insert(&transaction, &job(number, NOW, 0)).unwrap();
    }
    let claim = |now| {
        let now = Timestamp(NOW.0 + now);
        let claimed = jobs::claim(&transaction, "ocr", &lease("one"), due(now)).unwrap();
        claimed.map(|claimed| (claimed.id.0.as_u128(), claimed.crashes))
    };
    assert_eq!(claim(0), Some((1, 0)));
    assert_eq!(
        claim(1000),
        Some((2, 0)),
        "the lease of the first has ended"
    );
    assert_eq!(claim(1000), Some((1, 1)));
}

fn one_key_waits_once(place: &Place) {
    let store = place.open();
    let transaction = store.write().unwrap();
    let keyed = |number| NewJob {
        dedupe_key: Some("the same"),
        ..job(number, NOW, 0)
    };
    assert!(jobs::insert(&transaction, &keyed(1)).unwrap());
    assert!(!jobs::insert(&transaction, &keyed(2)).unwrap());
    let claimed = jobs::claim(&transaction, "ocr", &lease("one"), due(NOW))
        .unwrap()
        .unwrap();
    assert!(
        !jobs::insert(&transaction, &keyed(3)).unwrap(),
        "also while it runs"
    );
    assert!(!jobs::end(&transaction, claimed.id, "another", End::Done, None, NOW).unwrap());
    assert!(jobs::end(&transaction, claimed.id, "one", End::Done, None, NOW).unwrap());
    assert!(jobs::insert(&transaction, &keyed(4)).unwrap());
}

fn many_workers_claim_every_job_once(place: &Place) {
    let store = place.open();
    let transaction = store.write().unwrap();
    for number in 0..100 {
        jobs::insert(&transaction, &job(number, NOW, 0)).unwrap();
    }
    transaction.commit().unwrap();
    let claimed = Mutex::new(Vec::new());
    // Each with a store of its own, as processes have.
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let claimed = &claimed;
            scope.spawn(move || {
                let store = place.open();
                loop {
                    let token = format!("worker {worker}");
                    let transaction = store.write_aside().unwrap();
                    let job = jobs::claim(&transaction, "ocr", &lease(&token), due(NOW)).unwrap();
                    transaction.commit().unwrap();
                    match job {
                        Some(job) => claimed.lock().unwrap().push(job.id),
                        None => break,
                    }
                }
            });
        }
    });
    let claimed = claimed.into_inner().unwrap();
    assert_eq!(claimed.len(), 100);
    assert_eq!(claimed.iter().collect::<BTreeSet<_>>().len(), 100);
    assert_eq!(jobs::counts(&store.read().unwrap()).unwrap(), (0, 100));
}
