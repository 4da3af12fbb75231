//! The visual zone: what the printed text of a document says about its fields.
//!
//! [`extract`] recognises the type of the document, finds the values of its fields by their labels,
//! codes and places, and lets the shape of each value judge between rivals. It knows documents only
//! through the definitions it is given, sees text and never a pixel, and always answers: what it does
//! not understand it leaves out.

mod alphabet;
mod american;
mod categories;
mod choose;
mod chronology;
mod extend;
mod fold;
mod label;
mod leftover;
mod page;
mod place;
mod recognise;
mod shape;
mod speck;
pub mod tagger;
mod track;
mod vehicle;

use jiff::civil::Date;
use model::definition::{FieldDefinition, NamePart, Shape};
use model::{DocumentType, FieldName, Personal, Sheet, TypeDefinition};

use crate::Claim;
use choose::{Choice, Pick};
use page::Page;
pub(crate) use recognise::ENOUGH;
use shape::{Order, Setting};

/// Id of the definition that documents of no recognised type are read with.
pub const GENERIC: &str = "other_document";

/// Definitions of cards that are read by the captions of the AAMVA standard.
const NORTH_AMERICAN: [&str; 3] = ["us_driving_licence", "us_id_card", "ca_driving_licence"];

/// The definition whose field numbers are those of North American cards, too.
const EUROPEAN_LICENCE: &str = "eu_driving_licence";

/// The definition that is read by the codes of Directive 1999/37/EC.
const FRENCH_VEHICLE: &str = "fr_vehicle_registration";

/// The definition whose plate is read by where its groups stand.
const TUNISIAN_VEHICLE: &str = "tn_vehicle_registration";

/// What other zones of the document have told already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Family and side.
    pub document_type: Option<DocumentType>,
    /// Issuing state (ICAO code, `USA-CA`).
    pub country: Option<&'a str>,
    /// Values of fields in the form of the record. They only help to choose among what is printed, and
    /// are never claimed where they cannot be read.
    pub values: &'a [(FieldName, String)],
}

/// What the printed text says.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// How well each type fits: id and score, the best first; 1 is as good as certain.
    pub type_scores: Vec<(String, f32)>,
    /// Id of the definition that was followed, where one fitted well enough.
    pub definition: Option<String>,
    /// Family and side, where they are clear.
    pub document_type: Option<DocumentType>,
    /// Issuing state (ICAO code, `USA-CA`), where the text tells.
    pub issuing_country: Option<String>,
    /// The values found.
    pub claims: Vec<Claim>,
}

/// Reads the fields of a document from its text; `day` is taken for today.
pub fn extract(sheet: &Sheet, types: &[TypeDefinition], known: &Known<'_>, day: Date) -> Content {
    let sheet = &speck::without(sheet);
    let page = Page::new(sheet);
    let mut recognised = recognise::recognise(&page, types, known);
    let mut followed = recognised.definition.and_then(|index| types.get(index));
    // Cards of motor vehicle offices, and what is easily taken for one.
    let elsewhere = known
        .country
        .is_some_and(|country| !country.starts_with("USA") && !country.starts_with("CAN"));
    let alike = |id: &str| NORTH_AMERICAN.contains(&id) || id == EUROPEAN_LICENCE;
    if !elsewhere && followed.is_none_or(|definition| alike(&definition.id)) {
        let choice = types
            .iter()
            .filter(|definition| NORTH_AMERICAN.contains(&definition.id.as_str()));
        if let Some(definition) = american::definition(sheet, choice, &recognised.scores) {
            let side = recognised.document_type.and_then(|known| known.side);
            recognised.document_type = Some(DocumentType {
                kind: definition.kind,
                side,
            });
            followed = Some(definition);
        }
    }
    let definition = followed.or_else(|| types.iter().find(|definition| definition.id == GENERIC));
    let country = recognised.country.clone();
    let country = country.as_deref();
    let setting = setting(country, day);
    let mut issuing_country = recognised.country;
    let mut claims = match definition {
        Some(definition) if NORTH_AMERICAN.contains(&definition.id.as_str()) => {
            let reading = american::read(sheet, definition, day);
            issuing_country = reading.issuing_country.or(issuing_country);
            reading.claims
        }
        Some(definition) if definition.id == FRENCH_VEHICLE => vehicle::read(sheet, definition),
        Some(definition) => {
            let anchors = label::anchors(&page, definition, &setting);
            let mut claims = read(&page, definition, &anchors, known, setting);
            let wanted: Vec<&str> = definition
                .fields
                .iter()
                .map(|field| field.name.as_str())
                .collect();
            let captions: Vec<String> = anchors
                .iter()
                .map(|anchor| fold::letters(&page.text(&anchor.span)))
                .collect();
            let is_caption = |text: &str| is_made_of(text, &captions);
            tagger::tag(sheet, &wanted, setting.order, day, is_caption, &mut claims);
            if definition.id == TUNISIAN_VEHICLE
                && let Some(plate) = vehicle::tunisian_plate(sheet)
            {
                claims.retain(|claim| claim.field != plate.field);
                claims.push(plate);
            }
            claims
        }
        None => Vec::new(),
    };
    alphabet::settle(&mut claims, issuing_country.as_deref());
    Content {
        type_scores: recognised.scores,
        definition: followed.map(|definition| definition.id.clone()),
        document_type: recognised.document_type,
        issuing_country,
        claims,
    }
}

