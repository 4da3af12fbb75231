//! A person or script that talks to a running server over real HTTP.

use std::io::{BufRead as _, BufReader, Read};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use ureq::http::{Method, Request, Response};
use ureq::{Agent, Body};

/// How long an answer may take before a test gives up: far longer than any does on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The media type, without parameters.
    pub media_type: String,
    /// The body.
    pub bytes: Vec<u8>,
    cookie: Option<String>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_slice(&self.bytes).context("the answer is not JSON")
    }

    /// The body as JSON, if the answer has this status.
    pub fn expect(&self, status: u16) -> Result<Value> {
        let body = String::from_utf8(self.bytes.clone()).unwrap_or_default();
        ensure!(
            self.status == status,
            "{} instead of {status}: {body}",
            self.status
        );
        if self.bytes.is_empty() {
            Ok(Value::Null)
        } else {
            self.json()
        }
    }
}

/// Somebody with a browser session, a token, or nothing yet.
#[derive(Debug, Clone)]
pub struct Client {
    agent: Agent,
    address: String,
    headers: Vec<(String, String)>,
}

impl Client {
    /// Somebody who has not signed in at `address`, such as `http://127.0.0.1:8480`.
    pub fn new(address: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_per_read(Some(PATIENCE))
            .build();
        Self {
            agent: config.into(),
            address: address.to_owned(),
            headers: Vec::new(),
        }
    }

    /// The same somebody, who sends one header more from now on.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Signs in by name and password.
    pub fn sign_in(&self, name: &str, password: &str) -> Result<Self> {
        let answer = self.post("/v1/session", &json!({"name": name, "password": password}))?;
        self.signed_in(&answer)
    }

    /// Signs in by the one-time code that the server printed.
    pub fn sign_in_with_code(&self, code: &str) -> Result<Self> {
        let answer = self.post("/v1/session/code", &json!({"code": code}))?;
        self.signed_in(&answer)
    }

    fn signed_in(&self, answer: &Answer) -> Result<Self> {
        let session = answer.expect(200)?;
        let csrf = session["csrf_token"].as_str().context("no csrf_token")?;
        let cookie = answer.cookie.as_deref().context("no session cookie")?;
        let cookie = cookie.split(';').next().unwrap_or_default();
        let client = self.clone().with_header("cookie", cookie);
        Ok(client.with_header("x-csrf-token", csrf))
    }

    fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Response<Body>> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.address));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Ok(self.agent.run(request.body(body)?)?)
    }

    fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Answer> {
        let mut response = self.send(method, path, headers, body)?;
        let header = |name: &str| {
            let value = response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok());
            value.map(str::to_owned)
        };
        let (media_type, cookie) = (header("content-type"), header("set-cookie"));
        let media_type = media_type.unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().to_owned();
        let status = response.status().as_u16();
        let bytes = response.body_mut().read_to_vec()?;
        Ok(Answer {
            status,
            media_type,
            bytes,
            cookie,
        })
    }

    /// `GET`.
    pub fn get(&self, path: &str) -> Result<Answer> {
        self.ask(Method::GET, path, &[], &[])
    }

    /// `DELETE`.
    pub fn delete(&self, path: &str) -> Result<Answer> {
        self.ask(Method::DELETE, path, &[], &[])
    }

    /// `POST` with JSON.
    pub fn post(&self, path: &str, body: &Value) -> Result<Answer> {
        let json = [("content-type", "application/json")];
        self.ask(Method::POST, path, &json, body.to_string().as_bytes())
    }

    /// Puts JSON somewhere.
    pub fn put(&self, path: &str, body: &Value) -> Result<Answer> {
        let json = [("content-type", "application/json")];
        self.ask(Method::PUT, path, &json, body.to_string().as_bytes())
    }

    /// Submits one file as the bare body.
    pub fn submit(&self, name: &str, bytes: &[u8]) -> Result<Answer> {
        let headers = [
            ("content-type", "application/octet-stream"),
            ("x-file-name", name),
        ];
        self.ask(Method::POST, "/v1/documents", &headers, bytes)
    }

    /// Submits files as the form of a browser.
    pub fn submit_form(&self, files: &[(&str, &[u8])]) -> Result<Answer> {
        const BOUNDARY: &str = "lectern-test-boundary";
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.ask(
            Method::POST,
            "/v1/documents",
            &[("content-type", &kind)],
            &body,
        )
    }

    /// Begins to listen for changes.
    pub fn listen(&self) -> Result<Events> {
        let response = self.send(Method::GET, "/v1/events", &[], &[])?;
        ensure!(
            response.status() == 200,
            "the event stream answers {}",
            response.status()
        );
        let body: Box<dyn Read + Send> = Box::new(response.into_body().into_reader());
        Ok(Events {
            lines: BufReader::new(body),
        })
    }

    /// Waits, listening to `events`, until the document is read, and gives all that is known of it.
    pub fn wait_until_read(&self, events: &mut Events, id: &str) -> Result<Value> {
        loop {
            let detail = self.get(&format!("/v1/documents/{id}"))?.expect(200)?;
            let status = detail["document"]["status"].as_str();
            if !matches!(status, Some("queued" | "processing")) {
                return Ok(detail);
            }
            events.next_about(id)?;
        }
    }
}

/// A stream of changes.
pub struct Events {
    lines: BufReader<Box<dyn Read + Send>>,
}

impl Events {
    /// The next event: its name and data. None when the server ended the stream.
    pub fn next_event(&mut self) -> Result<Option<(String, Value)>> {
        let (mut name, mut data) = (String::new(), String::new());
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line)? == 0 {
                return Ok(None);
            }
            let line = line.trim_end();
            if let Some(value) = line.strip_prefix("event:") {
                value.trim().clone_into(&mut name);
            } else if let Some(value) = line.strip_prefix("data:") {
                data.push_str(value.trim());
            } else if line.is_empty() && !data.is_empty() {
                return Ok(Some((name, serde_json::from_str(&data)?)));
            }
        }
    }

    /// The next status or deletion of one document, or the news that something was missed.
    fn next_about(&mut self, id: &str) -> Result<()> {
        loop {
            let Some((name, data)) = self.next_event()? else {
                bail!("the event stream ended while the document was being read");
            };
            let about = data["document_id"] == id;
            if name == "resync" || (about && data["kind"] != "progress") {
                return Ok(());
            }
        }
    }
}
