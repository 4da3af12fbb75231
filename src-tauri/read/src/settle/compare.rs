//! Whether two places of a document say the same about a field, and if not, how they differ.

use model::{DisagreementClass, FieldName, Personal};

use super::spelling::{plain, spellings, words};

/// Characters of one shape in the print of documents: whichever a reader sees, the other may stand
/// there. Pairs within one alphabet are not here, because a digit that was altered looks like them.
const ALIKE: &[&str] = &["0OQD", "1IL", "2Z", "4A", "5S", "6G", "7T", "8B", "9G"];

/// Letters that readers mix up among themselves.
const ALIKE_LETTERS: &[&str] = &["IL", "OQD", "UV", "MN", "VY", "CG", "EF", "PR", "HN"];

/// Two values differ by misreading in this many characters at most.
const MOST_CONFUSED: usize = 2;

/// The beginning of a name that stands for the whole has this many letters at least.
const SHORTEST_BEGINNING: usize = 3;

/// What kind of value a field holds, for comparing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A day, month or year in ISO 8601.
    Date,
    /// A name or another text in words.
    Words,
    /// The code of a state.
    State,
    /// Codes joined by `/`, whose order says nothing.
    Set,
    /// A number or code whose every character counts.
    Exact,
}

/// The kind of a field's values, told by its name and by what both values look like.
pub(crate) fn kind(field: &FieldName, one: &str, other: &str) -> Kind {
    match field.as_str() {
        "nationality" | "issuing_country" => Kind::State,
        "licence_categories" => Kind::Set,
        "surname" | "given_names" | "place_of_birth" | "authority" | "address" | "C1" | "C3"
        | "C4_1" | "profession" | "mother_name" | "father_name" | "birth_name" | "J3" | "D1"
        | "D3" => Kind::Words,
        _ if is_date(one) && is_date(other) => Kind::Date,
        _ => Kind::Exact,
    }
}

/// Whether the text is a date in ISO 8601, whole or without its last parts.
pub(crate) fn is_date(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|one| if one.is_ascii_digit() { '9' } else { one })
        .collect();
    matches!(shape.as_str(), "9999" | "9999-99" | "9999-99-99")
}

/// How `other` differs from `one`.
///
/// `offered` holds what the readers of either place thought they might have seen instead.
pub(crate) fn compare<'a>(
    field: &FieldName,
    one: &str,
    other: &str,
    offered: impl IntoIterator<Item = &'a Personal>,
) -> DisagreementClass {
    use DisagreementClass as Class;
    let kind = kind(field, one, other);
    if plain(one) == plain(other) {
        return Class::Equal;
    }
    match kind {
        Kind::State if state(one) == state(other) => return Class::Equal,
        Kind::Set if same_set(one, other) => return Class::Equal,
        Kind::Date => {
            if is_beginning_of_date(one, other) || is_beginning_of_date(other, one) {
                return Class::Truncation;
            }
            if other_century(one, other) {
                return Class::CenturyAmbiguous;
            }
        }
        Kind::Words | Kind::Exact => {
            let others = spellings(other);
            if spellings(one)
                .iter()
                .any(|spelling| others.contains(spelling))
            {
                return Class::Transliteration;
            }
            if kind == Kind::Words
                && (begins_with(&words(one), &words(other))
                    || begins_with(&words(other), &words(one)))
            {
                return Class::Truncation;
            }
        }
        Kind::State | Kind::Set => {}
    }
    let offered = offered.into_iter().map(Personal::expose);
    let was_offered = |text: &str| {
        let text = plain(text);
        text == plain(one) || text == plain(other)
    };
    if offered.into_iter().any(was_offered) || (kind != Kind::Date && is_confusion(one, other)) {
        return Class::OcrConfusion;
    }
    Class::RealConflict
}

/// The code of a state without the differences between zones and prints.
fn state(code: &str) -> String {
    let code = plain(code);
    if code == "D" { "DEU".to_owned() } else { code }
}

fn same_set(one: &str, other: &str) -> bool {
    let parts = |text: &str| {
        let mut parts: Vec<String> = text.split('/').map(plain).collect();
        parts.sort();
        parts.dedup();
        parts
    };
    parts(one) == parts(other)
}

