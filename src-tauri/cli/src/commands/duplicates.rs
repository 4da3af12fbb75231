//! `lectern duplicates`: what may have been taken in twice, and what people say about it.

use std::process::ExitCode;

use app::related::{Possible, Related};
use clap::{Subcommand, ValueEnum};
use model::{Alike, Comparison, DocumentId, Question, Verdict};
use serde::Serialize;

use crate::{Global, opening, terminal};

/// What to do about it.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List pairs of which nobody has said anything, each with the reasons
    List {
        /// What the two may be
        #[arg(long, value_enum, default_value_t = Of::Duplicate)]
        of: Of,
        /// How many at most
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// List all that a document has to do with others, with the reasons
    Show {
        /// The document's id
        document: uuid::Uuid,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Say that two documents are one; this is remembered
    Same {
        /// What they are one in
        #[arg(long, value_enum, default_value_t = Of::Duplicate)]
        of: Of,
        /// One document's id
        one: uuid::Uuid,
        /// The other's
        other: uuid::Uuid,
    },
    /// Say that two documents are two; this is remembered
    Different {
        /// What they are two in
        #[arg(long, value_enum, default_value_t = Of::Duplicate)]
        of: Of,
        /// One document's id
        one: uuid::Uuid,
        /// The other's
        other: uuid::Uuid,
    },
}

/// What is asked about two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Of {
    /// The two sides of one card
    Sides,
    /// Papers of one person
    Holder,
    /// One document, taken in twice
    Duplicate,
}

impl From<Of> for Question {
    fn from(of: Of) -> Self {
        match of {
            Of::Sides => Self::Sides,
            Of::Holder => Self::Holder,
            Of::Duplicate => Self::Duplicate,
        }
    }
}

#[derive(Serialize)]
struct Line {
    question: &'static str,
    one: uuid::Uuid,
    other: uuid::Uuid,
    probability: Option<f32>,
    reasons: Vec<ReasonLine>,
    verdict: Option<&'static str>,
    holds: Option<bool>,
}

#[derive(Serialize)]
struct ReasonLine {
    about: String,
    alike: Alike,
    weight: f32,
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: &Command) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    match *command {
        Command::List { of, limit, json } => {
            let possible = app::related::possible(&app, &caller, of.into(), limit)?;
            let lines: Vec<Line> = possible.iter().map(possible_line).collect();
            print(&lines, json)?;
        }
        Command::Show { document, json } => {
            let id = DocumentId(document);
            let related = app::related::of(&app, &caller, id)?;
            let lines: Vec<Line> = related.iter().map(|one| related_line(id, one)).collect();
            print(&lines, json)?;
        }
        Command::Same { of, one, other } => {
            let (one, other) = (DocumentId(one), DocumentId(other));
            app::related::say(&app, &caller, one, other, of.into(), Verdict::Same)?;
            terminal::result("it is remembered that they are one");
        }
        Command::Different { of, one, other } => {
            let (one, other) = (DocumentId(one), DocumentId(other));
            app::related::say(&app, &caller, one, other, of.into(), Verdict::Different)?;
            terminal::result("it is remembered that they are two");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print(lines: &[Line], json: bool) -> anyhow::Result<()> {
    if json {
        return lines.iter().try_for_each(terminal::json);
    }
    let row = |line: &Line| {
        let said = line.reasons.iter().map(sentence).collect::<Vec<_>>();
        let likely = line.probability.map(|p| format!("{:.1} %", 100.0 * p));
        [
            line.question.to_owned(),
            line.one.to_string(),
            line.other.to_string(),
            likely.unwrap_or_default(),
            line.verdict.unwrap_or_default().to_owned(),
            said.join("; "),
        ]
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    terminal::table(["WHAT", "ONE", "OTHER", "LIKELY", "SAID", "WHY"], &rows);
    Ok(())
}

fn possible_line(possible: &Possible) -> Line {
    Line {
        question: possible.question.as_str(),
        one: possible.one.document.id.0,
        other: possible.other.document.id.0,
        probability: Some(possible.found.probability()),
        reasons: reasons(&possible.found),
        verdict: None,
        holds: None,
    }
}

fn related_line(id: DocumentId, related: &Related) -> Line {
    Line {
        question: related.question.as_str(),
        one: id.0,
        other: related.document.document.id.0,
        probability: related.found.as_ref().map(Comparison::probability),
        reasons: related.found.as_ref().map(reasons).unwrap_or_default(),
        verdict: related.verdict.map(Verdict::as_str),
        holds: Some(related.holds),
    }
}

fn reasons(found: &Comparison) -> Vec<ReasonLine> {
    let line = |reason: &model::Reason| ReasonLine {
        about: reason.about.clone(),
        alike: reason.alike,
        weight: reason.weight,
    };
    found.reasons.iter().map(line).collect()
}

/// `document_number: one character differs (+5.4)`.
fn sentence(reason: &ReasonLine) -> String {
    let how = match reason.alike {
        Alike::Equal => "the same",
        Alike::Transliterated => "the same in other letters",
        Alike::Reordered => "the same words in another order",
        Alike::Part => "one is a part of the other",
        Alike::Misread => "characters that look alike differ",
        Alike::Century => "another century",
        Alike::Swapped => "day and month change places",
        Alike::OneCharacter => "one character differs",
        Alike::SoundsAlike => "they sound alike",
        Alike::Different => "different",
    };
    format!("{}: {how} ({:+.1})", reason.about, reason.weight)
}
