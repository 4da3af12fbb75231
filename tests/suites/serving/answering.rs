//! A server on this machine that answers as it was told, and remembers what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Response, Uri};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    status: u16,
    retry_after: Option<&'static str>,
    body: String,
    never: bool,
}

impl Reply {
    pub(crate) fn text(status: u16, body: impl Into<String>) -> Self {
        Self {
            status,
            retry_after: None,
            body: body.into(),
            never: false,
        }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::text(status, body.to_string())
    }

    pub(crate) fn status(status: u16) -> Self {
        Self::text(status, "")
    }

    /// The request is taken and never answered.
    pub(crate) fn never() -> Self {
        Self {
            never: true,
            ..Self::status(200)
        }
    }

    /// The same, asking to be left alone for so many seconds.
    pub(crate) fn after(self, seconds: &'static str) -> Self {
        Self {
            retry_after: Some(seconds),
            ..self
        }
    }
}

/// What was asked.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// Path and query.
    pub(crate) path: String,
    headers: HeaderMap,
    pub(crate) body: Value,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

#[derive(Debug, Default)]
struct Talk {
    asked: Vec<Request>,
    answers: VecDeque<Reply>,
}

/// The server. It ends with this value.
pub(crate) struct Answering {
    /// Where it answers, such as `http://127.0.0.1:41234`.
    pub(crate) address: String,
    talk: Arc<Mutex<Talk>>,
    _running: Runtime,
}

impl Answering {
    pub(crate) fn start() -> Result<Self> {
        let running = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let listener = running.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let address = format!("http://{}", listener.local_addr()?);
        let talk = Arc::new(Mutex::new(Talk::default()));
        let router = Router::new()
            .fallback(answer)
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&talk));
        running.spawn(async move { axum::serve(listener, router).await });
        Ok(Self {
            address,
            talk,
            _running: running,
        })
    }

    /// What it answers to the next requests, one after the other; what was left over is forgotten.
    pub(crate) fn will_answer(&self, answers: Vec<Reply>) {
        self.talk().answers = answers.into();
    }

    /// What it was asked so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.talk().asked.clone()
    }

    fn talk(&self) -> std::sync::MutexGuard<'_, Talk> {
        self.talk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answer(
    State(talk): State<Arc<Mutex<Talk>>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let reply = {
        let mut talk = talk.lock().unwrap_or_else(PoisonError::into_inner);
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        let path = uri.to_string();
        talk.asked.push(Request {
            path,
            headers,
            body,
        });
        talk.answers
            .pop_front()
            .unwrap_or_else(|| Reply::status(503))
    };
    if reply.never {
        std::future::pending::<()>().await;
    }
    let mut response = Response::builder()
        .status(reply.status)
        .header("content-type", "application/json");
    if let Some(seconds) = reply.retry_after {
        response = response.header("retry-after", seconds);
    }
    if reply.status == 302 {
        response = response.header("location", "http://127.0.0.1:9/");
    }
    let response = response.body(Body::from(reply.body));
    response.expect("the tests write sound headers")
}
