//! Addresses that work without signing in, and only as they were made.

use axum::http::StatusCode;
use serde_json::json;

use crate::house::{House, Somebody, picture};

#[tokio::test(flavor = "multi_thread")]
async fn an_address_works_for_whoever_has_it() {
    let house = House::build().await;
    let id = house.picture(7).await;
    let path = format!("/v1/documents/{id}/links");
    let nobody = Somebody::stranger(&house.router);
    let wanted = json!({ "target": "original", "seconds": 60 });
    let refused = nobody.post(&path, wanted.clone()).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);

    let made = house.clerk.post(&path, wanted).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let url = made.json()["url"].as_str().unwrap().to_owned();
    let fetched = nobody.get(&url).await;
    assert_eq!(fetched.status, StatusCode::OK);
    assert_eq!(fetched.bytes, picture(7));
    assert_eq!(fetched.headers["content-type"], "image/png");
    assert_eq!(fetched.headers["cache-control"], "private, no-store");

    for altered in [
        url.replace("original", "thumbnail"),
        url.replace("exp=", "exp=1"),
        url.replace("sig=", "sig=0"),
    ] {
        let refused = nobody.get(&altered).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{altered}");
        assert_eq!(refused.json()["code"], "link_invalid");
    }
    let (bare, _) = url.split_once('?').unwrap();
    assert_eq!(nobody.get(bare).await.status, StatusCode::BAD_REQUEST);
}
