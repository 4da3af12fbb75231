//! Finding documents. What is looked for is personal, so it comes in the body.

use app::App;
use axum::Json;
use axum::extract::State;
use model::{Personal, Role};

use crate::blocking::blocking;
use crate::extract;
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{SearchRequest, SearchResult};

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
