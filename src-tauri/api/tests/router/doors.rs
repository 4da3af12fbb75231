//! Who gets in, and how far.

use api::{DesktopCaller, RouterOptions};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::house::{House, PASSWORD, Somebody};

const NOBODY: &str = "0195b2a0-0000-7000-8000-000000000000";

/// Every operation of the description: method, path with something in every place, and whether it is
/// open to strangers.
fn operations() -> Vec<(String, String, bool)> {
    let document: Value = serde_json::from_str(&api::openapi_json()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = path.replace("{id}", NOBODY);
        let path = path.replace("{page}", "0").replace("{name}", "surname");
        for (method, operation) in item.as_object().unwrap() {
            let open = operation["security"] == json!([{}]);
            operations.push((method.to_uppercase(), path.clone(), open));
        }
    }
    operations
}

#[tokio::test]
async fn every_operation_but_the_open_ones_demands_somebody() {
    let house = House::build().await;
    let stranger = Somebody::stranger(&house.router);
    let operations = operations();
    assert!(operations.len() > 20, "the description is not read right");
    let open: Vec<_> = operations.iter().filter(|operation| operation.2).collect();
    let open: Vec<_> = open
        .iter()
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    assert_eq!(
        open,
        [
            // Signed addresses open by their signature alone.
            "GET /files/{key}",
            "GET /v1/health",
            "POST /v1/session",
            "POST /v1/session/code"
        ]
    );
    for (method, path, open) in operations {
        if open {
            continue;
        }
        for (who, code) in [
            (stranger.clone(), "not_signed_in"),
            (
                stranger.with("cookie", "lectern_session=guessed"),
                "not_signed_in",
            ),
            (
                stranger.with("authorization", "Basic YTpi"),
                "not_signed_in",
            ),
            (
                stranger.with("authorization", "Bearer guessed"),
                "token_invalid",
            ),
            // Whoever sends a wrong token is not let in by a right cookie beside it.
            (
                house.admin.with("authorization", "Bearer guessed"),
                "token_invalid",
            ),
        ] {
            let answer = who.send(&method, &path, Body::empty()).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path}");
            assert_eq!(answer.problem(), code, "{method} {path}");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }
}

#[tokio::test]
async fn only_an_admin_is_told_where_the_key_lies() {
    let house = House::build().await;
    let told = house.admin.get("/v1/session").await.json();
    assert_eq!(told["notices"][0]["code"], "key_in_file");
    for other in [&house.clerk, &house.reviewer] {
        let told = other.get("/v1/session").await.json();
        assert_eq!(told["notices"].as_array().map(Vec::len), Some(0));
    }
}

#[tokio::test]
async fn writes_of_a_session_need_its_csrf_token() {
    let house = House::build().await;
    let (admin, clerk) = (&house.admin, &house.clerk);
    let of_another = &clerk
        .headers
        .iter()
        .find(|(name, _)| *name == "x-csrf-token")
        .unwrap()
        .1;
    let forged = [
        admin.without("x-csrf-token"),
        admin.with("x-csrf-token", ""),
        admin.with("x-csrf-token", "guessed"),
        admin.with("x-csrf-token", of_another),
    ];
    for (method, path, open) in operations() {
        let reads = method == "GET";
        if open || path == "/v1/events" {
            continue;
        }
        for somebody in &forged {
            let answer = somebody.send(&method, &path, Body::empty()).await;
            if reads {
                assert_ne!(answer.status, StatusCode::FORBIDDEN, "{method} {path}");
            } else {
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path}");
                assert_eq!(answer.problem(), "csrf_token_wrong");
            }
        }
    }
    // A token needs none: no browser sends it by itself.
    let made = admin
        .post("/v1/tokens", json!({"name": "scanner"}))
        .await
        .json();
    let bearer = format!("Bearer {}", made["secret"].as_str().unwrap());
    let script = Somebody::stranger(&house.router).with("authorization", bearer);
    assert_eq!(
        script.post("/v1/samples", json!({})).await.status,
        StatusCode::ACCEPTED
    );
}

