//! What the commands print and how they exit, on a store of their own.

use std::path::Path;
use std::process::Output;

use anyhow::{Context as _, Result, ensure};
use lectern_tests::program::Place;
use lectern_tests::specimen::{self, Damage, Kind};
use serde_json::Value;

fn printed(output: &Output) -> Result<&str> {
    Ok(std::str::from_utf8(&output.stdout)?)
}

fn told(output: &Output) -> Result<&str> {
    Ok(std::str::from_utf8(&output.stderr)?)
}

fn lines(output: &Output) -> Result<Vec<Value>> {
    let lines = printed(output)?.lines();
    lines.map(|line| Ok(serde_json::from_str(line)?)).collect()
}

#[test]
fn add_tells_what_became_of_each_file() -> Result<()> {
    let place = Place::new()?;
    let specimen = specimen::draw(Kind::IdCardBack, 5, Damage::Light);
    let card = place.path().join("card.jpg");
    let text = place.path().join("text.jpg");
    let missing = place.path().join("missing.jpg");
    std::fs::write(&card, specimen.encode_jpeg(90))?;
    std::fs::write(&text, "not a picture")?;
    let file = |path: &Path| path.display().to_string();
    let arguments = [
        file(&card),
        file(&text),
        file(place.path()),
        file(&missing),
        file(&card),
    ];

    let json = ["add", "--json", "--wait"].map(str::to_owned).into_iter();
    let added = place.run(json.chain(arguments.clone()))?;
    assert_eq!(
        added.status.code(),
        Some(1),
        "some were refused: {}",
        told(&added)?
    );
    let answers = lines(&added)?;
    let words: Vec<&str> = answers
        .iter()
        .map(|answer| {
            answer["problem"]["code"]
                .as_str()
                .or(answer["outcome"].as_str())
        })
        .collect::<Option<_>>()
        .context("an answer without an outcome")?;
    assert_eq!(words[0], "submitted");
    assert_eq!(
        words[2..],
        ["file_is_folder", "file_not_found", "already_here"]
    );
    assert_eq!(answers[1]["outcome"], "refused");
    assert_eq!(answers[0]["file"], *file(&card));
    assert_eq!(answers[0]["document"]["document_type"], "id_card_back");
    assert_eq!(answers[0]["document"]["pages"], 1);

    let again = place.run(["add", &file(&card)])?;
    ensure!(again.status.success(), "{}", told(&again)?);
    assert!(
        printed(&again)?.contains(": already here as "),
        "{}",
        printed(&again)?
    );

    let waiting = place.run(["jobs", "list", "--json"])?;
    let waits_to_be_read = printed(&waiting)?.contains("\"queue\":\"ocr\"");
    assert!(!waits_to_be_read, "nothing waits to be read any more");
    Ok(())
}

#[test]
fn users_come_and_go() -> Result<()> {
    let place = Place::new()?;
    let add = ["users", "add", "camille", "--role", "admin"];
    for (password, code, said) in [
        ("short\n", 1, "A password has"),
        ("long enough to pass\n", 0, ""),
        ("long enough to pass\n", 1, "already a user"),
    ] {
        let added = place.run_with_input(add, password)?;
        assert_eq!(added.status.code(), Some(code), "{}", told(&added)?);
        assert!(told(&added)?.contains(said), "{}", told(&added)?);
    }
    let listed = place.run(["users", "list", "--json"])?;
    let camille = lines(&listed)?
        .into_iter()
        .find(|user| user["name"] == "camille");
    assert_eq!(camille.context("camille is not listed")?["role"], "admin");
    let changed = place.run_with_input(["users", "password", "camille"], "another long one\n")?;
    ensure!(changed.status.success(), "{}", told(&changed)?);
    let unknown = place.run(["users", "remove", "nobody"])?;
    assert_eq!(unknown.status.code(), Some(3), "{}", told(&unknown)?);
    Ok(())
}

#[test]
fn doctor_finds_a_stored_file_that_was_altered() -> Result<()> {
    let place = Place::new()?;
    let card = place.path().join("card.jpg");
    let specimen = specimen::draw(Kind::IdCardBack, 6, Damage::Light);
    std::fs::write(&card, specimen.encode_jpeg(90))?;
    let added = place.run(["add", &card.display().to_string()])?;
    ensure!(added.status.success(), "{}", told(&added)?);
    let sound = place.run(["doctor"])?;
    ensure!(
        sound.status.success(),
        "{}{}",
        printed(&sound)?,
        told(&sound)?
    );

    let mut altered = 0;
    for file in files_under(&place.data().join("blobs"))? {
        let mut bytes = std::fs::read(&file)?;
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&file, bytes)?;
        altered += 1;
    }
    assert_eq!(altered, 1, "one document, one file");
    let damaged = place.run(["doctor", "--json"])?;
    assert_eq!(damaged.status.code(), Some(1));
    let report = lines(&damaged)?.pop().context("no report")?;
    assert_eq!(report["status"], "failing");
    let checks = report["checks"].as_array().context("no checks")?;
    let failing: Vec<_> = checks.iter().filter(|check| check["ok"] == false).collect();
    assert_eq!(failing.len(), 1, "{report}");
    assert_eq!(failing[0]["name"], "files");
    Ok(())
}

fn files_under(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files.extend(files_under(&entry.path())?);
        } else {
            files.push(entry.path());
        }
    }
    Ok(files)
}

