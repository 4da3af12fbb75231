//! From a sample to a corrected record.

use axum::http::StatusCode;
use model::{ChangeKind, DocumentStatus};
use serde_json::{Value, json};

use crate::house::House;

/// Submits the samples, has them read, and gives the one of this name.
async fn sample(house: &House, name: &str) -> Value {
    let mut changes = house.app.changes();
    let workers = app::jobs::start(&house.app).unwrap();
    let answer = house.clerk.post("/v1/samples", json!({})).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text());
    let answer = answer.json();
    let mut waiting: Vec<Value> = answer["submissions"].as_array().unwrap().clone();
    waiting.retain(|entry| entry["name"] == name);
    let [entry] = waiting.as_slice() else {
        panic!("there is no such sample: {answer}")
    };
    let id = entry["document"]["id"].as_str().unwrap();
    loop {
        let change = changes.recv().await.unwrap();
        let working = [DocumentStatus::Queued, DocumentStatus::Processing];
        if let ChangeKind::Status { status } = change.kind
            && change.document.to_string() == id
            && !working.contains(&status)
        {
            break;
        }
    }
    tokio::task::spawn_blocking(move || workers.stop())
        .await
        .unwrap();
    house.clerk.get(&format!("/v1/documents/{id}")).await.json()
}

#[tokio::test]
async fn a_sample_is_read_looked_at_corrected_and_deleted() {
    let house = House::build().await;
    let detail = sample(&house, "passport-utopia.jpg").await;
    let id = detail["document"]["id"].as_str().unwrap();
    let path = format!("/v1/documents/{id}");
    assert_eq!(detail["document"]["document_type"], "passport");
    assert_eq!(detail["reading"]["mrz_format"], "TD3");
    assert_eq!(detail["corrections"], json!([]));
    let page = &detail["reading"]["pages"][0];
    let (width, height) = (
        page["width"].as_u64().unwrap(),
        page["height"].as_u64().unwrap(),
    );

    // Pictures: of the page, small, and of the field.
    for (picture, media_type, longest) in [
        ("pages/0/image", "image/png", width.max(height)),
        ("pages/0/image?max_side=200", "image/png", 200),
        ("thumbnail", "image/jpeg", 300),
    ] {
        let answer = house.clerk.get(&format!("{path}/{picture}")).await;
        assert_eq!(answer.header("content-type"), media_type, "{picture}");
        assert!(answer.header("cache-control").starts_with("private"));
        let image = image::load_from_memory(&answer.bytes).unwrap();
        assert_eq!(
            u64::from(image.width().max(image.height())),
            longest,
            "{picture}"
        );
    }
    let crop = house
        .clerk
        .get(&format!("{path}/fields/surname/crop"))
        .await;
    let crop = image::load_from_memory(&crop.bytes).unwrap();
    assert!(crop.width() > crop.height(), "a name is a line");
    for (none, code) in [
        ("pages/7/image", "page_not_found"),
        ("fields/shoe_size/crop", "field_without_evidence"),
    ] {
        assert_eq!(
            house.clerk.get(&format!("{path}/{none}")).await.problem(),
            code
        );
    }

    // Where places differ, each of them with its picture, and every rule in three languages.
    assert_eq!(detail["reading"]["definition"], "passport@1");
    let disagreements = detail["reading"]["disagreements"].as_array().unwrap();
    assert!(
        !disagreements.is_empty(),
        "zone and print spell names differently"
    );
    for disagreement in disagreements {
        assert!(disagreement["sources"].as_array().unwrap().len() >= 2);
        let sentence = &disagreement["sentence"];
        assert_eq!(sentence["en"], disagreement["reason"]);
        assert_ne!(sentence["fr"], sentence["en"]);
        assert_ne!(sentence["ar"], sentence["en"]);
        for source in disagreement["sources"].as_array().unwrap() {
            let crop = house.clerk.get(source["crop"].as_str().unwrap()).await;
            assert_eq!(crop.header("content-type"), "image/png");
        }
    }
    let checks = detail["reading"]["checks"].as_array().unwrap();
    assert!(!checks.is_empty());
    for check in checks {
        assert_ne!(check["sentence"]["fr"], check["message"], "{check}");
        assert_ne!(check["sentence"]["ar"], check["message"], "{check}");
    }
    let none = format!("{path}/fields/surname/crop?source=9");
    assert_eq!(
        house.clerk.get(&none).await.problem(),
        "field_without_evidence"
    );

    // Corrections: each is kept, the last one holds.
    let read = detail["reading"]["fields"]["surname"]["value"].clone();
    for (correction, value) in [
        (json!({"field": "surname", "kind": "confirmed"}), read),
        (
            json!({"field": "surname", "kind": "edited", "value": "NEUMANN"}),
            json!("NEUMANN"),
        ),
        (json!({"field": "surname", "kind": "cleared"}), json!("")),
        (
            json!({"field": "place_of_birth", "kind": "edited", "value": "ZENITH"}),
            json!("ZENITH"),
        ),
    ] {
        let answer = house
            .reviewer
            .post(&format!("{path}/corrections"), correction.clone())
            .await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let answer = answer.json();
        let field = &answer["record"]["fields"][correction["field"].as_str().unwrap()];
        assert_eq!(field["value"], value, "{correction}");
        assert_eq!(field["state"], "confirmed_by_person");
        assert_eq!(field["corrected"]["kind"], correction["kind"]);
        assert_eq!(
            answer["reading"], detail["reading"],
            "a reading never changes"
        );
    }
    let kept = house.clerk.get(&path).await.json();
    assert_eq!(kept["corrections"].as_array().unwrap().len(), 4);
    for (correction, code) in [
        (
            json!({"field": "surname", "kind": "edited"}),
            "value_invalid",
        ),
        (
            json!({"field": "Surname!", "kind": "cleared"}),
            "field_invalid",
        ),
        (
            json!({"field": "shoe_size", "kind": "confirmed"}),
            "nothing_to_confirm",
        ),
    ] {
        let answer = house
            .reviewer
            .post(&format!("{path}/corrections"), correction)
            .await;
        assert_eq!(answer.problem(), code);
    }

    let retried = house.clerk.post(&format!("{path}/retry"), json!({})).await;
    assert_eq!(retried.problem(), "cannot_retry");
    assert_eq!(
        house.admin.delete(&path).await.status,
        StatusCode::NO_CONTENT
    );
    for gone in ["", "/thumbnail", "/pages/0/image"] {
        let answer = house.clerk.get(&format!("{path}{gone}")).await;
        assert_eq!(answer.problem(), "document_not_found");
    }
    assert_eq!(
        house.admin.delete(&path).await.problem(),
        "document_not_found"
    );
}
