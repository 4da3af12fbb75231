//! `lectern explain`: why each value of a document is as it is.
//!
//! For every field: which places say what, how they differ, and why the value was chosen. Touches
//! neither the data directory nor a key, as `lectern read`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::ValueEnum;
use model::{Disagreement, Field, FieldName, Outcome, Personal, Zone};
use read::Engines;
use read::answer::Answer;
use read::checks::{self, Sentence};
use serde::Serialize;

use super::read as reading;
use crate::file_password::FilePassword;
use crate::terminal;

/// Arguments of `lectern explain`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Picture of a document
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Language of the rules' sentences
    #[arg(long, value_enum, default_value_t = Language::En)]
    language: Language,
    #[command(flatten)]
    password: FilePassword,
    #[command(flatten)]
    how: reading::How,
}

/// Languages of sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    /// English
    En,
    /// French
    Fr,
    /// Arabic
    Ar,
}

impl Language {
    const fn of(self, sentence: Sentence) -> &'static str {
        match self {
            Self::En => sentence.en,
            Self::Fr => sentence.fr,
            Self::Ar => sentence.ar,
        }
    }
}

impl Arguments {
    /// Whether Tesseract was asked for.
    pub(crate) fn uses_tesseract(&self) -> bool {
        self.how.uses_tesseract()
    }
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Explanation<'a> {
    file: &'a Personal,
    document_type: Option<String>,
    definition: Option<&'a str>,
    disagreements: &'a [Disagreement],
    checks: Vec<Rule<'a>>,
}

/// One rule and how it ended.
#[derive(Debug, Serialize)]
struct Rule<'a> {
    code: &'a str,
    outcome: Outcome,
    fields: &'a [FieldName],
    sentence: &'a str,
}

/// Reads the file and explains what was read.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let options = arguments.how.options();
    let mut engines = Engines::new().context("the recogniser could not be set up")?;
    let password = arguments.password.named()?;
    let answer = reading::answer(&arguments.file, &mut engines, &options, password.as_ref());
    let checks = rules(&answer, arguments.language);
    if arguments.json {
        let explanation = Explanation {
            file: &answer.file,
            document_type: answer.document_type.map(|kind| kind.to_string()),
            definition: answer.definition.as_deref(),
            disagreements: &answer.disagreements,
            checks,
        };
        terminal::result(serde_json::to_string(&explanation)?);
    } else {
        show(&answer, &checks);
    }
    Ok(if answer.was_read() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn rules(answer: &Answer, language: Language) -> Vec<Rule<'_>> {
    let rules = answer.checks.iter().map(|check| Rule {
        code: &check.code,
        outcome: check.outcome,
        fields: &check.fields,
        // Rules of barcodes have one language so far.
        sentence: checks::rule(&check.code).map_or(&check.message, |rule| {
            language.of(rule.sentences.of(check.outcome))
        }),
    });
    rules.collect()
}

fn show(answer: &Answer, rules: &[Rule<'_>]) {
    terminal::result(answer.file.expose());
    for (name, field) in &answer.fields {
        explain(name, field, answer);
    }
    for rule in rules {
        let mark = match rule.outcome {
            Outcome::Passed => "+",
            Outcome::Failed => "!",
            Outcome::CouldNotRun => "?",
        };
        terminal::result(format_args!("  {mark} {}", rule.sentence));
    }
    for problem in &answer.problems {
        terminal::result(format_args!("  ! {}", problem.message));
    }
}

fn explain(name: &FieldName, field: &Field, answer: &Answer) {
    terminal::result(format_args!(
        "  {}: {}  ({:.1} %{})",
        name.as_str(),
        field.value.expose(),
        field.confidence * 100.0,
        if field.needs_review {
            ", please check"
        } else {
            ""
        },
    ));
    let disagreement = answer.disagreements.iter().find(|one| one.field == *name);
    match disagreement {
        Some(disagreement) => {
            for source in &disagreement.sources {
                terminal::result(format_args!(
                    "      {} says {}",
                    place(source.zone),
                    source.value.expose()
                ));
            }
            terminal::result(format_args!(
                "      {}: {}",
                disagreement.class.as_str(),
                disagreement.reason
            ));
        }
        None => {
            for evidence in &field.evidence {
                terminal::result(format_args!(
                    "      {} shows {}",
                    place(evidence.zone),
                    evidence.text.expose()
                ));
            }
        }
    }
}

const fn place(zone: Zone) -> &'static str {
    match zone {
        Zone::Mrz => "the machine-readable zone",
        Zone::Visual => "the print",
        Zone::Barcode => "the barcode",
        Zone::Outside => "a reader outside of this machine",
    }
}
