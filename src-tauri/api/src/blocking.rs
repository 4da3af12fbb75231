//! The way from the asynchronous rim to the synchronous core.

use crate::problem::Problem;

/// Runs one act of `app` on a thread that may wait for the disk.
pub(crate) async fn blocking<T, F>(act: F) -> Result<T, Problem>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, app::Error> + Send + 'static,
{
    match tokio::task::spawn_blocking(act).await {
        Ok(result) => result.map_err(Problem::from),
        Err(_) => Err(Problem::internal("an act of the product panicked")),
    }
}
