//! Several cards on one sheet: on a flatbed scanner, on a copied page, side by side on a table.
//!
//! Cards are of one size, and that is what finds them: every outline that may be a card's is proposed, whatever
//! proposes it, and the most that agree about the size and lie beside each other are the sheet. So a pale
//! card on pale paper, of which a side can hardly be seen, is found by its neighbours' size, and a panel
//! within a document is none, because nothing of its size lies beside it.

use model::{Point, Quad};

use super::{background, format, lines, polygon, thumbnail::Thumbnail};

/// Longer side over shorter side of a card (ISO/IEC 7810, ID-1), and how far a seen one may be off it.
const SHAPE: f32 = 85.6 / 53.98;
const TOLERANCE: f32 = 0.1;

/// So far the sides of cards on one sheet differ, by perspective and by rounding.
const ALIKE: f32 = 0.09;

/// A card covers at least this share of the page: ten lie on a sheet at most.
const SMALLEST: f32 = 0.025;

/// The least share of each side, and of all four, along which the colours on both sides of it differ.
const SUPPORT_OF_SIDE: f32 = 0.5;
const SUPPORT: f32 = 0.75;

/// Pieces of a side in which the colours within and without are compared: over a piece noise averages out.
const PIECES: usize = 12;
const SAMPLES_OF_PIECE: usize = 4;

/// Colours that differ by this much in a channel are two: less is shade.
const CONTRAST: f32 = 3.5;

/// From here on a difference of colours is as good as any.
const CLEAR: f32 = 40.0;

/// So far each end of a side is moved to where the colours differ most, in pixels of the thumbnail.
const REACH: i32 = 3;

/// How much less a move is worth for each pixel of both ends: print near a side may differ more than the side.
const MOVE: f32 = 0.06;

/// A card of another size beside those of one size covers between so many times their area.
const OTHER_SIZE: std::ops::RangeInclusive<f32> = 0.6..=2.4;

/// How well such a card must be seen, of 1.
const OTHER_SUPPORT: f32 = 0.9;

/// Side of the squares by which what lies beside the cards is judged, in pixels of the thumbnail.
const TILE: usize = 16;

/// A square is busy where edges are this dense, compared with the cards; print is, a ground is not.
const BUSY: f32 = 0.5;

/// Beside the cards there may be so many busy squares, as a share of theirs: text there would be lost.
const BESIDE: f32 = 0.06;

/// What may be a card, and how well it is seen as one.
#[derive(Debug, Clone)]
struct Candidate {
    quad: Quad,
    /// The share of its outline along which the colours differ.
    support: f32,
    /// The same and how much they differ: of two that lie almost alike, the better.
    score: f32,
    /// Longer and shorter side.
    sides: (f32, f32),
}

/// The outlines of two cards or more, in pixels of the thumbnail; empty where they are not certain.
pub(super) fn outlines(thumbnail: &Thumbnail) -> Vec<Quad> {
    let even = background::proposals(thumbnail);
    let cards = among(thumbnail, &even);
    if cards.len() >= 2 && are_alone(thumbnail, &cards) {
        return cards;
    }
    // No even ground, or one that shines through a card.
    let mut proposed = lines::proposals(thumbnail, is_shaped);
    proposed.extend(even);
    let cards = among(thumbnail, &proposed);
    if cards.len() >= 2 && are_alone(thumbnail, &cards) {
        cards
    } else {
        Vec::new()
    }
}

/// The cards of a sheet among everything that is proposed.
fn among(thumbnail: &Thumbnail, proposed: &[Quad]) -> Vec<Quad> {
    let mut candidates: Vec<Candidate> = proposed
        .iter()
        .filter_map(|quad| candidate(thumbnail, quad))
        .collect();
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    most_alike(&candidates)
}

fn candidate(thumbnail: &Thumbnail, quad: &Quad) -> Option<Candidate> {
    let is_large = |quad: &Quad| polygon::area(&quad.0) >= SMALLEST * thumbnail.area();
    if !is_large(quad) || !polygon::may_be_rectangle(quad) || !format::is_document(quad) {
        return None;
    }
    let roughly = support(&contrasts(thumbnail, quad));
    if roughly.iter().sum::<f32>() < 2.0 {
        return None;
    }
    let quad = settled(thumbnail, quad);
    let contrasts = contrasts(thumbnail, &quad);
    let seen = support(&contrasts);
    let mean = seen.iter().sum::<f32>() / 4.0;
    let least = seen.iter().copied().fold(1.0, f32::min);
    let strength: f32 = contrasts
        .iter()
        .flatten()
        .map(|contrast| contrast.min(CLEAR) / CLEAR)
        .sum::<f32>()
        / (4 * PIECES) as f32;
    let (across, down) = polygon::sides(&quad);
    let good = least >= SUPPORT_OF_SIDE
        && mean >= SUPPORT
        && polygon::may_be_rectangle(&quad)
        && format::is_document(&quad);
    good.then_some(Candidate {
        support: mean,
        score: mean + strength,
        sides: (across.max(down), across.min(down)),
        quad,
    })
}

