//! The order in which a page is searched, so that the common case is cheap and no case is given up.
//!
//! A page is looked at in a copy of 700 pixels first, as it lies and turned by a quarter, because
//! nearly all zones show there; then, while the caller turns down what is found, in the directions its
//! text seems to run, in finer copies, and at last line by line. Convincing bands are
//! proposed at once, the others when the steps of their kind are through.

use std::collections::VecDeque;

use image::GrayImage;
use model::Affine;

use super::{
    Band,
    angle::{self, Direction},
    lines::{self, FrameLine, StrokeMap},
    plane::Plane,
    stack::{self, Stack},
};

/// Longer side of the first copy. A zone that fills a page of this size has capitals of 10 to 30
/// pixels.
const COARSE_SIDE: usize = 700;

/// Longer side of the second: capitals of 6 pixels on a page of this size stay visible.
const WORKING_SIDE: usize = 1400;

/// Longer side of the third, for zones that are small on large pages.
const FINE_SIDE: usize = 2800;

/// Pages smaller than this are enlarged to the side of the first copy: strokes thinner than a pixel
/// cannot be told from noise.
const SMALL_SIDE: usize = 450;

/// Capital heights that the passes on the first copy are made for.
const COARSE_SIZES: &[f32] = &[8.0, 14.0, 24.0];

/// The same for finer copies, where only the small remains to be found.
const FINE_SIZES: &[f32] = &[7.0, 12.0];

/// Directions tried beside the page as it lies and its quarter turn.
const DIRECTIONS: usize = 3;

/// Score from which a band is proposed before the search goes on. Bands that were no zone stayed
/// below 2, zones were above 2.2, on nearly every picture looked at.
const STRONG: f32 = 2.1;

/// Capital height, in pixels of a reduced copy, below which a finer copy is to be asked.
const COARSE_HEIGHT: f32 = 6.0;

/// Score from which bands that a direction shows in the first copy make it worth a larger one.
const PROMISING: f32 = 1.4;

/// Score below which a band is not worth a look.
const WEAK: f32 = 0.7;

/// Bands of less than [`STRONG`] proposed at most each time, twins not counted.
const WEAK_BANDS: usize = 6;

/// Single lines proposed at most.
const SINGLES: usize = 6;

/// Proposes bands, most promising first, each followed by its upside-down twin.
///
/// Lazy: a step of the search runs only when the caller has turned down all that came before, and
/// the number of steps and of bands is bounded. The lower bound of `size_hint` counts the bands that
/// are found already: a caller that has its zone and only wonders about a second document on the
/// page looks at these and no further.
pub fn bands(page: &GrayImage) -> impl Iterator<Item = Band> + '_ {
    let mut steps = VecDeque::new();
    if page.width() >= 16 && page.height() >= 16 {
        let longer = page.width().max(page.height()) as usize;
        steps.push_back(Step::Copy(COARSE_SIDE));
        steps.push_back(Step::Rows);
        steps.push_back(Step::Columns);
        steps.push_back(Step::Directions);
        steps.push_back(Step::Turned(Which::All));
        if longer > COARSE_SIDE {
            steps.push_back(Step::Copy(WORKING_SIDE));
            steps.push_back(Step::Rows);
            steps.push_back(Step::Columns);
            steps.push_back(Step::Turned(Which::Promising));
        }
        steps.push_back(Step::Pending);
        if longer > WORKING_SIDE * 3 / 2 {
            steps.push_back(Step::Copy(FINE_SIDE));
            steps.push_back(Step::Rows);
            steps.push_back(Step::Columns);
            steps.push_back(Step::Pending);
        }
        steps.push_back(Step::Singles);
    }
    Bands {
        page,
        copies: Vec::new(),
        frames: Vec::new(),
        directions: Vec::new(),
        pending: Vec::new(),
        steps,
        ready: VecDeque::new(),
    }
}

