//! Finding documents by words, filters and orders; searches kept under a name; who is to look at what.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::{Answer, House, Somebody, on_both_engines};

on_both_engines![
    everything_known_of_a_document_finds_it,
    searches_are_kept_and_shared,
    a_document_is_given_to_somebody,
];

/// Two documents that the machine read and three that it could not, all with names from people.
struct Shelf {
    passport: String,
    visa: String,
    blank: [String; 3],
}

async fn edit(house: &House, id: &str, field: &str, value: &str) {
    let correction = json!({"field": field, "kind": "edited", "value": value});
    let path = format!("/v1/documents/{id}/corrections");
    let answer = house.reviewer.post(&path, correction).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
}

async fn filled(house: &House) -> Shelf {
    let passport: &[u8] = include_bytes!("../../../app/samples/passport-utopia.jpg");
    let visa: &[u8] = include_bytes!("../../../app/samples/visa-utopia.jpg");
    let mut ids = Vec::new();
    for (name, bytes) in [("one.jpg", passport), ("two.jpg", visa)] {
        let answer = house.clerk.upload(name, bytes).await.json();
        let id = answer["submissions"][0]["document"]["id"].as_str();
        ids.push(id.unwrap().to_owned());
    }
    let blank = [
        house.picture(10).await,
        house.picture(20).await,
        house.picture(30).await,
    ];
    house.work_off().await;
    for (id, surname, given, expiry) in [
        (&ids[0], "Müller-Łęcka", "Désirée", "2031-01-31"),
        (&ids[1], "BJÖRK", "Åsa", "2019-05-05"),
        (&blank[0], "أحمد", "فاطمة", "2020-02-29"),
        (&blank[1], "O’Brien", "Zoë", "2040-12-31"),
        (&blank[2], "Łukasz", "Ñandú", "2015-07-01"),
    ] {
        edit(house, id, "surname", surname).await;
        edit(house, id, "given_names", given).await;
        edit(house, id, "date_of_expiry", expiry).await;
    }
    let visa = ids.pop().unwrap();
    Shelf {
        passport: ids.pop().unwrap(),
        visa,
        blank,
    }
}

async fn ask(somebody: &Somebody, request: Value) -> Answer {
    let answer = somebody.post("/v1/documents/search", request).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer
}

fn ids(answer: &Value) -> Vec<String> {
    let documents = answer["documents"].as_array().unwrap();
    let ids = documents.iter().map(|one| one["id"].as_str().unwrap());
    ids.map(str::to_owned).collect()
}

async fn found(house: &House, search: Value) -> Vec<String> {
    let answer = ask(&house.clerk, json!({"search": search, "limit": 100}))
        .await
        .json();
    let mut ids = ids(&answer);
    assert_eq!(answer["count"], ids.len());
    ids.sort();
    ids
}

async fn everything_known_of_a_document_finds_it(house: House) {
    let shelf = filled(&house).await;
    let Shelf {
        passport,
        visa,
        blank: [ahmad, brien, lukasz],
    } = &shelf;
    // Words: folded, by their beginnings, in any script, of a field or of any.
    for (text, expected) in [
        ("muller", vec![passport]),
        ("MUELLER", vec![passport]),
        ("Müller desiree", vec![passport]),
        ("lecka", vec![passport]),
        ("mul", vec![passport]),
        ("bjork", vec![visa]),
        ("BJOERK", vec![visa]),
        ("asa", vec![visa]),
        ("aasa", vec![visa]),
        ("احمد", vec![ahmad]),
        ("فاطمه", vec![ahmad]),
        ("obrien", vec![brien]),
        ("zoe", vec![brien]),
        ("nandu", vec![lukasz]),
        ("surname:lukasz", vec![lukasz]),
        ("given_names:lukasz", vec![]),
        ("two.jpg", vec![visa]),
        ("muller bjork", vec![]),
    ] {
        let mut expected: Vec<String> = expected.into_iter().cloned().collect();
        expected.sort();
        assert_eq!(
            found(&house, json!({"text": text})).await,
            expected,
            "{text}"
        );
    }
    // What is known of them.
    let all = found(&house, json!({})).await;
    assert_eq!(all.len(), 5);
    let passports = found(&house, json!({"document_type": ["passport"]})).await;
    assert_eq!(passports, std::slice::from_ref(passport));
    let utopian = found(&house, json!({"issuing_country": ["UTO"]})).await;
    assert_eq!(utopian.len(), 2);
    let mut expired = [visa, ahmad, lukasz].map(Clone::clone);
    expired.sort();
    assert_eq!(found(&house, json!({"expired": true})).await, expired);
    for filter in [
        json!({"status": ["needs_review", "reviewed", "extracted"]}),
        json!({"submitted_from": "2020-01-01T00:00:00Z"}),
        json!({"submitted_before": "2199-01-01T00:00:00Z"}),
        json!({"assigned": false}),
    ] {
        assert_eq!(found(&house, filter.clone()).await, all, "{filter}");
    }
    for filter in [
        json!({"status": ["queued"]}),
        json!({"submitted_before": "2020-01-01T00:00:00Z"}),
        json!({"submitted_by": "0195b2a0-0000-7000-8000-000000000000"}),
        json!({"assigned": true}),
        json!({"confidence_below": 0.0}),
    ] {
        assert_eq!(found(&house, filter.clone()).await, [""; 0], "{filter}");
    }
    let low = found(&house, json!({"confidence_below": 1.0})).await;
    assert!(!low.contains(brien), "people settled all there is of it");
    let settled = found(&house, json!({"doubtful": false})).await;
    let doubtful = found(&house, json!({"doubtful": true})).await;
    assert_eq!(settled.len() + doubtful.len(), 5);

    // Every order, page by page, also when something is submitted in between.
    for order in [
        "submitted",
        "changed",
        "title",
        "date_of_birth",
        "date_of_expiry",
        "confidence",
        "status",
        "document_type",
        "issuing_country",
    ] {
        for ascending in [true, false] {
            let search = json!({"order": order, "ascending": ascending});
            let whole = ask(&house.clerk, json!({"search": search, "limit": 100})).await;
            let whole = ids(&whole.json());
            let (mut seen, mut cursor) = (Vec::new(), Value::Null);
            loop {
                let page = json!({"search": search, "limit": 2, "cursor": cursor});
                let page = ask(&house.clerk, page).await.json();
                seen.extend(ids(&page));
                cursor = page["next_cursor"].clone();
                if cursor.is_null() {
                    break;
                }
            }
            assert_eq!(seen, whole, "{order} ascending {ascending}");
        }
    }
    let by_expiry = json!({"order": "date_of_expiry", "ascending": true});
    let first = ask(&house.clerk, json!({"search": by_expiry, "limit": 2}))
        .await
        .json();
    assert_eq!(ids(&first), [lukasz.as_str(), visa.as_str()]);
    let late = house.picture(40).await;
    let next = json!({"search": by_expiry, "limit": 9, "cursor": first["next_cursor"]});
    let next = ask(&house.clerk, next).await.json();
    assert_eq!(
        ids(&next),
        [ahmad.as_str(), passport, brien],
        "{late} has none"
    );
    let bad = json!({"search": {}, "cursor": "made up"});
    let refused = house.clerk.post("/v1/documents/search", bad).await;
    assert_eq!(refused.problem(), "cursor_invalid");
}

