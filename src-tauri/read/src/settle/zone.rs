//! From a decoded zone to fields: one value each, its evidence, and how sure it is.
//!
//! Confidence is a probability that the value is right. Where a check digit covers a field and
//! agrees, only readings that agree as well compete with it, so its blind spots are what is left of
//! the doubt. Where none does, the characters stand for themselves, and the weakest decides whether
//! a person should look.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use jiff::civil::Date;
use model::{Check, DocumentType, Evidence, Field, FieldName, MrzFormat, Outcome, Personal, Zone};
use parse::mrz::{self, Character, Claim, Content, DigitKind, Span, Verdict};

use crate::search::Found;

/// Below this confidence a person should look at a field that a check digit covers.
const SURE_WITH_DIGIT: f32 = 0.98;

/// Below this confidence a person should look at any other field.
const SURE: f32 = 0.9;

/// A character that no digit covers is doubtful when a rival is within this many nats. Measured: it
/// marks all remaining wrong characters and 0.3 % of the right ones.
const DOUBTFUL_MARGIN: f32 = 3.0;

/// A field whose digit does not agree holds at least one error, if not here then in the digit.
const MOST_WITHOUT_AGREEMENT: f32 = 0.5;

/// A repair that cost more than this many nats is for a person to confirm.
const LITTLE_REPAIR: f32 = 1.0;

/// Nothing is ever surer: print and reading can agree on an error.
const MOST: f32 = 0.999;

/// Rivals further away than this are not worth offering.
const OFFERED_MARGIN: f32 = 7.0;

/// Most alternatives of a field.
const OFFERED: usize = 3;

/// What it takes from an alternative that a check digit speaks against it, in nats.
const AGAINST_DIGIT: f32 = 4.0;

/// What a zone says by itself.
pub(crate) struct ZoneReading {
    pub(crate) format: MrzFormat,
    /// Its lines, after repair.
    pub(crate) lines: Vec<Personal>,
    pub(crate) fields: IndexMap<FieldName, Field>,
    /// Whether the names fill their field to its end, so that something may be missing.
    pub(crate) may_be_cut: bool,
    pub(crate) is_specimen: bool,
    pub(crate) document_type: Option<DocumentType>,
    pub(crate) issuing_country: Option<String>,
    pub(crate) checks: Vec<Check>,
}

/// Understands a zone.
pub(crate) fn zone(page: u32, found: &Found, day: Date) -> ZoneReading {
    let decoded = &found.decoded;
    let lines: Vec<String> = decoded
        .text()
        .into_iter()
        .map(Personal::into_inner)
        .collect();
    let content = meaning(decoded.format, &lines, day);
    let fields = content.claims.iter().map(|claim| {
        let mut field = settle(found, claim, page, &content);
        field.alternatives = alternatives(found, claim, &lines, &content, day);
        (claim.field.clone(), field)
    });
    ZoneReading {
        format: decoded.format,
        fields: fields.collect(),
        may_be_cut: content
            .checks
            .iter()
            .any(|check| check.code == "name_complete" && check.outcome != Outcome::Passed),
        is_specimen: content.is_specimen,
        document_type: content.document_type,
        issuing_country: content.issuing_country,
        checks: content.checks,
        lines: lines.into_iter().map(Personal::from).collect(),
    }
}

fn meaning(format: MrzFormat, lines: &[String], day: Date) -> Content {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    mrz::parse(format, &lines, day)
}

/// Whether the first span lies inside the other.
fn lies_in(inner: Span, outer: Span) -> bool {
    inner.line == outer.line && outer.from <= inner.from && inner.to <= outer.to
}

fn covers(verdict: &Verdict, claim: &Claim) -> bool {
    let mut spans = claim.spans.iter();
    spans.all(|span| verdict.over.iter().any(|over| lies_in(*span, *over)))
}

