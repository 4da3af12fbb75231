//! `lectern audit`: the log of who did what.

use std::process::ExitCode;

use api::wire::{AuditEntry, AuditVerification};
use app::audit::Filter;
use app::databases::Database;
use clap::Subcommand;
use model::UserId;

use crate::{Global, opening, terminal};

/// How many entries are fetched at once.
const PAGE: u32 = 500;

/// What to do with the log.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Verify every entry; fails and names the first bad one when the log is not whole
    Verify {
        /// Print a JSON object instead of a sentence
        #[arg(long)]
        json: bool,
    },
    /// Copy what was written since the last time to the database `logging`, as a job does now and then
    Copy,
    /// List entries, newest first
    List {
        /// The database whose acts are meant: default or archive
        #[arg(long, value_name = "NAME", default_value = "default")]
        database: Database,
        /// Only what was done to the document, user or other thing of this id
        #[arg(long, value_name = "ID")]
        subject: Option<String>,
        /// Only what this user did
        #[arg(long, value_name = "ID")]
        user: Option<uuid::Uuid>,
        /// Only acts whose name begins so, such as `document.`
        #[arg(long, value_name = "NAME")]
        act: Option<String>,
        /// How many at most
        #[arg(long, default_value = "50", value_name = "N")]
        limit: u32,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: Command) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    match command {
        Command::Verify { json } => {
            let found = AuditVerification::from(app::audit::verify(&app, &caller)?);
            if json {
                terminal::json(&found)?;
            } else {
                terminal::result(&found.message);
            }
            if !found.ok {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Copy => {
            let copied = app::audit::copy(&app, &caller)?;
            terminal::result(format_args!("{copied} entries were copied"));
        }
        Command::List {
            database,
            subject,
            user,
            act,
            limit,
            json,
        } => {
            let mut filter = Filter {
                subject,
                user: user.map(UserId),
                act,
                before: None,
            };
            let mut rows = Vec::new();
            let mut left = limit;
            while left > 0 {
                let page = app::audit::list_in(&app, &caller, database, &filter, left.min(PAGE))?;
                left = left.saturating_sub(u32::try_from(page.entries.len()).unwrap_or(u32::MAX));
                for entry in page.entries.into_iter().map(AuditEntry::from) {
                    if json {
                        terminal::json(&entry)?;
                    } else {
                        rows.push(row(entry));
                    }
                }
                filter.before = page.next;
                if page.next.is_none() {
                    break;
                }
            }
            if !json {
                terminal::table(["ENTRY", "AT", "DOOR", "USER", "ACT", "SUBJECT"], &rows);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn row(entry: AuditEntry) -> [String; 6] {
    [
        entry.sequence.to_string(),
        entry.at,
        entry.door,
        entry
            .user_id
            .map(|user| user.to_string())
            .unwrap_or_default(),
        entry.act,
        entry.subject.unwrap_or_default(),
    ]
}
