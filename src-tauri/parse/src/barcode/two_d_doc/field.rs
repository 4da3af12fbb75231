//! The fields of a 2D-Doc: their identifiers and lengths.
//!
//! ANTS, Spécifications techniques des codes à barres 2D-Doc, version 3.3, annex "identifiants de
//! données". A field of one possible length is followed by the next at once; any other ends with a
//! group separator (GS), with a record separator (RS) where it was cut, or with the message. Writers
//! leave the separator out, too, where a field has its greatest length.

/// Group separator: the end of a field.
pub(super) const GS: char = '\u{1d}';
/// Record separator: the end of a field that was cut.
pub(super) const RS: char = '\u{1e}';
/// Unit separator: the end of the message, the beginning of the signature.
pub(super) const US: char = '\u{1f}';

/// A field as it stands in the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field<'a> {
    /// Identifier of two characters.
    pub(super) id: &'a str,
    /// Without separators and the spaces that fill it up.
    pub(super) value: &'a str,
    /// Whether the issuer says that it is cut.
    pub(super) cut: bool,
}

/// Identifiers whose fields all have one length, with it.
const FIXED: &[(&str, usize)] = &[
    ("06", 4),
    ("07", 6),
    ("08", 4),
    ("09", 4),
    ("0A", 9),
    ("0B", 9),
    ("1C", 8),
    ("1G", 1),
    ("1H", 1),
    ("24", 5),
    ("26", 2),
    ("2B", 5),
    ("2D", 2),
    ("34", 2),
    ("36", 4),
    ("37", 4),
    ("40", 13),
    ("44", 13),
    ("45", 4),
    ("47", 13),
    ("49", 13),
    ("4A", 8),
    ("50", 14),
    ("51", 6),
    ("52", 7),
    ("53", 4),
    ("54", 4),
    ("55", 8),
    ("56", 4),
    ("57", 8),
    ("5H", 5),
    ("5J", 2),
    ("65", 2),
    ("67", 2),
    ("68", 1),
    ("69", 8),
    ("6B", 3),
    ("6C", 2),
    ("6I", 2),
    ("6N", 8),
    ("6O", 8),
    ("6W", 5),
    ("6Y", 2),
    ("70", 12),
    ("71", 12),
    ("75", 8),
    ("76", 1),
    ("78", 5),
    ("7A", 5),
    ("7C", 1),
    ("7D", 1),
    ("7E", 1),
    ("7F", 1),
    ("7G", 1),
    ("7H", 2),
    ("7I", 1),
    ("7J", 1),
    ("7K", 13),
    ("7L", 9),
    ("7O", 1),
    ("96", 8),
    ("A0", 2),
    ("A4", 17),
    ("A5", 3),
    ("A6", 2),
    ("A7", 3),
    ("A9", 3),
    ("AA", 8),
    ("AD", 4),
    ("AE", 4),
    ("AF", 1),
    ("AG", 1),
    ("AI", 8),
    ("AJ", 13),
    ("AK", 7),
    ("AL", 11),
    ("B5", 2),
    ("B6", 1),
    ("B7", 8),
    ("B9", 2),
    ("BA", 1),
    ("BD", 1),
    ("BE", 3),
    ("BF", 3),
    ("BG", 2),
    ("BK", 14),
];

