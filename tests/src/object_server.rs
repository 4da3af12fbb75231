//! A real S3 server on this machine, for tests of what is kept in a bucket.
//!
//! It is `s3s-fs`: it checks signatures, knows conditions and parts, and keeps objects in a folder
//! that a test can look into. It makes up buckets that are not there, which others do not; that is
//! corrected here. In front of it stands a switch that lets it fail the ways servers on a network do.
//! It can be stopped and started again at the same address.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context as _, Result};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::StatusCode,
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse as _, Response},
};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::{net::TcpListener, runtime::Runtime};

/// The one bucket.
pub const BUCKET: &str = "documents";

/// The access key that is let in.
pub const ACCESS_KEY: &str = "LECTERNTESTS";

/// Its secret.
pub const SECRET_KEY: &str = "a secret of the tests, and of nothing else";

const NO_SUCH_BUCKET: &str = "<Error><Code>NoSuchBucket</Code></Error>";

/// What the server does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// What it should.
    Rightly,
    /// It answers that it failed.
    Failure,
    /// It takes the request and never answers.
    Silence,
    /// It answers half and hangs up.
    Half,
    /// It does what it should, so much later.
    Slowly(Duration),
}

/// How many requests to answer, and how, until the server answers rightly again.
#[derive(Debug, Default)]
struct Faults(Mutex<Option<(Answer, u32)>>);

impl Faults {
    fn next(&self) -> Answer {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match faults.as_mut() {
            Some((answer, left)) if *left > 0 => {
                *left -= 1;
                *answer
            }
            _ => Answer::Rightly,
        }
    }
}

/// The server. It ends, and its objects go, with this value.
#[derive(Debug)]
pub struct ObjectServer {
    folder: TempDir,
    address: SocketAddr,
    faults: Arc<Faults>,
    running: Option<Runtime>,
}

impl ObjectServer {
    /// Starts a server with one empty bucket, on a free port of this machine.
    pub fn start() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("lectern-s3-").tempdir()?;
        std::fs::create_dir(folder.path().join(BUCKET))?;
        let mut server = Self {
            folder,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            faults: Arc::default(),
            running: None,
        };
        server.go_on()?;
        Ok(server)
    }

    /// Where it answers.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What a program needs in its environment to use the bucket.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("S3_ENDPOINT", self.endpoint()),
            ("S3_ACCESS_KEY", ACCESS_KEY.to_owned()),
            ("S3_SECRET_KEY", SECRET_KEY.to_owned()),
        ]
    }

    /// The folder with the objects of the bucket, as they were sent.
    pub fn bucket_folder(&self) -> PathBuf {
        self.folder.path().join(BUCKET)
    }

    /// Lets the next `requests` be answered in a way of their own.
    pub fn answer(&self, answer: Answer, requests: u32) {
        let mut faults = self.faults.0.lock().unwrap_or_else(PoisonError::into_inner);
        *faults = Some((answer, requests));
    }

    /// Ends it: connections break, and nobody listens any more. The objects stay.
    pub fn stop(&mut self) {
        if let Some(runtime) = self.running.take() {
            runtime.shutdown_timeout(Duration::from_secs(10));
        }
    }

    /// Starts it again at the same address, with the same objects.
    pub fn go_on(&mut self) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let listener = runtime.block_on(TcpListener::bind(self.address))?;
        self.address = listener.local_addr()?;
        let files = FileSystem::new(self.folder.path());
        let files = files.ok().context("the S3 server cannot use its folder")?;
        let mut service = S3ServiceBuilder::new(files);
        service.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
        let service = service.build();
        let router = Router::new()
            .fallback(move |request: Request| {
                let service = service.clone();
                async move {
                    if request.uri().path().split('/').nth(1) != Some(BUCKET) {
                        return (StatusCode::NOT_FOUND, NO_SUCH_BUCKET).into_response();
                    }
                    match tower::ServiceExt::oneshot(service, request).await {
                        Ok(response) => response.map(Body::new),
                        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
                    }
                }
            })
            .layer(from_fn_with_state(Arc::clone(&self.faults), fail));
        runtime.spawn(async move { axum::serve(listener, router).await });
        self.running = Some(runtime);
        Ok(())
    }
}

impl Drop for ObjectServer {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn fail(State(faults): State<Arc<Faults>>, request: Request, next: Next) -> Response {
    match faults.next() {
        Answer::Rightly => next.run(request).await,
        Answer::Failure => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Answer::Silence => std::future::pending().await,
        Answer::Slowly(pause) => {
            tokio::time::sleep(pause).await;
            next.run(request).await
        }
        Answer::Half => {
            let broken = futures::stream::iter([
                Ok(axum::body::Bytes::from_static(b"half")),
                Err(std::io::Error::other("hung up")),
            ]);
            Body::from_stream(broken).into_response()
        }
    }
}
