//! Backups: what comes back is what was there, and nothing else is taken for it.

use std::path::{Path, PathBuf};

use lectern_app::{
    App, Settings,
    backup::{self, Kept},
    doctor::{self, Depth},
    documents, images, people,
};
use lectern_tests::{object_server::ObjectServer, postgres::Database};
use model::{DocumentId, Role};
use store::Address;

use crate::place::{PASSPORT, Place, VISA, detail, files, me, read_to_end, submit};

/// A store with a document that was read and one that waits.
struct Filled {
    place: Place,
    app: App,
    read: DocumentId,
    waiting: DocumentId,
    code: String,
}

impl Filled {
    fn new() -> Self {
        let place = Place::new();
        let app = place.open();
        Self::of(place, app)
    }

    fn of(place: Place, app: App) -> Self {
        let code = app.recovery_code().unwrap().expose().to_owned();
        people::add_user(
            &app,
            &me(&app),
            "ada-lovelace",
            Role::Reviewer,
            "a long password",
        )
        .unwrap();
        let read = submit(&app, "one.jpg", PASSPORT)
            .unwrap()
            .document
            .document
            .id;
        read_to_end(&app, read);
        Place::work_off(&app);
        let waiting = submit(&app, "two.jpg", VISA).unwrap().document.document.id;
        Self {
            place,
            app,
            read,
            waiting,
            code,
        }
    }

    fn folder(&self) -> PathBuf {
        self.place.path("backups")
    }

    fn back_up(&self) -> backup::Made {
        backup::create(&self.app, &me(&self.app), &self.folder()).unwrap()
    }

    /// Settings for a machine that has nothing.
    fn elsewhere(&self, name: &str) -> Settings {
        Settings {
            data_dir: self.place.path(name).join("data"),
            config_dir: self.place.path(name).join("config"),
            ..self.place.settings()
        }
    }

    /// Whether a restored store has everything.
    fn check(&self, settings: &Settings) {
        let app = App::open(settings.clone()).unwrap();
        for id in [self.read, self.waiting] {
            documents::verify(&app, &me(&app), id).unwrap();
        }
        let (was, is) = (detail(&self.app, self.read), detail(&app, self.read));
        assert_eq!(is.reading, was.reading);
        assert_eq!(is.summary, was.summary);
        assert_eq!(
            images::thumbnail_jpeg(&app, &me(&app), self.read).unwrap(),
            images::thumbnail_jpeg(&self.app, &me(&self.app), self.read).unwrap()
        );
        people::sign_in(&app, "ada-lovelace", "a long password").unwrap();
        // The job of the one that waited is there and goes on.
        read_to_end(&app, self.waiting);
        for check in doctor::examine(&app, &me(&app), Depth::Whole, &|_| {}).unwrap() {
            assert!(check.ok, "{}: {}", check.name, check.message);
        }
    }
}

#[test]
fn a_backup_and_the_recovery_code_make_the_store_again_on_another_machine() {
    let filled = Filled::new();
    let made = filled.back_up();
    assert!(made.summary.objects > made.copied, "rows are objects too");
    assert_eq!(made.copied, 3, "two files and a thumbnail");

    let settings = filled.elsewhere("other");
    let folder = filled.folder();
    let refused = backup::restore(&settings, &folder, None, None).unwrap_err();
    assert_eq!(refused.code(), "key_missing");
    assert!(!settings.data_dir.exists());
    let restored = backup::restore(&settings, &folder, None, Some(&filled.code)).unwrap();
    assert_eq!((restored.files, restored.rows), (2, made.summary.rows));
    filled.check(&settings);

    let taken = backup::restore(&settings, &folder, None, Some(&filled.code)).unwrap_err();
    assert_eq!(taken.code(), "restore_taken");
}

#[test]
fn what_is_there_is_not_copied_again() {
    let filled = Filled::new();
    filled.back_up();
    let again = filled.back_up();
    assert_eq!(again.copied, 0);
    assert_eq!(backup::list(&filled.folder()).unwrap().len(), 2);
    for id in [None, Some(again.summary.id.as_str())] {
        let settings = filled.place.settings();
        let verified = backup::verify(&settings, &filled.folder(), id, None).unwrap();
        assert_eq!(verified.rows, again.summary.rows);
    }
    let left = std::fs::read_dir(filled.folder()).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "nothing of the proof stays: {left:?}");
}

#[test]
fn a_backup_shows_nothing_to_whoever_finds_it() {
    let filled = Filled::new();
    filled.back_up();
    for (path, content) in files(&filled.folder()) {
        for secret in [
            &b"ERIKSSON"[..],
            b"JFIF",
            b"ada-lovelace",
            b"argon2",
            b"extracted",
        ] {
            let shows = content
                .0
                .windows(secret.len())
                .any(|window| window == secret);
            assert!(!shows, "{} shows {}", path.display(), secret.escape_ascii());
        }
    }
}

