//! Which places of a file belong to one document, and the reading of each document.

use indexmap::{IndexMap, IndexSet};
use model::{
    Check, DisagreementClass, DocumentKind, DocumentType, Evidence, Field, FieldName, MrzFormat,
    Outcome, OutsideAnswer, PageFacts, Problem, Reading, Side, TypeDefinition, Zone,
};

use crate::{
    Only, Options, calibration, checks, outside,
    place::Place,
    settle::{self, Statement},
};

/// Fields that tell people and documents apart, with how much agreement or difference in them says.
const TELLING: &[(FieldName, f32)] = &[
    (FieldName::DOCUMENT_NUMBER, 2.0),
    (FieldName::PERSONAL_NUMBER, 2.0),
    (FieldName::DATE_OF_BIRTH, 2.0),
    (FieldName::SURNAME, 2.0),
    (FieldName::GIVEN_NAMES, 1.0),
];

/// Places of one document, as indices, the place that says most first.
///
/// Places belong together when what they say of the holder and the number agrees more than it differs,
/// or when they have nothing in common and one side of a card complements the other.
///
/// Zones alone are never put together: each is a document.
pub(crate) fn group(places: &[Place], only: Only) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let any_document = places.iter().any(is_document);
    for at in 0..places.len() {
        // Beside a document, other papers and the table they lie on are none.
        if any_document && !is_document(&places[at]) && !belongs(&places[at], places) {
            continue;
        }
        let mut best: Option<(f32, usize)> = None;
        for (number, members) in groups.iter().enumerate() {
            let fit = members
                .iter()
                .map(|member| kinship(&places[*member], &places[at]))
                .fold(f32::NEG_INFINITY, f32::max);
            if fit >= 0.0 && only == Only::Everything && best.is_none_or(|(known, _)| fit > known) {
                best = Some((fit, number));
            }
        }
        match best {
            Some((_, number)) => groups[number].push(at),
            None => groups.push(vec![at]),
        }
    }
    groups.sort_by(|one, other| {
        let worth = |group: &[usize]| -> f32 { group.iter().map(|at| worth(&places[*at])).sum() };
        worth(other).total_cmp(&worth(one)).then(one.cmp(other))
    });
    groups
}

/// Whether the place shows a document of a known family.
fn is_document(place: &Place) -> bool {
    let known = |kind: DocumentType| kind.kind != DocumentKind::OtherId;
    place.zone.is_some() || !place.barcodes.is_empty() || place.document_type().is_some_and(known)
}

/// Whether a place of no known family says the same of somebody as a document beside it: a back whose
/// print tells little.
fn belongs(place: &Place, places: &[Place]) -> bool {
    let mut documents = places.iter().filter(|other| is_document(other));
    documents.any(|document| kinship(document, place) > 0.0)
}

/// How much a place says, for choosing which document a picture is about.
fn worth(place: &Place) -> f32 {
    // A zone proves itself and is worth more than any print; of several, the clearest.
    let zone = place.zone.as_ref().map_or(0.0, |(_, worth)| 1000.0 + worth);
    let barcodes: usize = place.barcodes.iter().map(|one| one.claims.len()).sum();
    let print: f32 = place
        .print
        .iter()
        .flat_map(|print| &print.claims)
        .map(calibration::visual)
        .sum();
    zone + 2.0 * barcodes as f32 + print
}

/// Above zero where two places speak of the same document, below where they do not.
fn kinship(one: &Place, other: &Place) -> f32 {
    let (left, right) = (statements(&[one]), statements(&[other]));
    let mut known = false;
    let mut sum = 0.0;
    for (field, weight) in TELLING {
        let (Some(left), Some(right)) = (left.get(field), right.get(field)) else {
            continue;
        };
        known = true;
        let same = left.iter().any(|one| {
            let class = |other: &Statement| settle::class(field, one, other);
            right
                .iter()
                .any(|other| class(other) < DisagreementClass::RealConflict)
        });
        sum += if same { *weight } else { -weight };
    }
    let sides = |place: &Place| place.document_type().and_then(|kind| kind.side);
    match (known, sides(one), sides(other)) {
        (true, ..) => sum,
        // Both sides of a card, or something that tells nothing about anybody.
        (false, Some(left), Some(right)) if left == right => -1.0,
        (false, ..) => 0.0,
    }
}

