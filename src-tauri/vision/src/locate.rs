//! Finding lines that may be a machine-readable zone, on any page, turned and bent in any way.
//!
//! Strokes are found by morphology on a reduced copy, smeared into lines, the lines measured and
//! stacked into bands, and every band is proposed the right way up and upside down. Nothing here
//! reads a character: whether a band is a zone is for the caller to say.

mod angle;
mod bitmap;
mod lines;
mod measure;
mod plane;
mod search;
mod stack;

use model::{Affine, Point};

pub use self::search::bands;
use self::{lines::FrameLine, stack::Stack};

/// One line of text on a page, in page pixels.
///
/// The centreline runs from `start` to `end` in reading order, half-way between the feet and the
/// heads of capital letters. It may bend: its middle lies `bow` pixels off the straight line
/// between the ends, towards the feet of the letters, and the curve between is the parabola through
/// the three points. The capital height may change along the line, linearly between its ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextLine {
    /// Left end, seen with the text upright.
    pub start: Point,
    /// Right end, seen with the text upright.
    pub end: Point,
    /// How far the middle sags towards the feet of the letters, in pixels.
    pub bow: f32,
    /// Height of a capital letter at the start, in pixels.
    pub height_start: f32,
    /// Height of a capital letter at the end, in pixels.
    pub height_end: f32,
}

impl TextLine {
    /// Distance of the ends.
    pub fn length(&self) -> f32 {
        (self.end.x - self.start.x).hypot(self.end.y - self.start.y)
    }

    /// Unit vector from start to end; to the right for a line without extent.
    fn forward(&self) -> Point {
        let length = self.length();
        if length > 0.0 {
            Point::new(
                (self.end.x - self.start.x) / length,
                (self.end.y - self.start.y) / length,
            )
        } else {
            Point::new(1.0, 0.0)
        }
    }

    /// Capital height at a share of the way; beyond the ends as at the ends.
    pub fn height_at(&self, along: f32) -> f32 {
        let height =
            self.height_start + (self.height_end - self.height_start) * along.clamp(0.0, 1.0);
        height.max(1.0)
    }

    /// The point of the centreline at a share of the way, which may lie beyond the ends.
    pub fn point_at(&self, along: f32) -> Point {
        let forward = self.forward();
        let sag = 4.0 * along * (1.0 - along) * self.bow;
        Point::new(
            self.start.x + (self.end.x - self.start.x) * along - forward.y * sag,
            self.start.y + (self.end.y - self.start.y) * along + forward.x * sag,
        )
    }

    /// Unit vector towards the feet of the letters at a share of the way.
    pub fn down_at(&self, along: f32) -> Point {
        let forward = self.forward();
        let (length, drift) = (self.length().max(1.0), 4.0 * (1.0 - 2.0 * along) * self.bow);
        // The tangent is `length` forward and `drift` down; its normal is turned by a quarter.
        let x = -forward.y * length - forward.x * drift;
        let y = forward.x * length - forward.y * drift;
        let norm = x.hypot(y);
        Point::new(x / norm, y / norm)
    }

    /// Pixels of the curve to one whole way, here.
    pub fn speed_at(&self, along: f32) -> f32 {
        self.length().hypot(4.0 * (1.0 - 2.0 * along) * self.bow)
    }

    /// The line made longer along its curve, by shares of its length before the start and behind the
    /// end; negative shares make it shorter.
    #[must_use]
    pub fn extended(&self, before: f32, behind: f32) -> Self {
        let whole = 1.0 + before + behind;
        let taper = self.height_end - self.height_start;
        Self {
            start: self.point_at(-before),
            end: self.point_at(1.0 + behind),
            // The sag of a parabola grows with the square of its chord.
            bow: self.bow * whole * whole,
            height_start: (self.height_start - taper * before).max(1.0),
            height_end: (self.height_end + taper * behind).max(1.0),
        }
    }

    /// The same place with the text upside down.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self {
            start: self.end,
            end: self.start,
            bow: -self.bow,
            height_start: self.height_end,
            height_end: self.height_start,
        }
    }
}

/// One to three lines that may be a machine-readable zone, seen one way up.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// The lines in reading order.
    pub lines: Vec<TextLine>,
    /// How much it looks like a zone; larger is better, comparable within one page only.
    pub score: f32,
    /// Clockwise quarter turns (0–3) after which the text stands upright, to the nearest.
    pub quarter_turns: u8,
}

impl Band {
    fn of(stack: &Stack, page_from_frame: &Affine) -> Self {
        let lines: Vec<TextLine> = stack
            .lines
            .iter()
            .map(|line| to_page(line, page_from_frame))
            .collect();
        Self {
            quarter_turns: quarter_turns(&lines),
            lines,
            score: stack.score,
        }
    }

    /// The same place with the text upside down.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let lines: Vec<TextLine> = self.lines.iter().rev().map(TextLine::reversed).collect();
        Self {
            quarter_turns: quarter_turns(&lines),
            lines,
            score: self.score,
        }
    }
}

fn quarter_turns(lines: &[TextLine]) -> u8 {
    let forward = lines
        .first()
        .map_or(Point::new(1.0, 0.0), TextLine::forward);
    let turned = (forward.y.atan2(forward.x) / std::f32::consts::FRAC_PI_2).round() as i32;
    (-turned).rem_euclid(4) as u8
}

/// The frame's maps are turns and uniform scalings, so a parabola's three points carry it over.
fn to_page(line: &FrameLine, page_from_frame: &Affine) -> TextLine {
    let on_page = |x: f32| page_from_frame.apply(Point::new(x, line.curve.at(x)));
    let [a, b, _, d, e, _] = page_from_frame.0;
    let scale = (a * e - b * d).abs().sqrt() as f32;
    let (left, right) = (line.left, line.right);
    let chord = f32::midpoint(line.curve.at(left), line.curve.at(right));
    let slope = (line.curve.at(right) - line.curve.at(left)) / (right - left).max(1.0);
    // Heights and sag were measured down the columns; across the line they are shorter.
    let upright = 1.0 / 1.0_f32.hypot(slope);
    TextLine {
        start: on_page(left),
        end: on_page(right),
        bow: (line.curve.at(line.middle()) - chord) * scale * upright,
        height_start: line.height_left * scale * upright,
        height_end: line.height_right * scale * upright,
    }
}

#[cfg(test)]
mod tests {
    use model::Point;

    use super::TextLine;

    #[test]
    fn a_longer_line_lies_on_the_same_curve() {
        let line = TextLine {
            start: Point::new(100.0, 200.0),
            end: Point::new(500.0, 260.0),
            bow: 6.0,
            height_start: 20.0,
            height_end: 24.0,
        };
        for (before, behind) in [(0.0, 0.4), (0.4, 0.0), (0.2, 0.2), (-0.1, 0.3), (0.0, -0.2)] {
            let longer = line.extended(before, behind);
            for part in 0..=10_u8 {
                let along = f32::from(part) / 10.0;
                let same = -before + along * (1.0 + before + behind);
                let (one, other) = (longer.point_at(along), line.point_at(same));
                let off = (one.x - other.x).hypot(one.y - other.y);
                assert!(off < 1.0, "{before} {behind}, {part}: {off} pixels");
            }
            assert!((longer.height_at(0.0) - (20.0 - 4.0 * before)).abs() < 1e-3);
            assert!((longer.height_at(1.0) - (24.0 + 4.0 * behind)).abs() < 1e-3);
        }
    }
}
