//! Nothing that tells of a person lies open anywhere: not in the data directory with its write-ahead log,
//! not in temporary files, not in logs, not in the bucket, not in a backup. Every byte is looked at, after
//! the program was killed in the middle of its work and again at the end.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use lectern_tests::client::Client;
use lectern_tests::object_server::{BUCKET, ObjectServer};
use lectern_tests::program::Place;
use lectern_tests::specimen::{self, Damage, Kind, Specimen};
use serde_json::json;

/// Shorter words are met by chance among megabytes of random ones.
const SHORTEST: usize = 5;

/// What is said of a person on a document, in every case and form a program might write it in.
fn told(specimens: &[Specimen]) -> BTreeSet<Vec<u8>> {
    let fields = [
        "surname",
        "given_names",
        "document_number",
        "personal_number",
        "place_of_birth",
    ];
    let mut values: BTreeSet<String> = BTreeSet::new();
    for Specimen { truth, .. } in specimens {
        values.extend(
            fields
                .iter()
                .filter_map(|name| truth.fields.get(*name).cloned()),
        );
        let parsed = truth.mrz_parsed.iter();
        values.extend(parsed.flat_map(|zone| [zone.surname.clone(), zone.given_names.clone()]));
        values.extend(truth.mrz.iter().flatten().cloned());
    }
    let words = values.iter().flat_map(|value| value.split([' ', '<']));
    let words: BTreeSet<String> = words
        .filter(|word| word.chars().count() >= SHORTEST)
        .flat_map(|word| [word.to_owned(), word.to_uppercase(), word.to_lowercase()])
        .collect();
    words
        .iter()
        .flat_map(|word| {
            let wide = || word.encode_utf16();
            [
                word.as_bytes().to_vec(),
                wide().flat_map(u16::to_le_bytes).collect(),
                wide().flat_map(u16::to_be_bytes).collect(),
            ]
        })
        .collect()
}

/// Looks for every word in every byte of every file below a folder; answers with how many bytes that were.
fn look_for(words: &BTreeSet<Vec<u8>>, folder: &Path) -> Result<u64> {
    let mut seen = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            seen += look_for(words, &path)?;
            continue;
        }
        let name = path.file_name().context("a file without a name")?;
        let mut content = name.to_string_lossy().into_owned().into_bytes();
        content.extend(std::fs::read(&path)?);
        seen += content.len() as u64;
        let mut beginnings: Vec<Vec<&[u8]>> = vec![Vec::new(); 256];
        for word in words {
            beginnings[usize::from(word[0])].push(word);
        }
        for at in 0..content.len() {
            for word in &beginnings[usize::from(content[at])] {
                // The word itself is not told: this may be a log of somebody's.
                ensure!(
                    !content[at..].starts_with(word),
                    "`{}` tells of a person at byte {at}",
                    path.display()
                );
            }
        }
    }
    Ok(seen)
}

#[test]
fn no_name_lies_open() -> Result<()> {
    let bucket = ObjectServer::start()?;
    let mut place = Place::new()?;
    let temporary = place.path().join("tmp");
    std::fs::create_dir(&temporary)?;
    place.set("TMPDIR", &temporary);
    place.set("LECTERN_LOG", "debug");
    place.set("LECTERN_BLOBS_URL", format!("s3://{BUCKET}"));
    for (name, value) in bucket.environment() {
        place.set(name, value);
    }
    let log = || -> Result<File> {
        let path = place.path().join("log");
        Ok(OpenOptions::new().create(true).append(true).open(path)?)
    };
    // Zones of two and three lines, print only, and a barcode.
    let kinds = [
        Kind::Passport,
        Kind::IdCardBack,
        Kind::VisaA,
        Kind::UsLicenceBack,
    ];
    let specimens: Vec<Specimen> = kinds
        .into_iter()
        .zip(300..)
        .map(|(kind, seed)| specimen::draw(kind, seed, Damage::None))
        .collect();
    let words = told(&specimens);
    ensure!(words.len() > 30, "only {} words to look for", words.len());
    let everywhere = || -> Result<u64> {
        Ok(look_for(&words, place.path())? + look_for(&words, &bucket.bucket_folder())?)
    };

    // Killed in the middle of reading, with everything in the write-ahead log.
    let server = place.serve_with_log(log()?)?;
    let client = Client::new(&server.address).sign_in_with_code(&server.code)?;
    let mut events = client.listen()?;
    for specimen in &specimens {
        let surname = specimen.truth.fields.get("surname").cloned();
        let surname = surname.unwrap_or_default();
        let name: String = surname
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        client
            .submit(&format!("{name}.jpg"), &specimen.encode_jpeg(85))?
            .expect(202)?;
    }
    for _ in 0..12 {
        events.next_event()?;
    }
    server.kill()?;
    let log_of_writes = std::fs::metadata(place.data().join("lectern.db-wal"))?;
    ensure!(
        log_of_writes.len() > 100_000,
        "the write-ahead log is in use"
    );
    everywhere()?;

    // Read to the end, corrected, searched, looked at, backed up, exported to nobody.
    let server = place.serve_with_log(log()?)?;
    let client = Client::new(&server.address).sign_in_with_code(&server.code)?;
    let mut events = client.listen()?;
    let listed = client.get("/v1/documents")?.expect(200)?;
    let listed = listed["documents"].as_array().context("no list")?.clone();
    assert_eq!(listed.len(), specimens.len());
    let some = specimens[0]
        .truth
        .fields
        .get("surname")
        .context("a surname")?;
    for document in &listed {
        let id = document["id"].as_str().context("no id")?;
        client.wait_until_read(&mut events, id)?;
        client.get(&format!("/v1/documents/{id}/thumbnail"))?;
        client.get(&format!("/v1/documents/{id}/pages/0/image"))?;
        let edit = json!({"field": "surname", "kind": "edited", "value": some});
        client.post(&format!("/v1/documents/{id}/corrections"), &edit)?;
    }
    let search = json!({"search": {"text": some}});
    let found = client.post("/v1/documents/search", &search)?.expect(200)?;
    ensure!(
        found["documents"]
            .as_array()
            .is_some_and(|found| !found.is_empty())
    );
    client.get(&format!("/v1/documents/{some}"))?;
    let backups = place.path().join("backups").display().to_string();
    let backup = place.run(["backup", "create", &backups])?;
    ensure!(backup.status.success(), "{}", backup.stderr.escape_ascii());
    server.kill()?;
    let seen = everywhere()?;
    ensure!(seen > 2_000_000, "only {seen} bytes were looked at");
    Ok(())
}

#[test]
fn a_name_that_lies_open_would_be_found() -> Result<()> {
    let place = Place::new()?;
    let words = told(&[specimen::draw(Kind::Passport, 300, Damage::None)]);
    look_for(&words, place.path())?;
    for word in &words {
        let path = place.path().join("file");
        std::fs::write(&path, [b"before ", word.as_slice(), b" after"].concat())?;
        ensure!(
            look_for(&words, place.path()).is_err(),
            "{} bytes",
            word.len()
        );
    }
    Ok(())
}
