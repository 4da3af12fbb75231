//! What only a server has: a proof of its name, interruptions, news for others.

use std::time::Duration;

use lectern_store::{Error, Store, settings};
use lectern_tests::postgres::Database;

use crate::place::{NOW, Place, address};

/// The database's address by the name that is in the server's certificate.
fn by_name(database: &Database, options: &str) -> String {
    let url = database.url().replace("127.0.0.1", "localhost");
    format!("{url}?{options}")
}

#[test]
fn a_server_proves_its_name_or_is_not_spoken_to() {
    let database = Database::new().unwrap();
    let authority = database.authority();
    let authority = authority.display();
    let trusted = format!("sslmode=verify-full&sslrootcert={authority}");
    let store = Store::connect(&address(&by_name(&database, &trusted))).unwrap();
    let snapshot = store.read().unwrap();
    let encrypted = database
        .ask(
            "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
              WHERE application_name = 'lectern' AND datname = current_database()",
        )
        .unwrap();
    drop(snapshot);
    assert_eq!(encrypted, "t");

    let unknown_authority = by_name(&database, "sslmode=require");
    let another_name = format!("{}?{trusted}", database.url());
    let no_authority = by_name(&database, "sslrootcert=/dev/null");
    for url in [unknown_authority, another_name, no_authority] {
        let refused = Store::connect(&address(&url)).unwrap_err();
        assert!(matches!(refused, Error::NotTrusted { .. }), "{refused}");
        assert!(refused.is_permanent() && !format!("{refused} {refused:?}").contains("throw-away"));
    }
}

#[test]
fn refusals_say_what_is_wrong_and_no_secret() {
    let database = Database::new().unwrap();
    let wrong_password = database.url().replace("throw-away", "wr0ng");
    let refused = Store::connect(&address(&wrong_password)).unwrap_err();
    assert_eq!(refused.code(), "database_refused");
    assert!(!format!("{refused} {refused:?}").contains("wr0ng"));
    let no_such = format!("{}_none", database.url());
    let refused = Store::connect(&address(&no_such)).unwrap_err();
    assert_eq!(refused.code(), "database_refused");
    // Nobody listens on the discard port.
    let nobody = Store::connect(&address("postgres://u:p@127.0.0.1:9/d")).unwrap_err();
    assert!(matches!(nobody, Error::Unreachable { .. }) && !nobody.is_permanent());
}

#[test]
fn a_connection_that_the_server_ended_is_replaced() {
    let place = Place::server();
    let Place::Server(database) = &place else {
        return;
    };
    let store = place.open();
    let transaction = store.write().unwrap();
    settings::set(&transaction, "kept", "yes").unwrap();
    transaction.commit().unwrap();
    let interrupted = store.write().unwrap();
    settings::set(&interrupted, "kept", "no").unwrap();
    database
        .ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE application_name = 'lectern' AND datname = current_database()",
        )
        .unwrap();
    let broken = interrupted.commit().unwrap_err();
    assert!(matches!(broken, Error::Disconnected), "{broken}");
    let kept = settings::get(&store.read().unwrap(), "kept").unwrap();
    assert_eq!(kept.as_deref(), Some("yes"));
    store.write().unwrap().commit().unwrap();
}

#[test]
fn other_processes_hear_of_what_is_committed() {
    let place = Place::server();
    let (here, there) = (place.open(), place.open());
    let mut listener = there.listen().unwrap().unwrap();
    let transaction = here.write().unwrap();
    settings::set(&transaction, "now", &NOW.0.to_string()).unwrap();
    assert!(!listener.wait(Duration::ZERO).unwrap());
    transaction.commit().unwrap();
    assert!(listener.wait(Duration::from_mins(2)).unwrap());
    drop(here.write().unwrap());
    assert!(!listener.wait(Duration::ZERO).unwrap(), "nothing happened");
}

#[test]
fn processes_that_start_together_migrate_once() {
    let place = Place::server();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| drop(place.open()));
        }
    });
    let Place::Server(database) = &place else {
        return;
    };
    let applied = database
        .ask("SELECT count(*) = count(DISTINCT version) FROM refinery_schema_history")
        .unwrap();
    assert_eq!(applied, "t");
}