#[test]
fn the_program_explains_itself() -> Result<()> {
    let place = Place::new()?;
    for (arguments, code) in [
        (vec!["--help"], 0),
        (vec!["serve", "--help"], 0),
        (vec!["--version"], 0),
        (vec!["openapi"], 0),
        (vec![], 2),
        (vec!["add"], 2),
        (vec!["reed", "x.jpg"], 2),
        (vec!["users", "add", "x", "--role", "king"], 2),
    ] {
        let output = place.run(&arguments)?;
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?} {}",
            told(&output)?
        );
        let said = if code == 0 {
            printed(&output)?
        } else {
            told(&output)?
        };
        assert!(!said.is_empty(), "{arguments:?}");
    }
    assert!(!place.data().exists(), "nothing of this needs a store");
    Ok(())
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() -> Result<()> {
    let place = Place::new()?;
    let (reader, writer) = std::io::pipe()?;
    drop(reader);
    let mut command = place.command(["openapi"])?;
    let output = command.stdout(writer).output()?;
    assert_eq!(output.status.code(), Some(141), "{}", told(&output)?);
    assert!(told(&output)?.is_empty());
    Ok(())
}

/// The definition of a document that no built-in type knows.
const LIBRARY_CARD: &str = include_str!("types/library_card.toml");

#[test]
fn a_type_of_ones_own_is_checked_imported_and_read() -> Result<()> {
    let place = Place::new()?;
    let specimen = specimen::draw_library_card(4);
    let picture = place.path().join("card.png");
    let file = place.path().join("library_card.toml");
    std::fs::write(&picture, specimen.encode_png())?;
    let shown = |path: &Path| path.display().to_string();
    let (picture, definition) = (shown(&picture), shown(&file));

    // What is wrong is said with its line and key, and nothing is kept.
    std::fs::write(
        &file,
        LIBRARY_CARD.replace("shape = \"date\"", "shape = \"day\""),
    )?;
    let wrong = place.run(["types", "check", &definition])?;
    assert_eq!(wrong.status.code(), Some(1));
    let sentence = told(&wrong)?;
    assert!(
        sentence.contains("line 42, `fields.shape`: this cannot be read: unknown variant `day`"),
        "{sentence}"
    );
    let refused = place.run(["types", "import", &definition])?;
    assert_eq!(refused.status.code(), Some(1));

    // What it would read, without a store.
    std::fs::write(&file, LIBRARY_CARD)?;
    let tried = place.run(["types", "check", &definition, "--on", &picture, "--json"])?;
    ensure!(tried.status.success(), "{}", told(&tried)?);
    let tried = &lines(&tried)?[0];
    assert_eq!(tried["recognised_as"], "library_card");
    let fields = tried["fields"].as_array().context("no fields")?;
    for field in fields {
        let name = field["name"].as_str().context("no name")?;
        assert_eq!(
            field["read"]["value"], specimen.truth.fields[name],
            "{name}"
        );
    }
    assert_eq!(fields.len(), specimen.truth.fields.len());
    let passport = specimen::draw(Kind::Passport, 3, Damage::None).encode_png();
    let other = place.path().join("passport.png");
    std::fs::write(&other, passport)?;
    let other = place.run(["types", "check", &definition, "--on", &shown(&other)])?;
    assert_eq!(other.status.code(), Some(1));
    assert!(
        printed(&other)?.contains("recognised as `passport`"),
        "{}",
        printed(&other)?
    );

    // In use, documents are read with it; a later version is one more, the text decides.
    let imported = place.run(["types", "import", &definition])?;
    ensure!(imported.status.success(), "{}", told(&imported)?);
    let again = place.run(["types", "import", &definition, "--json"])?;
    assert_eq!(lines(&again)?[0]["outcome"], "unchanged");
    std::fs::write(&file, LIBRARY_CARD.replace("weight = 0.2", "weight = 0.3"))?;
    let later = place.run(["types", "import", &definition, "--json"])?;
    assert_eq!(lines(&later)?[0]["outcome"], "next_version");
    assert_eq!(lines(&later)?[0]["document_type"]["version"], 2);
    let added = place.run(["add", "--json", "--wait", &picture])?;
    ensure!(added.status.success(), "{}", told(&added)?);
    let exported = place.run(["export", "--format", "json"])?;
    let exported: Value = serde_json::from_slice(&exported.stdout)?;
    let record = &exported[0];
    for (name, value) in &specimen.truth.fields {
        assert_eq!(record["fields"][name]["value"], *value, "{name}");
    }
    assert_eq!(record["reading"]["definition"], "library_card@2");

    // Out of use it reads nothing more, and its versions can still be seen.
    let retired = place.run(["types", "retire", "library_card"])?;
    ensure!(retired.status.success(), "{}", told(&retired)?);
    let shown = place.run(["types", "show", "library_card", "--version", "1"])?;
    assert_eq!(printed(&shown)?.trim_end(), LIBRARY_CARD.trim_end());
    let listed = place.run(["types", "list", "--json"])?;
    let listed = lines(&listed)?;
    let mine = listed
        .iter()
        .find(|one| one["id"] == "library_card")
        .context("not listed")?;
    assert_eq!(
        (&mine["in_use"], &mine["version"]),
        (&Value::Bool(false), &Value::from(2))
    );
    assert!(
        listed
            .iter()
            .any(|one| one["id"] == "passport" && one["origin"] == "built_in")
    );
    let reread = place.run(["reread", "--dry-run", "--json"])?;
    assert!(
        printed(&reread)?.contains("reader_number"),
        "{}",
        printed(&reread)?
    );
    let log = place.run(["audit", "list", "--json"])?;
    let log = printed(&log)?;
    assert!(
        log.contains("type.imported") && log.contains("type.retired"),
        "{log}"
    );
    Ok(())
}
