//! The job that reads a document and stores what was read.

use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, Ordering},
};

use model::{
    ChangeKind, DocumentId, DocumentStatus, Problem, Progress, Reading, ReadingId, ReadingStep,
    Timestamp, TypeDefinition,
};
use read::{Engine, Only, Options, TrustList};
use store::{
    Transaction,
    jobs::{self, End},
};

use super::{
    CRASHES, TROUBLE,
    lease::{self, ClaimedJob, Held},
};
use crate::{
    App, Error, Secret,
    audit::{self, Details, What, Who},
    images, locks, note,
    outside::{self, Asked},
    parts::{self, Kept},
    random, related, review, search, sides, thumbnails, types,
};

/// Progress is noted when it is this much further, in percent: a bar that jumps less cannot be seen.
const PROGRESS_STEP: u8 = 5;

/// What became of the reading.
enum Read {
    /// It is done; several documents in one file were cut apart.
    Done(Box<Reading>, Vec<Kept>),
    /// It cannot be done, now or ever.
    Failed(Error),
    /// It broke the reader.
    Panicked,
    /// Somebody asked to stop.
    Stopped,
}

/// Reads the document of a claimed job. An error means that the outcome could not be stored.
pub(crate) fn run(
    app: &App,
    claimed: &ClaimedJob,
    held: &Held,
    engines: &mut read::Engines,
    stopping: &AtomicBool,
) -> Result<(), Error> {
    let Some(document) = claimed.job.document else {
        let error = Problem {
            code: "job_without_document".to_owned(),
            message: "The job names no document".to_owned(),
        };
        return store_failure(app, claimed, None, &error);
    };
    if claimed.job.crashes >= CRASHES {
        let problem = Problem {
            code: "reader_stopped".to_owned(),
            message: "The program ended each time while it was reading this document, so it is not tried again".to_owned(),
        };
        return store_failure(app, claimed, Some(document), &problem);
    }

    match read_once(app, document, claimed, held, engines, stopping) {
        Read::Done(reading, parts) => {
            // A result is worth some patience: reading it again would cost more.
            loop {
                match store_reading(app, claimed, document, &reading, &parts) {
                    Err(error) if !error.is_permanent() && !stopping.load(Ordering::Acquire) => {
                        tracing::warn!(document.id = %document, code = error.code(), "a reading waits to be stored: {error}");
                        app.inner.signal.wait(app.inner.signal.rung(), TROUBLE);
                    }
                    stored => return stored,
                }
            }
        }
        // The document is not to blame, and waits for as long as it takes.
        Read::Failed(error) if !error.is_permanent() => {
            lease::postpone(app, claimed, &problem(&error))
        }
        Read::Failed(error) => store_failure(app, claimed, Some(document), &problem(&error)),
        Read::Panicked => {
            // What the panic left in the recognisers is anybody's guess.
            *engines = read::Engines::new()?;
            let problem = Problem {
                code: "reader_failed".to_owned(),
                message: "The reader failed on this document; other documents are not affected"
                    .to_owned(),
            };
            store_failure(app, claimed, Some(document), &problem)
        }
        Read::Stopped if held.is_lost() => Ok(()),
        Read::Stopped => lease::give_back(app, claimed),
    }
}

/// How documents of the store are read.
pub(crate) fn options<'a>(
    app: &App,
    types: &'a [TypeDefinition],
    trust: Option<&'a TrustList>,
) -> Options<'a> {
    Options {
        day: app.settings().clock.today(),
        only: Only::Everything,
        limits: app.settings().limits,
        engine: Engine::Network,
        types,
        ages: read::USUAL_AGES,
        trust,
    }
}

fn problem(error: &Error) -> Problem {
    Problem {
        code: error.code().to_owned(),
        message: error.to_string(),
    }
}

