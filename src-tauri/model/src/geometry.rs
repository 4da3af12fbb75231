//! Points, quads, affine maps and homographies in pixel coordinates.
//!
//! The origin is the top-left corner of the top-left pixel, x grows to the right and y downwards;
//! the centre of the first pixel is (0.5, 0.5). Maps are named for where they lead:
//! `page_from_strip` takes a point of the strip to the page.

use serde::{Deserialize, Serialize};

/// A point in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "[f32; 2]", into = "[f32; 2]")]
pub struct Point {
    /// Pixels to the right of the left edge.
    pub x: f32,
    /// Pixels below the top edge.
    pub y: f32,
}

impl Point {
    /// The point (x, y).
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }
}

impl From<[f32; 2]> for Point {
    fn from([x, y]: [f32; 2]) -> Self {
        Self { x, y }
    }
}

impl From<Point> for [f32; 2] {
    fn from(point: Point) -> Self {
        [point.x, point.y]
    }
}

/// Four corners in reading order of the text inside: top left, top right, bottom right, bottom left.
///
/// On a page that lies upside down the "top left" corner is therefore at the bottom right.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quad(pub [Point; 4]);

impl Quad {
    /// The upright rectangle with the given left, top, right and bottom edges.
    pub const fn rectangle(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self([
            Point::new(left, top),
            Point::new(right, top),
            Point::new(right, bottom),
            Point::new(left, bottom),
        ])
    }

    /// The smallest upright rectangle around the quad: (left, top, right, bottom).
    pub fn bounds(&self) -> (f32, f32, f32, f32) {
        let xs = self.0.map(|point| point.x);
        let ys = self.0.map(|point| point.y);
        (
            xs.into_iter().fold(f32::INFINITY, f32::min),
            ys.into_iter().fold(f32::INFINITY, f32::min),
            xs.into_iter().fold(f32::NEG_INFINITY, f32::max),
            ys.into_iter().fold(f32::NEG_INFINITY, f32::max),
        )
    }
}

/// x' = a·x + b·y + c, y' = d·x + e·y + f, stored as `[a, b, c, d, e, f]`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Affine(pub [f64; 6]);

impl Affine {
    /// The map that changes nothing.
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 0.0, 1.0, 0.0]);

    /// Where the point lands.
    pub fn apply(&self, point: Point) -> Point {
        let [a, b, c, d, e, f] = self.0;
        let (x, y) = (f64::from(point.x), f64::from(point.y));
        Point::new((a * x + b * y + c) as f32, (d * x + e * y + f) as f32)
    }

    /// First `self`, then `next`.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [p, q, r, s, t, u] = next.0;
        Self([
            p * a + q * d,
            p * b + q * e,
            p * c + q * f + r,
            s * a + t * d,
            s * b + t * e,
            s * c + t * f + u,
        ])
    }

    /// The map back, or none where the map flattens the plane.
    pub fn inverse(&self) -> Option<Self> {
        let [a, b, c, d, e, f] = self.0;
        let determinant = a * e - b * d;
        if determinant.abs() < 1e-12 || !determinant.is_finite() {
            return None;
        }
        let (a2, b2) = (e / determinant, -b / determinant);
        let (d2, e2) = (-d / determinant, a / determinant);
        Some(Self([
            a2,
            b2,
            -(a2 * c + b2 * f),
            d2,
            e2,
            -(d2 * c + e2 * f),
        ]))
    }
}

impl From<Affine> for Homography {
    fn from(Affine([a, b, c, d, e, f]): Affine) -> Self {
        Self([a, b, c, d, e, f, 0.0, 0.0, 1.0])
    }
}

/// A map of the plane that keeps straight lines straight: what a camera does to a flat document.
///
/// (x, y, 1) is multiplied by the matrix, stored row by row, and divided by its third coordinate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Homography(pub [f64; 9]);