/// Takes a text that somebody gives for a field's value, in the form of the record; none where the field
/// cannot have such a value.
pub fn value_of(
    field: &FieldDefinition,
    text: &str,
    country: Option<&str>,
    day: Date,
) -> Option<String> {
    let setting = setting(country, day);
    let judged = shape::judge(&field.shape, field.name.as_str(), text, &setting)?;
    (judged.score > 0.0 && !judged.value.is_empty()).then_some(judged.value)
}

fn setting(country: Option<&str>, day: Date) -> Setting<'_> {
    let american = country.is_some_and(|country| country.starts_with("USA"));
    Setting {
        day,
        country,
        order: if american {
            Order::MonthFirst
        } else {
            Order::DayFirst
        },
    }
}

/// The claims of a page under a definition.
fn read(
    page: &Page,
    definition: &TypeDefinition,
    anchors: &[label::Anchor],
    known: &Known<'_>,
    setting: Setting<'_>,
) -> Vec<Claim> {
    let mut choice = Choice::new(page, definition, anchors, known, setting);
    choice.by_label();
    choice.by_order();
    choice.by_agreement();
    let table = categories::claims(&mut choice);
    chronology::settle(&mut choice);
    chronology::span_of_validity(&mut choice);
    choice.by_layout();
    choice.by_neighbours();
    choice.by_shape();
    let mut claims: Vec<Claim> = Vec::new();
    for pick in &choice.picks {
        let Some(field) = choice.field(pick.field) else {
            continue;
        };
        match field.shape {
            Shape::FullName { first } => {
                let parts = whole_name(&choice, pick, first);
                // Labels of their own tell the parts better.
                claims.extend(
                    parts
                        .into_iter()
                        .filter(|part| choice.picked(part.field.as_str()).is_none()),
                );
            }
            _ => claims.push(claim(
                page,
                pick,
                field.name.clone(),
                pick.judged.value.clone(),
                1.0,
            )),
        }
    }
    part_names(&mut claims, definition);
    claims.retain(|claim| !table.iter().any(|other| other.field == claim.field));
    claims.extend(table);
    claims
}

/// Whether captions, or parts of one, make most of a text.
fn is_made_of(text: &str, captions: &[String]) -> bool {
    let whole = fold::letters(text);
    let count = |text: &str| text.chars().count();
    let part = || count(&whole) > 2 && captions.iter().any(|caption| caption.contains(&whole));
    let mut rest = whole.clone();
    for caption in captions.iter().filter(|caption| count(caption) > 2) {
        rest = rest.replace(caption.as_str(), "");
    }
    !whole.is_empty() && (5 * count(&rest) < 2 * count(&whole) || part())
}

