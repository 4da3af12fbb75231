//! The log once more in the database `logging`, away from those who could alter it where it was written.
//!
//! Entries are copied in their order and never twice, so a copy that was left in the middle is gone on
//! with. They go without the salts of their digests: what is forgotten where it was written is not
//! remembered there.

use model::Caller;
use store::{Database, Store, audit_copies as copies};

use crate::{
    App, Error,
    jobs::{Kind, Outcome, Work},
    permission::{Act, demand},
};

/// The recurring job that copies what was written since.
pub(crate) const COPY: Kind = Kind {
    name: "copy_audit",
    run,
};

/// How many entries are copied in one transaction.
const BATCH: u32 = 500;

/// The databases that acts are done in, each with a chain of its own; the default one first.
pub(super) fn origins(app: &App) -> impl Iterator<Item = Database> {
    let routed = store::routes("audit").iter().copied();
    routed.filter(|database| app.inner.databases.own(*database).is_some())
}

/// Where the entries of a database are copied to; nowhere when that is where they are.
pub(super) fn target(app: &App, origin: Database) -> Option<&Store> {
    let databases = &app.inner.databases;
    match (databases.own(Database::Logging), origin) {
        (Some(logging), _) => Some(logging),
        (None, Database::Default) => None,
        (None, _) => Some(databases.get(Database::Logging)),
    }
}

fn run(work: &Work<'_>) -> Result<Outcome, Error> {
    let (_, done) = copy_all(work.app, &|| work.goes_on())?;
    Ok(if done { Outcome::Done } else { Outcome::Left })
}

/// Copies what was written since the last time, as its job does; answers with how many entries.
pub fn copy(app: &App, caller: &Caller) -> Result<u64, Error> {
    demand(caller, Act::SeeAudit)?;
    Ok(copy_all(app, &|| true)?.0)
}

fn copy_all(app: &App, goes_on: &dyn Fn() -> bool) -> Result<(u64, bool), Error> {
    let mut copied = 0;
    for origin in origins(app) {
        let Some(target) = target(app, origin) else {
            continue;
        };
        loop {
            if !goes_on() {
                return Ok((copied, false));
            }
            let after = copies::latest(&target.read()?, origin)?;
            let written = app.inner.databases.get(origin).read()?;
            let entries = store::audit::after(&written, after, BATCH)?;
            drop(written);
            if entries.is_empty() {
                break;
            }
            let transaction = target.write()?;
            for entry in &entries {
                copies::keep(&transaction, origin, entry)?;
            }
            transaction.commit()?;
            copied += entries.len() as u64;
        }
    }
    Ok((copied, true))
}
