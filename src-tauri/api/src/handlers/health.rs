//! How the program is.

use app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::blocking::blocking;
use crate::problem::Problem;
use crate::wire::{Health, HealthStatus};

/// Try everything that is needed, and tell.
#[utoipa::path(get, path = "/v1/health", operation_id = "get_health", tag = "health", security(()),
    responses((status = OK, body = Health),
    (status = SERVICE_UNAVAILABLE, body = Health, description = "something fails")))]
pub(crate) async fn get(State(app): State<App>) -> Result<(StatusCode, Json<Health>), Problem> {
    let health: Health = blocking(move || Ok(app::health::check(&app))).await?.into();
    let status = match health.status {
        HealthStatus::Ok => StatusCode::OK,
        HealthStatus::Failing => StatusCode::SERVICE_UNAVAILABLE,
    };
    Ok((status, Json(health)))
}
