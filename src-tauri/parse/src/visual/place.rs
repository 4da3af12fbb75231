//! Where the value of a label may stand, and how likely each place is.

use model::definition::Place;

use super::label::Anchor;
use super::page::{Area, Page, Span};

/// A place that may hold the value of an anchor.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    /// The text there.
    pub(crate) span: Span,
    /// Where it stands relative to the anchor.
    pub(crate) place: Place,
    /// How likely the geometry makes it, 0 to 1.
    pub(crate) likelihood: f32,
}

/// The places worth looking at, in no order.
pub(crate) fn spots(page: &Page, anchors: &[Anchor], index: usize) -> Vec<Spot> {
    let Some(anchor) = anchors.get(index) else {
        return Vec::new();
    };
    let mut spots = Vec::new();
    let rest = page.text(&anchor.rest);
    if rest.chars().any(char::is_alphanumeric) {
        spots.push(Spot {
            span: anchor.rest.clone(),
            place: Place::Same,
            likelihood: 1.0,
        });
    }
    let labelled = |piece: usize| anchors.iter().any(|anchor| anchor.span.piece == piece);
    right(page, anchor, &labelled, &mut spots);
    below(page, anchors, anchor, &labelled, &mut spots);
    above(page, anchor, &labelled, &mut spots);
    spots
}

fn right(page: &Page, anchor: &Anchor, labelled: &dyn Fn(usize) -> bool, spots: &mut Vec<Spot>) {
    let leftwards = page
        .pieces
        .get(anchor.span.piece)
        .is_some_and(|piece| piece.leftwards);
    let own = anchor.area;
    let gap = |area: &Area| {
        if leftwards {
            own.left - area.right
        } else {
            area.left - own.right
        }
    };
    let mut beside: Vec<(usize, f32)> = page
        .pieces
        .iter()
        .enumerate()
        .filter(|(index, piece)| *index != anchor.span.piece && piece.area.same_row(&own) > 0.4)
        .map(|(index, piece)| (index, gap(&piece.area)))
        .filter(|(_, gap)| *gap > -0.6 * own.height())
        .collect();
    beside.sort_by(|one, other| one.1.total_cmp(&other.1));
    for (order, (index, gap)) in beside.into_iter().enumerate().take(2) {
        if labelled(index) {
            break;
        }
        let lines = gap / own.height().max(1.0);
        let far = match lines {
            _ if anchor.is_code && lines < 2.5 => 1.0,
            _ if lines < 1.5 => 0.95,
            _ if lines < 6.0 => 0.88,
            _ if lines < 16.0 => 0.78,
            _ if lines < 30.0 => 0.6,
            _ => continue,
        };
        let likelihood = far * if order == 0 { 1.0 } else { 0.7 };
        spots.push(Spot {
            span: page.whole(index),
            place: Place::Right,
            likelihood,
        });
    }
}

fn below(
    page: &Page,
    anchors: &[Anchor],
    anchor: &Anchor,
    labelled: &dyn Fn(usize) -> bool,
    spots: &mut Vec<Spot>,
) {
    // The label may go on in another language on the next lines.
    let mut own = anchor.area;
    let mut seen = vec![anchor.span.piece];
    for _ in 0..3 {
        let next = anchors.iter().find(|other| {
            !seen.contains(&other.span.piece)
                && other
                    .fields
                    .iter()
                    .any(|(field, _)| anchor.fields.iter().any(|(own, _)| own == field))
                && other.area.top >= own.top + 0.4 * own.height()
                && other.area.top - own.bottom < 0.6 * own.height()
                && (other.area.left - own.left).abs() < 2.5 * own.height()
                && !page.text(&other.rest).chars().any(char::is_alphanumeric)
        });
        let Some(next) = next else { break };
        seen.push(next.span.piece);
        own = Area {
            bottom: next.area.bottom,
            top: next.area.top,
            left: own.left.min(next.area.left),
            right: own.right.max(next.area.right),
        };
    }
    let height = anchor.area.height().max(1.0);
    let line = height.max(page.line_height());
    let leftwards = page
        .pieces
        .get(anchor.span.piece)
        .is_some_and(|piece| piece.leftwards);
    let mut under: Vec<(usize, f32, f32)> = Vec::new();
    for (index, piece) in page.pieces.iter().enumerate() {
        if seen.contains(&index) || labelled(index) {
            continue;
        }
        let area = piece.area;
        let gap = area.top - own.bottom;
        let lower = area.middle() > own.middle() + 0.5 * height.min(area.height());
        if !lower || gap > 2.6 * line || own.same_row(&area) > 0.6 {
            continue;
        }
        let aside = if leftwards {
            (own.right - area.right) / line
        } else {
            (area.left - own.left) / line
        };
        let touching = area.left < own.right && area.right > own.left;
        let aligned = match aside {
            aside if (-0.8..=1.6).contains(&aside) => 1.0,
            aside if (-1.8..=4.0).contains(&aside) => 0.88,
            _ if touching && aside > 0.0 => 0.7,
            _ if touching => 0.5,
            _ => continue,
        };
        under.push((index, gap, aligned));
    }
    under.sort_by(|one, other| one.1.total_cmp(&other.1));
    let nearest = under.first().map(|(_, gap, _)| *gap);
    for (index, gap, aligned) in under.into_iter().take(4) {
        let lines = gap.max(0.0) / line;
        let near = (1.0 - 0.18 * lines).max(0.45);
        // Behind another line that stands between, the label has lost its hold.
        let hidden = nearest.is_some_and(|nearest| gap > nearest + 0.8 * line);
        let likelihood = near * aligned * if hidden { 0.6 } else { 1.0 };
        for (order, span) in cuts(page, anchors, anchor, index).into_iter().enumerate() {
            let likelihood = likelihood * (1.0 - 0.05 * order as f32);
            spots.push(Spot {
                span,
                place: Place::Below,
                likelihood,
            });
        }
    }
}