#[tokio::test]
async fn each_role_may_what_it_may() {
    let house = House::build().await;
    let document = format!("/v1/documents/{}", house.picture(1).await);
    let correction = json!({"field": "surname", "kind": "edited", "value": "X"});
    let user = json!({"name": "new", "password": PASSWORD, "role": "clerk"});
    let token = json!({"name": "script"});
    let get = |path: &str| ("GET", path.to_owned(), Value::Null);
    // 409 and 404 are answers to somebody who may ask.
    for ((method, path, body), statuses) in [
        (get("/v1/documents"), [200, 200, 200]),
        (get(&document), [200, 200, 200]),
        (get(&format!("{document}/thumbnail")), [200, 200, 200]),
        (get("/v1/tokens"), [200, 200, 200]),
        (("POST", "/v1/tokens".to_owned(), token), [201, 201, 201]),
        (
            ("POST", format!("{document}/corrections"), correction),
            [403, 409, 409],
        ),
        (get("/v1/users"), [403, 403, 200]),
        (("POST", "/v1/users".to_owned(), user), [403, 403, 201]),
        (
            ("DELETE", format!("/v1/users/{NOBODY}"), Value::Null),
            [403, 403, 404],
        ),
        (("DELETE", document.clone(), Value::Null), [403, 403, 204]),
    ] {
        let people = [&house.clerk, &house.reviewer, &house.admin];
        for (somebody, status) in people.into_iter().zip(statuses) {
            let somebody = somebody.with("content-type", "application/json");
            let answer = somebody.send(method, &path, body.to_string()).await;
            assert_eq!(answer.status, status, "{method} {path}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn a_page_of_another_site_cannot_ask_for_writes() {
    let house = House::build().await;
    let ours = "http://127.0.0.1:8480";
    for (origin, site, admitted) in [
        ("", "", true),
        (ours, "", true),
        (ours, "same-origin", true),
        ("", "same-origin", true),
        ("http://evil.example", "", false),
        ("http://evil.example", "cross-site", false),
        ("http://127.0.0.1:9999", "", false),
        ("http://127.0.0.1", "same-site", false),
        ("null", "", false),
        ("not an origin", "", false),
        (ours, "cross-site", false),
        (ours, "none", false),
    ] {
        let mut admin = house.admin.clone();
        for (name, value) in [("origin", origin), ("sec-fetch-site", site)] {
            if !value.is_empty() {
                admin = admin.with(name, value);
            }
        }
        let answer = admin.post("/v1/tokens", json!({"name": "x"})).await;
        if admitted {
            assert_eq!(answer.status, StatusCode::CREATED, "{origin} {site}");
        } else {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin} {site}");
            assert_eq!(answer.problem(), "cross_origin");
        }
        let reading = admin.get("/v1/documents").await;
        assert_eq!(
            reading.status,
            StatusCode::OK,
            "reading leaks nothing to another site"
        );
        assert_eq!(
            reading.header("cross-origin-resource-policy"),
            "same-origin"
        );
        assert_eq!(reading.header("access-control-allow-origin"), "");
    }
}

#[tokio::test]
async fn only_names_of_this_machine_are_answered_to() {
    let house = House::build().await;
    let stopping = house.stopping.clone();
    let open = "0.0.0.0:80".parse().unwrap();
    let open = api::router(
        house.app.clone(),
        RouterOptions::network(open, vec![], stopping.clone()),
    );
    let proxied = "127.0.0.1:80".parse().unwrap();
    let names = vec!["Lectern.example.org".to_owned()];
    let proxied = api::router(
        house.app.clone(),
        RouterOptions::network(proxied, names, stopping),
    );
    for (router, host, admitted) in [
        (&house.router, "127.0.0.1:8480", true),
        (&house.router, "127.0.0.1", true),
        (&house.router, "localhost:5173", true),
        (&house.router, "[::1]:8480", true),
        (&house.router, "evil.example:8480", false),
        (&house.router, "127.0.0.1.evil.example", false),
        (&house.router, "localhost.", false),
        (&house.router, "", false),
        (&proxied, "lectern.example.org", true),
        (&proxied, "evil.example", false),
        (&open, "anything.example", true),
    ] {
        let asked = Somebody::stranger(router).with("host", host);
        let answer = asked.get("/v1/health").await;
        if admitted {
            assert_eq!(answer.status, StatusCode::OK, "{host}: {}", answer.text());
        } else {
            assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
            assert_eq!(answer.problem(), "host_unknown");
        }
    }
}

#[tokio::test]
async fn the_window_comes_in_by_its_mark_and_nobody_else() {
    let house = House::build().await;
    let options = RouterOptions::in_process(house.stopping.clone());
    let router = api::router(house.app.clone(), options);
    let window = Somebody::stranger(&router).with("origin", "app://localhost");
    let mark = DesktopCaller(house.local_caller());
    let ask = async |method: Method, path: &str, body: String| {
        let window = window.with("content-type", "application/json");
        let mut request = window.request(method, path, body);
        request.extensions_mut().insert(mark);
        window.ask(request).await
    };
    let session = ask(Method::GET, "/v1/session", String::new()).await.json();
    assert_eq!(session["door"], "desktop");
    assert_eq!(session["user"]["role"], "admin");
    assert_eq!(session["csrf_token"], "");
    let samples = ask(Method::POST, "/v1/samples", "{}".to_owned()).await;
    assert_eq!(samples.status, StatusCode::ACCEPTED, "{}", samples.text());
    let forged = window
        .with("desktopcaller", "admin")
        .get("/v1/session")
        .await;
    assert_eq!(forged.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_begins_and_ends() {
    let house = House::build().await;
    let stranger = Somebody::stranger(&house.router);
    let credentials = json!({"name": "clerk", "password": PASSWORD});
    for (behind_tls, secure) in [(false, false), (true, true)] {
        let mut asking = stranger.clone();
        if behind_tls {
            asking = asking.with("x-forwarded-proto", "https");
        }
        let answer = asking.post("/v1/session", credentials.clone()).await;
        let cookie = answer.header("set-cookie");
        for attribute in ["HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(attribute), "{attribute}");
        }
        assert_eq!(cookie.contains("Secure"), secure);
        assert_eq!(answer.header("cache-control"), "no-store");
        let secret = cookie.split(['=', ';']).nth(1).unwrap();
        assert!(
            !answer.text().contains(secret),
            "a script on the page must not see it"
        );
    }
    let session = house.clerk.get("/v1/session").await.json();
    assert_eq!(session["user"]["name"], "clerk");
    assert_eq!(session["door"], "network");
    let left = house.clerk.delete("/v1/session").await;
    assert_eq!(left.status, StatusCode::NO_CONTENT);
    assert!(left.header("set-cookie").contains("Max-Age=0"));
    let after = house.clerk.get("/v1/session").await;
    assert_eq!(after.problem(), "not_signed_in");
}

#[tokio::test]
async fn guessing_passwords_is_slowed_down() {
    let house = House::build().await;
    let stranger = Somebody::stranger(&house.router);
    let wrong = json!({"name": "admin", "password": "guessed guessed"});
    let mut codes = Vec::new();
    for _ in 0..20 {
        let answer = stranger.post("/v1/session", wrong.clone()).await;
        codes.push(answer.problem());
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            let seconds: u64 = answer.header("retry-after").parse().unwrap();
            assert!(seconds > 0);
            break;
        }
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(codes.first().unwrap(), "wrong_credentials");
    assert_eq!(codes.last().unwrap(), "too_many_attempts");
    let other = json!({"name": "clerk", "password": PASSWORD});
    let other = stranger.post("/v1/session", other).await;
    assert_eq!(other.status, StatusCode::OK, "others still come in");
}

#[tokio::test]
async fn tokens_are_shown_once_and_end() {
    let house = House::build().await;
    let made = house
        .reviewer
        .post("/v1/tokens", json!({"name": "scanner"}))
        .await;
    assert_eq!(made.status, StatusCode::CREATED);
    let made = made.json();
    let secret = made["secret"].as_str().unwrap();
    let listed = house.reviewer.get("/v1/tokens").await;
    assert!(!listed.text().contains(secret));
    assert_eq!(listed.json()["tokens"][0]["name"], "scanner");
    let bearer = format!("Bearer {secret}");
    let script = Somebody::stranger(&house.router).with("authorization", bearer);
    let session = script.get("/v1/session").await.json();
    assert_eq!(session["user"]["role"], "reviewer");
    assert_eq!(session["csrf_token"], "");
    let minted = script.post("/v1/tokens", json!({"name": "child"})).await;
    assert_eq!(minted.problem(), "token_not_enough");
    let path = format!("/v1/tokens/{}", made["token"]["id"].as_str().unwrap());
    let others = house.clerk.delete(&path).await;
    assert!(others.status.is_client_error(), "a token of somebody else");
    assert_eq!(
        house.reviewer.delete(&path).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(script.get("/v1/session").await.problem(), "token_invalid");
}
