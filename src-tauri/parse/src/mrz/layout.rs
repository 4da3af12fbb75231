//! The layouts of machine-readable zones, as data.
//!
//! ICAO Doc 9303 parts 4 to 7; the French identity card of 1988 and driving licence of 2013, whose
//! layouts are known from specimens; the Swiss driving licence; the French vehicle certificate, of
//! which only some parts are known and none is held against a document.
//! Positions count from 0 here; the standards count from 1.

use model::MrzFormat;

use super::alphabet::{Alphabet, FILLER, WEIGHTS, digit, value};

/// A part of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The line, from 0.
    pub line: usize,
    /// The first position, from 0.
    pub from: usize,
    /// The position after the last.
    pub to: usize,
}

/// Short for a span in the tables.
pub(crate) const fn span(line: usize, from: usize, to: usize) -> Span {
    Span { line, from, to }
}

impl Span {
    /// The places in it.
    pub(crate) fn places(self) -> impl Iterator<Item = (usize, usize)> {
        (self.from..self.to).map(move |position| (self.line, position))
    }
}

/// What a check digit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigitKind {
    /// The document number.
    DocumentNumber,
    /// The date of birth.
    DateOfBirth,
    /// The date of expiry.
    DateOfExpiry,
    /// The personal number or other optional data of a passport.
    PersonalNumber,
    /// Everything that matters, over all lines.
    Composite,
}

/// When the place of a check digit may hold a filler instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FillerDigit {
    /// Never.
    Never,
    /// Where there is nothing to check (ICAO Doc 9303 part 4, personal number).
    WhenEmpty,
    /// Where the number goes on in the optional data (parts 5 and 6, long document number): the
    /// span of that optional data.
    WhenLong(Span),
}

/// One check digit of a layout.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DigitRule {
    pub(crate) kind: DigitKind,
    /// What it is computed over, in this order.
    pub(crate) over: &'static [Span],
    /// Its place: line and position.
    pub(crate) place: (usize, usize),
    pub(crate) filler: FillerDigit,
}

/// A check digit of one document: long document numbers resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Digit {
    pub(crate) kind: DigitKind,
    pub(crate) over: Vec<Span>,
    pub(crate) place: (usize, usize),
    /// Whether a filler stands for the digit of an empty field.
    pub(crate) filler_when_empty: bool,
}

impl Digit {
    /// The places it covers, in the order of the weights.
    pub(crate) fn places(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.over.iter().flat_map(|span| span.places())
    }

    /// Whether the digit agrees with what it covers.
    pub(crate) fn holds(&self, at: impl Fn((usize, usize)) -> u8) -> bool {
        let printed = at(self.place);
        let empty = self.places().all(|place| at(place) == FILLER);
        let sum: u32 = self
            .places()
            .zip(WEIGHTS.into_iter().cycle())
            .map(|(place, weight)| weight * value(at(place)))
            .sum();
        digit(printed) == Some(sum % 10) || (printed == FILLER && self.filler_when_empty && empty)
    }
}

/// A layout.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) format: MrzFormat,
    /// Per line, runs of positions and what may stand there.
    pub(crate) lines: &'static [&'static [(usize, Alphabet)]],
    pub(crate) digits: &'static [DigitRule],
    /// Where three-letter codes of states stand.
    pub(crate) states: &'static [Span],
}

const D: Alphabet = Alphabet::DIGIT;
const F: Alphabet = Alphabet::DIGIT_OR_FILLER;
const N: Alphabet = Alphabet::NAME;
const X: Alphabet = Alphabet::ANY;
const SEX: Alphabet = Alphabet::of("MFX<");
const MONTH: Alphabet = Alphabet::of("01<");
const DAY: Alphabet = Alphabet::of("0123<");

const fn is(text: &'static str) -> (usize, Alphabet) {
    (1, Alphabet::of(text))
}

const fn rule(kind: DigitKind, over: &'static [Span], place: (usize, usize)) -> DigitRule {
    DigitRule {
        kind,
        over,
        place,
        filler: FillerDigit::Never,
    }
}

