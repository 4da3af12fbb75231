//! A process that submits and reads is killed again and again, without warning and at any moment.
//!
//! The test runs itself as another process, which says on its standard output what it was promised
//! and what it heard. After a number of those lines, drawn from a seed, it is killed with SIGKILL.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and its process speaks by printing"
)]

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use lectern_app::{
    App, Settings,
    documents::{self, Query},
    intake::{self, Upload},
    jobs, people,
};
use model::{Caller, Change, DocumentStatus, Door};
use tokio::sync::broadcast::Receiver;

const DOCUMENTS: usize = 16;
const KILLS: usize = 10;

/// Tells the process that it is the one to be killed, and where to work.
const PLACE: &str = "LECTERN_TEST_PLACE";

fn open(place: &Path) -> (App, Caller) {
    let settings = Settings {
        workers: 2,
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
        bytes: [drawn, &[0, u8::try_from(number).unwrap()]].concat(),
    }
}

fn say(line: &str) {
    println!("{line}");
    std::io::stdout().flush().unwrap();
}

/// The life of the process that is killed.
fn work(place: &Path) {
    let (app, caller) = open(place);
    let mut changes = app.changes();
    let workers = jobs::start(&app).unwrap();
    for number in 0..DOCUMENTS {
        let submitted = intake::submit(&app, &caller, upload(number)).unwrap();
        say(&format!(
            "promised {number} {}",
            submitted.document.document.id
        ));
    }
    while unsettled(&app, &caller) > 0 {
        let change = hear(&mut changes);
        say(&format!("heard {}", change.sequence));
    }
    workers.stop();
    say("finished");
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
    let query = Query {
        status,
        cursor: None,
        limit: 200,
    };
    let listing = documents::list(app, caller, &query).unwrap();
    let ids = listing.documents.into_iter().map(|one| one.document.id);
    ids.collect()
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
fn killed_at_any_moment_nothing_is_lost_or_done_twice() {
    if let Some(place) = std::env::var_os(PLACE) {
        return work(&PathBuf::from(place));
    }
    let place = tempfile::tempdir().unwrap();
    let mut seed = 2026;
    let mut promised: BTreeMap<usize, String> = BTreeMap::new();
    let mut kills = 0;
    loop {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "killed_at_any_moment_nothing_is_lost_or_done_twice",
                "--nocapture",
            ])
            .env(PLACE, place.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // In turn among the promises, and after them while it reads.
        let patience = match kills {
            KILLS => usize::MAX,
            kill if kill % 2 == 0 => next(&mut seed) % DOCUMENTS,
            _ => DOCUMENTS + next(&mut seed) % 40,
        };
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut finished = false;
        for line in lines
            .map_while(Result::ok)
            .filter(|line| {
                ["promised", "heard", "finished"]
                    .iter()
                    .any(|word| line.starts_with(word))
            })
            .take(patience)
        {
            let words: Vec<_> = line.split(' ').collect();
            match words.as_slice() {
                ["promised", number, id] => {
                    let before = promised.insert(number.parse().unwrap(), (*id).to_owned());
                    assert!(
                        before.is_none_or(|before| before == *id),
                        "the same document"
                    );
                }
                ["finished"] => finished = true,
                _ => {}
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        if finished {
            break;
        }
        assert!(
            kills < KILLS,
            "the last process was not killed, but did not finish"
        );
        kills += 1;
    }
    assert!(
        kills >= 5,
        "it was killed {kills} times only: the test proves nothing"
    );

    let (app, caller) = open(place.path());
    let kept = list(&app, &caller, vec![]);
    let mut kept: Vec<_> = kept.iter().map(ToString::to_string).collect();
    let mut promised: Vec<_> = promised.into_values().collect();
    kept.sort();
    promised.sort();
    assert_eq!(
        kept, promised,
        "what was promised is there, once, and nothing else"
    );
    for id in kept {
        let detail = documents::get(&app, &caller, id.parse().unwrap()).unwrap();
        let status = detail.summary.document.status;
        assert!(
            matches!(
                status,
                DocumentStatus::Extracted | DocumentStatus::NeedsReview
            ),
            "{status:?}"
        );
        assert_eq!(detail.readings, 1, "read once");
    }
    let blobs = walk(&place.path().join("data/blobs"));
    let staged = |path: &&PathBuf| path.display().to_string().contains('#');
    assert_eq!(blobs.iter().filter(|path| !staged(path)).count(), DOCUMENTS);
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                walk(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
