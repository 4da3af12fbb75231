//! Leases that end, jobs that are cancelled or given back, needs that fail: with a clock that is
//! turned and claims that are held by hand.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use lectern_tests::postgres::Database;
use model::{Caller, DocumentId, DocumentStatus, Door, Problem, Timestamp};

use store::jobs::{Job, JobState};

use super::{
    Crew, Queue, Request, enqueue,
    lease::{self, ClaimedJob, LEASE, Leases},
    media, read_document, recurring, scheduler,
};
use crate::{App, Settings, clock::Clock, documents, intake, people};

const SECOND: i64 = 1000;

#[derive(Debug)]
struct TurnedClock(AtomicI64);

impl Clock for TurnedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }

    fn today(&self) -> jiff::civil::Date {
        jiff::civil::date(2026, 11, 21)
    }
}

/// Makes two tests of each function: one on a sealed file, one on Postgres.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            use super::{Database, Scene};

            #[test]
            fn on_a_file() {
                super::$name(&Scene::new(None));
            }

            #[test]
            fn on_a_server() {
                super::$name(&Scene::new(Some(Database::new().unwrap())));
            }
        }
    )*};
}

on_both_engines![
    a_worker_whose_lease_ended_cannot_commit,
    renewed_leases_hold_and_lost_ones_are_noticed,
    a_deleted_document_leaves_its_worker_nothing_to_do,
    a_stopping_worker_gives_its_job_back,
    a_process_that_died_is_noticed_when_the_store_is_opened,
    a_document_that_ends_the_program_each_time_is_left_alone,
    what_fails_for_a_while_is_tried_again_later_and_later,
    what_recurs_is_made_once_by_whoever_has_the_role,
    what_fails_for_good_is_left_and_what_is_unknown_waits,
    a_worker_that_is_overtaken_or_stopped_leaves_its_job,
];

/// One store, a document in it that waits, and the hands of the clock.
struct Scene {
    server: Option<Database>,
    folder: tempfile::TempDir,
    clock: Arc<TurnedClock>,
    app: App,
    document: DocumentId,
}

impl Scene {
    fn new(server: Option<Database>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(TurnedClock(AtomicI64::new(1_795_248_000_000)));
        let app = open(folder.path(), server.as_ref(), &clock);
        let submitted = intake::samples(&app, &me(&app)).unwrap();
        let mut ids = submitted.iter().map(|one| one.document.document.id);
        let document = ids.next().unwrap();
        ids.for_each(|other| drop(intake::cancel(&app, &me(&app), other).unwrap()));
        Self {
            server,
            folder,
            clock,
            app,
            document,
        }
    }

    /// Another process on the same store.
    fn another(&self) -> App {
        open(self.folder.path(), self.server.as_ref(), &self.clock)
    }

    fn turn(&self, milliseconds: i64) {
        self.clock.0.fetch_add(milliseconds, Ordering::SeqCst);
    }

    fn claim(&self) -> Option<ClaimedJob> {
        lease::claim(&self.app, Queue::Ocr).unwrap()
    }

    /// Where the document stands, and how often it was read.
    fn standing(&self) -> (DocumentStatus, u64) {
        let detail = documents::get(&self.app, &me(&self.app), self.document).unwrap();
        (detail.summary.document.status, detail.readings)
    }

    fn problem(&self) -> Option<Problem> {
        let detail = documents::get(&self.app, &me(&self.app), self.document).unwrap();
        detail.summary.document.problem
    }

    fn blobs(&self) -> std::path::PathBuf {
        self.folder.path().join("data/blobs")
    }
}

fn open(folder: &Path, server: Option<&Database>, clock: &Arc<TurnedClock>) -> App {
    let address = server.map(|server| server.url().parse().unwrap());
    let settings = Settings {
        databases: address
            .map(|address| (store::Database::Default, address))
            .into_iter()
            .collect(),
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        ..Settings::of_folders(folder.join("data"), folder.join("config"))
    };
    App::open(settings).unwrap()
}

