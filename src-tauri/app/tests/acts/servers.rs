//! A store whose database is on a server: whose it is, who may come to it, what stands beside it.

use std::path::PathBuf;

use lectern_app::{App, Error, Settings, databases, documents, jobs};
use lectern_tests::postgres::Database;
use model::{JobId, Role};
use store::{Address, Database as Which};

use crate::place::{PASSPORT, Place, as_role, files, me, read_to_end, submit};

/// The settings of another machine on the same server, with the key of the first.
fn another_machine(place: &Place) -> Settings {
    Settings {
        data_dir: place.path("elsewhere"),
        key_file: Some(key_file(place)),
        ..place.settings()
    }
}

fn key_file(place: &Place) -> PathBuf {
    files(&place.config()).into_keys().next().unwrap()
}

#[test]
fn another_machine_comes_with_the_key_or_not_at_all() {
    let place = Place::on_server();
    let app = place.open();
    let id = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    drop(app);

    let without_key = Settings {
        config_dir: place.path("no-keys"),
        key_file: None,
        ..another_machine(&place)
    };
    let refused = App::open(without_key).unwrap_err();
    assert!(matches!(refused, Error::KeyMissing { .. }), "{refused}");
    assert!(!place.path("elsewhere").exists(), "nothing was made");

    let other = Place::on_server();
    drop(other.open());
    let wrong_key = Settings {
        key_file: Some(key_file(&other)),
        ..another_machine(&place)
    };
    let refused = App::open(wrong_key).unwrap_err();
    assert!(matches!(refused, Error::KeyWrong { .. }), "{refused}");

    // With the key, but with a folder of its own, where the files of the others are not.
    let refused = App::open(another_machine(&place)).unwrap_err();
    assert!(matches!(refused, Error::FilesElsewhere), "{refused}");

    let moved = Settings {
        data_dir: place.data(),
        ..another_machine(&place)
    };
    let there = App::open(moved).unwrap();
    let found = documents::get(&there, &me(&there), id).unwrap();
    assert_eq!(found.summary.document.id, id);
}

#[test]
fn a_directory_and_a_database_belong_together() {
    let place = Place::on_server();
    drop(place.open());
    let local = Settings {
        databases: [].into(),
        ..place.settings()
    };
    let refused = App::open(local).unwrap_err();
    assert!(matches!(refused, Error::StoreOnServer { .. }), "{refused}");

    let empty = Database::new().unwrap();
    let other = Place::on_server();
    drop(other.open());
    let on = |url: String| Settings {
        databases: [(Which::Default, url.parse().unwrap())].into(),
        ..place.settings()
    };
    let refused = App::open(on(empty.url())).unwrap_err();
    assert!(
        matches!(refused, Error::DatabaseMissing { .. }),
        "{refused}"
    );
    let refused = App::open(on(other.server.as_ref().unwrap().url())).unwrap_err();
    assert!(matches!(refused, Error::OtherStore { .. }), "{refused}");
    let tables = empty.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
    assert_eq!(tables.unwrap(), "0", "nothing was made");

    let file = Place::new();
    drop(file.open());
    let refused = App::open(Settings {
        databases: place.databases.clone(),
        ..file.settings()
    });
    assert!(matches!(refused, Err(Error::StoreNotOnServer { .. })));
    drop(place.open());
}

#[test]
fn databases_stand_beside_the_default_one_or_are_stood_in_for() {
    let mut place = Place::new();
    let archive = Database::new().unwrap();
    let file = PathBuf::from("logging.db");
    place.databases.insert(Which::Logging, Address::File(file));
    let address = archive.url().parse().unwrap();
    place.databases.insert(Which::Archive, address);
    let app = place.open();
    let configured = databases::configured(&app, &me(&app)).unwrap();
    let places: Vec<_> = configured.iter().map(|one| one.place.is_some()).collect();
    assert_eq!(places, [true, false, true, true]);
    assert!(!format!("{configured:?}").contains("throw-away"));
    let health = databases::health(&app, &me(&app)).unwrap();
    assert!(
        health.len() == 3 && health.iter().all(|one| one.answer.is_ok()),
        "{health:?}"
    );
    let statistics = databases::statistics(&app, &me(&app)).unwrap();
    assert!(statistics[&Which::Archive].engine.starts_with("PostgreSQL"));
    assert!(statistics[&Which::Logging].engine.starts_with("SQLite"));

    let question = "SELECT count(*) AS users FROM users";
    for (database, users) in [
        (Which::Default, 1),
        (Which::Analytics, 1),
        (Which::Archive, 0),
    ] {
        let rows = databases::ask(&app, &me(&app), database, question, 10).unwrap();
        assert_eq!(rows[0]["users"], users, "{database:?}");
    }
    let clerk = as_role(&app, Role::Reviewer);
    let refused = databases::ask(&app, &clerk, Which::Default, question, 10);
    assert!(matches!(
        refused,
        Err(Error::NotAllowed {
            needed: Role::Admin
        })
    ));
    place.close(app);

    let sealed = std::fs::read(place.data().join("logging.db")).unwrap();
    assert!(!sealed.starts_with(b"SQLite format 3"));
    drop(place.open());
    let aside = place.path("aside");
    std::fs::rename(place.data().join("logging.db"), aside).unwrap();
    let refused = place.open_error();
    assert!(
        matches!(refused, Error::DatabaseMissing { .. }),
        "{refused}"
    );

    let mut thief = Place::new();
    thief
        .databases
        .insert(Which::Archive, archive.url().parse().unwrap());
    let refused = thief.open_error();
    assert!(matches!(refused, Error::OtherStore { .. }), "{refused}");
}

