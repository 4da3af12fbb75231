//! Points, quads and affine maps in pixel coordinates.
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

#[cfg(test)]
mod tests {
    use super::{Affine, Point};

    #[test]
    fn inverse_leads_back() {
        let map = Affine([2.0, 0.5, 3.0, -0.25, 1.5, -7.0]);
        let back = map.then(&map.inverse().unwrap());
        let point = back.apply(Point::new(12.0, 34.0));
        assert!((point.x - 12.0).abs() < 1e-4 && (point.y - 34.0).abs() < 1e-4);
    }
}
