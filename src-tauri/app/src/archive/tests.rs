//! Records on their way into the archive and back, with a crash at every step, on every mix of engines.

use std::{collections::BTreeMap, path::PathBuf};

use lectern_tests::postgres;
use model::{
    Caller, CorrectionKind, DocumentId, DocumentStatus, Door, FieldName, Personal, Question,
    Reading, ReadingId, Verdict,
};
use store::{Address, Database, moves, records};

use super::{Asked, add, find_all, get, on_their_way, restore, work_off};
use crate::{
    App, Error, Settings,
    audit::{self, Filter},
    doctor::{self, Depth},
    documents, erasure, intake, people, random, related, retention, review,
    search::{self, Search},
    thumbnails,
};

/// Where the two databases are: none is the default one standing in, a name is a file.
struct Scene {
    folder: tempfile::TempDir,
    servers: Vec<postgres::Database>,
    databases: BTreeMap<Database, Address>,
    app: App,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    File,
    Server,
}

impl Scene {
    fn new(default: On, archive: Option<On>) -> Self {
        let mut servers = Vec::new();
        let mut server = || {
            let database = postgres::Database::new().unwrap();
            let address = database.url().parse().unwrap();
            servers.push(database);
            address
        };
        let mut databases = BTreeMap::new();
        if default == On::Server {
            databases.insert(Database::Default, server());
        }
        match archive {
            Some(On::File) => {
                let file = Address::File(PathBuf::from("archive.db"));
                databases.insert(Database::Archive, file);
            }
            Some(On::Server) => {
                databases.insert(Database::Archive, server());
            }
            None => {}
        }
        let folder = tempfile::tempdir().unwrap();
        let app = open(&folder, &databases);
        Self {
            folder,
            servers,
            databases,
            app,
        }
    }

    /// The process is gone, and another one opens the store.
    fn again(self) -> Self {
        let Self {
            folder,
            servers,
            databases,
            app,
        } = self;
        drop(app);
        let app = open(&folder, &databases);
        Self {
            folder,
            servers,
            databases,
            app,
        }
    }

    fn me(&self) -> Caller {
        people::local_caller(&self.app, Door::CommandLine)
    }

    /// A record with a reading, a correction, a thumbnail and a legal hold.
    fn record(&self) -> DocumentId {
        self.record_of(picture())
    }

    /// The same of a picture of its own.
    fn record_of(&self, bytes: Vec<u8>) -> DocumentId {
        let (app, me) = (&self.app, self.me());
        let upload = intake::Upload {
            name: "a card.png".into(),
            bytes,
        };
        let id = intake::submit(app, &me, upload)
            .unwrap()
            .document
            .document
            .id;
        let now = app.now();
        let reading: Reading = serde_json::from_str(READING).unwrap();
        app.write(|transaction| {
            store::jobs::cancel(transaction, id, now)?;
            let reading_id = ReadingId(random::id(now)?);
            store::readings::append(transaction, reading_id, id, &reading, now)?;
            let standing = review::standing(&reading, &[]);
            store::documents::set_derived(transaction, id, &standing.derived)?;
            intake::set_status(transaction, id, standing.status, now)
        })
        .unwrap();
        let (kind, value) = (CorrectionKind::Edited, Some(Personal::new("Lemaître")));
        review::correct(app, &me, id, &FieldName::SURNAME, kind, value).unwrap();
        thumbnails::make(app, id).unwrap();
        retention::hold(app, &me, id, "a claim is open").unwrap();
        id
    }

    /// Where a record is seen: in the list of open ones, by its id, and the same in the archive.
    fn seen(&self, id: DocumentId) -> [bool; 4] {
        let (app, me) = (&self.app, self.me());
        let words = Search {
            text: Personal::new("lemaitre"),
            ..Search::default()
        };
        let has = |found: search::Found| {
            let mut found = found.listing.documents.into_iter();
            found.any(|one| one.document.id == id)
        };
        [
            has(search::find(app, &me, &words, None, 10).unwrap()),
            documents::get(app, &me, id).is_ok(),
            has(find_all(app, &me, &words, None, 10).unwrap()),
            get(app, &me, id).is_ok(),
        ]
    }

    /// Everything that is known of a record, wherever it is.
    fn known(&self, id: DocumentId) -> String {
        let detail = get(&self.app, &self.me(), id)
            .or_else(|_| documents::get(&self.app, &self.me(), id))
            .unwrap();
        let (record, corrections) = (&detail.record, &detail.corrections);
        let reading = serde_json::to_string(&detail.reading).unwrap();
        let record = serde_json::to_string(&(record, corrections)).unwrap();
        let by = &detail.summary.submitted_by_name;
        format!("{record} {reading} {by} {}", detail.readings)
    }

