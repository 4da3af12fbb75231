//! Where text stands: the detector's map of probabilities, and the quads around its patches.
//!
//! The network was trained to mark the core of every line, so that lines that touch stay apart
//! (differentiable binarisation, Liao et al. 2020). Each core is fitted with the smallest rectangle
//! and that grown back to the size of the text.

use image::RgbImage;
use model::{Point, Quad};

use super::{
    engine::Engine,
    raster::{self, Scale, between},
};
use crate::error::RecogniseError;

/// Longer side of the picture that the network sees, in pixels. The smallest print of a card is then
/// about 9 pixels high, which it still finds; 960 finds two values in a thousand more for a third
/// more time.
const SIDE: f32 = 832.0;

/// Both sides are multiples of this.
const GRAIN: f32 = 32.0;

/// What the network was trained to see: the means and deviations of natural pictures, in its order.
const SCALE: Scale = Scale {
    mean: [0.485, 0.456, 0.406],
    deviation: [0.229, 0.224, 0.225],
};

/// Probability above which a pixel belongs to the core of a line.
const CORE: f32 = 0.3;

/// Mean probability of a core below which it is no text.
const SURE: f32 = 0.5;

/// How far a core is grown, times its area through its perimeter.
const GROWTH: f32 = 1.6;

/// Least shorter side of a core in pixels of the map.
const THINNEST: f32 = 2.0;

/// Least height of a line in pixels of the view: capitals of less than three pixels are not legible.
const LOWEST: f32 = 5.0;

/// Cores at most; a page of small print has some hundreds.
const MOST: usize = 1000;

/// How much longer than high a core is to have a direction of its own, rather than the page's.
const LONG: f32 = 2.5;

/// The quads around the lines of text, in pixels of the view, in no order.
pub(super) fn lines(engine: &Engine, view: &RgbImage) -> Result<Vec<Quad>, RecogniseError> {
    let (across, down) = (view.width() as f32, view.height() as f32);
    if across < 1.0 || down < 1.0 {
        return Ok(Vec::new());
    }
    let ratio = SIDE / across.max(down);
    let sized = |pixels: f32| ((pixels * ratio / GRAIN).round().max(1.0) * GRAIN) as usize;
    let (width, height) = (sized(across), sized(down));
    let whole = Quad::rectangle(0.0, 0.0, across, down);
    let planes = raster::stretch(view, &whole, [width, width, height], &SCALE);
    let map = engine.run(&planes.values, height, width)?;
    if map.len() != width * height {
        return Err(RecogniseError::Network {
            reason: "the detector's map has another size than its picture".to_owned(),
        });
    }
    let (scale_x, scale_y) = (across / width as f32, down / height as f32);
    let mut quads = Vec::new();
    let mut rectangles: Vec<Rectangle> = cores(&map, width, height)
        .iter()
        .map(|core| Rectangle::around(core))
        .filter(|rectangle| rectangle.across.min(rectangle.down) >= THINNEST)
        .collect();
    straighten(&mut rectangles);
    for rectangle in rectangles {
        let grown = rectangle.grown();
        if grown.across.min(grown.down) * scale_x.min(scale_y) < LOWEST {
            continue;
        }
        quads.push(Quad(
            grown
                .corners()
                .map(|corner| Point::new(corner.x * scale_x, corner.y * scale_y)),
        ));
    }
    Ok(quads)
}

