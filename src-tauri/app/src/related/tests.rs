//! Cards of invented persons, taken in in any order, judged by people, and erased again.

use std::collections::{BTreeMap, BTreeSet};

use lectern_tests::{
    postgres::Database,
    specimen::{
        dice::Dice,
        holder::{Day, Holder, STATES},
    },
};
use model::{
    BlobDigest, Caller, Document, DocumentId, DocumentStatus, Door, PersonId, Question, Reading,
    ReadingId, Role, Timestamp, Verdict,
};
use serde_json::json;
use store::blobs::Blob;

use super::{all_of, of, possible, relate, say};
use crate::{
    App, Error, Settings, archive, documents, people, persons, random, review, subject, trash,
};

/// Makes two tests of each function: one on a sealed file, one on Postgres.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            use super::{Database, Scene};

            #[test]
            fn on_a_file() {
                super::$name(&Scene::new(None));
            }

            #[test]
            fn on_a_server() {
                super::$name(&Scene::new(Some(Database::new().unwrap())));
            }
        }
    )*};
}

on_both_engines![
    the_order_of_arrival_makes_no_difference,
    parted_sides_stay_apart_and_can_be_put_together_by_hand,
    what_was_said_of_persons_is_remembered,
    what_is_not_a_duplicate_is_never_asked_again,
    one_side_does_not_outlive_the_other,
    a_person_gets_everything_wherever_it_is_kept,
];

struct Scene {
    app: App,
    _server: Option<Database>,
    _folder: tempfile::TempDir,
}

/// One side of a card: whose, of which card of his, and which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Side {
    person: u64,
    card: u64,
    front: bool,
}

const fn front(person: u64, card: u64) -> Side {
    Side {
        person,
        card,
        front: true,
    }
}

const fn back(person: u64, card: u64) -> Side {
    Side {
        person,
        card,
        front: false,
    }
}

impl Side {
    /// What a machine reads from it.
    fn reading(self) -> Reading {
        let mut dice = Dice::at(77, self.person);
        let state = &STATES[dice.below(STATES.len())];
        let holder = Holder::deal(&mut dice, state);
        let mut dice = Dice::at(78, self.person * 100 + self.card);
        let number = dice.symbols("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 9);
        let expiry = Day::deal(&mut dice, 2027, 2036).iso();
        let (surname, given) = (
            holder.surname_in_capitals(),
            holder.given_names_in_capitals(" "),
        );
        let values = [
            ("surname", surname),
            ("given_names", given),
            ("document_number", number),
            ("date_of_birth", holder.birth.iso()),
            ("sex", holder.sex.printed().to_owned()),
            ("date_of_expiry", expiry),
        ];
        let side = if self.front { "front" } else { "back" };
        let fields: serde_json::Map<_, _> = values
            .into_iter()
            .map(|(name, value)| {
                let field = json!({"value": value, "confidence": 0.99, "needs_review": false,
                    "evidence": []});
                (name.to_owned(), field)
            })
            .collect();
        serde_json::from_value(json!({
            "engine": "1", "day": "2026-11-30", "document_type": format!("id_card_{side}"),
            "definition": "id_card@1", "issuing_country": state.code, "mrz_format": null,
            "mrz": null, "fields": fields, "checks": [], "problems": [],
            "pages": [{"width": 1000, "height": 630}],
        }))
        .unwrap()
    }
}

impl Scene {
    fn new(server: Option<Database>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (data, config) = (folder.path().join("data"), folder.path().join("config"));
        let mut settings = Settings::of_folders(data, config);
        if let Some(server) = &server {
            let address = server.url().parse().unwrap();
            settings.databases = BTreeMap::from([(store::Database::Default, address)]);
        }
        Self {
            app: App::open(settings).unwrap(),
            _server: server,
            _folder: folder,
        }
    }

    fn me(&self) -> Caller {
        people::local_caller(&self.app, Door::CommandLine)
    }

