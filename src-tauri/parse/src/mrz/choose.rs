//! The characters of a zone from what was seen: codes of states where nearly free, look-alikes by a
//! mild prior, check digits within their bound.

use super::{
    alphabet::{Alphabet, FILLER, index, symbol},
    costs::{self, PlaceCosts},
    decode::{Character, Decoded, Verdict},
    layout::{Digit, DigitKind, Layout, Span},
    path::Path,
    solve::{self, Place, Zone},
};
use crate::country;

/// Most nats that making all check digits agree may cost. Measured: without a bound a weak
/// recogniser's zones were "repaired" into agreement eight times as often as into truth.
const REPAIR_BOUND: f32 = 2.5;

/// Most nats for putting a known code of a state in place of an unknown one.
const STATE_BOUND: f32 = 3.0;

/// A character that a layout forbids is returned as printed when it is this many nats likelier than
/// anything the layout allows there.
const PRINTED_BOUND: f32 = 7.0;

/// What may be left of other readings for a value to count as proven.
const PROVEN: f32 = 0.99;

/// Rivals kept for each character.
const RIVALS: usize = 3;

/// Chooses the characters: what was seen, codes of states where nearly free, check digits within
/// their bound.
pub(super) fn settle(
    layout: &Layout,
    seen: &Zone,
    alphabets: &[Vec<Alphabet>],
    paths: &[Path],
    score: f32,
) -> Decoded {
    let regular = |line: usize| alphabets[line].len() == layout.length(line);
    let mut limited = Vec::new();
    for (line, places) in seen.0.iter().enumerate() {
        let limit = |(place, alphabet): (&PlaceCosts, &Alphabet)| {
            let printed = place.cheapest(Alphabet::EVERYTHING);
            let allowed = place.cheapest(*alphabet);
            if place.of(allowed) - place.of(printed) > PRINTED_BOUND {
                place.limited(Alphabet::only(printed))
            } else {
                place
                    .limited(*alphabet)
                    .raised(|symbol| costs::prior(*alphabet, symbol))
            }
        };
        limited.push(places.iter().zip(&alphabets[line]).map(limit).collect());
    }
    let mut zone = Zone(limited);
    let raw = cheapest_symbols(&zone);
    let states = layout
        .states
        .iter()
        .filter(|span| regular(span.line))
        .map(|span| (*span, snap_state(&mut zone, *span)))
        .collect();
    let mut symbols = cheapest_symbols(&zone);
    let at = |symbols: &[Vec<u8>], (line, position): Place| {
        symbols
            .get(line)
            .and_then(|line| line.get(position))
            .copied()
            .unwrap_or(FILLER)
    };
    // A digit that covers a line of another length than the layout's cannot be computed.
    let runs =
        |digit: &Digit| digit.over.iter().all(|span| regular(span.line)) && regular(digit.place.0);
    let mut digits = layout.digits(|place| at(&symbols, place));
    let all_run = digits.iter().all(runs);
    let mut repair = 0.0;
    if all_run
        && !digits
            .iter()
            .all(|digit| digit.holds(|place| at(&symbols, place)))
    {
        let filling = solve::cheapest_agreeing(&zone, &digits);
        if let Some((cost, filling)) = filling {
            let cost_of =
                |symbol: u8, place: Place| zone.at(place).map_or(0.0, |costs| costs.of(symbol));
            let unrepaired: f32 = filling
                .iter()
                .map(|(place, _)| cost_of(at(&symbols, *place), *place))
                .sum();
            if cost - unrepaired <= REPAIR_BOUND {
                repair = (cost - unrepaired).max(0.0);
                for ((line, position), symbol) in filling {
                    symbols[line][position] = symbol;
                }
                digits = layout.digits(|place| at(&symbols, place));
            }
        }
    }
    let agrees = |digit: &Digit| digit.holds(|place| at(&symbols, place));
    let composite = digits
        .iter()
        .find(|digit| digit.kind == DigitKind::Composite);
    let whole_agrees = composite.is_none_or(|digit| runs(digit) && agrees(digit));
    let verdict = |digit: &Digit| {
        let certainty = if agrees(digit) {
            solve::share_of_agreeing(&zone, digit, |place| at(&symbols, place))
        } else {
            0.0
        };
        let mut places = digit.places().chain([digit.place]);
        let as_seen = places.all(|place| at(&symbols, place) == at(&raw, place));
        Verdict {
            kind: digit.kind,
            agrees: agrees(digit),
            certainty,
            proven: agrees(digit) && whole_agrees && as_seen && certainty >= PROVEN,
            over: digit.over.clone(),
        }
    };
    let verdicts = digits
        .iter()
        .filter(|digit| runs(digit))
        .map(verdict)
        .collect();
    Decoded {
        format: layout.format,
        lines: characters(seen, alphabets, &symbols, &raw, paths),
        score,
        ahead: f32::INFINITY,
        repair,
        verdicts,
        states,
    }
}

