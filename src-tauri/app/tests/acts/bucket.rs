//! A store whose files lie in a bucket, and a server that fails.

use std::time::Duration;

use lectern_app::{
    App, Bucket, Patience, Settings,
    doctor::{self, Depth},
    documents,
};
use lectern_tests::object_server::{Answer, BUCKET, ObjectServer};
use model::DocumentStatus;

use crate::place::{
    MINUTE, PASSPORT, Place, VISA, detail, files, hear, me, read_to_end, status, submit,
};

/// The bucket of a server, for somebody who does not wait long.
pub(crate) fn bucket(server: &ObjectServer) -> Bucket {
    let environment = server.environment();
    let variable = |name: &str| {
        let found = environment.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone())
    };
    let mut bucket = Bucket::from_url(&format!("s3://{BUCKET}"), variable).unwrap();
    bucket.patience = Patience {
        connect: Duration::from_secs(5),
        silence: Duration::from_secs(5),
        request: Duration::from_mins(1),
        retries: 1,
    };
    bucket
}

struct Servers {
    place: Place,
    server: ObjectServer,
    app: App,
}

impl Servers {
    fn start() -> Self {
        let place = Place::new();
        let server = ObjectServer::start().unwrap();
        let settings = Settings {
            bucket: Some(bucket(&server)),
            ..place.settings()
        };
        let app = App::open(settings).unwrap();
        Self { place, server, app }
    }

    fn doctor(&self, name: &str) -> (bool, String) {
        let checks = doctor::examine(&self.app, &me(&self.app), Depth::Whole, &|_| {}).unwrap();
        let check = checks.into_iter().find(|check| check.name == name).unwrap();
        (check.ok, check.message)
    }
}

#[test]
fn a_document_is_kept_in_the_bucket_and_nowhere_else() {
    let servers = Servers::start();
    let app = &servers.app;
    let id = submit(app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    read_to_end(app, id);
    Place::work_off(app);
    documents::verify(app, &me(app), id).unwrap();
    assert!(files(&servers.place.data().join("blobs")).is_empty());
    let kept = files(&servers.server.bucket_folder());
    assert_eq!(kept.len(), 2, "the file and its thumbnail");
    for content in kept.values() {
        assert!(!content.0.windows(4).any(|window| window == b"JFIF"));
    }
    documents::delete(app, &me(app), id).unwrap();
    assert!(files(&servers.server.bucket_folder()).is_empty());
}

#[test]
fn a_server_that_is_away_loses_nothing_and_is_waited_for() {
    let mut servers = Servers::start();
    let app = servers.app.clone();
    let id = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;

    servers.server.stop();
    let refused = submit(&app, "two.jpg", VISA).unwrap_err();
    assert_eq!(refused.code(), "object_server_unreachable");
    assert!(!refused.is_permanent());
    let (ok, told) = servers.doctor("blobs");
    assert!(!ok && told.contains("does not answer"), "{told}");

    // Reading waits, and says what for.
    let mut changes = app.changes();
    let workers = lectern_app::jobs::start(&app).unwrap();
    let waits = || {
        let document = detail(&app, id).summary.document;
        document.problem.map(|problem| problem.code)
    };
    while waits().as_deref() != Some("object_server_unreachable") {
        hear(&mut changes);
    }
    assert_eq!(status(&app, id), DocumentStatus::Queued);

    servers.server.go_on().unwrap();
    servers.place.clock.turn(10 * MINUTE);
    while matches!(
        status(&app, id),
        DocumentStatus::Queued | DocumentStatus::Processing
    ) {
        hear(&mut changes);
    }
    workers.stop();
    assert!(detail(&app, id).reading.is_some());
    let two = submit(&app, "two.jpg", VISA).unwrap().document.document.id;
    documents::verify(&app, &me(&app), two).unwrap();
    assert!(servers.doctor("blobs").0);
}

#[test]
fn a_server_that_fails_is_told_apart_from_a_lost_file() {
    let servers = Servers::start();
    let app = &servers.app;
    let id = submit(app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    servers.server.answer(Answer::Failure, u32::MAX);
    let refused = documents::verify(app, &me(app), id).unwrap_err();
    assert_eq!(refused.code(), "object_server_failed");
    let (ok, told) = servers.doctor("files");
    assert!(!ok && told.contains("503"), "{told}");
    servers.server.answer(Answer::Rightly, 0);
    assert!(
        detail(app, id).summary.document.problem.is_none(),
        "it may be there"
    );
    documents::verify(app, &me(app), id).unwrap();
    assert!(servers.doctor("files").0);
}

#[test]
fn a_server_that_is_slow_or_fails_now_and_then_only_takes_longer() {
    let servers = Servers::start();
    let app = &servers.app;
    servers
        .server
        .answer(Answer::Slowly(Duration::from_millis(700)), 2);
    let one = submit(app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    // One failure is tried again by itself, and nobody hears of it.
    servers.server.answer(Answer::Failure, 1);
    let two = submit(app, "two.jpg", VISA).unwrap().document.document.id;
    servers
        .server
        .answer(Answer::Slowly(Duration::from_millis(300)), 4);
    read_to_end(app, one);
    read_to_end(app, two);
    Place::work_off(app);
    for id in [one, two] {
        assert_eq!(detail(app, id).readings, 1, "read once");
        documents::verify(app, &me(app), id).unwrap();
    }
    assert_eq!(files(&servers.server.bucket_folder()).len(), 4);
    assert!(servers.doctor("files").0);
}

#[test]
fn an_altered_object_is_told_of_its_document() {
    let servers = Servers::start();
    let app = &servers.app;
    let id = submit(app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    let (path, content) = files(&servers.server.bucket_folder()).pop_first().unwrap();
    let mut altered = content.0;
    altered[1000] ^= 1;
    std::fs::write(path, altered).unwrap();
    assert!(!servers.doctor("files").0);
    let problem = detail(app, id).summary.document.problem.unwrap();
    assert_eq!(problem.code, "stored_file_altered");
}

#[test]
fn wrong_credentials_are_a_sentence_without_the_secret() {
    let servers = Servers::start();
    let mut wrong = bucket(&servers.server);
    wrong.credentials.as_mut().unwrap().secret_key = "not the secret".to_owned().into();
    let settings = Settings {
        bucket: Some(wrong),
        ..servers.place.settings()
    };
    let shown = format!("{settings:?}");
    assert!(!shown.contains("not the secret"), "{shown}");
    let app = App::open(settings).unwrap();
    let refused = submit(&app, "one.jpg", PASSPORT).unwrap_err();
    assert_eq!(refused.code(), "object_server_refuses");
    assert!(!refused.hints().is_empty());
}