    /// Takes a reading in as if a file had been submitted and read.
    fn take(&self, reading: &Reading) -> DocumentId {
        let now = self.app.now();
        let id = DocumentId(random::id(now).unwrap());
        let digest: BlobDigest = blake3::hash(id.0.as_bytes())
            .to_hex()
            .to_string()
            .try_into()
            .unwrap();
        let key = blobs::DataKey::new([7; 32].into());
        let object = self.app.inner.naming.object_name(&digest, &key);
        let reserve = |transaction: &store::Transaction| -> Result<(), Error> {
            let blob = Blob {
                digest: digest.clone(),
                object_name: object.as_str().to_owned(),
                wrapped_key: "none".to_owned(),
                size: 1,
                created_at: now,
            };
            store::blobs::reserve(transaction, &blob)?;
            let document = Document {
                id,
                name: "card.png".into(),
                digest: digest.clone(),
                media_type: "image/png".to_owned(),
                size: 1,
                status: DocumentStatus::Processing,
                problem: None,
                submitted_by: self.me().user,
                submitted_at: now,
                changed_at: now,
            };
            store::documents::insert(transaction, &document)?;
            self.read(transaction, id, reading, now)
        };
        self.app.write(reserve).unwrap();
        id
    }

    fn read(
        &self,
        transaction: &store::Transaction,
        id: DocumentId,
        reading: &Reading,
        now: Timestamp,
    ) -> Result<(), Error> {
        let reading_id = ReadingId(random::id(now)?);
        store::readings::append(transaction, reading_id, id, reading, now)?;
        let standing = review::standing(reading, &[]);
        store::documents::set_derived(transaction, id, &standing.derived)?;
        store::documents::set_status(transaction, id, standing.status, None, now)?;
        relate(&self.app, transaction, id, now)
    }

    /// Reads a document again, with the same outcome.
    fn read_again(&self, id: DocumentId) {
        let now = self.app.now();
        self.app
            .write(|transaction| {
                let reading = store::readings::latest(transaction, id)?.unwrap();
                self.read(transaction, id, &reading, now)
            })
            .unwrap();
    }

    fn detail(&self, id: DocumentId) -> documents::DocumentDetail {
        documents::get(&self.app, &self.me(), id).unwrap()
    }

    fn duplicates(&self, id: DocumentId) -> u32 {
        self.detail(id).summary.belonging.duplicates
    }

    fn person(&self, id: DocumentId) -> Option<model::PersonId> {
        self.detail(id).summary.belonging.person
    }

    fn listed(&self) -> BTreeSet<DocumentId> {
        let query = documents::Query {
            status: Vec::new(),
            cursor: None,
            limit: 200,
        };
        let listing = documents::list(&self.app, &self.me(), &query).unwrap();
        listing
            .documents
            .iter()
            .map(|one| one.document.id)
            .collect()
    }

