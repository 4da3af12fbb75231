//! Whether everything the product rests on works right now.

use std::sync::atomic::Ordering;

use blobs::DataKey;

use crate::{App, Error, random};

/// One thing that was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthCheck {
    /// Stable name: `database`, `blobs`, `keys`, `workers`.
    pub name: &'static str,
    /// Whether it works.
    pub ok: bool,
    /// One sentence.
    pub message: String,
}

/// Everything that was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// One entry per thing.
    pub checks: Vec<HealthCheck>,
}

impl Health {
    /// Whether everything works.
    pub fn ok(&self) -> bool {
        self.checks.iter().all(|check| check.ok)
    }
}

/// Tries everything: the database is asked and written, a sealed file is written, read and removed, a
/// key is wrapped and opened.
pub fn check(app: &App) -> Health {
    let told = |name, tried: Result<String, Error>| match tried {
        Ok(message) => HealthCheck {
            name,
            ok: true,
            message,
        },
        Err(error) => HealthCheck {
            name,
            ok: false,
            message: error.to_string(),
        },
    };
    Health {
        checks: vec![
            told("database", database(app)),
            told("blobs", blobs(app)),
            told("keys", keys(app)),
            workers(app),
        ],
    }
}

fn database(app: &App) -> Result<String, Error> {
    let now = app.now();
    // Without the signal of `App::write`: nobody needs to wake for this.
    let transaction = app.inner.store.write()?;
    store::settings::set(&transaction, "health_checked_at", &now.0.to_string())?;
    transaction.commit()?;
    let snapshot = app.inner.store.read()?;
    let (waiting, running) = store::jobs::counts(&snapshot)?;
    Ok(format!(
        "The database answers and can be written; {waiting} jobs wait and {running} run"
    ))
}

fn blobs(app: &App) -> Result<String, Error> {
    const CONTENT: &[u8] = b"health";

    // A name and key of its own, which nobody else can meet.
    let key = DataKey::new(random::bytes()?);
    let name = app
        .inner
        .naming
        .object_name(&app.inner.naming.digest(CONTENT), &key);
    app.inner.blobs.put(&name, &key, CONTENT)?;
    let read = app.inner.blobs.get(&name, &key);
    app.inner.blobs.forget(&name)?;
    if read? == CONTENT {
        Ok("A sealed file can be written, read and removed".to_owned())
    } else {
        Err(Error::FileAltered)
    }
}

fn keys(app: &App) -> Result<String, Error> {
    const PURPOSE: &str = "health";

    let key = random::bytes()?;
    let wrapped = app.inner.master.wrap(PURPOSE, &key)?;
    if app.inner.master.unwrap(PURPOSE, &wrapped) == Some(key) {
        Ok("The master key is present and works".to_owned())
    } else {
        Err(Error::Damaged { what: "a key" })
    }
}

/// Workers that were started and are alive. A process that started none is healthy without: others
/// may do the work.
fn workers(app: &App) -> HealthCheck {
    let started = app.inner.workers_started.load(Ordering::Acquire);
    let alive = app.inner.workers_alive.load(Ordering::Acquire);
    HealthCheck {
        name: "workers",
        ok: alive >= started,
        message: match (started, alive) {
            (0, _) => "This process reads no documents itself".to_owned(),
            (started, alive) if alive < started => {
                format!("Only {alive} of {started} workers are alive")
            }
            (started, _) => format!("All {started} workers are alive"),
        },
    }
}
