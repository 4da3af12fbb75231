//! A process that submits, reads and corrects is killed again and again, without warning and at any
//! moment, on a sealed file and on Postgres.
//!
//! `LECTERN_TEST_DOCUMENTS` and `LECTERN_TEST_KILLS` make it longer: `make kill`.
//!
//! The test runs itself as another process, which says on its standard output what it was promised
//! and what it heard. After a number of those lines, drawn from a seed, it is killed with SIGKILL.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and its process speaks by printing"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use lectern_app::{
    App, Settings, audit,
    databases::Database,
    doctor::{self, Depth},
    documents::{self, Query},
    intake::{self, Upload},
    jobs, people, review,
};
use lectern_tests::postgres;
use model::{Caller, Change, CorrectionKind, DocumentStatus, Door, FieldName};
use tokio::sync::broadcast::Receiver;

/// How many documents and kills, unless somebody wants more: what a busy machine reads in a minute.
const DOCUMENTS: usize = 16;
const KILLS: usize = 10;

/// Tells the process where its database is, when that is on a server.
const DATABASE: &str = "LECTERN_TEST_DATABASE";

/// Tells the process that it is the one to be killed, and where to work.
const PLACE: &str = "LECTERN_TEST_PLACE";

/// A number of the environment, for whoever has more time.
fn number(name: &str, usual: usize) -> usize {
    let given = std::env::var(name).ok().and_then(|text| text.parse().ok());
    given.unwrap_or(usual)
}

fn documents_in_all() -> usize {
    number("LECTERN_TEST_DOCUMENTS", DOCUMENTS)
}

fn open(place: &Path, url: Option<&str>) -> (App, Caller) {
    let databases = url.map(|url| (Database::Default, url.parse().unwrap()));
    let settings = Settings {
        workers: 2,
        databases: databases.into_iter().collect(),
        ..Settings::of_folders(place.join("data"), place.join("config"))
    };
    let app = App::open(settings).unwrap();
    let caller = people::local_caller(&app, Door::CommandLine);
    (app, caller)
}

/// A document that differs from the others: what follows the end of a JPEG is not looked at.
fn upload(number: usize) -> Upload {
    let drawn: &[u8] = include_bytes!("../samples/passport-poor-photo.jpg");
    Upload {
        name: format!("{number}.jpg").into(),
        bytes: [drawn, &number.to_be_bytes()].concat(),
    }
}

fn say(line: &str) {
    println!("{line}");
    std::io::stdout().flush().unwrap();
}

/// The life of the process that is killed.
fn work(place: &Path) {
    let url = std::env::var(DATABASE).ok();
    let (app, caller) = open(place, url.as_deref());
    let mut changes = app.changes();
    let workers = jobs::start(&app).unwrap();
    for number in 0..documents_in_all() {
        let submitted = intake::submit(&app, &caller, upload(number)).unwrap();
        say(&format!(
            "promised {number} {}",
            submitted.document.document.id
        ));
    }
    loop {
        let left = unsettled(&app, &caller);
        correct_what_was_read(&app, &caller);
        if left == 0 {
            break;
        }
        let change = hear(&mut changes);
        say(&format!("heard {}", change.sequence));
    }
    workers.stop();
    say("finished");
}

/// Gives every document that was read its one correction.
fn correct_what_was_read(app: &App, caller: &Caller) {
    let read = vec![DocumentStatus::Extracted, DocumentStatus::NeedsReview];
    for id in list(app, caller, read) {
        let detail = documents::get(app, caller, id).unwrap();
        if detail.corrections.is_empty() {
            let (field, kind) = (FieldName::SURNAME, CorrectionKind::Edited);
            let value = Some(id.to_string().into());
            review::correct(app, caller, id, &field, kind, value).unwrap();
            say(&format!("corrected {id}"));
        }
    }
}

/// The next change, or a failure when none comes: far later than any does on a busy machine.
fn hear(changes: &mut Receiver<Change>) -> Change {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let heard = runtime
        .block_on(async { tokio::time::timeout(Duration::from_mins(2), changes.recv()).await });
    heard.unwrap().unwrap()
}

fn list(app: &App, caller: &Caller, status: Vec<DocumentStatus>) -> Vec<model::DocumentId> {
    let mut query = Query {
        status,
        cursor: None,
        limit: 200,
    };
    let mut found = Vec::new();
    loop {
        let listing = documents::list(app, caller, &query).unwrap();
        found.extend(listing.documents.into_iter().map(|one| one.document.id));
        query.cursor = listing.next_cursor;
        if query.cursor.is_none() {
            return found;
        }
    }
}

