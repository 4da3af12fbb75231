//! `lectern retention`: how long documents are kept.

use std::io::Read as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::erasure::Sealed;
use app::retention::{Due, Policy, Span, Spans};
use clap::Subcommand;
use jiff::civil::Date;
use model::{DocumentId, Timestamp};
use serde::Serialize;

use crate::{Global, opening, terminal};

/// How many certificates are fetched at once.
const PAGE: u32 = 200;

/// What to do about it.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the policies
    Policies,
    /// Say how long after the decision what is kept of the documents of a family; at least one part
    Set {
        /// The family, such as `passport`; every family without a policy of its own when left out
        #[arg(long = "type", value_name = "TYPE", default_value = "")]
        document_type: String,
        /// How long pictures are kept, such as `30 days`; as long as the record when left out
        #[arg(long, value_name = "SPAN", value_parser = span)]
        pictures: Option<Span>,
        /// How long the record is kept, such as `5 years`; for ever when left out
        #[arg(long, value_name = "SPAN", value_parser = span)]
        record: Option<Span>,
        /// How long the proof of the check is kept, once the record is erased; for ever when left out
        #[arg(long, value_name = "SPAN", value_parser = span)]
        proof: Option<Span>,
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
    /// List the certificates of what was erased
    Certificates {
        /// Only those of this document
        #[arg(long, value_name = "ID")]
        document: Option<uuid::Uuid>,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Print a certificate as a page to read
    Certificate {
        /// Its id
        id: String,
        /// Print it as JSON, with its seal
        #[arg(long)]
        json: bool,
    },
    /// See whether a certificate in JSON is genuine; fails when it is not
    Check {
        /// The file; the standard input when left out
        file: Option<PathBuf>,
    },
    /// Write the databases anew, so that no page of them is left of what was erased; others wait meanwhile
    Rewrite,
}

fn span(text: &str) -> Result<Span, String> {
    text.parse().map_err(|error: app::Error| error.to_string())
}

/// One part of a document that is due or was erased.
#[derive(Debug, Serialize)]
struct Line {
    document: uuid::Uuid,
    document_type: Option<String>,
    part: &'static str,
    due_since: String,
    span: String,
    erased: bool,
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    match command {
        Command::Policies => {
            let policies = app::retention::policies(&app, &caller)?;
            let rows: Vec<_> = policies.iter().map(policy_row).collect();
            let heading = ["TYPE", "PICTURES", "RECORD", "PROOF", "SET"];
            terminal::table(heading, &rows);
        }
        Command::Set {
            document_type,
            pictures,
            record,
            proof,
        } => {
            let spans = Spans {
                pictures,
                record,
                proof,
            };
            app::retention::set_policy(&app, &caller, &document_type, spans)?;
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
                match at {
                    Some(day) => app::retention::plan_day(&app, &caller, day)?,
                    None => app::retention::plan(&app, &caller, now())?,
                }
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
                let heading = ["DOCUMENT", "TYPE", "PART", "DUE SINCE", "KEPT", "STATE"];
                terminal::table(heading, &rows);
            }
        }
        Command::Certificates { document, json } => {
            let document = document.map(DocumentId);
            let mut rows = Vec::new();
            let mut before: Option<String> = None;
            loop {
                let before_id = before.as_deref();
                let page = app::erasure::certificates(&app, &caller, document, before_id, PAGE)?;
                before = page.last().map(|last| last.certificate.id.clone());
                for sealed in page {
                    if json {
                        terminal::json(&sealed)?;
                    } else {
                        rows.push(certificate_row(sealed));
                    }
                }
                if before.is_none() {
                    break;
                }
            }
            if !json {
                terminal::table(["CERTIFICATE", "DOCUMENT", "ERASED", "AT"], &rows);
            }
        }
        Command::Certificate { id, json } => {
            let sealed = app::erasure::certificate(&app, &caller, &id)?;
            if json {
                terminal::json(&sealed)?;
            } else {
                terminal::result(sealed.page().trim_end());
            }
        }
        Command::Check { file } => {
            let sealed = Sealed::parse(&read(file)?)?;
            if !app::erasure::is_genuine(&app, &caller, &sealed)? {
                terminal::result("this certificate was not written by this store, or was altered");
                return Ok(ExitCode::FAILURE);
            }
            terminal::result("the certificate is genuine");
        }
        Command::Rewrite => {
            app::erasure::rewrite(&app, &caller)?;
            terminal::result("the databases are written anew");
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

fn instant(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| String::new(), |at| at.to_string())
}

fn read(file: Option<PathBuf>) -> anyhow::Result<String> {
    let Some(path) = file else {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    };
    std::fs::read_to_string(&path).with_context(|| format!("`{}` cannot be read", path.display()))
}

fn policy_row(policy: &Policy) -> [String; 5] {
    let family = if policy.document_type.is_empty() {
        "all others".to_owned()
    } else {
        policy.document_type.clone()
    };
    let Spans {
        pictures,
        record,
        proof,
    } = policy.spans;
    let words = |span: Option<Span>| span.map_or_else(|| "-".to_owned(), Span::words);
    let set_at = instant(policy.set_at);
    [family, words(pictures), words(record), words(proof), set_at]
}

fn line(due: Due, erased: bool) -> Line {
    Line {
        document: due.document.0,
        document_type: due.document_type,
        part: due.part.as_str(),
        due_since: instant(due.since),
        span: due.span.to_string(),
        erased,
    }
}

fn line_row(line: Line, word: &str) -> [String; 6] {
    [
        line.document.to_string(),
        line.document_type.unwrap_or_default(),
        line.part.to_owned(),
        line.due_since,
        line.span,
        word.to_owned(),
    ]
}

fn certificate_row(Sealed { certificate, .. }: Sealed) -> [String; 4] {
    [
        certificate.id,
        certificate.document,
        certificate.erased,
        certificate.erased_at,
    ]
}
