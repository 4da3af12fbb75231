//! Asking readers outside about a document that was read here, as a step of its job.

use std::time::Duration;

use image::RgbImage;
use model::{DocumentId, OutsideAnswer, Problem, Reading, TypeDefinition};
use store::outside_readers;

use super::{
    Ask, Configuration, Protocol, ReaderInfo,
    chat::Chat,
    configuration, info,
    question::{OutsideReader, Question, Said},
    seal, send,
    send::Trouble,
    verification::Verification,
};
use crate::{
    App, Error, Secret,
    audit::{self, Details, What, Who},
};

/// How a question ended.
pub(crate) enum Asked {
    /// With these answers, those of earlier readings among them.
    Answered(Vec<OutsideAnswer>),
    /// Nobody wants the answers any more.
    Stopped,
}

/// What readers outside said of a document before.
fn kept(app: &App, document: DocumentId) -> Result<Vec<OutsideAnswer>, Error> {
    let latest = store::readings::latest(&app.inner.store.read()?, document)?;
    Ok(latest.map(|reading| reading.outside).unwrap_or_default())
}

/// Asks every reader that is on and has not answered yet, or each of them where `again`, about what was
/// read here. What readers said before that are not asked now stays said.
///
/// `pages` are only asked for when something is about to be sent.
pub(crate) fn answers(
    app: &App,
    document: DocumentId,
    reading: &Reading,
    types: &[TypeDefinition],
    again: bool,
    pages: &dyn Fn() -> Vec<RgbImage>,
    is_wanted: &dyn Fn() -> bool,
) -> Result<Asked, Error> {
    let mut answers = kept(app, document)?;
    let readers = outside_readers::all(&app.inner.store.read()?)?;
    let mut question = None;
    for reader in readers {
        let sealed = reader.sealed_key.clone();
        let configuration = configuration(&reader)?;
        let info = info(reader)?;
        let known = answers.iter().any(|answer| answer.reader == info.name);
        if !info.is_on() || (known && !again) || !concerns(&configuration, reading) {
            continue;
        }
        let Some(definition) = read::outside::definition(reading, types) else {
            continue;
        };
        let question =
            &*question.get_or_insert_with(|| Question::new(definition, reading, &pages()));
        if question.pages.is_empty() {
            continue;
        }
        let key = sealed
            .map(|sealed| seal::open(app, &info.name, &sealed))
            .transpose()?;
        sent(app, document, &info)?;
        let said = ask(app, &info, key.as_ref(), question, is_wanted);
        if said.as_ref().err() == Some(&Trouble::Stopped) {
            return Ok(Asked::Stopped);
        }
        answers.retain(|answer| answer.reader != info.name);
        answers.push(answer(&info, definition, said));
    }
    Ok(Asked::Answered(answers))
}

/// Whether a reader is asked about what was read.
fn concerns(configuration: &Configuration, reading: &Reading) -> bool {
    match configuration.ask {
        Ask::Always => true,
        Ask::Doubtful => {
            reading.fields.is_empty()
                || !reading.problems.is_empty()
                || reading.fields.values().any(|field| field.needs_review)
        }
    }
}

/// Writes down that a document is about to leave the machine; one that cannot be written down stays.
fn sent(app: &App, document: DocumentId, info: &ReaderInfo) -> Result<(), Error> {
    app.write(|transaction| {
        let accepted = info.accepted.map(|accepted| accepted.version);
        let details = Details::new()
            .word("reader", info.name.as_str())
            .word("host", info.configuration.address.host())
            .word("sentence", accepted);
        let what = What::DocumentSentOut;
        audit::record(app, transaction, Who::Program, what, document, details)
    })
}

fn ask(
    app: &App,
    info: &ReaderInfo,
    key: Option<&Secret>,
    question: &Question<'_>,
    is_wanted: &dyn Fn() -> bool,
) -> Result<Said, Trouble> {
    let Configuration {
        protocol,
        address,
        model,
        api_version,
        patience,
        ..
    } = &info.configuration;
    let model = model.as_deref().unwrap_or_default();
    let reader: &dyn OutsideReader = match protocol {
        Protocol::Openai | Protocol::Azure => &Chat {
            address,
            model,
            azure: api_version.as_deref(),
        },
        Protocol::Verification => &Verification {
            address,
            name: &info.name,
        },
    };
    let request = reader.request(question);
    let patience = Duration::from_secs(u64::from(*patience));
    let body = send::post(&app.runtime(), address, &request, key, patience, is_wanted)?;
    reader.understand(&body, question)
}

/// The answer as it is kept, with a sentence for whatever is wrong with it.
fn answer(
    info: &ReaderInfo,
    definition: &TypeDefinition,
    said: Result<Said, Trouble>,
) -> OutsideAnswer {
    let (claims, problems) = match said {
        Ok(Said {
            claims,
            left_out,
            mut doubts,
        }) => {
            doubts.extend((left_out > 0).then(|| left_out_problem(&info.name, left_out)));
            (claims, doubts)
        }
        Err(trouble) => (Vec::new(), vec![trouble.problem(&info.name)]),
    };
    OutsideAnswer {
        reader: info.name.clone(),
        source: info.configuration.source(),
        definition: format!("{}@{}", definition.id, definition.version),
        claims,
        problems,
    }
}

fn left_out_problem(name: &str, left_out: usize) -> Problem {
    Problem {
        code: "outside_left_out".to_owned(),
        message: format!(
            "The outside reader `{name}` gave {left_out} values that such a document cannot have; they were left out"
        ),
    }
}
