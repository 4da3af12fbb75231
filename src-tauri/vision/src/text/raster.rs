//! Pictures of other sizes: the view as the detector wants it, and lines cut out of the view.

use image::RgbImage;
use model::{Point, Quad};

/// Samples along one side of a pixel at most, when the picture is reduced.
const FINEST: usize = 4;

/// Three planes of a picture in the order blue, green, red, which is the order the networks were
/// trained in.
pub(super) struct Planes {
    /// One plane after the other, rows of values.
    pub(super) values: Vec<f32>,
    /// Columns of a plane.
    pub(super) width: usize,
    /// Rows of a plane.
    pub(super) height: usize,
}

/// How grey levels become the values of a network: level / 255, less the mean, through the deviation.
pub(super) struct Scale {
    /// For blue, green, red.
    pub(super) mean: [f32; 3],
    /// For blue, green, red.
    pub(super) deviation: [f32; 3],
}

impl Scale {
    /// Levels to the range −1 to 1.
    pub(super) const EVEN: Self = Self {
        mean: [0.5; 3],
        deviation: [0.5; 3],
    };
}

/// The part of the picture inside the quad, stretched over `columns` of the planes; columns from
/// there to `width` stay zero.
///
/// Beyond the picture's border its outermost pixels go on.
pub(super) fn stretch(
    picture: &RgbImage,
    quad: &Quad,
    [columns, width, height]: [usize; 3],
    scale: &Scale,
) -> Planes {
    let mut values = vec![0.0; 3 * width * height];
    let [top_left, top_right, bottom_right, bottom_left] = quad.0;
    let across = distance(top_left, top_right).max(distance(bottom_left, bottom_right));
    let down = distance(top_left, bottom_left).max(distance(top_right, bottom_right));
    let fine = |pixels: f32, cells: usize| {
        ((pixels / cells.max(1) as f32).ceil() as usize).clamp(1, FINEST)
    };
    let (fine_x, fine_y) = (fine(across, columns), fine(down, height));
    let sampler = Sampler::new(picture);
    let share = 1.0 / (fine_x * fine_y) as f32;
    for y in 0..height {
        for x in 0..columns {
            let mut sum = [0.0; 3];
            for part_y in 0..fine_y {
                let v = (y as f32 + (part_y as f32 + 0.5) / fine_y as f32) / height as f32;
                let left = between(top_left, bottom_left, v);
                let right = between(top_right, bottom_right, v);
                for part_x in 0..fine_x {
                    let u = (x as f32 + (part_x as f32 + 0.5) / fine_x as f32) / columns as f32;
                    let colour = sampler.at(between(left, right, u));
                    for (total, level) in sum.iter_mut().zip(colour) {
                        *total += level;
                    }
                }
            }
            for (plane, total) in sum.into_iter().rev().enumerate() {
                values[(plane * height + y) * width + x] =
                    (total * share / 255.0 - scale.mean[plane]) / scale.deviation[plane];
            }
        }
    }
    Planes {
        values,
        width,
        height,
    }
}

/// Length from a to b.
pub(super) fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// The point at the share of the way from a to b.
pub(super) fn between(a: Point, b: Point, share: f32) -> Point {
    Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
}

/// Colours between the pixels.
struct Sampler<'a> {
    levels: &'a [u8],
    width: usize,
    right: f32,
    bottom: f32,
}

impl<'a> Sampler<'a> {
    /// The picture has at least one pixel.
    fn new(picture: &'a RgbImage) -> Self {
        Self {
            levels: picture.as_raw(),
            width: picture.width() as usize,
            right: picture.width().saturating_sub(1) as f32,
            bottom: picture.height().saturating_sub(1) as f32,
        }
    }

    /// Red, green and blue at the point, from the four pixels around it.
    fn at(&self, point: Point) -> [f32; 3] {
        let x = (point.x - 0.5).clamp(0.0, self.right);
        let y = (point.y - 0.5).clamp(0.0, self.bottom);
        let (left, top) = (x.floor(), y.floor());
        let (share_x, share_y) = (x - left, y - top);
        let column = left as usize;
        let next_column = if left < self.right {
            column + 1
        } else {
            column
        };
        let row = top as usize * self.width;
        let next_row = if top < self.bottom {
            row + self.width
        } else {
            row
        };
        let pixel = |row: usize, column: usize| &self.levels[(row + column) * 3..][..3];
        let (a, b) = (pixel(row, column), pixel(row, next_column));
        let (c, d) = (pixel(next_row, column), pixel(next_row, next_column));
        std::array::from_fn(|channel| {
            let level = |of: &[u8]| f32::from(of[channel]);
            let above = level(a) + (level(b) - level(a)) * share_x;
            let below = level(c) + (level(d) - level(c)) * share_x;
            above + (below - above) * share_y
        })
    }
}
