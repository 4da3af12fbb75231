//! Hulls, quads around them, and straight lines through points.

use model::{Point, Quad};

/// The convex hull of points, clockwise as seen on a page, without points on its sides; Andrew's
/// monotone chain.
pub(super) fn hull(points: &[Point]) -> Vec<Point> {
    let mut points = points.to_vec();
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    let half = |points: &mut dyn Iterator<Item = Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for point in points {
            while let [.., a, b] = *chain.as_slice() {
                if turn(a, b, point) > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut hull = half(&mut points.iter().copied());
    hull.extend(half(&mut points.iter().rev().copied()));
    hull
}

/// Positive where the way from `a` over `b` to `c` turns clockwise on a page.
fn turn(a: Point, b: Point, c: Point) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// The area that a polygon encloses.
pub(super) fn area(corners: &[Point]) -> f32 {
    let next = corners.iter().cycle().skip(1);
    let doubled: f32 = corners
        .iter()
        .zip(next)
        .map(|(a, b)| a.x * b.y - b.x * a.y)
        .sum();
    (doubled / 2.0).abs()
}

/// A quad around a convex polygon: the side whose loss adds least area goes, its neighbours are drawn
/// on to where they meet, until four remain. Rounded corners become sharp.
pub(super) fn quad_around(hull: &[Point]) -> Option<Quad> {
    let mut corners = hull.to_vec();
    while corners.len() > 4 {
        let count = corners.len();
        let at = |index: usize| corners[index % count];
        let (index, _, corner) = (0..count)
            .filter_map(|index| {
                // The side from `index + 1` to `index + 2` goes.
                let corner = crossing((at(index), at(index + 1)), (at(index + 2), at(index + 3)))?;
                // Beyond the side, not behind it.
                let beyond = turn(at(index + 1), corner, at(index + 2)) >= 0.0;
                let added = area(&[at(index + 1), corner, at(index + 2)]);
                beyond.then_some((index, added, corner))
            })
            .min_by(|a, b| a.1.total_cmp(&b.1))?;
        let (kept, gone) = ((index + 1) % count, (index + 2) % count);
        corners[kept] = corner;
        corners.remove(gone);
    }
    <[Point; 4]>::try_from(corners)
        .ok()
        .map(|corners| ordered(&Quad(corners)))
}

/// Where two lines, each through two points, cross.
pub(super) fn crossing(first: (Point, Point), second: (Point, Point)) -> Option<Point> {
    let (ax, ay) = (first.1.x - first.0.x, first.1.y - first.0.y);
    let (bx, by) = (second.1.x - second.0.x, second.1.y - second.0.y);
    let determinant = ax * by - ay * bx;
    if determinant.abs() < 1e-3 {
        return None;
    }
    let share = ((second.0.x - first.0.x) * by - (second.0.y - first.0.y) * bx) / determinant;
    Some(Point::new(first.0.x + share * ax, first.0.y + share * ay))
}

/// The corners clockwise, from the one that makes the first side run most to the right.
pub(super) fn ordered(quad: &Quad) -> Quad {
    let mut corners = quad.0;
    let doubled: f32 = (0..4)
        .map(|index| {
            let (a, b) = (corners[index], corners[(index + 1) % 4]);
            a.x * b.y - b.x * a.y
        })
        .sum();
    if doubled < 0.0 {
        corners.reverse();
    }
    let rightwards = |index: usize| {
        let (a, b) = (corners[index], corners[(index + 1) % 4]);
        (b.x - a.x) / distance(a, b).max(1e-6)
    };
    let first = (0..4)
        .max_by(|&a, &b| rightwards(a).total_cmp(&rightwards(b)))
        .unwrap_or(0);
    corners.rotate_left(first);
    Quad(corners)
}

pub(super) fn distance(a: Point, b: Point) -> f32 {
    (b.x - a.x).hypot(b.y - a.y)
}

/// Mean length of the upper and lower, and of the left and right side.
pub(super) fn sides(quad: &Quad) -> (f32, f32) {
    let [a, b, c, d] = quad.0;
    (
        f32::midpoint(distance(a, b), distance(d, c)),
        f32::midpoint(distance(a, d), distance(b, c)),
    )
}

/// Whether the quad may be a rectangle seen from not too far aside: convex, corners between 50° and
/// 130°, opposite sides not too different.
pub(super) fn may_be_rectangle(quad: &Quad) -> bool {
    let corner = |index: usize| quad.0[index % 4];
    let angles_good = (0..4).all(|index| {
        let (a, b, c) = (corner(index), corner(index + 1), corner(index + 2));
        let sine = turn(a, b, c) / (distance(a, b) * distance(b, c)).max(1e-6);
        sine > 0.766
    });
    let alike = |a: f32, b: f32| a.max(b) <= 1.6 * a.min(b);
    angles_good
        && alike(
            distance(corner(0), corner(1)),
            distance(corner(3), corner(2)),
        )
        && alike(
            distance(corner(0), corner(3)),
            distance(corner(1), corner(2)),
        )
}

/// A point on the line that fits the points best, and its direction; none for fewer than two.
pub(super) fn line_through(points: &[Point]) -> Option<(Point, Point)> {
    let count = points.len() as f32;
    if points.len() < 2 {
        return None;
    }
    let mean = |of: fn(&Point) -> f32| points.iter().map(of).sum::<f32>() / count;
    let (x, y) = (mean(|point| point.x), mean(|point| point.y));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for point in points {
        let (dx, dy) = (point.x - x, point.y - y);
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    let angle = 0.5 * (2.0 * xy).atan2(xx - yy);
    Some((Point::new(x, y), Point::new(angle.cos(), angle.sin())))
}

/// The quad with each corner moved away from the middle, about so far in each direction.
pub(super) fn grown(quad: &Quad, by: f32) -> Quad {
    let middle = |of: fn(&Point) -> f32| quad.0.iter().map(of).sum::<f32>() / 4.0;
    let (x, y) = (middle(|point| point.x), middle(|point| point.y));
    let (across, down) = sides(quad);
    let share = |side: f32| 1.0 + 2.0 * by / side.max(1.0);
    let factor = share(across.min(down));
    Quad(
        quad.0
            .map(|point| Point::new(x + (point.x - x) * factor, y + (point.y - y) * factor)),
    )
}

/// Whether the point lies within the convex quad.
pub(super) fn contains(quad: &Quad, point: Point) -> bool {
    (0..4).all(|index| turn(quad.0[index], quad.0[(index + 1) % 4], point) >= 0.0)
}

#[cfg(test)]
mod tests {
    use model::{Point, Quad};

    use super::{area, contains, hull, may_be_rectangle, ordered, quad_around};

    #[test]
    fn a_rounded_card_gets_its_sharp_corners_back() {
        let mut points = Vec::new();
        for step in 0..360 {
            let angle = (step as f32).to_radians();
            let (x, y) = (angle.cos(), angle.sin());
            // A rounded rectangle of 200 × 120, corners of 12.
            points.push(Point::new(
                300.0 + 88.0 * x.signum() + 12.0 * x,
                200.0 + 48.0 * y.signum() + 12.0 * y,
            ));
        }
        let quad = quad_around(&hull(&points)).unwrap();
        let expected = Quad::rectangle(200.0, 140.0, 400.0, 260.0);
        for (found, expected) in quad.0.iter().zip(expected.0) {
            assert!((found.x - expected.x).abs() < 2.0 && (found.y - expected.y).abs() < 2.0);
        }
        assert!((area(&quad.0) - 24_000.0).abs() < 300.0);
        assert!(may_be_rectangle(&quad));
    }

    #[test]
    fn corners_are_put_in_reading_order() {
        let expected = Quad::rectangle(0.0, 0.0, 20.0, 10.0);
        let [a, b, c, d] = expected.0;
        for corners in [[a, b, c, d], [c, d, a, b], [d, c, b, a], [b, a, d, c]] {
            assert_eq!(ordered(&Quad(corners)), expected);
        }
        assert!(contains(&expected, Point::new(10.0, 5.0)));
        assert!(!contains(&expected, Point::new(10.0, 11.0)));
    }
}
