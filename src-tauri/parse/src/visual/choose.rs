//! Which text becomes the value of which field.
//!
//! Every label proposes the texts around it; the shape of the field judges each; the best proposals
//! win, and a text serves one field only. What labels leave open is found by the order of coded fields,
//! by values that other zones tell, by the order of dates and by the places of fixed layouts.

use std::ops::Range;

use model::TypeDefinition;
use model::definition::{FieldDefinition, Place, Shape};

use super::Known;
use super::alphabet::adds_accent;
use super::fold::{self, letters};
use super::label::Anchor;
use super::page::{Page, Span};
use super::place::spots;
use super::shape::{Judged, Setting, judge};

/// Confidence below which a text is as likely a part of the ground or a picture as one that was printed.
const LEGIBLE: f32 = 0.3;

/// What such a text is worth beside a legible one.
const ILLEGIBLE: f32 = 0.5;

/// A value chosen for a field.
#[derive(Debug, Clone)]
pub(crate) struct Pick {
    /// Index of the field in the definition.
    pub(crate) field: usize,
    /// The text it was read from, line by line.
    pub(crate) spans: Vec<Span>,
    /// What it says.
    pub(crate) judged: Judged,
    /// How likely place, label and shape together make it, 0 to 1.
    pub(crate) likelihood: f32,
    /// Whether both recognisers say so.
    pub(crate) agreed: bool,
    /// Whether only the second recogniser says so.
    pub(crate) second_only: bool,
    /// Stable name of the rule.
    pub(crate) rule: &'static str,
}

/// The state of choosing.
pub(crate) struct Choice<'a> {
    /// The page.
    pub(crate) page: &'a Page,
    /// The definition that is followed.
    pub(crate) definition: &'a TypeDefinition,
    /// Its labels on the page.
    pub(crate) anchors: &'a [Anchor],
    /// What other zones tell.
    pub(crate) known: &'a Known<'a>,
    /// What shapes depend on.
    pub(crate) setting: Setting<'a>,
    /// The values chosen.
    pub(crate) picks: Vec<Pick>,
    /// Characters of each piece that serve a value.
    taken: Vec<Vec<Range<usize>>>,
}

/// A text read in the shape of a field, by one recogniser or both.
pub(crate) struct Reading {
    pub(crate) judged: Judged,
    pub(crate) agreed: bool,
    pub(crate) second_only: bool,
}

/// A text proposed for a field by a label.
struct Proposal {
    anchor: usize,
    place: Place,
    pick: Pick,
}

impl<'a> Choice<'a> {
    /// Nothing chosen yet.
    pub(crate) fn new(
        page: &'a Page,
        definition: &'a TypeDefinition,
        anchors: &'a [Anchor],
        known: &'a Known<'a>,
        setting: Setting<'a>,
    ) -> Self {
        Self {
            page,
            definition,
            anchors,
            known,
            setting,
            picks: Vec::new(),
            taken: vec![Vec::new(); page.pieces.len()],
        }
    }