fn me(app: &App) -> Caller {
    people::local_caller(app, Door::CommandLine)
}

fn run(app: &App, claimed: &ClaimedJob, stopping: bool) {
    let held = Leases::default().hold(claimed);
    let mut engines = read::Engines::new().unwrap();
    read_document::run(
        app,
        claimed,
        &held,
        &mut engines,
        &AtomicBool::new(stopping),
    )
    .unwrap();
}

fn was_read(status: DocumentStatus) -> bool {
    matches!(
        status,
        DocumentStatus::Extracted | DocumentStatus::NeedsReview
    )
}

fn a_worker_whose_lease_ended_cannot_commit(scene: &Scene) {
    let other = scene.another();
    let first = scene.claim().unwrap();
    assert_eq!(scene.standing(), (DocumentStatus::Processing, 0));
    assert!(
        lease::claim(&other, Queue::Ocr).unwrap().is_none(),
        "the lease holds"
    );

    scene.turn(LEASE);
    let second = lease::claim(&other, Queue::Ocr).unwrap().unwrap();
    assert_eq!(
        (second.job.id, second.job.attempts, second.job.crashes),
        (first.job.id, 2, 1)
    );
    run(&scene.app, &first, false);
    assert_eq!(
        scene.standing(),
        (DocumentStatus::Processing, 0),
        "too late"
    );
    run(&other, &second, false);
    let (status, readings) = scene.standing();
    assert!(was_read(status) && readings == 1);
    run(&scene.app, &first, false);
    run(&other, &second, false);
    assert_eq!(scene.standing(), (status, 1), "done once");
    assert!(scene.claim().is_none());
}

fn renewed_leases_hold_and_lost_ones_are_noticed(scene: &Scene) {
    let claimed = scene.claim().unwrap();
    let leases = Leases::default();
    let held = leases.hold(&claimed);
    for _ in 0..5 {
        scene.turn(LEASE - 5 * SECOND);
        leases.look_after_all(&scene.app).unwrap();
        assert!(!held.is_lost());
        assert!(scene.claim().is_none());
    }
    intake::cancel(&scene.app, &me(&scene.app), scene.document).unwrap();
    leases.look_after_all(&scene.app).unwrap();
    assert!(held.is_lost());
    drop(held);

    run(&scene.app, &claimed, false);
    assert_eq!(scene.standing(), (DocumentStatus::Cancelled, 0));
    intake::retry(&scene.app, &me(&scene.app), scene.document).unwrap();
    run(&scene.app, &scene.claim().unwrap(), false);
    run(&scene.app, &claimed, false);
    assert_eq!(scene.standing().1, 1);
}

fn a_deleted_document_leaves_its_worker_nothing_to_do(scene: &Scene) {
    let claimed = scene.claim().unwrap();
    documents::delete(&scene.app, &me(&scene.app), scene.document).unwrap();
    run(&scene.app, &claimed, false);
    assert!(scene.claim().is_none());
}

fn a_stopping_worker_gives_its_job_back(scene: &Scene) {
    run(&scene.app, &scene.claim().unwrap(), true);
    assert_eq!(scene.standing(), (DocumentStatus::Queued, 0));
    let again = scene.claim().unwrap();
    assert_eq!((again.job.attempts, again.job.crashes), (1, 0));
}

fn a_process_that_died_is_noticed_when_the_store_is_opened(scene: &Scene) {
    let dead = scene.another();
    let claimed = lease::claim(&dead, Queue::Ocr).unwrap().unwrap();
    let mark = scene
        .folder
        .path()
        .join("data/processes")
        .join(dead.inner.process.id());
    drop(dead);
    drop(scene.another());
    assert!(
        scene.claim().is_none(),
        "without a mark the lease has to run out"
    );

    // The mark of a process that was killed stays behind, unlocked.
    std::fs::write(&mark, b"").unwrap();
    drop(scene.another());
    assert!(!mark.exists());
    assert_eq!(scene.claim().unwrap().job.id, claimed.job.id);
}

