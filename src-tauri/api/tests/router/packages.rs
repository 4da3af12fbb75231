//! Everything that is kept of a document or a person, in one file, for admins.

use axum::http::StatusCode;

use crate::house::{House, Somebody};

#[tokio::test(flavor = "multi_thread")]
async fn a_package_is_a_file_for_admins_alone() {
    let house = House::build().await;
    let id = house.picture(7).await;
    // A person is made by what documents say, and this one says nothing.
    let person = "/v1/persons/0195b2a0-0000-7000-8000-000000000000/package";
    let document = format!("/v1/documents/{id}/package");
    let stranger = Somebody::stranger(&house.router);
    for path in [person, &document] {
        assert_eq!(stranger.get(path).await.problem(), "not_signed_in");
        let refused = house.clerk.get(path).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(house.admin.get(person).await.problem(), "person_not_found");
    let package = house.admin.get(&document).await;
    assert_eq!(package.status, StatusCode::OK);
    assert_eq!(package.header("content-type"), "application/zip");
    // The signature of the first entry (PKWARE APPNOTE, 4.3.7).
    assert!(package.bytes.starts_with(b"PK\x03\x04"));
}
