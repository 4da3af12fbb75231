//! What is looked at before anybody asks who is asking: whether a browser was tricked into asking.
//!
//! A page of a stranger can make a browser send requests to this machine (cross-site request
//! forgery), and a stranger's domain name can be pointed at 127.0.0.1 (DNS rebinding) so that his page
//! passes for one of ours. The first is refused by `Origin` and `Sec-Fetch-Site`, the second by `Host`.
//! Both stand in front of the session's CSRF token, which is checked with the session.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::identity::DesktopCaller;
use crate::problem::Problem;

/// Names under which the program may be addressed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// The only names that are answered to; none when every name is.
    only: Option<Vec<String>>,
}

impl Names {
    /// The names that fit the address it listens on: on loopback those of this machine and the given
    /// ones, elsewhere the given ones, or all when none is given.
    pub(crate) fn of(listening: Option<SocketAddr>, given: &[String]) -> Self {
        let Some(address) = listening else {
            return Self::default();
        };
        let mut names: Vec<String> = given.iter().map(|name| name.to_lowercase()).collect();
        if address.ip().is_loopback() {
            names.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
            names.push(address.ip().to_string());
        }
        let only = (!names.is_empty()).then_some(names);
        Self { only }
    }

    fn include(&self, authority: Option<&Authority>) -> bool {
        let Some(only) = &self.only else { return true };
        authority.is_some_and(|authority| {
            let host = authority.host().to_lowercase();
            only.contains(&host)
        })
    }
}

/// Lets a request pass that no stranger's page can have made.
pub(crate) async fn admit(
    State(names): State<Arc<Names>>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    if request.extensions().get::<DesktopCaller>().is_some() {
        // The window asks in this very process: there is no network and no stranger's page.
        return Ok(next.run(request).await);
    }
    let host = addressed(&request);
    if !names.include(host.as_ref()) {
        let detail = "This address is not one that Lectern answers to";
        let status = StatusCode::MISDIRECTED_REQUEST;
        let mut problem = Problem::new(status, "host_unknown", detail);
        let hint = "Behind a proxy, name the public host with `lectern serve --host NAME`";
        problem.hints.push(hint.to_owned());
        return Err(problem);
    }
    if !request.method().is_safe() && !same_origin(request.headers(), host.as_ref()) {
        let detail = "A page of another site asked for this, so it was not done";
        let mut problem = Problem::new(StatusCode::FORBIDDEN, "cross_origin", detail);
        let hint = "A proxy in front must pass the Host header on as it came";
        problem.hints.push(hint.to_owned());
        return Err(problem);
    }
    Ok(next.run(request).await)
}

/// The authority the client believes to speak to.
fn addressed(request: &Request) -> Option<Authority> {
    if let Some(authority) = request.uri().authority() {
        return Some(authority.clone());
    }
    let host = request.headers().get(header::HOST)?;
    host.to_str().ok()?.parse().ok()
}

/// Whether what a browser says about the page that asks names this very origin. Programs that are no
/// browsers say nothing, and pass: they carry no cookies that they do not know of.
fn same_origin(headers: &HeaderMap, host: Option<&Authority>) -> bool {
    let site_is_ours = headers
        .get("sec-fetch-site")
        .is_none_or(|site| site == "same-origin");
    let origin_is_ours = headers.get(header::ORIGIN).is_none_or(|origin| {
        let origin = origin
            .to_str()
            .ok()
            .and_then(|text| text.parse::<Uri>().ok());
        let origin = origin.as_ref().and_then(Uri::authority);
        origin.is_some() && origin == host
    });
    site_is_ours && origin_is_ours
}