    fn is_sound(&self) {
        let checks = doctor::examine(&self.app, &self.me(), Depth::Whole, &|_| {}).unwrap();
        let looked_at = [
            "database_file",
            "key_check",
            "files",
            "thumbnails",
            "orphans",
        ];
        for check in checks {
            assert!(check.ok || !looked_at.contains(&check.name), "{check:?}");
        }
        let found = audit::verify(&self.app, &self.me()).unwrap();
        assert_eq!(found.first_bad, None, "{}", found.sentence());
    }
}

const OPEN: [bool; 4] = [true, true, false, false];
const CLOSED: [bool; 4] = [false, false, true, true];

const READING: &str = r#"{"engine": "1+test", "day": "2026-11-21", "document_type": "id_card_front",
    "issuing_country": "UTO", "mrz_format": null, "mrz": null, "fields": {}, "checks": [],
    "problems": [], "pages": [{"width": 80, "height": 60}]}"#;

fn picture() -> Vec<u8> {
    shaded(200)
}

fn shaded(shade: u8) -> Vec<u8> {
    let image = image::GrayImage::from_pixel(80, 60, image::Luma([shade]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn open(folder: &tempfile::TempDir, databases: &BTreeMap<Database, Address>) -> App {
    let (data, config) = (folder.path().join("data"), folder.path().join("config"));
    let settings = Settings {
        databases: databases.clone(),
        ..Settings::of_folders(data, config)
    };
    App::open(settings).unwrap()
}

/// Makes a test of each function for each mix of engines with an archive of its own.
macro_rules! on_every_mix {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            use super::{On, Scene};

            #[test]
            fn on_files() {
                super::$name(Scene::new(On::File, Some(On::File)));
            }

            #[test]
            fn on_servers() {
                super::$name(Scene::new(On::Server, Some(On::Server)));
            }

            #[test]
            fn on_a_file_with_the_archive_on_a_server() {
                super::$name(Scene::new(On::File, Some(On::Server)));
            }

            #[test]
            fn on_a_server_with_the_archive_in_a_file() {
                super::$name(Scene::new(On::Server, Some(On::File)));
            }
        }
    )*};
}

on_every_mix![
    a_record_moves_with_its_history_and_back,
    a_crash_at_any_step_leaves_one_copy_that_counts,
    what_is_erased_is_gone_on_both_sides,
    a_record_that_is_one_with_others_is_refused_in_a_sentence,
];

fn a_record_moves_with_its_history_and_back(scene: Scene) {
    let (id, other) = (scene.record(), scene.me());
    let before = scene.known(id);
    let number = |scene: &Scene| {
        let found = super::find_kept(&scene.app, id).unwrap().unwrap();
        found.1.number
    };
    let first = number(&scene);
    assert_eq!(add(&scene.app, &other, &[id]).unwrap(), Asked::OnItsWay);
    assert_eq!(scene.seen(id), OPEN, "it is only asked for");
    let again = add(&scene.app, &other, &[id]);
    assert!(matches!(again, Err(Error::OnItsWay)), "{again:?}");
    assert_eq!(work_off(&scene.app, &scene.me()).unwrap(), 1);
    assert_eq!(scene.seen(id), CLOSED);
    assert_eq!(scene.known(id), before);
    assert_eq!(number(&scene), first);
    let there = documents::get(&scene.app, &scene.me(), id);
    assert!(matches!(there, Err(Error::Archived)), "{there:?}");
    let upload = intake::Upload {
        name: "again.png".into(),
        bytes: picture(),
    };
    let refused = intake::submit(&scene.app, &scene.me(), upload);
    assert!(matches!(refused, Err(Error::Archived)), "{refused:?}");
    let held = erasure::record(
        &scene.app,
        (&scene.me()).into(),
        id,
        erasure::Reason::Asked,
        &|_| Ok(true),
    );
    assert!(matches!(held, Err(Error::Held)), "the hold went with it");
    assert_eq!(
        retention::holds(&scene.app, &scene.me()).unwrap()[0].document,
        id
    );
    scene.is_sound();

    let scene = scene.again();
    assert_eq!(scene.seen(id), CLOSED);
    assert_eq!(
        restore(&scene.app, &scene.me(), &[id]).unwrap(),
        Asked::OnItsWay
    );
    assert_eq!(scene.seen(id), CLOSED, "it is only asked for");
    work_off(&scene.app, &scene.me()).unwrap();
    assert_eq!(scene.seen(id), OPEN);
    assert_eq!(scene.known(id), before);
    assert_eq!(number(&scene), first);
    assert!(thumbnails::kept(&scene.app, id).unwrap().is_some());
    retention::release(&scene.app, &scene.me(), id).unwrap();
    scene.is_sound();
    let none = restore(&scene.app, &scene.me(), &[id]);
    assert!(matches!(none, Err(Error::NotArchived)), "{none:?}");
    let filter = Filter {
        subject: Some(id.to_string()),
        ..Filter::default()
    };
    let log = audit::list(&scene.app, &scene.me(), &filter, 100).unwrap();
    let acts: Vec<&str> = log.entries.iter().map(|one| one.act.as_str()).collect();
    for act in [
        "document.archiving_asked",
        "document.archived",
        "document.restoring_asked",
        "document.restored",
    ] {
        assert!(acts.contains(&act), "{act} is missing in {acts:?}");
    }
    assert!(!scene.servers.is_empty() || scene.databases.len() == 1);
}

