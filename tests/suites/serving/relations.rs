//! Fronts and backs in files of their own, and a sheet with several cards, become one record a card, with no
//! hand; a hand can part them again, and is remembered.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use lectern_tests::client::Client;
use lectern_tests::program::Place;
use lectern_tests::specimen::Specimen;
use lectern_tests::specimen::dice::Dice;
use lectern_tests::specimen::set;
use lectern_tests::specimen::truth::{Point, Quad};
use serde_json::{Value, json};

use super::id_of;

/// Adds the pictures in this order and waits until all is read; which document each became.
fn add(place: &Place, pictures: &[Specimen]) -> Result<Vec<String>> {
    let mut arguments = ["add", "--json", "--wait"].map(str::to_owned).to_vec();
    for picture in pictures {
        let path = place.path().join(&picture.truth.file);
        std::fs::write(&path, picture.encode())?;
        arguments.push(path.display().to_string());
    }
    let added = place.run(&arguments)?;
    ensure!(
        added.status.success(),
        "{}",
        String::from_utf8(added.stderr)?
    );
    let printed = String::from_utf8(added.stdout)?;
    let id = |line: &str| -> Result<String> {
        let answer: Value = serde_json::from_str(line)?;
        let id = answer["document"]["id"].as_str();
        Ok(id.context("a picture was not taken")?.to_owned())
    };
    printed.lines().map(id).collect()
}

fn outcome<'a>(detail: &'a Value, code: &str) -> Option<&'a str> {
    let checks = detail["reading"]["checks"].as_array()?;
    let check = checks.iter().find(|check| check["code"] == code)?;
    check["outcome"].as_str()
}

/// Whether a point lies in a quad whose corners go round.
fn lies_in(point: Point, quad: &Quad) -> bool {
    let side = |a: Point, b: Point| {
        (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) >= 0.0
    };
    let sides: Vec<bool> = (0..4)
        .map(|at| side(quad[at], quad[(at + 1) % 4]))
        .collect();
    sides.iter().all(|one| *one == sides[0])
}

/// Which card a document that was cut out of the sheet shows.
fn card_on(sheet: &Specimen, cut: &Value) -> Option<String> {
    let corners = cut["quad"].as_array()?;
    let mean = |axis: usize| -> Option<f32> {
        let sum: Option<f64> = corners.iter().map(|corner| corner[axis].as_f64()).sum();
        Some((sum? / 4.0) as f32)
    };
    let middle = [mean(0)?, mean(1)?];
    let shown = &sheet.truth.documents;
    let card = shown.iter().find(|card| lies_in(middle, &card.quad))?;
    Some(card.group.clone())
}

#[test]
fn shuffled_sides_and_a_sheet_of_cards_become_the_right_records() -> Result<()> {
    let mut pictures = set::pairs(1);
    let mut dice = Dice::new(11);
    for last in (1..pictures.len()).rev() {
        pictures.swap(last, dice.below(last + 1));
    }
    let place = Place::new()?;
    let ids = add(&place, &pictures)?;
    let groups: BTreeMap<&str, &Specimen> = ids.iter().map(String::as_str).zip(&pictures).collect();

    let server = place.serve()?;
    let client = Client::new(&server.address).sign_in_with_code(&server.code)?;
    let listing = client.get("/v1/documents?limit=200")?.expect(200)?;
    let listed = listing["documents"].as_array().context("no list")?;
    let mut records: BTreeMap<String, usize> = BTreeMap::new();
    let mut told = Vec::new();
    let mut pair = None;
    for document in listed {
        let id = document["id"].as_str().context("no id")?;
        let detail = client.get(&format!("/v1/documents/{id}"))?.expect(200)?;
        let cut = &document["cut_from"];
        let group = if let Some(picture) = groups.get(id) {
            Some(picture.truth.group.clone())
        } else {
            let sheet = cut["document_id"]
                .as_str()
                .and_then(|sheet| groups.get(sheet));
            card_on(sheet.context("a document of no picture")?, cut)
        };
        let group = group.context("a document of no card")?;
        let back = detail["other_side"].as_str();
        told.push(format!(
            "{group}: {} {} pages, other side {}, back {:?}",
            document["document_type"],
            document["pages"],
            back.is_some(),
            outcome(&detail, "back_present")
        ));
        *records.entry(group.clone()).or_default() += 1;
        if cut.is_null() {
            let back = back.with_context(|| format!("`{group}` has no other side"))?;
            let beside = groups.get(back).context("the other side is no picture")?;
            ensure!(beside.truth.group == group, "two cards became one record");
            ensure!(
                beside.truth.side.as_deref() == Some("back"),
                "the back comes first"
            );
            assert_eq!(document["pages"], 2, "{group}");
            assert_ne!(outcome(&detail, "back_present"), Some("failed"), "{group}");
            let page = client.get(&format!("/v1/documents/{id}/pages/1/image?max_side=100"))?;
            assert_eq!(page.status, 200);
            pair = Some((id.to_owned(), back.to_owned()));
        } else {
            assert_eq!(back, None, "{group}: its back is nowhere");
            assert_eq!(outcome(&detail, "back_present"), Some("failed"), "{group}");
            assert_eq!(cut["image_from_page"].as_array().map(Vec::len), Some(9));
        }
    }
    println!("{}", told.join("\n"));
    assert_eq!(records.len(), 14);
    assert!(records.values().all(|count| *count == 1), "{records:?}");

    // A person parts two sides: they stay apart, whatever is read again, until he says otherwise.
    let (front, back) = pair.context("no pair")?;
    let path = format!("/v1/documents/{front}/relations");
    let judge = |verdict: &str| {
        let body = json!({"other": back, "question": "sides", "verdict": verdict});
        client.post(&path, &body)?.expect(200)
    };
    let holds = |answer: &Value| -> Option<bool> {
        let relations = answer["relations"].as_array()?;
        let sides = relations
            .iter()
            .find(|one| one["question"] == "sides" && one["document"]["id"] == *back)?;
        sides["holds"].as_bool()
    };
    assert_eq!(holds(&judge("different")?), Some(false));
    let detail = client.get(&format!("/v1/documents/{front}"))?.expect(200)?;
    assert_eq!(detail["other_side"], Value::Null);
    assert_eq!(detail["document"]["pages"], 1);
    let listing = client.get("/v1/documents?limit=200")?.expect(200)?;
    assert_eq!(listing["documents"].as_array().map(Vec::len), Some(15));
    assert_eq!(holds(&judge("same")?), Some(true));
    let detail = client.get(&format!("/v1/documents/{front}"))?.expect(200)?;
    assert_eq!(detail["other_side"], *back);
    let left = server.stop()?;
    ensure!(left.success(), "the server left with {left}");
    Ok(())
}

