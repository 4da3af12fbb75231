//! How the program is.

use app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::blocking::blocking;
use crate::identity::Identity;
use crate::problem::Problem;
use crate::wire::{Health, HealthStatus};

/// Try everything that is needed, and tell.
///
/// What exactly was found is told only to who is signed in.
#[utoipa::path(get, path = "/v1/health", operation_id = "get_health", tag = "health", security(()),
    responses((status = OK, body = Health),
    (status = SERVICE_UNAVAILABLE, body = Health, description = "something fails")))]
pub(crate) async fn get(
    State(app): State<App>,
    identity: Result<Identity, Problem>,
) -> Result<(StatusCode, Json<Health>), Problem> {
    let mut health: Health = blocking(move || Ok(app::health::check(&app))).await?.into();
    for check in &mut health.checks {
        if !check.ok {
            tracing::error!(
                check = check.name,
                cause = check.message,
                "a health check fails"
            );
        }
        if identity.is_err() {
            let words = if check.ok { "works" } else { "does not work" };
            words.clone_into(&mut check.message);
        }
    }
    let status = match health.status {
        HealthStatus::Ok => StatusCode::OK,
        HealthStatus::Failing => StatusCode::SERVICE_UNAVAILABLE,
    };
    Ok((status, Json(health)))
}
