//! Finding documents. What is looked for is personal, so it comes in the body.

use app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::{Personal, Role};

use crate::blocking::blocking;
use crate::extract::{self, Path};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{KeptSearch, KeptSearchList, NewKeptSearch, SearchRequest, SearchResult};

/// How many documents a page has when nobody says.
const USUAL_LIMIT: u32 = 25;

/// Find documents by words and by what is known of them, in any order.
#[utoipa::path(post, path = "/v1/documents/search", operation_id = "search_documents",
    tag = "documents", request_body = SearchRequest, responses((status = OK, body = SearchResult)))]
pub(crate) async fn find(
    State(app): State<App>,
    identity: Identity,
    extract::Json(request): extract::Json<SearchRequest>,
) -> Result<Json<SearchResult>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let limit = request.limit.unwrap_or(USUAL_LIMIT);
    let cursor = request.cursor.map(Personal::into_inner);
    let search = request.search.into();
    let act = move || app::search::find(&app, &caller, &search, cursor.as_deref(), limit);
    Ok(Json(blocking(act).await?.into()))
}

/// The searches the caller keeps, and those that others share.
#[utoipa::path(get, path = "/v1/searches", operation_id = "list_searches", tag = "documents",
    responses((status = OK, body = KeptSearchList)))]
pub(crate) async fn kept(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<KeptSearchList>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let kept = blocking(move || app::search::kept(&app, &caller)).await?;
    let searches = kept.into_iter().map(KeptSearch::from).collect();
    Ok(Json(KeptSearchList { searches }))
}

/// Keep a search under a name; the one of the same user and name gives way.
#[utoipa::path(post, path = "/v1/searches", operation_id = "keep_search", tag = "documents",
    request_body = NewKeptSearch, responses((status = CREATED, body = KeptSearch)))]
pub(crate) async fn keep(
    State(app): State<App>,
    identity: Identity,
    extract::Json(new): extract::Json<NewKeptSearch>,
) -> Result<(StatusCode, Json<KeptSearch>), Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let search = new.search.into();
    let act = move || app::search::keep(&app, &caller, &new.name, &search, new.shared);
    let kept = blocking(act).await?;
    Ok((StatusCode::CREATED, Json(kept.into())))
}

/// Drop a search the caller keeps; an admin drops what others share, too.
#[utoipa::path(delete, path = "/v1/searches/{id}", operation_id = "drop_search", tag = "documents",
    params(("id" = String, Path)), responses((status = NO_CONTENT)))]
pub(crate) async fn drop_kept(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    blocking(move || app::search::drop_kept(&app, &caller, &id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
