//! Invented persons and their papers: who is put together with whom.

use std::collections::{BTreeMap, HashMap};

use lectern_tests::specimen::{
    dice::Dice,
    holder::{Day, Holder, STATES, State},
};
use model::{Alike, DocumentId, DocumentKind, FieldName, Side, Timestamp, UserId, Verdict};
use uuid::Uuid;

use super::{Edge, Facts, LINKED, PAIRED, POSSIBLE, duplicate, holder, pairs, sides};

const PERSONS: u64 = 500;

/// A card of an invented person: number, expiry, and what is on which side.
struct Card {
    front: Facts,
    back: Facts,
}

fn facts(side: Side, kind: DocumentKind, country: &str, values: &[(&str, String)]) -> Facts {
    let value = |(name, text): &(&str, String)| (FieldName::new(*name), vec![(text.clone(), 1.0)]);
    Facts {
        kind: Some(kind),
        side: Some(side),
        country: Some(country.to_owned()),
        has_sides: true,
        values: values.iter().map(value).collect::<BTreeMap<_, _>>(),
        shows_one_side: true,
        ..Facts::default()
    }
}

fn person(number: u64) -> (Holder, &'static State, Dice) {
    let mut dice = Dice::at(2026, number);
    let state = &STATES[dice.below(STATES.len())];
    (Holder::deal(&mut dice, state), state, dice)
}