    /// The field at an index.
    pub(crate) fn field(&self, index: usize) -> Option<&'a FieldDefinition> {
        self.definition.fields.get(index)
    }

    /// The value chosen for a field, by name.
    pub(crate) fn picked(&self, name: &str) -> Option<&Pick> {
        self.picks.iter().find(|pick| {
            self.field(pick.field)
                .is_some_and(|field| field.name.as_str() == name)
        })
    }

    /// The index of a field that has no value yet, by name.
    pub(crate) fn open(&self, name: &str) -> Option<usize> {
        let index = self
            .definition
            .fields
            .iter()
            .position(|field| field.name.as_str() == name)?;
        (!self.picks.iter().any(|pick| pick.field == index)).then_some(index)
    }

    /// Whether any of the characters serves a value already.
    pub(crate) fn is_taken(&self, span: &Span) -> bool {
        let taken = self.taken.get(span.piece).into_iter().flatten();
        taken
            .into_iter()
            .any(|range| range.start < span.range.end && span.range.start < range.end)
    }

    /// Whether the piece holds a label or code.
    pub(crate) fn is_labelled(&self, piece: usize) -> bool {
        self.anchors.iter().any(|anchor| anchor.span.piece == piece)
    }

    /// Keeps a value.
    pub(crate) fn take(&mut self, pick: Pick) {
        for span in &pick.spans {
            self.reserve(span);
        }
        self.picks.push(pick);
    }

    /// Keeps a text from serving another value.
    pub(crate) fn reserve(&mut self, span: &Span) {
        if let Some(taken) = self.taken.get_mut(span.piece) {
            taken.push(span.range.clone());
        }
    }

    /// Reads a text in the shape of a field.
    pub(crate) fn read(&self, field: &FieldDefinition, span: &Span) -> Option<Reading> {
        let name = field.name.as_str();
        let first = judge(&field.shape, name, &self.page.text(span), &self.setting);
        let second = self
            .page
            .second(span)
            .and_then(|text| judge(&field.shape, name, &text, &self.setting));
        match (first, second) {
            (Some(first), Some(second)) => {
                let agreed = letters(&first.value) == letters(&second.value)
                    && !adds_accent(&first.value, &second.value);
                if !agreed && second.score > first.score + 0.15 {
                    let mut judged = Judged {
                        range: first.range,
                        ..second
                    };
                    judged.alternatives.insert(0, first.value);
                    return Some(Reading {
                        judged,
                        agreed: false,
                        second_only: true,
                    });
                }
                let mut judged = first;
                if !agreed {
                    judged.alternatives.push(second.value);
                }
                Some(Reading {
                    judged,
                    agreed,
                    second_only: false,
                })
            }
            (Some(judged), None) => {
                let agreed = self.page.agreed(span);
                Some(Reading {
                    judged,
                    agreed,
                    second_only: false,
                })
            }
            (None, Some(second)) => {
                let range = 0..span.range.len();
                Some(Reading {
                    judged: Judged { range, ..second },
                    agreed: false,
                    second_only: true,
                })
            }
            (None, None) => None,
        }
    }

    /// A value of a field read from a span, with the characters it really takes.
    pub(crate) fn pick(
        &self,
        index: usize,
        span: &Span,
        likelihood: f32,
        rule: &'static str,
    ) -> Option<Pick> {
        let field = self.field(index)?;
        let reading = self.read(field, span)?;
        let start = span.range.start;
        let exact = Span {
            piece: span.piece,
            range: start + reading.judged.range.start
                ..(start + reading.judged.range.end).min(span.range.end),
        };
        let likelihood = likelihood * reading.judged.score;
        Some(Pick {
            field: index,
            spans: vec![exact],
            judged: reading.judged,
            likelihood,
            agreed: reading.agreed,
            second_only: reading.second_only,
            rule,
        })
    }

    /// What another zone says of the field.
    pub(crate) fn told(&self, index: usize) -> Option<&'a str> {
        let name = &self.field(index)?.name;
        self.known
            .values
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a value says what another zone says of its field.
    pub(crate) fn confirms(&self, index: usize, value: &str) -> bool {
        self.told(index)
            .is_some_and(|told| says_the_same(value, told))
    }

    /// Values that labels and codes announce.
    pub(crate) fn by_label(&mut self) {
        let mut proposals = self.proposals();
        let votes = arrangement(&proposals);
        for proposal in &mut proposals {
            let habit = votes
                .iter()
                .find(|(place, _)| *place == proposal.place)
                .map_or(0.0, |(_, share)| *share);
            if !self
                .anchors
                .get(proposal.anchor)
                .is_some_and(|anchor| anchor.is_code)
            {
                proposal.pick.likelihood *= 0.82 + 0.18 * habit;
            }
            if self.confirms(proposal.pick.field, &proposal.pick.judged.value) {
                proposal.pick.likelihood = (proposal.pick.likelihood * 1.3).min(1.0);
            }
        }
        // What could hardly be read is more often the ground than a value.
        let worth = |proposal: &Proposal| {
            let mut spans = proposal.pick.spans.iter();
            let is_legible = spans.all(|span| self.page.confidence(span) >= LEGIBLE);
            proposal.pick.likelihood * if is_legible { 1.0 } else { ILLEGIBLE }
        };
        proposals.sort_by(|one, other| worth(other).total_cmp(&worth(one)));
        let mut used: Vec<usize> = Vec::new();
        let rivals: Vec<(usize, String, f32)> = proposals
            .iter()
            .map(|one| {
                (
                    one.pick.field,
                    one.pick.judged.value.clone(),
                    one.pick.likelihood,
                )
            })
            .collect();
        for proposal in proposals {
            let filled = self
                .picks
                .iter()
                .any(|pick| pick.field == proposal.pick.field);
            let taken = proposal.pick.spans.iter().any(|span| self.is_taken(span));
            if filled || taken || used.contains(&proposal.anchor) || proposal.pick.likelihood < 0.16
            {
                continue;
            }
            used.push(proposal.anchor);
            let mut pick = proposal.pick;
            let others = rivals.iter().filter(|(field, value, score)| {
                *field == pick.field
                    && *value != pick.judged.value
                    && *score > pick.likelihood * 0.5
            });
            for (_, value, _) in others.take(3) {
                if !pick.judged.alternatives.contains(value) {
                    pick.judged.alternatives.push(value.clone());
                }
            }
            self.extend(&mut pick);
            let follower = self.follower(&pick, proposal.anchor);
            self.take(pick);
            if let Some(follower) = follower {
                self.take(follower);
            }
        }
    }

    fn proposals(&self) -> Vec<Proposal> {
        let mut proposals = Vec::new();
        for (number, anchor) in self.anchors.iter().enumerate() {
            if anchor.fields.is_empty() {
                continue;
            }
            let spots = spots(self.page, self.anchors, number);
            for (index, quality) in &anchor.fields {
                let Some(field) = self.field(*index) else {
                    continue;
                };
                let led = field.follows.as_ref().is_some_and(|leader| {
                    anchor.fields.iter().any(|(other, _)| {
                        self.field(*other)
                            .is_some_and(|other| other.name == *leader)
                    })
                });
                if led || matches!(field.shape, Shape::CategoryTable { .. }) {
                    continue;
                }
                for spot in &spots {
                    let Some(rank) = field.place.iter().position(|place| *place == spot.place)
                    else {
                        continue;
                    };
                    let preferred = 1.0 - 0.03 * rank as f32;
                    let code =
                        if anchor.is_code && matches!(spot.place, Place::Below | Place::Above) {
                            0.55
                        } else {
                            1.0
                        };
                    let likelihood = quality * spot.likelihood * preferred * code;
                    let rule = if anchor.is_code {
                        "field_number"
                    } else {
                        "label"
                    };
                    let pick = self
                        .pick(*index, &spot.span, likelihood, rule)
                        .or_else(|| self.in_two(*index, field, &spot.span, likelihood));
                    if let Some(pick) = pick {
                        proposals.push(Proposal {
                            anchor: number,
                            place: spot.place,
                            pick,
                        });
                    }
                }
            }
        }
        proposals
    }

    /// A date whose year stands apart on the same row: `10 OKT/OCT` and `1971`.
    fn in_two(
        &self,
        index: usize,
        field: &FieldDefinition,
        span: &Span,
        likelihood: f32,
    ) -> Option<Pick> {
        if field.shape != Shape::Date {
            return None;
        }
        let text = self.page.text(span);
        super::shape::date::without_year(&text)?;
        let area = self.page.area(span);
        let beside = self
            .page
            .pieces
            .iter()
            .enumerate()
            .filter(|(piece, other)| {
                *piece != span.piece
                    && other.area.left > area.right - 2.0
                    && other.area.same_row(&area) > 0.5
            });
        let (piece, _) =
            beside.min_by(|one, other| one.1.area.left.total_cmp(&other.1.area.left))?;
        let year = self.page.whole(piece);
        // A whole date beside a speck is a date by itself.
        let figures = self.page.text(&year);
        let figures = figures.chars().filter(char::is_ascii_digit).count();
        (figures < 6).then_some(())?;
        let both = format!("{text} {}", self.page.text(&year));
        let judged = judge(&field.shape, field.name.as_str(), &both, &self.setting)?;
        let agreed = self.page.agreed(span) && self.page.agreed(&year);
        let likelihood = likelihood * judged.score * 0.95;
        Some(Pick {
            field: index,
            spans: vec![span.clone(), year],
            judged,
            likelihood,
            agreed,
            second_only: false,
            rule: "label",
        })
    }
}

