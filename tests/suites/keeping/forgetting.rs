//! Documents are thrown away, taken back, planned to be erased, erased, and handed to the person they tell
//! of, by the commands of the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context as _, Result, ensure};
use lectern_tests::postgres::Database;
use lectern_tests::program::Place;
use lectern_tests::specimen::{self, Damage, Kind};
use serde_json::Value;

fn run(place: &Place, arguments: &[&str]) -> Result<String> {
    let output = place.run(arguments)?;
    ensure!(
        output.status.success(),
        "{arguments:?}: {}",
        output.stderr.escape_ascii()
    );
    Ok(String::from_utf8(output.stdout)?)
}

fn refused(place: &Place, arguments: &[&str], code: i32) -> Result<()> {
    let output: Output = place.run(arguments)?;
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    assert!(!output.stderr.is_empty(), "a sentence");
    Ok(())
}

fn lines(text: &str) -> Result<Vec<Value>> {
    text.lines()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}

/// Two passports of invented persons, read; their ids.
fn read(place: &Place) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for seed in [410, 411] {
        let path: PathBuf = place.path().join(format!("{seed}.jpg"));
        let passport = specimen::draw(Kind::Passport, seed, Damage::None);
        std::fs::write(&path, passport.encode_jpeg(90))?;
        files.push(path.display().to_string());
    }
    let added = run(place, &["add", "--json", "--wait", &files[0], &files[1]])?;
    let ids = lines(&added)?;
    let ids = ids
        .iter()
        .map(|line| line["document"]["id"].as_str().map(str::to_owned));
    ids.collect::<Option<_>>()
        .context("a document without an id")
}

/// Whether a package can be unpacked, by a program of others.
fn unpacks(package: &Path) -> Result<()> {
    let script =
        "import sys, zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() is not None)";
    let tested = Command::new("python3")
        .args(["-c", script])
        .arg(package)
        .status()?;
    ensure!(tested.success(), "the package is damaged");
    Ok(())
}

fn forget(place: &Place) -> Result<()> {
    let ids = read(place)?;
    let (one, two) = (ids[0].as_str(), ids[1].as_str());

    run(place, &["trash", "put", one])?;
    refused(place, &["trash", "put", one], 1)?;
    let listed = lines(&run(place, &["trash", "list", "--json"])?)?;
    assert_eq!(listed.len(), 1);
    assert!(listed[0]["erased_after"].is_string(), "{}", listed[0]);
    assert!(
        !run(place, &["export"])?.contains(one),
        "it is in no export"
    );
    run(place, &["trash", "restore", one])?;
    assert!(run(place, &["export"])?.contains(one));

    // What a person asks for.
    let package = place.path().join("subject.zip");
    let out = package.display().to_string();
    run(
        place,
        &["subject", "export", "--id", one, "--id", two, "--out", &out],
    )?;
    unpacks(&package)?;
    refused(place, &["subject", "export", "--id", one, "--out", &out], 1)?;
    let log = run(place, &["audit", "list", "--act", "subject.", "--json"])?;
    assert_eq!(lines(&log)?.len(), 2, "one for each document");

    // The same by the person, without naming documents; also what lies in the trash.
    let persons = lines(&run(place, &["persons", "list", "--json"])?)?;
    let whose = persons.iter().find(|person| person["newest"] == one);
    let person = whose.and_then(|person| person["person"].as_str());
    let person = person.context("the passport is under no person")?;
    run(place, &["trash", "put", one])?;
    let package = place.path().join("person.zip");
    let out = package.display().to_string();
    run(
        place,
        &["subject", "export", "--person", person, "--out", &out],
    )?;
    unpacks(&package)?;
    run(place, &["trash", "restore", one])?;
    let log = run(place, &["audit", "list", "--act", "subject.", "--json"])?;
    let log = lines(&log)?;
    assert_eq!(log.len(), 3);
    assert_eq!(log[0]["subject"], one, "of this person and of nobody else");
    refused(place, &["subject", "export", "--out", &out], 2)?;

    // Policies and what they would do, years from now.
    refused(place, &["retention", "set", "--type", "passport"], 1)?;
    refused(place, &["retention", "set", "--pictures", "soon"], 2)?;
    run(
        place,
        &[
            "retention",
            "set",
            "--type",
            "passport",
            "--pictures",
            "30 days",
            "--record",
            "5 years",
            "--proof",
            "10 years",
        ],
    )?;
    let plan = |day: &str| -> Result<Vec<Value>> {
        let planned = run(
            place,
            &["retention", "run", "--dry-run", "--at", day, "--json"],
        )?;
        lines(&planned)
    };
    assert_eq!(plan("2001-01-01")?.len(), 0);
    let settled = plan("2199-01-01")?;
    assert!(
        settled
            .iter()
            .all(|due| due["part"] == "record" && due["erased"] == false)
    );
    assert_eq!(
        run(place, &["retention", "run", "--json"])?,
        "",
        "nothing is due today"
    );

    // Erased for good, with a certificate that holds.
    run(place, &["trash", "put", one, two])?;
    run(place, &["retention", "hold", two, "a claim is open"])?;
    run(place, &["trash", "purge", "--all"])?;
    let made = run(place, &["retention", "certificates", "--json"])?;
    let made = lines(&made)?;
    assert_eq!(made.len(), 1, "the other is held");
    let certificate = &made[0]["certificate"];
    assert_eq!(certificate["document"], one);
    let id = certificate["id"].as_str().context("no id")?;
    let page = run(place, &["retention", "certificate", id])?;
    assert!(page.starts_with("CERTIFICATE OF ERASURE"), "{page}");
    let path = place.path().join("certificate.json");
    std::fs::write(&path, made[0].to_string())?;
    let file = path.display().to_string();
    run(place, &["retention", "check", &file])?;
    std::fs::write(
        &path,
        made[0].to_string().replace("\"keys\":2", "\"keys\":3"),
    )?;
    let altered = place.run(["retention", "check", &file])?;
    assert_eq!(altered.status.code(), Some(1), "it was altered");
    run(place, &["retention", "rewrite"])?;
    // The person may ask again, and is told that it is erased.
    let after = place.path().join("after.zip").display().to_string();
    run(place, &["subject", "export", "--id", one, "--out", &after])?;
    unpacks(Path::new(&after))?;
    run(place, &["audit", "verify"])?;
    run(place, &["doctor"])?;
    Ok(())
}

#[test]
fn what_is_forgotten_on_a_file_is_gone_and_certified() -> Result<()> {
    forget(&Place::new()?)
}

#[test]
fn what_is_forgotten_on_a_server_is_gone_and_certified() -> Result<()> {
    let database = Database::new()?;
    let mut place = Place::new()?;
    place.set("LECTERN_DATABASE_URL", database.url());
    forget(&place)
}
