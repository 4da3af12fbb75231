//! A document before a busy background: four straight edges that close to a card.

use model::{Point, Quad};

use super::{polygon, thumbnail::Thumbnail};

/// Directions told apart, over half a turn.
const DIRECTIONS: usize = 120;

/// So many lines are kept.
const LINES: usize = 36;

/// A line is at least this long, as a share of the shorter side of the page.
const SHORTEST: f32 = 0.16;

/// Pixels that an edge may stand off its line.
const REACH: f32 = 2.0;

/// The least share of each side, and of all four, that must be seen as an edge.
const SUPPORT_OF_SIDE: f32 = 0.55;
const SUPPORT: f32 = 0.75;

/// The least share of each side where a quad is only proposed.
const SUPPORT_OF_PROPOSAL: f32 = 0.4;

/// A document covers at least this share of the page.
const SMALLEST: f32 = 0.06;

/// The density of edges beside the outline is at most this share of that within: where there is print
/// on both sides, the outline is a frame on the document.
const BESIDE: f32 = 0.2;
/// The same where each side is seen almost without a gap, as a frame's between print hardly is.
const BESIDE_CLEAR: f32 = 0.4;
const CLEAR: f32 = 0.95;

/// Normal (cos, sin) and distance from the origin.
#[derive(Debug, Clone, Copy)]
struct Line {
    normal: (f32, f32),
    distance: f32,
}

impl Line {
    fn points(&self) -> (Point, Point) {
        let (cosine, sine) = self.normal;
        let foot = Point::new(cosine * self.distance, sine * self.distance);
        (foot, Point::new(foot.x - sine, foot.y + cosine))
    }

    fn off(&self, x: f32, y: f32) -> f32 {
        x * self.normal.0 + y * self.normal.1 - self.distance
    }
}

/// The best outline, in pixels of the thumbnail; none where no four edges close to a card.
pub(super) fn outline(thumbnail: &Thumbnail) -> Option<Quad> {
    let whole = (0.0, 0.0, thumbnail.width as f32, thumbnail.height as f32);
    let lines = lines(thumbnail, whole);
    let mut best: Option<(f32, Quad)> = None;
    for (pair, others) in pairs_of_pairs(&lines) {
        let Some(quad) = closed(pair, others) else {
            continue;
        };
        let Some(score) = score(thumbnail, &quad) else {
            continue;
        };
        if best.as_ref().is_none_or(|(found, _)| score > *found) {
            best = Some((score, quad));
        }
    }
    best.map(|(_, quad)| quad)
        .filter(|quad| is_alone(thumbnail, quad))
}

/// Where several cards may lie on the page it is looked at piece by piece, each of so much of its width and
/// height, so that lines of one card are not outdone by those of a grain that runs across all of it.
const PIECE: f32 = 0.6;

/// Every quad of four straight edges that is wanted, in pixels of the thumbnail: of one card there may be
/// many, and none of them is certain.
pub(super) fn proposals(thumbnail: &Thumbnail, is_wanted: impl Fn(&Quad) -> bool) -> Vec<Quad> {
    let (width, height) = (thumbnail.width as f32, thumbnail.height as f32);
    let mut proposals = Vec::new();
    for (left, top) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
        let (left, top) = (left * (1.0 - PIECE) * width, top * (1.0 - PIECE) * height);
        let piece = (left, top, left + PIECE * width, top + PIECE * height);
        let lines = lines(thumbnail, piece);
        for (pair, others) in pairs_of_pairs(&lines) {
            let Some(quad) = closed(pair, others) else {
                continue;
            };
            if is_wanted(&quad)
                && is_inside(thumbnail, &quad)
                && least_support(thumbnail, &quad) >= SUPPORT_OF_PROPOSAL
            {
                proposals.push(quad);
            }
        }
    }
    proposals
}

/// The quad that two pairs of lines close.
fn closed([a, b]: [&Line; 2], [c, d]: [&Line; 2]) -> Option<Quad> {
    let crossing = |a: &Line, b: &Line| polygon::crossing(a.points(), b.points());
    let corners = [
        crossing(a, c)?,
        crossing(a, d)?,
        crossing(b, d)?,
        crossing(b, c)?,
    ];
    Some(polygon::ordered(&Quad(corners)))
}

/// Whether all corners lie within the page, and not on its rim: a scan's has straight edges of its own.
fn is_inside(thumbnail: &Thumbnail, quad: &Quad) -> bool {
    let margin = 0.004 * thumbnail.width.max(thumbnail.height) as f32;
    quad.0.iter().all(|corner| {
        corner.x > margin
            && corner.y > margin
            && corner.x < thumbnail.width as f32 - margin
            && corner.y < thumbnail.height as f32 - margin
    })
}

