//! How fast jobs are claimed, by one worker and by many on other machines.

use std::{
    path::Path,
    sync::atomic::{AtomicI64, Ordering},
    time::Instant,
};

use anyhow::{Result, bail};
use lectern_tests::postgres::Database;
use model::{JobId, Timestamp};
use store::{
    Address, DatabaseKey, Store,
    jobs::{self, Due, End, Lease, NewJob},
};
use uuid::Uuid;

use crate::{place::Engine, timing::Times};

/// How many are claimed in each measurement.
const CLAIMS: i64 = 2000;

/// How many workers there are.
const CREWS: [usize; 3] = [1, 4, 16];

const QUEUE: &str = "bench";

/// Some instant.
const NOW: Timestamp = Timestamp(1_795_248_000_000);

/// Lets workers claim and end jobs of a queue in which so many wait.
pub(crate) fn measure(engine: Engine, waiting: u64, work: &Path) -> Result<()> {
    let folder = tempfile::Builder::new()
        .prefix("lectern-bench-")
        .tempdir_in(work)?;
    let path = folder.path().join("lectern.db");
    let key = DatabaseKey::new([7; 32].into());
    let database = match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(Database::new()?),
    };
    let open = || -> Result<Store> {
        let Some(database) = &database else {
            return Ok(Store::create(&path, &key)?);
        };
        match database.url().parse()? {
            Address::Server(address) => Ok(Store::connect(&address)?),
            Address::File(_) => bail!("the address of the server names a file"),
        }
    };
    let store = open()?;
    let ids = AtomicI64::new(0);
    let mut left = waiting as i64;
    while left > 0 {
        let transaction = store.write()?;
        for _ in 0..left.min(10_000) {
            let id = JobId(Uuid::from_u128(ids.fetch_add(1, Ordering::Relaxed) as u128));
            let job = NewJob {
                id,
                queue: QUEUE,
                kind: "bench",
                document: None,
                payload: "{}",
                priority: 0,
                run_after: Timestamp(0),
                dedupe_key: Some(&id.to_string()),
                created_at: NOW,
            };
            jobs::insert(&transaction, &job)?;
        }
        transaction.commit()?;
        left -= 10_000;
    }
    if let Some(database) = &database {
        database.ask("VACUUM ANALYZE")?;
    }
    for crew in CREWS {
        // Each with connections of its own, as processes and machines have.
        let stores = (0..crew).map(|_| open()).collect::<Result<Vec<Store>>>()?;
        let taken = AtomicI64::new(0);
        let begun = Instant::now();
        let times: Result<Vec<Times>> = std::thread::scope(|scope| {
            let workers = stores.iter().enumerate();
            let workers: Vec<_> = workers
                .map(|(number, store)| {
                    let taken = &taken;
                    scope.spawn(move || work_off(store, &number.to_string(), taken))
                })
                .collect();
            let joined = workers.into_iter().map(|one| {
                let ended = one.join();
                ended.map_err(|_| anyhow::anyhow!("a worker panicked"))?
            });
            joined.collect()
        });
        let times = times?;
        let shares: Vec<usize> = times.iter().map(Times::count).collect();
        let times = Times::joined(times);
        let rate = times.count() as f64 / begun.elapsed().as_secs_f64();
        let [most, fewest] = [shares.iter().max(), shares.iter().min()];
        println!(
            "- {crew} workers claim and end {rate:.0} jobs a second, each between {} and {} of {CLAIMS}; a claim {times}",
            fewest.copied().unwrap_or_default(),
            most.copied().unwrap_or_default(),
        );
    }
    Ok(())
}

fn work_off(store: &Store, worker: &str, taken: &AtomicI64) -> Result<Times> {
    let mut times = Times::default();
    let due = Due {
        now: NOW,
        horizon: Timestamp(NOW.0 + 3_600_000),
    };
    loop {
        let number = taken.fetch_add(1, Ordering::Relaxed);
        if number >= CLAIMS {
            return Ok(times);
        }
        let token = format!("{worker}-{number}");
        let lease = Lease {
            token: &token,
            worker,
            until: Timestamp(NOW.0 + 30_000),
        };
        let claimed = times.of(|| -> Result<_, store::Error> {
            let transaction = store.write_aside()?;
            let claimed = jobs::claim(&transaction, QUEUE, &lease, due)?;
            transaction.commit()?;
            Ok(claimed)
        })?;
        let Some(job) = claimed else { return Ok(times) };
        let transaction = store.write_aside()?;
        jobs::end(&transaction, job.id, &token, End::Done, None, NOW)?;
        transaction.commit()?;
    }
}