/// Whether a quad has the shape of a card.
fn is_shaped(quad: &Quad) -> bool {
    let (across, down) = polygon::sides(quad);
    let shape = across.max(down) / across.min(down).max(1.0);
    (shape / SHAPE - 1.0).abs() <= TOLERANCE
}

/// How much the colours within and without differ, along each side of a quad.
fn contrasts(thumbnail: &Thumbnail, quad: &Quad) -> [[f32; PIECES]; 4] {
    [0, 1, 2, 3].map(|index| side(thumbnail, quad.0[index], quad.0[(index + 1) % 4]))
}

/// The share of each side along which the colours differ.
fn support(contrasts: &[[f32; PIECES]; 4]) -> [f32; 4] {
    contrasts.map(|side| {
        let seen = side.iter().filter(|contrast| **contrast >= CONTRAST);
        seen.count() as f32 / PIECES as f32
    })
}

/// The difference of the mean colours on both sides of each piece of a line, in the channel where it is
/// greatest, 0 to 255.
fn side(thumbnail: &Thumbnail, from: Point, to: Point) -> [f32; PIECES] {
    const SAMPLES: usize = PIECES * SAMPLES_OF_PIECE;
    let length = polygon::distance(from, to).max(1.0);
    let normal = (-(to.y - from.y) / length, (to.x - from.x) / length);
    let mut pieces = [0.0; PIECES];
    for (number, piece) in pieces.iter_mut().enumerate() {
        let mut apart = [0.0_f32; 3];
        for sample in 0..SAMPLES_OF_PIECE {
            // Cards have round corners: the ends of a side show nothing.
            let along = (number * SAMPLES_OF_PIECE + sample) as f32 + 0.5;
            let share = 0.06 + 0.88 * along / SAMPLES as f32;
            let (x, y) = (
                from.x + (to.x - from.x) * share,
                from.y + (to.y - from.y) * share,
            );
            let colour = |off: f32| {
                let at = thumbnail.index(x + off * normal.0, y + off * normal.1)?;
                Some(thumbnail.colour[at].map(f32::from))
            };
            // The corners go round clockwise: the normal points inwards. Beyond the page nothing is seen.
            for off in [1.2, 2.2] {
                if let (Some(within), Some(without)) = (colour(off), colour(-off)) {
                    for channel in 0..3 {
                        apart[channel] += within[channel] - without[channel];
                    }
                }
            }
        }
        let samples = (2 * SAMPLES_OF_PIECE) as f32;
        *piece = apart
            .iter()
            .map(|sum| sum.abs() / samples)
            .fold(0.0, f32::max);
    }
    pieces
}

/// The quad with each end of each side moved to where the colours along the whole side differ most.
fn settled(thumbnail: &Thumbnail, quad: &Quad) -> Quad {
    let lines: Vec<(Point, Point)> = (0..4)
        .map(|index| {
            let (from, to) = (quad.0[index], quad.0[(index + 1) % 4]);
            let length = polygon::distance(from, to).max(1.0);
            let normal = (-(to.y - from.y) / length, (to.x - from.x) / length);
            let moved = |point: Point, off: i32| {
                let off = off as f32;
                Point::new(point.x + off * normal.0, point.y + off * normal.1)
            };
            let worth = |line: &(Point, Point)| -> f32 {
                let pieces = side(thumbnail, line.0, line.1);
                pieces.iter().map(|contrast| contrast.min(CLEAR)).sum()
            };
            let ends =
                (-REACH..=REACH).flat_map(|one| (-REACH..=REACH).map(move |other| (one, other)));
            ends.map(|(one, other)| {
                let line = (moved(from, one), moved(to, other));
                let moves = (one.abs() + other.abs()) as f32;
                ((1.0 - MOVE * moves) * worth(&line), line)
            })
            .fold((worth(&(from, to)), (from, to)), |best, next| {
                if next.0 > best.0 { next } else { best }
            })
            .1
        })
        .collect();
    let corner = |index: usize| {
        polygon::crossing(lines[(index + 3) % 4], lines[index]).unwrap_or(quad.0[index])
    };
    Quad([corner(0), corner(1), corner(2), corner(3)])
}

