//! Which job is claimed by whom.

use std::{collections::BTreeSet, sync::Mutex};

use lectern_store::{
    jobs::{self, Due, End, JobState, Lease, NewJob},
    leases,
};
use model::{JobId, Timestamp};
use uuid::Uuid;

use crate::place::{NOW, Place, on_both_engines};

on_both_engines![
    the_most_urgent_due_job_is_claimed_first,
    a_job_that_was_left_comes_after_those_that_never_were,
    one_key_waits_once,
    many_workers_claim_every_job_once,
    a_clock_that_was_set_back_holds_nothing_up,
    a_failed_job_is_done_anew_when_nobody_else_does_it,
    one_process_has_a_role_at_a_time,
    what_ended_long_ago_is_dropped,
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

fn a_clock_that_was_set_back_holds_nothing_up(place: &Place) {
    const DAY: i64 = 86_400_000;

    let store = place.open();
    let transaction = store.write().unwrap();
    jobs::insert(&transaction, &job(1, Timestamp(NOW.0 + DAY), 0)).unwrap();
    jobs::insert(&transaction, &job(2, Timestamp(NOW.0 + 1000), 0)).unwrap();
    let yesterday = Timestamp(NOW.0 - DAY);
    let claim = |now| jobs::claim(&transaction, "ocr", &lease("one"), due(now)).unwrap();
    assert_eq!(
        claim(NOW).unwrap().id.0.as_u128(),
        1,
        "nothing waits for a day"
    );
    assert!(claim(NOW).is_none(), "a second is a wait");
    assert!(jobs::is_due(&transaction, "ocr", due(yesterday)).unwrap());
    let claimed = claim(yesterday).unwrap();
    assert_eq!((claimed.id.0.as_u128(), claimed.crashes), (2, 0));
    let claimed = claim(yesterday).unwrap();
    assert_eq!((claimed.id.0.as_u128(), claimed.crashes), (1, 1));
}

fn a_failed_job_is_done_anew_when_nobody_else_does_it(place: &Place) {
    let store = place.open();
    let transaction = store.write().unwrap();
    let keyed = |number| NewJob {
        dedupe_key: Some("the same"),
        ..job(number, NOW, 0)
    };
    let fail = |token: &str| {
        let claimed = jobs::claim(&transaction, "ocr", &lease(token), due(NOW)).unwrap();
        let id = claimed.unwrap().id;
        assert!(jobs::end(&transaction, id, token, End::Failed, None, NOW).unwrap());
        id
    };
    jobs::insert(&transaction, &keyed(1)).unwrap();
    let first = fail("one");
    let failed = jobs::get(&transaction, first).unwrap().unwrap();
    assert_eq!(failed.state, JobState::Failed);
    assert_eq!((failed.claimed_at, failed.ended_at), (Some(NOW), Some(NOW)));
    jobs::insert(&transaction, &keyed(2)).unwrap();
    assert!(
        !jobs::retry(&transaction, first, NOW).unwrap(),
        "its work is waiting"
    );
    fail("two");
    assert!(jobs::retry(&transaction, first, NOW).unwrap());
    let again = jobs::get(&transaction, first).unwrap().unwrap();
    assert_eq!(
        (again.state, again.attempts, again.ended_at),
        (JobState::Waiting, 0, None)
    );
    assert!(jobs::cancel_one(&transaction, first, NOW).unwrap());
    assert!(!jobs::cancel_one(&transaction, first, NOW).unwrap());
    let listed = jobs::list(&transaction, Some("ocr"), &[JobState::Cancelled], None, 9).unwrap();
    assert_eq!(listed.len(), 1);
    let tallies = jobs::tally(&transaction).unwrap();
    assert_eq!(tallies.iter().map(|tally| tally.jobs).sum::<u64>(), 2);
}

fn one_process_has_a_role_at_a_time(place: &Place) {
    let store = place.open();
    let take = |holder: &str, now: i64| {
        let now = Timestamp(NOW.0 + now);
        let lease = leases::Lease {
            holder: holder.to_owned(),
            until: Timestamp(now.0 + 1000),
        };
        let horizon = Timestamp(now.0 + 600_000);
        let transaction = store.write_aside().unwrap();
        let has = leases::take(&transaction, "scheduler", &lease, now, horizon).unwrap();
        transaction.commit().unwrap();
        has
    };
    assert!(take("one", 0) && !take("two", 999) && take("one", 999));
    assert!(!take("two", 1998) && take("two", 1999) && !take("one", 2000));
    assert!(take("one", -86_400_000), "the clock was set back");
    let transaction = store.write_aside().unwrap();
    leases::give_back(&transaction, "scheduler", "two").unwrap();
    assert!(leases::get(&transaction, "scheduler").unwrap().is_some());
    leases::give_back(&transaction, "scheduler", "one").unwrap();
    assert!(leases::get(&transaction, "scheduler").unwrap().is_none());
}

fn what_ended_long_ago_is_dropped(place: &Place) {
    let store = place.open();
    let transaction = store.write().unwrap();
    for number in 1..=3 {
        jobs::insert(&transaction, &job(number, NOW, 0)).unwrap();
    }
    for number in 1..=2 {
        jobs::cancel_one(&transaction, JobId(Uuid::from_u128(number)), NOW).unwrap();
    }
    let later = Timestamp(NOW.0 + 1);
    assert_eq!(jobs::delete_ended(&transaction, NOW, 9).unwrap(), 0);
    assert_eq!(jobs::delete_ended(&transaction, later, 1).unwrap(), 1);
    assert_eq!(jobs::delete_ended(&transaction, later, 9).unwrap(), 1);
    assert_eq!(
        jobs::list(&transaction, None, &[], None, 9).unwrap().len(),
        1
    );
}
