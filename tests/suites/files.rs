//! The real program on a folder of every kind of file: good ones are read, broken and hostile ones cost
//! themselves and get a sentence, and the page that tells people so is true.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use anyhow::{Context as _, Result, ensure};
use lectern_tests::files::{self, Becomes, File, PASSWORD};
use lectern_tests::program::Place;
use serde_json::Value;

/// The day of every reading here.
const DAY: &str = "2026-11-21";

/// Where the table is told to people, and the lines around it.
const PAGE: &str = "../docs/reading/files.md";
const BEGINS: &str = "<!-- table: begins -->\n";
const ENDS: &str = "<!-- table: ends -->\n";

fn answers(output: &Output) -> Result<Vec<Value>> {
    let lines = std::str::from_utf8(&output.stdout)?.lines();
    lines.map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// Writes the files of the folder; their paths.
fn written(folder: &[File], place: &Place) -> Result<Vec<String>> {
    let write = |file: &File| {
        let path = place.path().join(file.name);
        fs::write(&path, &file.bytes)?;
        Ok(path.display().to_string())
    };
    folder.iter().map(write).collect()
}

fn with(options: &[&str], files: &[String]) -> Vec<String> {
    let options = options.iter().map(|option| (*option).to_owned());
    options.chain(files.iter().cloned()).collect()
}

/// What became of a file, in words.
fn told(answer: &Value, file: &File) -> String {
    let pages = answer["pages"].as_array().map_or(0, Vec::len);
    let problem = answer["problems"][0]["message"]
        .as_str()
        .unwrap_or_default();
    if pages == 0 {
        let kept = if matches!(file.becomes, Becomes::Refused(_)) {
            "refused"
        } else {
            "not read"
        };
        return format!("{kept}: {problem}");
    }
    let count = if pages == 1 {
        "1 page".to_owned()
    } else {
        format!("{pages} pages")
    };
    let found = match (&answer["mrz"], &answer["fields"]["surname"]) {
        (Value::Array(_), _) => "the zone is read",
        (_, Value::Object(_)) => "its text is read",
        _ => "nothing is read on it",
    };
    let wanted = file.problem.map(|code| {
        let mut problems = answer["problems"].as_array().into_iter().flatten();
        let found = problems.find(|problem| problem["code"] == code);
        found
            .and_then(|problem| problem["message"].as_str())
            .unwrap_or("?")
    });
    let wanted = wanted.map_or_else(String::new, |message| format!(". {message}"));
    format!("{count}, {found}{wanted}")
}

/// Whether the answer is what the file was to become; else what is wrong with it.
fn is_right(answer: &Value, file: &File, surname: &str) -> Result<()> {
    let name = file.name;
    let codes: Vec<&str> = answer["problems"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|problem| problem["code"].as_str())
        .collect();
    let pages = answer["pages"].as_array().map_or(0, Vec::len);
    let read = answer["fields"]["surname"]["value"]
        .as_str()
        .unwrap_or_default();
    match file.becomes {
        Becomes::Zone(wanted) => {
            ensure!(pages == wanted, "{name}: {pages} pages, {codes:?}");
            ensure!(answer["mrz"].is_array(), "{name}: no zone, {codes:?}");
            ensure!(!read.contains("NOBODY"), "{name}: hidden text was read");
        }
        Becomes::Text(wanted) => {
            ensure!(pages == wanted, "{name}: {pages} pages, {codes:?}");
            ensure!(
                read == surname,
                "{name}: the surname was not read, {codes:?}"
            );
        }
        Becomes::Pages(wanted) => ensure!(pages == wanted, "{name}: {pages} pages, {codes:?}"),
        Becomes::Unread(code) | Becomes::Refused(code) => {
            ensure!(pages == 0, "{name} has {pages} pages");
            ensure!(
                codes.first() == Some(&code),
                "{name}: {codes:?} and not {code}"
            );
        }
    }
    if let Some(problem) = file.problem {
        ensure!(
            codes.contains(&problem),
            "{name}: {problem} is not told, {codes:?}"
        );
    }
    Ok(())
}

#[test]
fn every_kind_of_file_becomes_what_it_should() -> Result<()> {
    let place = Place::new()?;
    let (folder, surname) = files::folder();
    let paths = written(&folder, &place)?;
    let output = place.run(with(&["read", "--json", "--day", DAY], &paths))?;
    let answers = answers(&output)?;
    ensure!(answers.len() == folder.len(), "an answer is missing");
    let mut wrong = Vec::new();
    let mut table = "| file | what it is | what became of it |\n|---|---|---|\n".to_owned();
    for (file, answer) in folder.iter().zip(&answers) {
        if let Err(error) = is_right(answer, file, &surname) {
            wrong.push(error.to_string());
        }
        let became = told(answer, file);
        let _ = writeln!(table, "| `{}` | {} | {became} |", file.name, file.told);
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    is_told(&table)
}

/// Holds the page for people against what just happened, or writes it anew where that was asked for.
fn is_told(table: &str) -> Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = fs::read_to_string(&path)?;
    let (before, rest) = page
        .split_once(BEGINS)
        .context("the table has no beginning")?;
    let (kept, after) = rest.split_once(ENDS).context("the table has no end")?;
    if std::env::var_os("LECTERN_WRITE_TABLE").is_some() {
        fs::write(&path, format!("{before}{BEGINS}{table}{ENDS}{after}"))?;
    } else {
        ensure!(
            kept == table,
            "docs/reading/files.md is stale: run this test with LECTERN_WRITE_TABLE=1\n{table}"
        );
    }
    Ok(())
}

#[test]
fn a_folder_is_added_in_one_go_and_locked_files_wait_for_their_password() -> Result<()> {
    let place = Place::new()?;
    let (folder, _) = files::folder();
    let paths = written(&folder, &place)?;
    let output = place.run(with(&["add", "--json"], &paths))?;
    let added = answers(&output)?;
    ensure!(added.len() == folder.len(), "an answer is missing");
    for (file, answer) in folder.iter().zip(&added) {
        let name = file.name;
        match file.becomes {
            Becomes::Refused(code) => {
                ensure!(answer["outcome"] == "refused", "{name}: {answer}");
                let told = answer["problem"]["message"].as_str().unwrap_or_default();
                ensure!(told.len() > 15, "{name}: {code} is not explained");
            }
            _ => ensure!(answer["outcome"] == "submitted", "{name}: {answer}"),
        }
    }

    // In a store of their own, so that nothing else is read meanwhile.
    let place = Place::new()?;
    let locked: Vec<File> = folder
        .into_iter()
        .filter(|file| file.name.starts_with("locked"))
        .collect();
    let paths = written(&locked, &place)?;
    let password = |text: &str, name: &str| -> Result<String> {
        let path: PathBuf = place.path().join(name);
        fs::write(&path, format!("{text}\n"))?;
        Ok(path.display().to_string())
    };
    let (wrong, right) = (password("nonsense", "wrong")?, password(PASSWORD, "right")?);
    let add = |options: &[&str]| -> Result<Vec<Value>> {
        let options: Vec<&str> = ["add", "--json", "--wait"]
            .iter()
            .chain(options)
            .copied()
            .collect();
        answers(&place.run(with(&options, &paths))?)
    };
    for (options, status, problem) in [
        (&[][..], "failed", Some("pdf_locked")),
        (
            &["--password-file", &wrong],
            "failed",
            Some("pdf_password_wrong"),
        ),
        (&["--password-file", &right], "needs_review", None),
    ] {
        for answer in add(options)? {
            let document = &answer["document"];
            assert_eq!(document["status"], status, "{answer}");
            assert_eq!(document["problem"]["code"].as_str(), problem);
        }
    }
    let options = ["read", "--json", "--password-file", &right];
    for answer in answers(&place.run(with(&options, &paths))?)? {
        assert_eq!(answer["fields"]["surname"]["value"], "ERIKSSON");
    }
    Ok(())
}
