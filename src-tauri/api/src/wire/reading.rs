//! What the machine read.

use indexmap::IndexMap;
use model::{DocumentId, Personal};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Disagreement, OutsideAnswer};

/// Something that went wrong, for a person to read and a program to tell apart.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProblemNote {
    /// Stable name, such as `no_mrz_found`.
    pub code: String,
    /// One sentence: what happened, to what, and what to do.
    pub message: String,
}

impl From<model::Problem> for ProblemNote {
    fn from(problem: model::Problem) -> Self {
        Self {
            code: problem.code,
            message: problem.message,
        }
    }
}

impl From<&app::Error> for ProblemNote {
    fn from(error: &app::Error) -> Self {
        let message = if error.kind() == app::ErrorKind::Internal {
            super::INTERNAL_SENTENCE.to_owned()
        } else {
            error.to_string()
        };
        Self {
            code: error.code().to_owned(),
            message,
        }
    }
}

/// The kind of place on a document where a value stands.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// The machine-readable zone.
    Mrz,
    /// The printed part.
    Visual,
    /// A barcode.
    Barcode,
    /// None: a reader outside of this machine said so.
    Outside,
}

impl From<model::Zone> for Zone {
    fn from(zone: model::Zone) -> Self {
        match zone {
            model::Zone::Mrz => Self::Mrz,
            model::Zone::Visual => Self::Visual,
            model::Zone::Barcode => Self::Barcode,
            model::Zone::Outside => Self::Outside,
        }
    }
}

/// The piece of a page that a value rests on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Evidence {
    /// Which zone it stands in.
    pub zone: Zone,
    /// Page of the document, counted from 0.
    pub page: u32,
    /// Four corners `[x, y]` in page pixels: top left, top right, bottom right, bottom left of the text.
    pub quad: [[f32; 2]; 4],
    /// The text as read, before any repair.
    #[schema(value_type = String)]
    pub text: Personal,
}

impl From<model::Evidence> for Evidence {
    fn from(evidence: model::Evidence) -> Self {
        Self {
            zone: evidence.zone.into(),
            page: evidence.page,
            quad: evidence.quad.0.map(|point| [point.x, point.y]),
            text: evidence.text,
        }
    }
}

/// One value the machine read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Field {
    /// The value: dates in ISO 8601, names as the document spells them.
    #[schema(value_type = String)]
    pub value: Personal,
    /// Estimated probability that the value is right, 0 to 1.
    pub confidence: f32,
    /// Whether a person should look at it.
    pub needs_review: bool,
    /// Whether arithmetic proves the value.
    pub proven: bool,
    /// Other readings worth offering, likeliest first.
    #[schema(value_type = Vec<String>)]
    pub alternatives: Vec<Personal>,
    /// What the value rests on.
    pub evidence: Vec<Evidence>,
}

impl From<model::Field> for Field {
    fn from(field: model::Field) -> Self {
        Self {
            value: field.value,
            confidence: field.confidence,
            needs_review: field.needs_review,
            proven: field.proven,
            alternatives: field.alternatives,
            evidence: field.evidence.into_iter().map(Evidence::from).collect(),
        }
    }
}

/// How a check ended.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The rule holds.
    Passed,
    /// The rule is broken.
    Failed,
    /// Something the rule needs is missing.
    CouldNotRun,
}

impl From<model::Outcome> for Outcome {
    fn from(outcome: model::Outcome) -> Self {
        match outcome {
            model::Outcome::Passed => Self::Passed,
            model::Outcome::Failed => Self::Failed,
            model::Outcome::CouldNotRun => Self::CouldNotRun,
        }
    }
}

/// One sentence in the languages of the product.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Sentence {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
    /// Arabic.
    pub ar: String,
}

impl From<app::sentences::Sentence> for Sentence {
    fn from(sentence: app::sentences::Sentence) -> Self {
        Self {
            en: sentence.en,
            fr: sentence.fr,
            ar: sentence.ar,
        }
    }
}

/// One rule applied to a reading.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Check {
    /// Stable name of the rule, such as `check_digit_document_number`.
    pub code: String,
    /// How it ended.
    pub outcome: Outcome,
    /// One sentence for the person, in English.
    pub message: String,
    /// The same in every language.
    pub sentence: Sentence,
    /// Names of the fields it speaks about.
    pub fields: Vec<String>,
}

impl From<model::Check> for Check {
    fn from(check: model::Check) -> Self {
        Self {
            sentence: app::sentences::of_check(&check).into(),
            code: check.code,
            outcome: check.outcome.into(),
            message: check.message,
            fields: check.fields.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Size of a page after its turn by EXIF orientation.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct PageFacts {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Clockwise quarter turns (0 to 3) after which the text stands upright.
    pub quarter_turns: u8,
}

impl From<model::PageFacts> for PageFacts {
    fn from(page: model::PageFacts) -> Self {
        Self {
            width: page.width,
            height: page.height,
            quarter_turns: page.quarter_turns,
        }
    }
}

/// All that the machine read from one document.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reading {
    /// Version of the reading rules and recogniser.
    pub engine: String,
    /// The day the reading took for today, ISO 8601.
    #[schema(format = Date)]
    pub day: String,
    /// Family and side, such as `passport` or `id_card_back`.
    #[schema(required)]
    pub document_type: Option<String>,
    /// Issuing state or organisation as coded on the document.
    #[schema(required)]
    pub issuing_country: Option<String>,
    /// Id and version of the type definition that explains the print, such as `passport@1`.
    #[schema(required)]
    pub definition: Option<String>,
    /// Layout of the machine-readable zone, such as `TD3`.
    #[schema(required)]
    pub mrz_format: Option<String>,
    /// Its lines, after repair.
    #[schema(required, value_type = Option<Vec<String>>)]
    pub mrz: Option<Vec<Personal>>,
    /// The fields by name, in the order a person would read them.
    #[schema(value_type = std::collections::BTreeMap<String, Field>)]
    pub fields: IndexMap<String, Field>,
    /// Where the places of the document do not say the very same, the most serious first.
    pub disagreements: Vec<Disagreement>,
    /// The rules applied.
    pub checks: Vec<Check>,
    /// What went wrong.
    pub problems: Vec<ProblemNote>,
    /// The pages, in order.
    pub pages: Vec<PageFacts>,
    /// What readers outside of this machine said, where some were asked.
    pub outside: Vec<OutsideAnswer>,
}

impl Reading {
    /// The reading of a document.
    pub fn of(document: DocumentId, reading: model::Reading) -> Self {
        let fields = reading.fields.into_iter();
        let disagreements = reading.disagreements.into_iter();
        let outside = reading.outside.into_iter();
        Self {
            engine: reading.engine,
            day: reading.day.to_string(),
            document_type: reading.document_type.map(|kind| kind.to_string()),
            issuing_country: reading.issuing_country,
            definition: reading.definition,
            mrz_format: reading.mrz_format.map(|format| format.as_str().to_owned()),
            mrz: reading.mrz,
            fields: fields
                .map(|(name, field)| (name.to_string(), field.into()))
                .collect(),
            disagreements: disagreements
                .map(|one| Disagreement::of(document, one))
                .collect(),
            checks: reading.checks.into_iter().map(Check::from).collect(),
            problems: reading
                .problems
                .into_iter()
                .map(ProblemNote::from)
                .collect(),
            pages: reading.pages.into_iter().map(PageFacts::from).collect(),
            outside: outside.map(OutsideAnswer::from).collect(),
        }
    }
}
