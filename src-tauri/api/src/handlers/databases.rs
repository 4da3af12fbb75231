//! The databases, for whoever looks after them.

use app::App;
use axum::Json;
use axum::extract::State;
use model::Role;

use crate::blocking::blocking;
use crate::extract::{self, Path};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{
    DatabaseAnswer, DatabaseConfigured, DatabaseHealth, DatabaseHealthList, DatabaseList,
    DatabaseName, DatabaseQuestion, DatabaseStatistics, DatabaseStatisticsList,
};

/// How many rows an answer has when nobody says.
const USUAL_LIMIT: u32 = 100;

/// Say where the four databases are.
#[utoipa::path(get, path = "/v1/databases", operation_id = "list_databases", tag = "databases",
    responses((status = OK, body = DatabaseList)))]
pub(crate) async fn list(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<DatabaseList>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let databases = blocking(move || app::databases::configured(&app, &caller)).await?;
    let databases = databases.into_iter().map(DatabaseConfigured::from);
    Ok(Json(DatabaseList {
        databases: databases.collect(),
    }))
}

/// Ask every database whether it answers.
#[utoipa::path(get, path = "/v1/databases/health", operation_id = "get_databases_health",
    tag = "databases", responses((status = OK, body = DatabaseHealthList)))]
pub(crate) async fn health(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<DatabaseHealthList>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let databases = blocking(move || app::databases::health(&app, &caller)).await?;
    let databases = databases.into_iter().map(DatabaseHealth::from);
    Ok(Json(DatabaseHealthList {
        databases: databases.collect(),
    }))
}

/// Measure every database: its size and the rows of its tables.
#[utoipa::path(get, path = "/v1/databases/statistics", operation_id = "get_databases_statistics",
    tag = "databases", responses((status = OK, body = DatabaseStatisticsList)))]
pub(crate) async fn statistics(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<DatabaseStatisticsList>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let measured = blocking(move || app::databases::statistics(&app, &caller)).await?;
    let databases = measured
        .into_iter()
        .map(|(database, overview)| DatabaseStatistics::new(database, overview));
    Ok(Json(DatabaseStatisticsList {
        databases: databases.collect(),
    }))
}

/// Ask a database in SQL, without changing anything.
#[utoipa::path(post, path = "/v1/databases/{database}/query", operation_id = "query_database",
    tag = "databases", params(("database" = DatabaseName, Path)),
    request_body = DatabaseQuestion, responses((status = OK, body = DatabaseAnswer)))]
pub(crate) async fn query(
    State(app): State<App>,
    identity: Identity,
    Path(database): Path<DatabaseName>,
    extract::Json(question): extract::Json<DatabaseQuestion>,
) -> Result<Json<DatabaseAnswer>, Problem> {
    let caller = Demand::role(Role::Admin).in_person().check(&identity)?;
    let limit = question.limit.unwrap_or(USUAL_LIMIT);
    let sql = question.sql;
    let ask = move || app::databases::ask(&app, &caller, database.into(), sql.expose(), limit);
    let rows = blocking(ask).await?;
    Ok(Json(DatabaseAnswer { rows }))
}
