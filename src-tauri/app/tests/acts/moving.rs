//! A process that moves records into the archive and back is killed again and again, without warning and
//! at any moment: each record is seen once, by whoever looks in between and at the end.
//!
//! The test runs itself as another process, which says on its standard output what it begins. After a
//! number of those lines and a moment more, drawn from a seed, it is killed with SIGKILL.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use lectern_app::{
    App, Settings, archive, audit,
    databases::{Address, Database},
    doctor::{self, Depth},
    documents, intake,
    search::Search,
};
use lectern_tests::postgres;
use model::DocumentId;

use crate::place::{me, submit};

/// Tells the process that it is the one to be killed, and where to work.
const PLACE: &str = "LECTERN_TEST_MOVING";

/// Tells it where the archive is, when that is on a server.
const ARCHIVE: &str = "LECTERN_TEST_MOVING_ARCHIVE";

const RECORDS: usize = 6;
const KILLS: usize = 12;

/// Longer than a record takes on its way, in microseconds.
const MOMENT: u64 = 30_000;

fn open(place: &Path, archive: Option<&str>) -> App {
    let archive = match archive {
        Some(url) => url.parse().unwrap(),
        None => Address::File(PathBuf::from("archive.db")),
    };
    App::open(Settings {
        databases: BTreeMap::from([(Database::Archive, archive)]),
        ..Settings::of_folders(place.join("data"), place.join("config"))
    })
    .unwrap()
}

fn picture(shade: u8) -> Vec<u8> {
    let image = image::GrayImage::from_pixel(8, 8, image::Luma([shade]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn open_ones(app: &App) -> Vec<DocumentId> {
    let query = documents::Query {
        status: Vec::new(),
        cursor: None,
        limit: 100,
    };
    let listed = documents::list(app, &me(app), &query).unwrap();
    listed.documents.iter().map(|one| one.document.id).collect()
}

fn closed_ones(app: &App) -> Vec<DocumentId> {
    let found = archive::find_all(app, &me(app), &Search::default(), None, 100).unwrap();
    let documents = found.listing.documents.into_iter();
    documents.map(|one| one.document.id).collect()
}

/// The life of the process that is killed: to and fro, one record after the other.
#[expect(clippy::print_stdout, reason = "it speaks by printing")]
fn move_for_ever(place: &Path) {
    let url = std::env::var(ARCHIVE).ok();
    let app = open(place, url.as_deref());
    loop {
        archive::work_off(&app, &me(&app)).unwrap();
        for id in open_ones(&app) {
            println!("closing {id}");
            archive::add(&app, &me(&app), &[id]).unwrap();
            archive::work_off(&app, &me(&app)).unwrap();
        }
        for id in closed_ones(&app) {
            println!("opening {id}");
            archive::restore(&app, &me(&app), &[id]).unwrap();
            archive::work_off(&app, &me(&app)).unwrap();
        }
    }
}

#[test]
fn killed_with_the_archive_in_a_file_each_record_is_seen_once() {
    if let Some(place) = std::env::var_os(PLACE) {
        return move_for_ever(&PathBuf::from(place));
    }
    kill_again_and_again(
        "killed_with_the_archive_in_a_file_each_record_is_seen_once",
        None,
    );
}

#[test]
fn killed_with_the_archive_on_a_server_each_record_is_seen_once() {
    if let Some(place) = std::env::var_os(PLACE) {
        return move_for_ever(&PathBuf::from(place));
    }
    let database = postgres::Database::new().unwrap();
    kill_again_and_again(
        "killed_with_the_archive_on_a_server_each_record_is_seen_once",
        Some(&database.url()),
    );
}

/// The next number of a small linear congruential generator (Numerical Recipes).
fn next(seed: &mut u32) -> u64 {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    u64::from(*seed >> 16)
}

fn kill_again_and_again(test: &str, archive: Option<&str>) {
    let place = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    let app = open(place.path(), archive);
    for shade in 0..RECORDS {
        let submitted = submit(&app, "a.png", &picture(shade as u8)).unwrap();
        let id = submitted.document.document.id;
        intake::cancel(&app, &me(&app), id).unwrap();
        all.push(id);
    }
    all.sort();
    drop(app);
    let mut seed = 2026;
    for _ in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child
            .args(["--exact", &format!("moving::{test}"), "--nocapture"])
            .env(PLACE, place.path())
            .stdout(Stdio::piped());
        if let Some(url) = archive {
            child.env(ARCHIVE, url);
        }
        let mut child = child.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let patience = 1 + next(&mut seed) as usize % (2 * RECORDS);
        let heard = lines
            .map_while(Result::ok)
            .filter(|line| line.contains("closing ") || line.contains("opening "))
            .take(patience);
        assert_eq!(heard.count(), patience, "it moves until it is killed");
        let moment = Instant::now() + Duration::from_micros(next(&mut seed) % MOMENT);
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();

        let app = open(place.path(), archive);
        each_is_seen_once(&app, &all);
    }
    let app = open(place.path(), archive);
    archive::work_off(&app, &me(&app)).unwrap();
    assert_eq!(archive::on_their_way(&app, &me(&app), 10).unwrap(), []);
    each_is_seen_once(&app, &all);
    let checks = doctor::examine(&app, &me(&app), Depth::Whole, &|_| {}).unwrap();
    for check in checks {
        let looked_at = ["database_file", "key_check", "files", "orphans"];
        assert!(check.ok || !looked_at.contains(&check.name), "{check:?}");
    }
    let chain = audit::verify(&app, &me(&app)).unwrap();
    assert_eq!(chain.first_bad, None, "{}", chain.sentence());
}

fn each_is_seen_once(app: &App, all: &[DocumentId]) {
    let mut seen = [open_ones(app), closed_ones(app)].concat();
    seen.sort();
    assert_eq!(seen, all);
    for id in all {
        let open = documents::get(app, &me(app), *id).is_ok();
        let closed = archive::get(app, &me(app), *id).is_ok();
        assert!(open != closed, "{id}: open {open}, closed {closed}");
        documents::verify(app, &me(app), *id).unwrap();
    }
}
