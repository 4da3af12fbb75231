//! What a snapshot sees, and what a transaction leaves behind.

use std::{
    sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use lectern_store::{Error, settings};

use crate::place::{Place, on_both_engines};

on_both_engines![
    a_transaction_that_is_not_committed_never_was,
    who_writes_in_line_sees_what_the_one_before_wrote,
    a_failed_statement_spoils_its_transaction_only,
    everything_comes_back_as_it_was_written,
];

fn a_transaction_that_is_not_committed_never_was(place: &Place) {
    let store = place.open();
    let before = store.read().unwrap();
    let transaction = store.write().unwrap();
    settings::set(&transaction, "kept", "no").unwrap();
    assert!(settings::get(&transaction, "kept").unwrap().is_some());
    assert!(
        settings::get(&store.read().unwrap(), "kept")
            .unwrap()
            .is_none()
    );
    drop(transaction);
    assert!(
        settings::get(&store.read().unwrap(), "kept")
            .unwrap()
            .is_none()
    );

    assert!(settings::get(&before, "kept").unwrap().is_none());
    let transaction = store.write().unwrap();
    settings::set(&transaction, "kept", "yes").unwrap();
    transaction.commit().unwrap();
    let seen = settings::get(&before, "kept").unwrap();
    assert!(
        seen.is_none(),
        "a snapshot sees one state from first to last"
    );
    assert!(
        settings::get(&store.read().unwrap(), "kept")
            .unwrap()
            .is_some()
    );
}

fn who_writes_in_line_sees_what_the_one_before_wrote(place: &Place) {
    const TURNS: usize = 25;

    place.open();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                // Each with a store of its own, as processes have.
                let store = place.open();
                for _ in 0..TURNS {
                    let transaction = store.write().unwrap();
                    let count = settings::get(&transaction, "count").unwrap();
                    let count = count.map_or(0, |count| count.parse::<usize>().unwrap());
                    settings::set(&transaction, "count", &(count + 1).to_string()).unwrap();
                    transaction.commit().unwrap();
                }
            });
        }
    });
    let count = settings::get(&place.open().read().unwrap(), "count").unwrap();
    assert_eq!(count, Some((4 * TURNS).to_string()), "no turn was lost");
}

/// On a server its own queue of locks is the line.
#[test]
fn who_writes_again_and_again_to_a_file_lets_others_write() {
    const WRITERS: usize = 4;
    const TURNS: usize = 400;

    let place = Place::file();
    place.open();
    let left = AtomicUsize::new(TURNS);
    let begin = Barrier::new(WRITERS);
    let turns: Vec<usize> = thread::scope(|scope| {
        let write = || {
            // Each with a store of its own, as processes have.
            let store = place.open();
            begin.wait();
            let mut turns = 0;
            let less = |left: usize| left.checked_sub(1);
            while left
                .fetch_update(Ordering::AcqRel, Ordering::Acquire, less)
                .is_ok()
            {
                let transaction = store.write().unwrap();
                settings::set(&transaction, "turns", &turns.to_string()).unwrap();
                transaction.commit().unwrap();
                turns += 1;
            }
            turns
        };
        let writers: Vec<_> = (0..WRITERS).map(|_| scope.spawn(write)).collect();
        let joined = writers.into_iter().map(|writer| writer.join().unwrap());
        joined.collect()
    });
    // A quarter of the turns would be fair; without a line somebody has next to none.
    let fewest = turns.iter().min().copied().unwrap();
    assert!(fewest >= TURNS / WRITERS / 5, "turns were {turns:?}");
}

fn a_failed_statement_spoils_its_transaction_only(place: &Place) {
    let store = place.open();
    place.run("CREATE UNIQUE INDEX once ON settings (value)");
    let transaction = store.write().unwrap();
    settings::set(&transaction, "one", "same").unwrap();
    transaction.commit().unwrap();

    let transaction = store.write().unwrap();
    let refused = settings::set(&transaction, "two", "same");
    assert!(matches!(refused, Err(Error::Duplicate)), "{refused:?}");
    drop(transaction);
    let transaction = store.write().unwrap();
    settings::set(&transaction, "two", "other").unwrap();
    transaction.commit().unwrap();
    let kept = settings::get(&store.read().unwrap(), "two").unwrap();
    assert_eq!(kept.as_deref(), Some("other"));
}

fn everything_comes_back_as_it_was_written(place: &Place) {
    let store = place.open();
    for text in ["", "ÉLODIE ? '' \" $1 %", "\u{1f4d8} اسم", "a\nb\\n"] {
        let transaction = store.write().unwrap();
        settings::set(&transaction, "text", text).unwrap();
        transaction.commit().unwrap();
        let kept = settings::get(&store.read().unwrap(), "text").unwrap();
        assert_eq!(kept.as_deref(), Some(text));
    }
}