fn above(page: &Page, anchor: &Anchor, labelled: &dyn Fn(usize) -> bool, spots: &mut Vec<Spot>) {
    let own = anchor.area;
    let line = own.height().max(page.line_height());
    for (index, piece) in page.pieces.iter().enumerate() {
        let gap = own.top - piece.area.bottom;
        let aside = (piece.area.left - own.left).abs() / line;
        if index != anchor.span.piece
            && !labelled(index)
            && (-0.4 * line..1.2 * line).contains(&gap)
            && aside < 1.5
            && piece.area.middle() < own.top
        {
            spots.push(Spot {
                span: page.whole(index),
                place: Place::Above,
                likelihood: 0.8,
            });
        }
    }
}

/// A line below that runs through the columns of several labels is cut at this label's column: between
/// words, or where words were glued together at the letters nearest to it.
fn cuts(page: &Page, anchors: &[Anchor], anchor: &Anchor, index: usize) -> Vec<Span> {
    let whole = page.whole(index);
    let Some(piece) = page.pieces.get(index).filter(|piece| !piece.leftwards) else {
        return vec![whole];
    };
    // Labels beside each other with hardly a gap are one label in several languages, not columns.
    let apart = |other: &Anchor| {
        other.span.piece != anchor.span.piece
            || (other.area.left - anchor.area.right).max(anchor.area.left - other.area.right)
                > 0.8 * anchor.area.height()
    };
    let row = |other: &&Anchor| {
        other.span != anchor.span && other.area.same_row(&anchor.area) > 0.4 && apart(other)
    };
    let slack = 1.2 * anchor.area.height();
    let before = anchors.iter().filter(row).any(|other| {
        other.area.right <= anchor.area.left
            && piece.area.left < other.area.right
            && piece.area.left < anchor.area.left - slack
    });
    let after = anchors.iter().filter(row).filter(|other| {
        other.area.left >= anchor.area.right && piece.area.right > other.area.left + slack
    });
    let end = after
        .map(|other| other.area.left)
        .fold(f32::INFINITY, f32::min);
    if !before && end.is_infinite() {
        return vec![whole];
    }
    let length = piece.text.len();
    let left = |at: usize| {
        page.area(&Span {
            piece: index,
            range: at..at + 1,
        })
        .left
    };
    let starts = |at: &usize| {
        *at == 0
            || piece
                .text
                .get(at - 1)
                .is_some_and(|one| one.is_whitespace())
    };
    // The characters nearest to an edge: the nearest beginning of a word, and letters about it.
    let near = |edge: f32| {
        let word = (0..length).filter(starts).min_by(|one, other| {
            (left(*one) - edge)
                .abs()
                .total_cmp(&(left(*other) - edge).abs())
        });
        let letter = (0..length).min_by(|one, other| {
            (left(*one) - edge)
                .abs()
                .total_cmp(&(left(*other) - edge).abs())
        });
        let word = word.filter(|word| (left(*word) - edge).abs() < slack);
        let around = letter
            .into_iter()
            .flat_map(|at| [at, at.saturating_sub(1), at + 1]);
        let mut edges: Vec<usize> = word.into_iter().chain(around).collect();
        edges.dedup();
        edges
    };
    let froms = if before {
        near(anchor.area.left)
    } else {
        vec![0]
    };
    let tos = if end.is_finite() {
        near(end)
    } else {
        vec![length]
    };
    let mut cuts = Vec::new();
    for from in froms {
        for to in &tos {
            if from < *to {
                cuts.push(Span {
                    piece: index,
                    range: from..(*to).min(length),
                });
            }
        }
    }
    // One word may be a number that only reaches under the next label.
    if !piece.text.iter().any(|one| one.is_whitespace()) {
        cuts.insert(cuts.len().min(1), whole);
    }
    cuts
}