fn a_document_that_ends_the_program_each_time_is_left_alone(scene: &Scene) {
    for _ in 0..4 {
        scene.claim().unwrap();
        scene.turn(LEASE);
    }
    run(&scene.app, &scene.claim().unwrap(), false);
    assert_eq!(scene.standing(), (DocumentStatus::Failed, 0));
    assert_eq!(scene.problem().unwrap().code, "reader_stopped");
    intake::retry(&scene.app, &me(&scene.app), scene.document).unwrap();
    run(&scene.app, &scene.claim().unwrap(), false);
    assert!(was_read(scene.standing().0), "a person may insist");
}

fn what_fails_for_a_while_is_tried_again_later_and_later(scene: &Scene) {
    let aside = scene.folder.path().join("aside");
    std::fs::rename(scene.blobs(), &aside).unwrap();
    std::fs::write(scene.blobs(), b"in the way").unwrap();
    for attempt in 1_u32..12 {
        let claimed = scene.claim().unwrap();
        assert_eq!(claimed.job.attempts, attempt);
        run(&scene.app, &claimed, false);
        assert_eq!(scene.standing(), (DocumentStatus::Queued, 0));
        assert_eq!(scene.problem().unwrap().code, "stored_files_failed");
        let wait = ((2 * SECOND) << (attempt - 1)).min(120 * SECOND);
        scene.turn(wait - 1);
        assert!(scene.claim().is_none(), "attempt {attempt} waits");
        scene.turn(wait / 5 + 1);
    }
    let last = scene.claim().unwrap();
    run(&scene.app, &last, false);
    assert_eq!(
        scene.standing(),
        (DocumentStatus::Queued, 0),
        "never for good"
    );

    std::fs::remove_file(scene.blobs()).unwrap();
    std::fs::rename(aside, scene.blobs()).unwrap();
    scene.turn(144 * SECOND);
    run(&scene.app, &scene.claim().unwrap(), false);
    assert_eq!(scene.problem(), None);
    let (status, readings) = scene.standing();
    assert!(
        was_read(status) && readings == 1,
        "it heals without a person"
    );
}

const MEDIA: [Crew; 1] = [Crew {
    queue: Queue::Media,
    concurrency: 3,
}];

const HOUR: i64 = 3_600 * SECOND;

/// Every job of a kind, newest first.
fn jobs_of(app: &App, kind: &str) -> Vec<Job> {
    let snapshot = app.inner.store.read().unwrap();
    let all = store::jobs::list(&snapshot, Some("media"), &[], None, 200).unwrap();
    all.into_iter().filter(|job| job.kind == kind).collect()
}

fn run_media(app: &App, claimed: &ClaimedJob, stopping: bool) {
    let held = Leases::default().hold(claimed);
    media::run(app, claimed, &held, &AtomicBool::new(stopping)).unwrap();
}

/// Claims until a job of this kind comes.
fn claim_kind(app: &App, kind: &str) -> ClaimedJob {
    loop {
        let claimed = lease::claim(app, Queue::Media).unwrap().unwrap();
        if claimed.job.kind == kind {
            return claimed;
        }
    }
}