#[test]
fn an_altered_backup_is_not_taken_for_a_good_one() {
    let filled = Filled::new();
    filled.back_up();
    let folder = filled.folder();
    let settings = filled.place.settings();
    let verify = || backup::verify(&settings, &folder, None, None);
    verify().unwrap();
    for (path, content) in files(&folder) {
        let mut altered = content.0.clone();
        let middle = altered.len() / 2;
        altered[middle] = if altered[middle] == b'0' { b'1' } else { b'0' };
        std::fs::write(&path, &altered).unwrap();
        let refused = verify().unwrap_err().code();
        assert!(
            [
                "backup_damaged",
                "key_wrong",
                "backup_not_found",
                "backup_other_schema"
            ]
            .contains(&refused),
            "{}: {refused}",
            path.display()
        );
        std::fs::remove_file(&path).unwrap();
        assert!(verify().is_err(), "{}", path.display());
        std::fs::write(&path, &content.0).unwrap();
    }
    verify().unwrap();
}

#[test]
fn a_file_that_the_store_lacks_is_told_and_the_rest_is_backed_up() {
    let filled = Filled::new();
    let lost = blob_of(&filled.place, PASSPORT.len());
    std::fs::remove_file(&lost).unwrap();
    let made = filled.back_up();
    assert_eq!(made.missing, [lost.file_name().unwrap().to_str().unwrap()]);
    let settings = filled.elsewhere("other");
    let folder = filled.folder();
    let restored = backup::restore(&settings, &folder, None, Some(&filled.code)).unwrap();
    assert_eq!((restored.files, restored.missing), (1, 1));
}

/// The stored file that content of this length became.
fn blob_of(place: &Place, length: usize) -> PathBuf {
    let expected = blobs::sealed_length(length as u64);
    let stored = files(&place.data().join("blobs"));
    let mut found = stored
        .into_iter()
        .filter(|(_, content)| content.0.len() as u64 == expected);
    found.next().unwrap().0
}

#[test]
fn backups_that_are_not_kept_go_with_what_only_they_need() {
    const DAY: i64 = 24 * 3_600_000;

    let filled = Filled::new();
    filled.back_up();
    filled.place.clock.turn(DAY);
    documents::delete(&filled.app, &me(&filled.app), filled.waiting).unwrap();
    filled.back_up();
    let folder = filled.folder();
    let before = files(&folder.join("objects")).len();
    age(&folder.join("objects"));
    let newest = Kept {
        daily: 1,
        weekly: 0,
    };
    let now = lectern_app::clock::Clock::now(&*filled.place.clock);
    assert_eq!(backup::prune(&folder, newest, now).unwrap(), 1);
    assert_eq!(backup::list(&folder).unwrap().len(), 1);
    let after = files(&folder.join("objects")).len();
    assert!(after < before, "{after} of {before}");
    backup::verify(&filled.place.settings(), &folder, None, None).unwrap();
}

/// Lets every file look as if it were of long ago.
fn age(folder: &Path) {
    for path in files(folder).into_keys() {
        let file = std::fs::File::options().write(true).open(path).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH)
            .unwrap();
    }
}

#[test]
fn a_store_moves_between_one_machine_and_servers_by_a_backup() {
    let filled = Filled::new();
    filled.back_up();
    let folder = filled.folder();

    // From files to Postgres and a bucket …
    let database = Database::new().unwrap();
    let objects = ObjectServer::start().unwrap();
    let address: Address = database.url().parse().unwrap();
    let mut servers = filled.elsewhere("servers");
    servers.databases.insert(store::Database::Default, address);
    servers.bucket = Some(crate::bucket::bucket(&objects));
    backup::restore(&servers, &folder, None, Some(&filled.code)).unwrap();
    let app = App::open(servers.clone()).unwrap();
    documents::verify(&app, &me(&app), filled.read).unwrap();
    let again = filled.place.path("backups-of-servers");
    backup::create(&app, &me(&app), &again).unwrap();
    drop(app);

    // … and back.
    let back = filled.elsewhere("back");
    backup::restore(&back, &again, None, Some(&filled.code)).unwrap();
    filled.check(&back);
}

#[test]
fn a_backup_is_not_made_where_it_would_be_lost_with_the_data() {
    let place = Place::new();
    let app = place.open();
    let inside = place.data().join("backups");
    let refused = backup::create(&app, &me(&app), &inside).unwrap_err();
    assert_eq!(refused.code(), "backup_in_data");
    assert!(!inside.exists());
}
