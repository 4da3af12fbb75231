//! What documents have to do with each other, and the persons they belong to.

use app::App;
use axum::Json;
use axum::extract::State;
use model::{DocumentId, PersonId, Role};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::blocking::blocking;
use crate::extract::{self, Path, Query};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{
    DocumentBody, DuplicateList, Person, PersonDetail, PersonList, PersonRequest, Question,
    RelationList, VerdictRequest, WholeRequest,
};

/// How many entries a page has when nobody says.
const USUAL_LIMIT: u32 = 50;

/// Everything a document has to do with others: its other side, papers of its holder, possible duplicates.
#[utoipa::path(get, path = "/v1/documents/{id}/relations", operation_id = "list_relations",
    tag = "relations", params(("id" = Uuid, Path)), responses((status = OK, body = RelationList)))]
pub(crate) async fn list(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<Json<RelationList>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let related = blocking(move || app::related::of(&app, &caller, DocumentId(id))).await?;
    Ok(Json(related.into()))
}

/// Say that two documents are one or two: sides of a card, papers of a person, or duplicates.
#[utoipa::path(post, path = "/v1/documents/{id}/relations", operation_id = "judge_documents",
    tag = "relations", params(("id" = Uuid, Path)), request_body = VerdictRequest,
    responses((status = OK, body = RelationList)))]
pub(crate) async fn judge(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
    extract::Json(request): extract::Json<VerdictRequest>,
) -> Result<Json<RelationList>, Problem> {
    let caller = Demand::role(Role::Reviewer).check(&identity)?;
    let (id, other) = (DocumentId(id), DocumentId(request.other));
    let (question, verdict) = (request.question.into(), request.verdict.into());
    let act = move || app::related::say(&app, &caller, id, other, question, verdict);
    Ok(Json(blocking(act).await?.into()))
}

/// Put a document under another person, or under one of its own.
#[utoipa::path(put, path = "/v1/documents/{id}/person", operation_id = "set_person",
    tag = "relations", params(("id" = Uuid, Path)), request_body = PersonRequest,
    responses((status = OK, body = DocumentBody)))]
pub(crate) async fn set_person(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
    extract::Json(request): extract::Json<PersonRequest>,
) -> Result<Json<DocumentBody>, Problem> {
    let caller = Demand::role(Role::Reviewer).check(&identity)?;
    let person = request.person_id.map(PersonId);
    let act = move || app::persons::set(&app, &caller, DocumentId(id), person);
    Ok(Json(blocking(act).await?.into()))
}

/// Say that a picture which was cut apart is one document, or let it be cut again.
///
/// The document may be the picture's or that of one of its parts. The parts of a picture that is one go to the
/// trash. Answers with the picture's document.
#[utoipa::path(post, path = "/v1/documents/{id}/whole", operation_id = "keep_whole",
    tag = "relations", params(("id" = Uuid, Path)), request_body = WholeRequest,
    responses((status = OK, body = DocumentBody)))]
pub(crate) async fn keep_whole(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
    extract::Json(request): extract::Json<WholeRequest>,
) -> Result<Json<DocumentBody>, Problem> {
    let caller = Demand::role(Role::Reviewer).check(&identity)?;
    let act = move || app::parts::keep_whole(&app, &caller, DocumentId(id), request.whole);
    Ok(Json(blocking(act).await?.into()))
}

/// Which possible duplicates to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DuplicateQuery {
    /// `duplicate` for documents, `holder` for persons, `sides` for cards whose other side is unsure;
    /// documents when left out.
    #[param(inline)]
    question: Option<Question>,
    /// How many at most, 1 to 200; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Possible duplicates of which nobody has said anything, each with the reasons.
#[utoipa::path(get, path = "/v1/duplicates", operation_id = "list_duplicates", tag = "relations",
    params(DuplicateQuery), responses((status = OK, body = DuplicateList)))]
pub(crate) async fn duplicates(
    State(app): State<App>,
    identity: Identity,
    Query(query): Query<DuplicateQuery>,
) -> Result<Json<DuplicateList>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let question = query.question.unwrap_or(Question::Duplicate).into();
    let limit = query.limit.unwrap_or(USUAL_LIMIT);
    let act = move || app::related::possible(&app, &caller, question, limit);
    Ok(Json(blocking(act).await?.into()))
}

/// Which persons to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PersonQuery {
    /// `place` of the last person of the page before.
    before: Option<i64>,
    /// How many at most, 1 to 200; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Persons, those first whose newest document is the newest.
#[utoipa::path(get, path = "/v1/persons", operation_id = "list_persons", tag = "relations",
    params(PersonQuery), responses((status = OK, body = PersonList)))]
pub(crate) async fn persons(
    State(app): State<App>,
    identity: Identity,
    Query(query): Query<PersonQuery>,
) -> Result<Json<PersonList>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let limit = query.limit.unwrap_or(USUAL_LIMIT);
    let act = move || app::persons::list(&app, &caller, query.before, limit);
    let persons = blocking(act).await?.into_iter();
    Ok(Json(PersonList {
        persons: persons.map(Person::from).collect(),
    }))
}

/// The documents of a person, newest first.
#[utoipa::path(get, path = "/v1/persons/{id}", operation_id = "get_person", tag = "relations",
    params(("id" = Uuid, Path)), responses((status = OK, body = PersonDetail)))]
pub(crate) async fn person(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<Json<PersonDetail>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let found = blocking(move || app::persons::get(&app, &caller, PersonId(id))).await?;
    let documents = found.into_iter().map(DocumentBody::from).collect();
    Ok(Json(PersonDetail { id, documents }))
}
