//! What readers outside of this machine say, as statements beside those of the document's own places.
//!
//! Nobody is asked here: whoever asked hands the answers in. They are worth what an unknown reader is
//! worth, and never overrule what arithmetic proves.

use jiff::civil::Date;
use model::{
    Evidence, OutsideAnswer, OutsideClaim, PageFacts, Personal, Point, Quad, Reading,
    TypeDefinition, Zone,
    definition::{FieldDefinition, Shape},
};

use crate::{calibration, settle::Statement, types};

/// Longest value that is taken, in characters: longer ones are no values.
const LONGEST: usize = 300;

/// The definition whose fields are asked for: the one that the reading followed, or the general one.
pub fn definition<'a>(
    reading: &Reading,
    types: &'a [TypeDefinition],
) -> Option<&'a TypeDefinition> {
    let followed = types::followed(reading);
    let of_id = |id: &str| types.iter().find(|one| one.id == id);
    followed
        .and_then(of_id)
        .or_else(|| of_id(parse::visual::GENERIC))
}

/// The fields of a definition that can be asked for one by one.
pub fn fields(definition: &TypeDefinition) -> impl Iterator<Item = &FieldDefinition> {
    definition.fields.iter().filter(|field| {
        !matches!(
            field.shape,
            Shape::FullName { .. } | Shape::CategoryTable { .. }
        )
    })
}

/// Takes what was answered for a field; none where the type has no such field, or the field no such
/// value.
pub fn claim(
    definition: &TypeDefinition,
    name: &str,
    text: &str,
    country: Option<&str>,
    day: Date,
) -> Option<OutsideClaim> {
    let field = fields(definition).find(|field| field.name.as_str() == name)?;
    if text.chars().count() > LONGEST {
        return None;
    }
    let value = parse::visual::value_of(field, text, country, day)?;
    Some(OutsideClaim {
        field: field.name.clone(),
        value: Personal::new(value),
        text: Personal::new(text),
    })
}

/// The statements of all answers, each reader being a place of its own after the first `places`. They
/// stand nowhere in particular on the first page.
pub(crate) fn statements<'a>(
    answers: &'a [OutsideAnswer],
    places: usize,
    page: u32,
    facts: Option<&PageFacts>,
) -> impl Iterator<Item = (&'a model::FieldName, Statement)> {
    let quad = whole(facts);
    answers
        .iter()
        .enumerate()
        .flat_map(move |(number, answer)| {
            answer.claims.iter().map(move |claim| {
                let evidence = Evidence {
                    zone: Zone::Outside,
                    page,
                    quad,
                    text: claim.text.clone(),
                    rule: format!("outside:{}", answer.reader),
                    certainty: None,
                    agreed: false,
                };
                let statement = Statement {
                    value: claim.value.clone(),
                    zone: Zone::Outside,
                    place: places + number,
                    evidence: vec![evidence],
                    trust: calibration::OUTSIDE,
                    proven: false,
                    doubtful: false,
                    may_be_cut: false,
                    alternatives: Vec::new(),
                };
                (&claim.field, statement)
            })
        })
}

fn whole(facts: Option<&PageFacts>) -> Quad {
    let (width, height) = facts.map_or((0.0, 0.0), |page| (page.width as f32, page.height as f32));
    Quad([
        Point::new(0.0, 0.0),
        Point::new(width, 0.0),
        Point::new(width, height),
        Point::new(0.0, height),
    ])
}
