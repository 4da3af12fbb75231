//! Leases that end, jobs that are cancelled or given back, needs that fail: with a clock that is
//! turned and claims that are held by hand.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use model::{Caller, DocumentId, DocumentStatus, Door, Problem, Timestamp};

use super::{
    Queue,
    lease::{self, ClaimedJob, LEASE, Leases},
    read_document,
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

/// One store, a document in it that waits, and the hands of the clock.
struct Scene {
    folder: tempfile::TempDir,
    clock: Arc<TurnedClock>,
    app: App,
    document: DocumentId,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(TurnedClock(AtomicI64::new(1_795_248_000_000)));
        let app = open(folder.path(), &clock);
        let submitted = intake::samples(&app, &me(&app)).unwrap();
        let mut ids = submitted.iter().map(|one| one.document.document.id);
        let document = ids.next().unwrap();
        ids.for_each(|other| drop(intake::cancel(&app, &me(&app), other).unwrap()));
        Self {
            folder,
            clock,
            app,
            document,
        }
    }

    /// Another process on the same store.
    fn another(&self) -> App {
        open(self.folder.path(), &self.clock)
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

fn open(folder: &Path, clock: &Arc<TurnedClock>) -> App {
    let settings = Settings {
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

#[test]
fn a_worker_whose_lease_ended_cannot_commit() {
    let scene = Scene::new();
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

#[test]
fn renewed_leases_hold_and_lost_ones_are_noticed() {
    let scene = Scene::new();
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

#[test]
fn a_deleted_document_leaves_its_worker_nothing_to_do() {
    let scene = Scene::new();
    let claimed = scene.claim().unwrap();
    documents::delete(&scene.app, &me(&scene.app), scene.document).unwrap();
    run(&scene.app, &claimed, false);
    assert!(scene.claim().is_none());
}

#[test]
fn a_stopping_worker_gives_its_job_back() {
    let scene = Scene::new();
    run(&scene.app, &scene.claim().unwrap(), true);
    assert_eq!(scene.standing(), (DocumentStatus::Queued, 0));
    let again = scene.claim().unwrap();
    assert_eq!((again.job.attempts, again.job.crashes), (1, 0));
}

#[test]
fn a_process_that_died_is_noticed_when_the_store_is_opened() {
    let scene = Scene::new();
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

#[test]
fn a_document_that_ends_the_program_each_time_is_left_alone() {
    let scene = Scene::new();
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

#[test]
fn what_fails_for_a_while_is_tried_again_later_and_later() {
    let scene = Scene::new();
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
