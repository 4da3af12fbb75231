//! Event streams through the window: a custom scheme answers only whole, so the frames of a stream
//! are sent over a Tauri channel.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::{Body, Bytes},
    http::{Request, header},
};
use http_body_util::BodyExt;
use tauri::{State, ipc::Channel};
use tokio::sync::Notify;

use crate::{
    desk::{Desk, Failure},
    door,
};

/// The streams that a page listens to, by the number of their channel.
#[derive(Default)]
pub(crate) struct Streams {
    listening: Mutex<HashMap<u32, Arc<Notify>>>,
}

impl Streams {
    /// Ends every stream: their page is gone.
    pub(crate) fn end_all(&self) {
        let mut listening = self
            .listening
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for (_, end) in listening.drain() {
            end.notify_one();
        }
    }

    fn begin(&self, channel: u32) -> Arc<Notify> {
        let end = Arc::new(Notify::new());
        let mut listening = self
            .listening
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        listening.insert(channel, end.clone());
        end
    }

    fn end(&self, channel: u32) {
        let mut listening = self
            .listening
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(end) = listening.remove(&channel) {
            end.notify_one();
        }
    }
}

/// Gets `path` from the router and sends each whole frame of the event stream to the channel.
///
/// Stays pending while the stream is open and returns the HTTP status when it has ended.
#[tauri::command]
pub(crate) async fn stream(
    desk: State<'_, Arc<Desk>>,
    streams: State<'_, Streams>,
    path: String,
    channel: Channel<String>,
) -> Result<u16, Failure> {
    let open = desk.settled().await?;
    let request = Request::get(&path)
        .header(header::ACCEPT, "text/event-stream")
        .body(Body::empty());
    let request = request.map_err(|_| Failure {
        code: "path_invalid",
        message: "the stream's path is not a path".to_owned(),
        hints: Vec::new(),
        data_folder: None,
    })?;
    let end = streams.begin(channel.id());
    let answer = door::call(&open, request).await;
    let status = answer.status().as_u16();
    if answer.status().is_success() {
        tokio::select! {
            () = end.notified() => {}
            () = forward(answer.into_body(), &channel) => {}
        }
    }
    streams.end(channel.id());
    Ok(status)
}

/// Ends the stream of a channel; the number is the channel's `id`.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands a command its parts by value"
)]
pub(crate) fn stop_stream(streams: State<'_, Streams>, channel: u32) {
    streams.end(channel);
}

/// Sends frame by frame until the stream or the page ends.
async fn forward(mut body: Body, channel: &Channel<String>) {
    let mut frames = Frames::default();
    while let Some(Ok(part)) = body.frame().await {
        let Ok(bytes) = part.into_data() else {
            continue;
        };
        for frame in frames.take(&bytes) {
            if channel.send(frame).is_err() {
                return;
            }
        }
    }
}

/// Cuts a stream of bytes into whole frames, so that no message ends within a character.
#[derive(Default)]
struct Frames {
    rest: Vec<u8>,
}

impl Frames {
    /// Every frame that `bytes` completes, each with the blank line that ends it.
    fn take(&mut self, bytes: &Bytes) -> Vec<String> {
        self.rest.extend_from_slice(bytes);
        let mut frames = Vec::new();
        while let Some(end) = self.rest.windows(2).position(|pair| pair == b"\n\n") {
            let rest = self.rest.split_off(end + 2);
            let frame = String::from_utf8(std::mem::replace(&mut self.rest, rest));
            if let Ok(frame) = frame {
                frames.push(frame);
            } else {
                // The router writes nothing but UTF-8.
                tracing::error!("a frame of the event stream is not UTF-8");
            }
        }
        frames
    }
}

#[cfg(test)]
mod tests {
    use super::Frames;

    #[test]
    fn frames_are_sent_whole_however_the_bytes_come() {
        let text = "event: change\nid: 1\ndata: \"é\"\n\n:\n\ndata: 2\n\nhalf";
        let whole: Vec<_> = text.split_inclusive("\n\n").take(3).collect();
        for size in 1..text.len() {
            let mut frames = Frames::default();
            let parts = text.as_bytes().chunks(size);
            let sent: Vec<_> = parts
                .flat_map(|part| frames.take(&part.to_vec().into()))
                .collect();
            assert_eq!(sent, whole, "in parts of {size} bytes");
        }
    }
}
