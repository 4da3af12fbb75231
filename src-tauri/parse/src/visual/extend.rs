//! Values of more than one line, and values that share a place with another.

use std::ops::Range;

use model::definition::Shape;

use super::choose::{Choice, Pick};
use super::label::Anchor;
use super::page::{Area, Span};

impl Choice<'_> {
    /// Adds the lines below that belong to a value of several lines.
    pub(crate) fn extend(&self, pick: &mut Pick) {
        let Some(field) = self.field(pick.field) else {
            return;
        };
        let fits = |shape: &Shape| {
            matches!(
                shape,
                Shape::Name
                    | Shape::FullName { .. }
                    | Shape::Address
                    | Shape::Location
                    | Shape::Authority
                    | Shape::Text
            )
        };
        if field.lines < 2 || !fits(&field.shape) || self.confirms(pick.field, &pick.judged.value) {
            return;
        }
        let column = pick
            .spans
            .first()
            .and_then(|first| self.label_column(&self.page.area(first)));
        for _ in 1..field.lines {
            // Names are set in one size; under an address small print is more often part of it.
            let similar = if matches!(field.shape, Shape::Name | Shape::FullName { .. }) {
                0.82..1.25
            } else {
                0.55..1.8
            };
            let Some(next) = pick
                .spans
                .last()
                .and_then(|last| self.next_line(last, &similar, column))
            else {
                return;
            };
            let Some(read) = self
                .read(field, &next)
                .filter(|read| read.judged.score > 0.5)
            else {
                return;
            };
            let joint =
                if matches!(field.shape, Shape::Address) && !pick.judged.value.ends_with(',') {
                    ", "
                } else {
                    " "
                };
            let joint = if pick.judged.value.ends_with('-') {
                ""
            } else {
                joint
            };
            pick.judged.value = format!("{}{joint}{}", pick.judged.value, read.judged.value);
            pick.judged.alternatives.clear();
            pick.agreed &= read.agreed;
            pick.spans.push(next);
        }
    }

    /// The free line right below a span, at the same edge and of a similar height.
    ///
    /// `column` is the left edge of the label before the value's first line.
    fn next_line(&self, span: &Span, similar: &Range<f32>, column: Option<f32>) -> Option<Span> {
        let area = self.page.area(span);
        let height = area.height().max(1.0);
        let leftwards = self.page.pieces.get(span.piece)?.leftwards;
        let below = self
            .page
            .pieces
            .iter()
            .enumerate()
            .filter(|(index, piece)| {
                let gap = piece.area.top - area.bottom;
                let aside = if leftwards {
                    piece.area.right - area.right
                } else {
                    piece.area.left - area.left
                };
                (-0.45 * height..0.55 * height).contains(&gap)
                    && piece.area.middle() > area.middle() + 0.4 * height
                    && aside.abs() < 0.9 * height
                    && similar.contains(&(piece.area.height() / height))
                    && !self.announces(*index)
                    && !self.is_taken(&self.page.whole(*index))
                    && !self.anchors.iter().any(|anchor| {
                        anchor.span.piece != *index
                            && anchor.span.piece != span.piece
                            && separates(anchor, &area, &piece.area, column)
                    })
            });
        let nearest = below.min_by(|one, other| one.1.area.top.total_cmp(&other.1.area.top));
        nearest.map(|(index, _)| self.page.whole(index))
    }

    /// The left edge of the label that stands before a line on its row.
    fn label_column(&self, line: &Area) -> Option<f32> {
        let labels = self.anchors.iter().map(|anchor| anchor.area);
        let before = labels.filter(|label| {
            label.same_row(line) > 0.5 && label.right <= line.left + 0.3 * label.height()
        });
        before
            .max_by(|one, other| one.right.total_cmp(&other.right))
            .map(|label| label.left)
    }

    /// Whether a line is the beginning of another value: a label or code of a field, but not a word of
    /// an address that happens to be a label too.
    fn announces(&self, piece: usize) -> bool {
        let length = self
            .page
            .pieces
            .get(piece)
            .map_or(0, |piece| piece.text.len());
        self.anchors
            .iter()
            .filter(|anchor| anchor.span.piece == piece)
            .any(|anchor| {
                let rest = self.page.text(&anchor.rest);
                let inside = anchor.span.range.len() * 2 < length
                    && !rest.trim_start().starts_with(':')
                    && rest.chars().filter(|one| one.is_alphanumeric()).count() > 3;
                anchor.is_code || !inside
            })
    }

    /// The value of the field that shares the place of another: what is left of its text.
    pub(crate) fn follower(&self, pick: &Pick, anchor: usize) -> Option<Pick> {
        let leader = self.field(pick.field)?;
        let shared = self
            .anchors
            .get(anchor)?
            .fields
            .iter()
            .map(|(index, _)| *index);
        let index = shared.into_iter().find(|index| {
            self.field(*index)
                .is_some_and(|field| field.follows.as_ref() == Some(&leader.name))
        })?;
        if self.picks.iter().any(|pick| pick.field == index) {
            return None;
        }
        let span = pick.spans.first()?;
        let length = self.page.pieces.get(span.piece)?.text.len();
        let anchor = self.anchors.get(anchor)?;
        let end = if anchor.rest.piece == span.piece {
            anchor.rest.range.end
        } else {
            length
        };
        let start = if anchor.rest.piece == span.piece {
            anchor.rest.range.start
        } else {
            0
        };
        let after = Span {
            piece: span.piece,
            range: span.range.end..end.max(span.range.end),
        };
        let before = Span {
            piece: span.piece,
            range: start..span.range.start.max(start),
        };
        let likelihood = (pick.likelihood * 1.02).min(1.0);
        let inline = [after, before]
            .iter()
            .find_map(|span| self.pick(index, span, likelihood, pick.rule));
        inline.or_else(|| {
            let area = self.page.area(span);
            let beside = self
                .page
                .pieces
                .iter()
                .enumerate()
                .filter(|(index, piece)| {
                    *index != span.piece
                        && piece.area.same_row(&area) > 0.5
                        && !self.is_labelled(*index)
                        && (0.0..6.0 * area.height()).contains(&(piece.area.left - area.right))
                });
            let (piece, _) =
                beside.min_by(|one, other| one.1.area.left.total_cmp(&other.1.area.left))?;
            self.pick(index, &self.page.whole(piece), likelihood * 0.9, pick.rule)
        })
    }
}

/// Whether a label stands between two lines, or before the second on its row: it then begins another
/// value. How far before does not matter in a form whose labels make a column.
fn separates(anchor: &Anchor, first: &Area, second: &Area, column: Option<f32>) -> bool {
    let own = anchor.area;
    let between = own.middle() > first.middle()
        && own.middle() < second.middle()
        && own.same_column(second) > 0.0;
    let in_column = column.is_some_and(|left| (own.left - left).abs() < own.height());
    let before = own.same_row(second) > 0.5
        && own.right <= second.left + 0.3 * own.height()
        && (in_column || second.left - own.right < 4.0 * own.height())
        && own.same_row(first) < 0.3;
    between || before
}
