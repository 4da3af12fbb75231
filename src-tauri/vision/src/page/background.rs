//! Documents on an even background: what the background, spreading from the page's border, leaves.

use std::collections::VecDeque;

use model::{Point, Quad};

use super::{lines, measure, polygon, thumbnail::Thumbnail};

/// Changes of colour across two pixels up to which a pixel may be background, the most cautious first.
///
/// It is the change in every direction that counts: from neighbour to neighbour a slanting outline can
/// be crossed in steps as small as one likes, along it.
const CHANGES: [u8; 4] = [8, 12, 18, 28];

/// The same where what is found is only proposed.
const ANY_CHANGES: [u8; 7] = [3, 5, 7, 9, 12, 18, 28];

/// So much of a hull, and of a quad, is covered where it is only proposed.
const ROUGHLY: f32 = 0.88;

/// A document covers at least this share of the page.
const SMALLEST: f32 = 0.025;

/// The least share of each side that must be seen as an edge.
const SUPPORT: f32 = 0.5;

/// Half the width of an outline's slope after smoothing, in pixels of the thumbnail.
const SLOPE: f32 = 2.0;

/// At least so much of the hull is covered, and so much of the quad by the hull.
const SOLID: f32 = 0.94;
const FOUR_SIDED: f32 = 0.95;

/// Beside the documents there may be at most this share of their edges, and of their area in anything
/// but background: text beside a document would be lost.
const BESIDE: f32 = 0.06;

/// The outlines of documents, in pixels of the thumbnail; empty where they are not certain.
pub(super) fn outlines(thumbnail: &Thumbnail) -> Vec<Quad> {
    let changes = changes(thumbnail);
    CHANGES
        .into_iter()
        .map(|most| outlines_at(thumbnail, &changes, most))
        .max_by(|a, b| {
            // More documents, then the tighter ones; of equals the last, so look from the end.
            a.len()
                .cmp(&b.len())
                .then(total_area(b).total_cmp(&total_area(a)))
        })
        .unwrap_or_default()
}

/// Everything of four sides that an even ground leaves, at any change of colour: of one card it may hold many
/// outlines, and none of them is certain.
pub(super) fn proposals(thumbnail: &Thumbnail) -> Vec<Quad> {
    let changes = changes(thumbnail);
    let mut proposals = Vec::new();
    for most in ANY_CHANGES {
        let mut foreground = spread(thumbnail, &changes, most);
        opened(&mut foreground, thumbnail.width);
        for component in components(&foreground, thumbnail.width) {
            if component.area < SMALLEST * thumbnail.area() {
                continue;
            }
            let hull = polygon::hull(&component.ends);
            let Some(around) = polygon::quad_around(&hull) else {
                continue;
            };
            let hull_area = polygon::area(&hull);
            let is_rough_quad = component.area >= ROUGHLY * hull_area
                && hull_area >= ROUGHLY * polygon::area(&around.0);
            if is_rough_quad {
                proposals.push(polygon::grown(&around, -SLOPE));
            }
        }
    }
    proposals
}

fn total_area(quads: &[Quad]) -> f32 {
    quads.iter().map(|quad| polygon::area(&quad.0)).sum()
}

fn outlines_at(thumbnail: &Thumbnail, changes: &[u8], most: u8) -> Vec<Quad> {
    let mut foreground = spread(thumbnail, changes, most);
    opened(&mut foreground, thumbnail.width);
    let mut quads = Vec::new();
    let mut beside = 0.0;
    for component in components(&foreground, thumbnail.width) {
        match quad_of(thumbnail, &component) {
            Some(quad) => quads.push(quad),
            None => beside += component.area,
        }
    }
    let (inside, outside) = thumbnail.edges_within(&quads);
    if beside > BESIDE * total_area(&quads) || outside as f32 > BESIDE * inside as f32 {
        return Vec::new();
    }
    quads
}

/// The greatest change of a channel across each pixel; zero along the border.
fn changes(thumbnail: &Thumbnail) -> Vec<u8> {
    let (width, height) = (thumbnail.width, thumbnail.height);
    let mut changes = vec![0; width * height];
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let at = y * width + x;
            let apart = |a: usize, b: usize| {
                let (a, b) = (thumbnail.colour[a], thumbnail.colour[b]);
                [0, 1, 2].map(|channel| f32::from(a[channel].abs_diff(b[channel])))
            };
            let (across, down) = (apart(at - 1, at + 1), apart(at - width, at + width));
            let change = across
                .iter()
                .zip(down)
                .map(|(across, down)| across.hypot(down))
                .fold(0.0, f32::max);
            changes[at] = change as u8;
        }
    }
    changes
}

