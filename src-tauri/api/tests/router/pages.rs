//! The files of the page and the description of the interface.

use axum::http::StatusCode;

use crate::house::{House, Somebody};

#[tokio::test]
async fn the_page_is_where_it_should_be() {
    let house = House::build().await;
    let stranger = Somebody::stranger(&house.router);
    for path in ["/", "/app"] {
        let answer = stranger.get(path).await;
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
        assert_eq!(answer.header("location"), "/app/");
    }
    let page = stranger.get("/app/").await;
    let built = page.status == StatusCode::OK;
    if !built {
        assert_eq!(page.problem(), "page_not_built");
    }
    // An address inside the page is the page; a file that is not there is not the page.
    let inside = stranger
        .get("/app/review/0195b2a0-0000-7000-8000-000000000000")
        .await;
    assert_eq!(inside.status, page.status);
    for path in [
        "/app/assets/none.js",
        "/app/none.png",
        "/app/../Cargo.toml",
        "/app/%2e%2e/x.y",
    ] {
        assert_eq!(stranger.get(path).await.problem(), "path_unknown", "{path}");
    }
    if built {
        assert_eq!(inside.bytes, page.bytes);
        assert!(page.header("content-type").starts_with("text/html"));
        let policy = page.header("content-security-policy");
        assert!(policy.contains("script-src 'self'"));
        assert!(policy.contains("connect-src 'self' ipc: http://ipc.localhost"));
        assert_eq!(page.header("cache-control"), "no-cache");
        let tag = page.header("etag");
        let again = stranger.with("if-none-match", tag).get("/app/").await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        let name = page.text().split("/app/assets/").nth(1).unwrap();
        let name = name.split('"').next().unwrap();
        let asset = stranger.get(&format!("/app/assets/{name}")).await;
        assert_eq!(asset.status, StatusCode::OK);
        assert!(asset.header("cache-control").contains("immutable"));
    }
}

#[tokio::test]
async fn the_description_is_served_with_pages_to_read_it() {
    let house = House::build().await;
    let stranger = Somebody::stranger(&house.router);
    let description = stranger.get("/openapi.json").await;
    assert_eq!(description.header("content-type"), "application/json");
    assert_eq!(description.text(), api::openapi_json());
    assert_eq!(stranger.get("/docs").await.header("location"), "/docs/");
    let docs = stranger.get("/docs/").await;
    assert_eq!(docs.status, StatusCode::OK);
    assert!(
        !docs.text().contains("https://"),
        "it must work without a network"
    );
    let start = stranger.get("/docs/swagger-initializer.js").await;
    assert!(start.text().contains("/openapi.json"), "{}", start.text());
}

#[test]
fn the_committed_description_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/openapi.json");
    let committed = std::fs::read_to_string(path).unwrap();
    assert!(
        committed == api::openapi_json(),
        "ui/openapi.json is stale: run `cargo run -p lectern -- openapi > ui/openapi.json`"
    );
}

#[tokio::test]
async fn health_is_told_to_everybody_and_details_to_who_is_signed_in() {
    let house = House::build().await;
    for (somebody, detailed) in [
        (Somebody::stranger(&house.router), false),
        (house.clerk.clone(), true),
    ] {
        let answer = somebody.get("/v1/health").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let health = answer.json();
        assert_eq!(health["status"], "ok");
        let checks = health["checks"].as_array().unwrap();
        let names: Vec<_> = checks
            .iter()
            .map(|check| check["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["database", "blobs", "keys", "workers"]);
        for check in checks {
            assert_eq!(check["ok"], true);
            assert_eq!(check["message"] != "works", detailed, "{check}");
        }
    }
}