fn is_beginning_of_date(part: &str, whole: &str) -> bool {
    part.len() < whole.len() && whole.starts_with(part)
}

fn other_century(one: &str, other: &str) -> bool {
    one.get(2..) == other.get(2..) && one.get(2..).is_some_and(|rest| !rest.is_empty())
}

/// Whether the words are the first of the others, the last or every one possibly cut.
fn begins_with(whole: &[String], part: &[String]) -> bool {
    let letters: usize = part.iter().map(|word| word.chars().count()).sum();
    let in_words = part.len() <= whole.len()
        && part
            .iter()
            .zip(whole)
            .all(|(part, whole)| whole.starts_with(part.as_str()));
    letters >= SHORTEST_BEGINNING && (in_words || whole.concat().starts_with(&part.concat()))
}

/// Whether the texts differ only in characters of one shape.
fn is_confusion(one: &str, other: &str) -> bool {
    let (one, other) = (first_spelling(one), first_spelling(other));
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len() != other.len() {
        return false;
    }
    let differ: Vec<(char, char)> = one
        .into_iter()
        .zip(other)
        .filter(|(one, other)| one != other)
        .collect();
    differ.len() <= MOST_CONFUSED
        && differ.iter().all(|(one, other)| {
            ALIKE
                .iter()
                .chain(ALIKE_LETTERS)
                .any(|class| class.contains(*one) && class.contains(*other))
        })
}

fn first_spelling(text: &str) -> String {
    spellings(text).into_iter().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use model::{DisagreementClass as Class, FieldName, Personal};

    use super::compare;

    #[test]
    fn differences_are_told_apart() {
        for (field, one, other, expected) in [
            ("surname", "Müller", "MUELLER", Class::Transliteration),
            ("surname", "MULLER", "MUELLER", Class::RealConflict),
            ("surname", "Virtanen", "VIRTANEN", Class::Equal),
            (
                "given_names",
                "CHAYAPA DEJTHAMRONG KRASUANG",
                "CHAYAPA DEJTHAMRONG K",
                Class::Truncation,
            ),
            ("surname", "ERIKKSON", "ERIKSSON", Class::RealConflict),
            ("surname", "SMlTH", "SMITH", Class::OcrConfusion),
            ("surname", "MARTIN", "DUPONT", Class::RealConflict),
            ("surname", "LI", "LINDBERG", Class::RealConflict),
            (
                "document_number",
                "L898902C3",
                "L8989O2C3",
                Class::OcrConfusion,
            ),
            (
                "document_number",
                "XA8271602",
                "XAB271602",
                Class::OcrConfusion,
            ),
            (
                "document_number",
                "BAB183426",
                "BAB183428",
                Class::RealConflict,
            ),
            ("document_number", "AB 12", "AB-12", Class::Equal),
            ("document_number", "12345", "123456", Class::RealConflict),
            (
                "date_of_birth",
                "1974-08-12",
                "1979-08-12",
                Class::RealConflict,
            ),
            (
                "date_of_birth",
                "1911-01-01",
                "2011-01-01",
                Class::CenturyAmbiguous,
            ),
            ("date_of_birth", "1984", "1984-05-09", Class::Truncation),
            ("nationality", "D", "DEU", Class::Equal),
            ("licence_categories", "B/A1", "A1/B", Class::Equal),
            ("licence_categories", "B", "B/C", Class::RealConflict),
            ("sex", "M", "F", Class::RealConflict),
        ] {
            let field = FieldName::new(field);
            let class = compare(&field, one, other, []);
            assert_eq!(class, expected, "{one} {other}");
            assert_eq!(compare(&field, other, one, []), expected, "{other} {one}");
        }
    }

    #[test]
    fn what_the_reader_itself_thought_possible_is_a_confusion() {
        let offered = [Personal::new("1979-08-12")];
        let field = FieldName::DATE_OF_BIRTH;
        let class = compare(&field, "1974-08-12", "1979-08-12", &offered);
        assert_eq!(class, Class::OcrConfusion);
    }
}
