//! Decoding lattices drawn from text.

use model::{Lattice, MrzFormat};

use super::{
    decode::{Decoded, Verdict, decode, glance},
    layout::DigitKind,
    synthesis::{Dice, clean, misread, noisy},
};

const TD3: [&str; 2] = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
];

fn read(lines: &[&str], draw: impl Fn(usize, &str) -> Vec<Lattice>) -> Option<Decoded> {
    let crops: Vec<Vec<Lattice>> = lines
        .iter()
        .enumerate()
        .map(|(line, text)| draw(line, text))
        .collect();
    decode(&crops)
}

fn text(decoded: &Decoded) -> Vec<String> {
    let lines = decoded.text().into_iter();
    lines.map(model::Personal::into_inner).collect()
}

#[test]
fn every_format_is_decoded_as_itself() {
    for (lines, format) in [
        (&TD3[..], MrzFormat::Td3),
        (
            &[
                "I<UTOD231458907<<<<<<<<<<<<<<<",
                "7408122F1204159UTO<<<<<<<<<<<6",
                "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
            ],
            MrzFormat::Td1,
        ),
        (
            &[
                "I<UTOD23145890<7349<<<<<<<<<<<",
                "3407127M9507122UTO<<<<<<<<<<<2",
                "STEVENSON<<PETER<JOHN<<<<<<<<<",
            ],
            MrzFormat::Td1,
        ),
        (
            &[
                "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
                "D231458907UTO7408122F1204159<<<<<<<6",
            ],
            MrzFormat::Td2,
        ),
        (
            &[
                "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
            ],
            MrzFormat::MrvA,
        ),
        (
            &[
                "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
                "L8988901C4XXX4009078F9612109<<<<<<<<",
            ],
            MrzFormat::MrvB,
        ),
        (
            &[
                "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<",
                "9409923102854CORINNE<<<<<<<6512068F4",
            ],
            MrzFormat::FrenchId,
        ),
        (
            &["D1FRA13AA000026181231MARTIN<<9"],
            MrzFormat::FrenchDrivingLicence,
        ),
        (
            &[
                "CRFRAAB123CD0VFSIV2009ASIV200929801059VP<<<<",
                "CI<<MARQUES<<<<<<<MODELE<<<<<<<2009AS0528402",
            ],
            MrzFormat::FrenchVehicleRegistration,
        ),
        (
            &[
                "AAA001D<<",
                "FACHE003110410001<<650311<<<<<",
                "MUSTER<<MARTIN<<<<<<<<<<<<<<<<",
            ],
            MrzFormat::SwissDrivingLicence,
        ),
        (&["A1FRA13AA00026140101RICHARD<SP7"], MrzFormat::Nonstandard),
        (
            &["A2FRA56BB5689451313102135MARTIN<1"],
            MrzFormat::Nonstandard,
        ),
    ] {
        let most = if format == MrzFormat::Nonstandard {
            0.1
        } else {
            0.4
        };
        for noise in [0.0, most] {
            let seed = |line| 11 + line as u64;
            let decoded = read(lines, |line, text| vec![noisy(text, seed(line), noise)]);
            let decoded = decoded.unwrap_or_else(|| panic!("{format:?} is not decoded"));
            assert_eq!(decoded.format, format);
            assert_eq!(text(&decoded), lines, "{format:?}");
            assert!(decoded.agrees(), "{format:?}");
        }
    }
}

#[test]
fn a_misread_digit_is_repaired_and_the_raw_read_kept() {
    // The 8 of the birth date is seen as B, which no date may hold, the 2 as 1.
    let lines = [vec![clean(TD3[0])], vec![misread(TD3[1], 18, '1', 0.25)]];
    let decoded = decode(&lines).unwrap();
    assert_eq!(text(&decoded), TD3);
    let repaired = &decoded.lines[1][18];
    assert_eq!((repaired.symbol, repaired.raw), ('2', '1'));
    assert!(repaired.margin < 0.0 && decoded.repair > 0.5);
    assert_eq!(repaired.rivals[0].0, '1');
}

#[test]
fn repair_is_bounded_and_wrong_digits_stay_as_printed() {
    let lines = [vec![clean(TD3[0])], vec![misread(TD3[1], 18, '1', 0.0)]];
    let decoded = decode(&lines).unwrap();
    assert_eq!(text(&decoded)[1].as_bytes()[18], b'1');
    let birth = |verdict: &&Verdict| verdict.kind == DigitKind::DateOfBirth;
    assert!(!decoded.verdicts.iter().find(birth).unwrap().agrees);
    assert!(decoded.repair == 0.0 && !decoded.agrees());
}

