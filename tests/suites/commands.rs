//! What the commands print and how they exit, on a store of their own.

use std::path::Path;
use std::process::Output;

use anyhow::{Context as _, Result, ensure};
use lectern_tests::postgres::Database;
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

/// Runs a command on a store of a file, or of a server where one is given.
fn run_on(place: &Place, server: Option<&Database>, arguments: &[&str]) -> Result<Output> {
    let mut command = place.command(arguments)?;
    if let Some(server) = server {
        command.env("LECTERN_DATABASE_URL", server.url());
    }
    Ok(command.output()?)
}

#[test]
fn schemas_are_moved_by_hand() -> Result<()> {
    for server in [None, Some(Database::new()?)] {
        let place = Place::new()?;
        let run = |arguments: &[&str]| run_on(&place, server.as_ref(), arguments);
        let succeed = |arguments: &[&str]| -> Result<String> {
            let output = run(arguments)?;
            ensure!(output.status.success(), "{arguments:?}: {}", told(&output)?);
            Ok(printed(&output)?.trim_end().to_owned())
        };
        succeed(&["users", "list"])?;
        let head = succeed(&["db", "heads"])?;
        assert_eq!(succeed(&["db", "current"])?, format!("default {head}"));
        assert!(succeed(&["db", "check"])?.contains("is what it should be"));
        let history = lines(&run(&["db", "history", "--json"])?)?;
        assert!(history.iter().all(|entry| entry["state"] == "applied"));
        let first = history[0]["version"].to_string();
        let before_last = history[history.len() - 2]["version"].to_string();
        let status = lines(&run(&["db", "status", "--json"])?)?;
        assert_eq!(status[0]["applied"], history.len());
        assert_eq!(
            (&status[0]["pending"], &status[0]["strange"]),
            (&0.into(), &0.into())
        );

        // Back, after it was said what is lost, and forward again.
        let warned = run(&["db", "rollback", "--steps", "2"])?;
        assert_eq!(warned.status.code(), Some(1));
        assert!(told(&warned)?.contains("Lost: "), "{}", told(&warned)?);
        assert_eq!(
            succeed(&["db", "current"])?,
            format!("default {head}"),
            "nothing was done"
        );
        succeed(&["db", "rollback", "--steps", "2", "--yes"])?;
        let drifted = run(&["db", "check"])?;
        assert_eq!(drifted.status.code(), Some(1));
        assert!(printed(&drifted)?.contains(&format!("Migration {head} is not applied")));
        let data = place.data().display().to_string();
        assert!(
            succeed(&["db", "migrate", "--to", &before_last, "--data", &data])?.contains(": 1 ")
        );
        assert_eq!(
            succeed(&["db", "current"])?,
            format!("default {before_last}")
        );
        assert!(succeed(&["db", "migrate"])?.contains(": 1 "));
        succeed(&["db", "check"])?;

        // What is noted by hand is believed, and seen by the check.
        succeed(&["db", "stamp", &first])?;
        assert_eq!(succeed(&["db", "current"])?, format!("default {first}"));
        assert_eq!(run(&["db", "check"])?.status.code(), Some(1));
        succeed(&["db", "stamp", "head"])?;
        succeed(&["db", "check"])?;
        assert_eq!(run(&["db", "stamp", "17"])?.status.code(), Some(3));

        let Some(server) = &server else { continue };
        server.ask("DROP INDEX jobs_claim")?;
        let drifted = run(&["db", "check"])?;
        assert_eq!(drifted.status.code(), Some(1));
        assert!(printed(&drifted)?.contains("The index jobs_claim is missing"));
        server.ask(
            "INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
             VALUES (99990101000000, 'from_the_future', '9999-01-01T00:00:00Z', '1')",
        )?;
        let refused = run(&["users", "list"])?;
        assert_eq!(refused.status.code(), Some(5));
        let sentence = told(&refused)?;
        assert!(
            sentence.contains("made by a newer Lectern (schema 99990101000000"),
            "{sentence}"
        );
    }
    Ok(())
}

