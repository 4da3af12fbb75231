//! Durable work: claimed by lease, done on threads that own their recogniser.
//!
//! A job is kept in the transaction that makes its document. A worker claims it for a while
//! (half a minute), and one more thread keeps renewing the leases of all workers of this process.
//! Whatever a worker writes, it writes in a transaction that first proves that its lease still
//! holds: a worker that was overtaken, because its process hung or somebody cancelled or deleted the
//! document, changes nothing. So a job may be started several times, but is done once.
//!
//! Reading is single-threaded arithmetic, and there are as many workers as shall be busy. Engines
//! that bring threads of their own (Tesseract's OpenMP) must be told not to: whoever starts the
//! program sets `OMP_THREAD_LIMIT=1`, otherwise the threads of all workers stand in each other's way.

mod lease;
mod read_document;
#[cfg(test)]
mod tests;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::Duration,
};

use crate::{App, Error};
use lease::Leases;

/// The queue of reading.
pub(crate) const OCR_QUEUE: &str = "ocr";

/// The job that reads a document.
pub(crate) const READ_DOCUMENT: &str = "read_document";

/// How long an idle worker waits before it looks for work of other processes and for work whose time
/// has come. Work of this process wakes it at once.
const LOOK: Duration = Duration::from_millis(500);

/// How long a worker waits when the store fails: a full disk or a busy file heals or does not.
const TROUBLE: Duration = Duration::from_secs(2);

/// The worker threads of this process.
#[derive(Debug)]
pub struct Workers {
    app: App,
    stopping: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

/// Starts as many workers as the settings say.
pub fn start(app: &App) -> Result<Workers, Error> {
    let mut workers = Workers {
        app: app.clone(),
        stopping: Arc::default(),
        threads: Vec::new(),
    };
    let leases = Arc::new(Leases::default());
    let count = app.settings().workers.max(1);
    let (ready, is_ready) = mpsc::channel();
    for number in 0..count {
        let ready = ready.clone();
        let (app, leases) = (app.clone(), Arc::clone(&leases));
        let stopping = Arc::clone(&workers.stopping);
        workers.spawn(format!("worker-{number}"), move || {
            // Engines are made on the thread that keeps them.
            match read::Engines::new() {
                Ok(engines) => {
                    let alive = Alive::new(app);
                    // Whoever waited for this may be gone, which changes nothing here.
                    let _ = ready.send(Ok(()));
                    drop(ready);
                    work(&alive.app, engines, &leases, &stopping);
                }
                Err(error) => drop(ready.send(Err(error))),
            }
        })?;
    }
    drop(ready);
    workers.spawn("leases".to_owned(), {
        let (app, stopping) = (app.clone(), Arc::clone(&workers.stopping));
        move || lease::keep(&app, &leases, &stopping)
    })?;
    // On an error the workers that did start are stopped by the drop.
    for started in is_ready {
        started?;
    }
    app.inner.workers_started.fetch_add(count, Ordering::AcqRel);
    Ok(workers)
}

impl Workers {
    /// Gives back what is being read, and waits until every thread has ended. Dropping does the same.
    pub fn stop(self) {
        drop(self);
    }

    fn spawn(&mut self, name: String, run: impl FnOnce() + Send + 'static) -> Result<(), Error> {
        let thread = std::thread::Builder::new().name(name).spawn(run);
        self.threads.push(thread.map_err(Error::Thread)?);
        Ok(())
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Release);
        self.app.inner.signal.ring();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a worker thread ended by a panic");
            }
        }
        // They are gone on purpose: from now on none is missing.
        self.app.inner.workers_started.store(0, Ordering::Release);
    }
}

/// Counts a worker as alive until it is dropped, however its thread ends.
struct Alive {
    app: App,
}

impl Alive {
    fn new(app: App) -> Self {
        app.inner.workers_alive.fetch_add(1, Ordering::AcqRel);
        Self { app }
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.app.inner.workers_alive.fetch_sub(1, Ordering::AcqRel);
    }
}

/// The life of a worker.
fn work(app: &App, mut engines: read::Engines, leases: &Leases, stopping: &AtomicBool) {
    while !stopping.load(Ordering::Acquire) {
        let rung = app.inner.signal.rung();
        match lease::claim(app) {
            Ok(Some(claimed)) => {
                let held = leases.hold(&claimed);
                let worked = catch_unwind(AssertUnwindSafe(|| {
                    read_document::run(app, &claimed, &held, &mut engines, stopping)
                }));
                match worked {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => {
                        // The lease runs out, and the job is taken up again.
                        tracing::warn!(job.id = %claimed.job.id, code = error.code(), "a job was left: {error}");
                        app.inner.signal.wait(rung, TROUBLE);
                    }
                    Err(_) => {
                        tracing::error!(job.id = %claimed.job.id, "a job ended by a panic of its own");
                    }
                }
            }
            Ok(None) => app.inner.signal.wait(rung, LOOK),
            Err(error) => {
                tracing::warn!(code = error.code(), "no job can be claimed: {error}");
                app.inner.signal.wait(rung, TROUBLE);
            }
        }
    }
}