/// A card whose back holds a zone, or one whose back is the table of a licence.
fn card(number: u64, renewal: u64) -> Card {
    let (holder, state, mut dice) = person(number);
    for _ in 0..renewal {
        dice = dice.fork();
    }
    let expiry = Day::deal(&mut dice, 2024, 2036).iso();
    let issue = Day::deal(&mut dice, 2014, 2023).iso();
    let document = dice.symbols("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 9);
    let code = state.code;
    let sex = holder.sex.printed().to_owned();
    let front = vec![
        ("surname", holder.surname.clone()),
        ("given_names", holder.given_names.join(" ")),
        ("date_of_birth", holder.birth.iso()),
        ("sex", sex.clone()),
        ("document_number", document.clone()),
        ("date_of_expiry", expiry.clone()),
        ("date_of_issue", issue),
    ];
    if number.is_multiple_of(3) {
        let classes = dice
            .word(&["AM/B/L", "AM/A1/B/L", "B", "B/BE", "AM/B/C/CE/L"])
            .to_owned();
        let mut front = front;
        front.push(("licence_categories", classes.clone()));
        let back = [("date_of_expiry", expiry), ("licence_categories", classes)];
        let kind = DocumentKind::DrivingLicence;
        return Card {
            front: facts(Side::Front, kind, code, &front),
            back: facts(Side::Back, kind, code, &back),
        };
    }
    // In the letters of the zone, and the names perhaps cut.
    let back = [
        ("surname", ascii(&holder.surname)),
        ("given_names", ascii(&holder.given_names.join(" "))),
        ("date_of_birth", holder.birth.iso()),
        ("sex", sex),
        ("document_number", document),
        ("date_of_expiry", expiry),
    ];
    let kind = DocumentKind::IdCard;
    Card {
        front: facts(Side::Front, kind, code, &front),
        back: facts(Side::Back, kind, code, &back),
    }
}

fn ascii(name: &str) -> String {
    crate::settle::spelling::words(name).join(" ")
}

fn id(number: usize) -> DocumentId {
    DocumentId(Uuid::from_u128(number as u128 + 1))
}

/// Pairs of documents that share a key, as the store finds them.
fn candidates(all: &[&Facts]) -> Vec<(usize, usize)> {
    let mut holders: HashMap<String, Vec<usize>> = HashMap::new();
    let mut found = std::collections::BTreeSet::new();
    for (at, facts) in all.iter().enumerate() {
        for key in facts.keys() {
            let known = holders.entry(key).or_default();
            found.extend(known.iter().map(|before| (*before, at)));
            known.push(at);
        }
    }
    found.into_iter().collect()
}

#[test]
fn five_hundred_invented_persons_keep_their_own_cards() {
    let cards: Vec<Card> = (0..PERSONS).map(|number| card(number, 0)).collect();
    let all: Vec<&Facts> = cards
        .iter()
        .flat_map(|card| [&card.front, &card.back])
        .collect();
    let edges: Vec<Edge> = candidates(&all)
        .into_iter()
        .filter_map(|(one, other)| {
            Some(Edge {
                one: id(one),
                other: id(other),
                log_odds: sides(all[one], all[other])?.log_odds,
                verdict: None,
            })
        })
        .collect();
    let paired = pairs(&edges);
    let right = |(one, other): &(DocumentId, DocumentId)| {
        let of = |id: &DocumentId| (id.0.as_u128() - 1) / 2;
        of(one) == of(other)
    };
    let (true_pairs, wrong): (Vec<(DocumentId, DocumentId)>, Vec<_>) =
        paired.iter().copied().partition(right);
    println!(
        "{PERSONS} cards: {} sides paired rightly, {} wrongly, {} compared",
        true_pairs.len(),
        wrong.len(),
        edges.len()
    );
    assert_eq!(wrong, []);
    assert_eq!(true_pairs.len(), PERSONS as usize);

    // In any other order the same pairs hold.
    let mut dice = Dice::new(7);
    for _ in 0..20 {
        let mut shuffled = edges.clone();
        for last in (1..shuffled.len()).rev() {
            shuffled.swap(last, dice.below(last + 1));
        }
        for edge in &mut shuffled {
            if dice.chance(0.5) {
                std::mem::swap(&mut edge.one, &mut edge.other);
            }
        }
        assert_eq!(pairs(&shuffled), paired);
    }
}

#[test]
fn two_persons_are_never_one_and_two_papers_of_one_are() {
    let fronts: Vec<Facts> = (0..PERSONS).map(|number| card(number, 0).front).collect();
    let (mut linked, mut possible, mut compared) = (0, 0, 0_u32);
    // All that would ever be compared, and of the first of them everyone with everyone.
    let near = candidates(&fronts.iter().collect::<Vec<_>>()).into_iter();
    let first = (0..120).flat_map(|one| (0..one).map(move |other| (one, other)));
    for (one, other) in near.chain(first) {
        compared += 1;
        let score = holder(&fronts[one], &fronts[other]).log_odds;
        linked += u32::from(score >= LINKED);
        possible += u32::from(score >= POSSIBLE);
        if let Some(twice) = duplicate(&fronts[one], &fronts[other]) {
            assert!(twice.log_odds < LINKED);
        }
    }
    // A second paper, with a slip in one of the names or dates of every other.
    let mut found = 0;
    let mut missed = 0;
    for (number, one) in fronts.iter().enumerate() {
        let mut again = card(number as u64, 1).front;
        if number % 2 == 1 {
            slip(&mut again, number);
        }
        let comparison = holder(one, &again);
        found += u32::from(comparison.log_odds >= LINKED);
        let shares = one.keys().intersection(&again.keys()).next().is_some();
        missed += u32::from(comparison.log_odds < POSSIBLE || !shares);
    }
    println!(
        "{compared} pairs of two persons: {linked} linked, {possible} to look at; \
         {PERSONS} second papers, half of them with a slip: {found} linked, {missed} missed"
    );
    assert_eq!((linked, possible), (0, 0));
    // Surnames of two letters with one of them wrong are other names.
    assert!(missed <= 5, "{missed}");
    assert!(found >= 480, "{found}");
}

/// Alters a character of a name or a digit of the birth.
fn slip(facts: &mut Facts, number: usize) {
    let field = ["surname", "given_names", "date_of_birth"][number / 2 % 3];
    let said = facts.values.get_mut(&FieldName::new(field)).unwrap();
    let mut characters: Vec<char> = said[0].0.chars().collect();
    let last = characters.len() - 1;
    characters[last] = match characters[last] {
        '8' => '5',
        digit if digit.is_ascii_digit() => '8',
        'X' => 'Y',
        _ => 'X',
    };
    said[0].0 = characters.into_iter().collect();
}

#[test]
fn every_comparison_is_symmetric() {
    let cards: Vec<Card> = (0..60).map(|number| card(number, number % 2)).collect();
    let all: Vec<&Facts> = cards
        .iter()
        .flat_map(|card| [&card.front, &card.back])
        .collect();
    for one in &all {
        for other in &all {
            assert_eq!(sides(one, other), sides(other, one));
            assert_eq!(holder(one, other), holder(other, one));
            assert_eq!(duplicate(one, other), duplicate(other, one));
        }
    }
}

#[test]
fn one_document_twice_is_found_with_its_reasons() {
    for number in 0..50 {
        let one = card(number, 0).front;
        let mut other = one.clone();
        let said = other.values.get_mut(&FieldName::DOCUMENT_NUMBER).unwrap();
        let characters: Vec<char> = said[0].0.chars().collect();
        let mut swapped = characters.clone();
        swapped.swap(3, 4);
        said[0].0 = swapped.into_iter().collect();
        let comparison = duplicate(&one, &other).unwrap();
        assert!(comparison.log_odds >= LINKED, "{number}");
        assert!(comparison.probability() > 0.95);
        let about = comparison
            .reasons
            .iter()
            .find(|one| one.about == "document_number");
        let expected = if characters[3] == characters[4] {
            Alike::Equal
        } else {
            about.unwrap().alike
        };
        assert!(matches!(
            expected,
            Alike::Equal | Alike::OneCharacter | Alike::Misread
        ));
        assert_eq!(sides(&one, &other), None, "two fronts are no pair");
        // A renewed card is another document of the same person.
        let renewed = card(number, 1).front;
        assert!(
            duplicate(&one, &renewed).unwrap().log_odds < POSSIBLE,
            "{number}"
        );
        assert!(holder(&one, &renewed).log_odds >= LINKED, "{number}");
    }
}

#[test]
fn what_a_person_said_outweighs_every_score() {
    let edge = |one, other, log_odds, verdict| Edge {
        one: id(one),
        other: id(other),
        log_odds,
        verdict,
    };
    let likeliest = pairs(&[edge(1, 2, 9.0, None), edge(1, 3, 4.0, None)]);
    assert_eq!(likeliest, [(id(1), id(2))]);
    let parted = pairs(&[
        edge(1, 2, 9.0, Some(Verdict::Different)),
        edge(1, 3, 4.0, None),
    ]);
    assert_eq!(parted, [(id(1), id(3))]);
    let by_hand = pairs(&[
        edge(1, 2, 9.0, None),
        edge(3, 1, -20.0, Some(Verdict::Same)),
    ]);
    assert_eq!(by_hand, [(id(1), id(3))]);
    assert_eq!(pairs(&[edge(1, 2, PAIRED - 0.1, None)]), []);
}

#[test]
fn twins_are_looked_at_and_not_put_together() {
    let one = card(1, 0).front;
    let mut twin = card(1, 1).front;
    twin.values
        .insert(FieldName::GIVEN_NAMES, vec![("QUIRINA".to_owned(), 1.0)]);
    let score = holder(&one, &twin).log_odds;
    assert!((POSSIBLE..LINKED).contains(&score), "{score}");
}

#[test]
fn a_side_that_nothing_names_joins_the_one_it_complements() {
    let card = card(1, 0);
    let nameless = Facts {
        side: None,
        ..card.front.clone()
    };
    let known = Facts {
        has_zone: true,
        ..card.back.clone()
    };
    let found = sides(&nameless, &known).map(|found| found.log_odds);
    assert!(found.is_some_and(|found| found >= PAIRED), "{found:?}");
    let barely_read = |facts: &Facts| {
        let mut facts = facts.clone();
        facts
            .values
            .retain(|name, _| name.as_str() == "date_of_expiry");
        facts
    };
    let (front, back) = (barely_read(&nameless), barely_read(&known));
    let shares = front.keys().intersection(&back.keys()).next().is_some();
    assert!(shares, "they never meet");
    // A picture of both sides is no side, and neither are two backs with their zones.
    let both = Facts {
        shows_one_side: false,
        ..nameless.clone()
    };
    assert_eq!(sides(&both, &known), None);
    let another_back = Facts {
        has_zone: true,
        ..nameless
    };
    assert_eq!(sides(&another_back, &known), None);
}

#[test]
fn being_taken_in_together_speaks_for_a_pair_and_never_makes_one() {
    let by = UserId(Uuid::from_u128(5));
    let (front, stranger) = (card(1, 0).front, card(2, 0).back);
    let at = |facts: &Facts, minutes: i64| facts.clone().submitted(by, Timestamp(minutes * 60_000));
    let (apart, together) = (
        sides(&at(&front, 0), &at(&stranger, 11)).unwrap(),
        sides(&at(&front, 0), &at(&stranger, 9)).unwrap(),
    );
    assert!((together.log_odds - apart.log_odds - 1.5).abs() < 1e-4);
    let is_told = |one: &model::Reason| one.about == "submission" && one.alike == Alike::Equal;
    assert!(together.reasons.iter().any(is_told));
    // All cards of a batch, none of which says anything.
    let silent = |side| facts(side, DocumentKind::DrivingLicence, "USA-MN", &[]);
    let (one, other) = (silent(Side::Front), silent(Side::Back));
    let nothing = sides(&at(&one, 0), &at(&other, 0)).unwrap();
    assert!(nothing.log_odds < POSSIBLE, "{}", nothing.log_odds);
}
