//! What stands behind the window: the opened store, or the reason why it is not open.
//!
//! Opening may wait for the disk, a migration or the keychain's own dialog, so it happens on a
//! blocking thread while the window is up already; everybody else waits for [`Desk::settled`].

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use model::{Caller, Door};
use serde::Serialize;
use tokio::sync::watch;

/// The store of this process, from the first attempt to open it until the window closes.
pub(crate) struct Desk {
    places: Places,
    stage: watch::Sender<Stage>,
}

/// Where the person says things lie; the platform's own places where he says nothing.
#[derive(Clone)]
pub(crate) struct Places {
    /// The data directory.
    pub(crate) data: Option<PathBuf>,
    /// The file with the master key.
    pub(crate) key_file: Option<PathBuf>,
}

impl Places {
    fn settings(self) -> Result<app::Settings, app::Error> {
        let settings = app::Settings::platform_default(self.data)?.with_environment()?;
        Ok(app::Settings {
            key_file: self.key_file,
            ..settings
        })
    }
}

/// How far opening has come.
#[derive(Clone)]
pub(crate) enum Stage {
    /// A thread is at it.
    Opening,
    /// It is open.
    Open(Arc<Open>),
    /// It could not be opened; the person may try again.
    Failed(Failure),
}

/// An open store with everything that serves the window.
pub(crate) struct Open {
    /// The store.
    pub(crate) app: app::App,
    /// The user of this machine, as whom the window acts.
    pub(crate) caller: Caller,
    /// The one router, as the network door serves it too.
    pub(crate) router: axum::Router,
    /// Ends the event streams.
    stopping: api::CancellationToken,
    workers: Mutex<Option<app::jobs::Workers>>,
}

/// Why something could not be done, as the pages get it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Failure {
    /// A stable name.
    pub(crate) code: &'static str,
    /// One sentence for the person.
    pub(crate) message: String,
    /// What the person can do about it.
    pub(crate) hints: Vec<String>,
    /// Where the data would lie.
    pub(crate) data_folder: Option<PathBuf>,
}

impl Desk {
    /// Begins to open the store.
    pub(crate) fn open(places: Places) -> Arc<Self> {
        let desk = Arc::new(Self {
            places,
            stage: watch::Sender::new(Stage::Opening),
        });
        desk.attempt();
        desk
    }

    /// Tries again after a failure; does nothing in any other stage.
    pub(crate) fn reopen(self: &Arc<Self>) {
        let failed = self.stage.send_if_modified(|stage| {
            let failed = matches!(stage, Stage::Failed(_));
            if failed {
                *stage = Stage::Opening;
            }
            failed
        });
        if failed {
            self.attempt();
        }
    }

    /// Waits until the store is open or has failed to open.
    pub(crate) async fn settled(&self) -> Result<Arc<Open>, Failure> {
        let mut stage = self.stage.subscribe();
        // The sender lives in `self`, so waiting can only end with a stage that matches.
        let settled = stage
            .wait_for(|stage| !matches!(stage, Stage::Opening))
            .await;
        match settled.map(|stage| stage.clone()) {
            Ok(Stage::Open(open)) => Ok(open),
            Ok(Stage::Failed(failure)) => Err(failure),
            Ok(Stage::Opening) | Err(_) => Err(self.internal("the store was closed")),
        }
    }

    /// The open store, if it is open at this moment.
    pub(crate) fn opened(&self) -> Option<Arc<Open>> {
        match &*self.stage.borrow() {
            Stage::Open(open) => Some(open.clone()),
            Stage::Opening | Stage::Failed(_) => None,
        }
    }

    /// Where the data lies or would lie, if the platform names a place at all.
    pub(crate) fn data_folder(&self) -> Option<PathBuf> {
        let settings = self.places.clone().settings();
        settings.ok().map(|settings| settings.data_dir)
    }

    /// Stops reading: what is half read is given back and read again at the next start.
    pub(crate) fn close(&self) {
        if let Some(open) = self.opened() {
            open.stopping.cancel();
            let mut workers = open.workers.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(workers) = workers.take() {
                workers.stop();
            }
        }
    }

    fn attempt(self: &Arc<Self>) {
        let desk = self.clone();
        tauri::async_runtime::spawn(async move {
            let places = desk.places.clone();
            let opened = tauri::async_runtime::spawn_blocking(move || Open::new(places)).await;
            let stage = match opened {
                Ok(Ok(open)) => Stage::Open(Arc::new(open)),
                Ok(Err(error)) => {
                    tracing::error!(code = error.code(), "the store cannot be opened: {error}");
                    Stage::Failed(Failure {
                        data_folder: desk.data_folder(),
                        ..Failure::from(&error)
                    })
                }
                Err(_panicked) => Stage::Failed(desk.internal("opening the store broke off")),
            };
            desk.stage.send_replace(stage);
        });
    }

    fn internal(&self, message: &str) -> Failure {
        Failure {
            code: "internal",
            message: message.to_owned(),
            hints: Vec::new(),
            data_folder: self.data_folder(),
        }
    }
}

impl Open {
    fn new(places: Places) -> Result<Self, app::Error> {
        let settings = places.settings()?;
        let app = app::App::open(settings)?;
        for notice in app.notices() {
            tracing::warn!(code = notice.code, "{}", notice.message);
        }
        let workers = app::jobs::start(&app)?;
        let stopping = api::CancellationToken::new();
        let options = api::RouterOptions::in_process(stopping.clone());
        Ok(Self {
            caller: app::people::local_caller(&app, Door::Desktop),
            router: api::router(app.clone(), options),
            app,
            stopping,
            workers: Mutex::new(Some(workers)),
        })
    }
}

impl From<&app::Error> for Failure {
    fn from(error: &app::Error) -> Self {
        Self {
            code: error.code(),
            message: error.to_string(),
            hints: error.hints(),
            data_folder: None,
        }
    }
}