/// Every statement of the places, by field.
fn statements(places: &[&Place]) -> IndexMap<FieldName, Vec<Statement>> {
    let mut statements: IndexMap<FieldName, Vec<Statement>> = IndexMap::new();
    for (number, place) in places.iter().enumerate() {
        for (name, field) in place.zone.iter().flat_map(|(zone, _)| &zone.fields) {
            let may_be_cut = place
                .zone
                .as_ref()
                .is_some_and(|(zone, _)| match name.as_str() {
                    "surname" | "given_names" => zone.may_be_cut,
                    // Kind, make and model of a French vehicle have fields of 4, 14 and 13 characters.
                    "J3" | "D1" | "D3" => zone.format == MrzFormat::FrenchVehicleRegistration,
                    _ => false,
                });
            statements.entry(name.clone()).or_default().push(Statement {
                value: field.value.clone(),
                zone: Zone::Mrz,
                place: number,
                evidence: field.evidence.clone(),
                trust: field.confidence,
                proven: field.proven,
                doubtful: field.needs_review,
                may_be_cut,
                alternatives: field.alternatives.clone(),
            });
        }
        let barcodes = place.barcodes.iter().flat_map(|one| &one.claims);
        let print = place.print.iter().flat_map(|print| &print.claims);
        let claims = barcodes
            .map(|claim| {
                (
                    Zone::Barcode,
                    calibration::BARCODE * claim.confidence,
                    claim,
                )
            })
            .chain(print.map(|claim| (Zone::Visual, calibration::visual(claim), claim)));
        for (zone, trust, claim) in claims {
            statements
                .entry(claim.field.clone())
                .or_default()
                .push(Statement {
                    value: claim.value.clone(),
                    zone,
                    place: number,
                    evidence: place.evidence(zone, claim),
                    trust,
                    proven: false,
                    doubtful: false,
                    may_be_cut: false,
                    alternatives: claim.alternatives.clone(),
                });
        }
    }
    statements
}

/// The reading of one document.
pub(crate) fn reading(
    engine: &str,
    places: &[&Place],
    pages: &[PageFacts],
    outside: &[OutsideAnswer],
    options: &Options<'_>,
) -> Reading {
    let mut reading = Reading {
        engine: engine.to_owned(),
        day: options.day,
        document_type: document_type(places),
        definition: None,
        issuing_country: issuing_country(places),
        mrz_format: None,
        mrz: None,
        fields: IndexMap::new(),
        disagreements: Vec::new(),
        checks: Vec::new(),
        problems: Vec::new(),
        pages: pages.to_vec(),
        outside: outside.to_vec(),
        regions: places.iter().filter_map(|place| place.region).collect(),
    };
    let definition = definition(places, options.types);
    reading.definition = definition.map(|one| format!("{}@{}", one.id, one.version));
    let best = places
        .iter()
        .filter_map(|place| place.zone.as_ref())
        .max_by(|one, other| one.1.total_cmp(&other.1));
    if let Some((zone, _)) = best {
        reading.mrz_format = Some(zone.format);
        reading.mrz = Some(zone.lines.clone());
    }
    let mut statements = statements(places);
    let page = places.first().map_or(0, |place| place.page);
    let facts = pages.get(page as usize);
    for (name, statement) in outside::statements(outside, places.len(), page, facts) {
        statements.entry(name.clone()).or_default().push(statement);
    }
    for (name, said) in statements {
        if let Some((field, disagreement)) = settle::settle(&name, said) {
            reading.fields.insert(name, field);
            reading.disagreements.extend(disagreement);
        }
    }
    reading.disagreements.sort_by(|one, other| {
        other
            .class
            .cmp(&one.class)
            .then_with(|| one.field.cmp(&other.field))
    });
    if definition.is_some() || best.is_none() {
        settle::sort(&mut reading.fields, definition);
    }
    if let (Some(found), Some(definition), [_]) = (&mut reading.document_type, definition, places)
        && definition.pairing.is_some()
        && found.side.is_none()
    {
        found.side = side(&reading.fields);
        if let Some(side) = found.side {
            keep_side(&mut reading, definition, side);
        }
    }
    reading.checks = own_checks(places);
    problems(&mut reading, places, definition);
    let doubts = outside.iter().flat_map(|answer| &answer.problems);
    reading.problems.extend(doubts.cloned());
    if options.only == Only::Everything {
        checks::apply(&mut reading, definition, options);
    }
    reading
}

/// The rules of the zones and barcodes themselves, each code once: the first that failed, else the
/// first.
fn own_checks(places: &[&Place]) -> Vec<Check> {
    let mut checks: IndexMap<&str, &Check> = IndexMap::new();
    for check in places.iter().flat_map(|place| place.checks()) {
        let known = checks.entry(&check.code).or_insert(check);
        if known.outcome != Outcome::Failed && check.outcome == Outcome::Failed {
            *known = check;
        }
    }
    checks.into_values().cloned().collect()
}

/// The definition that most of the places follow: that of the place that says most.
fn definition<'a>(places: &[&Place], types: &'a [TypeDefinition]) -> Option<&'a TypeDefinition> {
    let followed = places.iter().filter_map(|place| {
        let content = place.print.as_ref()?;
        Some((content.claims.len(), content.definition.as_deref()?))
    });
    // The first of equals.
    let best = followed.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.and_then(|(_, id)| types.iter().find(|one| one.id == id))
}

