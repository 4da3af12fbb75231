//! Migrations by hand: forward, back, and whether the schema is what they make.

use std::time::{Duration, Instant};

use lectern_store::{
    DatabaseKey, Error, Store, inspect,
    migrations::{self, Schema, Standing},
    settings,
};

use crate::place::{PATIENCE, Place, address, key, on_both_engines};

on_both_engines![
    what_goes_down_comes_up_again,
    drift_is_told_in_sentences,
    a_stamp_runs_nothing,
    a_schema_of_another_history_is_not_taken_back,
    an_operator_may_ask_but_not_change,
    a_question_that_takes_too_long_is_given_up,
];

fn schema(place: &Place) -> Schema {
    let key: DatabaseKey = key(1);
    match place {
        Place::File(_) => Schema::open(&place.path(), &key).unwrap(),
        Place::Server(database) => Schema::connect(&address(&database.url())).unwrap(),
    }
}

fn standings(schema: &mut Schema) -> Vec<Standing> {
    let history = schema.history().unwrap();
    history.iter().map(|entry| entry.standing).collect()
}

fn what_goes_down_comes_up_again(place: &Place) {
    drop(place.open());
    let mut schema = schema(place);
    let all = schema.history().unwrap().len();
    assert_eq!(standings(&mut schema), vec![Standing::Applied; all]);
    // From every schema there ever was to the newest.
    for steps in 1..=all {
        assert_eq!(schema.roll_back(steps).unwrap().len(), steps);
        let pending = standings(&mut schema);
        let pending = pending.iter().filter(|one| **one == Standing::Pending);
        assert_eq!(pending.count(), steps);
        schema.migrate().unwrap();
        assert_eq!(schema.drift().unwrap(), Vec::<String>::new());
    }
    assert_eq!(schema.roll_back(all + 1).unwrap().len(), all);
    assert!(schema.roll_back(1).unwrap().is_empty(), "nothing is left");
    schema.migrate().unwrap();
    assert_eq!(schema.drift().unwrap(), Vec::<String>::new());
    drop(schema);

    let store = place.open();
    let transaction = store.write().unwrap();
    settings::set(&transaction, "works", "again").unwrap();
    transaction.commit().unwrap();
}

fn drift_is_told_in_sentences(place: &Place) {
    drop(place.open());
    let mut schema = schema(place);
    assert_eq!(schema.drift().unwrap(), Vec::<String>::new());
    place.run("DROP INDEX jobs_claim");
    place.run("ALTER TABLE settings ADD COLUMN remark TEXT");
    place.run("CREATE TABLE stranger (id TEXT PRIMARY KEY)");
    let told = schema.drift().unwrap();
    assert!(
        told.contains(&"The index jobs_claim is missing".to_owned()),
        "{told:?}"
    );
    assert!(told.iter().any(|one| one.contains("settings")), "{told:?}");
    assert!(told.iter().any(|one| one.contains("stranger")), "{told:?}");
    schema.roll_back(1).unwrap();
    let told = schema.drift().unwrap();
    assert!(
        told[0].ends_with("is not applied") || told[1].ends_with("is not applied"),
        "{told:?}"
    );
}

fn a_stamp_runs_nothing(place: &Place) {
    drop(place.open());
    let mut schema = schema(place);
    let history = schema.history().unwrap();
    let (first, head) = (history[0].version, migrations::head().unwrap());
    schema.stamp(first).unwrap();
    assert_eq!(standings(&mut schema)[1], Standing::Pending);
    assert!(schema.migrate().is_err(), "its tables are there already");
    schema.stamp(head).unwrap();
    assert_eq!(schema.drift().unwrap(), Vec::<String>::new());
    assert!(matches!(
        schema.stamp(1),
        Err(Error::NoSuchVersion { version: 1 })
    ));
}

fn a_schema_of_another_history_is_not_taken_back(place: &Place) {
    drop(place.open());
    place.run("UPDATE refinery_schema_history SET checksum = '1'");
    let refused = schema(place).roll_back(1);
    assert!(
        matches!(refused, Err(Error::Diverged { .. })),
        "{refused:?}"
    );
    place.run(
        "INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
         VALUES (99990101000000, 'from_the_future', '9999-01-01T00:00:00Z', '1')",
    );
    let refused = schema(place).roll_back(1);
    assert!(matches!(refused, Err(Error::Newer { .. })), "{refused:?}");
    let refused = match place {
        Place::File(_) => Store::open(&place.path(), &key(1)),
        Place::Server(database) => Store::connect(&address(&database.url())),
    };
    assert!(matches!(refused, Err(Error::Newer { .. })), "{refused:?}");
}

fn an_operator_may_ask_but_not_change(place: &Place) {
    let store = place.open();
    let transaction = store.write().unwrap();
    for name in ["one", "two", "three"] {
        settings::set(&transaction, name, "1").unwrap();
    }
    transaction.commit().unwrap();

    let snapshot = store.read().unwrap();
    let overview = inspect::overview(&snapshot).unwrap();
    assert!(overview.size > 0 && overview.engine.contains(' '));
    assert!(
        overview.tables.contains(&("settings".to_owned(), 3)),
        "{overview:?}"
    );
    let rows = inspect::ask(
        &snapshot,
        "SELECT name, 1 + 1 AS two FROM settings ORDER BY name;",
        2,
        PATIENCE,
    )
    .unwrap();
    assert_eq!(
        serde_json::to_string(&rows).unwrap(),
        r#"[{"name":"one","two":2},{"name":"three","two":2}]"#
    );
    drop(snapshot);
    for change in [
        "DELETE FROM settings",
        "SELECT 1) AS question; COMMIT; DELETE FROM settings; SELECT (1",
        "WITH gone AS (DELETE FROM settings RETURNING name) SELECT name FROM gone",
        "PRAGMA user_version = 3",
    ] {
        assert!(
            inspect::ask(&store.read().unwrap(), change, 10, PATIENCE).is_err(),
            "{change}"
        );
    }
    let left = inspect::ask(
        &store.read().unwrap(),
        "SELECT name FROM settings",
        10,
        PATIENCE,
    );
    assert_eq!(left.unwrap().len(), 3);
}

fn a_question_that_takes_too_long_is_given_up(place: &Place) {
    const ENDLESS: &str = "WITH RECURSIVE counted (number) AS (
        SELECT 1 UNION ALL SELECT number + 1 FROM counted
    ) SELECT count(*) AS counted FROM counted";
    const SHORT: Duration = Duration::from_millis(200);

    let store = place.open();
    // More often than there are connections to ask by: each is of use afterwards.
    for _ in 0..10 {
        let begun = Instant::now();
        let given_up = inspect::ask(&store.read().unwrap(), ENDLESS, 10, SHORT).unwrap_err();
        assert_eq!(given_up.code(), "database_question_too_long");
        assert!(begun.elapsed() >= SHORT);
        let question = "SELECT 1 AS one";
        let answer = inspect::ask(&store.read().unwrap(), question, 10, PATIENCE).unwrap();
        assert_eq!(answer.len(), 1);
    }
}
