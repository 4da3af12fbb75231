//! The stream of changes, as server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use app::App;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt as _, stream};
use model::{Change, Role};
use tokio_stream::wrappers::BroadcastStream;
use tokio_util::sync::CancellationToken;

use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire;

/// Proxies and browsers give up on a stream that is silent for a minute or half.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Changes as they happen.
///
/// Events named `change` carry one change each. An event named `resync` says that changes were
/// missed: whoever listens asks for everything anew. One comes first whenever a listener returns
/// with `Last-Event-ID`, because what happened in between is not kept. The stream ends when the
/// program stops.
#[utoipa::path(get, path = "/v1/events", operation_id = "listen", tag = "events",
    responses((status = OK, body = wire::Event, content_type = "text/event-stream")))]
pub(crate) async fn listen(
    State(app): State<App>,
    State(stopping): State<CancellationToken>,
    identity: Identity,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    Demand::role(Role::Clerk).check(&identity)?;
    let returning = headers.contains_key("last-event-id").then(resync);
    let changes =
        BroadcastStream::new(app.changes()).map(|change| change.map_or_else(|_| resync(), frame));
    let events = stream::iter(returning).chain(changes).map(Ok);
    let events = events.take_until(stopping.cancelled_owned());
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

/// Tells the listener that it missed something.
fn resync() -> Event {
    // Browsers drop an event without data.
    Event::default().event("resync").data("{}")
}

fn frame(change: Change) -> Event {
    let sequence = change.sequence.to_string();
    let event = Event::default().event("change").id(sequence);
    let data = serde_json::to_string(&wire::Event::from(change));
    data.map_or_else(|_| resync(), |data| event.data(data))
}
