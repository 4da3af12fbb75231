//! Whether what is kept is whole, and cleaning up what nothing refers to.

use std::{collections::HashSet, path::Path};

use blobs::{DataKey, ObjectName, SHELVES};
use model::{Caller, ChangeKind, DocumentId, DocumentStatus, Problem, Timestamp};
use store::{Store, blobs as blob_rows, copy, documents, jobs::JobState, thumbnails};

use crate::{
    App, Error, documents as acts,
    health::{self, HealthCheck},
    intake,
    jobs::{Kind, Outcome, Work},
    keys::verification,
    note,
    permission::{Act, demand},
    thumbnails as pictures,
};

/// The recurring job that removes what nothing refers to.
pub(crate) const COLLECT: Kind = Kind {
    name: "collect_orphans",
    run: collect_job,
};

/// How long something may be without a row that names it, in milliseconds: far longer than any upload
/// takes, and than the clocks of machines differ.
const GRACE: i64 = 24 * 60 * 60 * 1000;

/// How many rows are looked at between two looks at the database.
const PAGE: u32 = 500;

/// Less room than this on the disk of the data, in bytes, is a complaint: a few days of documents.
const ROOM: u64 = 500 * 1024 * 1024;

/// How many complaints of a kind are told; the rest is counted.
const TOLD: usize = 20;

/// How closely stored files are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Whether each is there and as long as it should be.
    Quick,
    /// Every byte of each.
    Whole,
}

/// Looks at everything and says how it is, a sentence each. `progress` hears how many stored files were
/// looked at.
///
/// A document whose file is missing or altered gets a problem that says so, and loses it once the file is
/// back.
pub fn examine(
    app: &App,
    caller: &Caller,
    depth: Depth,
    progress: &dyn Fn(u64),
) -> Result<Vec<HealthCheck>, Error> {
    demand(caller, Act::ChangeKeys)?;
    let mut checks = health::check(app).checks;
    checks.push(told("database_file", database(app)));
    match verification::verify(app, caller) {
        Ok(keys) => checks.extend(keys),
        Err(error) => checks.push(told("key_check", Err(error))),
    }
    checks.push(told("files", files(app, depth, progress)));
    checks.push(told("thumbnails", small_pictures(app, depth)));
    checks.push(told("orphans", orphans(app)));
    checks.push(told("jobs", jobs(app)));
    checks.push(told("disk", disk(&app.settings().data_dir)));
    checks.push(told("permissions", permissions(&app.settings().data_dir)));
    Ok(checks)
}

/// An outcome in a sentence, good or bad; an error when it could not be found out.
type Found = Result<Result<String, String>, Error>;

fn told(name: &'static str, found: Found) -> HealthCheck {
    let (ok, message) = match found {
        Ok(Ok(message)) => (true, message),
        Ok(Err(complaint)) => (false, complaint),
        Err(error) => (false, error.to_string()),
    };
    HealthCheck { name, ok, message }
}

