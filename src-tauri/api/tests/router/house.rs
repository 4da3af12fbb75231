//! A store with one user of each role, and ways to ask its router something.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use api::{CancellationToken, RouterOptions};
use app::clock::SystemClock;
use app::jobs::JobState;
use app::{App, Keychain, Settings, databases};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use lectern_tests::postgres::Database;
use model::{Caller, Door, Role};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// A store, its router, and somebody of each role who is signed in.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) router: Router,
    pub(crate) stopping: CancellationToken,
    pub(crate) clerk: Somebody,
    pub(crate) reviewer: Somebody,
    pub(crate) admin: Somebody,
    pub(crate) folder: TempDir,
    /// Goes after everything that is connected to it.
    _server: Option<Database>,
}

pub(crate) const PASSWORD: &str = "correct horse battery";

/// The largest file that the house takes: small, so that a test can send more.
pub(crate) const LARGEST_FILE: u64 = 1_000_000;

impl House {
    /// An empty store.
    pub(crate) async fn build() -> Self {
        Self::build_with(None, |_| {}).await
    }

    /// An empty store in a database of a server.
    pub(crate) async fn on_server() -> Self {
        Self::build_with(Some(Database::new().unwrap()), |_| {}).await
    }

    /// An empty store with settings of its own.
    pub(crate) async fn build_with(
        server: Option<Database>,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings::platform_default(Some(folder.path().join("data"))).unwrap();
        settings.config_dir = folder.path().join("config");
        settings.keychain = Keychain::FileOnly;
        settings.workers = 1;
        settings.limits.bytes = LARGEST_FILE;
        settings.clock = Arc::new(SystemClock);
        if let Some(server) = &server {
            let address = server.url().parse().unwrap();
            settings
                .databases
                .insert(databases::Database::Default, address);
        }
        change(&mut settings);
        // A server is spoken to from threads that may wait.
        let opened = tokio::task::spawn_blocking(move || {
            let app = App::open(settings).unwrap();
            let local = app::people::local_caller(&app, Door::CommandLine);
            for role in [Role::Clerk, Role::Reviewer, Role::Admin] {
                app::people::add_user(&app, &local, role.as_str(), role, PASSWORD).unwrap();
            }
            app
        });
        let app = opened.await.unwrap();
        let stopping = CancellationToken::new();
        let listening = "127.0.0.1:8480".parse().unwrap();
        let options = RouterOptions::network(listening, Vec::new(), stopping.clone());
        let router = api::router(app.clone(), options);
        let sign_in = async |role: Role| Somebody::sign_in(&router, role.as_str()).await;
        let clerk = sign_in(Role::Clerk).await;
        let reviewer = sign_in(Role::Reviewer).await;
        let admin = sign_in(Role::Admin).await;
        Self {
            app,
            router,
            stopping,
            clerk,
            reviewer,
            admin,
            folder,
            _server: server,
        }
    }

    /// The user of this machine.
    pub(crate) fn local_caller(&self) -> Caller {
        app::people::local_caller(&self.app, Door::Desktop)
    }

    /// Runs workers until no job waits or runs.
    pub(crate) async fn work_off(&self) {
        let app = self.app.clone();
        let working = tokio::task::spawn_blocking(move || {
            let me = app::people::local_caller(&app, Door::CommandLine);
            let workers = app::jobs::start(&app).unwrap();
            let deadline = Instant::now() + Duration::from_mins(3);
            let open = |state| matches!(state, JobState::Waiting | JobState::Running);
            loop {
                let statistics = app::jobs::statistics(&app, &me).unwrap();
                let mut tallies = statistics.queues.iter().flat_map(|queue| &queue.tallies);
                if !tallies.any(|tally| open(tally.state)) {
                    break;
                }
                assert!(Instant::now() < deadline, "jobs are never done");
                std::thread::yield_now();
            }
            workers.stop();
        });
        working.await.unwrap();
    }

    /// Submits a small picture that nobody can read anything on; its id.
    pub(crate) async fn picture(&self, shade: u8) -> String {
        let answer = self.clerk.upload("blank.png", picture(shade)).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED);
        let id = &answer.json()["submissions"][0]["document"]["id"];
        id.as_str().unwrap().to_owned()
    }
}

/// A small picture of one colour, as PNG.
pub(crate) fn picture(shade: u8) -> Vec<u8> {
    let image = image::GrayImage::from_pixel(80, 60, image::Luma([shade]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Somebody who asks: with a session, a token, or nothing.
#[derive(Debug, Clone)]
pub(crate) struct Somebody {
    router: Router,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Somebody {
    pub(crate) fn stranger(router: &Router) -> Self {
        let router = router.clone();
        let headers = vec![("host", "127.0.0.1:8480".to_owned())];
        Self { router, headers }
    }

    pub(crate) async fn sign_in(router: &Router, name: &str) -> Self {
        let stranger = Self::stranger(router);
        let credentials = json!({"name": name, "password": PASSWORD});
        let answer = stranger.post("/v1/session", credentials).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let csrf = answer.json()["csrf_token"].as_str().unwrap().to_owned();
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        stranger.with("cookie", cookie).with("x-csrf-token", csrf)
    }

    /// The same somebody with one header more, or another in its place.
    pub(crate) fn with(&self, name: &'static str, value: impl Into<String>) -> Self {
        let mut other = self.without(name);
        other.headers.push((name, value.into()));
        other
    }

    /// The same somebody without a header.
    pub(crate) fn without(&self, name: &str) -> Self {
        let mut other = self.clone();
        other.headers.retain(|(known, _)| *known != name);
        other
    }

    pub(crate) fn request(
        &self,
        method: Method,
        path: &str,
        body: impl Into<Body>,
    ) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        request.body(body.into()).unwrap()
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        let method = method.parse().unwrap();
        self.ask(self.request(method, path, body)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, Body::empty()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        let somebody = self.with("content-type", "application/json");
        somebody.send("POST", path, body.to_string()).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        let somebody = self.with("content-type", "application/json");
        somebody.send("PUT", path, body.to_string()).await
    }

    /// Sends a bare file.
    pub(crate) async fn upload(&self, name: &str, bytes: impl Into<Body>) -> Answer {
        let somebody = self.with("x-file-name", name);
        somebody.send("POST", "/v1/documents", bytes).await
    }

    /// Sends a form whose parts are given as (name, file name, bytes).
    pub(crate) async fn form(&self, parts: &[(&str, &str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, file, bytes) in parts {
            let head = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{name}\"; \
                 filename=\"{file}\"\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--edge--\r\n");
        let somebody = self.with("content-type", "multipart/form-data; boundary=edge");
        somebody.send("POST", "/v1/documents", body).await
    }
}

/// What the router answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Bytes,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The code of the problem that the answer must be, in the form every problem has.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        let keys: Vec<&str> = problem
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let mut expected = [
            "type",
            "title",
            "status",
            "detail",
            "code",
            "hints",
            "request_id",
        ];
        expected.sort_unstable();
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, expected);
        assert_eq!(problem["status"], self.status.as_u16());
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        assert!(!problem["detail"].as_str().unwrap().is_empty());
        problem["code"].as_str().unwrap().to_owned()
    }
}

/// Makes two tests of each function of a house: its store in a file, and on a server.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            use crate::house::House;

            #[tokio::test(flavor = "multi_thread")]
            async fn on_a_file() {
                super::$name(House::build().await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_a_server() {
                super::$name(House::on_server().await).await;
            }
        }
    )*};
}
pub(crate) use on_both_engines;