fn what_recurs_is_made_once_by_whoever_has_the_role(scene: &Scene) {
    const KIND: &str = "clean_up_jobs";

    let other = scene.another();
    let look = |app: &App| scheduler::look(app, &MEDIA, app.now()).unwrap();
    look(&scene.app);
    look(&other);
    assert!(jobs_of(&other, KIND).is_empty(), "nothing is old yet");
    scene.turn(25 * HOUR);
    for _ in 0..3 {
        look(&other);
        look(&scene.app);
    }
    assert_eq!(jobs_of(&other, KIND).len(), 1);
    let working = super::statistics(&other, &me(&other)).unwrap();
    let media = working
        .queues
        .iter()
        .find(|queue| queue.queue == Queue::Media);
    assert_eq!(media.unwrap().workers.len(), 2);
    assert!(working.scheduler.is_some());

    let kept = |app: &App| {
        let snapshot = app.inner.store.read().unwrap();
        store::jobs::list(&snapshot, None, &[JobState::Cancelled], None, 200)
            .unwrap()
            .len()
    };
    assert!(
        kept(&other) > 0,
        "the samples that were cancelled a day ago"
    );
    run_media(&other, &claim_kind(&other, KIND), false);
    assert_eq!(kept(&other), 0);
    assert_eq!(jobs_of(&other, KIND)[0].state, JobState::Done);
    scene.turn(-25 * HOUR);
    look(&scene.app);
    scene.turn(HOUR + 1);
    look(&scene.app);
    assert_eq!(
        jobs_of(&other, KIND).len(),
        2,
        "a clock that was set back stops nothing"
    );
    assert!(
        recurring::ALL
            .iter()
            .all(|one| one.period >= 10 * 60 * SECOND)
    );
}

fn add(app: &App, kind: &str) {
    let now = app.now();
    app.write(|transaction| {
        let request = Request {
            queue: Queue::Media,
            kind,
            document: None,
            priority: 0,
            key: kind,
        };
        enqueue(transaction, &request, now)
    })
    .unwrap();
}

fn what_fails_for_good_is_left_and_what_is_unknown_waits(scene: &Scene) {
    let app = &scene.app;
    add(app, "of a newer program");
    for attempt in 1..10 {
        let claimed = lease::claim(app, Queue::Media).unwrap().unwrap();
        assert_eq!(claimed.job.attempts, attempt);
        run_media(app, &claimed, false);
        let job = jobs_of(app, "of a newer program").pop().unwrap();
        assert_eq!(job.state, JobState::Waiting);
        let told = super::get(app, &me(app), job.id).unwrap().sentence;
        assert!(told.contains(&format!("attempt {}", attempt + 1)), "{told}");
        scene.turn(144 * SECOND);
    }
    let job = jobs_of(app, "of a newer program").pop().unwrap();
    super::cancel(app, &me(app), job.id).unwrap();

    // A worker that is killed by it each time.
    add(app, "clean_up_jobs");
    for _ in 0..4 {
        lease::claim(app, Queue::Media).unwrap().unwrap();
        scene.turn(LEASE);
    }
    run_media(
        app,
        &lease::claim(app, Queue::Media).unwrap().unwrap(),
        false,
    );
    let job = jobs_of(app, "clean_up_jobs").pop().unwrap();
    assert_eq!(job.state, JobState::Failed);
    assert_eq!(job.problem.unwrap().code, "worker_stopped");
    let again = super::retry(app, &me(app), job.id).unwrap();
    assert_eq!((again.job.attempts, again.job.crashes), (0, 0));
    run_media(
        app,
        &lease::claim(app, Queue::Media).unwrap().unwrap(),
        false,
    );
    assert_eq!(jobs_of(app, "clean_up_jobs")[0].state, JobState::Done);
}

fn a_worker_that_is_overtaken_or_stopped_leaves_its_job(scene: &Scene) {
    let (app, other) = (&scene.app, scene.another());
    add(app, "clean_up_jobs");
    let stopped = lease::claim(app, Queue::Media).unwrap().unwrap();
    run_media(app, &stopped, true);
    let job = jobs_of(app, "clean_up_jobs").pop().unwrap();
    assert_eq!((job.state, job.attempts), (JobState::Waiting, 0));

    let first = lease::claim(app, Queue::Media).unwrap().unwrap();
    scene.turn(LEASE);
    let second = lease::claim(&other, Queue::Media).unwrap().unwrap();
    run_media(app, &first, false);
    let job = jobs_of(app, "clean_up_jobs").pop().unwrap();
    assert_eq!(job.state, JobState::Running, "it came too late");
    run_media(&other, &second, false);
    assert_eq!(jobs_of(app, "clean_up_jobs")[0].state, JobState::Done);
}
