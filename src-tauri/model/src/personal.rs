//! Text about a person, which cannot print itself.

use serde::{Deserialize, Serialize};

/// A value that belongs to somebody: a name, a number, a date, a line as read, a file name.
///
/// `Debug` shows only the number of characters, so that no log line, panic message or assertion can
/// carry the value. There is no `Display`; whoever needs the text asks for it with [`Self::expose`].
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Personal(String);

impl Personal {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// No text.
    pub const fn empty() -> Self {
        Self(String::new())
    }

    /// The text itself: for storing, comparing and showing to the person who asked, never for a log.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Unwraps the text.
    pub fn into_inner(self) -> String {
        self.0
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Personal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Personal({} characters)", self.0.chars().count())
    }
}

impl From<&str> for Personal {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Personal {
    fn from(text: String) -> Self {
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Personal;

    #[test]
    fn debug_shows_no_text() {
        assert_eq!(
            format!("{:?}", Personal::new("ERIKSSON")),
            "Personal(8 characters)"
        );
    }
}
