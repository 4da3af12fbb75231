//! Jobs, as whoever looks after them sees them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::{House, on_both_engines};

on_both_engines![a_job_is_seen_called_off_and_done_anew];

async fn a_job_is_seen_called_off_and_done_anew(house: House) {
    let documents = [house.picture(1).await, house.picture(2).await];
    let listed = house.admin.get("/v1/jobs?queue=ocr").await.json();
    let jobs = listed["jobs"].as_array().unwrap();
    assert_eq!(jobs.len(), 2);
    let (second, first) = (&jobs[0], &jobs[1]);
    assert_eq!(first["document_id"], documents[0]);
    assert_eq!(first["state"], "waiting");
    let sentence = first["sentence"].as_str().unwrap();
    assert!(sentence.starts_with("No worker"), "{sentence}");
    let before = format!("/v1/jobs?limit=1&before={}", second["sequence"]);
    let page = house.admin.get(&before).await.json();
    assert_eq!(page["jobs"][0]["id"], first["id"]);
    for (query, count) in [
        ("state=failed", 0),
        ("state=waiting", 2),
        ("queue=media", 0),
    ] {
        let listed = house.admin.get(&format!("/v1/jobs?{query}")).await.json();
        assert_eq!(listed["jobs"].as_array().unwrap().len(), count, "{query}");
    }

    let path = format!("/v1/jobs/{}", first["id"].as_str().unwrap());
    let cancelled = house.admin.post(&format!("{path}/cancel"), json!({})).await;
    assert_eq!(cancelled.status, StatusCode::OK, "{}", cancelled.text());
    assert_eq!(cancelled.json()["state"], "cancelled");
    assert_eq!(cancelled.json()["sentence"], "Was cancelled");
    let again = house.admin.post(&format!("{path}/cancel"), json!({})).await;
    assert_eq!(again.problem(), "cannot_cancel_job");
    let document = format!("/v1/documents/{}", documents[0]);
    let status = |detail: Value| detail["document"]["status"].clone();
    assert_eq!(status(house.clerk.get(&document).await.json()), "cancelled");
    let retried = house.admin.post(&format!("{path}/retry"), json!({})).await;
    assert_eq!(retried.json()["state"], "waiting");
    assert_eq!(status(house.clerk.get(&document).await.json()), "queued");

    house.work_off().await;
    let done = house.admin.get(&path).await.json();
    assert_eq!(done["state"], "done");
    assert_eq!(done["sentence"], "Is done");
    assert_eq!(done["attempts"], 1);
    assert!(done["claimed_at"].is_string() && done["ended_at"].is_string());
    let refused = house.admin.post(&format!("{path}/retry"), json!({})).await;
    assert_eq!(refused.problem(), "cannot_retry_job");
    let statistics = house.admin.get("/v1/jobs/statistics").await.json();
    let queue = &statistics["queues"][0];
    assert_eq!(queue["queue"], "ocr");
    assert_eq!((&queue["done"], &queue["waiting"]), (&json!(2), &json!(0)));

    let nothing = "/v1/jobs/0195b2a0-0000-7000-8000-000000000000";
    assert_eq!(house.admin.get(nothing).await.problem(), "job_not_found");
    for path in ["/v1/jobs", path.as_str(), "/v1/jobs/statistics"] {
        assert_eq!(house.reviewer.get(path).await.problem(), "not_allowed");
    }
    let log = house.admin.get("/v1/audit?act=job.").await.json();
    let acts: Vec<_> = log["entries"].as_array().unwrap().iter().collect();
    assert_eq!(acts[0]["act"], "job.retried");
    assert_eq!(acts[1]["act"], "job.cancelled");
}
