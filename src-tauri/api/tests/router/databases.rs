//! The databases of a store, as their operator sees them over HTTP.

use app::databases::{Address, Database};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::{House, on_both_engines};

on_both_engines![
    an_operator_sees_where_everything_is,
    a_question_reads_and_does_nothing_else,
    figures_tell_how_it_is_used,
];

async fn an_operator_sees_where_everything_is(house: House) {
    house.picture(1).await;
    let listed = house.admin.get("/v1/databases").await.json();
    let databases = listed["databases"].as_array().unwrap();
    let names: Vec<_> = databases.iter().map(|one| &one["database"]).collect();
    assert_eq!(names, ["default", "analytics", "logging", "archive"]);
    assert!(databases[0]["place"].is_string());
    assert!(!listed.to_string().contains("throw-away"), "no password");
    assert_eq!(databases[3]["place"], Value::Null, "stood in for");
    assert_eq!(databases[1]["tables"], json!(["usage"]));
    assert_eq!(databases[2]["tables"], json!(["audit_copies"]));

    let health = house.admin.get("/v1/databases/health").await.json();
    assert_eq!(health["databases"].as_array().unwrap().len(), 1);
    assert_eq!(health["databases"][0]["ok"], true);
    let statistics = house.admin.get("/v1/databases/statistics").await.json();
    let default = &statistics["databases"][0];
    assert!(default["size"].as_u64().unwrap() > 10_000);
    let tables = default["tables"].as_array().unwrap();
    let documents = tables.iter().find(|table| table["name"] == "documents");
    assert_eq!(documents.unwrap()["rows"], 1);

    let none = house.admin.get("/v1/databases/backups").await.json();
    assert_eq!(none, json!({"folder": null, "backups": []}));
    for path in ["", "/health", "/statistics", "/backups", "/usage"] {
        let refused = house.reviewer.get(&format!("/v1/databases{path}")).await;
        assert_eq!(refused.problem(), "not_allowed", "{path}");
    }
}

async fn a_question_reads_and_does_nothing_else(house: House) {
    house.picture(1).await;
    let path = "/v1/databases/default/query";
    let ask = async |sql: &str| house.admin.post(path, json!({"sql": sql})).await;
    let answer = ask("SELECT name, size AS bytes FROM documents ORDER BY number;").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["rows"][0]["name"], "blank.png");
    let counted = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
        SELECT i FROM n";
    assert_eq!(
        ask(counted).await.json()["rows"].as_array().unwrap().len(),
        100
    );
    let limited = json!({"sql": counted, "limit": 3});
    let limited = house.admin.post(path, limited).await.json();
    assert_eq!(limited["rows"], json!([{"i": 1}, {"i": 2}, {"i": 3}]));

    for change in [
        "DELETE FROM documents",
        "DROP TABLE documents",
        "UPDATE documents SET size = 0",
        "INSERT INTO settings (name, value) VALUES ('x', 'y')",
        "WITH gone AS (DELETE FROM documents RETURNING id) SELECT id FROM gone",
        "SELECT 1) AS question; DELETE FROM documents; SELECT (1",
        "SELECT * FROM documents; DELETE FROM documents",
        "PRAGMA user_version = 3",
        "ATTACH 'x' AS other",
        "VACUUM",
        "SELECT no_such_column FROM documents",
        "this is no question",
        "",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_terminate_backend(1)",
        "SELECT query_to_xml('SELECT 1', true, true, '')",
        "SELECT set_config('synchronous_commit', 'off', false)",
        "SELECT lo_import('/etc/passwd')",
    ] {
        let refused = ask(change).await;
        assert_eq!(refused.problem(), "database_question_invalid", "{change}");
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{change}");
    }
    let left = ask("SELECT count(*) AS held FROM documents").await.json();
    assert_eq!(left["rows"], json!([{"held": 1}]));
    // Others still write: nothing holds them up.
    house.picture(2).await;
    let log = house.admin.get("/v1/audit?act=database.asked").await.json();
    let entries = log["entries"].as_array().unwrap();
    assert!(entries.len() > 20, "what was refused was asked, too");
    assert_eq!(entries[0]["subject"], "default");
    assert!(!log.to_string().contains("SELECT"), "only its digest");
    let refused = house.reviewer.post(path, json!({"sql": "SELECT 1"})).await;
    assert_eq!(refused.problem(), "not_allowed");
    let unknown = house
        .admin
        .post("/v1/databases/other/query", json!({"sql": "SELECT 1"}))
        .await;
    assert_eq!(unknown.problem(), "address_invalid");
}

async fn figures_tell_how_it_is_used(house: House) {
    house.picture(1).await;
    let app = house.app.clone();
    let me = house.local_caller();
    let counted = tokio::task::spawn_blocking(move || app::usage::count(&app, &me));
    counted.await.unwrap().unwrap();
    let figures = house.admin.get("/v1/databases/usage?days=2").await.json();
    let figures = figures["figures"].as_array().unwrap();
    let kept: Vec<_> = figures
        .iter()
        .filter(|one| one["measure"] == "kept")
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (&kept[0]["part"], &kept[0]["count"]),
        (&json!("queued"), &json!(1))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_are_listed_and_other_databases_answer() {
    let backups = tempfile::tempdir().unwrap();
    let folder = backups.path().to_owned();
    let house = House::build_with(None, |settings| {
        settings.backup_dir = Some(folder.clone());
        for (database, file) in [
            (Database::Logging, "logging.db"),
            (Database::Archive, "archive.db"),
            (Database::Analytics, "analytics.db"),
        ] {
            settings
                .databases
                .insert(database, Address::File(file.into()));
        }
    })
    .await;
    let (app, me) = (house.app.clone(), house.local_caller());
    let make = move || app::backup::create(&app, &me, &folder).map(drop);
    tokio::task::spawn_blocking(make).await.unwrap().unwrap();
    let listed = house.admin.get("/v1/databases/backups").await.json();
    assert_eq!(listed["folder"], backups.path().display().to_string());
    assert_eq!(listed["backups"].as_array().unwrap().len(), 1);
    assert!(listed["backups"][0]["rows"].as_u64().unwrap() > 3);
    let health = house.admin.get("/v1/databases/health").await.json();
    assert_eq!(health["databases"].as_array().unwrap().len(), 4);
    let question = json!({"sql": "SELECT count(*) AS users FROM users"});
    let there = house
        .admin
        .post("/v1/databases/archive/query", question)
        .await;
    assert_eq!(there.json()["rows"], json!([{"users": 0}]));
    assert!(house.folder.path().join("data/archive.db").is_file());
}