fn unsettled(app: &App, caller: &Caller) -> usize {
    list(
        app,
        caller,
        vec![DocumentStatus::Queued, DocumentStatus::Processing],
    )
    .len()
}

/// The next number of a small linear congruential generator (Numerical Recipes).
fn next(seed: &mut u32) -> usize {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    (*seed >> 16) as usize
}

#[test]
fn killed_on_a_file_nothing_is_lost_or_done_twice() {
    if let Some(place) = std::env::var_os(PLACE) {
        return work(&PathBuf::from(place));
    }
    kill_again_and_again("killed_on_a_file_nothing_is_lost_or_done_twice", None);
}

#[test]
fn killed_on_a_server_nothing_is_lost_or_done_twice() {
    if let Some(place) = std::env::var_os(PLACE) {
        return work(&PathBuf::from(place));
    }
    let database = postgres::Database::new().unwrap();
    let url = database.url();
    kill_again_and_again(
        "killed_on_a_server_nothing_is_lost_or_done_twice",
        Some(&url),
    );
}

/// What the processes said before they were killed.
#[derive(Default)]
struct Said {
    /// Which document each submission became.
    promised: BTreeMap<usize, String>,
    corrected: BTreeSet<String>,
    finished: bool,
}

impl Said {
    fn hear(&mut self, line: &str) {
        let words: Vec<_> = line.split(' ').collect();
        match words.as_slice() {
            ["promised", number, id] => {
                let number = number.parse().unwrap();
                let before = self.promised.insert(number, (*id).to_owned());
                assert!(
                    before.is_none_or(|before| before == *id),
                    "the same document"
                );
            }
            ["corrected", id] => {
                assert!(self.corrected.insert((*id).to_owned()), "corrected twice");
            }
            ["finished"] => self.finished = true,
            _ => {}
        }
    }
}

fn kill_again_and_again(test: &str, url: Option<&str>) {
    let place = tempfile::tempdir().unwrap();
    let (documents, most_kills) = (documents_in_all(), number("LECTERN_TEST_KILLS", KILLS));
    let mut seed = 2026;
    let mut said = Said::default();
    let mut kills = 0;
    loop {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child
            .args(["--exact", test, "--nocapture"])
            .env(PLACE, place.path())
            .stdout(Stdio::piped());
        if let Some(url) = url {
            child.env(DATABASE, url);
        }
        let mut child = child.spawn().unwrap();
        // In turn among the promises, and after them while it reads.
        let patience = match kills {
            kills if kills == most_kills => usize::MAX,
            kill if kill % 2 == 0 => next(&mut seed) % documents,
            _ => documents + next(&mut seed) % 40,
        };
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        lines
            .map_while(Result::ok)
            .filter(|line| {
                ["promised", "corrected", "heard", "finished"]
                    .iter()
                    .any(|word| line.starts_with(word))
            })
            .take(patience)
            .for_each(|line| said.hear(&line));
        child.kill().unwrap();
        child.wait().unwrap();
        if said.finished {
            break;
        }
        assert!(
            kills < most_kills,
            "the last process was not killed, but did not finish"
        );
        kills += 1;
    }
    assert!(
        kills >= most_kills / 2,
        "it was killed {kills} times only: the test proves nothing"
    );
    find_everything_once(place.path(), url, said);
}

fn find_everything_once(place: &Path, url: Option<&str>, said: Said) {
    let (app, caller) = open(place, url);
    let kept: BTreeSet<_> = list(&app, &caller, vec![])
        .iter()
        .map(ToString::to_string)
        .collect();
    let promised: BTreeSet<_> = said.promised.into_values().collect();
    assert_eq!(
        kept, promised,
        "what was promised is there, once, and nothing else"
    );
    assert!(said.corrected.is_subset(&kept));
    for id in &kept {
        let detail = documents::get(&app, &caller, id.parse().unwrap()).unwrap();
        let status = detail.summary.document.status;
        assert!(
            matches!(
                status,
                DocumentStatus::Extracted | DocumentStatus::NeedsReview | DocumentStatus::Reviewed
            ),
            "{status:?}"
        );
        assert_eq!(detail.readings, 1, "read once");
        let values = detail.corrections.iter().map(|one| one.value.expose());
        assert_eq!(values.collect::<Vec<_>>(), [id], "corrected once");
    }
    let wrong: Vec<_> = doctor::examine(&app, &caller, Depth::Whole, &|_| {})
        .unwrap()
        .into_iter()
        .filter(|check| !check.ok)
        .collect();
    assert_eq!(wrong, []);
    let chain = audit::verify(&app, &caller).unwrap();
    assert_eq!(chain.first_bad, None, "{}", chain.sentence());
}