/// The most candidates of one size that lie beside each other; of as many the best seen. They come the best
/// first.
fn most_alike(candidates: &[Candidate]) -> Vec<Quad> {
    let alike = |a: f32, b: f32| (a / b - 1.0).abs() <= ALIKE;
    let mut best: (usize, f32, Vec<&Candidate>) = (0, 0.0, Vec::new());
    for size in candidates.iter().filter(|one| is_shaped(&one.quad)) {
        let mut chosen: Vec<&Candidate> = Vec::new();
        for one in candidates {
            if alike(one.sides.0, size.sides.0)
                && alike(one.sides.1, size.sides.1)
                && is_beside(one, &chosen)
            {
                chosen.push(one);
            }
        }
        let score = chosen.iter().map(|one| one.score).sum();
        if (chosen.len(), score) > (best.0, best.1) {
            best = (chosen.len(), score, chosen);
        }
    }
    let mut chosen = best.2;
    if chosen.len() >= 2 {
        // Older cards are larger.
        let area = |one: &Candidate| one.sides.0 * one.sides.1;
        let usual = area(chosen[0]);
        for one in candidates {
            if one.support >= OTHER_SUPPORT
                && OTHER_SIZE.contains(&(area(one) / usual))
                && is_beside(one, &chosen)
            {
                chosen.push(one);
            }
        }
    }
    chosen.into_iter().map(|one| one.quad).collect()
}

fn is_beside(one: &Candidate, others: &[&Candidate]) -> bool {
    !others.iter().any(|other| overlap(&one.quad, &other.quad))
}

/// Whether two quads lie on each other: more than their outlines' width.
fn overlap(one: &Quad, other: &Quad) -> bool {
    const SLACK: f32 = -2.0;
    let reaches = |one: &Quad, other: &Quad| {
        let (one, other) = (polygon::grown(one, SLACK), polygon::grown(other, SLACK));
        let middle = |index: usize| {
            let (a, b) = (one.0[index], one.0[(index + 1) % 4]);
            Point::new(f32::midpoint(a.x, b.x), f32::midpoint(a.y, b.y))
        };
        let centre = Point::new(
            one.0.iter().map(|point| point.x).sum::<f32>() / 4.0,
            one.0.iter().map(|point| point.y).sum::<f32>() / 4.0,
        );
        let middles = (0..4).map(middle);
        let mut points = one.0.into_iter().chain(middles).chain([centre]);
        points.any(|point| polygon::contains(&other, point))
    };
    reaches(one, other) || reaches(other, one)
}

/// Whether hardly anything that may be print lies beside the cards.
fn are_alone(thumbnail: &Thumbnail, cards: &[Quad]) -> bool {
    // An outline is an edge itself, and so is its shadow.
    const OUTLINE: f32 = 4.0;
    let around: Vec<Quad> = cards
        .iter()
        .map(|quad| polygon::grown(quad, OUTLINE))
        .collect();
    let (columns, rows) = (
        thumbnail.width.div_ceil(TILE),
        thumbnail.height.div_ceil(TILE),
    );
    let mut tiles = vec![Tile::default(); columns * rows];
    let (mut edges, mut pixels) = (0_u32, 0_u32);
    for (at, edge) in thumbnail.edge.iter().enumerate() {
        let (x, y) = (at % thumbnail.width, at / thumbnail.width);
        let point = Point::new(x as f32 + 0.5, y as f32 + 0.5);
        if cards.iter().any(|quad| polygon::contains(quad, point)) {
            edges += u32::from(*edge);
            pixels += 1;
        } else if !around.iter().any(|quad| polygon::contains(quad, point)) {
            let tile = &mut tiles[y / TILE * columns + x / TILE];
            tile.pixels += 1;
            if *edge {
                tile.add(thumbnail.gradient[at]);
            }
        }
    }
    let density = edges as f32 / pixels.max(1) as f32;
    let area = (TILE * TILE) as f32;
    let busy: f32 = tiles
        .iter()
        .filter(|tile| tile.strokes() > BUSY * density * tile.pixels as f32)
        .map(|tile| tile.pixels as f32 / area)
        .sum();
    busy <= BESIDE * pixels as f32 / area
}

/// What is seen of edges in a square.
#[derive(Debug, Clone, Copy, Default)]
struct Tile {
    pixels: u32,
    edges: u32,
    /// Sum of the edges' directions, each as a point of the circle that half a turn goes round.
    direction: (f32, f32),
}

impl Tile {
    fn add(&mut self, (across, down): (f32, f32)) {
        let squared = (across * across + down * down).max(1e-6);
        self.edges += 1;
        self.direction.0 += (across * across - down * down) / squared;
        self.direction.1 += 2.0 * across * down / squared;
    }

    /// How many of its edges go in all directions, as those of print do: those of a sheet's border, of a fold
    /// and of the grain of wood go in one.
    fn strokes(&self) -> f32 {
        self.edges as f32 - self.direction.0.hypot(self.direction.1)
    }
}
