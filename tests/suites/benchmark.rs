//! How well drawn documents of every type are read, with floors that may only rise.
//!
//! The set is one turn through all types, as usual scans and photographs; `specimens set` draws the
//! same pictures, and larger sets for measuring.

use std::fs;

use anyhow::{Context as _, Result, ensure};
use lectern_tests::program::Place;
use lectern_tests::specimen::Truth;
use lectern_tests::specimen::set::{self, Treatment};
use serde_json::Value;

const SEED: u64 = 1;
const PICTURES: u64 = 33;

/// Share of the printed values that are answered as printed.
const LEAST_EXACT: f64 = 0.85;

/// Share of the documents whose family is told.
const LEAST_TYPES: f64 = 0.95;

/// Share of the answered values that are wrong and not marked for review; three of three hundred.
const MOST_SILENT: f64 = 0.018;

/// Share of the answered values that are marked for review.
const MOST_REVIEWED: f64 = 0.3;

/// How far a value's confidence is from the share of such values that are right, on average.
const MOST_MISCALIBRATED: f64 = 0.1;

/// Letters and digits in capitals: what a value says, whatever its ornament.
fn plain(text: &str) -> String {
    text.to_uppercase()
        .chars()
        .filter(|one| one.is_alphanumeric())
        .collect()
}

/// A document type without its side; a travel document counts as a passport.
fn family(name: &str) -> &str {
    let name = name.trim_end_matches("_front").trim_end_matches("_back");
    if name == "travel_document" {
        "passport"
    } else {
        name
    }
}

#[derive(Default)]
struct Tally {
    documents: f64,
    types: f64,
    printed: f64,
    exact: f64,
    answered: f64,
    silent: f64,
    reviewed: f64,
}

impl Tally {
    fn count(&mut self, truth: &Truth, answer: &Value) {
        self.documents += 1.0;
        let told = answer["document_type"].as_str().unwrap_or_default();
        // Papers that are no identity document may go without a type or as another one.
        let other = ["", "other_id"];
        let right = family(told) == family(&truth.doc_type)
            || other.contains(&told) && other.contains(&truth.doc_type.as_str());
        self.types += f64::from(u8::from(right));
        for (name, wanted) in &truth.fields {
            self.printed += 1.0;
            let field = &answer["fields"][name];
            let Some(value) = field["value"].as_str() else {
                continue;
            };
            let right = plain(value) == plain(wanted);
            let marked = field["needs_review"] == true;
            self.answered += 1.0;
            self.exact += f64::from(u8::from(right));
            self.reviewed += f64::from(u8::from(marked));
            self.silent += f64::from(u8::from(!right && !marked));
        }
    }
}

#[test]
fn drawn_documents_of_every_type_are_read_no_worse_than_before() -> Result<()> {
    let place = Place::new()?;
    let mut manifest = String::new();
    let mut truths = Vec::new();
    for number in 0..PICTURES {
        let specimen = set::member(SEED, number, Treatment::Light);
        fs::write(place.path().join(&specimen.truth.file), specimen.encode())?;
        manifest.push_str(&serde_json::to_string(&specimen.truth)?);
        manifest.push('\n');
        truths.push(specimen.truth);
    }
    let list = place.path().join("manifest.jsonl");
    let answers = place.path().join("answers.jsonl");
    fs::write(&list, manifest)?;
    let (list, out) = (list.display().to_string(), answers.display().to_string());
    let arguments = [
        "--calibration",
        "--manifest",
        &list,
        "--out",
        &out,
        "--threads",
        "2",
    ];
    let output = place.run(
        ["bench", "--day", "2026-11-21"]
            .into_iter()
            .chain(arguments),
    )?;
    ensure!(output.status.success(), "bench failed");
    let curve = String::from_utf8(output.stdout)?;
    let error = curve.lines().find_map(|line| {
        let error = line.strip_prefix("expected calibration error ")?;
        error.strip_suffix(" %")?.parse::<f64>().ok()
    });
    let error = error.context("no calibration error")? / 100.0;
    assert!(error <= MOST_MISCALIBRATED, "{curve}");
    let text = fs::read_to_string(&answers)?;
    let answers: Vec<Value> = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .context("an answer is no JSON")?;
    assert_eq!(answers.len(), truths.len());
    let mut tally = Tally::default();
    for (truth, answer) in truths.iter().zip(&answers) {
        tally.count(truth, answer);
    }
    let (exact, types) = (tally.exact / tally.printed, tally.types / tally.documents);
    let silent = tally.silent / tally.answered;
    let reviewed = tally.reviewed / tally.answered;
    let figures =
        format!("exact {exact:.3}, types {types:.3}, silent {silent:.4}, reviewed {reviewed:.3}");
    assert!(exact >= LEAST_EXACT && types >= LEAST_TYPES, "{figures}");
    assert!(
        silent <= MOST_SILENT && reviewed <= MOST_REVIEWED,
        "{figures}"
    );
    Ok(())
}