/// The second line that TD3, TD2, MRV-A and MRV-B share up to position 28.
macro_rules! second_line {
    ($number_digit:expr, $($rest:expr),*) => {
        &[
            (9, X), (1, $number_digit), (3, N),
            (2, F), (1, MONTH), (1, F), (1, DAY), (1, F), (1, D),
            (1, SEX),
            (2, F), (1, MONTH), (1, F), (1, DAY), (1, F), (1, D),
            $($rest),*
        ]
    };
}

const NUMBER: &[Span] = &[span(1, 0, 9)];
const BIRTH: &[Span] = &[span(1, 13, 19)];
const EXPIRY: &[Span] = &[span(1, 21, 27)];
const STATES: &[Span] = &[span(0, 2, 5), span(1, 10, 13)];

const VISA_DIGITS: &[DigitRule] = &[
    rule(DigitKind::DocumentNumber, NUMBER, (1, 9)),
    rule(DigitKind::DateOfBirth, BIRTH, (1, 19)),
    rule(DigitKind::DateOfExpiry, EXPIRY, (1, 27)),
];

/// Passport, two lines of 44 (part 4).
pub(crate) const TD3: Layout = Layout {
    format: MrzFormat::Td3,
    lines: &[
        &[is("P"), (1, X), (42, N)],
        second_line!(D, (14, X), (1, F), (1, D)),
    ],
    digits: &[
        rule(DigitKind::DocumentNumber, NUMBER, (1, 9)),
        rule(DigitKind::DateOfBirth, BIRTH, (1, 19)),
        rule(DigitKind::DateOfExpiry, EXPIRY, (1, 27)),
        DigitRule {
            kind: DigitKind::PersonalNumber,
            over: &[span(1, 28, 42)],
            place: (1, 42),
            filler: FillerDigit::WhenEmpty,
        },
        rule(
            DigitKind::Composite,
            &[span(1, 0, 10), span(1, 13, 20), span(1, 21, 43)],
            (1, 43),
        ),
    ],
    states: STATES,
};

/// Card of two lines of 36 (part 6).
pub(crate) const TD2: Layout = Layout {
    format: MrzFormat::Td2,
    lines: &[
        &[is("ACI"), (1, X), (34, N)],
        second_line!(F, (7, X), (1, D)),
    ],
    digits: &[
        DigitRule {
            kind: DigitKind::DocumentNumber,
            over: NUMBER,
            place: (1, 9),
            filler: FillerDigit::WhenLong(span(1, 28, 35)),
        },
        rule(DigitKind::DateOfBirth, BIRTH, (1, 19)),
        rule(DigitKind::DateOfExpiry, EXPIRY, (1, 27)),
        rule(
            DigitKind::Composite,
            &[span(1, 0, 10), span(1, 13, 20), span(1, 21, 35)],
            (1, 35),
        ),
    ],
    states: STATES,
};

/// Visa of two lines of 44 (part 7).
pub(crate) const MRV_A: Layout = Layout {
    format: MrzFormat::MrvA,
    lines: &[&[is("V"), (1, X), (42, N)], second_line!(D, (16, X))],
    digits: VISA_DIGITS,
    states: STATES,
};

/// Visa of two lines of 36 (part 7).
pub(crate) const MRV_B: Layout = Layout {
    format: MrzFormat::MrvB,
    lines: &[&[is("V"), (1, X), (34, N)], second_line!(D, (8, X))],
    digits: VISA_DIGITS,
    states: STATES,
};

