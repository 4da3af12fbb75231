//! Document types: list, look, import, check, take out of use.

use app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::{DocumentId, Role};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::blocking::blocking;
use crate::extract::{self, Path, Query};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{
    CheckedDefinition, DefinitionToCheck, DocumentTypeBody, DocumentTypeDetail, DocumentTypeList,
    ImportOutcome, ImportedDocumentType, NewDocumentType,
};

/// List the types of documents, the built-in ones first.
#[utoipa::path(get, path = "/v1/types", operation_id = "list_types", tag = "types",
    responses((status = OK, body = DocumentTypeList)))]
pub(crate) async fn list(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<DocumentTypeList>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let types = blocking(move || app::types::list(&app, &caller)).await?;
    let types = types.into_iter().map(DocumentTypeBody::from).collect();
    Ok(Json(DocumentTypeList { types }))
}

/// Which version of a type.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct VersionQuery {
    /// Its number; the latest when left out.
    #[param(minimum = 1)]
    version: Option<u32>,
}

/// One type with its definition and the versions it had.
#[utoipa::path(get, path = "/v1/types/{id}", operation_id = "get_type", tag = "types",
    params(("id" = String, Path), VersionQuery), responses((status = OK, body = DocumentTypeDetail)))]
pub(crate) async fn get(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<String>,
    Query(VersionQuery { version }): Query<VersionQuery>,
) -> Result<Json<DocumentTypeDetail>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let found = blocking(move || app::types::show(&app, &caller, &id, version)).await?;
    Ok(Json(found.into()))
}

/// Take a definition into use; a known type gets its next version by it.
#[utoipa::path(post, path = "/v1/types", operation_id = "import_type", tag = "types",
    request_body = NewDocumentType, responses((status = CREATED, body = ImportedDocumentType),
    (status = OK, body = ImportedDocumentType, description = "it is in use already")))]
pub(crate) async fn import(
    State(app): State<App>,
    identity: Identity,
    extract::Json(new): extract::Json<NewDocumentType>,
) -> Result<(StatusCode, Json<ImportedDocumentType>), Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let act = move || app::types::import(&app, &caller, &new.definition);
    let (info, outcome) = blocking(act).await?;
    let outcome = ImportOutcome::from(outcome);
    let status = match outcome {
        ImportOutcome::Unchanged => StatusCode::OK,
        ImportOutcome::New | ImportOutcome::NextVersion => StatusCode::CREATED,
    };
    let document_type = info.into();
    Ok((
        status,
        Json(ImportedDocumentType {
            outcome,
            document_type,
        }),
    ))
}

/// Look whether a definition could be used, and what it would read from a stored document.
#[utoipa::path(post, path = "/v1/types/check", operation_id = "check_type", tag = "types",
    request_body = DefinitionToCheck, responses((status = OK, body = CheckedDefinition)))]
pub(crate) async fn check(
    State(app): State<App>,
    identity: Identity,
    extract::Json(wanted): extract::Json<DefinitionToCheck>,
) -> Result<Json<CheckedDefinition>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let document = wanted.document.map(DocumentId);
    let act = move || app::types::check(&app, &caller, &wanted.definition, document);
    Ok(Json(blocking(act).await?.into()))
}

/// Take an imported type out of use. Readings that followed it stay.
#[utoipa::path(post, path = "/v1/types/{id}/retire", operation_id = "retire_type", tag = "types",
    params(("id" = String, Path)), responses((status = OK, body = DocumentTypeBody)))]
pub(crate) async fn retire(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<String>,
) -> Result<Json<DocumentTypeBody>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let retired = blocking(move || app::types::retire(&app, &caller, &id)).await?;
    Ok(Json(retired.into()))
}
