//! Values that no label and no code announces: found by the order of fields in a column, by their shape,
//! by what another zone tells, and by the places of fixed layouts.

use model::definition::{DocumentSize, Shape};

use super::choose::{Choice, Pick, says_the_same};
use super::fold::letters;
use super::page::{Area, Span};
use super::shape::names_people;

impl Choice<'_> {
    /// Coded fields stand in a column in the order of the definition: a code that was not read leaves
    /// its value between its neighbours'.
    pub(crate) fn by_order(&mut self) {
        let coded: Vec<usize> = (0..self.definition.fields.len())
            .filter(|index| {
                self.field(*index)
                    .is_some_and(|field| field.code.is_some() && field.follows.is_none())
            })
            .collect();
        for (order, index) in coded.iter().enumerate() {
            let Some(field) = self.field(*index) else {
                continue;
            };
            if self.picks.iter().any(|pick| pick.field == *index)
                || !matches!(
                    field.shape,
                    Shape::Name | Shape::Date | Shape::Number { .. } | Shape::Authority
                )
            {
                continue;
            }
            let area = |index: usize| {
                let pick = self
                    .picks
                    .iter()
                    .find(|pick| pick.field == index && pick.rule == "field_number")?;
                pick.spans.first().map(|span| self.page.area(span))
            };
            let before = coded
                .get(..order)
                .into_iter()
                .flatten()
                .rev()
                .find_map(|index| area(*index));
            let after = coded
                .get(order + 1..)
                .into_iter()
                .flatten()
                .find_map(|index| area(*index));
            let Some(span) = self.between(before, after) else {
                continue;
            };
            if let Some(pick) = self
                .pick(*index, &span, 0.7, "sequence")
                .filter(|pick| pick.judged.score > 0.7)
            {
                self.take(pick);
            }
        }
    }

    /// The free line between two values of a column, or right above the second where there is no first.
    fn between(&self, before: Option<Area>, after: Option<Area>) -> Option<Span> {
        let after = after?;
        let line = after.height().max(1.0);
        let top = before.map_or(after.top - 2.6 * line, |before| {
            before.bottom - 0.4 * before.height()
        });
        let free = self
            .page
            .pieces
            .iter()
            .enumerate()
            .filter(|(index, piece)| {
                let aside = (piece.area.left - after.left).abs().min(
                    before.map_or(f32::INFINITY, |before| {
                        (piece.area.left - before.left).abs()
                    }),
                );
                piece.area.top >= top
                    && piece.area.bottom <= after.top + 0.5 * line
                    && aside < 1.6 * line
                    && !self.is_labelled(*index)
                    && !self.is_taken(&self.page.whole(*index))
            });
        let mut free: Vec<usize> = free.map(|(index, _)| index).collect();
        // The nearest to the value after it; several lines there would be a guess.
        free.sort_by(|one, other| {
            let bottom = |index: &usize| {
                self.page
                    .pieces
                    .get(*index)
                    .map_or(0.0, |piece| piece.area.bottom)
            };
            bottom(other).total_cmp(&bottom(one))
        });
        free.first()
            .filter(|_| free.len() <= 2)
            .map(|index| self.page.whole(*index))
    }

    /// Fields between labelled neighbours in the column of a fixed layout, whose own label was not read.
    pub(crate) fn by_neighbours(&mut self) {
        if self.definition.countries.is_empty() || self.definition.recognise.codes_needed.is_some()
        {
            return;
        }
        for index in 1..self.definition.fields.len().saturating_sub(1) {
            let Some(field) = self.field(index) else {
                continue;
            };
            let open = !self.picks.iter().any(|pick| pick.field == index);
            if !open
                || !matches!(field.shape, Shape::Name | Shape::Location)
                || field.name.as_str() == "used_name"
            {
                continue;
            }
            let area = |index: usize| {
                let pick = self
                    .picks
                    .iter()
                    .find(|pick| pick.field == index && pick.rule == "label")?;
                let span = pick.spans.first()?;
                Some(self.page.pieces.get(span.piece)?.area)
            };
            // Neighbours on the row of the field before count with it.
            let before = (0..index)
                .rev()
                .take(3)
                .filter_map(area)
                .max_by(|one, other| one.bottom.total_cmp(&other.bottom));
            let after = (index + 1..self.definition.fields.len())
                .take(2)
                .find_map(area);
            let Some(before) = before else { continue };
            let line = before.height().max(1.0);
            let bottom = after.map_or(before.bottom + 1.3 * line, |after| {
                after.top + 0.4 * after.height()
            });
            let edges: Vec<f32> = after
                .into_iter()
                .chain((0..index).filter_map(area))
                .map(|area| area.left)
                .collect();
            let free: Vec<usize> = (0..self.page.pieces.len())
                .filter(|piece| {
                    let Some(own) = self.page.pieces.get(*piece).map(|piece| piece.area) else {
                        return false;
                    };
                    own.middle() > before.bottom - 0.2 * line
                        && own.middle() < bottom
                        && edges
                            .iter()
                            .any(|edge| (own.left - edge).abs() < 0.8 * line)
                        && !self.is_labelled(*piece)
                        && !self.is_taken(&self.page.whole(*piece))
                })
                .collect();
            if let [one] = free.as_slice()
                && let Some(pick) = self
                    .pick(index, &self.page.whole(*one), 0.6, "sequence")
                    .filter(|pick| pick.judged.score > 0.8)
            {
                self.take(pick);
            }
        }
    }

    /// Values whose shape alone betrays them, where only one text on the page has it: a sex in two
    /// languages, a number of a pattern of its own.
    pub(crate) fn by_shape(&mut self) {
        for index in 0..self.definition.fields.len() {
            let Some(field) = self.field(index) else {
                continue;
            };
            if self.picks.iter().any(|pick| pick.field == index) {
                continue;
            }
            let mut found: Vec<Pick> = Vec::new();
            let lowest = self.lowest_coded();
            for (piece, other) in self.page.pieces.iter().enumerate() {
                // Classes stand under all other numbered fields; the sign of a state above them looks alike.
                if matches!(field.shape, Shape::Categories { .. })
                    && lowest.is_none_or(|lowest| other.area.top < lowest)
                {
                    continue;
                }
                let span = self.page.whole(piece);
                let Some(sure) = telling(&field.shape, &self.page.text(&span)) else {
                    continue;
                };
                if self.is_labelled(piece) || self.is_taken(&span) {
                    continue;
                }
                found.extend(
                    self.pick(index, &span, sure, "shape")
                        .filter(|pick| pick.judged.score > 0.9),
                );
            }
            let several = found.iter().any(|pick| {
                found
                    .first()
                    .is_some_and(|first| first.judged.value != pick.judged.value)
            });
            if !several && let Some(pick) = found.into_iter().next() {
                self.take(pick);
            }
        }
    }

    /// The lower edge of the lowest value that stands behind a code.
    fn lowest_coded(&self) -> Option<f32> {
        let coded = self.picks.iter().filter(|pick| pick.rule == "field_number");
        coded
            .flat_map(|pick| &pick.spans)
            .map(|span| self.page.area(span).bottom)
            .max_by(f32::total_cmp)
    }

    /// Values that another zone tells and that are printed somewhere without a readable label.
    pub(crate) fn by_agreement(&mut self) {
        for index in 0..self.definition.fields.len() {
            let Some(told) = self.told(index) else {
                continue;
            };
            if self.picks.iter().any(|pick| pick.field == index)
                || letters(told).chars().count() < 3
            {
                continue;
            }
            let found = (0..self.page.pieces.len()).find_map(|piece| {
                let span = self.page.whole(piece);
                let pick = self
                    .pick(index, &span, 0.75, "agreement")
                    .filter(|pick| says_the_same(&pick.judged.value, told))?;
                (!pick.spans.iter().any(|span| self.is_taken(span)) && !self.is_labelled(piece))
                    .then_some(pick)
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
            Some(DocumentSize::Id1) => 85.6 / 53.98,
            Some(DocumentSize::Id2) => 105.0 / 74.0,
            Some(DocumentSize::Id3) => 125.0 / 88.0,
            Some(DocumentSize::A4) => 210.0 / 297.0,
            None => return,
        };
        if (width / height / wanted - 1.0_f32).abs() > 0.07 {
            return;
        }
        for index in 0..self.definition.fields.len() {
            let Some(field) = self.field(index) else {
                continue;
            };
            if field.boxes.is_empty() || self.picks.iter().any(|pick| pick.field == index) {
                continue;
            }
            let mut best: Option<Pick> = None;
            for place in &field.boxes {
                let area = Area {
                    left: place.left * width,
                    top: place.top * height,
                    right: place.right * width,
                    bottom: place.bottom * height,
                };
                for (piece, other) in self.page.pieces.iter().enumerate() {
                    let inside = other
                        .area
                        .same_row(&area)
                        .min(other.area.same_column(&area));
                    let span = self.page.whole(piece);
                    if inside < 0.6 || self.is_labelled(piece) || self.is_taken(&span) {
                        continue;
                    }
                    let pick = self
                        .pick(index, &span, 0.6 * inside, "position")
                        .filter(|pick| pick.judged.score > 0.7);
                    if let Some(pick) = pick
                        && best
                            .as_ref()
                            .is_none_or(|best| pick.likelihood > best.likelihood)
                    {
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
            let short = |part: &str| {
                (1..=3).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic)
            };
            match second {
                Some(second) if plain(second) && short(first) && parts.next().is_none() => {
                    Some(0.85)
                }
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
        Shape::Country => names_people(text).then_some(0.7),
        // Other single letters are as often strokes of a signature.
        Shape::Categories { .. } => (compact.chars().count() > 1
            || matches!(compact.as_str(), "A" | "B" | "C" | "D"))
        .then_some(0.75),
        _ => None,
    }
}
