//! The stream of changes.

use axum::body::{Body, BodyDataStream};
use axum::http::{Method, StatusCode};
use futures::StreamExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::house::{House, Somebody};

/// Frames of an open stream.
struct Listener {
    body: BodyDataStream,
    rest: String,
}

impl Listener {
    async fn open(house: &House, somebody: &Somebody) -> Self {
        let request = somebody.request(Method::GET, "/v1/events", Body::empty());
        let response = house.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let body = response.into_body().into_data_stream();
        let rest = String::new();
        Self { body, rest }
    }

    /// The next frame as (event, id, data); none when the stream ended.
    async fn next(&mut self) -> Option<(String, String, Value)> {
        loop {
            if let Some((frame, rest)) = self.rest.split_once("\n\n") {
                let line = |name: &str| {
                    let line = frame.lines().find_map(|line| line.strip_prefix(name));
                    line.unwrap_or("").trim().to_owned()
                };
                let data = serde_json::from_str(&line("data:"));
                let frame = (line("event:"), line("id:"), data.unwrap());
                self.rest = rest.into();
                return Some(frame);
            }
            let chunk = self.body.next().await?.unwrap();
            self.rest.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

#[tokio::test]
async fn a_listener_sees_what_happens() {
    let house = House::build().await;
    let mut listener = Listener::open(&house, &house.clerk).await;
    let id = house.picture(1).await;
    let (event, sequence, data) = listener.next().await.unwrap();
    assert_eq!(
        (event.as_str(), data["kind"].as_str()),
        ("change", Some("submitted"))
    );
    assert_eq!(data["document_id"], *id);
    assert_eq!(data["sequence"].to_string(), sequence);
    assert!(data["at"].as_str().unwrap().ends_with('Z'));

    let cancelled = format!("/v1/documents/{id}/cancel");
    let answer = house.clerk.send("POST", &cancelled, Body::empty()).await;
    assert_eq!(answer.json()["status"], "cancelled");
    let (_, next, data) = listener.next().await.unwrap();
    assert_eq!(
        (&data["kind"], &data["status"]),
        (&"status".into(), &"cancelled".into())
    );
    let number = |text: &str| text.parse::<u64>().unwrap();
    assert!(number(&next) > number(&sequence));

    house.admin.delete(&format!("/v1/documents/{id}")).await;
    let (_, _, data) = listener.next().await.unwrap();
    assert_eq!(data["kind"], "deleted");
}

#[tokio::test]
async fn a_listener_that_returns_is_told_to_ask_anew() {
    let house = House::build().await;
    let returning = house.clerk.with("last-event-id", "1");
    let mut listener = Listener::open(&house, &returning).await;
    let (event, id, _) = listener.next().await.unwrap();
    assert_eq!((event.as_str(), id.as_str()), ("resync", ""));
    house.picture(1).await;
    assert_eq!(listener.next().await.unwrap().0, "change");
}

#[tokio::test]
async fn a_listener_that_falls_behind_is_told_to_ask_anew() {
    let house = House::build().await;
    let mut listener = Listener::open(&house, &house.clerk).await;
    let id = house.picture(1).await;
    let caller = house.local_caller();
    let id = model::DocumentId(id.parse().unwrap());
    for _ in 0..2000 {
        app::intake::cancel(&house.app, &caller, id).unwrap();
        app::intake::retry(&house.app, &caller, id).unwrap();
    }
    let mut events = Vec::new();
    while events.last().is_none_or(|event| event != "resync") {
        events.push(listener.next().await.unwrap().0);
    }
    assert!(events.len() < 4000);
}

#[tokio::test]
async fn streams_end_when_the_program_stops() {
    let house = House::build().await;
    let mut listener = Listener::open(&house, &house.clerk).await;
    house.stopping.cancel();
    assert!(listener.next().await.is_none());
}
