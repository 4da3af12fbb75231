//! Servers and command lines are killed without warning while documents are submitted and read.
//! Whatever one of them acknowledged is there afterwards, once, and is read.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use lectern_tests::client::Client;
use lectern_tests::program::Place;
use lectern_tests::specimen::dice::Dice;
use lectern_tests::specimen::{self, Damage, Kind};
use serde_json::Value;

const ROUNDS: usize = 4;

/// Of each round: two over HTTP, one by the command line.
const FILES: usize = 3;

/// Fewer than the events of two documents that are submitted and read, so that waiting for so many
/// always ends.
const MOST_EVENTS: usize = 10;

/// Which document each file became, as far as anybody was told.
#[derive(Default)]
struct Promises(BTreeMap<String, String>);

impl Promises {
    /// Takes note of an acknowledgement; one that contradicts an earlier one is an error.
    fn note(&mut self, name: &str, submission: &Value) -> Result<()> {
        let id = submission["document"]["id"].as_str();
        let id = id.with_context(|| format!("`{name}` was not taken: {submission}"))?;
        let before = self.0.insert(name.to_owned(), id.to_owned());
        ensure!(
            before.as_deref().is_none_or(|before| before == id),
            "`{name}` became two documents"
        );
        Ok(())
    }
}

#[test]
fn killed_programs_keep_what_they_acknowledged() -> Result<()> {
    let place = Place::new()?;
    let mut dice = Dice::new(2026);
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for number in 0..ROUNDS * FILES {
        let passport = specimen::draw(Kind::Passport, 100 + number as u64, Damage::None);
        files.push((format!("passport-{number}.jpg"), passport.encode_jpeg(80)));
    }
    let path_of = |name: &str| -> PathBuf { place.path().join(name) };
    for (name, bytes) in &files {
        std::fs::write(path_of(name), bytes)?;
    }

    let mut promises = Promises::default();
    for (round, files) in files.chunks(FILES).enumerate() {
        let server = place.serve()?;
        let client = Client::new(&server.address).sign_in_with_code(&server.code)?;
        let mut events = client.listen()?;
        let (by_line, over_http) = files.split_first().context("a round without files")?;
        let mut add = place.command(["add", "--json"])?;
        let mut add = add
            .arg(path_of(&by_line.0))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        for (name, bytes) in over_http {
            let answer = client.submit(name, bytes)?.expect(202)?;
            promises.note(name, &answer["submissions"][0])?;
        }
        for _ in 0..dice.below(MOST_EVENTS) {
            events.next_event()?;
        }
        // In every other round the command line is killed too, wherever it is.
        if round % 2 == 0 {
            add.kill()?;
        }
        server.kill()?;
        let output = String::from_utf8(add.wait_with_output()?.stdout)?;
        for line in output.lines() {
            promises.note(&by_line.0, &serde_json::from_str(line)?)?;
        }
    }

    let server = place.serve()?;
    let client = Client::new(&server.address).sign_in_with_code(&server.code)?;
    let mut events = client.listen()?;
    // What nobody acknowledged may be there or not; asking again settles it and makes no second one.
    for (name, bytes) in &files {
        let answer = client.submit(name, bytes)?.json()?;
        promises.note(name, &answer["submissions"][0])?;
    }
    for id in promises.0.values() {
        let read = client.wait_until_read(&mut events, id)?;
        let status = &read["document"]["status"];
        ensure!(
            status == "extracted" || status == "needs_review",
            "a document is {status}: {}",
            read["document"]["problem"]
        );
    }
    let listing = client.get("/v1/documents?limit=100")?.expect(200)?;
    let listed = listing["documents"].as_array().context("no list")?;
    let mut listed: Vec<_> = listed
        .iter()
        .filter_map(|document| document["id"].as_str())
        .collect();
    listed.sort_unstable();
    let mut promised: Vec<_> = promises.0.values().map(String::as_str).collect();
    promised.sort_unstable();
    assert_eq!(listed, promised, "every document is there once");
    let left = server.stop()?;
    ensure!(left.success(), "the server left with {left}");
    Ok(())
}
