//! What concerns a bucket only: who is let in, what is sent in parts, and servers in trouble.

use std::time::Duration;

use lectern_blobs::{Bucket, Error, Put};
use lectern_tests::object_server::{ACCESS_KEY, Answer, SECRET_KEY};

use crate::place::{Place, bucket, content, key};

#[test]
fn wrong_credentials_and_buckets_are_told_in_a_sentence() {
    let mut place = Place::bucket();
    let right = bucket(place.server());
    let name = place.name(b"one", &key(1));
    let refused = |bucket: &Bucket| {
        let blobs = place.blobs_of(bucket);
        let put = blobs.put(&name, &key(1), b"one").unwrap_err();
        let got = blobs.get(&name, &key(1)).unwrap_err();
        assert_eq!(put.code(), got.code());
        for secret in ["wrong", SECRET_KEY, ACCESS_KEY, name.as_str()] {
            assert!(
                !format!("{put} {put:?} {bucket:?}").contains(secret),
                "{put:?}"
            );
        }
        assert!(!put.hints().is_empty());
        put
    };
    let altered = |change: &dyn Fn(&mut Bucket)| {
        let mut bucket = right.clone();
        change(&mut bucket);
        refused(&bucket)
    };

    let secret = altered(&|bucket| {
        bucket.credentials.as_mut().unwrap().secret_key = "wrong".to_owned().into();
    });
    assert_eq!(
        secret.to_string(),
        "The object server refuses the access key, its secret or what they may do (SignatureDoesNotMatch)"
    );
    let stranger = altered(&|bucket| {
        bucket.credentials.as_mut().unwrap().access_key = "wrong".to_owned();
    });
    assert!(matches!(stranger, Error::Refused(_)), "{stranger:?}");
    let elsewhere = altered(&|bucket| "elsewhere".clone_into(&mut bucket.name));
    assert!(matches!(elsewhere, Error::BucketMissing), "{elsewhere:?}");
    assert!(!secret.is_permanent() && !elsewhere.is_permanent());

    assert_eq!(
        place.blobs().put(&name, &key(1), b"one").unwrap(),
        Put::Written,
        "nothing of the attempts was kept"
    );
}

#[test]
fn large_objects_go_in_parts() {
    let mut place = Place::bucket();
    let mut patient = bucket(place.server());
    patient.patience.silence = Duration::from_mins(1);
    let blobs = place.blobs_of(&patient);
    // Two parts of 16 MiB, and some.
    let content = content(34_000_000);
    let name = place.name(&content, &key(1));
    let put = || blobs.put(&name, &key(1), &content).unwrap();
    assert_eq!(put(), Put::Written);
    assert_eq!(put(), Put::AlreadyThere);
    assert_eq!(blobs.get(&name, &key(1)).unwrap(), content);
}

#[test]
fn a_failure_that_passes_is_not_noticed() {
    let mut place = Place::bucket();
    let blobs = place.blobs();
    for (seed, answer) in [(1, Answer::Failure), (2, Answer::Silence)] {
        let name = place.name(b"one", &key(seed));
        place.server().answer(answer, 1);
        blobs.put(&name, &key(seed), b"one").unwrap();
        place.server().answer(answer, 1);
        assert_eq!(blobs.get(&name, &key(seed)).unwrap(), b"one", "{answer:?}");
        place.server().answer(answer, 1);
        assert_eq!(blobs.shelf(shelf(name.as_str())).unwrap().len(), 1);
        place.server().answer(answer, 1);
        blobs.forget(&name).unwrap();
    }
}

fn shelf(name: &str) -> u16 {
    u16::from_str_radix(&name[..2], 16).unwrap()
}

