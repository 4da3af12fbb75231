//! The databases, for whoever looks after them.

use app::App;
use axum::Json;
use axum::extract::State;
use model::Role;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::blocking::blocking;
use crate::extract::{self, Path, Query};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{
    BackupList, DatabaseAnswer, DatabaseConfigured, DatabaseHealth, DatabaseHealthList,
    DatabaseList, DatabaseName, DatabaseQuestion, DatabaseStatistics, DatabaseStatisticsList,
    UsageFigure, UsageList,
};

/// How many rows an answer has when nobody says.
const USUAL_LIMIT: u32 = 100;

/// Of how many days figures are shown when nobody says, and at most: ten years.
const USUAL_DAYS: u32 = 30;
const MOST_DAYS: u32 = 3660;

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

/// Of how many days figures are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct UsageQuery {
    /// Today and the days before it, 1 to 3660 in all; 30 when left out.
    #[param(minimum = 1, maximum = 3660)]
    days: Option<u32>,
}

/// Figures about use by day: documents, readings, corrections, waiting.
#[utoipa::path(get, path = "/v1/databases/usage", operation_id = "get_usage", tag = "databases",
    params(UsageQuery), responses((status = OK, body = UsageList)))]
pub(crate) async fn usage(
    State(app): State<App>,
    identity: Identity,
    Query(query): Query<UsageQuery>,
) -> Result<Json<UsageList>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let days = query.days.unwrap_or(USUAL_DAYS).clamp(1, MOST_DAYS);
    let figures = blocking(move || app::usage::latest(&app, &caller, days)).await?;
    let figures = figures.into_iter().map(UsageFigure::from).collect();
    Ok(Json(UsageList { figures }))
}

/// The backups that a job makes, and where.
#[utoipa::path(get, path = "/v1/databases/backups", operation_id = "list_backups",
    tag = "databases", responses((status = OK, body = BackupList)))]
pub(crate) async fn backups(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<BackupList>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    Ok(Json(
        blocking(move || app::databases::backups(&app, &caller))
            .await?
            .into(),
    ))
}