/// Puts complaints into one sentence.
fn join(complaints: &[String]) -> String {
    let shown = complaints.iter().take(TOLD).cloned().collect::<Vec<_>>();
    let shown = shown.join("; ");
    match complaints.len().saturating_sub(TOLD) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

fn database(app: &App) -> Found {
    let complaints = copy::complaints(&app.inner.store.read()?)?;
    Ok(if complaints.is_empty() {
        Ok("The database is whole".to_owned())
    } else {
        Err(format!("The database is damaged: {}", join(&complaints)))
    })
}

/// Looks at the stored file of every document.
fn files(app: &App, depth: Depth, progress: &dyn Fn(u64)) -> Found {
    let (mut sound, mut complaints) = (0_u64, Vec::new());
    for store in app.record_stores() {
        let mut before = None;
        loop {
            let page = documents::page(&store.read()?, before, PAGE)?;
            for listed in &page {
                let id = listed.document.id;
                if listed.pictures_erased_at.is_some() {
                    set_problem(app, id, None)?;
                    continue;
                }
                let looked = match depth {
                    Depth::Quick => is_there(app, store, &listed.document),
                    Depth::Whole => acts::prove(app, id),
                };
                match looked {
                    Ok(()) => {
                        sound += 1;
                        set_problem(app, id, None)?;
                    }
                    // Deleted since it was listed: nothing is wrong with it.
                    Err(Error::DocumentNotFound | Error::PicturesErased) => {}
                    Err(error) => {
                        complaints.push(format!("document {id}: {error}"));
                        if matches!(error, Error::FileMissing | Error::FileAltered) {
                            set_problem(app, id, Some(&error))?;
                        }
                    }
                }
                progress(sound + complaints.len() as u64);
            }
            match page.last() {
                Some(last) => before = Some(last.number),
                None => break,
            }
        }
    }
    let how = match depth {
        Depth::Quick => "are there",
        Depth::Whole => "are what was submitted",
    };
    Ok(if complaints.is_empty() {
        Ok(format!("All {sound} stored files {how}"))
    } else {
        Err(format!(
            "{} of {} stored files are not what was submitted: {}",
            complaints.len(),
            complaints.len() as u64 + sound,
            join(&complaints)
        ))
    })
}

fn is_there(app: &App, store: &Store, document: &model::Document) -> Result<(), Error> {
    let snapshot = store.read()?;
    documents::find(&snapshot, document.id)?.ok_or(Error::DocumentNotFound)?;
    let blob = blob_rows::by_digest(&snapshot, &document.digest)?;
    drop(snapshot);
    let object = intake::object(app, &blob.ok_or(Error::FileMissing)?)?;
    match app.inner.blobs.size(&object.name)? {
        None => Err(Error::FileMissing),
        Some(size) if size == blobs::sealed_length(document.size) => Ok(()),
        Some(_) => Err(Error::FileAltered),
    }
}

/// Codes of the problems that are given and taken here, and no others.
const CODES: [&str; 2] = ["stored_file_missing", "stored_file_altered"];

/// Gives a document the problem of its file, or takes it away.
fn set_problem(app: &App, id: DocumentId, error: Option<&Error>) -> Result<(), Error> {
    let needed = |problem: Option<&Problem>| match (problem, error) {
        (Some(problem), None) => CODES.contains(&problem.code.as_str()),
        // Another problem stays: it says why the document stands where it does.
        (Some(problem), Some(error)) => {
            CODES.contains(&problem.code.as_str()) && problem.code != error.code()
        }
        (None, error) => error.is_some(),
    };
    let found = documents::get(&app.inner.store.read()?, id)?;
    if !found.is_some_and(|found| needed(found.document.problem.as_ref())) {
        return Ok(());
    }
    let now = app.now();
    let problem = error.map(|error| Problem {
        code: error.code().to_owned(),
        message: error.to_string(),
    });
    app.write(|transaction| {
        // Looked at again where nobody else can change it.
        let Some(found) = documents::get(transaction, id)? else {
            return Ok(());
        };
        let status: DocumentStatus = found.document.status;
        if needed(found.document.problem.as_ref()) {
            documents::set_problem(transaction, id, problem.as_ref(), now)?;
            note(transaction, now, id, &ChangeKind::Status { status })?;
        }
        Ok(())
    })
}

fn small_pictures(app: &App, depth: Depth) -> Found {
    let (mut sound, mut lost) = (0_u64, 0_u64);
    for store in app.record_stores() {
        let (there, not) = small_pictures_in(app, store, depth)?;
        sound += there;
        lost += not;
    }
    Ok(match lost {
        0 => Ok(format!("All {sound} thumbnails are there")),
        lost => Err(format!(
            "{lost} of {} thumbnails were missing or altered, and will be made again",
            sound + lost
        )),
    })
}

/// How many thumbnails of one database are there, and how many are not.
fn small_pictures_in(app: &App, store: &Store, depth: Depth) -> Result<(u64, u64), Error> {
    let (mut sound, mut lost) = (0_u64, 0_u64);
    let mut after = None;
    loop {
        let page = thumbnails::page(&store.read()?, after, PAGE)?;
        for thumbnail in &page {
            let name = ObjectName::parse(&thumbnail.object_name)?;
            let purpose = pictures::purpose(thumbnail.document);
            let key = app.unwrap_key(&purpose, &thumbnail.wrapped_key)?;
            let there = match (depth, key) {
                (_, None) => false,
                (Depth::Quick, Some(_)) => app.inner.blobs.size(&name)?.is_some(),
                (Depth::Whole, Some(key)) => match app.inner.blobs.get(&name, &DataKey::new(key)) {
                    Ok(_) => true,
                    Err(blobs::Error::Missing | blobs::Error::Altered) => false,
                    Err(error) => return Err(error.into()),
                },
            };
            if there {
                sound += 1;
            } else {
                lost += 1;
                // Made anew by its job, from the file itself.
                let transaction = store.write()?;
                thumbnails::delete(&transaction, thumbnail.document)?;
                transaction.commit()?;
            }
        }
        match page.last() {
            Some(last) => after = Some(last.document),
            None => return Ok((sound, lost)),
        }
    }
}

fn orphans(app: &App) -> Found {
    let found = find_orphans(app, Timestamp(app.now().0 - GRACE), &|| true)?;
    let count = found.objects.len() + found.reservations.len();
    Ok(if count == 0 {
        Ok("Nothing is kept that no document refers to".to_owned())
    } else {
        Err(format!(
            "{} stored objects and {} reservations belong to no document; the next cleaning removes them",
            found.objects.len(),
            found.reservations.len()
        ))
    })
}

fn jobs(app: &App) -> Found {
    let before = Timestamp(app.now().0 - GRACE);
    let tallies = store::jobs::tally(&app.inner.store.read()?)?;
    let stuck = tallies.iter().find(|tally| {
        let open = matches!(tally.state, JobState::Waiting | JobState::Running);
        open && tally.oldest_at < before
    });
    Ok(match stuck {
        None => Ok("No job is older than a day".to_owned()),
        Some(tally) => Err(format!(
            "Jobs of the queue `{}` wait for more than a day: see why with `lectern jobs list`",
            tally.queue
        )),
    })
}

fn disk(data: &Path) -> Found {
    let free = fs4::available_space(data).map_err(|source| Error::Path {
        path: data.to_owned(),
        source,
    })?;
    let megabytes = free / (1024 * 1024);
    Ok(if free < ROOM {
        Err(format!(
            "Only {megabytes} MB are free on the disk of the data"
        ))
    } else {
        Ok(format!("{megabytes} MB are free on the disk of the data"))
    })
}

/// Whether nobody but the owner can look into the data directory.
#[cfg(unix)]
fn permissions(data: &Path) -> Found {
    use std::os::unix::fs::PermissionsExt;

    let metadata = std::fs::metadata(data).map_err(|source| Error::Path {
        path: data.to_owned(),
        source,
    })?;
    Ok(match metadata.permissions().mode() & 0o077 {
        0 => Ok("Only the owner can enter the data directory".to_owned()),
        _ => Err(format!(
            "Other users of this machine can look into `{}`: forbid it with `chmod 700`",
            data.display()
        )),
    })
}

/// Whether nobody but the owner can look into the data directory.
#[cfg(not(unix))]
fn permissions(_: &Path) -> Found {
    // Access lists are inherited from the user's profile, which others cannot enter.
    Ok(Ok("The data directory is the user's own".to_owned()))
}

/// What is kept and nothing refers to.
struct Orphans {
    objects: Vec<ObjectName>,
    reservations: Vec<blob_rows::Blob>,
}

/// Looks for objects that no row names and reservations that no document took up, all of them older than
/// an instant. Leaves off when `goes_on` says no.
fn find_orphans(
    app: &App,
    before: Timestamp,
    goes_on: &dyn Fn() -> bool,
) -> Result<Orphans, Error> {
    let mut objects = Vec::new();
    for shelf in 0..SHELVES {
        if !goes_on() {
            break;
        }
        let mut listed = app.inner.blobs.shelf(shelf)?;
        listed.retain(|object| object.written_at < before);
        for some in listed.chunks(PAGE as usize) {
            let names: Vec<&str> = some.iter().map(|object| object.name.as_str()).collect();
            let known: HashSet<String> = app.refers_to(&names)?.into_iter().collect();
            let unknown = some
                .iter()
                .filter(|object| !known.contains(object.name.as_str()));
            objects.extend(unknown.map(|object| object.name.clone()));
        }
    }
    let snapshot = app.inner.store.read()?;
    Ok(Orphans {
        objects,
        reservations: blob_rows::abandoned(&snapshot, before, PAGE)?,
    })
}

/// Removes what nothing has referred to for a day; says how many things that were. Its job does the same.
pub fn clean(app: &App, caller: &Caller) -> Result<u64, Error> {
    demand(caller, Act::ChangeKeys)?;
    collect(app, Timestamp(app.now().0 - GRACE), &|| true)
}

fn collect_job(work: &Work<'_>) -> Result<Outcome, Error> {
    let before = Timestamp(work.app.now().0 - GRACE);
    collect(work.app, before, &|| work.goes_on())?;
    Ok(if work.goes_on() {
        Outcome::Done
    } else {
        Outcome::Left
    })
}

/// Removes what nothing refers to and is older than an instant; says how many things that were.
fn collect(app: &App, before: Timestamp, goes_on: &dyn Fn() -> bool) -> Result<u64, Error> {
    let mut removed = app.inner.blobs.sweep_half_written(before)?;
    let found = find_orphans(app, before, goes_on)?;
    for object in &found.objects {
        if !goes_on() {
            return Ok(removed);
        }
        app.inner.blobs.forget(object)?;
        removed += 1;
    }
    for blob in &found.reservations {
        if !goes_on() {
            return Ok(removed);
        }
        // The row first, and only if still nobody took it up: whoever submits the same bytes from now
        // on reserves anew, under another key and name.
        let gone = app.write(|transaction| {
            let taken = documents::by_digest(transaction, &blob.digest)?.is_some();
            if !taken {
                blob_rows::delete(transaction, &blob.digest)?;
            }
            Ok(!taken)
        })?;
        if gone {
            app.inner
                .blobs
                .forget(&ObjectName::parse(&blob.object_name)?)?;
            removed += 1;
        }
    }
    Ok(removed)
}
