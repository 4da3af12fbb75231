//! Who asks, and whether he may.
//!
//! A handler takes an [`Identity`] and gets the [`Caller`] out of it only by a [`Demand`]; every act
//! of `app` needs a caller, so no handler can forget to demand. `app` checks roles once more.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum_extra::extract::cookie::CookieJar;
use model::{Caller, Role};
use subtle::ConstantTimeEq as _;

use crate::blocking::blocking;
use crate::problem::Problem;
use app::{App, Secret};

/// The cookie of a browser session.
pub(crate) const COOKIE: &str = "lectern_session";

/// The header that must repeat the session's CSRF token on writes.
pub(crate) const CSRF_HEADER: &str = "x-csrf-token";

/// Marks a request as made by the window on this machine.
///
/// It is an extension of the request and no header: only code in this process can put it there, a
/// client on the network cannot.
#[derive(Debug, Clone, Copy)]
pub struct DesktopCaller(pub Caller);

/// How somebody showed who he is.
#[derive(Debug, Clone)]
pub(crate) enum Proof {
    /// He sits at this machine.
    Desktop,
    /// A browser session; its CSRF token is kept for telling it again.
    Session { csrf: Secret },
    /// A bearer token.
    Token,
}

/// Somebody who showed who he is.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    caller: Caller,
    proof: Proof,
}

impl Identity {
    pub(crate) fn proof(&self) -> &Proof {
        &self.proof
    }
}

impl<S> FromRequestParts<S> for Identity
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if let Some(DesktopCaller(caller)) = parts.extensions.get() {
            let proof = Proof::Desktop;
            return Ok(Self {
                caller: *caller,
                proof,
            });
        }
        let app = App::from_ref(state);
        if parts.headers.contains_key(header::AUTHORIZATION) {
            by_token(app, &parts.headers).await
        } else {
            by_session(app, &parts.method, &parts.headers).await
        }
    }
}

async fn by_token(app: App, headers: &HeaderMap) -> Result<Identity, Problem> {
    let secret = bearer(headers).ok_or_else(Problem::sign_in_first)?;
    let caller = blocking(move || app::people::token(&app, &secret)).await?;
    let caller = caller.ok_or_else(|| {
        let detail = "The token is wrong or was revoked";
        Problem::new(StatusCode::UNAUTHORIZED, "token_invalid", detail)
    })?;
    let proof = Proof::Token;
    Ok(Identity { caller, proof })
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    let known = scheme.eq_ignore_ascii_case("bearer");
    known.then(|| secret.trim().to_owned())
}

async fn by_session(app: App, method: &Method, headers: &HeaderMap) -> Result<Identity, Problem> {
    let secret = session_secret(headers).ok_or_else(Problem::sign_in_first)?;
    let session = blocking(move || app::people::session(&app, &secret)).await?;
    let session = session.ok_or_else(Problem::sign_in_first)?;
    if !method.is_safe() {
        let sent = headers
            .get(CSRF_HEADER)
            .map_or(&[][..], |sent| sent.as_bytes());
        let repeated: bool = sent.ct_eq(session.csrf.expose().as_bytes()).into();
        if !repeated {
            let detail = "The header x-csrf-token must repeat the token of the session";
            let code = "csrf_token_wrong";
            return Err(Problem::new(StatusCode::FORBIDDEN, code, detail));
        }
    }
    let proof = Proof::Session { csrf: session.csrf };
    let caller = session.caller;
    Ok(Identity { caller, proof })
}

/// The secret in the session cookie.
pub(crate) fn session_secret(headers: &HeaderMap) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    jar.get(COOKIE).map(|cookie| cookie.value().to_owned())
}

/// What an endpoint demands of whoever asks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Demand {
    role: Role,
    in_person: bool,
}

impl Demand {
    /// This role, or one that may more.
    pub(crate) const fn role(role: Role) -> Self {
        Self {
            role,
            in_person: false,
        }
    }

    /// A person at a browser or at the window: a token may not multiply itself.
    pub(crate) const fn in_person(self) -> Self {
        Self {
            in_person: true,
            ..self
        }
    }

    /// The caller, when he meets the demand.
    pub(crate) fn check(self, identity: &Identity) -> Result<Caller, Problem> {
        if identity.caller.role < self.role {
            return Err(app::Error::NotAllowed { needed: self.role }.into());
        }
        if self.in_person && matches!(identity.proof, Proof::Token) {
            let detail = "This is for a person who signed in, not for a token";
            let code = "token_not_enough";
            return Err(Problem::new(StatusCode::FORBIDDEN, code, detail));
        }
        Ok(identity.caller)
    }
}