fn a_crash_at_any_step_leaves_one_copy_that_counts(scene: Scene) {
    let id = scene.record();
    let before = scene.known(id);
    let finish = |scene: Scene, expected: [bool; 4]| {
        work_off(&scene.app, &scene.me()).unwrap();
        assert_eq!(scene.seen(id), expected);
        assert_eq!(scene.known(id), before);
        assert_eq!(on_their_way(&scene.app, &scene.me(), 10).unwrap(), []);
        scene.is_sound();
        scene
    };
    let archive = |scene: &Scene| scene.app.own_archive().unwrap().clone();

    // After it was asked for.
    add(&scene.app, &scene.me(), &[id]).unwrap();
    let scene = scene.again();
    assert_eq!(scene.seen(id), OPEN);

    // After the copy was made, and before anything else. The copy is of an earlier state, too.
    let leaving = records::read(&scene.app.inner.store.read().unwrap(), id);
    let there = archive(&scene).write().unwrap();
    records::insert(&there, &leaving.unwrap().unwrap(), Some(scene.app.now())).unwrap();
    there.commit().unwrap();
    let scene = scene.again();
    assert_eq!(scene.seen(id), OPEN);
    let scene = finish(scene, CLOSED);

    // After it was asked back.
    restore(&scene.app, &scene.me(), &[id]).unwrap();
    let scene = scene.again();
    assert_eq!(scene.seen(id), CLOSED);

    // After it was brought back, and before the copy in the archive was removed.
    let leaving = records::read(&archive(&scene).read().unwrap(), id);
    let line = scene.app.inner.store.write().unwrap();
    records::insert(&line, &leaving.unwrap().unwrap(), None).unwrap();
    let name = "a card.png";
    let detail = documents::detail(&line, id).unwrap();
    search::index(&line, id, name, &detail.record).unwrap();
    moves::hand_over(&line, id).unwrap();
    line.commit().unwrap();
    let scene = scene.again();
    assert_eq!(scene.seen(id), OPEN);

    // After that copy was removed, and before the move was struck off.
    super::remove_copy(&archive(&scene), id, None).unwrap();
    let scene = scene.again();
    assert_eq!(scene.seen(id), OPEN);
    finish(scene, OPEN);
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "each test has a scene of its own"
)]
fn what_is_erased_is_gone_on_both_sides(scene: Scene) {
    let (id, me) = (scene.record(), scene.me());
    retention::release(&scene.app, &me, id).unwrap();
    let blobs = |scene: &Scene| {
        let has = |store: &store::Store| {
            let page = store::blobs::page(&store.read().unwrap(), None, 10);
            !page.unwrap().is_empty()
        };
        scene.app.record_stores().any(has)
    };
    // Half way, then erased: the copy that does not count goes, too.
    add(&scene.app, &me, &[id]).unwrap();
    let leaving = records::read(&scene.app.inner.store.read().unwrap(), id);
    let there = scene.app.own_archive().unwrap().write().unwrap();
    records::insert(&there, &leaving.unwrap().unwrap(), Some(scene.app.now())).unwrap();
    there.commit().unwrap();
    documents::delete(&scene.app, &me, id).unwrap();
    assert_eq!(scene.seen(id), [false; 4]);
    assert!(!blobs(&scene), "no key is left");
    work_off(&scene.app, &me).unwrap();
    assert_eq!(scene.seen(id), [false; 4]);
    assert_eq!(on_their_way(&scene.app, &me, 10).unwrap(), []);

    // Closed away, then erased because its time is over.
    let id = scene.record();
    retention::release(&scene.app, &me, id).unwrap();
    add(&scene.app, &me, &[id]).unwrap();
    work_off(&scene.app, &me).unwrap();
    let refused = documents::delete(&scene.app, &me, id);
    assert!(matches!(refused, Err(Error::Archived)), "{refused:?}");
    let spans = retention::Spans {
        record: Some("1 day".parse().unwrap()),
        ..retention::Spans::default()
    };
    retention::set_policy(&scene.app, &me, "", spans).unwrap();
    let day_after = model::Timestamp(scene.app.now().0 + 48 * 3_600_000);
    let due = retention::plan(&scene.app, &me, day_after).unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].document, id);
    super::delete(&scene.app, &me, id).unwrap();
    assert_eq!(scene.seen(id), [false; 4]);
    assert!(!blobs(&scene), "no key is left");
    scene.is_sound();
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "each test has a scene of its own"
)]
fn a_record_that_is_one_with_others_is_refused_in_a_sentence(scene: Scene) {
    let (app, me) = (&scene.app, scene.me());
    let [one, other, alone] = [200, 150, 100].map(|shade| scene.record_of(shaded(shade)));
    let say = |verdict| {
        related::say(app, &me, one, other, Question::Holder, verdict).unwrap();
    };
    // On its way already when somebody says something of it: it stays.
    add(app, &me, &[one]).unwrap();
    say(Verdict::Different);
    work_off(app, &me).unwrap();
    assert_eq!(scene.seen(one), OPEN);
    assert_eq!(on_their_way(app, &me, 10).unwrap(), []);

    say(Verdict::Same);
    let before = [one, other, alone].map(|id| scene.known(id));
    // All or none: one that could leave stays with one that cannot.
    for asked in [vec![one], vec![other], vec![alone, one]] {
        let refused = add(app, &me, &asked).unwrap_err();
        assert_eq!(refused.code(), "document_bound");
        let sentence = refused.to_string();
        assert!(sentence.starts_with("This record belongs together with others"));
        assert!(!sentence.contains('\n'), "{sentence}");
    }
    assert_eq!(on_their_way(app, &me, 10).unwrap(), []);
    work_off(app, &me).unwrap();
    assert_eq!([one, other, alone].map(|id| scene.known(id)), before);
    assert_eq!([one, other, alone].map(|id| scene.seen(id)), [OPEN; 3]);

    add(app, &me, &[alone]).unwrap();
    work_off(app, &me).unwrap();
    assert_eq!(scene.seen(alone), CLOSED);
    scene.is_sound();
}

