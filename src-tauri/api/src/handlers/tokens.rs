//! Bearer tokens for scripts.

use app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::{Role, TokenId};
use uuid::Uuid;

use crate::blocking::blocking;
use crate::extract::{self, Path};
use crate::identity::{Demand, Identity};
use crate::problem::Problem;
use crate::wire::{NewToken, Token, TokenList, TokenMade};

/// List one's own tokens; an admin sees everybody's.
#[utoipa::path(get, path = "/v1/tokens", operation_id = "list_tokens", tag = "people",
    responses((status = OK, body = TokenList)))]
pub(crate) async fn list(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<TokenList>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let tokens = blocking(move || app::people::list_tokens(&app, &caller)).await?;
    let tokens = tokens.into_iter().map(Token::from).collect();
    Ok(Json(TokenList { tokens }))
}

/// Make a token that may do what its maker may. Its secret is shown in this answer and never again.
#[utoipa::path(post, path = "/v1/tokens", operation_id = "make_token", tag = "people",
    request_body = NewToken, responses((status = CREATED, body = TokenMade)))]
pub(crate) async fn make(
    State(app): State<App>,
    identity: Identity,
    extract::Json(new): extract::Json<NewToken>,
) -> Result<(StatusCode, Json<TokenMade>), Problem> {
    let caller = Demand::role(Role::Clerk).in_person().check(&identity)?;
    let act = move || app::people::make_token(&app, &caller, &new.name);
    let (token, secret) = blocking(act).await?;
    let made = TokenMade {
        token: token.into(),
        secret: secret.expose().into(),
    };
    Ok((StatusCode::CREATED, Json(made)))
}

/// End a token.
#[utoipa::path(delete, path = "/v1/tokens/{id}", operation_id = "revoke_token", tag = "people",
    params(("id" = Uuid, Path)), responses((status = NO_CONTENT)))]
pub(crate) async fn revoke(
    State(app): State<App>,
    identity: Identity,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    blocking(move || app::people::revoke_token(&app, &caller, TokenId(id))).await?;
    Ok(StatusCode::NO_CONTENT)
}
