//! A data directory and a configuration directory that a test has to itself, and a clock it turns.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use lectern_app::{
    self as app, App, Error, Settings,
    clock::Clock,
    documents::DocumentDetail,
    intake::{self, Submitted, Upload},
    people,
};
use lectern_tests::postgres::Database;
use model::{Caller, Change, DocumentId, DocumentStatus, Door, Role, Timestamp};
use store::jobs::JobState;
use tokio::sync::broadcast::Receiver;

/// A drawn passport of an invented person.
pub(crate) const PASSPORT: &[u8] = include_bytes!("../../samples/passport-utopia.jpg");

/// Another drawn document.
pub(crate) const VISA: &[u8] = include_bytes!("../../samples/visa-utopia.jpg");

pub(crate) const MINUTE: i64 = 60_000;

/// 2026-11-21 08:00 UTC.
const START: i64 = 1_795_248_000_000;

#[derive(Debug)]
pub(crate) struct TurnedClock(AtomicI64);

impl TurnedClock {
    pub(crate) fn turn(&self, milliseconds: i64) {
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for TurnedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }

    fn today(&self) -> jiff::civil::Date {
        jiff::civil::date(2026, 11, 21)
    }
}

pub(crate) struct Place {
    folder: tempfile::TempDir,
    pub(crate) databases: BTreeMap<store::Database, store::Address>,
    /// Holds the database on a server, where there is one.
    pub(crate) server: Option<Database>,
    pub(crate) clock: Arc<TurnedClock>,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            databases: BTreeMap::new(),
            server: None,
            clock: Arc::new(TurnedClock(AtomicI64::new(START))),
        }
    }

    /// A place whose default database is on a server.
    pub(crate) fn on_server() -> Self {
        let server = Database::new().unwrap();
        let address = server.url().parse().unwrap();
        Self {
            databases: BTreeMap::from([(store::Database::Default, address)]),
            server: Some(server),
            ..Self::new()
        }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings {
            databases: self.databases.clone(),
            clock: Arc::clone(&self.clock) as Arc<dyn Clock>,
            ..Settings::of_folders(self.data(), self.config())
        }
    }

    pub(crate) fn open(&self) -> App {
        App::open(self.settings()).unwrap()
    }

    /// Closes what is open. A pool that is dropped may still be making a connection in the
    /// background; the database is at rest when its write-ahead log is gone.
    pub(crate) fn close(&self, app: App) {
        drop(app);
        let log = self.data().join("lectern.db-wal");
        let deadline = Instant::now() + Duration::from_secs(30);
        while log.exists() {
            assert!(Instant::now() < deadline, "the database is never at rest");
            std::thread::yield_now();
        }
    }

    /// Runs workers until no job waits or runs.
    pub(crate) fn work_off(app: &App) {
        let workers = app::jobs::start(app).unwrap();
        let deadline = Instant::now() + Duration::from_mins(2);
        let open = |state| matches!(state, JobState::Waiting | JobState::Running);
        loop {
            let statistics = app::jobs::statistics(app, &me(app)).unwrap();
            let tallies = statistics.queues.iter().flat_map(|queue| &queue.tallies);
            if !tallies.into_iter().any(|tally| open(tally.state)) {
                break;
            }
            assert!(Instant::now() < deadline, "jobs are never done");
            std::thread::yield_now();
        }
        workers.stop();
    }

    pub(crate) fn open_error(&self) -> Error {
        App::open(self.settings()).unwrap_err()
    }
}

/// What a file holds; a failing comparison shows its length only.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Content(pub(crate) Vec<u8>);

impl std::fmt::Debug for Content {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} bytes", self.0.len())
    }
}

/// Content of every file below a directory.
pub(crate) fn files(folder: &Path) -> BTreeMap<PathBuf, Content> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), Content(std::fs::read(&path).unwrap()));
        }
    }
    found
}

/// The person at this machine.
pub(crate) fn me(app: &App) -> Caller {
    people::local_caller(app, Door::CommandLine)
}

/// Somebody at this machine with a lesser role.
pub(crate) fn as_role(app: &App, role: Role) -> Caller {
    Caller { role, ..me(app) }
}

pub(crate) fn submit(app: &App, name: &str, bytes: &[u8]) -> Result<Submitted, Error> {
    let upload = Upload {
        name: name.into(),
        bytes: bytes.to_vec(),
    };
    intake::submit(app, &me(app), upload)
}

pub(crate) fn status(app: &App, id: DocumentId) -> DocumentStatus {
    detail(app, id).summary.document.status
}

pub(crate) fn detail(app: &App, id: DocumentId) -> DocumentDetail {
    app::documents::get(app, &me(app), id).unwrap()
}

/// The next change, or a failure when none comes: far later than any does on a busy machine.
pub(crate) fn hear(changes: &mut Receiver<Change>) -> Change {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let heard = runtime
        .block_on(async { tokio::time::timeout(Duration::from_mins(2), changes.recv()).await });
    heard.unwrap().unwrap()
}

/// Runs workers until a document waits no more and is not being read, and returns every change on the way.
pub(crate) fn read_to_end(app: &App, id: DocumentId) -> Vec<Change> {
    let mut changes = app.changes();
    let workers = app::jobs::start(app).unwrap();
    let mut seen = Vec::new();
    while matches!(
        status(app, id),
        DocumentStatus::Queued | DocumentStatus::Processing
    ) {
        seen.push(hear(&mut changes));
    }
    workers.stop();
    seen
}

/// Makes two tests of each function: one on a sealed file, one on Postgres.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            use crate::place::Place;

            #[test]
            fn on_a_file() {
                super::$name(&Place::new());
            }

            #[test]
            fn on_a_server() {
                super::$name(&Place::on_server());
            }
        }
    )*};
}
pub(crate) use on_both_engines;
