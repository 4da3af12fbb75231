//! The log of who did what.

use app::App;
use axum::Json;
use axum::extract::State;
use model::{Role, UserId};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::blocking::blocking;
use crate::extract::Query;
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{AuditEntry, AuditPage, AuditVerification, DatabaseName};

/// How many entries a page has when nobody says.
const USUAL_LIMIT: u32 = 100;

/// Which entries to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// The database whose acts are meant, `default` or `archive`; `default` when left out.
    database: Option<DatabaseName>,
    /// Only what was done to the document, user or other thing of this id.
    subject: Option<String>,
    /// Only what this user did.
    user: Option<Uuid>,
    /// Only acts whose name begins so, such as `document.`.
    act: Option<String>,
    /// `next` of the page before.
    before: Option<u64>,
    /// How many at most, 1 to 500; 100 when left out.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
}

/// List the audit log, newest first.
#[utoipa::path(get, path = "/v1/audit", operation_id = "list_audit", tag = "audit",
    params(ListQuery), responses((status = OK, body = AuditPage)))]
pub(crate) async fn list(
    State(app): State<App>,
    identity: Identity,
    Query(query): Query<ListQuery>,
) -> Result<Json<AuditPage>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let filter = app::audit::Filter {
        subject: query.subject,
        user: query.user.map(UserId),
        act: query.act,
        before: query.before,
    };
    let limit = query.limit.unwrap_or(USUAL_LIMIT);
    let database = query.database.unwrap_or(DatabaseName::Default).into();
    let act = move || app::audit::list_in(&app, &caller, database, &filter, limit);
    let page = blocking(act).await?;
    Ok(Json(AuditPage {
        entries: page.entries.into_iter().map(AuditEntry::from).collect(),
        next: page.next,
    }))
}

/// Verify the audit log, from the first entry to the newest.
#[utoipa::path(get, path = "/v1/audit/verification", operation_id = "verify_audit", tag = "audit",
    responses((status = OK, body = AuditVerification)))]
pub(crate) async fn verify(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<AuditVerification>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let found = blocking(move || app::audit::verify(&app, &caller)).await?;
    Ok(Json(found.into()))
}
