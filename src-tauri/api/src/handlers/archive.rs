//! Closed records: close away, find, look, open again, erase.

use app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::{DocumentId, Personal, Role};
use uuid::Uuid;

use crate::blocking::blocking;
use crate::extract::{self, Path};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{
    ArchiveAnswer, ArchiveMove, ArchiveMoveList, ArchiveRequest, DocumentDetail, SearchRequest,
    SearchResult,
};

/// How many documents a page has when nobody says.
const USUAL_LIMIT: u32 = 25;

/// How many records on their way are shown.
const MOST_MOVES: u32 = 200;

/// Close records away, with their whole history.
#[utoipa::path(post, path = "/v1/archive", operation_id = "archive_records", tag = "archive",
    request_body = ArchiveRequest, responses((status = ACCEPTED, body = ArchiveAnswer)))]
pub(crate) async fn add(
    State(app): State<App>,
    identity: Identity,
    extract::Json(request): extract::Json<ArchiveRequest>,
) -> Result<(StatusCode, Json<ArchiveAnswer>), Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let ids: Vec<DocumentId> = request.ids.into_iter().map(DocumentId).collect();
    let asked = blocking(move || app::archive::add(&app, &caller, &ids)).await?;
    Ok((StatusCode::ACCEPTED, Json(asked.into())))
}

/// Open closed records again.
#[utoipa::path(post, path = "/v1/archive/restore", operation_id = "restore_records",
    tag = "archive", request_body = ArchiveRequest,
    responses((status = ACCEPTED, body = ArchiveAnswer)))]
pub(crate) async fn restore(
    State(app): State<App>,
    identity: Identity,
    extract::Json(request): extract::Json<ArchiveRequest>,
) -> Result<(StatusCode, Json<ArchiveAnswer>), Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let ids: Vec<DocumentId> = request.ids.into_iter().map(DocumentId).collect();
    let asked = blocking(move || app::archive::restore(&app, &caller, &ids)).await?;
    Ok((StatusCode::ACCEPTED, Json(asked.into())))
}

/// List the records that are on their way into the archive or out of it.
#[utoipa::path(get, path = "/v1/archive/moves", operation_id = "list_archive_moves",
    tag = "archive", responses((status = OK, body = ArchiveMoveList)))]
pub(crate) async fn moves(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<ArchiveMoveList>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let moves = blocking(move || app::archive::on_their_way(&app, &caller, MOST_MOVES)).await?;
    let moves = moves.into_iter().map(ArchiveMove::from).collect();
    Ok(Json(ArchiveMoveList { moves }))
}

/// Find closed records, as open ones are found.
#[utoipa::path(post, path = "/v1/archive/search", operation_id = "search_archive",
    tag = "archive", request_body = SearchRequest, responses((status = OK, body = SearchResult)))]
pub(crate) async fn find(
    State(app): State<App>,
    identity: Identity,
    extract::Json(request): extract::Json<SearchRequest>,
) -> Result<Json<SearchResult>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let limit = request.limit.unwrap_or(USUAL_LIMIT);
    let cursor = request.cursor.map(Personal::into_inner);
    let search = request.search.into();
    let act = move || app::archive::find_all(&app, &caller, &search, cursor.as_deref(), limit);
    Ok(Json(blocking(act).await?.into()))
}

/// One closed record with its reading, corrections and what holds.
#[utoipa::path(get, path = "/v1/archive/{id}", operation_id = "get_archived_record",
    tag = "archive", params(("id" = Uuid, Path)), responses((status = OK, body = DocumentDetail)))]
pub(crate) async fn get(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<Json<DocumentDetail>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let detail = blocking(move || app::archive::get(&app, &caller, DocumentId(id))).await?;
    Ok(Json(detail.into()))
}

/// Erase a closed record with everything read from it and the stored file.
#[utoipa::path(delete, path = "/v1/archive/{id}", operation_id = "delete_archived_record",
    tag = "archive", params(("id" = Uuid, Path)), responses((status = NO_CONTENT)))]
pub(crate) async fn delete(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    blocking(move || app::archive::delete(&app, &caller, DocumentId(id))).await?;
    Ok(StatusCode::NO_CONTENT)
}