#[test]
fn without_an_archive_of_its_own_a_record_is_marked() {
    for engine in [On::File, On::Server] {
        let scene = Scene::new(engine, None);
        let id = scene.record();
        let before = scene.known(id);
        assert_eq!(add(&scene.app, &scene.me(), &[id]).unwrap(), Asked::Done);
        let scene = scene.again();
        assert_eq!(scene.seen(id), CLOSED);
        assert_eq!(scene.known(id), before);
        let upload = intake::Upload {
            name: "again.png".into(),
            bytes: picture(),
        };
        let refused = intake::submit(&scene.app, &scene.me(), upload);
        assert!(matches!(refused, Err(Error::Archived)), "{refused:?}");
        scene.is_sound();
        assert_eq!(
            restore(&scene.app, &scene.me(), &[id]).unwrap(),
            Asked::Done
        );
        assert_eq!(scene.seen(id), OPEN);
        scene.is_sound();
    }
}

#[test]
fn what_was_marked_moves_once_there_is_an_archive() {
    let mut scene = Scene::new(On::File, None);
    let id = scene.record();
    add(&scene.app, &scene.me(), &[id]).unwrap();
    let file = Address::File(PathBuf::from("archive.db"));
    scene.databases.insert(Database::Archive, file);
    let scene = scene.again();
    work_off(&scene.app, &scene.me()).unwrap();
    assert_eq!(scene.seen(id), CLOSED);
    let here = store::documents::find(&scene.app.inner.store.read().unwrap(), id);
    assert!(here.unwrap().is_none());
    scene.is_sound();
}

#[test]
fn only_what_waits_for_nobody_is_closed_away_and_only_by_admins() {
    let scene = Scene::new(On::File, Some(On::File));
    let me = scene.me();
    let upload = intake::Upload {
        name: "b.png".into(),
        bytes: picture(),
    };
    let waiting = intake::submit(&scene.app, &me, upload).unwrap();
    let waiting = waiting.document.document.id;
    let refused = add(&scene.app, &me, &[waiting]);
    let queued = DocumentStatus::Queued;
    assert!(
        matches!(refused, Err(Error::NotClosed { status }) if status == queued),
        "{refused:?}"
    );
    let reviewer = Caller {
        role: model::Role::Reviewer,
        ..me
    };
    assert!(matches!(
        add(&scene.app, &reviewer, &[waiting]),
        Err(Error::NotAllowed { .. })
    ));
    assert!(matches!(
        add(&scene.app, &me, &[]),
        Err(Error::TooManyRecords)
    ));
    // Read again while it is on its way: it stays.
    intake::cancel(&scene.app, &me, waiting).unwrap();
    add(&scene.app, &me, &[waiting]).unwrap();
    intake::retry(&scene.app, &me, waiting).unwrap();
    work_off(&scene.app, &me).unwrap();
    assert!(documents::get(&scene.app, &me, waiting).is_ok());
    assert_eq!(on_their_way(&scene.app, &me, 10).unwrap(), []);
}
