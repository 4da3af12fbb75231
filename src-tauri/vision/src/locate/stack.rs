//! Lines to bands: two or three lines of like length, height and spacing above one another.

use super::{
    lines::{FrameLine, StrokeMap},
    measure,
};

/// Lines of a frame that may be one zone, from top to bottom.
#[derive(Debug, Clone)]
pub(super) struct Stack {
    pub(super) lines: Vec<FrameLine>,
    pub(super) score: f32,
}

impl Stack {
    /// Mean capital height of the lines.
    pub(super) fn height(&self) -> f32 {
        let sum: f32 = self.lines.iter().map(FrameLine::height).sum();
        sum / self.lines.len().max(1) as f32
    }
}

/// Lines considered at most, the most regular and longest first: the search compares all triples.
const MOST_LINES: usize = 60;

/// Every likely stack, best first.
pub(super) fn stacks(lines: &[FrameLine]) -> Vec<Stack> {
    let mut lines: Vec<&FrameLine> = lines.iter().collect();
    lines.sort_by(|a, b| promise(b).total_cmp(&promise(a)));
    lines.truncate(MOST_LINES);
    lines.sort_by(|a, b| a.curve.at(a.middle()).total_cmp(&b.curve.at(b.middle())));
    // Which pairs may be neighbours, once for all.
    let pairs: Vec<Vec<(usize, Relation)>> = lines
        .iter()
        .map(|upper| {
            let related =
                |(index, lower): (usize, &&FrameLine)| Some((index, relation(upper, lower)?));
            lines.iter().enumerate().filter_map(related).collect()
        })
        .collect();
    let mut found: Vec<(f32, Vec<usize>)> = Vec::new();
    for (first, below) in pairs.iter().enumerate() {
        for &(second, upper) in below {
            let score = upper.likeness
                + length_bonus(&[lines[first], lines[second]], &[36.0, 44.0])
                - crowding(&lines, &pairs, first, second, upper.spacing);
            found.push((score, vec![first, second]));
            for &(third, lower) in &pairs[second] {
                let larger = upper.spacing.max(lower.spacing);
                let smaller = upper.spacing.min(lower.spacing);
                if larger > 1.35 * smaller {
                    continue;
                }
                // A third line that fits is itself evidence.
                let score = f32::midpoint(upper.likeness, lower.likeness) + 0.45
                    - (larger / smaller - 1.0)
                    + length_bonus(&[lines[first], lines[second], lines[third]], &[30.0])
                    - crowding(&lines, &pairs, first, third, f32::midpoint(larger, smaller));
                found.push((score, vec![first, second, third]));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut kept: Vec<Stack> = Vec::new();
    for (score, indices) in found {
        let stack = Stack {
            lines: indices.iter().map(|&index| lines[index].clone()).collect(),
            score,
        };
        if !kept.iter().any(|known| same(known, &stack)) {
            kept.push(stack);
        }
        if kept.len() == 12 {
            break;
        }
    }
    kept
}

/// What a stack loses for lines of its kind right above or below it: a zone stands alone, three
/// lines of a paragraph do not.
fn crowding(
    lines: &[&FrameLine],
    pairs: &[Vec<(usize, Relation)>],
    first: usize,
    last: usize,
    spacing: f32,
) -> f32 {
    let alike = |relation: &Relation, line: &FrameLine, neighbour: &FrameLine| {
        (0.75..1.33).contains(&(relation.spacing / spacing))
            && neighbour.width() > 0.7 * line.width()
            && relation.likeness > 0.4
    };
    let above = pairs.iter().enumerate().any(|(index, below)| {
        below
            .iter()
            .any(|(lower, relation)| *lower == first && alike(relation, lines[first], lines[index]))
    });
    let below = pairs[last]
        .iter()
        .any(|(index, relation)| alike(relation, lines[last], lines[*index]));
    0.5 * f32::from(u8::from(above)) + 0.5 * f32::from(u8::from(below))
}

/// Lines that may stand alone (some licences carry a single line of 30), best first.
pub(super) fn singles(lines: &[FrameLine]) -> Vec<Stack> {
    let mut lines: Vec<&FrameLine> = lines.iter().collect();
    lines.retain(|line| line.regularity > STEADY);
    lines.sort_by(|a, b| promise(b).total_cmp(&promise(a)));
    lines.truncate(4);
    lines
        .into_iter()
        .map(|line| Stack {
            score: line.regularity - 2.0,
            lines: vec![line.clone()],
        })
        .collect()
}

/// Lets the lines of a stack agree on what they share, and measures them again by it.
///
/// All lines of a zone begin and end together, so an end that one line lost, to a faint filler or a
/// fold, is known from the others; and all have one capital height.
pub(super) fn settled(stack: &Stack, maps: &[StrokeMap]) -> Stack {
    let lines = &stack.lines;
    let count = lines.len() as f32;
    let mean = |of: &dyn Fn(&FrameLine) -> f32| lines.iter().map(of).sum::<f32>() / count;
    let height = stack.height();
    let fits = |map: &&StrokeMap| (map.size / height).ln().abs();
    let Some(map) = maps.iter().min_by(|a, b| fits(a).total_cmp(&fits(b))) else {
        return stack.clone();
    };
    // Ends are compared along the direction of the text: on slanted lines they lie shifted.
    let slope = mean(&|line| line.curve.slope_at(line.middle()));
    let shift = |line: &FrameLine| slope * line.curve.at(line.middle());
    let lefts: Vec<f32> = lines.iter().map(|line| line.left + shift(line)).collect();
    let rights: Vec<f32> = lines.iter().map(|line| line.right + shift(line)).collect();
    let ends = common_ends(lines, &lefts, &rights);
    let mut refined: Vec<FrameLine> = lines
        .iter()
        .map(|line| {
            let (left, right) = ends.map_or((line.left, line.right), |(left, right)| {
                (left - shift(line), right - shift(line))
            });
            measure::refined(line, left, right, &map.strokes)
        })
        .collect();
    // Heights are read too small, where fillers abound, more often than too large.
    let mut heights: Vec<f32> = refined.iter().map(FrameLine::height).collect();
    heights.sort_by(f32::total_cmp);
    let (middle, largest) = (heights[(heights.len() - 1) / 2], heights[heights.len() - 1]);
    let height = middle * 0.4 + largest * 0.6;
    for line in &mut refined {
        let factor = height / line.height();
        line.height_left *= factor;
        line.height_right *= factor;
    }
    Stack {
        lines: refined,
        score: stack.score,
    }
}

/// Where all lines begin and end: the outermost ends, unless the pitch says that those make no
/// length a zone has and some other pair of ends does; none where the lines are no neighbours at all.
fn common_ends(lines: &[FrameLine], lefts: &[f32], rights: &[f32]) -> Option<(f32, f32)> {
    let left = lefts.iter().copied().fold(f32::INFINITY, f32::min);
    let right = rights.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let widest = lines.iter().map(FrameLine::width).fold(0.0, f32::max);
    if right - left > 1.35 * widest {
        return None;
    }
    let lengths: &[f32] = if lines.len() == 3 {
        &[30.0]
    } else {
        &[36.0, 44.0]
    };
    let steady = lines
        .iter()
        .max_by(|a, b| a.regularity.total_cmp(&b.regularity))
        .filter(|line| line.regularity > STEADY && line.characters > 0.0)?;
    let pitch = steady.width() / steady.characters;
    // The last character has no gap behind it.
    let off = |left: f32, right: f32| {
        let characters = (right - left) / pitch + 0.35;
        lengths
            .iter()
            .map(|length| (characters - length).abs())
            .fold(f32::INFINITY, f32::min)
    };
    if off(left, right) < 1.2 {
        return Some((left, right));
    }
    let pairs = lefts
        .iter()
        .flat_map(|&left| rights.iter().map(move |&right| (left, right)));
    let best = pairs.min_by(|a, b| off(a.0, a.1).total_cmp(&off(b.0, b.1)))?;
    if off(best.0, best.1) < 0.8 {
        Some(best)
    } else {
        Some((left, right))
    }
}

/// Regularity from which a pitch can be relied on.
const STEADY: f32 = 0.08;

fn promise(line: &FrameLine) -> f32 {
    line.regularity + line.width() / 3000.0
}

#[derive(Clone, Copy)]
struct Relation {
    likeness: f32,
    /// Distance of the centrelines by capital height.
    spacing: f32,
}

/// How well two lines go together as neighbours in a zone; none where they cannot.
fn relation(upper: &FrameLine, lower: &FrameLine) -> Option<Relation> {
    let height = f32::midpoint(upper.height(), lower.height());
    let width = upper.width().max(lower.width());
    let (left, right) = (upper.left.max(lower.left), upper.right.min(lower.right));
    if right - left < 0.55 * width {
        return None;
    }
    let middle = f32::midpoint(left, right);
    let spacing = (lower.curve.at(middle) - upper.curve.at(middle)) / height;
    // Lines stand 4.2 mm (TD1) to 6.4 mm (TD3) apart, that is 1.8 to 2.7 heights (ICAO Doc 9303
    // parts 4 to 7); measured heights are off by up to half.
    if !(1.15..3.4).contains(&spacing) {
        return None;
    }
    let ratio = upper.height().max(lower.height()) / upper.height().min(lower.height());
    let turn = (upper.curve.slope_at(middle) - lower.curve.slope_at(middle)).abs();
    if ratio > 1.7 || turn > 0.09 {
        return None;
    }
    let ragged = ((upper.left - lower.left).abs() + (upper.right - lower.right).abs()) / width;
    let regularity = f32::midpoint(upper.regularity, lower.regularity);
    Some(Relation {
        likeness: 1.0 - ragged - 0.4 * (ratio - 1.0) - 0.2 * (spacing - 2.1).abs() - 2.0 * turn
            + 2.0 * regularity
            - (upper.empty + lower.empty),
        spacing,
    })
}

/// Lines as long as a zone's lines are more likely to be one; the length is told by the repeating
/// pitch where there is one and by the aspect otherwise.
fn length_bonus(lines: &[&FrameLine], lengths: &[f32]) -> f32 {
    let count = lines.len() as f32;
    let mean = |of: fn(&FrameLine) -> f32| lines.iter().map(|line| of(line)).sum::<f32>() / count;
    let characters = mean(|line| line.characters);
    let aspect = mean(|line| line.width() / line.height());
    let near = |value: f32, tolerance: f32| {
        lengths
            .iter()
            .any(|length| (value / length - 1.0).abs() < tolerance)
    };
    let regular = mean(|line| line.regularity) > STEADY;
    let by_pitch = if regular && near(characters, 0.06) {
        0.5
    } else {
        0.0
    };
    let by_aspect = if near(aspect / 1.06, 0.25) { 0.3 } else { 0.0 };
    by_pitch + by_aspect
}

/// Whether two stacks would give the same strips, all but a few pixels.
fn same(a: &Stack, b: &Stack) -> bool {
    a.lines.len() == b.lines.len()
        && a.lines.iter().zip(&b.lines).all(|(a, b)| {
            let middle = f32::midpoint(a.middle(), b.middle());
            let height = a.height().max(b.height());
            (a.curve.at(middle) - b.curve.at(middle)).abs() < 0.3 * height
                && a.height().min(b.height()) > 0.8 * height
                && (a.left - b.left).abs() < 1.2 * height
                && (a.right - b.right).abs() < 1.2 * height
        })
}