fn claim(page: &Page, pick: &Pick, field: FieldName, value: String, worth: f32) -> Claim {
    let text: Vec<String> = pick.spans.iter().map(|span| page.text(span)).collect();
    let seen = pick
        .spans
        .iter()
        .map(|span| page.confidence(span))
        .fold(1.0_f32, f32::min);
    let likelihood = pick.likelihood.clamp(0.0, 1.0) * worth;
    let mut confidence = seen * (0.5 + 0.5 * likelihood) * if likelihood < 0.4 { 0.6 } else { 1.0 };
    if pick.agreed {
        // Two recognisers that do not share their mistakes.
        confidence = 1.0 - (1.0 - confidence) * 0.5;
    }
    if pick.second_only {
        confidence *= 0.75;
    }
    let alternatives = pick
        .judged
        .alternatives
        .iter()
        .filter(|other| **other != value);
    Claim {
        alternatives: alternatives
            .map(|other| Personal::new(other.as_str()))
            .collect(),
        field,
        value: Personal::new(value),
        text: Personal::new(text.join("\n")),
        quads: pick
            .spans
            .iter()
            .flat_map(|span| page.quads(span))
            .collect(),
        confidence: confidence.clamp(0.0, 1.0),
        agreed: pick.agreed,
        rule: pick.rule.to_owned(),
    }
}

/// Takes a whole name apart: at its comma, by what another zone tells, or else after the first word.
fn whole_name(choice: &Choice<'_>, pick: &Pick, first: NamePart) -> Vec<Claim> {
    let value = &pick.judged.value;
    let told = |name: &str| {
        choice
            .known
            .values
            .iter()
            .find(|(field, _)| field.as_str() == name)
            .map(|(_, value)| value.as_str())
    };
    let split_at_comma = value
        .split_once(',')
        .map(|(one, other)| (one.trim(), other.trim()));
    let words: Vec<&str> = value.split(' ').collect();
    let by_zone = || {
        (1..words.len()).find_map(|at| {
            let (one, other) = (words.get(..at)?.join(" "), words.get(at..)?.join(" "));
            let straight = told("surname").is_some_and(|told| choose::says_the_same(&one, told));
            let backwards = told("surname").is_some_and(|told| choose::says_the_same(&other, told));
            if straight {
                Some((one, other, 0.95))
            } else if backwards {
                Some((other, one, 0.95))
            } else {
                None
            }
        })
    };
    let beside = || {
        let area = page_area(choice, pick)?;
        let next = choice
            .page
            .pieces
            .iter()
            .enumerate()
            .find(|(index, piece)| {
                piece.area.same_row(&area) > 0.5
                    && piece.area.left > area.right
                    && !choice.is_labelled(*index)
                    && !choice.is_taken(&choice.page.whole(*index))
            })?;
        let given = shape::judge(
            &Shape::Name,
            "given_names",
            &choice.page.text(&choice.page.whole(next.0)),
            &choice.setting,
        )?;
        Some((value.clone(), given.value, 0.75))
    };
    let parts = match split_at_comma {
        Some((one, other)) if !one.is_empty() && !other.is_empty() => {
            Some((one.to_owned(), other.to_owned(), 1.0))
        }
        _ => by_zone().or_else(beside).or_else(|| {
            let (one, other) = value.split_once(' ')?;
            Some((one.to_owned(), other.to_owned(), 0.5))
        }),
    };
    let Some((one, other, worth)) = parts else {
        return vec![claim(
            choice.page,
            pick,
            FieldName::SURNAME,
            value.clone(),
            0.6,
        )];
    };
    let turned = worth <= 0.5 && first == NamePart::GivenNames;
    let (surname, given) = if turned { (other, one) } else { (one, other) };
    vec![
        claim(choice.page, pick, FieldName::SURNAME, surname, worth),
        claim(choice.page, pick, FieldName::GIVEN_NAMES, given, worth),
    ]
}

fn page_area(choice: &Choice<'_>, pick: &Pick) -> Option<page::Area> {
    pick.spans.first().map(|span| choice.page.area(span))
}

/// A surname with a comma holds the given names as well, where nothing else told them.
fn part_names(claims: &mut Vec<Claim>, definition: &TypeDefinition) {
    if definition.field("given_names").is_none()
        || claims
            .iter()
            .any(|claim| claim.field == FieldName::GIVEN_NAMES)
    {
        return;
    }
    let Some(surname) = claims
        .iter_mut()
        .find(|claim| claim.field == FieldName::SURNAME)
    else {
        return;
    };
    let whole = surname.value.expose().to_owned();
    let Some((one, other)) = whole.split_once(',') else {
        return;
    };
    if one.trim().is_empty() || other.trim().is_empty() {
        return;
    }
    surname.value = Personal::new(one.trim());
    let mut given = surname.clone();
    given.field = FieldName::GIVEN_NAMES;
    given.value = Personal::new(other.trim());
    claims.push(given);
}
