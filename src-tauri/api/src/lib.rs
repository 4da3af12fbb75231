//! One axum router for every door: paths, wire structs, authentication, OpenAPI, events, and the
//! files of the page.
//!
//! [`router()`] is the only list of operations. The network door puts it on TCP ([`serve()`]); the window
//! calls the very same router in its own process, with a [`DesktopCaller`] on every request. A handler
//! takes a request apart, says what it demands of whoever asks, calls one act of `app` on a thread
//! that may wait, and wraps the answer. There are no rules here, no SQL and no pictures.

#![forbid(unsafe_code)]

mod answer;
mod blocking;
mod doorkeeper;
mod extract;
mod handlers;
mod identity;
mod openapi;
mod problem;
mod router;
mod serve;
mod ui;
pub mod wire;

pub use identity::DesktopCaller;
pub use router::{RouterOptions, openapi_json, router};
pub use serve::serve;
pub use tokio_util::sync::CancellationToken;
