//! How a person or the system asks a long-running command to stop.

use std::io;

use tokio::signal::unix::{SignalKind, signal};

/// Waits for Ctrl-C or a termination signal. A second one does not wait for anything any more.
pub(crate) async fn asked() -> io::Result<()> {
    either().await?;
    tokio::spawn(async {
        if either().await.is_ok() {
            std::process::exit(130);
        }
    });
    Ok(())
}

async fn either() -> io::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}