    fn say(&self, one: DocumentId, other: DocumentId, question: Question, verdict: Verdict) {
        say(&self.app, &self.me(), one, other, question, verdict).unwrap();
    }
}

fn the_order_of_arrival_makes_no_difference(scene: &Scene) {
    // Three persons with a card each, one of whom has a second; of two cards only one side is there.
    let sides = [
        front(1, 0),
        back(1, 0),
        front(1, 1),
        back(1, 1),
        front(2, 0),
        back(2, 0),
        front(3, 0),
        back(4, 0),
    ];
    let mut dice = Dice::new(3);
    for round in 0..3 {
        let mut order = sides;
        for last in (1..order.len()).rev() {
            order.swap(last, dice.below(last + 1));
        }
        let ids: BTreeMap<Side, DocumentId> = order
            .iter()
            .map(|side| (*side, scene.take(&side.reading())))
            .collect();
        for (side, id) in &ids {
            let partner = Side {
                front: !side.front,
                ..*side
            };
            let detail = scene.detail(*id);
            let belonging = &detail.summary.belonging;
            match (ids.get(&partner), side.front) {
                (Some(partner), true) => {
                    assert_eq!(detail.other_side, Some(*partner), "{round} {side:?}");
                    assert_eq!(belonging.side_of, None);
                    assert_eq!(detail.summary.pages, 2);
                    let failed = |check: &model::Check| check.outcome == model::Outcome::Failed;
                    let checks = detail.reading.unwrap().checks;
                    let back = checks.iter().find(|check| check.code == "back_present");
                    assert!(!back.is_some_and(failed), "{side:?}");
                    assert!(!checks.iter().any(|check| check.code == "front_present"));
                }
                (Some(partner), false) => {
                    assert_eq!(belonging.side_of, Some(*partner), "{round} {side:?}");
                    assert_eq!(detail.other_side, None);
                }
                (None, _) => {
                    assert_eq!((belonging.side_of, detail.other_side), (None, None));
                }
            }
        }
        let listed = scene.listed();
        assert_eq!(ids.values().filter(|id| listed.contains(id)).count(), 5);
        assert_eq!(
            scene.person(ids[&front(1, 0)]),
            scene.person(ids[&front(1, 1)])
        );
        let all: BTreeSet<_> = [front(1, 0), front(2, 0), front(3, 0), back(4, 0)]
            .map(|side| scene.person(ids[&side]))
            .into();
        assert_eq!(all.len(), 4);
        for id in ids.values() {
            if scene.listed().contains(id) {
                documents::delete(&scene.app, &scene.me(), *id).unwrap();
            }
        }
        assert_eq!(scene.listed(), BTreeSet::new());
    }
}

fn a_person_gets_everything_wherever_it_is_kept(scene: &Scene) {
    let (app, me) = (&scene.app, scene.me());
    let sides = [front(1, 0), back(1, 0), front(1, 1), front(1, 2)];
    let taken = sides.map(|side| scene.take(&side.reading()));
    let stranger = scene.take(&front(2, 0).reading());
    let person = scene.person(taken[0]).unwrap();
    trash::put(app, &me, taken[2]).unwrap();
    // There is no archive of its own, so that it is marked where it is.
    archive::add(app, &me, &[taken[3]]).unwrap();
    let documents = subject::documents_of(app, &me, person).unwrap();
    assert_eq!(documents, taken);
    let other = scene.person(stranger).unwrap();
    let documents = subject::documents_of(app, &me, other).unwrap();
    assert_eq!(documents, [stranger]);

    let nobody = subject::documents_of(app, &me, PersonId(uuid::Uuid::from_u128(1)));
    assert!(matches!(nobody, Err(Error::PersonNotFound)), "{nobody:?}");
    let clerk = Caller {
        role: Role::Clerk,
        ..me
    };
    let refused = subject::documents_of(app, &clerk, person);
    assert!(
        matches!(refused, Err(Error::NotAllowed { .. })),
        "{refused:?}"
    );
}

fn parted_sides_stay_apart_and_can_be_put_together_by_hand(scene: &Scene) {
    let one = scene.take(&front(1, 0).reading());
    let other = scene.take(&back(1, 0).reading());
    let stranger = scene.take(&back(2, 0).reading());
    assert_eq!(scene.detail(one).other_side, Some(other));

    scene.say(one, other, Question::Sides, Verdict::Different);
    assert_eq!(scene.detail(one).other_side, None);
    scene.read_again(one);
    scene.read_again(other);
    assert_eq!(scene.detail(one).other_side, None);
    assert_eq!(scene.listed().len(), 3);

    // By hand, whatever the two say; the machine's own pair comes back when the hand lets go.
    scene.say(stranger, one, Question::Sides, Verdict::Same);
    scene.read_again(other);
    assert_eq!(scene.detail(one).other_side, Some(stranger));
    assert!(!scene.detail(one).reading.unwrap().disagreements.is_empty());
    scene.say(one, other, Question::Sides, Verdict::Same);
    scene.say(stranger, one, Question::Sides, Verdict::Different);
    assert_eq!(scene.detail(one).other_side, Some(other));

    let clerk = Caller {
        role: Role::Clerk,
        ..scene.me()
    };
    let question = (Question::Sides, Verdict::Same);
    let refused = say(&scene.app, &clerk, one, other, question.0, question.1);
    assert!(matches!(refused, Err(Error::NotAllowed { .. })));
    let itself = say(&scene.app, &scene.me(), one, one, question.0, question.1);
    assert!(matches!(itself, Err(Error::SameDocument)));
}

fn what_was_said_of_persons_is_remembered(scene: &Scene) {
    let ids = [0, 1, 2].map(|card| scene.take(&front(1, card).reading()));
    let stranger = scene.take(&front(2, 0).reading());
    let person = scene.person(ids[0]).unwrap();
    assert!(ids.iter().all(|id| scene.person(*id) == Some(person)));
    assert_ne!(scene.person(stranger), Some(person));

    // One is taken away and stays away, also when the others are read again.
    persons::set(&scene.app, &scene.me(), ids[1], None).unwrap();
    for id in ids {
        scene.read_again(id);
    }
    assert_eq!(scene.person(ids[0]), Some(person));
    assert_eq!(scene.person(ids[2]), Some(person));
    assert_ne!(scene.person(ids[1]), Some(person));
    assert!(scene.person(ids[1]).is_some());

    // A stranger is put there and stays there; what was taken away comes back.
    persons::set(&scene.app, &scene.me(), stranger, Some(person)).unwrap();
    persons::set(&scene.app, &scene.me(), ids[1], Some(person)).unwrap();
    scene.read_again(stranger);
    scene.read_again(ids[1]);
    let found = persons::get(&scene.app, &scene.me(), person).unwrap();
    assert_eq!(found.len(), 4);
    let all = persons::list(&scene.app, &scene.me(), None, 10).unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].id, all[0].documents), (person, 4));
    let nobody = model::PersonId(uuid::Uuid::from_u128(1));
    let missing = persons::get(&scene.app, &scene.me(), nobody);
    assert!(matches!(missing, Err(Error::PersonNotFound)));
}