pub(super) fn cheapest_symbols(zone: &Zone) -> Vec<Vec<u8>> {
    zone.0
        .iter()
        .map(|line| {
            line.iter()
                .map(|place| place.cheapest(Alphabet::EVERYTHING))
                .collect()
        })
        .collect()
}

/// Leaves only the cheapest known code of a state at its place, where that is nearly free, and says
/// how probable it is.
fn snap_state(zone: &mut Zone, span: Span) -> f32 {
    let places: Vec<Place> = span.places().collect();
    let cost = |code: &[u8]| -> f32 {
        let pairs = places.iter().zip(code);
        pairs
            .map(|(place, symbol)| {
                zone.at(*place)
                    .map_or(costs::FORBIDDEN, |costs| costs.of(*symbol))
            })
            .sum()
    };
    let seen: Vec<u8> = places
        .iter()
        .filter_map(|place| Some(zone.at(*place)?.cheapest(Alphabet::EVERYTHING)))
        .collect();
    let known: Vec<(f32, [u8; 3])> = country::codes()
        .map(|code| {
            let mut symbols = [FILLER; 3];
            for (slot, character) in symbols.iter_mut().zip(code.chars()) {
                *slot = index(character).unwrap_or(FILLER);
            }
            (cost(&symbols), symbols)
        })
        .collect();
    let best = known.iter().min_by(|a, b| a.0.total_cmp(&b.0)).copied();
    let seen_cost = cost(&seen);
    let near = best.filter(|(best, _)| *best < costs::FORBIDDEN && best - seen_cost <= STATE_BOUND);
    let Some((best, symbols)) = near else {
        return (-seen_cost).exp().min(1.0);
    };
    for ((line, position), symbol) in places.into_iter().zip(symbols) {
        if let Some(place) = zone.0.get_mut(line).and_then(|line| line.get_mut(position)) {
            *place = place.limited(Alphabet::only(symbol));
        }
    }
    let all: f32 = known.iter().map(|(cost, _)| (best - cost).exp()).sum();
    1.0 / all.max(1.0)
}

/// The characters with their margins and rivals, judged by what was seen.
pub(super) fn characters(
    seen: &Zone,
    alphabets: &[Vec<Alphabet>],
    symbols: &[Vec<u8>],
    raw: &[Vec<u8>],
    paths: &[Path],
) -> Vec<Vec<Character>> {
    let one = |line: usize, position: usize, costs: &PlaceCosts, taken: u8| {
        let alphabet = alphabets[line][position];
        let ranked: Vec<(u8, f32)> = costs.ranked(alphabet).collect();
        let all: f32 = ranked.iter().map(|(_, cost)| (-cost).exp()).sum();
        let cost = costs.of(taken);
        let rivals: Vec<(char, f32)> = ranked
            .iter()
            .filter(|(other, _)| *other != taken)
            .take(RIVALS)
            .map(|(other, other_cost)| (symbol(*other), other_cost - cost))
            .collect();
        Character {
            symbol: symbol(taken),
            raw: symbol(raw[line][position]),
            margin: rivals.first().map_or(f32::MAX, |(_, margin)| *margin),
            probability: if all > 0.0 {
                ((-cost).exp() / all).min(1.0)
            } else {
                0.0
            },
            rivals,
            steps: paths[line].steps[position],
        }
    };
    seen.0
        .iter()
        .enumerate()
        .map(|(line, places)| {
            let taken = places.iter().zip(&symbols[line]).enumerate();
            taken
                .map(|(position, (costs, taken))| one(line, position, costs, *taken))
                .collect()
        })
        .collect()
}
