//! Which text becomes the value of which field.
//!
//! Every label proposes the texts around it; the shape of the field judges each; the best proposals
//! win, and a text serves one field only. What labels leave open is found by the order of coded fields,
//! by values that other zones tell, by the order of dates and by the places of fixed layouts.

use std::ops::Range;

use model::TypeDefinition;
use model::definition::{FieldDefinition, Place, Shape};

use super::Known;
use super::fold::{self, letters};
use super::label::Anchor;
use super::page::{Area, Page, Span};
use super::place::spots;
use super::shape::{Judged, Setting, judge};

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
struct Reading {
    judged: Judged,
    agreed: bool,
    second_only: bool,
}

/// A text proposed for a field by a label.
struct Proposal {
    anchor: usize,
    place: Place,
    pick: Pick,
}

impl<'a> Choice<'a> {
    /// Nothing chosen yet.
    pub(crate) fn new(page: &'a Page, definition: &'a TypeDefinition, anchors: &'a [Anchor], known: &'a Known<'a>, setting: Setting<'a>) -> Self {
        Self { page, definition, anchors, known, setting, picks: Vec::new(), taken: vec![Vec::new(); page.pieces.len()] }
    }

    /// The field at an index.
    pub(crate) fn field(&self, index: usize) -> Option<&'a FieldDefinition> {
        self.definition.fields.get(index)
    }

    /// The value chosen for a field, by name.
    pub(crate) fn picked(&self, name: &str) -> Option<&Pick> {
        self.picks.iter().find(|pick| self.field(pick.field).is_some_and(|field| field.name.as_str() == name))
    }

    /// The index of a field that has no value yet, by name.
    pub(crate) fn open(&self, name: &str) -> Option<usize> {
        let index = self.definition.fields.iter().position(|field| field.name.as_str() == name)?;
        (!self.picks.iter().any(|pick| pick.field == index)).then_some(index)
    }

    /// Whether any of the characters serves a value already.
    pub(crate) fn is_taken(&self, span: &Span) -> bool {
        let taken = self.taken.get(span.piece).into_iter().flatten();
        taken.into_iter().any(|range| range.start < span.range.end && span.range.start < range.end)
    }

    /// Whether the piece holds a label or code.
    pub(crate) fn is_labelled(&self, piece: usize) -> bool {
        self.anchors.iter().any(|anchor| anchor.span.piece == piece)
    }

    /// Keeps a value.
    pub(crate) fn take(&mut self, pick: Pick) {
        for span in &pick.spans {
            if let Some(taken) = self.taken.get_mut(span.piece) {
                taken.push(span.range.clone());
            }
        }
        self.picks.push(pick);
    }

    /// Reads a text in the shape of a field.
    fn read(&self, field: &FieldDefinition, span: &Span) -> Option<Reading> {
        let name = field.name.as_str();
        let first = judge(&field.shape, name, &self.page.text(span), &self.setting);
        let second = self.page.second(span).and_then(|text| judge(&field.shape, name, &text, &self.setting));
        match (first, second) {
            (Some(first), Some(second)) => {
                let agreed = letters(&first.value) == letters(&second.value);
                if !agreed && second.score > first.score + 0.15 {
                    let mut judged = Judged { range: first.range, ..second };
                    judged.alternatives.insert(0, first.value);
                    return Some(Reading { judged, agreed: false, second_only: true });
                }
                let mut judged = first;
                if !agreed {
                    judged.alternatives.push(second.value);
                }
                Some(Reading { judged, agreed, second_only: false })
            }
            (Some(judged), None) => {
                let agreed = self.page.agreed(span);
                Some(Reading { judged, agreed, second_only: false })
            }
            (None, Some(second)) => {
                let range = 0..span.range.len();
                Some(Reading { judged: Judged { range, ..second }, agreed: false, second_only: true })
            }
            (None, None) => None,
        }
    }

    /// A value of a field read from a span, with the characters it really takes.
    pub(crate) fn pick(&self, index: usize, span: &Span, likelihood: f32, rule: &'static str) -> Option<Pick> {
        let field = self.field(index)?;
        let reading = self.read(field, span)?;
        let start = span.range.start;
        let exact = Span { piece: span.piece, range: start + reading.judged.range.start..(start + reading.judged.range.end).min(span.range.end) };
        let likelihood = likelihood * reading.judged.score;
        Some(Pick { field: index, spans: vec![exact], judged: reading.judged, likelihood, agreed: reading.agreed, second_only: reading.second_only, rule })
    }

    /// What another zone says of the field.
    fn told(&self, index: usize) -> Option<&'a str> {
        let name = &self.field(index)?.name;
        self.known.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a value says what another zone says of its field.
    fn confirms(&self, index: usize, value: &str) -> bool {
        self.told(index).is_some_and(|told| says_the_same(value, told))
    }

    /// Values that labels and codes announce.
    pub(crate) fn by_label(&mut self) {
        let mut proposals = self.proposals();
        let votes = arrangement(&proposals);
        for proposal in &mut proposals {
            let habit = votes.iter().find(|(place, _)| *place == proposal.place).map_or(0.0, |(_, share)| *share);
            if !self.anchors.get(proposal.anchor).is_some_and(|anchor| anchor.is_code) {
                proposal.pick.likelihood *= 0.82 + 0.18 * habit;
            }
            if self.confirms(proposal.pick.field, &proposal.pick.judged.value) {
                proposal.pick.likelihood = (proposal.pick.likelihood * 1.3).min(1.0);
            }
        }
        proposals.sort_by(|one, other| other.pick.likelihood.total_cmp(&one.pick.likelihood));
        let mut used: Vec<usize> = Vec::new();
        let rivals: Vec<(usize, String, f32)> = proposals.iter().map(|one| (one.pick.field, one.pick.judged.value.clone(), one.pick.likelihood)).collect();
        for proposal in proposals {
            let filled = self.picks.iter().any(|pick| pick.field == proposal.pick.field);
            let taken = proposal.pick.spans.iter().any(|span| self.is_taken(span));
            if filled || taken || used.contains(&proposal.anchor) || proposal.pick.likelihood < 0.16 {
                continue;
            }
            used.push(proposal.anchor);
            let mut pick = proposal.pick;
            let others = rivals.iter().filter(|(field, value, score)| *field == pick.field && *value != pick.judged.value && *score > pick.likelihood * 0.5);
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
                let Some(field) = self.field(*index) else { continue };
                let led = field.follows.as_ref().is_some_and(|leader| {
                    anchor.fields.iter().any(|(other, _)| self.field(*other).is_some_and(|other| other.name == *leader))
                });
                if led || matches!(field.shape, Shape::CategoryTable { .. }) {
                    continue;
                }
                for spot in &spots {
                    let Some(rank) = field.place.iter().position(|place| *place == spot.place) else {
                        continue;
                    };
                    let preferred = 1.0 - 0.03 * rank as f32;
                    let code = if anchor.is_code && matches!(spot.place, Place::Below | Place::Above) { 0.55 } else { 1.0 };
                    let likelihood = quality * spot.likelihood * preferred * code;
                    let rule = if anchor.is_code { "field_number" } else { "label" };
                    let pick = self.pick(*index, &spot.span, likelihood, rule).or_else(|| self.in_two(*index, field, &spot.span, likelihood));
                    if let Some(pick) = pick {
                        proposals.push(Proposal { anchor: number, place: spot.place, pick });
                    }
                }
            }
        }
        proposals
    }

    /// A date whose year stands apart on the same row: `10 OKT/OCT` and `1971`.
    fn in_two(&self, index: usize, field: &FieldDefinition, span: &Span, likelihood: f32) -> Option<Pick> {
        if field.shape != Shape::Date {
            return None;
        }
        let text = self.page.text(span);
        super::shape::date::without_year(&text)?;
        let area = self.page.area(span);
        let beside = self.page.pieces.iter().enumerate().filter(|(piece, other)| *piece != span.piece && other.area.left > area.right - 2.0 && other.area.same_row(&area) > 0.5);
        let (piece, _) = beside.min_by(|one, other| one.1.area.left.total_cmp(&other.1.area.left))?;
        let year = self.page.whole(piece);
        let both = format!("{text} {}", self.page.text(&year));
        let judged = judge(&field.shape, field.name.as_str(), &both, &self.setting)?;
        let agreed = self.page.agreed(span) && self.page.agreed(&year);
        let likelihood = likelihood * judged.score * 0.95;
        Some(Pick { field: index, spans: vec![span.clone(), year], judged, likelihood, agreed, second_only: false, rule: "label" })
    }

    /// Adds the lines below that belong to a value of several lines.
    fn extend(&self, pick: &mut Pick) {
        let Some(field) = self.field(pick.field) else { return };
        let fits = |shape: &Shape| matches!(shape, Shape::Name | Shape::FullName { .. } | Shape::Address | Shape::Location | Shape::Authority | Shape::Text);
        if field.lines < 2 || !fits(&field.shape) || self.confirms(pick.field, &pick.judged.value) {
            return;
        }
        for _ in 1..field.lines {
            let Some(next) = pick.spans.last().and_then(|last| self.next_line(last)) else {
                return;
            };
            let Some(read) = self.read(field, &next).filter(|read| read.judged.score > 0.5) else {
                return;
            };
            let joint = if matches!(field.shape, Shape::Address) && !pick.judged.value.ends_with(',') { ", " } else { " " };
            let joint = if pick.judged.value.ends_with('-') { "" } else { joint };
            pick.judged.value = format!("{}{joint}{}", pick.judged.value, read.judged.value);
            pick.judged.alternatives.clear();
            pick.agreed &= read.agreed;
            pick.spans.push(next);
        }
    }

    /// The free line right below a span, at the same edge and of the same size.
    fn next_line(&self, span: &Span) -> Option<Span> {
        let area = self.page.area(span);
        let height = area.height().max(1.0);
        let leftwards = self.page.pieces.get(span.piece)?.leftwards;
        let below = self.page.pieces.iter().enumerate().filter(|(index, piece)| {
            let gap = piece.area.top - area.bottom;
            let aside = if leftwards { piece.area.right - area.right } else { piece.area.left - area.left };
            (-0.45 * height..0.55 * height).contains(&gap)
                && piece.area.middle() > area.middle() + 0.4 * height
                && aside.abs() < 0.9 * height
                && (0.72..1.4).contains(&(piece.area.height() / height))
                && !self.announces(*index)
                && !self.is_taken(&self.page.whole(*index))
                && !self.anchors.iter().any(|anchor| self.separates(anchor, &area, &piece.area))
        });
        let nearest = below.min_by(|one, other| one.1.area.top.total_cmp(&other.1.area.top));
        nearest.map(|(index, _)| self.page.whole(index))
    }

    /// Whether a line is the beginning of another value: a label or code of a field, but not a word of
    /// an address that happens to be a label too.
    fn announces(&self, piece: usize) -> bool {
        let length = self.page.pieces.get(piece).map_or(0, |piece| piece.text.len());
        self.anchors.iter().filter(|anchor| anchor.span.piece == piece).any(|anchor| {
            let rest = self.page.text(&anchor.rest);
            let inside = anchor.span.range.len() * 2 < length && !rest.trim_start().starts_with(':') && rest.chars().filter(|one| one.is_alphanumeric()).count() > 3;
            anchor.is_code || !inside
        })
    }

    /// Whether a label stands between two lines, or before the second on its row: it then begins
    /// another value.
    fn separates(&self, anchor: &Anchor, first: &Area, second: &Area) -> bool {
        let own = anchor.area;
        let between = own.middle() > first.middle() && own.middle() < second.middle() && own.same_column(second) > 0.0;
        let before = own.same_row(second) > 0.5 && own.right <= second.left + 0.3 * own.height() && second.left - own.right < 4.0 * own.height()
            && own.same_row(first) < 0.3;
        between || before
    }

    /// The value of the field that shares the place of another: what is left of its text.
    fn follower(&self, pick: &Pick, anchor: usize) -> Option<Pick> {
        let leader = self.field(pick.field)?;
        let shared = self.anchors.get(anchor)?.fields.iter().map(|(index, _)| *index);
        let index = shared.into_iter().find(|index| self.field(*index).is_some_and(|field| field.follows.as_ref() == Some(&leader.name)))?;
        if self.picks.iter().any(|pick| pick.field == index) {
            return None;
        }
        let span = pick.spans.first()?;
        let length = self.page.pieces.get(span.piece)?.text.len();
        let anchor = self.anchors.get(anchor)?;
        let end = if anchor.rest.piece == span.piece { anchor.rest.range.end } else { length };
        let start = if anchor.rest.piece == span.piece { anchor.rest.range.start } else { 0 };
        let after = Span { piece: span.piece, range: span.range.end..end.max(span.range.end) };
        let before = Span { piece: span.piece, range: start..span.range.start.max(start) };
        let likelihood = (pick.likelihood * 1.02).min(1.0);
        let inline = [after, before].iter().find_map(|span| self.pick(index, span, likelihood, pick.rule));
        inline.or_else(|| {
            let area = self.page.area(span);
            let beside = self.page.pieces.iter().enumerate().filter(|(index, piece)| {
                *index != span.piece && piece.area.same_row(&area) > 0.5 && !self.is_labelled(*index)
                    && (0.0..6.0 * area.height()).contains(&(piece.area.left - area.right))
            });
            let (piece, _) = beside.min_by(|one, other| one.1.area.left.total_cmp(&other.1.area.left))?;
            self.pick(index, &self.page.whole(piece), likelihood * 0.9, pick.rule)
        })
    }

    /// Coded fields stand in a column in the order of the definition: a code that was not read leaves
    /// its value between its neighbours'.
    pub(crate) fn by_order(&mut self) {
        let coded: Vec<usize> = (0..self.definition.fields.len()).filter(|index| self.field(*index).is_some_and(|field| field.code.is_some() && field.follows.is_none())).collect();
        for (order, index) in coded.iter().enumerate() {
            let Some(field) = self.field(*index) else { continue };
            if self.picks.iter().any(|pick| pick.field == *index) || !matches!(field.shape, Shape::Name | Shape::Date | Shape::Number { .. }) {
                continue;
            }
            let area = |index: usize| {
                let pick = self.picks.iter().find(|pick| pick.field == index && pick.rule == "field_number")?;
                pick.spans.first().map(|span| self.page.area(span))
            };
            let before = coded.get(..order).into_iter().flatten().rev().find_map(|index| area(*index));
            let after = coded.get(order + 1..).into_iter().flatten().find_map(|index| area(*index));
            let Some(span) = self.between(before, after) else { continue };
            if let Some(pick) = self.pick(*index, &span, 0.7, "sequence").filter(|pick| pick.judged.score > 0.7) {
                self.take(pick);
            }
        }
    }

    /// The free line between two values of a column, or right above the second where there is no first.
    fn between(&self, before: Option<Area>, after: Option<Area>) -> Option<Span> {
        let after = after?;
        let line = after.height().max(1.0);
        let top = before.map_or(after.top - 2.6 * line, |before| before.bottom - 0.4 * before.height());
        let free = self.page.pieces.iter().enumerate().filter(|(index, piece)| {
            let aside = (piece.area.left - after.left).abs().min(before.map_or(f32::INFINITY, |before| (piece.area.left - before.left).abs()));
            piece.area.top >= top
                && piece.area.bottom <= after.top + 0.5 * line
                && aside < 1.6 * line
                && !self.is_labelled(*index)
                && !self.is_taken(&self.page.whole(*index))
        });
        let mut free: Vec<usize> = free.map(|(index, _)| index).collect();
        // The nearest to the value after it; several lines there would be a guess.
        free.sort_by(|one, other| {
            let bottom = |index: &usize| self.page.pieces.get(*index).map_or(0.0, |piece| piece.area.bottom);
            bottom(other).total_cmp(&bottom(one))
        });
        free.first().filter(|_| free.len() <= 2).map(|index| self.page.whole(*index))
    }

    /// Fields between labelled neighbours in the column of a fixed layout, whose own label was not read.
    pub(crate) fn by_neighbours(&mut self) {
        if self.definition.countries.is_empty() || self.definition.recognise.codes_needed.is_some() {
            return;
        }
        for index in 1..self.definition.fields.len().saturating_sub(1) {
            let Some(field) = self.field(index) else { continue };
            let open = !self.picks.iter().any(|pick| pick.field == index);
            if !open || !matches!(field.shape, Shape::Name | Shape::Location) || field.name.as_str() == "used_name" {
                continue;
            }
            let area = |index: usize| {
                let pick = self.picks.iter().find(|pick| pick.field == index && pick.rule == "label")?;
                let span = pick.spans.first()?;
                Some(self.page.pieces.get(span.piece)?.area)
            };
            // Neighbours on the row of the field before count with it.
            let before = (0..index).rev().take(3).filter_map(area).max_by(|one, other| one.bottom.total_cmp(&other.bottom));
            let after = (index + 1..self.definition.fields.len()).take(2).find_map(area);
            let (Some(before), Some(after)) = (before, after) else { continue };
            let line = before.height().max(1.0);
            let free: Vec<usize> = (0..self.page.pieces.len())
                .filter(|piece| {
                    let Some(own) = self.page.pieces.get(*piece).map(|piece| piece.area) else { return false };
                    own.middle() > before.bottom - 0.2 * line && own.middle() < after.top + 0.4 * line
                        && (own.left - after.left).abs() < 2.0 * line
                        && !self.is_labelled(*piece)
                        && !self.is_taken(&self.page.whole(*piece))
                })
                .collect();
            if let [one] = free.as_slice()
                && let Some(pick) = self.pick(index, &self.page.whole(*one), 0.6, "sequence").filter(|pick| pick.judged.score > 0.8)
            {
                self.take(pick);
            }
        }
    }

    /// Values whose shape alone betrays them, where only one text on the page has it: a sex in two
    /// languages, a number of a pattern of its own.
    pub(crate) fn by_shape(&mut self) {
        for index in 0..self.definition.fields.len() {
            let Some(field) = self.field(index) else { continue };
            if self.picks.iter().any(|pick| pick.field == index) {
                continue;
            }
            let mut found: Vec<Pick> = Vec::new();
            for piece in 0..self.page.pieces.len() {
                let span = self.page.whole(piece);
                let Some(sure) = telling(&field.shape, &self.page.text(&span)) else { continue };
                if self.is_labelled(piece) || self.is_taken(&span) {
                    continue;
                }
                found.extend(self.pick(index, &span, sure, "shape").filter(|pick| pick.judged.score > 0.9));
            }
            let several = found.iter().any(|pick| found.first().is_some_and(|first| first.judged.value != pick.judged.value));
            if !several && let Some(pick) = found.into_iter().next() {
                self.take(pick);
            }
        }
    }

    /// Values that another zone tells and that are printed somewhere without a readable label.
    pub(crate) fn by_agreement(&mut self) {
        for index in 0..self.definition.fields.len() {
            let Some(told) = self.told(index) else { continue };
            if self.picks.iter().any(|pick| pick.field == index) || letters(told).chars().count() < 3 {
                continue;
            }
            let found = (0..self.page.pieces.len()).find_map(|piece| {
                let span = self.page.whole(piece);
                let pick = self.pick(index, &span, 0.75, "agreement").filter(|pick| says_the_same(&pick.judged.value, told))?;
                (!pick.spans.iter().any(|span| self.is_taken(span)) && !self.is_labelled(piece)).then_some(pick)
            });
            if let Some(pick) = found {
                self.take(pick);
            }
        }
    }

    /// Values of fixed layouts, where neither label nor code was read.
    pub(crate) fn by_layout(&mut self) {
        let (width, height) = (self.page.width.max(1.0), self.page.height.max(1.0));
        let wanted = match self.definition.size {
            Some(model::definition::DocumentSize::Id1) => 85.6 / 53.98,
            Some(model::definition::DocumentSize::Id2) => 105.0 / 74.0,
            Some(model::definition::DocumentSize::Id3) => 125.0 / 88.0,
            Some(model::definition::DocumentSize::A4) => 210.0 / 297.0,
            None => return,
        };
        if (width / height / wanted - 1.0_f32).abs() > 0.07 {
            return;
        }
        for index in 0..self.definition.fields.len() {
            let Some(field) = self.field(index) else { continue };
            if field.boxes.is_empty() || self.picks.iter().any(|pick| pick.field == index) {
                continue;
            }
            let mut best: Option<Pick> = None;
            for place in &field.boxes {
                let area = Area { left: place.left * width, top: place.top * height, right: place.right * width, bottom: place.bottom * height };
                for (piece, other) in self.page.pieces.iter().enumerate() {
                    let inside = other.area.same_row(&area).min(other.area.same_column(&area));
                    let span = self.page.whole(piece);
                    if inside < 0.6 || self.is_labelled(piece) || self.is_taken(&span) {
                        continue;
                    }
                    let pick = self.pick(index, &span, 0.6 * inside, "position").filter(|pick| pick.judged.score > 0.7);
                    if let Some(pick) = pick && best.as_ref().is_none_or(|best| pick.likelihood > best.likelihood) {
                        best = Some(pick);
                    }
                }
            }
            if let Some(mut pick) = best {
                self.extend(&mut pick);
                self.take(pick);
            }
        }
    }
}

