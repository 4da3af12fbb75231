//! What the reader says of a document, in the languages of the product.
//!
//! A reading keeps its sentences in English; the others are found by the rule's code, so that they can be
//! bettered without reading anything again.

use model::{Check, Disagreement};

/// One sentence in the languages of the product. It names no personal value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
    /// Arabic.
    pub ar: String,
}

impl Sentence {
    /// The English as it was said, the others as they are known, or else English too.
    fn of(english: &str, known: Option<read::checks::Sentence>) -> Self {
        let other = |text: Option<&'static str>| text.unwrap_or(english).to_owned();
        Self {
            en: english.to_owned(),
            fr: other(known.map(|sentence| sentence.fr)),
            ar: other(known.map(|sentence| sentence.ar)),
        }
    }
}

/// What a rule says.
pub fn of_check(check: &Check) -> Sentence {
    let rule = read::checks::rule(&check.code);
    Sentence::of(
        &check.message,
        rule.map(|rule| rule.sentences.of(check.outcome)),
    )
}

/// Why a value is proposed where places differ.
pub fn of_disagreement(disagreement: &Disagreement) -> Sentence {
    let reason = &disagreement.reason;
    Sentence::of(reason, read::reason_sentence(reason))
}
