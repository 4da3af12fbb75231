//! The reading of a document whose two sides are files of their own.
//!
//! It is made of the two readings alone, so that it follows from what is stored, and is gone when the
//! sides are taken apart again.

use indexmap::IndexMap;
use model::{
    Check, DocumentKind, DocumentType, Evidence, Field, FieldName, Outcome, Problem, Reading,
    Region, TypeDefinition, Zone,
};

use crate::{
    Engine, Limits, Only, Options, checks,
    relate::definition,
    settle::{self, Statement},
};

/// What is overruled on one side is still a statement, if a weak one.
const LEAST_TRUST: f32 = 0.05;

/// The reading of both sides: the pages of the first come first, the fields are settled over both, and
/// every rule is tested anew.
pub fn join(
    first: &Reading,
    second: &Reading,
    types: &[TypeDefinition],
    ages: (i16, i16),
) -> Reading {
    let sides = [first, second];
    let shift = u32::try_from(first.pages.len()).unwrap_or(u32::MAX);
    let shifts = [0, shift];
    let definition = definition(first, types).or_else(|| self::definition(second, types));
    let mut joined = Reading {
        engine: if first.engine == second.engine {
            first.engine.clone()
        } else {
            format!("{} + {}", first.engine, second.engine)
        },
        day: first.day.max(second.day),
        document_type: document_type(first, second),
        definition: definition.map(|one| format!("{}@{}", one.id, one.version)),
        issuing_country: country(first, second),
        mrz_format: None,
        mrz: None,
        fields: IndexMap::new(),
        disagreements: Vec::new(),
        checks: own_checks(sides),
        problems: Vec::new(),
        pages: sides.iter().flat_map(|side| side.pages.clone()).collect(),
        outside: sides.iter().flat_map(|side| side.outside.clone()).collect(),
        regions: Vec::new(),
    };
    if let Some(zone) = sides.iter().find(|side| side.mrz.is_some()) {
        joined.mrz_format = zone.mrz_format;
        joined.mrz.clone_from(&zone.mrz);
    }
    for (side, shift) in sides.iter().zip(shifts) {
        joined
            .regions
            .extend(side.regions.iter().map(|region| Region {
                page: region.page + shift,
                ..*region
            }));
    }
    for (name, said) in statements(sides, shifts) {
        if let Some((field, disagreement)) = settle::settle(&name, said) {
            joined.fields.insert(name, field);
            joined.disagreements.extend(disagreement);
        }
    }
    joined.disagreements.sort_by(|one, other| {
        other
            .class
            .cmp(&one.class)
            .then_with(|| one.field.cmp(&other.field))
    });
    settle::sort(&mut joined.fields, definition);
    joined.problems = problems(sides, &joined);
    let options = Options {
        day: joined.day,
        only: Only::Everything,
        limits: Limits::default(),
        engine: Engine::Network,
        types,
        ages,
        trust: None,
    };
    checks::apply(&mut joined, definition, &options);
    joined
}

/// Every statement of both sides, by field: what each side holds, and what it set aside.
fn statements(sides: [&Reading; 2], shifts: [u32; 2]) -> IndexMap<FieldName, Vec<Statement>> {
    let mut statements: IndexMap<FieldName, Vec<Statement>> = IndexMap::new();
    for (number, (side, shift)) in sides.iter().zip(shifts).enumerate() {
        let moved = |evidence: &[Evidence]| -> Vec<Evidence> {
            let moved = evidence.iter().cloned().map(|mut one| {
                one.page += shift;
                one
            });
            moved.collect()
        };
        let cut = names_are_cut(side);
        for (name, field) in &side.fields {
            let said = statements.entry(name.clone()).or_default();
            let evidence = moved(&field.evidence);
            let zone = zone(field);
            said.push(Statement {
                value: field.value.clone(),
                zone,
                place: 2 * number,
                evidence,
                trust: field.confidence,
                proven: field.proven,
                doubtful: field.needs_review,
                may_be_cut: zone == Zone::Mrz
                    && cut
                    && (*name == FieldName::SURNAME || *name == FieldName::GIVEN_NAMES),
                alternatives: field.alternatives.clone(),
            });
            let disagreement = side.disagreements.iter().find(|one| one.field == *name);
            let losers = disagreement.iter().flat_map(|one| &one.sources);
            for loser in losers.filter(|one| !settle::is_same_value(name, &one.value, &field.value))
            {
                said.push(Statement {
                    value: loser.value.clone(),
                    zone: loser.zone,
                    place: 2 * number + 1,
                    evidence: moved(&loser.evidence),
                    trust: (1.0 - field.confidence).max(LEAST_TRUST),
                    proven: false,
                    doubtful: false,
                    may_be_cut: false,
                    alternatives: Vec::new(),
                });
            }
        }
    }
    statements
}

/// The kind of place that a settled value is spelt as.
fn zone(field: &Field) -> Zone {
    field.evidence.first().map_or(Zone::Visual, |one| one.zone)
}

/// Whether the names fill their line of the zone to its end.
fn names_are_cut(side: &Reading) -> bool {
    let mut lines = side.mrz.iter().flatten();
    lines.any(|line| line.expose().contains("<<") && !line.expose().ends_with('<'))
}

/// The family that either side tells, the surer one: a type that is recognised before a code of a zone.
fn document_type(first: &Reading, second: &Reading) -> Option<DocumentType> {
    let known = |side: &Reading| {
        let kind = side.document_type.map(|document| document.kind);
        kind.filter(|kind| *kind != DocumentKind::OtherId)
    };
    let surer = if first.definition.is_none() && second.definition.is_some() {
        known(second).or_else(|| known(first))
    } else {
        known(first).or_else(|| known(second))
    };
    let any = || first.document_type.or(second.document_type);
    surer
        .map(DocumentType::of)
        .or_else(|| any().map(|document| DocumentType::of(document.kind)))
}

/// The state that a zone names, else the one that says more.
fn country(first: &Reading, second: &Reading) -> Option<String> {
    let (left, right) = (&first.issuing_country, &second.issuing_country);
    match (left, right) {
        (Some(left), Some(right)) if right.starts_with(left.as_str()) => Some(right.clone()),
        (Some(_), Some(right)) if first.mrz.is_none() && second.mrz.is_some() => {
            Some(right.clone())
        }
        (left, right) => left.clone().or_else(|| right.clone()),
    }
}

/// The rules of zones and barcodes themselves, each code once; all others are tested anew.
fn own_checks(sides: [&Reading; 2]) -> Vec<Check> {
    let mut own: IndexMap<&str, &Check> = IndexMap::new();
    let is_own = |check: &&Check| {
        checks::rule(&check.code).is_none_or(|rule| rule.when == checks::When::Elsewhere)
    };
    for check in sides
        .into_iter()
        .flat_map(|side| &side.checks)
        .filter(is_own)
    {
        let known = own.entry(&check.code).or_insert(check);
        if known.outcome != Outcome::Failed && check.outcome == Outcome::Failed {
            *known = check;
        }
    }
    own.into_values().cloned().collect()
}

/// What was remarked on either side and still holds of both.
fn problems(sides: [&Reading; 2], joined: &Reading) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    for problem in sides.into_iter().flat_map(|side| &side.problems) {
        let answered = match problem.code.as_str() {
            "no_mrz_found" => joined.mrz.is_some(),
            "nothing_read" => !joined.fields.is_empty(),
            _ => false,
        };
        if !answered && !problems.iter().any(|known| known.code == problem.code) {
            problems.push(problem.clone());
        }
    }
    problems
}
