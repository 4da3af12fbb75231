//! `lectern doctor`: tries everything the program needs, and reads every stored file.

use std::process::ExitCode;

use api::wire::{Health, HealthCheck, HealthStatus};
use app::App;
use app::documents::Query;
use indicatif::ProgressBar;
use model::{Caller, DocumentId};

use crate::{Global, opening, terminal};

/// Arguments of `lectern doctor`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print a JSON object instead of lines
    #[arg(long)]
    json: bool,
}

/// Tries everything, tells how it went, and fails when something does not work.
pub(crate) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (app, caller) = opening::open(global)?;
    let mut health = Health::from(app::health::check(&app));
    let files = files(&app, &caller)?;
    if !files.ok {
        health.status = HealthStatus::Failing;
    }
    health.checks.push(files);
    if arguments.json {
        terminal::json(&health)?;
    } else {
        for check in &health.checks {
            let mark = if check.ok { "ok     " } else { "FAILING" };
            terminal::result(format_args!("{mark}  {}: {}", check.name, check.message));
        }
    }
    Ok(match health.status {
        HealthStatus::Ok => ExitCode::SUCCESS,
        HealthStatus::Failing => ExitCode::FAILURE,
    })
}

/// Reads the stored file of every document whole.
fn files(app: &App, caller: &Caller) -> Result<HealthCheck, app::Error> {
    let ids = every_document(app, caller)?;
    let bar = ProgressBar::new(ids.len() as u64);
    let (mut sound, mut complaints) = (0_u64, Vec::new());
    for id in ids {
        match app::documents::verify(app, caller, id) {
            // Deleted since it was listed: nothing is wrong with it.
            Ok(()) | Err(app::Error::DocumentNotFound) => sound += 1,
            Err(error) => complaints.push(format!("{id}: {error}")),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    let ok = complaints.is_empty();
    let message = if ok {
        format!("{sound} stored files are what was submitted")
    } else {
        format!(
            "{sound} stored files are what was submitted; {}",
            complaints.join("; ")
        )
    };
    Ok(HealthCheck {
        name: "files".to_owned(),
        ok,
        message,
    })
}

fn every_document(app: &App, caller: &Caller) -> Result<Vec<DocumentId>, app::Error> {
    let mut ids = Vec::new();
    let mut query = Query {
        status: Vec::new(),
        cursor: None,
        limit: 200,
    };
    loop {
        let listing = app::documents::list(app, caller, &query)?;
        ids.extend(listing.documents.iter().map(|summary| summary.document.id));
        query.cursor = listing.next_cursor;
        if query.cursor.is_none() {
            return Ok(ids);
        }
    }
}
