//! Whatever is wrong with a request, the answer is a problem document.

use std::cell::RefCell;
use std::io::Write;

use axum::body::Body;
use serde_json::json;

use crate::house::{House, Somebody};

#[tokio::test]
async fn every_mistake_has_its_problem() {
    let house = House::build().await;
    let nobody = "/v1/documents/0195b2a0-0000-7000-8000-000000000000";
    let corrections = format!("{nobody}/corrections");
    let long = format!("{{\"field\": \"{}\"}}", "x".repeat(100_000));
    let json = "application/json";
    let (get, post) = ("GET", "POST");
    for (method, path, content_type, body, status, code) in [
        (get, "/v1/nothing", json, "", 404, "path_unknown"),
        (get, "/nothing/at/all", json, "", 404, "path_unknown"),
        ("PUT", "/v1/documents", json, "", 405, "method_not_allowed"),
        ("PATCH", nobody, json, "", 405, "method_not_allowed"),
        (post, "/app/", json, "", 405, "method_not_allowed"),
        (get, nobody, json, "", 404, "document_not_found"),
        (get, "/v1/documents/17", json, "", 400, "address_invalid"),
        (get, "/v1/documents/%FF", json, "", 400, "address_invalid"),
        (
            get,
            &format!("{nobody}/pages/-1/image"),
            json,
            "",
            400,
            "address_invalid",
        ),
        (
            get,
            &format!("{nobody}/pages/0/image?max_side=wide"),
            json,
            "",
            400,
            "query_invalid",
        ),
        (
            get,
            "/v1/documents?status=lost",
            json,
            "",
            400,
            "query_invalid",
        ),
        (
            get,
            "/v1/documents?limit=-1",
            json,
            "",
            400,
            "query_invalid",
        ),
        (
            get,
            "/v1/documents?cursor=made-up",
            json,
            "",
            422,
            "cursor_invalid",
        ),
        (post, &corrections, json, "{", 400, "json_invalid"),
        (post, &corrections, json, "{}", 422, "json_unexpected"),
        (
            post,
            &corrections,
            json,
            "{\"field\":\"surname\",\"kind\":\"guessed\"}",
            422,
            "json_unexpected",
        ),
        (
            post,
            &corrections,
            json,
            "{\"field\":\"surname\",\"kind\":\"cleared\",\"by\":\"x\"}",
            422,
            "json_unexpected",
        ),
        (
            post,
            &corrections,
            "text/plain",
            "{}",
            415,
            "content_type_unsupported",
        ),
        (
            post,
            &corrections,
            "",
            "{}",
            415,
            "content_type_unsupported",
        ),
        (post, &corrections, json, &long, 413, "body_too_large"),
        (post, "/v1/session", json, "[]", 422, "json_unexpected"),
        (post, "/v1/session", json, "\u{0}", 400, "json_invalid"),
    ] {
        let admin = house.admin.with("content-type", content_type);
        let answer = admin.send(method, path, body.to_owned()).await;
        assert_eq!(answer.status, status, "{method} {path} {}", answer.text());
        assert_eq!(answer.problem(), code, "{method} {path}");
        if status == 405 {
            assert!(!answer.header("allow").is_empty(), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn every_answer_has_an_id_of_its_own_and_guarding_headers() {
    let house = House::build().await;
    let stranger = Somebody::stranger(&house.router).with("x-request-id", "chosen-by-the-client");
    let mut ids = Vec::new();
    for path in [
        "/",
        "/app/",
        "/openapi.json",
        "/docs/",
        "/v1/health",
        "/v1/documents",
        "/none",
    ] {
        let answer = stranger.get(path).await;
        ids.push(answer.header("x-request-id").to_owned());
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(policy.contains("default-src 'none'"), "{path}");
    }
    assert!(ids.iter().all(|id| id.len() == 36), "{ids:?}");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 7);
}

thread_local! {
    /// What this thread logged.
    static LOGGED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Writes into [`LOGGED`].
struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOGGED.with_borrow_mut(|logged| logged.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_names_no_person_and_no_secret() {
    // For the whole process: with a subscriber of this thread only, a place that another test's thread
    // reaches first would be noted as one that nobody listens to, here too.
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(|| Log)
        .init();
    let house = House::build().await;
    let admin = &house.admin;
    admin
        .upload("ERIKSSON%20passport.png", crate::house::picture(7))
        .await;
    admin.upload("ERIKSSON.txt", "ERIKSSON<<ANNA").await;
    admin.form(&[("file", "ERIKSSON.jpg", b"ERIKSSON")]).await;
    admin.get("/v1/documents/ERIKSSON").await;
    admin
        .get("/v1/documents?cursor=ERIKSSON&status=ERIKSSON")
        .await;
    admin
        .post(
            "/v1/session",
            json!({"name": "ERIKSSON", "password": "ERIKSSON-1974"}),
        )
        .await;
    admin
        .send("POST", "/v1/users", Body::from("ERIKSSON"))
        .await;
    let id = house.picture(8).await;
    let correction = json!({"field": "surname", "kind": "ERIKSSON", "value": "ERIKSSON"});
    admin
        .post(&format!("/v1/documents/{id}/corrections"), correction)
        .await;
    let logged = String::from_utf8(LOGGED.take()).unwrap();
    assert!(
        logged.contains("/v1/documents/{id}/corrections"),
        "{logged}"
    );
    assert!(logged.contains("address_invalid"));
    let secrets = admin.headers.iter().filter(|(name, _)| *name != "host");
    let secrets = secrets.map(|(_, value)| value.trim_start_matches("lectern_session="));
    for unwanted in secrets.chain(["ERIKSSON", "1974", crate::house::PASSWORD]) {
        assert!(!logged.contains(unwanted), "{logged}");
    }
}