/// The share of labels whose best value stands at each place: documents keep to one arrangement.
fn arrangement(proposals: &[Proposal]) -> Vec<(Place, f32)> {
    let mut best: Vec<(usize, Place, f32)> = Vec::new();
    for proposal in proposals {
        match best
            .iter_mut()
            .find(|(anchor, ..)| *anchor == proposal.anchor)
        {
            Some(own) if own.2 < proposal.pick.likelihood => {
                *own = (proposal.anchor, proposal.place, proposal.pick.likelihood);
            }
            Some(_) => {}
            None => best.push((proposal.anchor, proposal.place, proposal.pick.likelihood)),
        }
    }
    let sum = |wanted: Place| {
        best.iter()
            .filter(|(_, place, _)| *place == wanted)
            .map(|(.., score)| score)
            .sum::<f32>()
    };
    let sums =
        [Place::Same, Place::Right, Place::Below, Place::Above].map(|place| (place, sum(place)));
    let most = sums.iter().map(|(_, sum)| *sum).fold(0.01, f32::max);
    sums.map(|(place, sum)| (place, sum / most)).to_vec()
}

/// Whether two values are the same under the spelling of the machine-readable zone (ICAO Doc 9303 part
/// 3 section 6), which may also cut a long name short.
pub(crate) fn says_the_same(printed: &str, told: &str) -> bool {
    let (one, other) = (simple(printed), simple(told));
    let is_date = |text: &str| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
    if is_date(printed) && is_date(told) {
        // The zone has no century, and print decides it.
        return printed.get(2..) == told.get(2..);
    }
    if one == other {
        return !one.is_empty();
    }
    let (shorter, longer) = if one.len() < other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    let cut = shorter.len() >= 10 && longer.starts_with(shorter.as_str());
    let near = shorter.chars().count() >= 6
        && shorter.chars().all(char::is_alphabetic)
        && fold::distance(&one, &other) <= shorter.chars().count() / 8;
    cut || near
}

/// Letters in a spelling in which print and machine-readable zone meet.
fn simple(text: &str) -> String {
    let mut plain = letters(text);
    for (from, to) in [
        ("AE", "A"),
        ("OE", "O"),
        ("UE", "U"),
        ("SS", "S"),
        ("TH", "T"),
        ("AA", "A"),
        ("IJ", "Y"),
    ] {
        plain = plain.replace(from, to);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::says_the_same;

    #[test]
    fn print_meets_the_zone() {
        assert!(says_the_same("ÆVARSDÓTTIR", "AEVARSDOTTIR"));
        assert!(says_the_same(
            "Müller-Lüdenscheidt",
            "MUELLER LUEDENSCHEIDT"
        ));
        assert!(says_the_same("Maëlis-Gaëlle, Marie", "MAELIS GAELLE MARIE"));
        assert!(says_the_same("1964-08-12", "1964-08-12"));
        assert!(!says_the_same("1964-08-12", "1964-08-13"));
        assert!(!says_the_same("", ""));
    }
}
