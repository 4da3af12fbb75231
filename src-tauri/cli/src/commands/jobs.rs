//! `lectern jobs`: what waits to be read and what is being read.

use std::process::ExitCode;

use api::wire::DocumentBody;
use app::documents::{DocumentSummary, Query};
use clap::Subcommand;
use model::DocumentStatus;

use crate::{Global, opening, terminal};

/// What to do with jobs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the documents that wait, are being read, or could not be read
    List {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
}

/// Runs one of the commands.
pub(crate) fn run(global: &Global, command: &Command) -> anyhow::Result<ExitCode> {
    let Command::List { json } = command;
    let (app, caller) = opening::open(global)?;
    let mut rows = Vec::new();
    let mut cursor = None;
    loop {
        let status = vec![
            DocumentStatus::Queued,
            DocumentStatus::Processing,
            DocumentStatus::Failed,
        ];
        let limit = 200;
        let query = Query {
            status,
            cursor,
            limit,
        };
        let listing = app::documents::list(&app, &caller, &query)?;
        for summary in listing.documents {
            if *json {
                terminal::json(&DocumentBody::from(summary))?;
            } else {
                rows.push(row(summary));
            }
        }
        cursor = listing.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    if !json {
        terminal::table(["ID", "STATUS", "", "FILE"], &rows);
    }
    Ok(ExitCode::SUCCESS)
}

fn row(summary: DocumentSummary) -> [String; 4] {
    let document = summary.document;
    let progress = summary.progress;
    let progress = progress.map(|progress| format!("{} %", progress.percent));
    let reason = document.problem.map(|problem| problem.message);
    [
        document.id.to_string(),
        document.status.as_str().to_owned(),
        progress.or(reason).unwrap_or_default(),
        document.name.into_inner(),
    ]
}
