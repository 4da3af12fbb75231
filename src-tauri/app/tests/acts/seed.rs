//! Invented records.

use lectern_app::{
    App, Error, audit,
    doctor::{self, Depth},
    images,
    search::{self, Found, OrderBy, Search},
    seed::{Plan, seed},
};
use model::{DocumentStatus, Personal, Role};

use crate::place::{PASSPORT, Place, as_role, me, on_both_engines, submit};

fn plan(records: u64) -> Plan {
    Plan {
        records,
        seed: 7,
        files: 2,
        into_existing: false,
    }
}

fn found(app: &App, search: &Search) -> Found {
    search::find(app, &me(app), search, None, 200).unwrap()
}

fn by_title() -> Search {
    Search {
        order: OrderBy::Title,
        ..Search::default()
    }
}

fn invented_records_are_found_read_and_sealed_like_others(place: &Place) {
    let app = place.open();
    let mut told = 0;
    seed(&app, &me(&app), &plan(150), &mut |kept| told = kept).unwrap();
    assert_eq!(told, 150);
    let all = found(&app, &by_title());
    assert_eq!(all.count, 150);
    let documents = &all.listing.documents;
    for status in [DocumentStatus::Extracted, DocumentStatus::Reviewed] {
        let of_status = documents.iter().filter(|one| one.document.status == status);
        assert!(of_status.count() > 5, "{status:?}");
    }
    let named = documents.iter().find_map(|one| one.title.clone()).unwrap();
    let family = named.expose().split(", ").next().unwrap();
    let words = Search {
        text: Personal::new(family),
        ..Search::default()
    };
    assert!(found(&app, &words).count >= 1);

    let verified = audit::verify(&app, &me(&app)).unwrap();
    assert_eq!(verified.first_bad, None);
    // Every record was submitted, and one entry tells that all are invented.
    assert!(verified.entries > 2 * 140);
}

fn the_doctor_finds_invented_records_well(place: &Place) {
    let app = place.open();
    seed(&app, &me(&app), &plan(30), &mut |_| ()).unwrap();
    for check in doctor::examine(&app, &me(&app), Depth::Whole, &|_| {}).unwrap() {
        assert!(check.ok, "{}: {}", check.name, check.message);
        if check.name == "files" {
            assert!(check.message.contains("All 2 stored files"));
        }
    }
    let listed = found(&app, &Search::default()).listing.documents;
    let mut without = listed.iter().filter(|one| one.pictures_erased_at.is_some());
    let some = without.next().unwrap().document.id;
    assert_eq!(1 + without.count(), 28);
    assert!(matches!(
        images::page_png(&app, &me(&app), some, 0, None),
        Err(Error::PicturesErased)
    ));
}

fn a_seed_gives_the_same_persons_again(place: &Place) {
    let names = |app: &App| {
        let listed = found(app, &by_title()).listing.documents;
        listed.into_iter().map(|one| one.title).collect::<Vec<_>>()
    };
    let app = place.open();
    seed(&app, &me(&app), &plan(40), &mut |_| ()).unwrap();
    let other = Place::new();
    let twice = other.open();
    seed(&twice, &me(&twice), &plan(20), &mut |_| ()).unwrap();
    assert!(matches!(
        seed(&twice, &me(&twice), &plan(20), &mut |_| ()),
        Err(Error::StoreNotEmpty)
    ));
    let rest = Plan {
        into_existing: true,
        ..plan(20)
    };
    seed(&twice, &me(&twice), &rest, &mut |_| ()).unwrap();
    assert_eq!(names(&app), names(&twice));
}

on_both_engines![
    the_doctor_finds_invented_records_well,
    invented_records_are_found_read_and_sealed_like_others,
    a_seed_gives_the_same_persons_again,
];

#[test]
fn only_an_admin_fills_a_store_and_never_one_that_is_in_use() {
    let place = Place::new();
    let app = place.open();
    let clerk = as_role(&app, Role::Reviewer);
    assert!(matches!(
        seed(&app, &clerk, &plan(1), &mut |_| ()),
        Err(Error::NotAllowed { .. })
    ));
    submit(&app, "passport.jpg", PASSPORT).unwrap();
    assert!(matches!(
        seed(&app, &me(&app), &plan(1), &mut |_| ()),
        Err(Error::StoreNotEmpty)
    ));
}
