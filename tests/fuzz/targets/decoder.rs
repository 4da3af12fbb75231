//! Lattices of arbitrary shape and content, as no recogniser should ever give them.
//!
//! The first byte chooses where they come from: raw numbers of any kind, NaN and infinity among
//! them, or the lines of a text seen with arbitrary doubt, which lead deep into the search.
#![no_main]

mod bytes;

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use model::{Lattice, MrzFormat, Point};
use parse::mrz::{self, Decoded};

const SYMBOLS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";

fuzz_target!(|input: &[u8]| {
    let mut bytes = Bytes(input);
    let mode = bytes.byte();
    let lines = if mode % 4 == 0 {
        raw(&mut bytes)
    } else {
        seen(&mut bytes, mode)
    };
    let firsts: Vec<Lattice> = lines
        .iter()
        .filter_map(|crops| crops.first().cloned())
        .collect();
    let _ = mrz::glance(&firsts);
    let Some(decoded) = mrz::decode(&lines) else {
        return;
    };
    hold(&decoded, &lines);
    if mode & 0x40 != 0 {
        assert!(
            mrz::decode(&lines) == Some(decoded),
            "the same lattices read the same"
        );
    }
});

/// What must be true of every zone, whatever was seen.
fn hold(decoded: &Decoded, lines: &[Vec<Lattice>]) {
    let text: Vec<String> = decoded
        .text()
        .into_iter()
        .map(model::Personal::into_inner)
        .collect();
    let wanted: &[usize] = match decoded.format {
        MrzFormat::Td1 => &[30, 30, 30],
        MrzFormat::Td2 | MrzFormat::MrvB | MrzFormat::FrenchId => &[36, 36],
        MrzFormat::Td3 | MrzFormat::MrvA | MrzFormat::FrenchVehicleRegistration => &[44, 44],
        MrzFormat::FrenchDrivingLicence => &[30],
        MrzFormat::SwissDrivingLicence => &[9, 30, 30],
        MrzFormat::Nonstandard => &[],
    };
    assert_eq!(text.len(), lines.len(), "a line for a line");
    if decoded.format != MrzFormat::Nonstandard {
        assert_eq!(text.len(), wanted.len());
        let odd = text.iter().zip(wanted);
        let odd = odd.filter(|(line, wanted)| line.chars().count() != **wanted);
        // One line may be printed with up to four characters too many or too few.
        assert!(odd.clone().count() <= 1);
        for (line, wanted) in odd {
            assert!(line.chars().count().abs_diff(*wanted) <= 4);
        }
    }
    for line in &text {
        assert!(line.chars().all(|one| SYMBOLS.contains(one) || one == 'Ñ'));
    }
    assert!(
        decoded.score <= 0.001,
        "a probability is at most 1: {}",
        decoded.score
    );
    assert!(
        (0.0..=2.6).contains(&decoded.repair),
        "repair is bounded: {}",
        decoded.repair
    );
    for (line, crops) in decoded.lines.iter().zip(lines) {
        let steps = crops.iter().map(Lattice::steps).max().unwrap_or(0);
        let mut last = 0;
        for character in line {
            assert!(
                (0.0..=1.0).contains(&character.probability),
                "{}",
                character.probability
            );
            assert!(!character.margin.is_nan());
            let (from, to) = character.steps;
            assert!(
                last <= from && from < to && to <= steps,
                "{from}..{to} of {steps}"
            );
            last = to;
        }
    }
    for (span, certainty) in &decoded.states {
        assert!((0.0..=1.0).contains(certainty), "{certainty}");
        assert!(span.line < text.len());
    }
    for verdict in &decoded.verdicts {
        assert!(
            (0.0..=1.0).contains(&verdict.certainty),
            "{}",
            verdict.certainty
        );
        assert!(
            verdict.agrees || !verdict.proven,
            "what disagrees is never proven"
        );
        let covered: String = verdict
            .over
            .iter()
            .flat_map(|span| decoded.characters(*span))
            .map(|character| character.symbol)
            .collect();
        // In every layout the digit stands right behind what it covers last.
        let last = verdict.over.last().expect("a digit covers something");
        let digit = text[last.line]
            .chars()
            .nth(last.to)
            .expect("a digit has its place");
        let empty = digit == '<' && covered.chars().all(|one| one == '<');
        let holds = digit == mrz::check_digit(&covered) || empty;
        assert!(holds || !verdict.agrees, "a digit that agrees is right");
    }
    let regular = decoded
        .lines
        .iter()
        .map(Vec::len)
        .eq(wanted.iter().copied());
    let lines: Vec<&str> = text.iter().map(String::as_str).collect();
    let content = mrz::parse(decoded.format, &lines, jiff::civil::date(2026, 11, 21));
    if regular && !decoded.verdicts.is_empty() {
        let failed = content.checks.iter().any(|check| {
            check.code.starts_with("check_digit") && check.outcome == model::Outcome::Failed
        });
        assert_eq!(
            failed,
            !decoded.agrees(),
            "decoder and parser agree about the digits"
        );
    }
}