/// How sure the form of a text alone makes it a value of the shape.
fn telling(shape: &Shape, text: &str) -> Option<f32> {
    let compact: String = text.chars().filter(|one| !one.is_whitespace()).collect();
    match shape {
        Shape::Sex => {
            let mut parts = compact.split('/');
            let (first, second) = (parts.next()?, parts.next());
            let plain = |part: &str| matches!(part, "M" | "F");
            let short = |part: &str| (1..=3).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic);
            match second {
                Some(second) if plain(second) && short(first) && parts.next().is_none() => Some(0.85),
                None if plain(first) => Some(0.6),
                _ => None,
            }
        }
        Shape::Number { patterns } => {
            let length = compact.chars().count();
            let own = |pattern: &&String| {
                let plain = pattern.chars().filter(|one| !one.is_whitespace());
                plain.clone().count() == length && plain.filter(|one| *one != '*').count() >= 6
            };
            patterns.iter().find(own).map(|_| 0.7)
        }
        _ => None,
    }
}

/// The share of labels whose best value stands at each place: documents keep to one arrangement.
fn arrangement(proposals: &[Proposal]) -> Vec<(Place, f32)> {
    let mut best: Vec<(usize, Place, f32)> = Vec::new();
    for proposal in proposals {
        match best.iter_mut().find(|(anchor, ..)| *anchor == proposal.anchor) {
            Some(own) if own.2 < proposal.pick.likelihood => *own = (proposal.anchor, proposal.place, proposal.pick.likelihood),
            Some(_) => {}
            None => best.push((proposal.anchor, proposal.place, proposal.pick.likelihood)),
        }
    }
    let sum = |wanted: Place| best.iter().filter(|(_, place, _)| *place == wanted).map(|(.., score)| score).sum::<f32>();
    let sums = [Place::Same, Place::Right, Place::Below, Place::Above].map(|place| (place, sum(place)));
    let most = sums.iter().map(|(_, sum)| *sum).fold(0.01, f32::max);
    sums.map(|(place, sum)| (place, sum / most)).to_vec()
}

