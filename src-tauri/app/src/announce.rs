//! Tells listeners in this process what happened in any process.
//!
//! Every act notes its change in the database, in its own transaction. One thread reads what was
//! noted since it last looked and hands it on: so there is one order of changes for everybody, no
//! change is announced that was not kept, and it makes no difference which process made it. An act
//! of this process rings, other processes are found by looking now and then.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

use model::Change;
use store::Store;
use tokio::sync::broadcast;

use crate::{Error, signal::Signal};

/// How often other processes are looked for: quick enough for a person who watches a list, and one
/// look costs some ten microseconds.
const LOOK: Duration = Duration::from_millis(250);

/// How many changes a slow listener may be behind before it has to ask for everything anew.
const BACKLOG: usize = 1024;

/// How many changes are read at once.
const BATCH: u32 = 500;

/// The thread that announces, and the channel it announces on.
#[derive(Debug)]
pub(crate) struct Announcer {
    changes: broadcast::Sender<Change>,
    signal: Arc<Signal>,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Announcer {
    /// Starts with what happens from now on.
    pub(crate) fn start(store: Store, signal: Arc<Signal>) -> Result<Self, Error> {
        let (changes, _) = broadcast::channel(BACKLOG);
        let stopping = Arc::new(AtomicBool::new(false));
        let mut seen = store::changes::latest(&store.read()?)?;
        let thread = std::thread::Builder::new()
            .name("announcer".to_owned())
            .spawn({
                let (changes, signal, stopping) =
                    (changes.clone(), Arc::clone(&signal), Arc::clone(&stopping));
                move || {
                    while !stopping.load(Ordering::Acquire) {
                        let rung = signal.rung();
                        match hand_on(&store, seen, &changes) {
                            Ok(latest) if latest > seen => seen = latest,
                            Ok(_) => signal.wait(rung, LOOK),
                            Err(error) => {
                                tracing::warn!(code = error.code(), "changes are late: {error}");
                                signal.wait(rung, LOOK);
                            }
                        }
                    }
                }
            })
            .map_err(Error::Thread)?;
        Ok(Self {
            changes,
            signal,
            stopping,
            thread: Some(thread),
        })
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}

/// Announces what followed the change `seen`; answers with the last one it announced.
fn hand_on(
    store: &Store,
    mut seen: u64,
    changes: &broadcast::Sender<Change>,
) -> Result<u64, Error> {
    let batch = store::changes::after(&store.read()?, seen, BATCH)?;
    for change in batch {
        seen = change.sequence;
        // Nobody listening is no failure.
        let _ = changes.send(change);
    }
    Ok(seen)
}

impl Drop for Announcer {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Release);
        self.signal.ring();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the announcer ended by a panic");
        }
    }
}