/// The documents that lists show.
fn listed(client: &Client) -> Result<Vec<String>> {
    let listing = client.get("/v1/documents?limit=200")?.expect(200)?;
    let documents = listing["documents"].as_array().context("no list")?;
    let id = |document: &Value| document["id"].as_str().map(str::to_owned);
    documents
        .iter()
        .map(|document| id(document).context("no id"))
        .collect()
}

/// A person says that a sheet is one document: it is, also when it is read again, until he takes it back; what
/// was corrected on the cards meanwhile is not lost.
#[test]
fn a_sheet_that_somebody_keeps_whole_stays_one_record() -> Result<()> {
    let sheet = set::pairs(1).pop().context("no sheet")?;
    let place = Place::new()?;
    let server = place.serve()?;
    let client = Client::new(&server.address).sign_in_with_code(&server.code)?;
    let mut events = client.listen()?;
    let taken = client
        .submit(&sheet.truth.file, &sheet.encode())?
        .expect(202)?;
    let id = id_of(&taken)?;
    let cards = |detail: &Value| -> Vec<String> {
        let cut = detail["cut_out"].as_array().into_iter().flatten();
        cut.filter_map(|id| id.as_str().map(str::to_owned))
            .collect()
    };
    let cut = cards(&client.wait_until_read(&mut events, &id)?);
    assert_eq!(cut.len(), 4);
    for card in &cut {
        client.wait_until_read(&mut events, card)?;
    }
    assert_eq!(listed(&client)?.len(), 4);
    let body = json!({"field": "surname", "kind": "edited", "value": "LINDQVIST"});
    let corrections = format!("/v1/documents/{}/corrections", cut[0]);
    client.post(&corrections, &body)?.expect(201)?;

    let say = |named: &str, whole: bool| {
        let path = format!("/v1/documents/{named}/whole");
        client.post(&path, &json!({"whole": whole}))?.expect(200)
    };
    let kept = say(&cut[2], true)?;
    assert_eq!(
        (&kept["id"], &kept["kept_whole"]),
        (&json!(id), &json!(true))
    );
    assert_eq!(listed(&client)?, std::slice::from_ref(&id));
    let trash = client.get("/v1/trash")?.expect(200)?;
    assert_eq!(trash["documents"].as_array().map(Vec::len), Some(4));
    assert_eq!(say(&id, true)?["parts"], 0, "said twice, it is so once");

    let again = place.run(["reread"])?;
    ensure!(again.status.success(), "{:?}", again.stderr);
    let read = client.wait_until_read(&mut events, &id)?;
    assert_eq!(cards(&read), Vec::<String>::new());
    assert_eq!(read["document"]["pages"], 1);
    assert_eq!(listed(&client)?, std::slice::from_ref(&id));

    say(&id, false)?;
    let mut back = cards(&client.wait_until_read(&mut events, &id)?);
    let mut before = cut.clone();
    back.sort();
    before.sort();
    assert_eq!(back, before, "the same cards come back");
    assert_eq!(listed(&client)?.len(), 4);
    let card = client
        .get(&format!("/v1/documents/{}", cut[0]))?
        .expect(200)?;
    assert_eq!(card["record"]["fields"]["surname"]["value"], "LINDQVIST");
    let left = server.stop()?;
    ensure!(left.success(), "the server left with {left}");
    Ok(())
}
