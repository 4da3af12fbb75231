//! Jobs, for whoever looks after them.

use app::App;
use app::jobs::{Filter, JobState, Queue};
use axum::Json;
use axum::extract::State;
use model::{JobId, Role};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::blocking::blocking;
use crate::extract::{Path, Query};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{JobBody, JobList, JobStatistics};

/// How many jobs a page has when nobody says.
const USUAL_LIMIT: u32 = 50;

/// A queue by its name.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum QueueName {
    /// Reading documents.
    Ocr,
    /// Everything else.
    Media,
}

/// A state by its name.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StateName {
    /// It waits for a worker, or for its time.
    Waiting,
    /// A worker has it.
    Running,
    /// Done.
    Done,
    /// It will not be tried again unless a person asks for it.
    Failed,
    /// Somebody called it off.
    Cancelled,
}

/// Which jobs to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Only of this queue.
    queue: Option<QueueName>,
    /// Only in this state.
    state: Option<StateName>,
    /// Only those made before the one of this sequence.
    before: Option<i64>,
    /// How many at most, 1 to 200; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl From<ListQuery> for Filter {
    fn from(query: ListQuery) -> Self {
        let queue = query.queue.map(|queue| match queue {
            QueueName::Ocr => Queue::Ocr,
            QueueName::Media => Queue::Media,
        });
        let state = query.state.map(|state| match state {
            StateName::Waiting => JobState::Waiting,
            StateName::Running => JobState::Running,
            StateName::Done => JobState::Done,
            StateName::Failed => JobState::Failed,
            StateName::Cancelled => JobState::Cancelled,
        });
        Self {
            queue,
            states: state.into_iter().collect(),
            before: query.before,
            limit: query.limit.unwrap_or(USUAL_LIMIT),
        }
    }
}

/// List jobs, newest first, each with a sentence that says why it stands where it does.
#[utoipa::path(get, path = "/v1/jobs", operation_id = "list_jobs", tag = "jobs",
    params(ListQuery), responses((status = OK, body = JobList)))]
pub(crate) async fn list(
    State(app): State<App>,
    identity: Identity,
    Query(query): Query<ListQuery>,
) -> Result<Json<JobList>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let filter = Filter::from(query);
    let jobs = blocking(move || app::jobs::list(&app, &caller, &filter)).await?;
    let jobs = jobs.into_iter().map(JobBody::from).collect();
    Ok(Json(JobList { jobs }))
}

/// How much waits, runs and failed in each queue, and who works on it.
#[utoipa::path(get, path = "/v1/jobs/statistics", operation_id = "get_job_statistics", tag = "jobs",
    responses((status = OK, body = JobStatistics)))]
pub(crate) async fn statistics(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<JobStatistics>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let statistics = blocking(move || app::jobs::statistics(&app, &caller)).await?;
    Ok(Json(statistics.into()))
}

/// One job.
#[utoipa::path(get, path = "/v1/jobs/{id}", operation_id = "get_job", tag = "jobs",
    params(("id" = Uuid, Path)), responses((status = OK, body = JobBody)))]
pub(crate) async fn get(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<Json<JobBody>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let job = blocking(move || app::jobs::get(&app, &caller, JobId(id))).await?;
    Ok(Json(job.into()))
}

/// Let a waiting job be done at once, and a failed or cancelled one anew.
#[utoipa::path(post, path = "/v1/jobs/{id}/retry", operation_id = "retry_job", tag = "jobs",
    params(("id" = Uuid, Path)), responses((status = OK, body = JobBody)))]
pub(crate) async fn retry(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<Json<JobBody>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let job = blocking(move || app::jobs::retry(&app, &caller, JobId(id))).await?;
    Ok(Json(job.into()))
}

/// Call a job off that waits or runs.
#[utoipa::path(post, path = "/v1/jobs/{id}/cancel", operation_id = "cancel_job", tag = "jobs",
    params(("id" = Uuid, Path)), responses((status = OK, body = JobBody)))]
pub(crate) async fn cancel(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<Json<JobBody>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let job = blocking(move || app::jobs::cancel(&app, &caller, JobId(id))).await?;
    Ok(Json(job.into()))
}
