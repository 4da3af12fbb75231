//! What two documents have to do with each other, why, and what people said about it.

use serde::{Deserialize, Serialize};

use crate::DocumentId;

/// What is asked about two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Are they the two sides of one card?
    Sides,
    /// Do they belong to one person?
    Holder,
    /// Are they the same document, taken in twice?
    Duplicate,
}

/// A text that names no question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a question about two documents")]
pub struct UnknownQuestion(pub String);

impl Question {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Sides, Self::Holder, Self::Duplicate];

    /// The word used in answers, requests and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sides => "sides",
            Self::Holder => "holder",
            Self::Duplicate => "duplicate",
        }
    }
}

impl std::str::FromStr for Question {
    type Err = UnknownQuestion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|one| one.as_str() == text);
        known.ok_or_else(|| UnknownQuestion(text.to_owned()))
    }
}

/// What a person answered. It outweighs whatever a machine finds, now and later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They are one.
    Same,
    /// They are two.
    Different,
}

/// A text that names no verdict.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a verdict about two documents")]
pub struct UnknownVerdict(pub String);

impl Verdict {
    /// The word used in answers, requests and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
        }
    }
}

impl std::str::FromStr for Verdict {
    type Err = UnknownVerdict;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "same" => Ok(Self::Same),
            "different" => Ok(Self::Different),
            other => Err(UnknownVerdict(other.to_owned())),
        }
    }
}

/// How alike two values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alike {
    /// The same, but for case, spaces and punctuation.
    Equal,
    /// The same in the letters of the machine-readable zone.
    Transliterated,
    /// The same words in another order.
    Reordered,
    /// One is a part of the other.
    Part,
    /// They differ in characters that readers mix up.
    Misread,
    /// The same day in another century.
    Century,
    /// Day and month change places.
    Swapped,
    /// One character differs, is missing, or two change places.
    OneCharacter,
    /// They sound alike.
    SoundsAlike,
    /// They are two.
    Different,
}

impl Alike {
    /// The word used in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Transliterated => "transliterated",
            Self::Reordered => "reordered",
            Self::Part => "part",
            Self::Misread => "misread",
            Self::Century => "century",
            Self::Swapped => "swapped",
            Self::OneCharacter => "one_character",
            Self::SoundsAlike => "sounds_alike",
            Self::Different => "different",
        }
    }
}

/// One thing that speaks for or against two documents being one. It names no value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// A field's name; `document_type` or `issuing_country`; `sheet` where both were cut out of one
    /// picture in which they lay together.
    pub about: String,
    /// How alike they are in that.
    pub alike: Alike,
    /// How much it says, in nats: above zero for them being one, below zero against it.
    pub weight: f32,
}

/// How likely two documents are one, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// What the reasons come to, with how seldom two documents are one to begin with, in nats.
    pub log_odds: f32,
    /// What it rests on, the weightiest first.
    pub reasons: Vec<Reason>,
}

impl Comparison {
    /// The estimated probability that they are one, 0 to 1.
    pub fn probability(&self) -> f32 {
        1.0 / (1.0 + (-self.log_odds).exp())
    }
}

/// What is known about two documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// What it answers.
    pub question: Question,
    /// The document that was made first.
    pub one: DocumentId,
    /// The other one.
    pub other: DocumentId,
    /// What the machine found; none where only a person spoke.
    pub found: Option<Comparison>,
    /// What a person said, if anybody did.
    pub verdict: Option<Verdict>,
}

impl Relation {
    /// The document of the two that is not this one.
    pub fn beside(&self, id: DocumentId) -> DocumentId {
        if self.one == id { self.other } else { self.one }
    }
}
