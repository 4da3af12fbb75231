//! The symbols of a machine-readable zone and what a check digit makes of them.
//!
//! ICAO Doc 9303 part 3 section 4: capital letters, digits and the filler `<`. One letter more is
//! known here: Spanish specimens print `Ñ`, which no zone may hold; it is read so that it can be
//! returned as printed and flagged.

/// Number of symbols: 26 letters, 10 digits, the filler, `Ñ`.
pub(crate) const SYMBOLS: usize = 38;

/// The filler.
pub(crate) const FILLER: u8 = 36;

/// The letter that some documents print although no zone may hold it.
const ENYE: u8 = 37;

/// A symbol's number: `A` is 0, `0` is 26, `<` is 36.
pub(crate) const fn index(symbol: char) -> Option<u8> {
    match symbol {
        'A'..='Z' => Some(symbol as u8 - b'A'),
        '0'..='9' => Some(symbol as u8 - b'0' + 26),
        '<' => Some(FILLER),
        'Ñ' => Some(ENYE),
        _ => None,
    }
}

/// Whether the standard allows the symbol in a zone.
pub(crate) const fn is_standard(index: u8) -> bool {
    index <= FILLER
}

/// The symbol with that number; the filler for numbers out of range.
pub(crate) const fn symbol(index: u8) -> char {
    match index {
        0..26 => (b'A' + index) as char,
        26..=35 => (b'0' + index - 26) as char,
        ENYE => 'Ñ',
        _ => '<',
    }
}

/// The value of a symbol in a check sum: digits count themselves, letters 10 to 35, fillers nothing.
pub(crate) const fn value(index: u8) -> u32 {
    match index {
        0..26 => index as u32 + 10,
        26..=35 => index as u32 - 26,
        _ => 0,
    }
}

/// The digit a symbol is, if it is one.
pub(crate) const fn digit(index: u8) -> Option<u32> {
    match index {
        26..=35 => Some(index as u32 - 26),
        _ => None,
    }
}

/// Weights of the check sum, repeating.
pub(crate) const WEIGHTS: [u32; 3] = [7, 3, 1];

/// The check digit of a text: weights 7, 3, 1 repeating, sum modulo 10 (ICAO Doc 9303 part 3
/// section 4.9). Characters outside the alphabet count nothing, as the filler does.
pub fn check_digit(text: &str) -> char {
    let sum: u32 = text
        .chars()
        .zip(WEIGHTS.into_iter().cycle())
        .map(|(character, weight)| weight * index(character).map_or(0, value))
        .sum();
    symbol(26 + (sum % 10) as u8)
}

/// The classes of symbols that the check digit cannot tell from each other: their values are equal
/// modulo 10, so putting one for another in the same place changes no digit.
pub const BLIND_CLASSES: [&str; 10] = [
    "<0AKU", "1BLV", "2CMW", "3DNX", "4EOY", "5FPZ", "6GQ", "7HR", "8IS", "9JT",
];

/// Whether the check digit is blind to one symbol standing for the other.
pub fn is_blind_to(one: char, other: char) -> bool {
    BLIND_CLASSES
        .iter()
        .any(|class| class.contains(one) && class.contains(other))
}

/// A set of symbols, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Alphabet(u64);

impl Alphabet {
    /// Letters and the filler, and the letter that some print against the standard.
    pub(crate) const NAME: Self = Self(Self::of("ABCDEFGHIJKLMNOPQRSTUVWXYZ<").0 | 1 << ENYE);
    /// Letters, digits and the filler.
    pub(crate) const ANY: Self = Self::of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<");
    /// Letters and digits.
    pub(crate) const LETTER_OR_DIGIT: Self = Self::of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    /// Letters.
    pub(crate) const LETTER: Self = Self::of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    /// Digits.
    pub(crate) const DIGIT: Self = Self::of("0123456789");
    /// Digits and the filler.
    pub(crate) const DIGIT_OR_FILLER: Self = Self::of("0123456789<");
    /// Every symbol, also those no zone may hold: where nothing is known.
    pub(crate) const EVERYTHING: Self = Self((1 << SYMBOLS) - 1);

    /// The symbols of a text.
    pub(crate) const fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut bits = 0;
        let mut at = 0;
        while at < bytes.len() {
            if let Some(index) = index(bytes[at] as char) {
                bits |= 1 << index;
            }
            at += 1;
        }
        Self(bits)
    }

    /// Whether the symbol belongs to it.
    pub(crate) const fn contains(self, index: u8) -> bool {
        self.0 >> index & 1 == 1
    }

    /// The set of this symbol alone.
    pub(crate) const fn only(index: u8) -> Self {
        Self(1 << index)
    }
}

#[cfg(test)]
mod tests {
    use super::{Alphabet, BLIND_CLASSES, check_digit, index, is_blind_to, symbol, value};

    const ZONE: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";

    #[test]
    fn symbols_and_numbers_lead_to_each_other() {
        for character in ZONE.chars().chain(['Ñ']) {
            assert_eq!(symbol(index(character).unwrap()), character);
        }
        assert_eq!(index('a'), None);
    }

    #[test]
    fn check_digits_of_the_standard() {
        for (text, digit) in [
            ("L898902C3", '6'),
            ("740812", '2'),
            ("120415", '9'),
            ("ZE184226B<<<<<", '1'),
            ("D23145890", '7'),
            ("L898902C3674081221204159ZE184226B<<<<<1", '0'),
            ("", '0'),
            ("<<<<<<", '0'),
        ] {
            assert_eq!(check_digit(text), digit, "{text}");
        }
    }

    #[test]
    fn every_pair_of_symbols_is_seen_or_named_as_blind() {
        assert_eq!(
            BLIND_CLASSES.iter().map(|class| class.len()).sum::<usize>(),
            37
        );
        for one in ZONE.chars() {
            for other in ZONE.chars() {
                for before in ["", "A", "AB"] {
                    let same = check_digit(&format!("{before}{one}"))
                        == check_digit(&format!("{before}{other}"));
                    assert_eq!(same, is_blind_to(one, other), "{one} {other}");
                }
                let [a, b] = [one, other].map(|character| value(index(character).unwrap()));
                assert_eq!(is_blind_to(one, other), a % 10 == b % 10);
            }
        }
    }

    #[test]
    fn alphabets_hold_what_they_say() {
        let held = |alphabet: Alphabet| -> String {
            ZONE.chars()
                .filter(|character| alphabet.contains(index(*character).unwrap()))
                .collect()
        };
        assert_eq!(held(Alphabet::ANY), ZONE);
        assert_eq!(held(Alphabet::of("MF<")), "FM<");
        assert_eq!(held(Alphabet::only(index('7').unwrap())), "7");
        assert!(!Alphabet::ANY.contains(index('Ñ').unwrap()));
        assert!(Alphabet::EVERYTHING.contains(index('Ñ').unwrap()));
    }
}
