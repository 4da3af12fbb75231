//! What the program stands on fails: the database server restarts, the database file is cut short, the key
//! is another one. What the person is told, and that nothing is lost. Full disks, buckets that fail,
//! folders that may not be written and clocks that are set back are in `src-tauri/app/tests/acts`; the whole
//! table is `docs/faults.md`.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use lectern_tests::client::Client;
use lectern_tests::postgres::Database;
use lectern_tests::program::Place;
use lectern_tests::specimen::{self, Damage, Kind};
use serde_json::Value;

/// Tells the process that is started again that it has a cluster of its own.
const ALONE: &str = "LECTERN_TEST_ALONE";

/// Far longer than a server takes to come back on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

fn passport(seed: u64) -> Vec<u8> {
    specimen::draw(Kind::Passport, seed, Damage::None).encode_jpeg(85)
}

fn id_of(answer: &Value) -> Result<String> {
    let id = answer["submissions"][0]["document"]["id"].as_str();
    Ok(id.context("no document")?.to_owned())
}

/// Runs a test of this file again as a process of its own, which has a cluster to itself.
fn alone(test: &str) -> Result<bool> {
    if std::env::var_os(ALONE).is_some() {
        return Ok(true);
    }
    let mut again = Command::new(std::env::current_exe()?);
    let name = format!("faults::{test}");
    again
        .args([&name, "--exact", "--nocapture"])
        .env(ALONE, "1");
    let output = again.output()?;
    ensure!(output.status.success(), "{}", output.stderr.escape_ascii());
    Ok(false)
}

#[test]
fn a_database_server_that_restarts_is_waited_for() -> Result<()> {
    if !alone("a_database_server_that_restarts_is_waited_for")? {
        return Ok(());
    }
    let database = Database::new()?;
    let mut place = Place::new()?;
    place.set("LECTERN_DATABASE_URL", database.url());
    let server = place.serve()?;
    let client = Client::new(&server.address).sign_in_with_code(&server.code)?;
    let before = client.submit("before.jpg", &passport(500))?.expect(202)?;

    // In the middle of reading it, as a power cut would.
    database.stop_server()?;
    let refused = client
        .submit("meanwhile.jpg", &passport(501))?
        .expect(503)?;
    assert_eq!(refused["code"], "database_unreachable", "{refused}");
    assert!(
        refused["detail"]
            .as_str()
            .is_some_and(|told| !told.is_empty())
    );
    database.start_server()?;

    // Nobody does anything but to ask again.
    let deadline = Instant::now() + PATIENCE;
    let after = loop {
        let answer = client.submit("meanwhile.jpg", &passport(501))?;
        if answer.status == 202 {
            break answer.expect(202)?;
        }
        ensure!(
            Instant::now() < deadline,
            "it never came back: {}",
            answer.status
        );
    };
    let mut events = client.listen()?;
    for id in [id_of(&before)?, id_of(&after)?] {
        let read = client.wait_until_read(&mut events, &id)?;
        ensure!(
            read["reading"].is_object(),
            "{}",
            read["document"]["problem"]
        );
    }
    server.stop()?;
    let verified = place.run(["audit", "verify"])?;
    ensure!(
        verified.status.success(),
        "{}",
        verified.stdout.escape_ascii()
    );
    Ok(())
}

/// Bytes of a file, and that a command which is refused leaves them alone.
fn refused_and_untouched(place: &Place, file: &Path, code: i32) -> Result<String> {
    let before = std::fs::read(file)?;
    let refused = place.run(["jobs", "list"])?;
    let told = String::from_utf8(refused.stderr)?;
    ensure!(
        refused.status.code() == Some(code),
        "{}: {told}",
        refused.status
    );
    ensure!(std::fs::read(file)? == before, "the file was changed");
    Ok(told)
}

#[test]
fn a_database_file_that_was_cut_short_is_refused_and_a_backup_brings_it_back() -> Result<()> {
    let place = Place::new()?;
    let card = place.path().join("one.jpg");
    std::fs::write(&card, passport(502))?;
    let added = place.run(["add", &card.display().to_string()])?;
    ensure!(added.status.success(), "{}", added.stderr.escape_ascii());
    let backups = place.path().join("backups").display().to_string();
    let backup = place.run(["backup", "create", &backups])?;
    ensure!(backup.status.success(), "{}", backup.stderr.escape_ascii());

    let file = place.data().join("lectern.db");
    let whole = std::fs::read(&file)?;
    for length in [whole.len() / 2, 5000, 100, 0] {
        std::fs::write(&file, &whole[..length])?;
        let told = refused_and_untouched(&place, &file, 5)?;
        ensure!(!told.trim().is_empty(), "a sentence");
        ensure!(!told.contains("panicked"), "{told}");
    }
    let elsewhere = place.path().join("restored").display().to_string();
    let restored = place.run(["backup", "restore", &backups, "--data", &elsewhere])?;
    ensure!(
        restored.status.success(),
        "{}",
        restored.stderr.escape_ascii()
    );
    let doctor = place.run(["doctor", "--data", &elsewhere])?;
    ensure!(doctor.status.success(), "{}", doctor.stdout.escape_ascii());
    Ok(())
}

#[test]
fn another_key_opens_nothing_and_touches_nothing() -> Result<()> {
    let mut place = Place::new()?;
    let first = place.run(["jobs", "list"])?;
    ensure!(first.status.success(), "{}", first.stderr.escape_ascii());
    place.set("LECTERN_KEY", "ab".repeat(32));
    let file = place.data().join("lectern.db");
    let told = refused_and_untouched(&place, &file, 5)?;
    ensure!(told.contains("does not open the store"), "{told}");
    Ok(())
}
