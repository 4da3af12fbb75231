//! Where the places of a document say different things about one field.

use model::{DocumentId, Personal};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Evidence, Sentence, Zone};

/// How the statements about one field differ, from the harmless to the serious.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisagreementClass {
    /// They say the same, but for case, spaces and punctuation.
    Equal,
    /// One is the other in the letters of the machine-readable zone.
    Transliteration,
    /// One is the beginning of the other.
    Truncation,
    /// They differ in characters that a reader mixes up, such as 8 and B.
    OcrConfusion,
    /// They name the same day in different centuries.
    CenturyAmbiguous,
    /// They cannot both be right.
    RealConflict,
}

impl From<model::DisagreementClass> for DisagreementClass {
    fn from(class: model::DisagreementClass) -> Self {
        match class {
            model::DisagreementClass::Equal => Self::Equal,
            model::DisagreementClass::Transliteration => Self::Transliteration,
            model::DisagreementClass::Truncation => Self::Truncation,
            model::DisagreementClass::OcrConfusion => Self::OcrConfusion,
            model::DisagreementClass::CenturyAmbiguous => Self::CenturyAmbiguous,
            model::DisagreementClass::RealConflict => Self::RealConflict,
        }
    }
}

/// What one place says about a field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Source {
    /// The kind of place.
    pub zone: Zone,
    /// The value as that place has it, in the form of the record.
    #[schema(value_type = String)]
    pub value: Personal,
    /// Where it stands and what was seen there.
    pub evidence: Vec<Evidence>,
    /// Address of the picture of that place; null where it has none.
    #[schema(required)]
    pub crop: Option<String>,
}

/// One field about which the places of a document do not say the very same.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Disagreement {
    /// Name of the field.
    pub field: String,
    /// The most serious difference between the proposed value and any other.
    pub class: DisagreementClass,
    /// Every statement, the one the proposed value rests on first.
    pub sources: Vec<Source>,
    /// Why the proposed value is proposed, in English.
    pub reason: String,
    /// The same in every language.
    pub sentence: Sentence,
    /// The value that the reading gives.
    #[schema(value_type = String)]
    pub proposed: Personal,
    /// Whether a person must decide.
    pub undecided: bool,
}

impl Disagreement {
    /// A disagreement of this document.
    pub(super) fn of(document: DocumentId, disagreement: model::Disagreement) -> Self {
        let sentence = app::sentences::of_disagreement(&disagreement).into();
        let field = disagreement.field.to_string();
        let sources = disagreement.sources.into_iter().enumerate();
        Self {
            class: disagreement.class.into(),
            sources: sources
                .map(|(number, source)| Source {
                    zone: source.zone.into(),
                    value: source.value,
                    crop: (source.zone != model::Zone::Outside && !source.evidence.is_empty())
                        .then(|| {
                            format!("/v1/documents/{document}/fields/{field}/crop?source={number}")
                        }),
                    evidence: source.evidence.into_iter().map(Evidence::from).collect(),
                })
                .collect(),
            reason: disagreement.reason,
            sentence,
            proposed: disagreement.proposed,
            undecided: disagreement.undecided,
            field,
        }
    }
}