/// Card of three lines of 30 (part 5).
pub(crate) const TD1: Layout = Layout {
    format: MrzFormat::Td1,
    lines: &[
        &[is("ACI"), (1, X), (3, N), (9, X), (1, F), (15, X)],
        &[
            (2, F),
            (1, MONTH),
            (1, F),
            (1, DAY),
            (1, F),
            (1, D),
            (1, SEX),
            (2, F),
            (1, MONTH),
            (1, F),
            (1, DAY),
            (1, F),
            (1, D),
            (3, N),
            (11, X),
            (1, D),
        ],
        &[(30, N)],
    ],
    digits: &[
        DigitRule {
            kind: DigitKind::DocumentNumber,
            over: &[span(0, 5, 14)],
            place: (0, 14),
            filler: FillerDigit::WhenLong(span(0, 15, 30)),
        },
        rule(DigitKind::DateOfBirth, &[span(1, 0, 6)], (1, 6)),
        rule(DigitKind::DateOfExpiry, &[span(1, 8, 14)], (1, 14)),
        rule(
            DigitKind::Composite,
            &[
                span(0, 5, 30),
                span(1, 0, 7),
                span(1, 8, 15),
                span(1, 18, 29),
            ],
            (1, 29),
        ),
    ],
    states: &[span(0, 2, 5), span(1, 15, 18)],
};

/// French identity card of 1988 to 2021: not TD2, although its lines are as long.
pub(crate) const FRENCH_ID: Layout = Layout {
    format: MrzFormat::FrenchId,
    lines: &[
        &[is("I"), is("D"), is("F"), is("R"), is("A"), (25, N), (6, X)],
        &[
            (4, D),
            (3, X),
            (5, D),
            (1, D),
            (14, N),
            (2, F),
            (1, MONTH),
            (1, F),
            (1, DAY),
            (1, F),
            (1, D),
            (1, SEX),
            (1, D),
        ],
    ],
    digits: &[
        rule(DigitKind::DocumentNumber, &[span(1, 0, 12)], (1, 12)),
        rule(DigitKind::DateOfBirth, &[span(1, 27, 33)], (1, 33)),
        rule(
            DigitKind::Composite,
            &[span(0, 0, 36), span(1, 0, 35)],
            (1, 35),
        ),
    ],
    states: &[],
};

/// French driving licence since 2013, one line of 30.
pub(crate) const FRENCH_DRIVING_LICENCE: Layout = Layout {
    format: MrzFormat::FrenchDrivingLicence,
    lines: &[&[
        is("D"),
        (1, Alphabet::LETTER_OR_DIGIT),
        is("F"),
        is("R"),
        is("A"),
        (2, D),
        (2, Alphabet::LETTER),
        (5, D),
        (1, D),
        (2, D),
        is("01"),
        (1, D),
        is("0123"),
        (1, D),
        (8, N),
        (1, D),
    ]],
    digits: &[
        rule(DigitKind::DocumentNumber, &[span(0, 0, 14)], (0, 14)),
        rule(DigitKind::Composite, &[span(0, 0, 29)], (0, 29)),
    ],
    states: &[],
};

/// French vehicle registration certificate since 2009, two lines of 44. No digit is held against it:
/// its layout is published nowhere.
pub(crate) const FRENCH_VEHICLE_REGISTRATION: Layout = Layout {
    format: MrzFormat::FrenchVehicleRegistration,
    lines: &[
        &[
            is("C"),
            is("R"),
            is("F"),
            is("R"),
            is("A"),
            (39, Alphabet::EVERYTHING),
        ],
        &[(44, Alphabet::EVERYTHING)],
    ],
    digits: &[],
    states: &[],
};

/// Swiss driving licence: a line of 9 and two of 30.
pub(crate) const SWISS_DRIVING_LICENCE: Layout = Layout {
    format: MrzFormat::SwissDrivingLicence,
    lines: &[
        &[(9, X)],
        &[
            is("F"),
            is("A"),
            is("C"),
            is("H"),
            is("E"),
            (12, X),
            (2, Alphabet::only(FILLER)),
            (2, F),
            (1, MONTH),
            (1, F),
            (1, DAY),
            (1, F),
            (5, Alphabet::only(FILLER)),
        ],
        &[(30, N)],
    ],
    digits: &[],
    states: &[],
};

