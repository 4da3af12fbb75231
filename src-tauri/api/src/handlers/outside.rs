//! Readers outside of this machine: see, set up, turn on and off, remove.

use app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::Role;

use crate::blocking::blocking;
use crate::extract::{self, Path};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{OutsideConsent, OutsideReader, OutsideReaderList, OutsideSetUp};

/// List the readers outside that were set up, each with what leaves the machine when it is on.
#[utoipa::path(get, path = "/v1/outside", operation_id = "list_outside_readers", tag = "outside",
    responses((status = OK, body = OutsideReaderList)))]
pub(crate) async fn list(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<OutsideReaderList>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let readers = blocking(move || app::outside::list(&app, &caller)).await?;
    let readers = readers.into_iter().map(OutsideReader::from).collect();
    Ok(Json(OutsideReaderList { readers }))
}

/// Set a reader up, or anew. It is off then, unless nothing else leaves the machine than before.
#[utoipa::path(put, path = "/v1/outside/{name}", operation_id = "set_outside_reader", tag = "outside",
    params(("name" = String, Path)), request_body = OutsideSetUp,
    responses((status = OK, body = OutsideReader)))]
pub(crate) async fn set(
    State(app): State<App>,
    identity: Identity,
    Path(name): Path<String>,
    extract::Json(wanted): extract::Json<OutsideSetUp>,
) -> Result<Json<OutsideReader>, Problem> {
    let caller = Demand::role(Role::Admin).in_person().check(&identity)?;
    let (configuration, key) = wanted.parts()?;
    let act = move || app::outside::set(&app, &caller, &name, &configuration, key.as_ref());
    Ok(Json(blocking(act).await?.into()))
}

/// Turn a reader on, accepting the sentence that says what leaves the machine.
#[utoipa::path(post, path = "/v1/outside/{name}/on", operation_id = "turn_on_outside_reader",
    tag = "outside", params(("name" = String, Path)), request_body = OutsideConsent,
    responses((status = OK, body = OutsideReader)))]
pub(crate) async fn turn_on(
    State(app): State<App>,
    identity: Identity,
    Path(name): Path<String>,
    extract::Json(OutsideConsent { accept }): extract::Json<OutsideConsent>,
) -> Result<Json<OutsideReader>, Problem> {
    let caller = Demand::role(Role::Admin).in_person().check(&identity)?;
    let reader = blocking(move || app::outside::turn_on(&app, &caller, &name, accept)).await?;
    Ok(Json(reader.into()))
}

/// Turn a reader off: nothing is sent to it any more.
#[utoipa::path(post, path = "/v1/outside/{name}/off", operation_id = "turn_off_outside_reader",
    tag = "outside", params(("name" = String, Path)), responses((status = OK, body = OutsideReader)))]
pub(crate) async fn turn_off(
    State(app): State<App>,
    identity: Identity,
    Path(name): Path<String>,
) -> Result<Json<OutsideReader>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let reader = blocking(move || app::outside::turn_off(&app, &caller, &name)).await?;
    Ok(Json(reader.into()))
}

/// Forget a reader and its key.
#[utoipa::path(delete, path = "/v1/outside/{name}", operation_id = "remove_outside_reader",
    tag = "outside", params(("name" = String, Path)), responses((status = NO_CONTENT)))]
pub(crate) async fn remove(
    State(app): State<App>,
    identity: Identity,
    Path(name): Path<String>,
) -> Result<StatusCode, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    blocking(move || app::outside::remove(&app, &caller, &name)).await?;
    Ok(StatusCode::NO_CONTENT)
}
