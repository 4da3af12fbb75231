//! What training lines say: a little over half by the grammars of real zones, the rest at random, so
//! that a reader learns shapes and no language.

use crate::specimen::dice::Dice;
use crate::specimen::mrz::{ALPHABET, check_digit, fill};

const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";
const ALPHANUMERIC: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// Issuers and nationalities, with the odd ones of ICAO Doc 9303 part 3.
const STATES: [&str; 64] = [
    "UTO", "D<<", "FRA", "GBR", "USA", "DZA", "MAR", "TUN", "ESP", "ITA", "POL", "CZE", "NLD",
    "BEL", "CHE", "AUT", "SWE", "NOR", "FIN", "DNK", "RUS", "UKR", "CHN", "JPN", "KOR", "IND",
    "CAN", "AUS", "BRA", "ARG", "MEX", "ZAF", "EGY", "TUR", "GRC", "PRT", "ROU", "HUN", "HRV",
    "SVN", "SVK", "LTU", "LVA", "EST", "IRL", "ISL", "LUX", "BGR", "SRB", "TWN", "SGP", "IRN",
    "IRQ", "SYR", "AFG", "SEN", "CIV", "CMR", "VNM", "PHL", "GBD", "XXA", "XXB", "RKS",
];

/// Symbols that low resolution makes alike.
const LOOK_ALIKE: [&str; 11] = [
    "0ODQ", "1ILT", "2Z7", "5S8", "8B3", "6G", "K<X", "4A", "7TY", "MNWH", "UVCGO0",
];

/// The text of one line.
pub(super) fn draw(dice: &mut Dice) -> String {
    let text = plain(dice);
    if dice.chance(0.06) {
        // As on Spanish samples, whose zones keep the letter of the name.
        let mut letters = text.chars().collect::<Vec<char>>();
        for letter in letters.iter_mut().filter(|letter| **letter == 'N') {
            if dice.chance(0.7) {
                *letter = 'Ñ';
            }
        }
        letters.into_iter().collect()
    } else {
        text
    }
}

/// A text in the alphabet of ICAO Doc 9303 part 3.
fn plain(dice: &mut Dice) -> String {
    if dice.chance(0.55) {
        by_grammar(dice)
    } else {
        at_random(dice)
    }
}

/// A text of `length` symbols to stand above or below another line.
pub(super) fn neighbour(dice: &mut Dice, length: usize) -> String {
    let text = plain(dice);
    fill(&text, length)
}

