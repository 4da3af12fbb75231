//! Closed records over HTTP, where the archive is the default database and where it is one of its own.

use app::databases::{Address, Database};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::{House, on_both_engines};

on_both_engines![a_record_is_closed_away_found_and_opened_again];

#[tokio::test(flavor = "multi_thread")]
async fn a_record_moves_to_an_archive_of_its_own() {
    let house = House::build_with(None, |settings| {
        let file = Address::File("archive.db".into());
        settings.databases.insert(Database::Archive, file);
    });
    a_record_is_closed_away_found_and_opened_again(house.await).await;
}

async fn a_record_is_closed_away_found_and_opened_again(house: House) {
    let (id, other) = (house.picture(1).await, house.picture(2).await);
    let waiting = json!({"ids": [id]});
    let refused = house.admin.post("/v1/archive", waiting.clone()).await;
    assert_eq!(refused.problem(), "document_not_closed");
    for id in [&id, &other] {
        let path = format!("/v1/documents/{id}/cancel");
        house.clerk.post(&path, json!({})).await;
    }
    let refused = house.reviewer.post("/v1/archive", waiting.clone()).await;
    assert_eq!(refused.problem(), "not_allowed");
    let asked = house.admin.post("/v1/archive", waiting.clone()).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{}", asked.text());
    house.work_off().await;
    let moves = house.admin.get("/v1/archive/moves").await.json();
    assert_eq!(moves, json!({"moves": []}));

    let ids = |answer: Value| {
        let documents = answer["documents"].as_array().unwrap().clone();
        let ids = documents
            .iter()
            .map(|one| one["id"].as_str().unwrap().to_owned());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(
        ids(house.clerk.get("/v1/documents").await.json()),
        std::slice::from_ref(&other)
    );
    let there = house
        .admin
        .post("/v1/archive/search", json!({}))
        .await
        .json();
    assert!(there["documents"][0]["archived_at"].is_string());
    assert_eq!(there["count"], 1);
    assert_eq!(ids(there), std::slice::from_ref(&id));
    let path = format!("/v1/archive/{id}");
    let detail = house.admin.get(&path).await.json();
    assert_eq!(detail["document"]["status"], "cancelled");
    let open = house.admin.get(&format!("/v1/documents/{id}")).await;
    assert_eq!(open.problem(), "document_archived");
    assert_eq!(open.status, StatusCode::CONFLICT);
    let again = house
        .clerk
        .upload("again.png", crate::house::picture(1))
        .await;
    assert_eq!(again.problem(), "document_archived");
    let none = house.admin.get(&format!("/v1/archive/{other}")).await;
    assert_eq!(none.problem(), "document_not_archived");
    assert_eq!(house.reviewer.get(&path).await.problem(), "not_allowed");

    let asked = house
        .admin
        .post("/v1/archive/restore", waiting.clone())
        .await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{}", asked.text());
    house.work_off().await;
    assert_eq!(
        ids(house.clerk.get("/v1/documents").await.json()),
        [other, id.clone()]
    );
    let refused = house
        .admin
        .post("/v1/archive/restore", waiting.clone())
        .await;
    assert_eq!(refused.problem(), "document_not_archived");

    house.admin.post("/v1/archive", waiting).await;
    house.work_off().await;
    assert_eq!(
        house.admin.delete(&path).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        house.admin.get(&path).await.problem(),
        "document_not_archived"
    );
    let verified = house.admin.get("/v1/audit/verification").await.json();
    assert_eq!(verified["ok"], true, "{verified}");
}