#[test]
fn databases_are_named_one_by_one_as_in_other_deployments() -> Result<()> {
    let place = Place::new()?;
    let server = Database::new()?;
    let url = server.url();
    let parts = url.strip_prefix("postgres://").and_then(|rest| {
        let (credentials, place) = rest.split_once('@')?;
        let (user, password) = credentials.split_once(':')?;
        let (address, name) = place.split_once('/')?;
        let (host, port) = address.split_once(':')?;
        Some([
            ("HOST", host),
            ("PORT", port),
            ("USERNAME", user),
            ("PASSWORD", password),
            ("DATABASE", name),
        ])
    });
    let parts = parts.context("the address has other parts")?;
    let run = |arguments: &[&str]| -> Result<Output> {
        let mut command = place.command(arguments)?;
        for (part, value) in parts {
            command.env(format!("MULTI_DB_ARCHIVE_{part}"), value);
        }
        command.env("LECTERN_LOGGING_DATABASE_URL", "logging.db");
        Ok(command.output()?)
    };
    let health = run(&["db", "health", "--json"])?;
    ensure!(health.status.success(), "{}", told(&health)?);
    let health = lines(&health)?;
    let names: Vec<_> = health.iter().map(|one| &one["database"]).collect();
    assert_eq!(names, ["default", "logging", "archive"]);
    assert!(
        health[2]["message"].to_string().contains("PostgreSQL"),
        "{health:?}"
    );

    // A record moves there and back, and is found there.
    let card = place.path().join("card.png");
    image::GrayImage::from_pixel(8, 8, image::Luma([7])).save(&card)?;
    let added = run(&["add", "--json", &card.display().to_string()])?;
    let id = lines(&added)?[0]["document"]["id"].clone();
    let id = id.as_str().context("the answer names no document")?;
    let waiting = run(&["archive", "add", id])?;
    assert_eq!(waiting.status.code(), Some(1), "it waits to be read");
    let job = lines(&run(&["jobs", "list", "--json"])?)?[0]["id"].clone();
    let job = job.as_str().context("the answer names no job")?;
    let cancelled = run(&["jobs", "cancel", job])?;
    ensure!(cancelled.status.success(), "{}", told(&cancelled)?);
    let closed = run(&["archive", "add", id])?;
    ensure!(closed.status.success(), "{}", told(&closed)?);
    assert_eq!(server.ask("SELECT id FROM documents")?, id);
    let listed = lines(&run(&["archive", "list", "--json"])?)?;
    assert_eq!((listed.len(), &listed[0]["id"]), (1, &id.into()));
    let shown = lines(&run(&["archive", "show", id])?)?;
    assert_eq!(shown[0]["document"]["name"], "card.png");
    let question = "SELECT count(*) AS held FROM documents";
    let here = lines(&run(&["db", "query", question])?)?;
    assert_eq!(here[0]["held"], 0);
    let there = lines(&run(&["db", "query", question, "--database", "archive"])?)?;
    assert_eq!(there[0]["held"], 1);
    let copied = run(&["audit", "copy"])?;
    ensure!(copied.status.success(), "{}", told(&copied)?);
    let verified = run(&["audit", "verify"])?;
    ensure!(verified.status.success(), "{}", printed(&verified)?);
    assert!(printed(&verified)?.contains("copies in `logging`"));
    let restored = run(&["archive", "restore", id])?;
    ensure!(restored.status.success(), "{}", told(&restored)?);
    assert_eq!(server.ask("SELECT count(*) FROM documents")?, "0");

    let statistics = lines(&run(&["db", "statistics", "--json"])?)?;
    assert_eq!(statistics.len(), 3);
    let usage = lines(&run(&["db", "statistics", "--usage", "--json"])?)?;
    let kept = usage.iter().find(|figure| figure["measure"] == "kept");
    assert_eq!(kept.context("nothing is kept")?["part"], "cancelled");
    let missing = place.command(["users", "list"])?.output()?;
    assert_eq!(
        missing.status.code(),
        Some(0),
        "the archive is only not there"
    );
    Ok(())
}
