//! `lectern add`: submits files to the store.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use api::wire::Submission;
use app::documents::DocumentSummary;
use app::intake::{Outcome, Submitted};
use app::{App, Secret};
use indicatif::{ProgressBar, ProgressStyle};
use model::{Caller, Change, ChangeKind, DocumentId, DocumentStatus, Personal};
use serde::Serialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::file_password::FilePassword;
use crate::{Global, opening, terminal};

/// Arguments of `lectern add`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Pictures, PDFs and other files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    password: FilePassword,
    /// Read them now and wait until they are read
    #[arg(long)]
    wait: bool,
    /// Print one JSON object a line instead of sentences
    #[arg(long)]
    json: bool,
}

/// What became of one file.
#[derive(Debug)]
struct Added {
    file: PathBuf,
    result: Result<Submitted, app::Error>,
}

/// One line of `--json`.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a std::path::Path,
    #[serde(flatten)]
    submission: Submission,
}

/// Submits every file. A file that is refused is told, and the others go on.
pub(crate) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let password = arguments.password.named()?;
    let (app, caller) = opening::open(global)?;
    // Listening begins before the first file, so that no change can be missed.
    let changes = app.changes();
    let bar = bar(arguments.files.len(), "submitting");
    let mut added = Vec::with_capacity(arguments.files.len());
    for file in &arguments.files {
        let result = submit(&app, &caller, file, password.as_ref());
        let file = file.clone();
        added.push(Added { file, result });
        bar.inc(1);
    }
    bar.finish_and_clear();
    if arguments.wait {
        wait(&app, &caller, changes, &mut added)?;
    }
    let mut code = ExitCode::SUCCESS;
    for added in added {
        if is_failure(&added.result) {
            code = ExitCode::FAILURE;
        }
        print(added, arguments.json)?;
    }
    Ok(code)
}

/// Submits a file; one that is here already and waits for its password is given it.
fn submit(
    app: &App,
    caller: &Caller,
    file: &Path,
    password: Option<&Secret>,
) -> Result<Submitted, app::Error> {
    let mut submitted = app::intake::submit_locked_path(app, caller, file, password)?;
    if let (Outcome::AlreadyHere, Some(password)) = (submitted.outcome, password) {
        match app::locks::unlock(app, caller, submitted.document.document.id, password) {
            Ok(document) => submitted.document = document,
            Err(app::Error::NotLocked) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(submitted)
}

fn bar(length: usize, message: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(length as u64).with_style(style);
    bar.with_message(message)
}

/// Whether nobody needs to wait for it any more.
fn is_settled(status: DocumentStatus) -> bool {
    match status {
        DocumentStatus::Queued | DocumentStatus::Processing => false,
        DocumentStatus::Extracted
        | DocumentStatus::NeedsReview
        | DocumentStatus::Reviewed
        | DocumentStatus::Failed
        | DocumentStatus::Cancelled => true,
    }
}

fn is_failure(result: &Result<Submitted, app::Error>) -> bool {
    result.as_ref().map_or(true, |submitted| {
        submitted.document.document.status == DocumentStatus::Failed
    })
}

/// Works on the store until every submitted document is settled, here or by any other process that
/// works on it, and puts the documents as they are then in the place of those submitted.
fn wait(
    app: &App,
    caller: &Caller,
    mut changes: Receiver<Change>,
    added: &mut [Added],
) -> anyhow::Result<()> {
    let mut waiting: HashMap<DocumentId, Vec<&mut DocumentSummary>> = HashMap::new();
    for added in added {
        if let Ok(submitted) = &mut added.result {
            let summary = &mut submitted.document;
            waiting
                .entry(summary.document.id)
                .or_default()
                .push(summary);
        }
    }
    let workers = app::jobs::start(app)?;
    let bar = bar(waiting.len(), "reading");
    let mut to_look_at: Vec<DocumentId> = waiting.keys().copied().collect();
    loop {
        while let Some(id) = to_look_at.pop() {
            let detail = app::documents::get(app, caller, id)?;
            let now = detail.summary;
            if is_settled(now.document.status) {
                // What was cut out of it is read in its place.
                for part in detail.cut_out {
                    waiting.entry(part).or_default();
                    to_look_at.push(part);
                    bar.inc_length(1);
                }
                for summary in waiting.remove(&id).unwrap_or_default() {
                    *summary = now.clone();
                }
                bar.inc(1);
            }
        }
        if waiting.is_empty() {
            break;
        }
        match changes.blocking_recv() {
            Ok(change) if waiting.contains_key(&change.document) => match change.kind {
                ChangeKind::Status { .. } | ChangeKind::Archived | ChangeKind::Deleted => {
                    to_look_at.push(change.document);
                }
                ChangeKind::Submitted
                | ChangeKind::Progress { .. }
                | ChangeKind::Corrected
                | ChangeKind::Assigned
                | ChangeKind::Restored => {}
            },
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => to_look_at.extend(waiting.keys()),
            Err(RecvError::Closed) => break,
        }
    }
    bar.finish_and_clear();
    workers.stop();
    Ok(())
}

fn print(added: Added, json: bool) -> anyhow::Result<()> {
    if json {
        let name = added.file.file_name().unwrap_or_default();
        let name = Personal::new(name.display().to_string());
        let submission = Submission::from_result(name, added.result);
        let file = &added.file;
        return terminal::json(&Line { file, submission });
    }
    let file = added.file.display();
    match added.result {
        Ok(submitted) => terminal::result(format_args!("{file}: {}", in_words(&submitted))),
        Err(error) => {
            terminal::tell(format_args!("{file}: refused: {error}"));
            terminal::hints(&error.hints());
        }
    }
    Ok(())
}

fn in_words(submitted: &Submitted) -> String {
    let outcome = match submitted.outcome {
        Outcome::New => "submitted",
        Outcome::AlreadyHere => "already here",
    };
    let document = &submitted.document.document;
    let status = match (document.status, &document.problem) {
        (DocumentStatus::Queued, _) => "waits to be read".to_owned(),
        (DocumentStatus::Processing, _) => "is being read".to_owned(),
        (DocumentStatus::Extracted, _) => "read, nothing doubtful".to_owned(),
        (DocumentStatus::NeedsReview, _) => match submitted.document.doubtful {
            0 => "read, a person should look at it".to_owned(),
            1 => "read, 1 field to check".to_owned(),
            doubtful => format!("read, {doubtful} fields to check"),
        },
        (DocumentStatus::Reviewed, _) => "reviewed".to_owned(),
        (DocumentStatus::Failed, Some(problem)) => format!("not read: {}", problem.message),
        (DocumentStatus::Failed, None) => "not read".to_owned(),
        (DocumentStatus::Cancelled, _) => "cancelled".to_owned(),
    };
    format!("{outcome} as {}, {status}", document.id)
}
