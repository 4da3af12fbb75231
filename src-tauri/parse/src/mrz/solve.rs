//! The cheapest zone whose check digits all agree, and how sure a digit makes of what it covers.
//!
//! Check digits are sums modulo 10, so exact dynamic programming over residues answers both: each
//! field is a chain of places with a state of (sum of its own digit, share of the composite sum),
//! and the fields join over the composite's residue. Ten by ten states, a few symbols a place.

use super::{
    alphabet::{Alphabet, FILLER, WEIGHTS, value},
    costs::{FORBIDDEN, PlaceCosts},
    layout::{Digit, DigitKind},
};

/// Line and position.
pub(crate) type Place = (usize, usize);

/// Symbols tried at a place that a digit covers; further ones never pay within the bound on repairs.
const TRIED: usize = 6;

/// States of a chain: residue of its own sum times ten, plus residue of the composite sum.
const STATES: usize = 100;

/// The costs of all places of a zone, limited to what may stand there.
#[derive(Debug, Clone)]
pub(crate) struct Zone(pub(crate) Vec<Vec<PlaceCosts>>);

impl Zone {
    pub(crate) fn at(&self, (line, position): Place) -> Option<&PlaceCosts> {
        self.0.get(line)?.get(position)
    }

    fn cost(&self, place: Place, symbol: u8) -> f32 {
        self.at(place).map_or(FORBIDDEN, |costs| costs.of(symbol))
    }
}

/// One way to fill the places of a zone.
pub(crate) type Filling = Vec<(Place, u8)>;

/// How a place counts in the two sums; 0 where it does not.
#[derive(Clone, Copy)]
struct Weighed {
    place: Place,
    own: u32,
    composite: u32,
}

/// The cheapest way through a chain for each residue of the composite sum.
type Best = [Option<(f32, Filling)>; 10];

/// The cheapest filling of every place that a digit covers such that all digits agree, with its
/// cost; none where no filling of allowed symbols does.
pub(crate) fn cheapest_agreeing(zone: &Zone, digits: &[Digit]) -> Option<(f32, Filling)> {
    let composite = digits.iter().find(|one| one.kind == DigitKind::Composite);
    let weight_in_composite = |place: Place| -> u32 {
        composite
            .and_then(|one| one.places().position(|other| other == place))
            .and_then(|at| WEIGHTS.get(at % 3).copied())
            .unwrap_or(0)
    };
    let mut covered: Vec<Place> = Vec::new();
    let mut joined: Best = std::array::from_fn(|_| None);
    joined[0] = Some((0.0, Vec::new()));
    for field in digits.iter().filter(|one| one.kind != DigitKind::Composite) {
        let places: Vec<Weighed> = field
            .places()
            .zip(WEIGHTS.into_iter().cycle())
            .map(|(place, own)| Weighed {
                place,
                own,
                composite: weight_in_composite(place),
            })
            .collect();
        let best = through_field(zone, &places, field, weight_in_composite(field.place));
        joined = join(&joined, &best);
        covered.extend(field.places());
        covered.push(field.place);
    }
    let Some(composite) = composite else {
        return joined
            .into_iter()
            .flatten()
            .min_by(|a, b| a.0.total_cmp(&b.0));
    };
    let rest: Vec<Weighed> = composite
        .places()
        .filter(|place| !covered.contains(place))
        .map(|place| Weighed {
            place,
            own: 0,
            composite: weight_in_composite(place),
        })
        .collect();
    let chain = Chain::through(zone, &rest);
    let best = std::array::from_fn(|residue| chain.ending(residue));
    joined = join(&joined, &best);
    joined
        .into_iter()
        .enumerate()
        .filter_map(|(residue, way)| {
            let (cost, mut filling) = way?;
            let last = 26 + residue as u8;
            filling.push((composite.place, last));
            Some((cost + zone.cost(composite.place, last), filling))
        })
        .filter(|(cost, _)| *cost < FORBIDDEN)
        .min_by(|a, b| a.0.total_cmp(&b.0))
}

/// Both ways together, for each residue of their sum.
fn join(one: &Best, other: &Best) -> Best {
    let mut joined: Best = std::array::from_fn(|_| None);
    for (a, first) in one.iter().enumerate() {
        for (b, second) in other.iter().enumerate() {
            let (Some((cost_a, filling_a)), Some((cost_b, filling_b))) = (first, second) else {
                continue;
            };
            let cost = cost_a + cost_b;
            let slot = &mut joined[(a + b) % 10];
            if slot.as_ref().is_none_or(|(best, _)| cost < *best) {
                *slot = Some((cost, [filling_a.as_slice(), filling_b].concat()));
            }
        }
    }
    joined
}

