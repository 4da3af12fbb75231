//! How long documents are kept, and certificates of what was erased.

use std::io::Cursor;

use app::App;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::IntoResponse;
use model::{Caller, DocumentId, PersonId, Role};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::blocking::blocking;
use crate::extract::{self, Path, Query};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{
    Binary, ErasureCertificate, ErasureList, HoldRequest, RetentionPlan, RetentionPolicyList,
    RetentionSpans,
};

/// The word in paths for the documents of every family without a policy of its own.
const OTHERS: &str = "others";

/// What a package is, and that it is for the disk and not for the window.
const PACKAGE: [(HeaderName, &str); 2] = [
    (header::CONTENT_TYPE, "application/zip"),
    (
        header::CONTENT_DISPOSITION,
        "attachment; filename=subject.zip",
    ),
];

/// How many certificates a page has when nobody says.
const USUAL_LIMIT: u32 = 50;

fn family(word: String) -> String {
    if word == OTHERS { String::new() } else { word }
}

/// List the policies: how long after the decision what is kept.
#[utoipa::path(get, path = "/v1/retention/policies", operation_id = "list_retention_policies",
    tag = "retention", responses((status = OK, body = RetentionPolicyList)))]
pub(crate) async fn policies(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<RetentionPolicyList>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let policies = blocking(move || app::retention::policies(&app, &caller)).await?;
    Ok(Json(policies.into()))
}

/// Set the policy of a family of documents, such as `passport`, or of all `others`.
#[utoipa::path(put, path = "/v1/retention/policies/{family}", operation_id = "set_retention_policy",
    tag = "retention", params(("family" = String, Path)), request_body = RetentionSpans,
    responses((status = NO_CONTENT)))]
pub(crate) async fn set(
    State(app): State<App>,
    identity: Identity,
    Path(word): Path<String>,
    extract::Json(spans): extract::Json<RetentionSpans>,
) -> Result<StatusCode, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let act = move || {
        let spans = spans.try_into()?;
        app::retention::set_policy(&app, &caller, &family(word), spans)
    };
    blocking(act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Drop the policy of a family of documents, or of all `others`.
#[utoipa::path(delete, path = "/v1/retention/policies/{family}",
    operation_id = "drop_retention_policy", tag = "retention",
    params(("family" = String, Path)), responses((status = NO_CONTENT)))]
pub(crate) async fn drop(
    State(app): State<App>,
    identity: Identity,
    Path(word): Path<String>,
) -> Result<StatusCode, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    blocking(move || app::retention::drop_policy(&app, &caller, &family(word))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An instant to look at.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PlanQuery {
    /// The end of this day, as `2031-01-01`.
    #[param(value_type = String, format = Date)]
    at: jiff::civil::Date,
}

/// What would be erased at the end of a day; nothing is.
#[utoipa::path(get, path = "/v1/retention/plan", operation_id = "plan_retention",
    tag = "retention", params(PlanQuery), responses((status = OK, body = RetentionPlan)))]
pub(crate) async fn plan(
    State(app): State<App>,
    identity: Identity,
    Query(query): Query<PlanQuery>,
) -> Result<Json<RetentionPlan>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let act = move || app::retention::plan_day(&app, &caller, query.at);
    Ok(Json(blocking(act).await?.into()))
}

/// Keep a document whatever a policy says.
#[utoipa::path(put, path = "/v1/documents/{id}/hold", operation_id = "hold_document",
    tag = "retention", params(("id" = Uuid, Path)), request_body = HoldRequest,
    responses((status = NO_CONTENT)))]
pub(crate) async fn hold(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
    extract::Json(request): extract::Json<HoldRequest>,
) -> Result<StatusCode, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let act = move || app::retention::hold(&app, &caller, DocumentId(id), &request.reason);
    blocking(act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End the hold of a document.
#[utoipa::path(delete, path = "/v1/documents/{id}/hold", operation_id = "release_document",
    tag = "retention", params(("id" = Uuid, Path)), responses((status = NO_CONTENT)))]
pub(crate) async fn release(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    blocking(move || app::retention::release(&app, &caller, DocumentId(id))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Everything that is kept of a document, for the person it tells of, as a zip file.
#[utoipa::path(get, path = "/v1/documents/{id}/package", operation_id = "get_subject_package",
    tag = "retention", params(("id" = Uuid, Path)),
    responses((status = OK, body = inline(Binary), content_type = "application/zip")))]
pub(crate) async fn package(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<impl IntoResponse, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let act = move || packed(&app, &caller, &[DocumentId(id)]);
    Ok((PACKAGE, blocking(act).await?))
}

/// Everything that is kept of a person, wherever it is kept, as a zip file.
#[utoipa::path(get, path = "/v1/persons/{id}/package", operation_id = "get_person_package",
    tag = "retention", params(("id" = Uuid, Path)),
    responses((status = OK, body = inline(Binary), content_type = "application/zip")))]
pub(crate) async fn person_package(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<impl IntoResponse, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let act = move || {
        let documents = app::subject::documents_of(&app, &caller, PersonId(id))?;
        packed(&app, &caller, &documents)
    };
    Ok((PACKAGE, blocking(act).await?))
}

/// The package of documents, in memory: nothing that tells of a person may lie open in a temporary file.
fn packed(app: &App, caller: &Caller, documents: &[DocumentId]) -> Result<Vec<u8>, app::Error> {
    let mut bytes = Cursor::new(Vec::new());
    app::subject::export(app, caller, documents, &mut bytes)?;
    Ok(bytes.into_inner())
}

/// Which certificates to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ErasureQuery {
    /// Only those of this document.
    document: Option<Uuid>,
    /// The id of the last certificate of the page before.
    before: Option<String>,
    /// How many at most, 1 to 200; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// List the certificates of what was erased, newest first.
#[utoipa::path(get, path = "/v1/erasures", operation_id = "list_erasures", tag = "retention",
    params(ErasureQuery), responses((status = OK, body = ErasureList)))]
pub(crate) async fn erasures(
    State(app): State<App>,
    identity: Identity,
    Query(query): Query<ErasureQuery>,
) -> Result<Json<ErasureList>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let limit = query.limit.unwrap_or(USUAL_LIMIT);
    let act = move || {
        let (document, before) = (query.document.map(DocumentId), query.before.as_deref());
        app::erasure::certificates(&app, &caller, document, before, limit)
    };
    Ok(Json(blocking(act).await?.into()))
}

/// The certificate of an erasure, with its seal and as a page to read.
#[utoipa::path(get, path = "/v1/erasures/{id}", operation_id = "get_erasure", tag = "retention",
    params(("id" = String, Path)), responses((status = OK, body = ErasureCertificate)))]
pub(crate) async fn erasure(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<String>,
) -> Result<Json<ErasureCertificate>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let sealed = blocking(move || app::erasure::certificate(&app, &caller, &id)).await?;
    Ok(Json(sealed.into()))
}