fn settle(found: &Found, claim: &Claim, page: u32, content: &Content) -> Field {
    let decoded = &found.decoded;
    let characters: Vec<&Character> = claim
        .spans
        .iter()
        .flat_map(|span| decoded.characters(*span))
        .collect();
    let product: f32 = characters.iter().map(|one| one.probability).product();
    let own_digit = decoded
        .verdicts
        .iter()
        .find(|verdict| verdict.kind != DigitKind::Composite && covers(verdict, claim));
    let composite = decoded
        .verdicts
        .iter()
        .find(|verdict| verdict.kind == DigitKind::Composite);
    let composite_fails = composite.is_some_and(|one| !one.agrees && covers(one, claim));
    let state = decoded
        .states
        .iter()
        .find(|(span, _)| claim.spans.iter().any(|inner| lies_in(*inner, *span)));
    let digit_agrees = own_digit.is_some_and(|verdict| verdict.agrees) && !composite_fails;
    let repaired = characters.iter().any(|one| one.symbol != one.raw);
    let mut confidence = match (own_digit, state) {
        (Some(verdict), _) if verdict.agrees => verdict.certainty,
        (Some(_), _) => product.min(MOST_WITHOUT_AGREEMENT),
        (None, Some((_, certainty))) => *certainty,
        (None, None) => match composite.filter(|one| one.agrees && covers(one, claim)) {
            Some(composite) => product.max(composite.certainty),
            None => product,
        },
    };
    if composite_fails {
        confidence = confidence.min(MOST_WITHOUT_AGREEMENT.max(product.min(0.8)));
    }
    let weakest = characters
        .iter()
        .map(|one| one.margin)
        .fold(f32::INFINITY, f32::min);
    let unsure = if digit_agrees {
        confidence < SURE_WITH_DIGIT || (repaired && decoded.repair > LITTLE_REPAIR)
    } else if state.is_some() {
        confidence < SURE_WITH_DIGIT
    } else {
        confidence < SURE || weakest < DOUBTFUL_MARGIN
    };
    let rule_failed = content
        .checks
        .iter()
        .any(|check| check.outcome == Outcome::Failed && check.fields.contains(&claim.field));
    let confidence = confidence.clamp(0.0, MOST);
    Field {
        value: claim.value.clone(),
        confidence,
        needs_review: unsure || rule_failed || claim.doubtful || decoded.is_layout_doubtful(),
        proven: own_digit.is_some_and(|verdict| verdict.proven) && !rule_failed,
        alternatives: Vec::new(),
        evidence: evidence(found, claim, page),
    }
}

/// Where the characters stand, and what was seen there before any repair.
fn evidence(found: &Found, claim: &Claim, page: u32) -> Vec<Evidence> {
    let one = |span: &Span| {
        let characters = found.decoded.characters(*span);
        let (first, last) = (characters.first()?, characters.last()?);
        let lattice = found.lattices.get(span.line)?;
        Some(Evidence {
            zone: Zone::Mrz,
            page,
            quad: lattice.quad(first.steps.0, last.steps.1),
            text: characters
                .iter()
                .map(|character| character.raw)
                .collect::<String>()
                .into(),
            rule: "mrz".to_owned(),
            certainty: None,
            agreed: false,
        })
    };
    claim.spans.iter().filter_map(one).collect()
}

/// Other values worth offering: each character's rivals put in its place, one at a time, and the
/// field understood anew.
fn alternatives(
    found: &Found,
    claim: &Claim,
    lines: &[String],
    content: &Content,
    day: Date,
) -> Vec<Personal> {
    let mut rivals: Vec<(f32, usize, usize, char)> = Vec::new();
    for span in &claim.spans {
        let characters = found.decoded.characters(*span).iter().enumerate();
        for (at, character) in characters {
            for (rival, margin) in &character.rivals {
                if *margin < OFFERED_MARGIN {
                    rivals.push((*margin, span.line, span.from + at, *rival));
                }
            }
        }
    }
    rivals.sort_by(|a, b| a.0.total_cmp(&b.0));
    rivals.truncate(4 * OFFERED);
    let broken = |content: &Content| {
        let fails = |check: &&model::Check| {
            check.outcome == Outcome::Failed && check.fields.contains(&claim.field)
        };
        content.checks.iter().filter(fails).count()
    };
    let before = broken(content);
    // Ordered by what speaks against them, and by value so that equals have one order.
    let mut offers: BTreeMap<Personal, f32> = BTreeMap::new();
    for (margin, line, position, rival) in rivals {
        let mut changed = lines.to_vec();
        let Some(text) = changed.get_mut(line) else {
            continue;
        };
        *text = text
            .chars()
            .enumerate()
            .map(|(at, one)| if at == position { rival } else { one })
            .collect();
        let understood = meaning(found.decoded.format, &changed, day);
        let Some(value) = value_of(&understood, &claim.field) else {
            continue;
        };
        if *value == claim.value {
            continue;
        }
        let against = broken(&understood) as f32 - before as f32;
        let cost = margin + AGAINST_DIGIT * against;
        let known = offers.entry(value.clone()).or_insert(cost);
        *known = known.min(cost);
    }
    let mut offers: Vec<(Personal, f32)> = offers.into_iter().collect();
    offers.sort_by(|a, b| a.1.total_cmp(&b.1));
    offers.truncate(OFFERED);
    offers.into_iter().map(|(value, _)| value).collect()
}

fn value_of<'a>(content: &'a Content, field: &FieldName) -> Option<&'a Personal> {
    let mut claims = content.claims.iter();
    claims
        .find(|claim| claim.field == *field)
        .map(|claim| &claim.value)
}
