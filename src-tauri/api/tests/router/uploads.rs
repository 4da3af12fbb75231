//! Files coming in.

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use futures::stream;
use serde_json::{Value, json};

use crate::house::{Answer, House, LARGEST_FILE, picture};

fn outcomes(answer: &Answer) -> Vec<(String, String)> {
    let answer = answer.json();
    let entries = answer["submissions"].as_array().unwrap();
    let entry = |entry: &Value| {
        let word = entry["problem"]["code"]
            .as_str()
            .or(entry["outcome"].as_str());
        let name = entry["name"].as_str();
        (name.unwrap().to_owned(), word.unwrap().to_owned())
    };
    entries.iter().map(entry).collect()
}

fn named(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let entry = |(name, word): &(&str, &str)| ((*name).to_owned(), (*word).to_owned());
    expected.iter().map(entry).collect()
}

#[tokio::test]
async fn a_bare_file_has_the_last_part_of_its_name() {
    let house = House::build().await;
    for (shade, (sent, name)) in [
        (
            "carte%20d%E2%80%99identit%C3%A9.png",
            "carte d’identité.png",
        ),
        ("C:%5CUsers%5Canna%5Cpass.png", "pass.png"),
        ("../../etc/passwd", "passwd"),
        ("%20", "upload"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = house.clerk.upload(sent, picture(shade as u8)).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text());
        assert_eq!(outcomes(&answer), named(&[(name, "submitted")]));
        assert_eq!(
            answer.json()["submissions"][0]["document"]["status"],
            "queued"
        );
    }
    let answer = house.clerk.upload("%FF%FE.png", picture(99)).await;
    assert_eq!(answer.problem(), "file_name_invalid");
    let again = house.clerk.upload("again.png", picture(0)).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(outcomes(&again), named(&[("again.png", "already_here")]));
}

#[tokio::test]
async fn a_bare_file_that_is_refused_is_a_problem() {
    let house = House::build().await;
    let large = vec![0_u8; LARGEST_FILE as usize + 1];
    for (content_type, body, status, code) in [
        ("", Vec::new(), 422, "file_empty"),
        (
            "image/jpeg",
            b"\x00\x01 no picture".to_vec(),
            415,
            "file_unsupported",
        ),
        ("application/octet-stream", large, 413, "file_too_large"),
        (
            "application/json",
            b"{}".to_vec(),
            415,
            "content_type_unsupported",
        ),
        (
            "text/plain",
            b"hello".to_vec(),
            415,
            "content_type_unsupported",
        ),
    ] {
        let clerk = house.clerk.with("content-type", content_type);
        let answer = clerk.upload("x", body).await;
        assert_eq!(answer.status, status, "{content_type} {}", answer.text());
        assert_eq!(answer.problem(), code);
    }
    let listed = house.clerk.get("/v1/documents").await.json();
    assert_eq!(listed["documents"], json!([]));
}

#[tokio::test]
async fn a_file_that_breaks_off_is_not_stored() {
    let house = House::build().await;
    let half = picture(3);
    let half = Bytes::copy_from_slice(&half[..half.len() / 2]);
    let broken = || {
        let gone = std::io::Error::other("the sender went away");
        Body::from_stream(stream::iter([Ok(half.clone()), Err(gone)]))
    };
    let answer = house.clerk.upload("half.png", broken()).await;
    assert_eq!(answer.problem(), "upload_interrupted");
    let form = house
        .clerk
        .with("content-type", "multipart/form-data; boundary=edge");
    let answer = form.send("POST", "/v1/documents", broken()).await;
    assert_eq!(answer.problem(), "form_invalid");
    let listed = house.clerk.get("/v1/documents").await.json();
    assert_eq!(listed["documents"], json!([]));
}

#[tokio::test]
async fn a_bad_file_of_a_form_leaves_the_others_alone() {
    let house = House::build().await;
    let large = vec![0_u8; LARGEST_FILE as usize + 1];
    let (first, second) = (picture(1), picture(2));
    let answer = house
        .clerk
        .form(&[
            ("comment", "", b"not a file"),
            ("file", "first.png", &first),
            ("file", "large.png", &large),
            ("file", "text.png", b"text"),
            ("file", "folder/second.png", &second),
            ("file", "first again.png", &first),
            ("file", "", b""),
        ])
        .await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    let expected = named(&[
        ("first.png", "submitted"),
        ("large.png", "file_too_large"),
        ("text.png", "file_unsupported"),
        ("second.png", "submitted"),
        ("first again.png", "already_here"),
        ("upload", "file_empty"),
    ]);
    assert_eq!(outcomes(&answer), expected);
    let known = house.clerk.form(&[("file", "first.png", &first)]).await;
    assert_eq!(known.status, StatusCode::OK, "nothing is new");
}

#[tokio::test]
async fn a_form_that_breaks_off_keeps_what_came_before() {
    let house = House::build().await;
    let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"file\"; \
        filename=\"whole.png\"\r\n\r\n"
        .to_vec();
    body.extend_from_slice(&picture(5));
    body.extend_from_slice(b"\r\n--edge\r\nContent-Dispo");
    let clerk = house
        .clerk
        .with("content-type", "multipart/form-data; boundary=edge");
    let answer = clerk.send("POST", "/v1/documents", body).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    let told: Vec<String> = outcomes(&answer)
        .into_iter()
        .map(|(_, word)| word)
        .collect();
    assert_eq!(told, ["submitted", "upload_interrupted"]);
    for (content_type, body, status, code) in [
        ("multipart/form-data", "", 400, "form_invalid"),
        (
            "multipart/form-data; boundary=edge",
            "--other",
            400,
            "form_invalid",
        ),
        (
            "multipart/form-data; boundary=edge",
            "--edge--\r\n",
            422,
            "file_missing",
        ),
    ] {
        let clerk = house.clerk.with("content-type", content_type);
        let answer = clerk.send("POST", "/v1/documents", body).await;
        assert_eq!(answer.status, status, "{content_type} {}", answer.text());
        assert_eq!(answer.problem(), code);
    }
}

#[tokio::test]
async fn a_list_is_walked_by_its_cursor() {
    let house = House::build().await;
    let mut submitted = Vec::new();
    for shade in 0..7 {
        submitted.push(house.picture(shade).await);
    }
    submitted.reverse();
    let (mut walked, mut sizes, mut cursor) = (Vec::new(), Vec::new(), String::new());
    loop {
        let path = format!("/v1/documents?status=queued,failed&limit=3{cursor}");
        let page = house.clerk.get(&path).await.json();
        let documents = page["documents"].as_array().unwrap().clone();
        sizes.push(documents.len());
        walked.extend(
            documents
                .iter()
                .map(|document| document["id"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(sizes, [3, 3, 1]);
    assert_eq!(walked, submitted, "newest first, each once");
    let none = house
        .clerk
        .get("/v1/documents?status=reviewed")
        .await
        .json();
    assert_eq!(none, json!({"documents": [], "next_cursor": null}));
    let all = house.clerk.get("/v1/documents?status=").await.json();
    assert_eq!(all["documents"].as_array().unwrap().len(), 7);
}