/// Whether there is much more print within the quad than beside it.
fn is_alone(thumbnail: &Thumbnail, quad: &Quad) -> bool {
    let (inside, outside) = thumbnail.edges_within(std::slice::from_ref(quad));
    let covered = polygon::area(&quad.0);
    let free = (thumbnail.area() - covered).max(1.0);
    let most = if least_support(thumbnail, quad) >= CLEAR {
        BESIDE_CLEAR
    } else {
        BESIDE
    };
    outside as f32 / free <= most * inside as f32 / covered
}

/// Two pairs of lines, the lines of a pair about parallel, the pairs about at right angles.
fn pairs_of_pairs(lines: &[Line]) -> Vec<([&Line; 2], [&Line; 2])> {
    let cosine = |a: &Line, b: &Line| (a.normal.0 * b.normal.0 + a.normal.1 * b.normal.1).abs();
    let mut pairs = Vec::new();
    for (index, first) in lines.iter().enumerate() {
        for second in &lines[index + 1..] {
            if cosine(first, second) > 0.94 {
                pairs.push([first, second]);
            }
        }
    }
    let mut both = Vec::new();
    for (index, pair) in pairs.iter().enumerate() {
        for other in &pairs[index + 1..] {
            if pair
                .iter()
                .all(|a| other.iter().all(|b| cosine(a, b) < 0.5))
            {
                both.push((*pair, *other));
            }
        }
    }
    both
}

/// The strongest straight edges of a part of the page, by a Hough transform in which every edge votes for its own direction
/// and the two beside it.
fn lines(thumbnail: &Thumbnail, (left, top, right, bottom): (f32, f32, f32, f32)) -> Vec<Line> {
    let (width, height) = (thumbnail.width as f32, thumbnail.height as f32);
    let diagonal = width.hypot(height).ceil() as usize;
    let columns = 2 * diagonal + 1;
    let mut votes = vec![0_u16; DIRECTIONS * columns];
    let directions: Vec<(f32, f32)> = (0..DIRECTIONS)
        .map(|index| index as f32 * std::f32::consts::PI / DIRECTIONS as f32)
        .map(|angle| (angle.cos(), angle.sin()))
        .collect();
    let cell = |direction: usize, x: f32, y: f32| {
        let (cosine, sine) = directions[direction];
        let distance = x * cosine + y * sine;
        direction * columns + (distance.round() as isize + diagonal as isize) as usize
    };
    let edges: Vec<(f32, f32, usize)> = (0..thumbnail.edge.len())
        .filter(|&at| thumbnail.edge[at])
        .map(|at| {
            let (across, down) = thumbnail.gradient[at];
            let angle = down.atan2(across).rem_euclid(std::f32::consts::PI);
            let direction = (angle / std::f32::consts::PI * DIRECTIONS as f32).round() as usize;
            let (x, y) = (at % thumbnail.width, at / thumbnail.width);
            (x as f32 + 0.5, y as f32 + 0.5, direction % DIRECTIONS)
        })
        .filter(|&(x, y, _)| (left..right).contains(&x) && (top..bottom).contains(&y))
        .collect();
    for &(x, y, direction) in &edges {
        for near in [DIRECTIONS - 1, 0, 1] {
            votes[cell((direction + near) % DIRECTIONS, x, y)] += 1;
        }
    }
    let shortest = (SHORTEST * (right - left).min(bottom - top)) as u16;
    let mut lines = Vec::new();
    while lines.len() < LINES {
        let Some((peak, &count)) = votes.iter().enumerate().max_by_key(|(_, count)| **count) else {
            break;
        };
        if count < shortest {
            break;
        }
        let (direction, distance) = (peak / columns, peak % columns);
        let line = Line {
            normal: directions[direction],
            distance: distance as f32 - diagonal as f32,
        };
        // What voted for a line near this one is used up.
        for near in 0..7 {
            let shifted = direction as isize + near - 3;
            let around = shifted.rem_euclid(DIRECTIONS as isize) as usize;
            // Beyond half a turn the same line has the opposite distance.
            let middle = if shifted == around as isize {
                distance
            } else {
                columns - 1 - distance
            };
            let (first, last) = (middle.saturating_sub(4), (middle + 4).min(columns - 1));
            votes[around * columns + first..=around * columns + last].fill(0);
        }
        lines.push(refined(&line, &edges, direction));
    }
    lines
}

/// The line that fits the edges along it best.
fn refined(line: &Line, edges: &[(f32, f32, usize)], direction: usize) -> Line {
    let along: Vec<Point> = edges
        .iter()
        .filter(|&&(x, y, own)| {
            let apart = own.abs_diff(direction);
            apart.min(DIRECTIONS - apart) <= 4 && line.off(x, y).abs() <= REACH
        })
        .map(|&(x, y, _)| Point::new(x, y))
        .collect();
    let Some((point, along)) = polygon::line_through(&along) else {
        return *line;
    };
    let normal = (-along.y, along.x);
    Line {
        normal,
        distance: point.x * normal.0 + point.y * normal.1,
    }
}

