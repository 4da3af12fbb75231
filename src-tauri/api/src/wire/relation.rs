//! What documents have to do with each other, and the persons they belong to.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::DocumentBody;

/// What is asked about two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Are they the two sides of one card?
    Sides,
    /// Do they belong to one person?
    Holder,
    /// Are they the same document, taken in twice?
    Duplicate,
}

impl From<model::Question> for Question {
    fn from(question: model::Question) -> Self {
        match question {
            model::Question::Sides => Self::Sides,
            model::Question::Holder => Self::Holder,
            model::Question::Duplicate => Self::Duplicate,
        }
    }
}

impl From<Question> for model::Question {
    fn from(question: Question) -> Self {
        match question {
            Question::Sides => Self::Sides,
            Question::Holder => Self::Holder,
            Question::Duplicate => Self::Duplicate,
        }
    }
}

/// What a person answered; it outweighs what a machine finds, now and later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They are one.
    Same,
    /// They are two.
    Different,
}

impl From<model::Verdict> for Verdict {
    fn from(verdict: model::Verdict) -> Self {
        match verdict {
            model::Verdict::Same => Self::Same,
            model::Verdict::Different => Self::Different,
        }
    }
}

impl From<Verdict> for model::Verdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Same => Self::Same,
            Verdict::Different => Self::Different,
        }
    }
}

/// How alike two values are.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::enum_variant_names, reason = "they are the words of the model")]
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

impl From<model::Alike> for Alike {
    fn from(alike: model::Alike) -> Self {
        match alike {
            model::Alike::Equal => Self::Equal,
            model::Alike::Transliterated => Self::Transliterated,
            model::Alike::Reordered => Self::Reordered,
            model::Alike::Part => Self::Part,
            model::Alike::Misread => Self::Misread,
            model::Alike::Century => Self::Century,
            model::Alike::Swapped => Self::Swapped,
            model::Alike::OneCharacter => Self::OneCharacter,
            model::Alike::SoundsAlike => Self::SoundsAlike,
            model::Alike::Different => Self::Different,
        }
    }
}

/// One thing that speaks for or against two documents being one.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reason {
    /// A field's name; `document_type` or `issuing_country`; `sheet` where both lay on one picture.
    pub about: String,
    /// How alike they are in that.
    pub alike: Alike,
    /// How much it says, in nats: above zero for them being one, below zero against it.
    pub weight: f32,
}

/// Another document that one has to do with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Relation {
    /// In what.
    pub question: Question,
    /// The other document.
    pub document: DocumentBody,
    /// How likely it is by what both say, 0 to 1; null where only a person said so.
    #[schema(required)]
    pub probability: Option<f32>,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
    /// What a person said of it.
    #[schema(required)]
    pub verdict: Option<Verdict>,
    /// Whether it is held to be so.
    pub holds: bool,
}

impl From<app::related::Related> for Relation {
    fn from(related: app::related::Related) -> Self {
        let (probability, reasons) = explained(related.found);
        Self {
            question: related.question.into(),
            document: related.document.into(),
            probability,
            reasons,
            verdict: related.verdict.map(Verdict::from),
            holds: related.holds,
        }
    }
}

fn explained(found: Option<model::Comparison>) -> (Option<f32>, Vec<Reason>) {
    let probability = found.as_ref().map(model::Comparison::probability);
    let reasons = found.into_iter().flat_map(|found| found.reasons);
    let reasons = reasons.map(|reason| Reason {
        about: reason.about,
        alike: reason.alike.into(),
        weight: reason.weight,
    });
    (probability, reasons.collect())
}

/// Everything that a document has to do with others.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RelationList {
    /// The likeliest first.
    pub relations: Vec<Relation>,
}

impl From<Vec<app::related::Related>> for RelationList {
    fn from(related: Vec<app::related::Related>) -> Self {
        Self {
            relations: related.into_iter().map(Relation::from).collect(),
        }
    }
}

/// What a person says about two documents.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct VerdictRequest {
    /// The other document.
    pub other: Uuid,
    /// What is answered.
    pub question: Question,
    /// The answer.
    pub verdict: Verdict,
}

/// Two documents that may be one, or of one person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PossibleDuplicate {
    /// In what.
    pub question: Question,
    /// The document that was made first.
    pub one: DocumentBody,
    /// The other one.
    pub other: DocumentBody,
    /// How likely it is, 0 to 1.
    pub probability: f32,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// Possible duplicates of which nobody has said anything.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DuplicateList {
    /// The likeliest first.
    pub duplicates: Vec<PossibleDuplicate>,
}

impl From<Vec<app::related::Possible>> for DuplicateList {
    fn from(possible: Vec<app::related::Possible>) -> Self {
        let one = |possible: app::related::Possible| {
            let (probability, reasons) = explained(Some(possible.found));
            PossibleDuplicate {
                question: possible.question.into(),
                one: possible.one.into(),
                other: possible.other.into(),
                probability: probability.unwrap_or_default(),
                reasons,
            }
        };
        Self {
            duplicates: possible.into_iter().map(one).collect(),
        }
    }
}

/// A person: the documents under one id.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Person {
    /// Its id.
    pub id: Uuid,
    /// How many documents there are.
    pub documents: u32,
    /// The newest of them, which names the person.
    pub newest: DocumentBody,
    /// `before` of the next page, if this is the last of its page.
    pub place: i64,
}

impl From<app::persons::PersonSummary> for Person {
    fn from(person: app::persons::PersonSummary) -> Self {
        Self {
            id: person.id.0,
            documents: person.documents,
            newest: person.newest.into(),
            place: person.place,
        }
    }
}

/// One page of persons.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonList {
    /// Those first whose newest document is the newest.
    pub persons: Vec<Person>,
}

/// The documents of a person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonDetail {
    /// Its id.
    pub id: Uuid,
    /// Newest first.
    pub documents: Vec<DocumentBody>,
}

/// Whether a picture is one document.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
pub struct WholeRequest {
    /// True for one document, whatever lies on it; false for as many as are found on it.
    pub whole: bool,
}

/// Whom a document is put under.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct PersonRequest {
    /// The person; null for one of its own.
    #[schema(required)]
    pub person_id: Option<Uuid>,
}
