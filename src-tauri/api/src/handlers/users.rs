//! User accounts.

use app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::{Role, UserId};
use uuid::Uuid;

use crate::blocking::blocking;
use crate::extract::{self, Path};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{NewUser, User, UserList};

/// List user accounts.
#[utoipa::path(get, path = "/v1/users", operation_id = "list_users", tag = "people",
    responses((status = OK, body = UserList)))]
pub(crate) async fn list(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<UserList>, Problem> {
    let caller = Demand::role(Role::Admin).check(&identity)?;
    let users = blocking(move || app::people::list_users(&app, &caller)).await?;
    let users = users.into_iter().map(User::from).collect();
    Ok(Json(UserList { users }))
}

/// Make a user account.
#[utoipa::path(post, path = "/v1/users", operation_id = "add_user", tag = "people",
    request_body = NewUser, responses((status = CREATED, body = User)))]
pub(crate) async fn add(
    State(app): State<App>,
    identity: Identity,
    extract::Json(new): extract::Json<NewUser>,
) -> Result<(StatusCode, Json<User>), Problem> {
    let caller = Demand::role(Role::Admin).in_person().check(&identity)?;
    let (name, role, password) = (new.name, new.role.into(), new.password);
    let act = move || app::people::add_user(&app, &caller, name.expose(), role, password.expose());
    let user = blocking(act).await?;
    Ok((StatusCode::CREATED, Json(user.into())))
}

/// Remove a user account with its sessions and tokens.
#[utoipa::path(delete, path = "/v1/users/{id}", operation_id = "remove_user", tag = "people",
    params(("id" = Uuid, Path)), responses((status = NO_CONTENT)))]
pub(crate) async fn remove(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    let caller = Demand::role(Role::Admin).in_person().check(&identity)?;
    blocking(move || app::people::remove_user(&app, &caller, UserId(id))).await?;
    Ok(StatusCode::NO_CONTENT)
}
