//! Finding lines that may be a machine-readable zone, on any page, turned and bent in any way.
//!
//! The search works on a copy of about a thousand pixels a side: strokes are found by morphology,
//! smeared into lines, the lines measured and stacked into bands, and every band is proposed the
//! right way up and upside down. Pages are tried as they lie and turned by a quarter first, because
//! nearly all are scanned so; only when the caller rejects what is found there are other directions
//! estimated and tried, then the page in full resolution, then single lines. Nothing here
//! reads a character: whether a band is a zone is for the caller to say.

mod angle;
mod bitmap;
mod lines;
mod measure;
mod plane;
mod stack;

use std::collections::VecDeque;

use image::GrayImage;
use model::{Affine, Point};

use self::{
    lines::{FrameLine, SIZES, StrokeMap},
    plane::Plane,
    stack::Stack,
};

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
    let chord = (line.curve.at(left) + line.curve.at(right)) / 2.0;
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

/// Longer side of the copy that is searched: enough that capitals of 6 pixels on a page of this size
/// stay visible.
const WORKING_SIDE: usize = 1400;

/// Pages smaller than this are enlarged: strokes thinner than a pixel cannot be told from noise.
const SMALL_SIDE: usize = 450;

/// Longer side of the second, finer copy for pages that lose too much in the first.
const FINE_SIDE: usize = 2800;

/// Directions tried beside the page as it lies and its quarter turn.
const DIRECTIONS: usize = 3;

/// Bands proposed at most by one step of the search, twins not counted.
const BANDS_PER_STEP: usize = 8;

/// Proposes bands, most promising first, each followed by its upside-down twin.
///
/// Lazy: a step of the search runs only when the caller has turned down all that came before, and
/// the number of steps and of bands is bounded. The lower bound of `size_hint` counts the bands that
/// are found already and cost no further step.
pub fn bands(page: &GrayImage) -> impl Iterator<Item = Band> + '_ {
    Search {
        page,
        frames: None,
        singles: Vec::new(),
        steps: VecDeque::from([Step::AsItLies]),
        ready: VecDeque::new(),
    }
}

#[derive(Debug, Clone, Copy)]
enum Step {
    /// Rows and columns of the page.
    AsItLies,
    /// Estimates the directions and appends a step for each.
    EstimateDirections,
    /// Rows of the page turned by radians.
    Turned(f32),
    /// Rows and columns in a finer copy.
    Finer,
    /// Single lines of all frames seen.
    Singles,
}

struct Search<'a> {
    page: &'a GrayImage,
    frames: Option<Working>,
    /// Lines of every frame so far, with the way back to the page.
    singles: Vec<(Stack, Affine)>,
    steps: VecDeque<Step>,
    ready: VecDeque<Band>,
}

/// The copy of the page that is searched.
struct Working {
    grey: Plane,
    page_from_working: Affine,
}

impl Working {
    fn of(page: &GrayImage, side: usize) -> Self {
        let mut grey = Plane::of(page);
        while grey.longer_side() >= 2 * side {
            grey = grey.halved();
        }
        let longer = grey.longer_side();
        let factor = if longer > side {
            side as f32 / longer as f32
        } else if longer < SMALL_SIDE {
            (SMALL_SIDE as f32 * 2.0 / longer.max(1) as f32).clamp(2.0, 3.0)
        } else {
            1.0
        };
        if (factor - 1.0).abs() > f32::EPSILON {
            let size = |length: usize| ((length as f32 * factor).round() as usize).max(1);
            grey = grey.resized(size(grey.width), size(grey.height));
        }
        let scale = |page: u32, copy: usize| f64::from(page) / copy.max(1) as f64;
        Self {
            page_from_working: Affine([
                scale(page.width(), grey.width),
                0.0,
                0.0,
                0.0,
                scale(page.height(), grey.height),
                0.0,
            ]),
            grey,
        }
    }

    /// From the frame of the copy turned a quarter counter-clockwise.
    fn page_from_quarter_turned(&self) -> Affine {
        let width = self.grey.width as f64;
        Affine([0.0, -1.0, width, 1.0, 0.0, 0.0]).then(&self.page_from_working)
    }

    /// From the frame of the copy turned counter-clockwise by radians onto `turned`.
    fn page_from_turned(&self, angle: f32, turned: &Plane) -> Affine {
        let (sine, cosine) = f64::from(angle).sin_cos();
        let (x, y) = (turned.width as f64 / 2.0, turned.height as f64 / 2.0);
        let (cx, cy) = (self.grey.width as f64 / 2.0, self.grey.height as f64 / 2.0);
        Affine([
            cosine,
            -sine,
            cx - cosine * x + sine * y,
            sine,
            cosine,
            cy - sine * x - cosine * y,
        ])
        .then(&self.page_from_working)
    }
}

