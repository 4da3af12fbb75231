//! Names as machine-readable zones spell them.
//!
//! ICAO Doc 9303 part 3 section 4.6: the primary identifier, two fillers, the secondary identifier;
//! one filler between the parts of each. Hyphens, spaces and commas have become fillers and
//! apostrophes nothing, which cannot be undone here.

/// The names of a field.
#[derive(Clone, PartialEq, Eq)]
pub struct Names {
    /// Primary identifier, parts separated by spaces.
    pub primary: String,
    /// Secondary identifier, parts separated by spaces; empty where there is none.
    pub secondary: String,
    /// Whether the field is full to its last position, so that the name may have been cut.
    pub may_be_truncated: bool,
    /// Position of the first character of the secondary identifier, counted in characters.
    pub secondary_from: usize,
}

impl std::fmt::Debug for Names {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Names")
            .field("may_be_truncated", &self.may_be_truncated)
            .finish_non_exhaustive()
    }
}

/// Splits a name field.
pub fn split(field: &str) -> Names {
    let (primary, secondary) = field.split_once("<<").unwrap_or((field, ""));
    Names {
        secondary_from: (primary.chars().count() + 2).min(field.chars().count()),
        primary: words(primary),
        secondary: words(secondary),
        may_be_truncated: !field.is_empty() && !field.ends_with('<'),
    }
}

/// The parts between fillers, separated by spaces.
pub fn words(field: &str) -> String {
    let parts: Vec<&str> = field.split('<').filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn identifiers_are_told_apart() {
        for (field, primary, secondary, cut) in [
            ("ERIKSSON<<ANNA<MARIA<<<<", "ERIKSSON", "ANNA MARIA", false),
            (
                "KOWALSKA<KWIATKOWSKA<<JOANNA<",
                "KOWALSKA KWIATKOWSKA",
                "JOANNA",
                false,
            ),
            ("ARKFREITH<<<<<<<", "ARKFREITH", "", false),
            (
                "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K",
                "NILAVADHANANANDA",
                "CHAYAPA DEJTHAMRONG K",
                true,
            ),
            ("ABC<<DE<<FG<<<", "ABC", "DE FG", false),
            ("<<<<<", "", "", false),
            ("", "", "", false),
        ] {
            let names = split(field);
            assert_eq!(
                (names.primary.as_str(), names.secondary.as_str()),
                (primary, secondary)
            );
            assert_eq!(names.may_be_truncated, cut, "{field}");
        }
    }
}