/// One to four lines, each with up to three lattices of any shape.
fn raw(bytes: &mut Bytes<'_>) -> Vec<Vec<Lattice>> {
    (0..bytes.below(5))
        .map(|_| (0..bytes.below(4)).map(|_| raw_lattice(bytes)).collect())
        .collect()
}

fn raw_lattice(bytes: &mut Bytes<'_>) -> Lattice {
    let alphabet: Vec<char> = match bytes.byte() % 4 {
        0 => SYMBOLS.chars().collect(),
        1 => SYMBOLS.chars().chain(['Ñ']).collect(),
        2 => Vec::new(),
        _ => (0..bytes.below(50))
            .map(|_| char::from(bytes.byte()))
            .collect(),
    };
    let count = bytes.below(1500);
    let log_probabilities = (0..count)
        .map(|_| match bytes.byte() {
            0 => f32::NAN,
            1 => f32::INFINITY,
            2 => f32::NEG_INFINITY,
            3 => f32::MAX,
            4 => f32::from_bits(u32::from_le_bytes([0; 4].map(|_: u8| bytes.byte()))),
            other => -f32::from(other) / 16.0,
        })
        .collect();
    let edges = (0..bytes.below(64))
        .map(|step| edge(step, bytes.byte()))
        .collect();
    Lattice {
        alphabet,
        log_probabilities,
        edges,
    }
}

fn edge(step: usize, bend: u8) -> (Point, Point) {
    let (x, y) = (step as f32 * 4.0, f32::from(bend));
    (Point::new(x, y), Point::new(x, y + 24.0))
}

/// The lines of the input's text, seen with the doubt that its last bytes ask for.
///
/// Text ends at the first byte that is no symbol and no line break; lines are at most 60 long.
fn seen(bytes: &mut Bytes<'_>, mode: u8) -> Vec<Vec<Lattice>> {
    let end = bytes
        .0
        .iter()
        .position(|one| !SYMBOLS.as_bytes().contains(one) && *one != b'\n');
    let (text, doubt) = bytes.0.split_at(end.unwrap_or(bytes.0.len()));
    let lines: Vec<&[u8]> = text.split(|one| *one == b'\n').take(4).collect();
    let mut doubt = Bytes(doubt);
    let crops = 1 + usize::from(mode >> 2) % 3;
    lines
        .into_iter()
        .map(|line| {
            let line = &line[..line.len().min(60)];
            (0..crops).map(|_| seen_line(line, &mut doubt)).collect()
        })
        .collect()
}

/// Four steps a character: a blank, two of the character, a blank. Each character spends two bytes
/// of doubt: a rival, and how much of the probability it takes; rivals above the alphabet take a
/// character away or draw it out.
fn seen_line(line: &[u8], doubt: &mut Bytes<'_>) -> Lattice {
    let columns = SYMBOLS.len() + 1;
    let mut rows: Vec<Vec<f32>> = Vec::new();
    let blank = || {
        let mut row = vec![1e-5_f32; columns];
        row[0] = 1.0;
        row
    };
    rows.push(blank());
    for symbol in line {
        let column = 1 + SYMBOLS.bytes().position(|one| one == *symbol).unwrap_or(36);
        let (rival, share) = if doubt.0.is_empty() {
            (0, 0.0)
        } else {
            (doubt.byte(), f32::from(doubt.byte()) / 255.0)
        };
        let mut row = vec![1e-5_f32; columns];
        match rival {
            ..=36 => {
                row[column] += 1.0 - share;
                row[1 + usize::from(rival)] += share;
            }
            37..=60 => {
                row[column] += 1.0 - share;
                row[0] += share;
            }
            61..=63 => continue,
            _ => row[column] += 1.0,
        }
        rows.push(blank());
        for _ in 0..if rival == 64 { 6 } else { 2 } {
            rows.push(row.clone());
        }
        rows.push(blank());
    }
    let log_probabilities = rows
        .iter()
        .flat_map(|row| {
            let sum: f32 = row.iter().sum();
            row.iter().map(move |one| (one / sum).ln())
        })
        .collect();
    Lattice {
        alphabet: SYMBOLS.chars().collect(),
        log_probabilities,
        edges: (0..=rows.len()).map(|step| edge(step, 0)).collect(),
    }
}