/// Every layout.
pub(crate) const LAYOUTS: [&Layout; 9] = [
    &TD3,
    &TD1,
    &TD2,
    &MRV_A,
    &MRV_B,
    &FRENCH_ID,
    &FRENCH_DRIVING_LICENCE,
    &FRENCH_VEHICLE_REGISTRATION,
    &SWISS_DRIVING_LICENCE,
];

/// The layout of a format; none for a band of unknown layout.
pub(crate) fn of(format: MrzFormat) -> Option<&'static Layout> {
    LAYOUTS.into_iter().find(|layout| layout.format == format)
}

impl Layout {
    /// Number of characters of a line; 0 for lines it has not.
    pub(crate) fn length(&self, line: usize) -> usize {
        self.lines
            .get(line)
            .map_or(0, |runs| runs.iter().map(|(count, _)| count).sum())
    }

    /// What may stand at each position of a line.
    pub(crate) fn alphabets(&self, line: usize) -> Vec<Alphabet> {
        self.lines
            .get(line)
            .into_iter()
            .flat_map(|runs| runs.iter())
            .flat_map(|(count, alphabet)| std::iter::repeat_n(*alphabet, *count))
            .collect()
    }

    /// The check digits of a document that bears these symbols.
    ///
    /// A long document number is recognised by the filler in the place of its digit. Whether that
    /// filler takes a place in the sum is disputed, so both are offered where they differ: the
    /// first that holds counts, and when none holds the first does.
    pub(crate) fn digits(&self, at: impl Fn((usize, usize)) -> u8) -> Vec<Digit> {
        let resolve = |rule: &DigitRule| {
            let plain = Digit {
                kind: rule.kind,
                over: rule.over.to_vec(),
                place: rule.place,
                filler_when_empty: rule.filler == FillerDigit::WhenEmpty,
            };
            let FillerDigit::WhenLong(optional) = rule.filler else {
                return plain;
            };
            let rest = optional.places().take_while(|place| at(*place) != FILLER);
            let rest = rest.count();
            if at(rule.place) != FILLER || rest < 2 {
                return plain;
            }
            let tail = span(optional.line, optional.from, optional.from + rest - 1);
            let (line, position) = rule.place;
            let long = |between: &[Span]| Digit {
                kind: rule.kind,
                over: [rule.over, between, &[tail]].concat(),
                place: (optional.line, tail.to),
                filler_when_empty: false,
            };
            let without = long(&[]);
            let with = long(&[span(line, position, position + 1)]);
            if !without.holds(&at) && with.holds(&at) {
                with
            } else {
                without
            }
        };
        self.digits.iter().map(resolve).collect()
    }
}

#[cfg(test)]
mod tests {
    use model::MrzFormat;

    use super::LAYOUTS;

    #[test]
    fn lines_have_the_lengths_of_the_standards() {
        let lengths = |format| {
            let layout = super::of(format).unwrap();
            (0..layout.lines.len())
                .map(|line| layout.length(line))
                .collect::<Vec<_>>()
        };
        for (format, expected) in [
            (MrzFormat::Td1, vec![30, 30, 30]),
            (MrzFormat::Td2, vec![36, 36]),
            (MrzFormat::Td3, vec![44, 44]),
            (MrzFormat::MrvA, vec![44, 44]),
            (MrzFormat::MrvB, vec![36, 36]),
            (MrzFormat::FrenchId, vec![36, 36]),
            (MrzFormat::FrenchDrivingLicence, vec![30]),
            (MrzFormat::FrenchVehicleRegistration, vec![44, 44]),
            (MrzFormat::SwissDrivingLicence, vec![9, 30, 30]),
        ] {
            assert_eq!(lengths(format), expected, "{format:?}");
        }
    }

    #[test]
    fn digits_and_spans_lie_inside_their_lines() {
        for layout in LAYOUTS {
            let digits = layout.digits.iter();
            let spans = digits
                .clone()
                .flat_map(|rule| rule.over)
                .chain(layout.states);
            for span in spans {
                assert!(span.from < span.to && span.to <= layout.length(span.line));
            }
            for rule in digits {
                assert!(rule.place.1 < layout.length(rule.place.0));
            }
        }
    }
}
