//! Somebody with the database open, and even with its key, changes the log behind the program's back.

use std::path::Path;

use model::{Door, Role};
use rusqlite::Connection;
use store::Database;
use tempfile::TempDir;

use super::{BEGINNING, Fault, Filter, HEAD, anchor, copy, digest, hash, list, verify};
use crate::{App, Settings, documents, intake, keys::card, people};

const PASSWORD: &str = "correct horse battery";

struct Scene {
    folder: TempDir,
    app: App,
}

impl Scene {
    /// A store in which a few things were done.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = open(&folder);
        let me = people::local_caller(&app, Door::CommandLine);
        let submitted = intake::samples(&app, &me).unwrap();
        for one in &submitted {
            documents::get(&app, &me, one.document.document.id).unwrap();
        }
        people::add_user(&app, &me, "Anna", Role::Reviewer, PASSWORD).unwrap();
        people::sign_in(&app, "Anna", "wrong password").unwrap_err();
        people::sign_in(&app, "Anna", PASSWORD).unwrap();
        documents::delete(&app, &me, submitted[0].document.document.id).unwrap();
        Self { folder, app }
    }

    /// The log's first bad entry and what is wrong with it.
    fn first_bad(&self) -> Option<(u64, Fault)> {
        let me = people::local_caller(&self.app, Door::CommandLine);
        verify(&self.app, &me).unwrap().first_bad
    }

    /// The database file, opened with its own key, as somebody who has both could.
    fn database(&self) -> Connection {
        database_of(&self.app, self.folder.path())
    }

    fn tamper(&self, sql: &str) {
        self.database().execute_batch(sql).unwrap();
    }

    fn entries(&self) -> u64 {
        let me = people::local_caller(&self.app, Door::CommandLine);
        let page = list(&self.app, &me, &Filter::default(), 1).unwrap();
        page.entries[0].sequence
    }
}

fn database_of(app: &App, folder: &Path) -> Connection {
    let card = card::StoreCard::load(app.settings()).unwrap().unwrap();
    let purpose = card::database_purpose(card.store);
    let wrapped = &card.wrapped_database_key;
    let key = app.inner.master.unwrap(&purpose, wrapped).unwrap();
    let connection = Connection::open(folder.join("data").join("lectern.db")).unwrap();
    let key = format!("x'{}'", hex::encode(key.as_slice()));
    connection.pragma_update(None, "key", key).unwrap();
    connection
}

fn open(folder: &TempDir) -> App {
    let (data, config) = (folder.path().join("data"), folder.path().join("config"));
    App::open(Settings::of_folders(data, config)).unwrap()
}

#[test]
fn every_act_is_written_and_the_log_is_whole() {
    let scene = Scene::new();
    assert_eq!(scene.first_bad(), None);
    let me = people::local_caller(&scene.app, Door::CommandLine);
    let page = list(&scene.app, &me, &Filter::default(), 500).unwrap();
    let acts: Vec<&str> = page
        .entries
        .iter()
        .map(|entry| entry.act.as_str())
        .collect();
    for act in [
        "document.submitted",
        "document.seen",
        "document.deleted",
        "user.added",
        "session.refused",
        "session.opened",
    ] {
        assert!(acts.contains(&act), "{act} is missing in {acts:?}");
    }
    let clerk = model::Caller {
        role: Role::Reviewer,
        ..me
    };
    assert!(verify(&scene.app, &clerk).is_err());
    assert!(list(&scene.app, &clerk, &Filter::default(), 1).is_err());
}

#[test]
fn one_look_is_one_entry() {
    let scene = Scene::new();
    let before = scene.entries();
    let me = people::local_caller(&scene.app, Door::CommandLine);
    let query = documents::Query {
        status: Vec::new(),
        cursor: None,
        limit: 1,
    };
    let listing = documents::list(&scene.app, &me, &query).unwrap();
    let id = listing.documents[0].document.id;
    for _ in 0..3 {
        documents::get(&scene.app, &me, id).unwrap();
    }
    assert_eq!(scene.entries(), before, "it was looked at a moment ago");
    let other = model::Caller {
        user: model::UserId(uuid::Uuid::from_u128(7)),
        ..me
    };
    documents::get(&scene.app, &other, id).unwrap();
    assert_eq!(scene.entries(), before + 1);
}

#[test]
fn an_edited_entry_is_found() {
    for column in [
        "act = 'document.seen'",
        "at = at + 1",
        "details = '{}'",
        "subject = 'x'",
        "door = 'desktop'",
    ] {
        let scene = Scene::new();
        scene.tamper(&format!("UPDATE audit SET {column} WHERE sequence = 3"));
        // The third entry is the submission of a sample.
        assert_eq!(scene.first_bad(), Some((3, Fault::Edited)), "{column}");
    }
}

#[test]
fn a_deleted_entry_is_found_wherever_it_stood() {
    let scene = Scene::new();
    scene.tamper("DELETE FROM audit WHERE sequence = 4");
    assert_eq!(scene.first_bad(), Some((4, Fault::Missing)));

    let scene = Scene::new();
    let last = scene.entries();
    scene.tamper(&format!("DELETE FROM audit WHERE sequence > {}", last - 2));
    assert_eq!(scene.first_bad(), Some((last - 1, Fault::CutOff)));

    let scene = Scene::new();
    scene.tamper(&format!(
        "DELETE FROM audit; DELETE FROM settings WHERE name = '{HEAD}'"
    ));
    anchor(&scene.app).unwrap();
    assert_eq!(
        scene.first_bad(),
        None,
        "nothing is left that could tell, and no anchor was cast"
    );
}