/// The outline points of every patch of the map that is text: both ends of each of its rows.
fn cores(map: &[f32], width: usize, height: usize) -> Vec<Vec<Point>> {
    let mut seen = vec![false; map.len()];
    let mut found = Vec::new();
    let mut stack = Vec::new();
    for start in 0..map.len() {
        if seen[start] || map[start] <= CORE {
            continue;
        }
        seen[start] = true;
        stack.push(start);
        let (mut sum, mut count) = (0.0, 0_u32);
        // First and last column of each row, keyed by row.
        let mut rows: std::collections::BTreeMap<usize, (usize, usize)> =
            std::collections::BTreeMap::new();
        while let Some(place) = stack.pop() {
            let (x, y) = (place % width, place / width);
            sum += map[place];
            count += 1;
            let row = rows.entry(y).or_insert((x, x));
            *row = (row.0.min(x), row.1.max(x));
            for near_y in y.saturating_sub(1)..=(y + 1).min(height - 1) {
                for near_x in x.saturating_sub(1)..=(x + 1).min(width - 1) {
                    let near = near_y * width + near_x;
                    if !seen[near] && map[near] > CORE {
                        seen[near] = true;
                        stack.push(near);
                    }
                }
            }
        }
        if sum / (count as f32) < SURE {
            continue;
        }
        let outline = rows
            .into_iter()
            .flat_map(|(y, (left, right))| {
                let (left, right) = (left as f32, right as f32 + 1.0);
                let (top, bottom) = (y as f32, y as f32 + 1.0);
                [
                    Point::new(left, top),
                    Point::new(left, bottom),
                    Point::new(right, top),
                    Point::new(right, bottom),
                ]
            })
            .collect();
        found.push(outline);
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// A rectangle that may lie aslant, by at most 45°.
#[derive(Debug, Clone)]
struct Rectangle {
    centre: Point,
    /// Unit vector along the edge that is nearer to the horizontal, to the right.
    along: Point,
    /// Length of that edge.
    across: f32,
    /// Length of the other.
    down: f32,
    /// What it was fitted around.
    hull: Vec<Point>,
}

impl Rectangle {
    /// The smallest rectangle around the points: one of its edges lies on an edge of their hull.
    fn around(points: &[Point]) -> Self {
        let hull = hull(points);
        let mut best: Option<Self> = None;
        for (index, &from) in hull.iter().enumerate() {
            let to = hull[(index + 1) % hull.len()];
            let length = raster::distance(from, to);
            if length < 1e-6 {
                continue;
            }
            let edge = Point::new((to.x - from.x) / length, (to.y - from.y) / length);
            let candidate = Self::along(&hull, level(edge));
            if best
                .as_ref()
                .is_none_or(|best| candidate.area() < best.area())
            {
                best = Some(candidate);
            }
        }
        best.unwrap_or_else(|| Self::along(&hull, Point::new(1.0, 0.0)))
    }

    /// The smallest rectangle in a given direction.
    fn along(hull: &[Point], along: Point) -> Self {
        let mut low = Point::new(f32::INFINITY, f32::INFINITY);
        let mut high = Point::new(f32::NEG_INFINITY, f32::NEG_INFINITY);
        for point in hull {
            let right = point.x * along.x + point.y * along.y;
            let below = point.y * along.x - point.x * along.y;
            low = Point::new(low.x.min(right), low.y.min(below));
            high = Point::new(high.x.max(right), high.y.max(below));
        }
        let (right, below) = (f32::midpoint(low.x, high.x), f32::midpoint(low.y, high.y));
        Self {
            centre: Point::new(
                right * along.x - below * along.y,
                right * along.y + below * along.x,
            ),
            along,
            across: high.x - low.x,
            down: high.y - low.y,
            hull: hull.to_vec(),
        }
    }

    fn area(&self) -> f32 {
        self.across * self.down
    }

    /// From the core to the whole of the letters.
    fn grown(self) -> Self {
        let by = GROWTH * self.area() / (2.0 * (self.across + self.down)).max(1.0);
        Self {
            across: self.across + 2.0 * by,
            down: self.down + 2.0 * by,
            ..self
        }
    }

    fn corners(&self) -> [Point; 4] {
        let corner = |right: f32, below: f32| {
            let (right, below) = (right * self.across / 2.0, below * self.down / 2.0);
            Point::new(
                self.centre.x + right * self.along.x - below * self.along.y,
                self.centre.y + right * self.along.y + below * self.along.x,
            )
        };
        [
            corner(-1.0, -1.0),
            corner(1.0, -1.0),
            corner(1.0, 1.0),
            corner(-1.0, 1.0),
        ]
    }
}

/// The one of an edge's four directions (itself, and turned by quarters) that points right.
fn level(edge: Point) -> Point {
    let turned = if edge.x.abs() >= edge.y.abs() {
        edge
    } else {
        Point::new(edge.y, -edge.x)
    };
    if turned.x < 0.0 {
        Point::new(-turned.x, -turned.y)
    } else {
        turned
    }
}

/// Gives short cores, whose own direction is chance, the middle direction of the long ones.
fn straighten(rectangles: &mut [Rectangle]) {
    let mut slopes: Vec<f32> = rectangles
        .iter()
        .filter(|one| one.across > LONG * one.down || one.down > LONG * one.across)
        .map(|one| one.along.y.atan2(one.along.x))
        .collect();
    slopes.sort_by(f32::total_cmp);
    let slope = slopes.get(slopes.len() / 2).copied().unwrap_or(0.0);
    let along = Point::new(slope.cos(), slope.sin());
    for one in rectangles {
        if one.across <= LONG * one.down && one.down <= LONG * one.across {
            *one = Rectangle::along(&one.hull, along);
        }
    }
}

/// The convex hull, by Andrew's monotone chain.
fn hull(points: &[Point]) -> Vec<Point> {
    let mut points = points.to_vec();
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let turns =
        |a: Point, b: Point, c: Point| (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0.0;
    let chain = |points: &mut dyn Iterator<Item = Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for point in points {
            while let [.., a, b] = chain[..]
                && !turns(a, b, point)
            {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut lower = chain(&mut points.iter().copied());
    lower.extend(chain(&mut points.iter().rev().copied()));
    lower
}

/// The quad turned so that what stood at its left comes to its top: for lines that run upwards.
pub(super) fn upwards(quad: &Quad) -> Quad {
    let [a, b, c, d] = quad.0;
    Quad([d, a, b, c])
}

/// The quad turned so that what stood at its right comes to its top: for lines that run downwards.
pub(super) fn downwards(quad: &Quad) -> Quad {
    let [a, b, c, d] = quad.0;
    Quad([b, c, d, a])
}

/// The quad on its head.
pub(super) fn overturned(quad: &Quad) -> Quad {
    let [a, b, c, d] = quad.0;
    Quad([c, d, a, b])
}

/// The part of a line's quad from one share of its length to another.
pub(super) fn part(quad: &Quad, from: f32, to: f32) -> Quad {
    let [a, b, c, d] = quad.0;
    Quad([
        between(a, b, from),
        between(a, b, to),
        between(d, c, to),
        between(d, c, from),
    ])
}

#[cfg(test)]
mod tests {
    use model::Point;

    use super::{Rectangle, cores, hull, straighten};

    /// Points of a rectangle turned by an angle.
    fn turned(across: f32, down: f32, degrees: f32) -> Vec<Point> {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let mut points = Vec::new();
        for x in 0..=20 {
            for y in 0..=20 {
                let right = (x as f32 / 20.0 - 0.5) * across;
                let below = (y as f32 / 20.0 - 0.5) * down;
                points.push(Point::new(
                    50.0 + right * cosine - below * sine,
                    40.0 + right * sine + below * cosine,
                ));
            }
        }
        points
    }

    #[test]
    fn the_smallest_rectangle_is_found_at_any_angle() {
        for degrees in [-44.0, -10.0, 0.0, 7.5, 30.0, 44.0] {
            let found = Rectangle::around(&turned(60.0, 12.0, degrees));
            assert!((found.across - 60.0).abs() < 0.1, "{degrees}: {found:?}");
            assert!((found.down - 12.0).abs() < 0.1);
            let [top_left, top_right, ..] = found.corners();
            let slope = (top_right.y - top_left.y).atan2(top_right.x - top_left.x);
            assert!((slope.to_degrees() - degrees).abs() < 0.1);
        }
    }

    #[test]
    fn short_patches_take_the_direction_of_the_long_ones() {
        let mut found = vec![
            Rectangle::around(&turned(80.0, 10.0, 6.0)),
            Rectangle::around(&turned(12.0, 10.0, 40.0)),
        ];
        straighten(&mut found);
        assert!((found[1].along.y.atan2(found[1].along.x).to_degrees() - 6.0).abs() < 0.1);
    }

    #[test]
    fn patches_of_the_map_stay_apart_and_faint_ones_are_left_out() {
        let (width, height) = (40, 20);
        let mut map = vec![0.0; width * height];
        for x in 5..15 {
            for y in 3..6 {
                map[y * width + x] = 0.9;
                map[(y + 8) * width + x + 10] = 0.8;
                map[y * width + x + 20] = 0.35;
            }
        }
        let found = cores(&map, width, height);
        assert_eq!(found.len(), 2);
        let first = Rectangle::around(&found[0]);
        assert_eq!((first.across, first.down), (10.0, 3.0));
    }

    #[test]
    fn a_hull_of_few_points_is_those_points() {
        assert_eq!(hull(&[]).len(), 0);
        assert_eq!(hull(&[Point::new(1.0, 1.0); 3]).len(), 1);
        let flat = Rectangle::around(&[Point::new(1.0, 1.0), Point::new(4.0, 1.0)]);
        assert_eq!((flat.across, flat.down), (3.0, 0.0));
    }
}
