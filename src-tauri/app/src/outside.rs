//! Readers outside of this machine: set up by an admin, off until he accepts what leaves the machine.
//!
//! Reading needs none of them and is done here first, whole; what they say is one more statement beside
//! those of the document, never stronger than what arithmetic proves. One that fails, is slow or talks
//! nonsense sends the document to a person with a sentence, and holds nothing up. What they answered is kept
//! with the reading, so that reading again asks nobody again unless somebody wants it.

mod address;
mod ask;
mod chat;
mod question;
mod seal;
mod send;
mod verification;

use model::{Caller, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use store::{
    Transaction,
    outside_readers::{self, Acceptance, OutsideReader},
};

pub use self::address::Address;
pub(crate) use self::ask::{Asked, answers};
use crate::{
    App, Error, Secret,
    audit::{self, Details, What},
    permission::{Act, demand},
    sentences::Sentence,
};

/// Version of the sentence that has to be accepted. It is counted up whenever more leaves the machine than
/// the sentence said; a reader accepted under an older one is off until the new one is accepted.
pub const SENTENCE_VERSION: u32 = 1;

/// How long a reader is waited for when nobody says, in seconds.
pub const USUAL_PATIENCE: u16 = 30;

/// The longest that anybody can ask for, in seconds.
const LONGEST_PATIENCE: u16 = 300;

/// Longest name of a reader, of a model and of a version, in characters.
const LONGEST_NAME: usize = 100;

/// What a reader understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// `POST …/chat/completions` with pictures as data URLs and a JSON schema for the answer, as OpenAI,
    /// Mistral and most local servers have it.
    Openai,
    /// The same at a deployment of Azure OpenAI.
    Azure,
    /// A service that verifies identities: the plain JSON of `docs/outside.md`.
    Verification,
}

impl Protocol {
    /// The word used in answers and requests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Openai => "openai",
            Self::Azure => "azure",
            Self::Verification => "verification",
        }
    }
}

/// Which documents it is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Those about which this machine leaves a doubt.
    Doubtful,
    /// All of them.
    Always,
}

impl Ask {
    /// The word used in answers and requests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Doubtful => "doubtful",
            Self::Always => "always",
        }
    }
}

/// Where a reader is and how it is spoken to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Configuration {
    /// What it understands.
    pub protocol: Protocol,
    /// Its address: up to and without `/chat/completions` for a model, the whole for a verification.
    pub address: Address,
    /// The model, or the deployment of Azure; a verification has none.
    pub model: Option<String>,
    /// The version of Azure's interface.
    pub api_version: Option<String>,
    /// Which documents it is asked about.
    pub ask: Ask,
    /// How long it is waited for, in seconds.
    pub patience: u16,
}

impl Configuration {
    fn check(&self) -> Result<(), Error> {
        let fits = |text: &str| {
            let plain = |one: char| one.is_ascii_alphanumeric() || "-._:/".contains(one);
            (1..=LONGEST_NAME).contains(&text.len()) && text.chars().all(plain)
        };
        let named = match self.protocol {
            Protocol::Openai => self.model.is_some() && self.api_version.is_none(),
            Protocol::Azure => self.model.is_some() && self.api_version.is_some(),
            Protocol::Verification => self.model.is_none() && self.api_version.is_none(),
        };
        let texts = [&self.model, &self.api_version];
        let texts_fit = texts.iter().all(|text| text.as_deref().is_none_or(fits));
        if !named || !texts_fit || !(1..=LONGEST_PATIENCE).contains(&self.patience) {
            return Err(Error::OutsideInvalid);
        }
        Ok(())
    }

    /// Whether documents go elsewhere, or other ones go, than under another configuration.
    fn sends_otherwise(&self, other: &Self) -> bool {
        self.protocol != other.protocol
            || self.address != other.address
            || self.model != other.model
            || (self.ask == Ask::Always && other.ask == Ask::Doubtful)
    }

    /// Whom a document is sent to, for people.
    fn source(&self) -> String {
        let host = self.address.host();
        match &self.model {
            Some(model) => format!("{host} {model}"),
            None => host.to_owned(),
        }
    }
}

/// A reader as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderInfo {
    /// What it is called.
    pub name: String,
    /// Where it is and how it is spoken to.
    pub configuration: Configuration,
    /// Whether it has a key; the key itself is never shown.
    pub has_key: bool,
    /// Who set it up.
    pub set_by: UserId,
    /// When.
    pub set_at: Timestamp,
    /// Who accepted which version of the sentence, if anybody has.
    pub accepted: Option<Acceptance>,
    /// What has to be accepted before it is asked.
    pub sentence: Sentence,
}

impl ReaderInfo {
    /// Whether it is asked: somebody accepted the sentence as it is now.
    pub fn is_on(&self) -> bool {
        self.accepted
            .is_some_and(|accepted| accepted.version == SENTENCE_VERSION)
    }
}

/// What leaves the machine, in the version of [`SENTENCE_VERSION`].
pub fn sentence(configuration: &Configuration) -> Sentence {
    let host = configuration.address.host();
    let (en, fr, ar) = match configuration.ask {
        Ask::Always => ("every document", "chaque document", "كل وثيقة"),
        Ask::Doubtful => (
            "every document about which this machine leaves a doubt",
            "chaque document sur lequel cette machine garde un doute",
            "كل وثيقة يبقى حولها شك على هذا الجهاز",
        ),
    };
    Sentence {
        en: format!(
            "The pictures of the pages of {en}, with the kind of the document and the names of the fields looked for, leave this machine for {host}, whose operator can see them and may keep them"
        ),
        fr: format!(
            "Les images des pages de {fr}, avec le genre du document et les noms des champs cherchés, quittent cette machine pour {host}, dont l’exploitant peut les voir et peut les garder"
        ),
        ar: format!(
            "تغادر صور صفحات {ar}، مع نوع الوثيقة وأسماء الحقول المطلوبة، هذا الجهاز إلى {host}، ويمكن لمشغّله أن يراها وأن يحتفظ بها"
        ),
    }
}