impl Iterator for Search<'_> {
    type Item = Band;

    fn next(&mut self) -> Option<Band> {
        loop {
            if let Some(band) = self.ready.pop_front() {
                return Some(band);
            }
            let step = self.steps.pop_front()?;
            self.take(step);
        }
    }

    /// At least the bands that are found already: taking these costs no step of the search.
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.ready.len(), None)
    }
}

impl Search<'_> {
    fn take(&mut self, step: Step) {
        match step {
            Step::AsItLies => {
                if self.page.width() < 16 || self.page.height() < 16 {
                    return;
                }
                let working = Working::of(self.page, WORKING_SIDE);
                self.rows_and_columns(&working);
                self.frames = Some(working);
                self.steps.push_back(Step::EstimateDirections);
            }
            Step::EstimateDirections => {
                if let Some(working) = &self.frames {
                    let found = angle::directions(&working.grey, DIRECTIONS + 2);
                    // The page as it lies and its quarter turn saw these already, slope and all.
                    let seen = 4.0_f32.to_radians();
                    let slanted = found.into_iter().filter(|angle| {
                        angle.abs() > seen
                            && (angle.abs() - std::f32::consts::FRAC_PI_2).abs() > seen
                    });
                    self.steps
                        .extend(slanted.take(DIRECTIONS).map(Step::Turned));
                }
                if self.page.width().max(self.page.height()) as usize > WORKING_SIDE * 3 / 2 {
                    self.steps.push_back(Step::Finer);
                }
                self.steps.push_back(Step::Singles);
            }
            Step::Turned(angle) => {
                if let Some(working) = &self.frames {
                    let turned = working.grey.turned(angle);
                    let page_from_frame = working.page_from_turned(angle, &turned);
                    let frame = Frame::new(stroke_maps(&turned), page_from_frame);
                    self.propose(&[frame]);
                }
            }
            Step::Finer => {
                let working = Working::of(self.page, FINE_SIDE);
                self.rows_and_columns(&working);
            }
            Step::Singles => {
                let mut singles = std::mem::take(&mut self.singles);
                singles.sort_by(|a, b| b.0.score.total_cmp(&a.0.score));
                for (stack, page_from_frame) in singles.iter().take(BANDS_PER_STEP) {
                    self.push(&Band::of(stack, page_from_frame));
                }
            }
        }
    }

    fn rows_and_columns(&mut self, working: &Working) {
        let maps = stroke_maps(&working.grey);
        let turned = maps.iter().map(StrokeMap::quarter_turned).collect();
        self.propose(&[
            Frame::new(maps, working.page_from_working),
            Frame::new(turned, working.page_from_quarter_turned()),
        ]);
    }

    /// Proposes the bands of frames together, best first, and remembers their single lines.
    fn propose(&mut self, frames: &[Frame]) {
        let mut found: Vec<(Stack, &Frame)> = Vec::new();
        for frame in frames {
            let singles = stack::singles(frame.lines.clone());
            self.singles.extend(
                singles
                    .into_iter()
                    .map(|single| (stack::settled(&single, &frame.maps), frame.page_from_frame)),
            );
            let stacks = stack::stacks(frame.lines.clone());
            found.extend(stacks.into_iter().map(|stack| (stack, frame)));
        }
        found.sort_by(|a, b| b.0.score.total_cmp(&a.0.score));
        for (stack, frame) in found.iter().take(BANDS_PER_STEP) {
            let settled = stack::settled(stack, &frame.maps);
            self.push(&Band::of(&settled, &frame.page_from_frame));
        }
    }

    fn push(&mut self, band: &Band) {
        self.ready.push_back(band.clone());
        self.ready.push_back(band.reversed());
    }
}

fn stroke_maps(grey: &Plane) -> Vec<StrokeMap> {
    let smooth = grey.smoothed();
    SIZES
        .into_iter()
        .map(|size| StrokeMap::new(grey, &smooth, size))
        .collect()
}

/// The page seen in one direction: stroke maps, the lines in them, and the way back.
struct Frame {
    maps: Vec<StrokeMap>,
    lines: Vec<FrameLine>,
    page_from_frame: Affine,
}

impl Frame {
    fn new(maps: Vec<StrokeMap>, page_from_frame: Affine) -> Self {
        let mut lines = Vec::new();
        for line in maps.iter().flat_map(lines::find) {
            lines::keep(&mut lines, line);
        }
        Self {
            maps,
            lines,
            page_from_frame,
        }
    }
}
