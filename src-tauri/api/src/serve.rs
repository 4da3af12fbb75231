//! The door to the network.

use std::future::Future;
use std::io;
use std::time::Duration;

use app::App;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::router::{RouterOptions, router};

/// How long requests in progress may take after the program was asked to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// Answers requests until `shutdown` is ready, then lets those in progress end and event streams
/// close. `hosts` are names it is reached by beside those of this machine.
pub async fn serve(
    app: App,
    listener: TcpListener,
    hosts: Vec<String>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let stopping = CancellationToken::new();
    let options = RouterOptions::network(listener.local_addr()?, hosts, stopping.clone());
    let router = router(app, options);
    // Events are small and should not wait for company.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection does not take TCP_NODELAY");
        }
    });
    let told = stopping.clone();
    let until = async move {
        shutdown.await;
        told.cancel();
    };
    let ended = axum::serve(listener, router).with_graceful_shutdown(until);
    let given_up = async {
        stopping.cancelled().await;
        tokio::time::sleep(PATIENCE).await;
    };
    tokio::select! {
        result = ended => result,
        () = given_up => Ok(()),
    }
}
