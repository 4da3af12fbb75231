//! Documents: list, look, correct, cancel, read again, delete.

use std::borrow::Cow;

use app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::{DocumentId, FieldName, Role, UserId};
use serde::{Deserialize, Deserializer, de::IntoDeserializer as _};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::blocking::blocking;
use crate::extract::{self, Path, Query};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{
    AssignmentRequest, CorrectionRequest, DocumentBody, DocumentDetail, DocumentList,
    DocumentStatus, FilePassword,
};

/// How many documents a list has when nobody says.
const USUAL_LIMIT: u32 = 25;

/// Which documents to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Only documents of these statuses, separated by commas.
    #[serde(default, deserialize_with = "comma_separated")]
    #[param(style = Form, explode = false, required = false)]
    status: Vec<DocumentStatus>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many at most, 1 to 200; 25 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

fn comma_separated<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<DocumentStatus>, D::Error> {
    let text = Cow::<'de, str>::deserialize(input)?;
    let words = text.split(',').filter(|word| !word.is_empty());
    words
        .map(|word| DocumentStatus::deserialize(word.into_deserializer()))
        .collect()
}

impl From<ListQuery> for app::documents::Query {
    fn from(query: ListQuery) -> Self {
        let status = query.status.into_iter();
        Self {
            status: status.map(model::DocumentStatus::from).collect(),
            cursor: query.cursor,
            limit: query.limit.unwrap_or(USUAL_LIMIT),
        }
    }
}

/// List documents, newest first.
#[utoipa::path(get, path = "/v1/documents", operation_id = "list_documents", tag = "documents",
    params(ListQuery), responses((status = OK, body = DocumentList)))]
pub(crate) async fn list(
    State(app): State<App>,
    identity: Identity,
    Query(query): Query<ListQuery>,
) -> Result<Json<DocumentList>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let listing = blocking(move || app::documents::list(&app, &caller, &query.into())).await?;
    Ok(Json(listing.into()))
}

/// One document with its reading, corrections and record.
#[utoipa::path(get, path = "/v1/documents/{id}", operation_id = "get_document", tag = "documents",
    params(("id" = Uuid, Path)), responses((status = OK, body = DocumentDetail)))]
pub(crate) async fn get(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<Json<DocumentDetail>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let detail = blocking(move || app::documents::get(&app, &caller, DocumentId(id))).await?;
    Ok(Json(detail.into()))
}

/// Delete a document with everything read from it and the stored file.
#[utoipa::path(delete, path = "/v1/documents/{id}", operation_id = "delete_document",
    tag = "documents", params(("id" = Uuid, Path)), responses((status = NO_CONTENT)))]
pub(crate) async fn delete(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    blocking(move || app::documents::delete(&app, &caller, DocumentId(id))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Stop a document that waits or is being read.
#[utoipa::path(post, path = "/v1/documents/{id}/cancel", operation_id = "cancel_document",
    tag = "documents", params(("id" = Uuid, Path)), responses((status = OK, body = DocumentBody)))]
pub(crate) async fn cancel(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<Json<DocumentBody>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let document = blocking(move || app::intake::cancel(&app, &caller, DocumentId(id))).await?;
    Ok(Json(document.into()))
}

/// Read a failed or cancelled document again.
#[utoipa::path(post, path = "/v1/documents/{id}/retry", operation_id = "retry_document",
    tag = "documents", params(("id" = Uuid, Path)), responses((status = OK, body = DocumentBody)))]
pub(crate) async fn retry(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<Json<DocumentBody>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let document = blocking(move || app::intake::retry(&app, &caller, DocumentId(id))).await?;
    Ok(Json(document.into()))
}

/// Give the password of a document whose file is locked, and have it read.
#[utoipa::path(post, path = "/v1/documents/{id}/unlock", operation_id = "unlock_document",
    tag = "documents", params(("id" = Uuid, Path)), request_body = FilePassword,
    responses((status = OK, body = DocumentBody)))]
pub(crate) async fn unlock(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
    extract::Json(given): extract::Json<FilePassword>,
) -> Result<Json<DocumentBody>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let password = app::Secret::new(given.password.into_inner());
    let act = move || app::locks::unlock(&app, &caller, DocumentId(id), &password);
    Ok(Json(blocking(act).await?.into()))
}

/// Confirm, edit or clear a field.
#[utoipa::path(post, path = "/v1/documents/{id}/corrections", operation_id = "correct_field",
    tag = "documents", params(("id" = Uuid, Path)), request_body = CorrectionRequest,
    responses((status = CREATED, body = DocumentDetail)))]
pub(crate) async fn correct(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
    extract::Json(request): extract::Json<CorrectionRequest>,
) -> Result<(StatusCode, Json<DocumentDetail>), Problem> {
    let caller = Demand::role(Role::Reviewer).check(&identity)?;
    let field = FieldName::new(request.field);
    let (id, kind, value) = (DocumentId(id), request.kind.into(), request.value);
    let act = move || app::review::correct(&app, &caller, id, &field, kind, value);
    let detail = blocking(act).await?;
    Ok((StatusCode::CREATED, Json(detail.into())))
}

/// Give a document to a user to look at, or to nobody in particular.
#[utoipa::path(put, path = "/v1/documents/{id}/assignee", operation_id = "assign_document",
    tag = "documents", params(("id" = Uuid, Path)), request_body = AssignmentRequest,
    responses((status = OK, body = DocumentBody)))]
pub(crate) async fn assign(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
    extract::Json(request): extract::Json<AssignmentRequest>,
) -> Result<Json<DocumentBody>, Problem> {
    let caller = Demand::role(Role::Reviewer).check(&identity)?;
    let (id, user) = (DocumentId(id), request.user_id.map(UserId));
    let document = blocking(move || app::assignment::assign(&app, &caller, id, user)).await?;
    Ok(Json(document.into()))
}