#[test]
fn a_failure_that_lasts_is_told_and_heals() {
    let mut place = Place::bucket();
    let mut hasty = bucket(place.server());
    hasty.patience.retries = 1;
    hasty.patience.silence = Duration::from_millis(300);
    let blobs = place.blobs_of(&hasty);
    let name = place.name(b"one", &key(1));
    let told = |expected: &str| {
        for error in [
            blobs.put(&name, &key(1), b"one").unwrap_err(),
            blobs.get(&name, &key(1)).unwrap_err(),
        ] {
            assert_eq!(error.to_string(), expected);
            assert!(!error.is_permanent());
        }
    };
    place.server().answer(Answer::Failure, u32::MAX);
    told("The object server failed: it answers 503");
    place.server().answer(Answer::Silence, u32::MAX);
    told("The object server does not answer: it takes too long");
    place.server().answer(Answer::Rightly, 0);
    place.server().stop();
    told("The object server does not answer: no connection");

    place.server().go_on().unwrap();
    assert_eq!(blobs.put(&name, &key(1), b"one").unwrap(), Put::Written);
    assert_eq!(blobs.get(&name, &key(1)).unwrap(), b"one");
}

#[test]
fn half_an_answer_is_no_content() {
    let mut place = Place::bucket();
    let blobs = place.blobs();
    let name = place.name(b"one", &key(1));
    blobs.put(&name, &key(1), b"one").unwrap();
    place.server().answer(Answer::Half, u32::MAX);
    let half = blobs.get(&name, &key(1)).unwrap_err();
    assert!(!half.is_permanent(), "{half:?}");
    place.server().answer(Answer::Rightly, 0);
    assert_eq!(blobs.get(&name, &key(1)).unwrap(), b"one");
}

#[test]
fn a_signed_address_gives_the_sealed_object_for_a_while() {
    let place = Place::bucket();
    let blobs = place.blobs();
    let name = place.name(b"one", &key(1));
    blobs.put(&name, &key(1), b"one").unwrap();
    let address = blobs
        .signed_address(&name, Duration::from_mins(1))
        .unwrap()
        .unwrap();
    assert!(!address.contains(SECRET_KEY));
    let mut fetched = ureq::get(&address).call().unwrap();
    let object = fetched.body_mut().read_to_vec().unwrap();
    assert_eq!(object, blobs.sealed(&name).unwrap());
    assert_ne!(object, b"one");

    let forged = address.replace("X-Amz-Expires=60", "X-Amz-Expires=600");
    assert_ne!(forged, address);
    assert!(ureq::get(&forged).call().is_err());
    let folder = Place::folder().blobs();
    let none = folder.signed_address(&name, Duration::from_mins(1));
    assert_eq!(none.unwrap(), None);
}

#[test]
fn addresses_that_cannot_be_right_are_refused_before_anything_is_sent() {
    let none = |_: &str| None;
    for url in [
        "http://documents/",
        "s3://",
        "s3:///prefix",
        "s3://a b/c",
        "s3://documents/../x y",
        "s3://documents/a//b",
    ] {
        let refused = Bucket::from_url(url, none);
        assert!(matches!(refused, Err(Error::AddressInvalid(_))), "{url}");
    }
    let half = |name: &str| (name == "S3_ACCESS_KEY").then(|| "one".to_owned());
    assert!(Bucket::from_url("s3://documents", half).is_err());
    let bad = |name: &str| (name == "S3_ENDPOINT").then(|| "localhost:9000".to_owned());
    assert!(Bucket::from_url("s3://documents", bad).is_err());

    // The names of other programs are understood; our own come first.
    let both = |name: &str| match name {
        "AWS_REGION" => Some("eu-west-3".to_owned()),
        "AWS_ACCESS_KEY_ID" | "S3_SECRET_KEY" => Some("ours".to_owned()),
        "AWS_SECRET_ACCESS_KEY" => Some("theirs".to_owned()),
        _ => None,
    };
    let bucket = Bucket::from_url("s3://documents/some/where/", both).unwrap();
    assert_eq!(bucket.url(), "s3://documents/some/where");
    assert_eq!(bucket.region, "eu-west-3");
    assert_eq!(bucket.credentials.unwrap().secret_key.as_str(), "ours");
}