fn by_grammar(dice: &mut Dice) -> String {
    let kind = dice.weighted(&[
        (0, 0.16),  // TD3 and MRV-A, first line
        (1, 0.19),  // TD3, second line
        (2, 0.12),  // TD1, first line
        (3, 0.12),  // TD1, second line
        (4, 0.09),  // TD1, third line
        (5, 0.06),  // TD2 and MRV-B, first line
        (6, 0.07),  // TD2 and MRV-B, second line
        (7, 0.03),  // MRV-A, second line
        (8, 0.03),  // French identity card, first line
        (9, 0.04),  // French identity card, second line
        (10, 0.03), // French driving licence
        (11, 0.02), // French vehicle certificate, first line
        (12, 0.02), // French vehicle certificate, second line
        (13, 0.02), // Swiss driving licence
    ]);
    let state = dice.word(&STATES);
    match kind {
        0 => format!(
            "{}{state}{}",
            dice.word(&["P<", "P<", "P<", "PD", "PO", "PP", "PE", "V<", "VC"]),
            name(dice, 39)
        ),
        1 => {
            let body = numbered_line(dice, state);
            let personal = if dice.chance(0.5) {
                "<".repeat(14)
            } else {
                optional(dice, 14)
            };
            let digit = if personal.starts_with('<') {
                dice.symbol("<0")
            } else {
                check_digit(&personal)
            };
            let composite = format!(
                "{}{}{}{personal}{digit}",
                &body[..10],
                &body[13..20],
                &body[21..28]
            );
            format!("{body}{personal}{digit}{}", check_digit(&composite))
        }
        2 => {
            let number = number(dice, 9);
            let digit = check_digit(&number);
            let rest = if dice.chance(0.5) {
                "<".repeat(15)
            } else {
                optional(dice, 15)
            };
            let code = dice.word(&["I<", "ID", "AC", "C<", "IR", "A<", "C1", "AR", "IP"]);
            format!("{code}{state}{number}{digit}{rest}")
        }
        3 => {
            let (birth, expiry) = (date(dice), date(dice));
            let rest = if dice.chance(0.6) {
                "<".repeat(11)
            } else {
                optional(dice, 11)
            };
            format!(
                "{birth}{}{}{expiry}{}{state}{rest}{}",
                check_digit(&birth),
                dice.symbol("MF<"),
                check_digit(&expiry),
                dice.symbol(DIGITS)
            )
        }
        4 => name(dice, 30),
        5 => format!(
            "{}{state}{}",
            dice.word(&["I<", "ID", "A<", "V<", "AC", "C<"]),
            name(dice, 31)
        ),
        6 => {
            let body = numbered_line(dice, state);
            let rest = if dice.chance(0.6) {
                "<".repeat(7)
            } else {
                optional(dice, 7)
            };
            format!("{body}{rest}{}", dice.symbol(DIGITS))
        }
        7 => {
            let body = numbered_line(dice, state);
            let rest = if dice.chance(0.5) {
                "<".repeat(16)
            } else {
                optional(dice, 16)
            };
            format!("{body}{rest}")
        }
        8 => {
            let surname = fill(&parts(dice, 2), 25);
            let office = if dice.chance(0.3) {
                "<".repeat(6)
            } else {
                dice.symbols(DIGITS, 6)
            };
            format!("IDFRA{surname}{office}")
        }
        9 => {
            let number = format!(
                "{:02}{:02}{}{}",
                dice.number(0, 99),
                dice.number(1, 12),
                if dice.chance(0.8) {
                    dice.symbols(DIGITS, 3)
                } else {
                    dice.symbols(ALPHANUMERIC, 3)
                },
                dice.symbols(DIGITS, 5)
            );
            let given = fill(&parts(dice, 2), 14);
            let birth = date(dice);
            format!(
                "{number}{}{given}{birth}{}{}{}",
                check_digit(&number),
                check_digit(&birth),
                dice.symbol("MF"),
                dice.symbol(DIGITS)
            )
        }
        10 => {
            let number = format!(
                "{:02}{}{}",
                dice.number(13, 30),
                dice.symbols(LETTERS, 2),
                dice.symbols(DIGITS, 5)
            );
            let start = format!("D1FRA{number}");
            let surname = fill(&parts(dice, 1), 8);
            let most = format!("{start}{}{}{surname}", check_digit(&start), date(dice));
            format!("{most}{}", check_digit(&most))
        }
        11 => {
            let plate = format!(
                "{}{}{}",
                dice.symbols(LETTERS, 2),
                dice.symbols(DIGITS, 3),
                dice.symbols(LETTERS, 2)
            );
            let vin = dice.symbols("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 17);
            let day = date(dice);
            let text = format!(
                "CRFRA{plate}{}{vin}{}{day}{}{}",
                check_digit(&plate),
                check_digit(&vin),
                check_digit(&day),
                dice.word(&["VP", "CTTE", "MTL", "VASP", "REM"])
            );
            fill(&text, 44)
        }
        12 => {
            let formula = format!(
                "{}{}{}",
                dice.number(2009, 2026),
                dice.symbols(LETTERS, 2),
                dice.symbols(DIGITS, 5)
            );
            format!(
                "{}{}{}{formula}{}{}",
                fill(dice.word(&["CI", "BB", "AA", "AB", "AC", "AF"]), 4),
                fill(&parts(dice, 1), 15),
                fill(&parts(dice, 2), 12),
                check_digit(&formula),
                dice.symbol(DIGITS)
            )
        }
        _ => {
            let number = format!("{}{}", dice.symbols(LETTERS, 3), dice.symbols(DIGITS, 3));
            fill(
                &format!(
                    "FACHE{}{}<<{}",
                    dice.symbols(DIGITS, 12),
                    number,
                    date(dice)
                ),
                dice.number(9, 30) as usize,
            )
        }
    }
}

fn at_random(dice: &mut Dice) -> String {
    let length = if dice.chance(0.7) {
        *dice.pick(&[30, 36, 44])
    } else {
        dice.number(8, 46) as usize
    };
    match dice.below(5) {
        0 => dice.symbols(ALPHANUMERIC, length),
        1 => dice.symbols(ALPHABET, length),
        2 => {
            let mut text = String::new();
            while text.len() < length {
                let set = dice.word(&LOOK_ALIKE);
                let run = dice.number(1, 6) as usize;
                text += &dice.symbols(set, run);
            }
            text.truncate(length);
            text
        }
        3 => {
            let mut text = String::new();
            while text.len() < length {
                let set = dice.word(&[LETTERS, DIGITS]);
                let run = dice.number(1, 9) as usize;
                text += &dice.symbols(set, run);
            }
            text.truncate(length);
            text
        }
        _ => {
            let mut text = String::new();
            while text.len() < length {
                let run = dice.number(1, 8) as usize;
                text += &dice.symbols(ALPHANUMERIC, run);
                text += &"<".repeat(*dice.pick(&[1, 1, 1, 2, 2, 3, 6, 12]));
            }
            text.truncate(length);
            text
        }
    }
}

/// The first 28 symbols that TD2, TD3 and the visas share: number, holder's state, birth, sex, expiry.
fn numbered_line(dice: &mut Dice, state: &str) -> String {
    let (number, birth, expiry) = (number(dice, 9), date(dice), date(dice));
    format!(
        "{number}{}{state}{birth}{}{}{expiry}{}",
        check_digit(&number),
        check_digit(&birth),
        dice.symbol("MF<"),
        check_digit(&expiry)
    )
}

fn number(dice: &mut Dice, length: usize) -> String {
    let whole = match dice.below(4) {
        0 => dice.symbols(DIGITS, length),
        1 | 2 => {
            let letters = dice.number(1, 3) as usize;
            dice.symbols(LETTERS, letters) + &dice.symbols(DIGITS, length - letters)
        }
        _ => dice.symbols(ALPHANUMERIC, length),
    };
    if dice.chance(0.15) {
        let kept = dice.number(6, length as i32 - 1) as usize;
        fill(&whole[..kept], length)
    } else {
        whole
    }
}

fn date(dice: &mut Dice) -> String {
    format!(
        "{:02}{:02}{:02}",
        dice.number(0, 99),
        dice.number(1, 12),
        dice.number(1, 31)
    )
}

fn optional(dice: &mut Dice, length: usize) -> String {
    let kept = dice.number(1, length as i32) as usize;
    let set = dice.word(&[DIGITS, ALPHANUMERIC]);
    fill(&dice.symbols(set, kept), length)
}

fn name(dice: &mut Dice, length: usize) -> String {
    let surnames = *dice.pick(&[1, 1, 1, 2, 2, 3]);
    let given = *dice.pick(&[1, 1, 2, 2, 3]);
    let text = format!("{}<<{}", parts(dice, surnames), parts(dice, given));
    fill(&text, length)
}

fn parts(dice: &mut Dice, count: usize) -> String {
    (0..count).map(|_| word(dice)).collect::<Vec<_>>().join("<")
}

/// A word that nobody is called, with vowels and consonants mostly in turn.
fn word(dice: &mut Dice) -> String {
    let length = dice.number(2, 11);
    (0..length)
        .map(|k| {
            let vowel = (k % 2 == 0) == dice.chance(0.4);
            dice.symbol(if vowel {
                "AEIOUY"
            } else {
                "BCDFGHJKLMNPQRSTVWXZ"
            })
        })
        .collect()
}