#[test]
fn several_crops_outvote_one() {
    let wrong = misread(TD3[0], 8, 'B', 0.05);
    let alone = decode(&[vec![wrong.clone()], vec![clean(TD3[1])]]).unwrap();
    assert_eq!(text(&alone)[0].as_bytes()[8], b'B');
    let crops = vec![wrong, clean(TD3[0]), clean(TD3[0])];
    let decoded = decode(&[crops, vec![clean(TD3[1])]]).unwrap();
    assert_eq!(text(&decoded), TD3);
}

#[test]
fn blind_twins_take_the_certainty_from_a_digit() {
    // F and P are one class: the digit agrees whichever stands in the number.
    let lines = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", TD3[1]];
    let sure = decode(&[vec![clean(lines[0])], vec![clean(lines[1])]]).unwrap();
    let number = |decoded: &Decoded| {
        let verdicts = decoded.verdicts.iter();
        let mut found = verdicts.filter(|verdict| verdict.kind == DigitKind::DocumentNumber);
        found.next().unwrap().certainty
    };
    assert!(number(&sure) > 0.99, "{}", number(&sure));
    // L stands first; its twins are 1, B and V.
    let twin = misread(TD3[1], 0, 'L', 0.0);
    let mut rival = twin.clone();
    let columns = rival.columns();
    for step in 0..rival.steps() {
        let row = &mut rival.log_probabilities[step * columns..(step + 1) * columns];
        // As likely a V as an L, where the L is seen.
        row[1 + 21] = row[1 + 21].max(row[1 + 11] - 0.4);
    }
    let doubtful = decode(&[vec![clean(lines[0])], vec![rival]]).unwrap();
    assert!(number(&doubtful) < 0.75, "{}", number(&doubtful));
}

#[test]
fn prints_that_break_the_standard_are_given_as_printed() {
    let spanish = [
        "IDESPAAA1000014<00000023T<<<<<",
        "7212018F1101236ESP<<<<<<<<<<<8",
        "ESPAÑOLA<ESPAÑOLA<CARMEN<<<<<<",
    ];
    let decoded = read(&spanish, |_, text| vec![clean(text)]).unwrap();
    assert_eq!(text(&decoded), spanish);
    assert!(!decoded.agrees());

    let short = [TD3[0], &TD3[1][..43]];
    let decoded = read(&short, |_, text| vec![clean(text)]).unwrap();
    assert_eq!(decoded.format, MrzFormat::Td3);
    assert_eq!(text(&decoded), short);
    assert!(decoded.verdicts.is_empty());
}

#[test]
fn two_lines_of_other_lengths_are_another_layout() {
    let lines = [
        "IDFRALEFEVRE<<<<<<<<<<<<<<8671324",
        "076020012817FRANCOISE<<<<<0004065F0",
    ];
    let decoded = read(&lines, |_, text| vec![clean(text)]).unwrap();
    assert_eq!(decoded.format, MrzFormat::Nonstandard);
    assert_eq!(text(&decoded), lines);
}

#[test]
fn codes_of_states_are_put_right_when_that_is_nearly_free() {
    let unsure = misread(TD3[0], 2, 'O', 0.2);
    let decoded = decode(&[vec![unsure], vec![clean(TD3[1])]]).unwrap();
    assert_eq!(text(&decoded), TD3);
    let wrong = misread(TD3[0], 2, 'O', 0.0);
    let decoded = decode(&[vec![wrong], vec![clean(TD3[1])]]).unwrap();
    assert_eq!(&text(&decoded)[0][..5], "P<OTO");
}

#[test]
fn other_text_is_no_zone() {
    let mut dice = Dice(5);
    let mut random = |count: usize, symbols: &[char]| -> String {
        (0..count)
            .map(|_| symbols[dice.one_of(symbols.len())])
            .collect()
    };
    let letters: Vec<char> = ('A'..='Z').collect();
    let digits: Vec<char> = ('0'..='9').collect();
    for round in 0..20 {
        let symbols = if round % 2 == 0 { &letters } else { &digits };
        for (lines, count) in [(1, 30), (2, 44), (2, 36), (3, 30), (2, 40)] {
            let crops: Vec<Vec<Lattice>> = (0..lines)
                .map(|_| vec![clean(&random(count, symbols))])
                .collect();
            assert_eq!(decode(&crops).map(|decoded| decoded.format), None);
        }
    }
}

#[test]
fn a_glance_tells_zones_from_noise() {
    let zone = glance(&[clean(TD3[0]), clean(TD3[1])]);
    assert_eq!(zone.lengths, (44, 44));
    assert!(zone.certainty > 0.95 && zone.fillers > 0.2);
    assert_eq!(glance(&[]).lengths, (0, 0));
}
