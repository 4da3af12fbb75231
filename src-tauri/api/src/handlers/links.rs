//! Addresses that give one thing to whoever has them, for a while.

use app::App;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use model::{DocumentId, Role};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::blocking::blocking;
use crate::extract::{self, Path, Query};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{Binary, Link, LinkRequest};

/// Make an address of a document's file or picture that works for a while without signing in.
#[utoipa::path(post, path = "/v1/documents/{id}/links", operation_id = "make_link",
    tag = "pictures", params(("id" = Uuid, Path)), request_body = LinkRequest,
    responses((status = CREATED, body = Link)))]
pub(crate) async fn make(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
    extract::Json(wanted): extract::Json<LinkRequest>,
) -> Result<(StatusCode, Json<Link>), Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let (linked, seconds) = (wanted.linked(), wanted.seconds);
    let act = move || app::links::make(&app, &caller, DocumentId(id), linked, seconds);
    let url = blocking(act).await?;
    Ok((StatusCode::CREATED, Json(Link { url })))
}

/// The end of an address, and what proves that it was made here.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Signed {
    /// When it ends, in seconds since 1970 UTC.
    exp: i64,
    /// Its signature.
    sig: String,
}

/// What an address gives that was made by `make_link`.
#[utoipa::path(get, path = "/files/{key}", operation_id = "get_linked", tag = "pictures",
    security(()), params(("key" = String, Path), Signed),
    responses((status = OK, body = inline(Binary), content_type = "application/octet-stream")))]
pub(crate) async fn fetch(
    State(app): State<App>,
    Path(key): Path<String>,
    Query(Signed { exp, sig }): Query<Signed>,
) -> Result<impl IntoResponse, Problem> {
    let act = move || app::links::fetch(&app, &key, exp, &sig);
    let fetched = blocking(act).await?;
    let mut headers = HeaderMap::new();
    let kind = HeaderValue::from_str(&fetched.media_type);
    let unknown = HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, kind.unwrap_or(unknown));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    Ok((headers, fetched.bytes))
}