/// A field and its digit, for each residue of the composite sum.
fn through_field(zone: &Zone, places: &[Weighed], field: &Digit, digit_weight: u32) -> Best {
    let chain = Chain::through(zone, places);
    let mut best: Best = std::array::from_fn(|_| None);
    let mut offer = |residue: u32, cost: f32, filling: Filling| {
        let slot = &mut best[(residue % 10) as usize];
        if cost < FORBIDDEN && slot.as_ref().is_none_or(|(other, _)| cost < *other) {
            *slot = Some((cost, filling));
        }
    };
    for state in 0..STATES {
        let Some((cost, mut filling)) = chain.ending(state) else {
            continue;
        };
        let (own, composite) = ((state / 10) as u8, (state % 10) as u32);
        let printed = 26 + own;
        filling.push((field.place, printed));
        offer(
            composite + digit_weight * u32::from(own),
            cost + zone.cost(field.place, printed),
            filling,
        );
    }
    if field.filler_when_empty {
        let filling: Filling = places
            .iter()
            .map(|weighed| weighed.place)
            .chain([field.place])
            .map(|place| (place, FILLER))
            .collect();
        let cost = filling.iter().map(|(place, _)| zone.cost(*place, FILLER));
        let cost = cost.sum();
        offer(0, cost, filling);
    }
    best
}

/// The cheapest ways along a chain of places, one for each state at its end.
struct Chain {
    places: Vec<Place>,
    /// Per place and state: the symbol taken and the state before.
    steps: Vec<[(u8, u8); STATES]>,
    costs: [f32; STATES],
}

impl Chain {
    fn through(zone: &Zone, places: &[Weighed]) -> Self {
        let mut chain = Self {
            places: places.iter().map(|weighed| weighed.place).collect(),
            steps: Vec::with_capacity(places.len()),
            costs: [FORBIDDEN; STATES],
        };
        chain.costs[0] = 0.0;
        for weighed in places {
            let mut costs = [FORBIDDEN; STATES];
            let mut steps = [(0, 0); STATES];
            if let Some(place) = zone.at(weighed.place) {
                for (taken, cost) in place.ranked(Alphabet::EVERYTHING).take(TRIED) {
                    let value = value(taken);
                    let own = (value * weighed.own % 10) as usize;
                    let composite = (value * weighed.composite % 10) as usize;
                    for (state, before) in chain.costs.iter().enumerate() {
                        let total = before + cost;
                        let next = (state / 10 + own) % 10 * 10 + (state % 10 + composite) % 10;
                        if total < costs[next] {
                            costs[next] = total;
                            steps[next] = (taken, state as u8);
                        }
                    }
                }
            }
            chain.costs = costs;
            chain.steps.push(steps);
        }
        chain
    }

    /// The cheapest way that ends in a state.
    fn ending(&self, state: usize) -> Option<(f32, Filling)> {
        let cost = *self.costs.get(state)?;
        if cost >= FORBIDDEN {
            return None;
        }
        let mut filling = Vec::with_capacity(self.places.len() + 1);
        let mut state = state;
        for (place, steps) in self.places.iter().zip(&self.steps).rev() {
            let (taken, before) = steps[state];
            filling.push((*place, taken));
            state = before as usize;
        }
        filling.reverse();
        Some((cost, filling))
    }
}

/// The probability that what a digit covers is read right, given that the digit agrees: the share of
/// this filling among all fillings that agree, were the places independent.
///
/// This is where the blind spots of the digit count: a rival symbol of the same class agrees too.
pub(crate) fn share_of_agreeing(zone: &Zone, field: &Digit, at: impl Fn(Place) -> u8) -> f32 {
    let mut chosen = 1.0_f64;
    let mut sums = [0.0_f64; 10];
    sums[0] = 1.0;
    let mut all_fillers = 1.0_f64;
    for (place, weight) in field.places().zip(WEIGHTS.into_iter().cycle()) {
        let Some(costs) = zone.at(place) else {
            return 0.0;
        };
        let mut by_residue = [0.0_f64; 10];
        for (taken, cost) in costs.ranked(Alphabet::EVERYTHING) {
            by_residue[(value(taken) * weight % 10) as usize] += f64::from(-cost).exp();
        }
        let mut next = [0.0; 10];
        for (a, one) in sums.iter().enumerate() {
            for (b, other) in by_residue.iter().enumerate() {
                next[(a + b) % 10] += one * other;
            }
        }
        sums = next;
        chosen *= f64::from(-costs.of(at(place))).exp();
        all_fillers *= f64::from(-costs.of(FILLER)).exp();
    }
    let probability = |printed: u8| f64::from(-zone.cost(field.place, printed)).exp();
    let mut agreeing: f64 = (0..10)
        .map(|residue| sums[usize::from(residue)] * probability(26 + residue))
        .sum();
    if field.filler_when_empty {
        agreeing += all_fillers * probability(FILLER);
    }
    let printed = at(field.place);
    if agreeing <= 0.0 {
        return 0.0;
    }
    (chosen * probability(printed) / agreeing).clamp(0.0, 1.0) as f32
}