fn read_once(
    app: &App,
    document: DocumentId,
    claimed: &ClaimedJob,
    held: &Held,
    engines: &mut read::Engines,
    stopping: &AtomicBool,
) -> Read {
    let (bytes, password) = match load(app, document) {
        Ok(loaded) => loaded,
        Err(Error::DocumentNotFound) => {
            held.lose();
            return Read::Stopped;
        }
        Err(error) => return Read::Failed(error),
    };
    let may_be_cut = match may_be_cut(app, document) {
        Ok(may_be_cut) => may_be_cut,
        Err(error) => return Read::Failed(error),
    };
    let trust = match crate::trust::load(app) {
        Ok(trust) => trust,
        Err(error) => return Read::Failed(error),
    };
    let types = match types::load(app) {
        Ok(types) => types,
        Err(error) => return Read::Failed(error),
    };
    let options = options(app, &types, trust.as_ref());
    let mut noted: Option<Progress> = None;
    let mut progress = |progress: Progress| {
        if held.is_lost() || stopping.load(Ordering::Acquire) {
            return ControlFlow::Break(());
        }
        let is_news = noted.is_none_or(|noted| {
            noted.step != progress.step || progress.percent >= noted.percent + PROGRESS_STEP
        });
        if is_news {
            noted = Some(progress);
            match note_progress(app, claimed, document, progress) {
                Ok(true) => {}
                Ok(false) => held.lose(),
                // Progress is only news: the reading goes on, and its result proves the lease.
                Err(error) => {
                    tracing::warn!(document.id = %document, code = error.code(), "progress was not noted: {error}");
                }
            }
        }
        if held.is_lost() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let decoding = Progress {
        step: ReadingStep::Decoding,
        percent: 0,
    };
    if progress(decoding).is_break() {
        return Read::Stopped;
    }
    let decoder = &app.settings().decoder;
    let decode = || decoder.decode(&bytes, &options.limits, password.as_ref());
    let seen = catch_unwind(AssertUnwindSafe(|| {
        let seen = read::see_decoded(decode(), engines, &options, &mut progress)?;
        let alone = seen.reading(&options, &[]);
        let parts = if may_be_cut {
            read::cut(&seen.readings(&options, &[]), &seen.cards(), decode)
        } else {
            Vec::new()
        };
        Ok((seen, alone, parts))
    }));
    let (seen, alone, parts) = match seen {
        Ok(Ok(seen)) => seen,
        Ok(Err(read::Cancelled)) => return Read::Stopped,
        Err(_) => return Read::Panicked,
    };
    if !parts.is_empty() {
        // Each part is read, and shown to readers outside, by itself.
        return match parts::keep(app, &parts) {
            Ok(kept) => Read::Done(Box::new(alone), kept),
            Err(error) => Read::Failed(error),
        };
    }
    if !seen.is_readable() {
        return Read::Done(Box::new(alone), Vec::new());
    }
    let again = asks_outside_again(&claimed.job.payload);
    let pages = || decode().map(|decoded| decoded.pages).unwrap_or_default();
    let is_wanted = || !held.is_lost() && !stopping.load(Ordering::Acquire);
    match outside::answers(app, document, &alone, &types, again, &pages, &is_wanted) {
        Ok(Asked::Answered(answers)) if answers.is_empty() => {
            Read::Done(Box::new(alone), Vec::new())
        }
        Ok(Asked::Answered(answers)) => {
            Read::Done(Box::new(seen.reading(&options, &answers)), Vec::new())
        }
        Ok(Asked::Stopped) => Read::Stopped,
        Err(error) => Read::Failed(error),
    }
}

/// What a job is given so that readers outside are asked again.
pub(crate) const ASK_OUTSIDE: &str = r#"{"ask_outside":true}"#;

fn asks_outside_again(payload: &str) -> bool {
    let payload = serde_json::from_str::<serde_json::Value>(payload);
    payload.is_ok_and(|payload| payload["ask_outside"] == true)
}

/// Whether documents may be cut out of one: not a second time, not out of what was cut out itself, and not where
/// somebody said that it is one document.
fn may_be_cut(app: &App, document: DocumentId) -> Result<bool, Error> {
    let found = store::documents::get(&app.inner.store.read()?, document)?;
    let belonging = found.map(|found| found.belonging).unwrap_or_default();
    Ok(belonging.cut_from.is_none() && belonging.parts == 0 && !belonging.kept_whole)
}

/// The bytes of a document, and what opens them where they are locked.
pub(crate) fn load(app: &App, document: DocumentId) -> Result<(Vec<u8>, Option<Secret>), Error> {
    let snapshot = app.inner.store.read()?;
    let found = store::documents::get(&snapshot, document)?.ok_or(Error::DocumentNotFound)?;
    let blob = store::blobs::by_digest(&snapshot, &found.document.digest)?;
    drop(snapshot);
    let password = locks::password(app, document, blob.as_ref())?;
    Ok((images::content(app, blob.as_ref())?, password))
}

/// Notes how far the reading is; says whether the lease still holds.
fn note_progress(
    app: &App,
    claimed: &ClaimedJob,
    document: DocumentId,
    progress: Progress,
) -> Result<bool, Error> {
    app.write(|transaction| {
        let held = jobs::set_progress(transaction, claimed.job.id, &claimed.lease, progress)?;
        if held {
            let kind = ChangeKind::Progress { progress };
            note(transaction, app.now(), document, &kind)?;
        }
        Ok(held)
    })
}

/// Stores the reading, ends the job and moves the document on, all at once; or nothing of it when the
/// lease does not hold any more.
fn store_reading(
    app: &App,
    claimed: &ClaimedJob,
    document: DocumentId,
    reading: &Reading,
    parts: &[Kept],
) -> Result<(), Error> {
    let now = app.now();
    let transaction = app.inner.store.write()?;
    if !jobs::end(
        &transaction,
        claimed.job.id,
        &claimed.lease,
        End::Done,
        None,
        now,
    )? {
        tracing::info!(document.id = %document, "a reading came too late and is dropped");
        return Ok(());
    }
    let reading_id = ReadingId(random::id(now)?);
    store::readings::append(&transaction, reading_id, document, reading, now)?;
    let details = Details::new()
        .word("engine", reading.engine.as_str())
        .word("fields", reading.fields.len());
    let what = What::DocumentRead;
    audit::record(app, &transaction, Who::Program, what, document, details)?;
    // With the other side, where that is a file of its own.
    let whole = sides::reading(&transaction, document)?;
    let corrections = sides::corrections(&transaction, document)?;
    let standing = review::standing(whole.as_ref().unwrap_or(reading), &corrections);
    store::documents::set_derived(&transaction, document, &standing.derived)?;
    if let Some(listed) = store::documents::get(&transaction, document)? {
        let name = listed.document.name.expose();
        search::index(&transaction, document, name, &standing.record)?;
        // Somebody may have spoken while it was read.
        if !parts.is_empty() && listed.belonging.parts == 0 && !listed.belonging.kept_whole {
            parts::insert(app, &transaction, &listed.document, parts, now)?;
        }
    }
    let listed = store::documents::get(&transaction, document)?;
    let stands_for_itself = listed.is_none_or(|listed| listed.belonging.parts == 0);
    let (status, problem) = if stands_for_itself {
        (standing.status, standing.problem)
    } else {
        // Nobody need look at it: what was cut out is looked at instead.
        (DocumentStatus::Extracted, None)
    };
    move_on(&transaction, document, status, problem.as_ref(), now)?;
    related::relate(app, &transaction, document, now)?;
    if !reading.pages.is_empty() {
        thumbnails::enqueue(&transaction, document, now)?;
    }
    transaction.commit()?;
    app.inner.signal.ring();
    Ok(())
}

/// Ends the job and the document with a problem; or nothing when the lease does not hold any more.
fn store_failure(
    app: &App,
    claimed: &ClaimedJob,
    document: Option<DocumentId>,
    problem: &Problem,
) -> Result<(), Error> {
    let now = app.now();
    let problem = Some(problem);
    let transaction = app.inner.store.write()?;
    if !jobs::end(
        &transaction,
        claimed.job.id,
        &claimed.lease,
        End::Failed,
        problem,
        now,
    )? {
        return Ok(());
    }
    if let Some(document) = document {
        move_on(&transaction, document, DocumentStatus::Failed, problem, now)?;
    }
    transaction.commit()?;
    app.inner.signal.ring();
    Ok(())
}

fn move_on(
    transaction: &Transaction,
    document: DocumentId,
    status: DocumentStatus,
    problem: Option<&Problem>,
    now: Timestamp,
) -> Result<(), Error> {
    store::documents::set_status(transaction, document, status, problem, now)?;
    note(transaction, now, document, &ChangeKind::Status { status })
}