/// Family and side of a document seen at several places.
fn document_type(places: &[&Place]) -> Option<DocumentType> {
    let zone = places.iter().find_map(|place| {
        let (zone, _) = place.zone.as_ref()?;
        zone.document_type
    });
    let barcode = places.iter().find_map(|place| {
        let mut barcodes = place.barcodes.iter();
        barcodes.find_map(|one| one.document_type)
    });
    let print = places
        .iter()
        .filter_map(|place| {
            let content = place.print.as_ref()?;
            let score = content.type_scores.first().map_or(0.0, |(_, score)| *score);
            Some((score, content.document_type?))
        })
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    let mut found = match (zone, print) {
        // The codes of cards say little: a permit and a licence may carry the same as an identity card.
        (Some(zone), Some((score, print)))
            if score >= CLEAR_TYPE && zone.kind == DocumentKind::IdCard =>
        {
            DocumentType {
                kind: print.kind,
                side: zone.side.or(print.side),
            }
        }
        (Some(zone), _) => zone,
        (None, Some((_, print))) => barcode.map_or(print, |barcode| DocumentType {
            kind: barcode.kind,
            side: print.side.or(barcode.side),
        }),
        (None, None) => barcode?,
    };
    // Seen on both sides it has none.
    let sides = places.iter().filter_map(|place| {
        let print = place.print.as_ref().and_then(|print| print.document_type);
        print.or(place.document_type())?.side
    });
    let sides: IndexSet<_> = sides.collect();
    if sides.len() > 1 {
        found.side = None;
    }
    Some(found)
}

/// Leaves out what was taken from the print of one side for a field that stands on the other: a back explains
/// the numbers of the front in words that look like values.
fn keep_side(reading: &mut Reading, definition: &TypeDefinition, side: Side) {
    let is_elsewhere = |name: &FieldName| {
        let mut fields = definition.fields.iter();
        let field = fields.find(|field| field.name == *name);
        field
            .and_then(|field| field.side)
            .is_some_and(|known| known != side)
    };
    let is_print = |field: &Field| field.evidence.iter().all(|one| one.zone == Zone::Visual);
    reading
        .fields
        .retain(|name, field| !(is_elsewhere(name) && is_print(field)));
    let fields = &reading.fields;
    reading
        .disagreements
        .retain(|one| fields.contains_key(&one.field));
}

/// Which side of a card is seen where nothing names it: the holder's name is printed on the front; the barcode
/// of a North American card and the table of a European licence stand on the back. None where both are
/// there, or neither.
fn side(fields: &IndexMap<FieldName, Field>) -> Option<Side> {
    let is_of_barcode = |one: &Evidence| one.zone == Zone::Barcode && one.rule.starts_with("aamva");
    let named = [FieldName::SURNAME, FieldName::GIVEN_NAMES];
    let front = named.iter().any(|name| {
        let field = fields.get(name);
        let is_said = |one: &Evidence| one.zone == Zone::Visual && one.rule != "tagger";
        field.is_some_and(|field| field.evidence.iter().any(is_said))
    });
    let back = fields.iter().any(|(name, field)| {
        name.as_str().starts_with("category_") || field.evidence.iter().any(is_of_barcode)
    });
    match (front, back) {
        (true, false) => Some(Side::Front),
        (false, true) => Some(Side::Back),
        (true, true) | (false, false) => None,
    }
}

/// Print that fits a type this well tells it surely.
const CLEAR_TYPE: f32 = 0.9;

fn issuing_country(places: &[&Place]) -> Option<String> {
    let zone = |place: &&Place| place.zone.as_ref()?.0.issuing_country.clone();
    let barcode = |place: &&Place| {
        let mut barcodes = place.barcodes.iter();
        barcodes.find_map(|one| one.issuing_country.clone())
    };
    let print = |place: &&Place| place.print.as_ref()?.issuing_country.clone();
    places
        .iter()
        .find_map(zone)
        .or_else(|| places.iter().find_map(barcode))
        .or_else(|| places.iter().find_map(print))
}

fn problems(reading: &mut Reading, places: &[&Place], definition: Option<&TypeDefinition>) {
    let mut add = |code: &str, message: &str| {
        reading.problems.push(Problem {
            code: code.to_owned(),
            message: message.to_owned(),
        });
    };
    let zones = || places.iter().filter_map(|place| place.zone.as_ref());
    if zones().any(|(zone, _)| zone.is_specimen) {
        add(
            "specimen",
            "The codes on this document say that it is a specimen, not a real document",
        );
    }
    if zones().any(|(zone, _)| zone.format == MrzFormat::Nonstandard) {
        add(
            "mrz_layout_unknown",
            "The machine-readable zone follows no known layout; it is given as printed and explained no further",
        );
    }
    let expects_zone = definition.is_some_and(|one| !one.recognise.mrz.is_empty());
    if expects_zone && zones().next().is_none() {
        add(
            "no_mrz_found",
            "No machine-readable zone was found, though this kind of document has one: the values come from the print alone",
        );
    }
    let said = places.iter().flat_map(|place| {
        let barcodes = place.barcodes.iter().flat_map(|one| &one.problems);
        place.problems.iter().chain(barcodes)
    });
    for problem in said {
        if !reading
            .problems
            .iter()
            .any(|known| known.code == problem.code)
        {
            reading.problems.push(problem.clone());
        }
    }
}