#[test]
fn a_database_put_back_to_an_earlier_day_is_found_by_the_anchor() {
    let scene = Scene::new();
    let database = scene.database();
    let head: String = database
        .query_row("SELECT value FROM settings WHERE name = ?", [HEAD], |row| {
            row.get(0)
        })
        .unwrap();
    let last = scene.entries();
    let me = people::local_caller(&scene.app, Door::CommandLine);
    people::add_user(&scene.app, &me, "Bert", Role::Clerk, PASSWORD).unwrap();
    anchor(&scene.app).unwrap();
    database
        .execute("DELETE FROM audit WHERE sequence > ?", [last as i64])
        .unwrap();
    database
        .execute(
            "UPDATE settings SET value = ? WHERE name = ?",
            [head.as_str(), HEAD],
        )
        .unwrap();
    assert_eq!(scene.first_bad(), Some((last + 1, Fault::CutOff)));
}

#[test]
fn entries_that_are_moved_or_put_in_are_found() {
    let scene = Scene::new();
    scene.tamper(
        "UPDATE audit SET sequence = -1 WHERE sequence = 2;
         UPDATE audit SET sequence = 2 WHERE sequence = 3;
         UPDATE audit SET sequence = 3 WHERE sequence = -1",
    );
    assert_eq!(scene.first_bad(), Some((2, Fault::Edited)));

    let scene = Scene::new();
    let last = scene.entries();
    scene.tamper(&format!(
        "INSERT INTO audit SELECT sequence + 1, at, user_id, door, act, subject, details, salt, hash, seal
         FROM audit WHERE sequence = {last}"
    ));
    assert_eq!(scene.first_bad(), Some((last + 1, Fault::Edited)));
}

#[test]
fn a_chain_written_anew_without_the_keys_is_found() {
    let scene = Scene::new();
    let database = scene.database();
    let snapshot = scene.app.inner.store.read().unwrap();
    let mut previous = BEGINNING.to_owned();
    for mut entry in store::audit::after(&snapshot, 0, 1000).unwrap() {
        if entry.sequence == 5 {
            entry.act = "document.retried".to_owned();
        }
        entry.hash = hash(&previous, &entry);
        database
            .execute(
                "UPDATE audit SET act = ?, hash = ? WHERE sequence = ?",
                rusqlite::params![entry.act, entry.hash, entry.sequence as i64],
            )
            .unwrap();
        previous = entry.hash;
    }
    drop(snapshot);
    assert_eq!(scene.first_bad(), Some((5, Fault::Forged)));
}

#[test]
fn digests_prove_a_value_until_the_person_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(&folder);
    let me = people::local_caller(&app, Door::CommandLine);
    people::sign_in(&app, "Zoltan", PASSWORD).unwrap_err();
    let filter = Filter {
        act: Some("session.".to_owned()),
        ..Filter::default()
    };
    let entry = list(&app, &me, &filter, 1).unwrap().entries.remove(0);
    assert!(!format!("{entry:?}").contains("Zoltan"));
    let salt = entry.salt.unwrap();
    let proof = digest(&salt, &model::Personal::new("Zoltan"));
    assert!(entry.details.contains(&proof), "{}", entry.details);
    let transaction = app.inner.store.write().unwrap();
    store::audit::forget_salts(&transaction, "").unwrap();
    transaction.commit().unwrap();
    assert_eq!(verify(&app, &me).unwrap().first_bad, None);
}

#[test]
fn a_changed_copy_and_a_log_written_anew_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (data, config) = (folder.path().join("data"), folder.path().join("config"));
    let mut settings = Settings::of_folders(data, config);
    let file = store::Address::File("logging.db".into());
    settings.databases.insert(Database::Logging, file);
    let app = App::open(settings).unwrap();
    let me = people::local_caller(&app, Door::CommandLine);
    for name in ["Anna", "Bert", "Cleo"] {
        people::add_user(&app, &me, name, Role::Clerk, PASSWORD).unwrap();
    }
    let copied = copy(&app, &me).unwrap();
    let logging = app.inner.databases.get(Database::Logging).clone();
    let first = store::audit_copies::after(&logging.read().unwrap(), Database::Default, 0, 1);
    assert_eq!(first.unwrap()[0].salt, None);

    // More was written, then the newest entries were cut off with everything that noted them.
    people::add_user(&app, &me, "Dora", Role::Clerk, PASSWORD).unwrap();
    copy(&app, &me).unwrap();
    let database = database_of(&app, folder.path());
    let cut = format!(
        "DELETE FROM audit WHERE sequence > {copied};
         DELETE FROM settings WHERE name = '{HEAD}'"
    );
    database.execute_batch(&cut).unwrap();
    people::add_user(&app, &me, "Emil", Role::Clerk, PASSWORD).unwrap();
    let found = verify(&app, &me).unwrap();
    assert!(found.chain.is_copy, "the log itself is whole");
    assert_eq!(found.first_bad, Some((copied + 1, Fault::Forged)));
    assert!(found.sentence().contains("copy in `logging`"));
}
