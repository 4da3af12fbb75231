//! Signing in and out.

use app::people::SignedIn;
use app::{App, Secret};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use model::Role;

use crate::blocking::blocking;
use crate::extract;
use crate::identity::{COOKIE, Demand, Identity, Proof, session_secret};
use crate::problem::Problem;
use crate::wire::{Code, Credentials, Door, ProblemNote, Session};

/// Sign in by name and password.
#[utoipa::path(post, path = "/v1/session", operation_id = "sign_in", tag = "session",
    request_body = Credentials, security(()), responses((status = OK, body = Session)))]
pub(crate) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    extract::Json(credentials): extract::Json<Credentials>,
) -> Result<(CookieJar, Json<Session>), Problem> {
    let (name, password) = (credentials.name, credentials.password);
    let behind = app.clone();
    let act = move || app::people::sign_in(&behind, name.expose(), password.expose());
    let signed_in = blocking(act).await?;
    Ok(opened(&app, &headers, signed_in))
}

/// Sign in by a one-time code, which is spent by it.
#[utoipa::path(post, path = "/v1/session/code", operation_id = "sign_in_with_code", tag = "session",
    request_body = Code, security(()), responses((status = OK, body = Session)))]
pub(crate) async fn sign_in_with_code(
    State(app): State<App>,
    headers: HeaderMap,
    extract::Json(code): extract::Json<Code>,
) -> Result<(CookieJar, Json<Session>), Problem> {
    let behind = app.clone();
    let act = move || app::people::sign_in_with_code(&behind, code.code.expose());
    let signed_in = blocking(act).await?;
    Ok(opened(&app, &headers, signed_in))
}

/// Who is signed in.
#[utoipa::path(get, path = "/v1/session", operation_id = "get_session", tag = "session",
    responses((status = OK, body = Session)))]
pub(crate) async fn get(
    State(app): State<App>,
    identity: Identity,
) -> Result<Json<Session>, Problem> {
    let caller = Demand::role(Role::Clerk).check(&identity)?;
    let behind = app.clone();
    let user = blocking(move || app::people::user(&behind, &caller)).await?;
    let (door, csrf) = match identity.proof() {
        Proof::Desktop => (Door::Desktop, ""),
        Proof::Session { csrf } => (Door::Network, csrf.expose()),
        Proof::Token => (Door::Network, ""),
    };
    let mut notices = notices(&app, caller.role);
    if let (Proof::Desktop, Some(code)) = (identity.proof(), app.recovery_code()) {
        notices.push(recovery_code(code));
    }
    Ok(Json(Session {
        notices,
        user: user.into(),
        csrf_token: csrf.into(),
        door,
    }))
}

/// Sign out.
#[utoipa::path(delete, path = "/v1/session", operation_id = "sign_out", tag = "session",
    responses((status = NO_CONTENT)))]
pub(crate) async fn sign_out(
    State(app): State<App>,
    identity: Identity,
    headers: HeaderMap,
) -> Result<(CookieJar, StatusCode), Problem> {
    Demand::role(Role::Clerk).check(&identity)?;
    if let (Proof::Session { .. }, Some(secret)) = (identity.proof(), session_secret(&headers)) {
        blocking(move || app::people::sign_out(&app, &secret)).await?;
    }
    let gone = Cookie::build((COOKIE, "")).path("/").removal();
    Ok((CookieJar::new().add(gone.build()), StatusCode::NO_CONTENT))
}

/// What the program wants its admin to know. It names folders of this machine, so others are not told.
fn notices(app: &App, role: Role) -> Vec<ProblemNote> {
    let told = if role == Role::Admin {
        app.notices()
    } else {
        &[]
    };
    told.iter().cloned().map(ProblemNote::from).collect()
}

/// The recovery code of a store that was just made, for the person at this machine alone.
fn recovery_code(code: &Secret) -> ProblemNote {
    ProblemNote {
        code: "recovery_code".to_owned(),
        message: format!(
            "The recovery code of this store is {}. Write it down and keep it apart from this computer: with a copy of the data it opens the store on any machine. It is shown until Lectern is closed, and never again",
            code.expose()
        ),
    }
}

/// The answer to a sign-in: the session for the page, its secret for the browser alone.
fn opened(app: &App, headers: &HeaderMap, signed_in: SignedIn) -> (CookieJar, Json<Session>) {
    // Only a proxy in front can know that the browser's side is encrypted; on plain loopback a
    // cookie marked secure would not come back.
    let encrypted = headers
        .get("x-forwarded-proto")
        .is_some_and(|protocol| protocol == "https");
    let secret = signed_in.secret.expose().to_owned();
    let cookie = Cookie::build((COOKIE, secret))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(encrypted);
    let session = Session {
        notices: notices(app, signed_in.user.role),
        user: signed_in.user.into(),
        csrf_token: signed_in.csrf.expose().into(),
        door: Door::Network,
    };
    (CookieJar::new().add(cookie), Json(session))
}
