//! Pictures of documents: pages, thumbnails, crops of fields.

use app::App;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use model::{DocumentId, FieldName, Role};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::blocking::blocking;
use crate::extract::{Path, Query};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::Binary;

/// A browser may keep a picture for the minutes of a review, and nobody between may keep it at all.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, max-age=300");

fn picture(media_type: &'static str, bytes: Vec<u8>) -> impl IntoResponse {
    let media_type = HeaderValue::from_static(media_type);
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, PRIVATE),
    ];
    (headers, bytes)
}

/// How large the picture should be.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SizeQuery {
    /// The longer side in pixels, at most; the page as it is when left out.
    #[param(minimum = 1)]
    max_side: Option<u32>,
}

/// A page as PNG.
#[utoipa::path(get, path = "/v1/documents/{id}/pages/{page}/image", operation_id = "get_page_image",
    tag = "pictures", params(("id" = Uuid, Path), ("page" = u32, Path, description = "counted from 0"),
    SizeQuery), responses((status = OK, body = inline(Binary), content_type = "image/png")))]
pub(crate) async fn page(
    State(app): State<App>,
    identity: Identity,
    Path((id, page)): Path<(Uuid, u32)>,
    Query(size): Query<SizeQuery>,
) -> Result<impl IntoResponse, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let act = move || app::images::page_png(&app, &caller, DocumentId(id), page, size.max_side);
    Ok(picture("image/png", blocking(act).await?))
}

/// The first page, small, as JPEG.
#[utoipa::path(get, path = "/v1/documents/{id}/thumbnail", operation_id = "get_thumbnail",
    tag = "pictures", params(("id" = Uuid, Path)),
    responses((status = OK, body = inline(Binary), content_type = "image/jpeg")))]
pub(crate) async fn thumbnail(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<impl IntoResponse, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let act = move || app::images::thumbnail_jpeg(&app, &caller, DocumentId(id));
    Ok(picture("image/jpeg", blocking(act).await?))
}

/// Which of the places that differ about a field.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SourceQuery {
    /// Number of the source in the disagreement about the field, counted from 0; what the value rests on
    /// when left out.
    #[param(minimum = 0)]
    source: Option<usize>,
}

/// The part of the page where a field was read, upright, as PNG.
#[utoipa::path(get, path = "/v1/documents/{id}/fields/{name}/crop", operation_id = "get_field_crop",
    tag = "pictures", params(("id" = Uuid, Path), ("name" = String, Path), SourceQuery),
    responses((status = OK, body = inline(Binary), content_type = "image/png")))]
pub(crate) async fn field_crop(
    State(app): State<App>,
    identity: Identity,
    Path((id, name)): Path<(Uuid, String)>,
    Query(SourceQuery { source }): Query<SourceQuery>,
) -> Result<impl IntoResponse, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let field = FieldName::new(name);
    let act = move || app::images::field_crop_png(&app, &caller, DocumentId(id), &field, source);
    Ok(picture("image/png", blocking(act).await?))
}