#[derive(Debug, Clone, Copy)]
enum Step {
    /// Makes a copy of the page with this longer side.
    Copy(usize),
    /// Rows of the last copy.
    Rows,
    /// Its columns, from the stroke maps of its rows.
    Columns,
    /// Estimates the directions of text on the first copy.
    Directions,
    /// Prepends a step for each of these directions.
    Turned(Which),
    /// Rows of the last copy turned into the direction of this index.
    TurnedInto(usize),
    /// What was found so far but not convincing enough to be proposed at once.
    Pending,
    /// Single lines of all frames.
    Singles,
}

/// Directions to turn a copy into.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Which {
    All,
    /// Those that stand out, and those in which the first copy showed lines that go together: turning
    /// and searching a large copy is the dearest step there is.
    Promising,
}

/// Bands of a page, found as they are asked for.
struct Bands<'a> {
    page: &'a GrayImage,
    copies: Vec<Copy>,
    frames: Vec<Frame>,
    /// Directions of text that no frame of rows or columns has seen.
    directions: Vec<Direction>,
    /// Stacks held back, with the index of their frame.
    pending: Vec<(Stack, usize)>,
    steps: VecDeque<Step>,
    ready: VecDeque<Band>,
}

impl Bands<'_> {
    fn take(&mut self, step: Step) {
        match step {
            Step::Copy(side) => self.copies.push(Copy::of(self.page, side)),
            Step::Rows => {
                let Some(copy) = self.copies.last() else {
                    return;
                };
                let maps = copy.stroke_maps(&copy.grey);
                self.search(Frame::new(maps, copy.page_from_here, copy.reduced));
            }
            Step::Columns => {
                let (Some(copy), Some(rows)) = (self.copies.last(), self.frames.last()) else {
                    return;
                };
                let maps = rows.maps.iter().map(StrokeMap::quarter_turned).collect();
                self.search(Frame::new(
                    maps,
                    copy.page_from_quarter_turned(),
                    copy.reduced,
                ));
            }
            Step::Directions => {
                let Some(copy) = self.copies.first() else {
                    return;
                };
                let found = angle::directions(&copy.grey, DIRECTIONS + 2);
                // On a page of few pixels another turn costs little, and a second look at much the same
                // direction has found lines that the first lost.
                let small = self.page.width().max(self.page.height()) as usize <= COARSE_SIDE;
                // The page as it lies and its quarter turn saw these already, slope and all.
                let seen = 4.0_f32.to_radians();
                let quarter = std::f32::consts::FRAC_PI_2;
                self.directions = found
                    .into_iter()
                    .filter(|direction| {
                        let angle = direction.angle.abs();
                        (small || direction.shows_text)
                            && angle > seen
                            && (angle - quarter).abs() > seen
                    })
                    .take(DIRECTIONS)
                    .collect();
            }
            Step::Turned(which) => {
                for (index, direction) in self.directions.iter().enumerate().rev() {
                    if which == Which::All || direction.distinct {
                        self.steps.push_front(Step::TurnedInto(index));
                    }
                }
            }
            Step::TurnedInto(index) => {
                let (Some(copy), Some(angle)) = (
                    self.copies.last(),
                    self.directions.get(index).map(|direction| direction.angle),
                ) else {
                    return;
                };
                let waiting = self.pending.len();
                let turned = copy.grey.turned(angle);
                let page_from_here = copy.page_from_turned(angle, &turned);
                self.search(Frame::new(
                    copy.stroke_maps(&turned),
                    page_from_here,
                    copy.reduced,
                ));
                let found = self.pending.get(waiting..).unwrap_or_default();
                if found.iter().any(|(stack, _)| stack.score >= PROMISING)
                    && let Some(direction) = self.directions.get_mut(index)
                {
                    direction.distinct = true;
                }
            }
            Step::Pending => {
                let mut pending = std::mem::take(&mut self.pending);
                pending.sort_by(|a, b| b.0.score.total_cmp(&a.0.score));
                pending.truncate(WEAK_BANDS);
                for (stack, frame) in &pending {
                    self.push(stack, *frame);
                }
            }
            Step::Singles => {
                let mut singles: Vec<(Stack, usize)> = Vec::new();
                for (index, frame) in self.frames.iter().enumerate() {
                    let found = stack::singles(&frame.lines);
                    singles.extend(found.into_iter().map(|single| (single, index)));
                }
                singles.sort_by(|a, b| b.0.score.total_cmp(&a.0.score));
                singles.truncate(SINGLES);
                for (single, frame) in &singles {
                    self.push(single, *frame);
                }
            }
        }
    }

    /// Proposes the convincing bands of a frame and holds the others back.
    fn search(&mut self, frame: Frame) {
        let index = self.frames.len();
        let stacks = stack::stacks(&frame.lines);
        self.frames.push(frame);
        for stack in stacks {
            // Letters of a few pixels are found but badly measured; a finer copy, where the page has
            // more to show, does better.
            let small = self.frames[index].reduced && stack.height() < COARSE_HEIGHT;
            if stack.score >= STRONG && !small {
                self.push(&stack, index);
            } else if stack.score >= WEAK {
                self.pending.push((stack, index));
            }
        }
    }

    fn push(&mut self, stack: &Stack, frame: usize) {
        let frame = &self.frames[frame];
        let settled = stack::settled(stack, &frame.maps);
        let band = Band::of(&settled, &frame.page_from_here);
        let reversed = band.reversed();
        self.ready.push_back(band);
        self.ready.push_back(reversed);
    }
}