fn info(reader: OutsideReader) -> Result<ReaderInfo, Error> {
    let configuration: Configuration = configuration(&reader)?;
    Ok(ReaderInfo {
        sentence: sentence(&configuration),
        configuration,
        name: reader.name,
        has_key: reader.sealed_key.is_some(),
        set_by: reader.set_by,
        set_at: reader.set_at,
        accepted: reader.accepted,
    })
}

fn configuration(reader: &OutsideReader) -> Result<Configuration, Error> {
    serde_json::from_str(&reader.configuration).map_err(|_| Error::Damaged {
        what: "a reader outside of this machine",
    })
}

/// Every reader that was set up.
pub fn list(app: &App, caller: &Caller) -> Result<Vec<ReaderInfo>, Error> {
    demand(caller, Act::SeeOutside)?;
    let all = outside_readers::all(&app.inner.store.read()?)?;
    all.into_iter().map(info).collect()
}

/// Sets a reader up, or anew. It is off then, unless it was on and nothing else leaves the machine than
/// before; a key that is not given stays.
pub fn set(
    app: &App,
    caller: &Caller,
    name: &str,
    configuration: &Configuration,
    key: Option<&Secret>,
) -> Result<ReaderInfo, Error> {
    demand(caller, Act::ChangeOutside)?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !(1..=LONGEST_NAME).contains(&name.len()) || !name.bytes().all(plain) {
        return Err(Error::OutsideInvalid);
    }
    configuration.check()?;
    let text = serde_json::to_string(configuration).map_err(|_| Error::OutsideInvalid)?;
    let sealed = key.map(|key| seal::seal(app, name, key)).transpose()?;
    app.write(|transaction| {
        let before = outside_readers::get(transaction, name)?;
        let known = before.as_ref().map(self::configuration).transpose()?;
        // A key of one host is never sent to another.
        let same_host = known
            .as_ref()
            .is_some_and(|known| known.address.host() == configuration.address.host());
        let kept_key = before
            .as_ref()
            .and_then(|before| before.sealed_key.clone())
            .filter(|_| same_host);
        let stays_on = known.is_some_and(|known| !configuration.sends_otherwise(&known));
        let reader = OutsideReader {
            name: name.to_owned(),
            configuration: text,
            sealed_key: sealed.or(kept_key),
            set_by: caller.user,
            set_at: app.now(),
            accepted: before
                .and_then(|before| before.accepted)
                .filter(|_| stays_on),
        };
        outside_readers::put(transaction, &reader)?;
        let details = told(configuration).word("has_key", reader.sealed_key.is_some());
        audit::record(app, transaction, caller, What::OutsideSet, name, details)?;
        info(reader)
    })
}

fn told(configuration: &Configuration) -> Details {
    Details::new()
        .word("host", configuration.address.host())
        .word("protocol", configuration.protocol.as_str())
        .word("model", configuration.model.as_deref().unwrap_or_default())
        .word("ask", configuration.ask.as_str())
}

/// Turns a reader on: `accepted` is the version of the sentence that the caller has read and accepts.
pub fn turn_on(app: &App, caller: &Caller, name: &str, accepted: u32) -> Result<ReaderInfo, Error> {
    demand(caller, Act::ChangeOutside)?;
    if accepted != SENTENCE_VERSION {
        return Err(Error::SentenceOutdated {
            version: SENTENCE_VERSION,
        });
    }
    change(app, caller, name, What::OutsideOn, |reader| {
        reader.accepted = Some(Acceptance {
            version: accepted,
            by: caller.user,
            at: app.now(),
        });
    })
}

/// Turns a reader off: from now on nothing is sent to it.
pub fn turn_off(app: &App, caller: &Caller, name: &str) -> Result<ReaderInfo, Error> {
    demand(caller, Act::ChangeOutside)?;
    change(app, caller, name, What::OutsideOff, |reader| {
        reader.accepted = None;
    })
}

fn change(
    app: &App,
    caller: &Caller,
    name: &str,
    what: What,
    how: impl FnOnce(&mut OutsideReader),
) -> Result<ReaderInfo, Error> {
    app.write(|transaction| {
        let mut reader = one(transaction, name)?;
        how(&mut reader);
        outside_readers::put(transaction, &reader)?;
        let accepted = reader.accepted.map(|accepted| accepted.version);
        let details = told(&configuration(&reader)?).word("sentence", accepted);
        audit::record(app, transaction, caller, what, name, details)?;
        info(reader)
    })
}

fn one(transaction: &Transaction, name: &str) -> Result<OutsideReader, Error> {
    outside_readers::get(transaction, name)?.ok_or(Error::OutsideNotFound)
}

/// Forgets a reader and its key. What it answered stays in the readings.
pub fn remove(app: &App, caller: &Caller, name: &str) -> Result<(), Error> {
    demand(caller, Act::ChangeOutside)?;
    app.write(|transaction| {
        let reader = one(transaction, name)?;
        outside_readers::delete(transaction, name)?;
        let details = told(&configuration(&reader)?);
        audit::record(
            app,
            transaction,
            caller,
            What::OutsideRemoved,
            name,
            details,
        )
    })
}