impl Homography {
    /// The map that changes nothing.
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);

    /// The map that takes each corner of `from` to the same corner of `to`, or none where three
    /// corners of either lie on a line.
    pub fn between(from: &Quad, to: &Quad) -> Option<Self> {
        let to_square = Self::from_unit_square(from)?.inverse()?;
        Some(to_square.then(&Self::from_unit_square(to)?))
    }

    /// The map that takes the square (0,0), (1,0), (1,1), (0,1) to the quad; Heckbert, Fundamentals of
    /// Texture Mapping (1989), section 2.2.
    fn from_unit_square(quad: &Quad) -> Option<Self> {
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] =
            quad.0.map(|point| (f64::from(point.x), f64::from(point.y)));
        let (sum_x, sum_y) = (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3);
        let (right_x, right_y) = (x1 - x2, y1 - y2);
        let (lower_x, lower_y) = (x3 - x2, y3 - y2);
        let determinant = right_x * lower_y - lower_x * right_y;
        let g = (sum_x * lower_y - lower_x * sum_y) / determinant;
        let h = (right_x * sum_y - sum_x * right_y) / determinant;
        let map = Self([
            x1 - x0 + g * x1,
            x3 - x0 + h * x3,
            x0,
            y1 - y0 + g * y1,
            y3 - y0 + h * y3,
            y0,
            g,
            h,
            1.0,
        ]);
        map.inverse().map(|_| map)
    }

    /// Where the point lands.
    pub fn apply(&self, point: Point) -> Point {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let (x, y) = (f64::from(point.x), f64::from(point.y));
        let depth = g * x + h * y + i;
        Point::new(
            ((a * x + b * y + c) / depth) as f32,
            ((d * x + e * y + f) / depth) as f32,
        )
    }

    /// Where the corners of the quad land.
    pub fn quad(&self, quad: &Quad) -> Quad {
        Quad(quad.0.map(|point| self.apply(point)))
    }

    /// First `self`, then `next`.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let (first, second) = (&self.0, &next.0);
        Self(std::array::from_fn(|index| {
            let (row, column) = (index / 3, index % 3);
            (0..3)
                .map(|inner| second[3 * row + inner] * first[3 * inner + column])
                .sum()
        }))
    }

    /// The map back, or none where the map flattens the plane.
    pub fn inverse(&self) -> Option<Self> {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let cofactors = [
            e * i - f * h,
            c * h - b * i,
            b * f - c * e,
            f * g - d * i,
            a * i - c * g,
            c * d - a * f,
            d * h - e * g,
            b * g - a * h,
            a * e - b * d,
        ];
        let determinant = a * cofactors[0] + b * cofactors[3] + c * cofactors[6];
        if determinant.abs() < 1e-12 || !determinant.is_finite() {
            return None;
        }
        Some(Self(cofactors.map(|cofactor| cofactor / determinant)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Affine, Homography, Point, Quad};

    #[test]
    fn inverse_leads_back() {
        let map = Affine([2.0, 0.5, 3.0, -0.25, 1.5, -7.0]);
        let back = map.then(&map.inverse().unwrap());
        let point = back.apply(Point::new(12.0, 34.0));
        assert!((point.x - 12.0).abs() < 1e-4 && (point.y - 34.0).abs() < 1e-4);
    }

    #[test]
    fn a_homography_takes_corners_to_corners_and_back() {
        let seen = Quad([
            Point::new(171.0, 132.0),
            Point::new(1563.0, 274.0),
            Point::new(1592.0, 1025.0),
            Point::new(8.0, 894.0),
        ]);
        let straight = Quad::rectangle(0.0, 0.0, 856.0, 540.0);
        let page_from_view = Homography::between(&straight, &seen).unwrap();
        let near = |a: Point, b: Point| (a.x - b.x).abs() < 0.01 && (a.y - b.y).abs() < 0.01;
        for (corner, expected) in page_from_view.quad(&straight).0.iter().zip(seen.0) {
            assert!(near(*corner, expected));
        }
        let inside = Point::new(300.0, 200.0);
        let back = page_from_view.then(&page_from_view.inverse().unwrap());
        assert!(near(back.apply(inside), inside));
        // The middle of the card is where its diagonals cross, however it is seen.
        let middle = page_from_view.apply(Point::new(428.0, 270.0));
        let [a, b, c, d] = seen.0;
        let side = |from: Point, to: Point| {
            (to.x - from.x) * (middle.y - from.y) - (to.y - from.y) * (middle.x - from.x)
        };
        assert!(side(a, c).abs() < 50.0 && side(b, d).abs() < 50.0);
    }

    #[test]
    fn a_flat_quad_has_no_homography() {
        let line = Quad([
            Point::new(0.0, 0.0),
            Point::new(1.0, 1.0),
            Point::new(2.0, 2.0),
            Point::new(3.0, 3.0),
        ]);
        let square = Quad::rectangle(0.0, 0.0, 1.0, 1.0);
        assert!(Homography::between(&line, &square).is_none());
        assert!(Homography::between(&square, &line).is_none());
    }

    #[test]
    fn an_affine_map_is_a_homography() {
        let map = Affine([2.0, 0.5, 3.0, -0.25, 1.5, -7.0]);
        let point = Point::new(12.0, 34.0);
        assert_eq!(Homography::from(map).apply(point), map.apply(point));
    }
}
