//! `lectern retention`: how long documents are kept.

use std::process::ExitCode;

use clap::Subcommand;
use jiff::{civil::Date, tz::TimeZone};
use model::{DocumentId, Timestamp};
use serde::Serialize;

use crate::{Global, opening, terminal};

/// What to do about it.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the policies
    Policies,
    /// Keep the documents of a family for so many days after their last change
    Set {
        /// The family, such as `passport`; every family without a policy of its own when left out
        #[arg(long = "type", value_name = "TYPE", default_value = "")]
        document_type: String,
        /// How many days
        days: u32,
    },
    /// Drop the policy of a family
    Drop {
        /// The family; the policy of all others when left out
        #[arg(long = "type", value_name = "TYPE", default_value = "")]
        document_type: String,
    },
    /// Keep a document whatever a policy says
    Hold {
        /// Its id
        id: uuid::Uuid,
        /// Why
        reason: String,
    },
    /// End the hold of a document
    Release {
        /// Its id
        id: uuid::Uuid,
    },
    /// List the documents that are held
    Holds,
    /// Erase what is due, or see what would be
    Run {
        /// Erase nothing, only list
        #[arg(long)]
        dry_run: bool,
        /// See what would be due at the end of this day; only with --dry-run
        #[arg(long, value_name = "YYYY-MM-DD", requires = "dry_run")]
        at: Option<Date>,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
}

/// One document that is due or was erased; printed, this is the certificate of its erasure.
#[derive(Debug, Serialize)]
struct Line {
    document: uuid::Uuid,
    document_type: Option<String>,
    due_since: String,
    days: u32,
    erased: bool,
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    match command {
        Command::Policies => {
            let policies = app::retention::policies(&app, &caller)?;
            let rows: Vec<_> = policies.into_iter().map(policy_row).collect();
            terminal::table(["TYPE", "DAYS", "SET"], &rows);
        }
        Command::Set {
            document_type,
            days,
        } => {
            app::retention::set_policy(&app, &caller, &document_type, days)?;
            terminal::result("the policy is set");
        }
        Command::Drop { document_type } => {
            app::retention::drop_policy(&app, &caller, &document_type)?;
            terminal::result("the policy is dropped");
        }
        Command::Hold { id, reason } => {
            app::retention::hold(&app, &caller, DocumentId(id), &reason)?;
            terminal::result("the document is held");
        }
        Command::Release { id } => {
            app::retention::release(&app, &caller, DocumentId(id))?;
            terminal::result("the document is released");
        }
        Command::Holds => {
            let holds = app::retention::holds(&app, &caller)?;
            let rows: Vec<_> = holds
                .into_iter()
                .map(|hold| {
                    [
                        hold.document.to_string(),
                        instant(hold.held_at),
                        hold.reason,
                    ]
                })
                .collect();
            terminal::table(["DOCUMENT", "SINCE", "REASON"], &rows);
        }
        Command::Run { dry_run, at, json } => {
            let due = if dry_run {
                let at = at.map_or_else(|| Ok(now()), end_of_day)?;
                app::retention::plan(&app, &caller, at)?
            } else {
                app::retention::run(&app, &caller)?
            };
            let lines: Vec<Line> = due.into_iter().map(|due| line(due, !dry_run)).collect();
            if json {
                for line in &lines {
                    terminal::json(line)?;
                }
            } else {
                let word = if dry_run { "due" } else { "erased" };
                let rows: Vec<_> = lines.into_iter().map(|line| line_row(line, word)).collect();
                terminal::table(["DOCUMENT", "TYPE", "DUE SINCE", "DAYS", "STATE"], &rows);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the day a person asks about begins with this one"
)]
fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_millisecond())
}

fn end_of_day(day: Date) -> anyhow::Result<Timestamp> {
    let next = day.tomorrow()?.to_zoned(TimeZone::UTC)?;
    Ok(Timestamp(next.timestamp().as_millisecond() - 1))
}

fn instant(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| String::new(), |at| at.to_string())
}

fn policy_row(policy: app::retention::Policy) -> [String; 3] {
    let family = if policy.document_type.is_empty() {
        "all others".to_owned()
    } else {
        policy.document_type
    };
    [family, policy.days.to_string(), instant(policy.set_at)]
}

fn line(due: app::retention::Due, erased: bool) -> Line {
    Line {
        document: due.document.0,
        document_type: due.document_type,
        due_since: instant(due.since),
        days: due.days,
        erased,
    }
}

fn line_row(line: Line, word: &str) -> [String; 5] {
    [
        line.document.to_string(),
        line.document_type.unwrap_or_default(),
        line.due_since,
        line.days.to_string(),
        word.to_owned(),
    ]
}
