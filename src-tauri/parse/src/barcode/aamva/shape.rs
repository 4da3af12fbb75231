//! The elements of the standard: their tags, what their values look like, how long they may be.
//!
//! AAMVA DL/ID Card Design Standard, annex D, tables D.3 and D.4 (2020), with those of the versions of
//! 2000 to 2005 that later ones dropped.

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Eight digits.
    Date,
    /// 1, 2 or 9; M, F or X in old versions.
    Sex,
    /// Names: letters first.
    Name,
    /// Anything.
    Text,
    /// Letters and digits with the ornament of numbers.
    Number,
    /// Two letters of a state or province.
    Region,
    /// A postal code of the United States or Canada.
    PostalCode,
    /// Three letters.
    Country,
    /// Digits, with or without inches, feet or centimetres.
    Height,
    /// Digits, with or without pounds or kilograms.
    Weight,
    /// A colour: a code or a word.
    Colour,
    /// A letter or digit of a few.
    Flag(&'static str),
    /// Letters and digits without spaces.
    Code,
}

/// An element of the standard.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Specification {
    /// Its identifier.
    pub(super) tag: &'static str,
    pub(super) shape: Shape,
    /// Characters at most.
    pub(super) length: usize,
}

const fn element(tag: &'static str, shape: Shape, length: usize) -> Specification {
    Specification { tag, shape, length }
}

use Shape::{
    Code, Colour, Country, Date, Flag, Height, Name, Number, PostalCode, Region, Sex, Text, Weight,
};

/// Sorted by tag.
const ELEMENTS: &[Specification] = &[
    element("DAA", Name, 125),
    element("DAB", Name, 40),
    element("DAC", Name, 40),
    element("DAD", Name, 40),
    element("DAE", Name, 5),
    element("DAF", Name, 5),
    element("DAG", Text, 35),
    element("DAH", Text, 35),
    element("DAI", Name, 20),
    element("DAJ", Region, 2),
    element("DAK", PostalCode, 11),
    element("DAL", Text, 35),
    element("DAM", Text, 35),
    element("DAN", Name, 20),
    element("DAO", Region, 2),
    element("DAP", PostalCode, 11),
    element("DAQ", Number, 25),
    element("DAR", Code, 6),
    element("DAS", Code, 12),
    element("DAT", Code, 5),
    element("DAU", Height, 6),
    element("DAV", Height, 6),
    element("DAW", Weight, 6),
    element("DAX", Weight, 6),
    element("DAY", Colour, 12),
    element("DAZ", Colour, 12),
    element("DBA", Date, 8),
    element("DBB", Date, 8),
    element("DBC", Sex, 1),
    element("DBD", Date, 8),
    element("DBE", Text, 35),
    element("DBF", Code, 2),
    element("DBG", Text, 35),
    element("DBH", Flag("YN01"), 1),
    element("DBI", Flag("YN01"), 1),
    element("DBJ", Number, 25),
    element("DBK", Number, 11),
    element("DBL", Date, 8),
    element("DBM", Number, 11),
    element("DBN", Name, 40),
    element("DBO", Name, 40),
    element("DBP", Name, 40),
    element("DBQ", Name, 40),
    element("DBR", Name, 5),
    element("DBS", Name, 5),
    element("DCA", Code, 6),
    element("DCB", Code, 12),
    element("DCD", Code, 5),
    element("DCE", Flag("0123456789"), 1),
    element("DCF", Number, 25),
    element("DCG", Country, 3),
    element("DCH", Code, 4),
    element("DCI", Text, 33),
    element("DCJ", Number, 25),
    element("DCK", Number, 25),
    element("DCL", Code, 3),
    element("DCM", Code, 4),
    element("DCN", Code, 5),
    element("DCO", Code, 12),
    element("DCP", Text, 50),
    element("DCQ", Text, 50),
    element("DCR", Text, 50),
    element("DCS", Name, 40),
    element("DCT", Name, 80),
    element("DCU", Name, 5),
    element("DDA", Flag("FNM"), 1),
    element("DDB", Date, 8),
    element("DDC", Date, 8),
    element("DDD", Flag("01YN"), 1),
    element("DDE", Flag("TNU"), 1),
    element("DDF", Flag("TNU"), 1),
    element("DDG", Flag("TNU"), 1),
    element("DDH", Date, 8),
    element("DDI", Date, 8),
    element("DDJ", Date, 8),
    element("DDK", Flag("01YN"), 1),
    element("DDL", Flag("01YN"), 1),
    element("PAA", Code, 6),
    element("PAB", Date, 8),
    element("PAC", Number, 25),
    element("PAD", Date, 8),
    element("PAE", Code, 12),
    element("PAF", Code, 5),
];

/// The element with this identifier.
pub(super) fn specification(tag: &str) -> Option<&'static Specification> {
    let index = ELEMENTS
        .binary_search_by_key(&tag, |element| element.tag)
        .ok()?;
    ELEMENTS.get(index)
}