async fn searches_are_kept_and_shared(house: House) {
    let kept = async |somebody: &Somebody| {
        let answer = somebody.get("/v1/searches").await.json();
        let kept = answer["searches"].as_array().unwrap().clone();
        let names = kept
            .iter()
            .map(|one| one["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    let search = json!({"text": "müller", "expired": true, "order": "title", "ascending": true,
        "status": ["needs_review"], "submitted_from": "2026-01-01T00:00:00Z"});
    let mine = json!({"name": " Mine ", "search": search});
    let made = house.clerk.post("/v1/searches", mine.clone()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let made = made.json();
    assert_eq!(made["name"], "Mine");
    assert_eq!(made["owner"], "clerk");
    for (name, value) in search.as_object().unwrap() {
        assert_eq!(made["search"][name], *value, "{name}");
    }
    // Sent back as it came, it is the same search.
    let again = json!({"search": made["search"]});
    assert_eq!(ask(&house.clerk, again).await.json()["count"], 0);
    let ours = json!({"name": "Ours", "search": {}, "shared": true});
    let ours = house.reviewer.post("/v1/searches", ours).await.json();
    assert_eq!(kept(&house.clerk).await, ["Mine", "Ours"]);
    assert_eq!(kept(&house.reviewer).await, ["Ours"]);
    house.clerk.post("/v1/searches", mine).await;
    assert_eq!(kept(&house.clerk).await, ["Mine", "Ours"], "one of a name");

    let path = |kept: &Value| format!("/v1/searches/{}", kept["id"].as_str().unwrap());
    let refused = house.clerk.delete(&path(&ours)).await;
    assert_eq!(refused.problem(), "saved_search_not_found");
    let refused = house.admin.delete(&path(&made)).await;
    assert_eq!(refused.problem(), "saved_search_not_found", "not shared");
    let dropped = house.admin.delete(&path(&ours)).await;
    assert_eq!(dropped.status, StatusCode::NO_CONTENT);
    assert_eq!(kept(&house.clerk).await, ["Mine"]);
    let nameless = json!({"name": " ", "search": {}});
    let refused = house.clerk.post("/v1/searches", nameless).await;
    assert_eq!(refused.problem(), "name_invalid");
}

async fn a_document_is_given_to_somebody(house: House) {
    let (mine, other) = (house.picture(1).await, house.picture(2).await);
    let session = house.reviewer.get("/v1/session").await.json();
    let me = &session["user"]["id"];
    let path = format!("/v1/documents/{mine}/assignee");
    let refused = house.clerk.put(&path, json!({"user_id": me})).await;
    assert_eq!(refused.problem(), "not_allowed");
    let given = house.reviewer.put(&path, json!({"user_id": me})).await;
    assert_eq!(given.status, StatusCode::OK, "{}", given.text());
    assert_eq!(given.json()["assigned_to"]["name"], "reviewer");
    assert_eq!(given.json()["assigned_to"]["id"], *me);
    assert_eq!(
        found(&house, json!({"assigned_to": me})).await,
        std::slice::from_ref(&mine)
    );
    assert_eq!(found(&house, json!({"assigned": true})).await, [mine]);
    assert_eq!(found(&house, json!({"assigned": false})).await, [other]);
    let nobody = json!({"user_id": "0195b2a0-0000-7000-8000-000000000000"});
    let refused = house.reviewer.put(&path, nobody).await;
    assert_eq!(refused.problem(), "user_not_found");
    let taken = house.reviewer.put(&path, json!({"user_id": null})).await;
    assert_eq!(taken.json()["assigned_to"], Value::Null);
    let log = house
        .admin
        .get("/v1/audit?act=document.assigned")
        .await
        .json();
    let entries = log["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[1]["details"]["to"], *me);
}
