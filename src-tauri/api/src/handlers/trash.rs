//! Documents that were deleted and may come back.

use app::App;
use axum::Json;
use axum::extract::State;
use model::{DocumentId, Role};
use uuid::Uuid;

use crate::blocking::blocking;
use crate::extract::Path;
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{DocumentBody, DocumentList};

/// List what is in the trash, newest document first; at most 1000.
#[utoipa::path(get, path = "/v1/trash", operation_id = "list_trash", tag = "documents",
    responses((status = OK, body = DocumentList)))]
pub(crate) async fn list(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<DocumentList>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let documents = blocking(move || app::trash::list(&app, &caller)).await?;
    let listing = app::documents::Listing {
        documents,
        next_cursor: None,
    };
    Ok(Json(listing.into()))
}

/// Put a document into the trash, from where it can be restored for thirty days.
#[utoipa::path(post, path = "/v1/documents/{id}/trash", operation_id = "trash_document",
    tag = "documents", params(("id" = Uuid, Path)), responses((status = OK, body = DocumentBody)))]
pub(crate) async fn put(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<Json<DocumentBody>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let document = blocking(move || app::trash::put(&app, &caller, DocumentId(id))).await?;
    Ok(Json(document.into()))
}

/// Take a document out of the trash.
#[utoipa::path(post, path = "/v1/documents/{id}/restore", operation_id = "restore_document",
    tag = "documents", params(("id" = Uuid, Path)), responses((status = OK, body = DocumentBody)))]
pub(crate) async fn restore(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<Json<DocumentBody>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let document = blocking(move || app::trash::restore(&app, &caller, DocumentId(id))).await?;
    Ok(Json(document.into()))
}