impl Specification {
    /// Whether a value has the element's shape and length; an empty one has.
    pub(super) fn fits(&self, value: &str) -> bool {
        let all = |allowed: fn(char) -> bool| value.chars().all(allowed);
        let short = value.chars().count() <= self.length;
        let first = value.chars().next();
        if first.is_none() {
            return true;
        }
        match self.shape {
            Date => value.len() == 8 && all(|c| c.is_ascii_digit()),
            Sex => matches!(value, "0" | "1" | "2" | "9" | "M" | "F" | "X"),
            Name => short && first.is_some_and(|c| c.is_alphanumeric() || c == '\''),
            Text => short,
            Number => short && all(|c| c.is_alphanumeric() || "-*/. ".contains(c)),
            Region => value.len() == 2 && all(|c| c.is_ascii_uppercase()),
            PostalCode => short && is_postal_code(value),
            Country => value.len() == 3 && all(|c| c.is_ascii_uppercase()),
            Height => is_measure(value, &["IN", "CM", "FT"]),
            Weight => is_measure(value, &["LB", "LBS", "KG"]),
            Colour => short && value.len() >= 2 && all(|c| c.is_alphabetic() || c == '/'),
            Flag(allowed) => value.len() == 1 && allowed.contains(value),
            Code => short && all(|c| c.is_alphanumeric() || "-*/,".contains(c)),
        }
    }

    /// How well a value suits the element when a running text is cut: strict shapes tell most, an
    /// empty value almost nothing.
    pub(super) fn score(&self, value: &str) -> f32 {
        let strict = match self.shape {
            Date | Sex | Region | PostalCode | Country | Flag(_) => true,
            Name | Text | Number | Height | Weight | Colour | Code => false,
        };
        if value.is_empty() {
            0.0
        } else if !self.fits(value) || self.swallows_tag(value) {
            -3.0
        } else if strict {
            4.0
        } else if is_required(self.tag) {
            3.0
        } else if is_rare(self.tag) {
            -1.0
        } else {
            1.0
        }
    }
}

impl Specification {
    /// Whether a short code or colour ends with the tag of another element, whose value is empty.
    fn swallows_tag(&self, value: &str) -> bool {
        let tail = value
            .len()
            .checked_sub(3)
            .and_then(|start| value.get(start..));
        matches!(self.shape, Code | Colour)
            && tail.is_some_and(|tail| specification(tail).is_some() && !is_rare(tail))
    }
}

/// Whether every version of the standard asks for the element, or asked for it under this tag.
fn is_required(tag: &str) -> bool {
    matches!(
        tag,
        "DAA"
            | "DAC"
            | "DAG"
            | "DAI"
            | "DAQ"
            | "DAR"
            | "DAU"
            | "DAY"
            | "DCA"
            | "DCF"
            | "DCS"
            | "DCT"
    )
}

/// Whether the element is optional and hardly used, so that its tag is likelier part of a word.
fn is_rare(tag: &str) -> bool {
    matches!(
        tag,
        "DAB"
            | "DAE"
            | "DAF"
            | "DAL"
            | "DAM"
            | "DAN"
            | "DAV"
            | "DCI"
            | "DCJ"
            | "DCL"
            | "DCM"
            | "DCN"
            | "DCO"
    ) || (tag.starts_with("DB") && !matches!(tag, "DBA" | "DBB" | "DBC" | "DBD"))
        || tag.starts_with("PA")
}

fn is_postal_code(value: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let compact: String = value.chars().filter(|&c| c != ' ' && c != '-').collect();
    match compact.len() {
        5 | 9 => digits(&compact),
        6 => compact.chars().enumerate().all(|(index, c)| {
            if index % 2 == 0 {
                c.is_ascii_uppercase()
            } else {
                c.is_ascii_digit()
            }
        }),
        _ => false,
    }
}

/// Digits and the ornament of feet and inches, then perhaps a unit.
fn is_measure(value: &str, units: &[&str]) -> bool {
    let upper = value.to_ascii_uppercase();
    let number = upper.trim_end_matches(|c: char| c.is_ascii_uppercase() || c == '.');
    let unit = upper
        .strip_prefix(number)
        .unwrap_or_default()
        .trim_end_matches('.');
    let number = number.trim();
    !number.is_empty()
        && number.len() <= 7
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || "'\"- ".contains(c))
        && (unit.is_empty() || units.contains(&unit))
}

#[cfg(test)]
mod tests {
    use super::{ELEMENTS, specification};

    #[test]
    fn the_table_is_sorted() {
        assert!(ELEMENTS.is_sorted_by(|a, b| a.tag < b.tag));
    }

    #[test]
    fn shapes_accept_what_is_found_on_cards() {
        for (tag, value, fits) in [
            ("DBB", "06061986", true),
            ("DBB", "0606198", false),
            ("DBC", "9", true),
            ("DBC", "3", false),
            ("DAK", "232690000", true),
            ("DAK", "23269-0000", true),
            ("DAK", "44556-", true),
            ("DAK", "T4G 7A7", true),
            ("DAK", "OTA AVE", false),
            ("DAU", "068 in", true),
            ("DAU", "509", true),
            ("DAU", "5'-09\"", true),
            ("DAU", "155 CM", true),
            ("DAU", "tall", false),
            ("DAW", "175", true),
            ("DAW", "50 KG", true),
            ("DAQ", "K-134-123-145-103", true),
            ("DDA", "F", true),
            ("DDA", "JCT", false),
            ("DCS", "O'NEIL-SMITH", true),
            ("DCS", "", true),
        ] {
            assert_eq!(
                specification(tag).unwrap().fits(value),
                fits,
                "{tag} {value}"
            );
        }
    }
}