/// Greatest lengths of fields of several, where the standard has one.
const GREATEST: &[(&str, usize)] = &[
    ("10", 38),
    ("11", 38),
    ("12", 38),
    ("13", 38),
    ("14", 38),
    ("15", 38),
    ("16", 38),
    ("17", 38),
    ("1D", 16),
    ("1E", 30),
    ("1F", 30),
    ("1I", 38),
    ("1J", 38),
    ("1K", 38),
    ("1L", 38),
    ("1M", 38),
    ("1N", 38),
    ("1O", 38),
    ("1P", 38),
    ("20", 38),
    ("21", 38),
    ("22", 38),
    ("23", 38),
    ("25", 32),
    ("27", 38),
    ("28", 38),
    ("29", 38),
    ("2A", 38),
    ("2C", 32),
    ("30", 140),
    ("31", 38),
    ("32", 11),
    ("33", 30),
    ("35", 34),
    ("38", 11),
    ("39", 11),
    ("46", 38),
    ("48", 38),
    ("58", 11),
    ("59", 12),
    ("5A", 11),
    ("5B", 12),
    ("5C", 11),
    ("5D", 38),
    ("5E", 38),
    ("5F", 38),
    ("5G", 38),
    ("5I", 32),
    ("5K", 50),
    ("60", 60),
    ("61", 20),
    ("62", 38),
    ("63", 38),
    ("64", 38),
    ("66", 20),
    ("6A", 32),
    ("6D", 60),
    ("6E", 60),
    ("6F", 90),
    ("6G", 38),
    ("6H", 10),
    ("6S", 38),
    ("6T", 38),
    ("6U", 38),
    ("6V", 38),
    ("6X", 32),
    ("72", 38),
    ("73", 60),
    ("74", 38),
    ("77", 45),
    ("79", 114),
    ("7B", 45),
    ("7M", 64),
    ("7N", 128),
    ("80", 38),
    ("81", 60),
    ("82", 20),
    ("83", 40),
    ("84", 40),
    ("90", 38),
    ("91", 38),
    ("92", 38),
    ("93", 38),
    ("94", 38),
    ("95", 18),
    ("A1", 17),
    ("A2", 17),
    ("A3", 17),
    ("A8", 12),
    ("AB", 8),
    ("AC", 19),
    ("AH", 30),
    ("AM", 5),
    ("B0", 60),
    ("B1", 20),
    ("B2", 38),
    ("B3", 38),
    ("B4", 38),
    ("B8", 32),
    ("BB", 50),
    ("BC", 20),
    ("BH", 30),
    ("BI", 30),
    ("BJ", 30),
];

fn length_in(list: &[(&str, usize)], id: &str) -> Option<usize> {
    list.iter()
        .find(|(known, _)| *known == id)
        .map(|(_, length)| *length)
}

/// Whether the identifier is one of the standard's.
fn is_known(id: &str) -> bool {
    length_in(FIXED, id).is_some() || length_in(GREATEST, id).is_some()
}

/// The fields of a message, in order.
///
/// After a field that is not known nothing can be told apart until the next separator; the field has
/// all up to there.
pub(super) fn split(message: &str) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    let mut rest = message;
    while let Some((id, after)) = characters(rest, 2) {
        let ends = |c: char| c == GS || c == RS;
        let (value, next) = match length_in(FIXED, id).and_then(|length| characters(after, length))
        {
            Some((value, next)) if !value.contains(ends) => (value, next),
            _ => {
                let end = after.find(ends).unwrap_or(after.len());
                let (value, next) = after.split_at(end);
                // Full to its greatest length, the next field may follow at once.
                match length_in(GREATEST, id).and_then(|length| characters(value, length)) {
                    Some((full, beyond))
                        if characters(beyond, 2).is_some_and(|(id, _)| is_known(id)) =>
                    {
                        after.split_at(full.len())
                    }
                    _ => (value, next),
                }
            }
        };
        fields.push(Field {
            id,
            value: value.trim(),
            cut: next.starts_with(RS),
        });
        rest = next.strip_prefix(ends).unwrap_or(next);
    }
    fields
}

/// The first so many characters and the rest; none where there are fewer.
fn characters(text: &str, count: usize) -> Option<(&str, &str)> {
    let end = match text.char_indices().nth(count) {
        Some((index, _)) => index,
        None if text.chars().count() == count => text.len(),
        None => return None,
    };
    text.split_at_checked(end)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn fields_end_where_the_standard_says() {
        let found: Vec<(&str, &str, bool)> =
            split("60ERIKA ANN\u{1d}62MUSTER\u{1e}65P 6607XX00001\u{1d}67FR68F6906061986")
                .into_iter()
                .map(|field| (field.id, field.value, field.cut))
                .collect();
        assert_eq!(
            found,
            [
                ("60", "ERIKA ANN", false),
                ("62", "MUSTER", true),
                ("65", "P", false),
                ("66", "07XX00001", false),
                ("67", "FR", false),
                ("68", "F", false),
                ("69", "06061986", false),
            ]
        );
    }

    #[test]
    fn a_full_field_needs_no_separator() {
        let full = "A".repeat(20);
        let message = format!("61{full}62MUSTER");
        let found = split(&message);
        assert_eq!(found.len(), 2);
        assert_eq!((found[1].id, found[1].value), ("62", "MUSTER"));
    }

    #[test]
    fn an_unknown_field_goes_to_the_next_separator() {
        let found = split("ZZanything at all\u{1d}62MUSTER");
        assert_eq!((found[0].id, found[0].value), ("ZZ", "anything at all"));
        assert_eq!(found[1].value, "MUSTER");
        assert!(split("").is_empty() && split("6").is_empty());
    }
}