/// Whether each pixel is something else than background.
fn spread(thumbnail: &Thumbnail, changes: &[u8], most: u8) -> Vec<bool> {
    let (width, height) = (thumbnail.width, thumbnail.height);
    let mut foreground = vec![true; width * height];
    let mut queue = VecDeque::new();
    for x in 0..width {
        queue.extend([x, (height - 1) * width + x]);
    }
    for y in 0..height {
        queue.extend([y * width, y * width + width - 1]);
    }
    for &at in &queue {
        foreground[at] = false;
    }
    while let Some(at) = queue.pop_front() {
        let x = at % width;
        let neighbours = [
            (x > 0).then(|| at - 1),
            (x + 1 < width).then_some(at + 1),
            at.checked_sub(width),
            (at + width < foreground.len()).then_some(at + width),
        ];
        for next in neighbours.into_iter().flatten() {
            if foreground[next] && changes[next] <= most {
                foreground[next] = false;
                queue.push_back(next);
            }
        }
    }
    foreground
}

/// Drops what is thinner than three pixels: dust, scratches, the seam of a table.
fn opened(foreground: &mut [bool], width: usize) {
    for grow in [false, true] {
        let before = foreground.to_vec();
        for at in width + 1..foreground.len().saturating_sub(width + 1) {
            let around = [at - width, at - 1, at, at + 1, at + width];
            foreground[at] = if grow {
                around.iter().any(|&index| before[index])
            } else {
                around.iter().all(|&index| before[index])
            };
        }
    }
}

/// A connected piece of foreground.
struct Component {
    /// The first and last pixel of each of its rows: all that its hull needs.
    ends: Vec<Point>,
    /// Pixels between those ends, so that holes count.
    area: f32,
}

fn components(foreground: &[bool], width: usize) -> Vec<Component> {
    let mut seen = vec![false; foreground.len()];
    let mut found = Vec::new();
    for start in 0..foreground.len() {
        if !foreground[start] || seen[start] {
            continue;
        }
        let mut rows = std::collections::BTreeMap::new();
        let mut stack = vec![start];
        seen[start] = true;
        while let Some(at) = stack.pop() {
            let (x, y) = (at % width, at / width);
            let row = rows.entry(y).or_insert((x, x));
            *row = (row.0.min(x), row.1.max(x));
            let neighbours = [
                (x > 0).then(|| at - 1),
                (x + 1 < width).then_some(at + 1),
                at.checked_sub(width),
                Some(at + width),
            ];
            for next in neighbours.into_iter().flatten() {
                if foreground.get(next) == Some(&true) && !seen[next] {
                    seen[next] = true;
                    stack.push(next);
                }
            }
        }
        let area: usize = rows.values().map(|(first, last)| last - first + 1).sum();
        let ends = rows
            .iter()
            .flat_map(|(&y, &(first, last))| {
                let (top, bottom) = (y as f32, y as f32 + 1.0);
                let (left, right) = (first as f32, last as f32 + 1.0);
                [(left, top), (left, bottom), (right, top), (right, bottom)]
            })
            .map(|(x, y)| Point::new(x, y))
            .collect();
        found.push(Component {
            ends,
            area: area as f32,
        });
    }
    found
}

/// The quad of a component that may be a document.
fn quad_of(thumbnail: &Thumbnail, component: &Component) -> Option<Quad> {
    if component.area < SMALLEST * thumbnail.area() {
        return None;
    }
    let hull = polygon::hull(&component.ends);
    let around = polygon::quad_around(&hull)?;
    // The outline's own slope is not background: its middle lies further in.
    let quad = lines::snapped(thumbnail, &polygon::grown(&around, -SLOPE));
    let hull_area = polygon::area(&hull);
    let good = component.area >= SOLID * hull_area
        && hull_area >= FOUR_SIDED * polygon::area(&around.0)
        && lines::least_support(thumbnail, &quad) >= SUPPORT
        && polygon::may_be_rectangle(&quad)
        && lies_on_page(thumbnail, &quad);
    good.then_some(quad)
}

/// Whether the corners lie on the page and at most one side runs along its border: a background that
/// shows on one side only may be a part of the document.
fn lies_on_page(thumbnail: &Thumbnail, quad: &Quad) -> bool {
    let (width, height) = (thumbnail.width as f32, thumbnail.height as f32);
    let slack = 0.008 * width.max(height);
    let inside = quad.0.iter().all(|corner| {
        (-slack..=width + slack).contains(&corner.x)
            && (-slack..=height + slack).contains(&corner.y)
    });
    inside && measure::cut_edges(quad, width, height) <= 1
}