#[test]
fn schemas_are_moved_without_opening_the_store() {
    for mut place in [Place::new(), Place::on_server()] {
        let file = PathBuf::from("archive.db");
        place.databases.insert(Which::Archive, Address::File(file));
        let app = place.open();
        place.close(app);
        let mut schemas = databases::schemas(&place.settings()).unwrap().schemas;
        let which: Vec<_> = schemas.iter().map(|(database, _)| *database).collect();
        assert_eq!(which, [Which::Default, Which::Archive]);
        for (_, schema) in &mut schemas {
            assert_eq!(schema.drift().unwrap(), Vec::<String>::new());
            let last = schema.history().unwrap().pop().unwrap();
            assert_eq!(schema.roll_back(1).unwrap(), [last.version]);
            assert_ne!(schema.drift().unwrap(), Vec::<String>::new());
        }
        drop(schemas);
        drop(place.open());
        let schemas = databases::schemas(&place.settings()).unwrap().schemas;
        for (_, mut schema) in schemas {
            assert_eq!(
                schema.drift().unwrap(),
                Vec::<String>::new(),
                "opening moves on"
            );
        }
    }
}

#[test]
fn work_goes_on_after_the_server_was_away() {
    let place = Place::on_server();
    let app = place.open();
    let workers = jobs::start(&app).unwrap();
    let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE application_name = 'lectern' AND datname = current_database()";
    place.server.as_ref().unwrap().ask(cut).unwrap();
    let id = submit(&app, "one.jpg", PASSPORT)
        .unwrap()
        .document
        .document
        .id;
    read_to_end(&app, id);
    workers.stop();
}

#[test]
fn every_waiting_job_says_why() {
    for place in [Place::new(), Place::on_server()] {
        let app = place.open();
        let id = submit(&app, "one.jpg", PASSPORT)
            .unwrap()
            .document
            .document
            .id;
        let filter = jobs::Filter {
            limit: 10,
            ..jobs::Filter::default()
        };
        let listed = jobs::list(&app, &me(&app), &filter).unwrap();
        assert_eq!(listed[0].job.document, Some(id));
        assert!(
            listed[0].sentence.starts_with("No worker"),
            "{}",
            listed[0].sentence
        );
        let cancelled = jobs::cancel(&app, &me(&app), listed[0].job.id).unwrap();
        assert_eq!(cancelled.sentence, "Was cancelled");
        let again = jobs::retry(&app, &me(&app), listed[0].job.id).unwrap();
        assert_eq!(again.job.state, store::jobs::JobState::Waiting);
        read_to_end(&app, id);
        let done = jobs::get(&app, &me(&app), again.job.id).unwrap();
        assert_eq!((done.job.attempts, done.sentence.as_str()), (1, "Is done"));
        let refused = jobs::cancel(&app, &me(&app), again.job.id);
        assert!(matches!(
            refused,
            Err(Error::CannotCancelJob { state: "done" })
        ));
        let nothing = jobs::get(&app, &me(&app), JobId(uuid::Uuid::nil()));
        assert!(matches!(nothing, Err(Error::JobNotFound)));
        let statistics = jobs::statistics(&app, &me(&app)).unwrap();
        assert!(
            statistics
                .queues
                .iter()
                .all(|queue| queue.workers.is_empty())
        );
        assert_eq!(statistics.scheduler, None, "he gave his role back");
    }
}