/// Whether two values are the same under the spelling of the machine-readable zone (ICAO Doc 9303 part
/// 3 section 6), which may also cut a long name short.
pub(crate) fn says_the_same(printed: &str, told: &str) -> bool {
    let (one, other) = (simple(printed), simple(told));
    if one == other {
        return !one.is_empty();
    }
    let (shorter, longer) = if one.len() < other.len() { (&one, &other) } else { (&other, &one) };
    let cut = shorter.len() >= 10 && longer.starts_with(shorter.as_str());
    let near = shorter.chars().count() >= 6 && shorter.chars().all(char::is_alphabetic) && fold::distance(&one, &other) <= shorter.chars().count() / 8;
    cut || near
}

/// Letters in a spelling in which print and machine-readable zone meet.
fn simple(text: &str) -> String {
    let mut plain = letters(text);
    for (from, to) in [("AE", "A"), ("OE", "O"), ("UE", "U"), ("SS", "S"), ("TH", "T"), ("AA", "A"), ("IJ", "Y")] {
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
        assert!(says_the_same("Müller-Lüdenscheidt", "MUELLER LUEDENSCHEIDT"));
        assert!(says_the_same("Maëlis-Gaëlle, Marie", "MAELIS GAELLE MARIE"));
        assert!(says_the_same("1964-08-12", "1964-08-12"));
        assert!(!says_the_same("1964-08-12", "1964-08-13"));
        assert!(!says_the_same("", ""));
    }
}
