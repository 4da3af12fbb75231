//! Readers outside of this machine.

use indexmap::IndexMap;
use model::Personal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ProblemNote, Sentence, rfc3339};

/// What a reader understands.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutsideProtocol {
    /// `chat/completions` with pictures, as OpenAI, Mistral and most local servers have it.
    Openai,
    /// The same at a deployment of Azure OpenAI.
    Azure,
    /// A service that verifies identities.
    Verification,
}

impl From<OutsideProtocol> for app::outside::Protocol {
    fn from(protocol: OutsideProtocol) -> Self {
        match protocol {
            OutsideProtocol::Openai => Self::Openai,
            OutsideProtocol::Azure => Self::Azure,
            OutsideProtocol::Verification => Self::Verification,
        }
    }
}

impl From<app::outside::Protocol> for OutsideProtocol {
    fn from(protocol: app::outside::Protocol) -> Self {
        match protocol {
            app::outside::Protocol::Openai => Self::Openai,
            app::outside::Protocol::Azure => Self::Azure,
            app::outside::Protocol::Verification => Self::Verification,
        }
    }
}

/// Which documents a reader is asked about.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutsideAsk {
    /// Those about which this machine leaves a doubt.
    #[default]
    Doubtful,
    /// All of them.
    Always,
}

impl From<OutsideAsk> for app::outside::Ask {
    fn from(ask: OutsideAsk) -> Self {
        match ask {
            OutsideAsk::Doubtful => Self::Doubtful,
            OutsideAsk::Always => Self::Always,
        }
    }
}

impl From<app::outside::Ask> for OutsideAsk {
    fn from(ask: app::outside::Ask) -> Self {
        match ask {
            app::outside::Ask::Doubtful => Self::Doubtful,
            app::outside::Ask::Always => Self::Always,
        }
    }
}

/// What has to be accepted before a reader is asked.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OutsideSentence {
    /// Its version, which `turn_on_outside_reader` wants.
    pub version: u32,
    /// What leaves the machine.
    pub text: Sentence,
}

/// Who accepted it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OutsideAcceptance {
    /// Version of the sentence.
    pub version: u32,
    /// Id of the user.
    pub by: Uuid,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
}

/// A reader outside of this machine.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OutsideReader {
    /// What it is called.
    pub name: String,
    /// What it understands.
    pub protocol: OutsideProtocol,
    /// Where it is.
    pub address: String,
    /// The model or deployment, where there is one.
    #[schema(required)]
    pub model: Option<String>,
    /// The version of Azure's interface, where it is Azure's.
    #[schema(required)]
    pub api_version: Option<String>,
    /// Which documents it is asked about.
    pub ask: OutsideAsk,
    /// How long it is waited for, in seconds.
    pub patience: u16,
    /// Whether it has a key; the key itself is never shown.
    pub has_key: bool,
    /// Whether it is asked.
    pub on: bool,
    /// What leaves the machine when it is.
    pub sentence: OutsideSentence,
    /// Who accepted that.
    #[schema(required)]
    pub accepted: Option<OutsideAcceptance>,
}

impl From<app::outside::ReaderInfo> for OutsideReader {
    fn from(info: app::outside::ReaderInfo) -> Self {
        let on = info.is_on();
        let configuration = info.configuration;
        Self {
            name: info.name,
            protocol: configuration.protocol.into(),
            address: configuration.address.as_str().to_owned(),
            model: configuration.model,
            api_version: configuration.api_version,
            ask: configuration.ask.into(),
            patience: configuration.patience,
            has_key: info.has_key,
            on,
            sentence: OutsideSentence {
                version: app::outside::SENTENCE_VERSION,
                text: info.sentence.into(),
            },
            accepted: info.accepted.map(|accepted| OutsideAcceptance {
                version: accepted.version,
                by: accepted.by.0,
                at: rfc3339(accepted.at),
            }),
        }
    }
}

/// The readers that were set up.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OutsideReaderList {
    /// By name.
    pub readers: Vec<OutsideReader>,
}

/// How a reader is to be set up.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsideSetUp {
    /// What it understands.
    pub protocol: OutsideProtocol,
    /// Where it is: up to and without `/chat/completions` for a model, the whole for a verification.
    pub address: String,
    /// The model, or the deployment of Azure.
    #[serde(default)]
    pub model: Option<String>,
    /// The version of Azure's interface.
    #[serde(default)]
    pub api_version: Option<String>,
    /// Which documents it is asked about; the doubtful ones when left out.
    #[serde(default)]
    pub ask: OutsideAsk,
    /// How long it is waited for, in seconds; 30 when left out.
    #[serde(default)]
    pub patience: Option<u16>,
    /// Its key; the one it has stays when left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Password)]
    pub key: Option<Personal>,
}

impl OutsideSetUp {
    /// The configuration and the key in it.
    pub fn parts(self) -> Result<(app::outside::Configuration, Option<app::Secret>), app::Error> {
        let configuration = app::outside::Configuration {
            protocol: self.protocol.into(),
            address: app::outside::Address::parse(&self.address)?,
            model: self.model,
            api_version: self.api_version,
            ask: self.ask.into(),
            patience: self.patience.unwrap_or(app::outside::USUAL_PATIENCE),
        };
        let key = self
            .key
            .map(|key| app::Secret::new(key.expose().to_owned()));
        Ok((configuration, key))
    }
}

/// What a reader outside said of a document.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OutsideAnswer {
    /// What the reader is called.
    pub reader: String,
    /// The host that was asked, and the model where there is one.
    pub source: String,
    /// Id and version of the type whose fields were asked for.
    pub definition: String,
    /// The values it gave that their fields can have, by field.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub values: IndexMap<String, Personal>,
    /// Why it said nothing, or what is doubtful about what it said.
    pub problems: Vec<ProblemNote>,
}

impl From<model::OutsideAnswer> for OutsideAnswer {
    fn from(answer: model::OutsideAnswer) -> Self {
        let claims = answer.claims.into_iter();
        let problems = answer.problems.into_iter();
        Self {
            reader: answer.reader,
            source: answer.source,
            definition: answer.definition,
            values: claims
                .map(|claim| (claim.field.to_string(), claim.value))
                .collect(),
            problems: problems.map(ProblemNote::from).collect(),
        }
    }
}

/// Somebody accepts what leaves the machine.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsideConsent {
    /// Version of the sentence that was read.
    pub accept: u32,
}
