//! Posting a question and hearing the answer, over verified TLS or to this very machine.

use std::time::Duration;

use model::Problem;
use reqwest::{
    Client, StatusCode,
    header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use tokio::{
    runtime::Handle,
    time::{Instant, sleep, timeout, timeout_at},
};

use super::{Address, question::Request};
use crate::Secret;

/// Most bytes of an answer: a hundred times what a document has to say.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// How often a server that is busy or failed is asked.
const TRIES: u32 = 3;

/// How long it is left alone when it does not say how long.
const USUAL_WAIT: Duration = Duration::from_secs(1);

/// The longest wait that a document is held up for; one who asks for more is asked another time.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// How often it is looked whether the answer is still wanted.
const LOOK: Duration = Duration::from_millis(200);

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Nobody answers there, or not with a certificate that proves who it is.
    Unreachable,
    /// It took longer than it may.
    TooSlow,
    /// It does not take the key.
    KeyRefused,
    /// It is busy, and says for how long, in seconds.
    Busy(Option<u64>),
    /// It answered with another status than success.
    Failed(u16),
    /// Its answer cannot be understood.
    Nonsense,
    /// It does not want to look at this document.
    Declined,
    /// The answer is not wanted any more.
    Stopped,
}

impl Trouble {
    /// The sentence for a person who gets the document to see.
    pub(super) fn problem(self, name: &str) -> Problem {
        let (code, what) = match self {
            Self::Unreachable | Self::Stopped => {
                ("outside_unreachable", "could not be reached".to_owned())
            }
            Self::TooSlow => ("outside_too_slow", "took too long to answer".to_owned()),
            Self::KeyRefused => ("outside_key_refused", "did not take its key".to_owned()),
            Self::Busy(Some(seconds)) => (
                "outside_busy",
                format!("is busy and asks to be left alone for {seconds} seconds"),
            ),
            Self::Busy(None) => ("outside_busy", "is busy".to_owned()),
            Self::Failed(status) => ("outside_failed", format!("failed (status {status})")),
            Self::Nonsense => (
                "outside_nonsense",
                "gave an answer that cannot be understood".to_owned(),
            ),
            Self::Declined => (
                "outside_declined",
                "did not want to look at this document".to_owned(),
            ),
        };
        Problem {
            code: code.to_owned(),
            message: format!(
                "The outside reader `{name}` {what}: this was read on this machine alone"
            ),
        }
    }

    /// How long to wait before trying again, where that can help.
    fn wait(self) -> Option<Duration> {
        let wait = match self {
            Self::Busy(Some(seconds)) => Duration::from_secs(seconds),
            Self::Busy(None) | Self::Failed(500..) => USUAL_WAIT,
            Self::Unreachable
            | Self::TooSlow
            | Self::KeyRefused
            | Self::Failed(_)
            | Self::Nonsense
            | Self::Declined
            | Self::Stopped => return None,
        };
        (wait <= LONGEST_WAIT).then_some(wait)
    }
}

/// Posts a request and gives the body of the answer. `is_wanted` is asked every moment; all tries together
/// take no longer than `patience`.
pub(super) fn post(
    runtime: &Handle,
    address: &Address,
    request: &Request,
    key: Option<&Secret>,
    patience: Duration,
    is_wanted: &dyn Fn() -> bool,
) -> Result<Vec<u8>, Trouble> {
    // No redirect is followed: documents go where the admin said, and nowhere else.
    let mut client = Client::builder().redirect(Policy::none());
    if address.is_loopback() {
        // This machine is this machine, whatever a proxy or a list of hosts says.
        client = client
            .no_proxy()
            .resolve("localhost", ([127, 0, 0, 1], 0).into());
    }
    let client = client.build().map_err(|_| Trouble::Unreachable)?;
    runtime.block_on(async {
        let deadline = Instant::now() + patience;
        let mut tried = 0;
        loop {
            tried += 1;
            let answer = while_wanted(once(&client, request, key), deadline, is_wanted).await;
            let trouble = match answer {
                Some(Ok(body)) => return Ok(body),
                Some(Err(trouble)) => trouble,
                None => return Err(stopped(is_wanted)),
            };
            match trouble.wait() {
                Some(wait) if tried < TRIES && Instant::now() + wait < deadline => {
                    let waited = while_wanted(sleep(wait), deadline, is_wanted).await;
                    if waited.is_none() {
                        return Err(stopped(is_wanted));
                    }
                }
                Some(_) | None => return Err(trouble),
            }
        }
    })
}

fn stopped(is_wanted: &dyn Fn() -> bool) -> Trouble {
    if is_wanted() {
        Trouble::TooSlow
    } else {
        Trouble::Stopped
    }
}

/// What a future gives; none once nobody wants it any more or it takes too long.
async fn while_wanted<T>(
    future: impl Future<Output = T>,
    deadline: Instant,
    is_wanted: &dyn Fn() -> bool,
) -> Option<T> {
    let mut future = std::pin::pin!(future);
    let looking = async {
        loop {
            if let Ok(done) = timeout(LOOK, &mut future).await {
                return Some(done);
            }
            if !is_wanted() {
                return None;
            }
        }
    };
    timeout_at(deadline, looking).await.ok().flatten()
}

async fn once(
    client: &Client,
    request: &Request,
    key: Option<&Secret>,
) -> Result<Vec<u8>, Trouble> {
    let mut post = client
        .post(request.url.clone())
        .header(CONTENT_TYPE, "application/json")
        .body(request.body.clone());
    if let Some(key) = key {
        let (name, before) = request.key_header;
        let value = HeaderValue::from_str(&format!("{before}{}", key.expose()));
        let mut value = value.map_err(|_| Trouble::KeyRefused)?;
        value.set_sensitive(true);
        post = post.header(name, value);
    }
    let mut answer = post.send().await.map_err(|_| Trouble::Unreachable)?;
    let status = answer.status();
    match status {
        _ if status.is_success() => {}
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(Trouble::KeyRefused),
        StatusCode::TOO_MANY_REQUESTS => {
            let wait = answer.headers().get(RETRY_AFTER);
            let seconds = wait.and_then(|wait| wait.to_str().ok()?.trim().parse().ok());
            return Err(Trouble::Busy(seconds));
        }
        _ => return Err(Trouble::Failed(status.as_u16())),
    }
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|_| Trouble::Unreachable)? {
        if body.len() + piece.len() > LONGEST_ANSWER {
            return Err(Trouble::Nonsense);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}