impl Iterator for Bands<'_> {
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

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.ready.len(), None)
    }
}

/// The page, reduced or enlarged.
struct Copy {
    grey: Plane,
    page_from_here: Affine,
    sizes: &'static [f32],
    /// Whether the page has finer detail than the copy.
    reduced: bool,
}

impl Copy {
    fn of(page: &GrayImage, side: usize) -> Self {
        let mut grey = Plane::reduced(page, side);
        let longer = grey.longer_side();
        let factor = if longer > side {
            side as f32 / longer as f32
        } else if longer < SMALL_SIDE {
            (COARSE_SIDE as f32 / longer as f32).min(3.0)
        } else {
            1.0
        };
        if (factor - 1.0).abs() > f32::EPSILON {
            let size = |length: usize| ((length as f32 * factor).round() as usize).max(1);
            grey = grey.resized(size(grey.width), size(grey.height));
        }
        let scale = |page: u32, copy: usize| f64::from(page) / copy.max(1) as f64;
        let (x, y) = (
            scale(page.width(), grey.width),
            scale(page.height(), grey.height),
        );
        Self {
            reduced: x > 1.2,
            grey,
            page_from_here: Affine([x, 0.0, 0.0, 0.0, y, 0.0]),
            sizes: if side == COARSE_SIDE {
                COARSE_SIZES
            } else {
                FINE_SIZES
            },
        }
    }

    fn stroke_maps(&self, grey: &Plane) -> Vec<StrokeMap> {
        let smooth = grey.smoothed();
        self.sizes
            .iter()
            .map(|&size| StrokeMap::new(grey, &smooth, size))
            .collect()
    }

    /// From the frame of the copy turned a quarter counter-clockwise.
    fn page_from_quarter_turned(&self) -> Affine {
        let width = self.grey.width as f64;
        Affine([0.0, -1.0, width, 1.0, 0.0, 0.0]).then(&self.page_from_here)
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
        .then(&self.page_from_here)
    }
}

/// A copy seen in one direction: stroke maps, the lines in them, and the way back.
struct Frame {
    maps: Vec<StrokeMap>,
    lines: Vec<FrameLine>,
    page_from_here: Affine,
    /// Whether the page has finer detail than the copy.
    reduced: bool,
}

impl Frame {
    fn new(maps: Vec<StrokeMap>, page_from_here: Affine, reduced: bool) -> Self {
        let mut lines = Vec::new();
        for line in maps.iter().flat_map(lines::find) {
            lines::keep(&mut lines, line);
        }
        Self {
            maps,
            lines,
            page_from_here,
            reduced,
        }
    }
}