fn what_is_not_a_duplicate_is_never_asked_again(scene: &Scene) {
    let one = scene.take(&front(1, 0).reading());
    let again = scene.take(&front(1, 0).reading());
    let renewed = scene.take(&front(1, 1).reading());
    assert_eq!((scene.duplicates(one), scene.duplicates(again)), (1, 1));
    assert_eq!(
        scene.duplicates(renewed),
        0,
        "another card of the same person"
    );
    let asked = || possible(&scene.app, &scene.me(), Question::Duplicate, 10).unwrap();
    let found = asked();
    assert_eq!(found.len(), 1);
    assert!(found[0].found.probability() > 0.99);
    let about: Vec<&str> = found[0]
        .found
        .reasons
        .iter()
        .map(|reason| reason.about.as_str())
        .collect();
    assert_eq!(about[0], "document_number");

    scene.say(again, one, Question::Duplicate, Verdict::Different);
    assert_eq!(asked(), []);
    scene.read_again(one);
    scene.read_again(again);
    assert_eq!(asked(), []);
    assert_eq!((scene.duplicates(one), scene.duplicates(again)), (0, 0));
    let said = of(&scene.app, &scene.me(), one).unwrap();
    let said = said
        .iter()
        .find(|one| one.question == Question::Duplicate)
        .unwrap();
    assert_eq!(said.verdict, Some(Verdict::Different));
    assert!(!said.holds && said.found.is_some());
}

fn one_side_does_not_outlive_the_other(scene: &Scene) {
    let one = scene.take(&front(1, 0).reading());
    let other = scene.take(&back(1, 0).reading());
    let again = scene.take(&front(1, 0).reading());
    assert_eq!(scene.duplicates(again), 1);
    documents::delete(&scene.app, &scene.me(), one).unwrap();
    let gone = documents::get(&scene.app, &scene.me(), other);
    assert!(matches!(gone, Err(Error::DocumentNotFound)));
    assert_eq!(scene.duplicates(again), 0);
    assert_eq!(
        all_of(&scene.app.inner.store.read().unwrap(), again).unwrap(),
        []
    );
    // A back that is erased by itself leaves its front without one.
    let back = scene.take(&back(1, 0).reading());
    assert_eq!(scene.detail(again).other_side, Some(back));
    documents::delete(&scene.app, &scene.me(), back).unwrap();
    assert_eq!(scene.detail(again).other_side, None);
    assert_eq!(scene.detail(again).summary.pages, 1);
}

/// How many records are searched: a few here, as many as somebody wants to measure.
fn records() -> u64 {
    let asked = option_env!("LECTERN_RELATED_RECORDS").and_then(|text| text.parse().ok());
    asked.unwrap_or(120)
}

#[test]
fn a_duplicate_is_found_among_many_records_by_its_keys() {
    let scene = Scene::new(None);
    let count = records();
    let started = std::time::Instant::now();
    for person in 0..count {
        scene.take(&front(person, 0).reading());
    }
    println!(
        "{count} records taken in, {:?} each",
        started.elapsed() / count as u32
    );
    let mut slowest = std::time::Duration::ZERO;
    let mut sum = std::time::Duration::ZERO;
    for person in 0..20 {
        let started = std::time::Instant::now();
        let again = scene.take(&front(person, 0).reading());
        slowest = slowest.max(started.elapsed());
        sum += started.elapsed();
        assert_eq!(scene.duplicates(again), 1);
    }
    println!(
        "a duplicate among {count}: {:?} on average, {slowest:?} at most",
        sum / 20
    );
    let found = possible(&scene.app, &scene.me(), Question::Duplicate, 200).unwrap();
    assert_eq!(found.len(), 20, "and nothing else is taken for one");
    let persons = possible(&scene.app, &scene.me(), Question::Holder, 200).unwrap();
    println!(
        "{} pairs of persons among {count} to look at",
        persons.len()
    );

    // The question that finds candidates goes by the index, not over the table.
    let plan = scene.app.inner.store.read().unwrap();
    let plan = store::keys::plan(&plan).unwrap();
    assert!(
        plan.iter().all(|step| step.contains("document_keys_key")),
        "{plan:?}"
    );
}