/// How well a quad is seen as the outline of a document; none where it is not.
fn score(thumbnail: &Thumbnail, quad: &Quad) -> Option<f32> {
    let area = polygon::area(&quad.0);
    if area < SMALLEST * thumbnail.area() || !polygon::may_be_rectangle(quad) {
        return None;
    }
    if !is_inside(thumbnail, quad) {
        return None;
    }
    let mut total = 0.0;
    for index in 0..4 {
        let support = support(thumbnail, quad.0[index], quad.0[(index + 1) % 4]);
        if support < SUPPORT_OF_SIDE {
            return None;
        }
        total += support / 4.0;
    }
    // Of an outline and a frame within it, both well seen, the outline: text lies between them.
    (total >= SUPPORT).then(|| total + 0.35 * (area / thumbnail.area()).sqrt())
}

/// The share of each side of a quad that is seen as an edge; the least of the four.
pub(super) fn least_support(thumbnail: &Thumbnail, quad: &Quad) -> f32 {
    (0..4)
        .map(|index| support(thumbnail, quad.0[index], quad.0[(index + 1) % 4]))
        .fold(1.0, f32::min)
}

/// The quad with each side moved to where the change across it is greatest nearby.
pub(super) fn snapped(thumbnail: &Thumbnail, quad: &Quad) -> Quad {
    let lines: Vec<(Point, Point)> = (0..4)
        .map(|index| {
            let (from, to) = (quad.0[index], quad.0[(index + 1) % 4]);
            snapped_side(thumbnail, from, to).unwrap_or((from, to))
        })
        .collect();
    let corner = |index: usize| {
        polygon::crossing(lines[(index + 3) % 4], lines[index]).unwrap_or(quad.0[index])
    };
    Quad([corner(0), corner(1), corner(2), corner(3)])
}

/// The line through the greatest changes across a side, each within a few pixels of it.
fn snapped_side(thumbnail: &Thumbnail, from: Point, to: Point) -> Option<(Point, Point)> {
    const SAMPLES: usize = 40;
    const REACH: i32 = 5;
    let length = polygon::distance(from, to).max(1.0);
    let normal = (-(to.y - from.y) / length, (to.x - from.x) / length);
    let mut points: Vec<(f32, Point)> = Vec::new();
    for sample in 0..SAMPLES {
        let share = 0.08 + 0.84 * (sample as f32 + 0.5) / SAMPLES as f32;
        let (x, y) = (
            from.x + (to.x - from.x) * share,
            from.y + (to.y - from.y) * share,
        );
        let strongest = (-REACH..=REACH)
            .filter_map(|off| {
                let off = off as f32;
                let (x, y) = (x + off * normal.0, y + off * normal.1);
                let at = thumbnail.index(x, y)?;
                let (across, down) = thumbnail.gradient[at];
                let change = (across * normal.0 + down * normal.1).abs();
                Some((change, off, Point::new(x, y)))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((change, off, point)) = strongest
            && change > 8.0
        {
            points.push((off, point));
        }
    }
    if points.len() < SAMPLES / 2 {
        return None;
    }
    // Print near the side may be stronger here and there: what stands off the middle does not count.
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let middle = points.get(points.len() / 2)?.0;
    let near: Vec<Point> = points
        .iter()
        .filter(|(off, _)| (off - middle).abs() <= 1.5)
        .map(|(_, point)| *point)
        .collect();
    if near.len() < SAMPLES / 3 {
        return None;
    }
    let (point, along) = polygon::line_through(&near)?;
    Some((point, Point::new(point.x + along.x, point.y + along.y)))
}

/// The share of a side along which an edge of its direction stands, most of it of one polarity.
fn support(thumbnail: &Thumbnail, from: Point, to: Point) -> f32 {
    const SAMPLES: usize = 48;
    const OTHER_POLARITY: f32 = 0.7;
    let length = polygon::distance(from, to).max(1.0);
    let (along_x, along_y) = ((to.x - from.x) / length, (to.y - from.y) / length);
    let (normal_x, normal_y) = (-along_y, along_x);
    let (mut rising, mut falling) = (0, 0);
    for sample in 0..SAMPLES {
        // Cards have round corners: the ends of a side show nothing.
        let share = 0.05 + 0.9 * (sample as f32 + 0.5) / SAMPLES as f32;
        let (x, y) = (
            from.x + (to.x - from.x) * share,
            from.y + (to.y - from.y) * share,
        );
        let polarity = (-2..=2).find_map(|step| {
            let off = step as f32;
            let at = thumbnail.index(x + off * normal_x, y + off * normal_y)?;
            if !thumbnail.edge[at] {
                return None;
            }
            let (across, down) = thumbnail.gradient[at];
            let component = across * normal_x + down * normal_y;
            (component.abs() > 0.9 * across.hypot(down)).then_some(component > 0.0)
        });
        match polarity {
            Some(true) => rising += 1,
            Some(false) => falling += 1,
            None => {}
        }
    }
    // A busy background is now lighter and now darker than the card: less telling, but no refusal.
    let (more, less) = (rising.max(falling), rising.min(falling));
    (more as f32 + OTHER_POLARITY * less as f32) / SAMPLES as f32
}
