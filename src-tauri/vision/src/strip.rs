//! Cutting one line of text out of a page as a straight strip of fixed height.
//!
//! The strip is sampled from the full-resolution page in one step, along the line's curve and with
//! its changing height, so that no intermediate picture costs sharpness.

use image::GrayImage;
use model::Point;

use crate::locate::TextLine;

/// Room before and behind the text in capital heights: a character and its gap, so that a line
/// located a little short still shows its first and last character.
const MARGIN: f32 = 1.3;

/// Columns at most. The longest line of a machine-readable zone needs about 750; a line that needs
/// four times as many is no line of text.
const WIDEST: usize = 3000;

/// Samples along one side of a pixel at most, when the page is reduced.
const FINEST: u32 = 8;

/// The strip a recogniser wants.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StripShape {
    /// Pixels down.
    pub height: u32,
    /// Height of a capital letter as a share of `height`.
    pub capital: f32,
}

/// A small change of the cut, so that several reads of one line make independent mistakes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jitter {
    /// The capital height is taken to be this many times the line's own.
    pub scale: f32,
    /// The strip is moved down the page by this many capital heights.
    pub offset: f32,
}

impl Jitter {
    /// The line as it was located.
    pub const NONE: Self = Self {
        scale: 1.0,
        offset: 0.0,
    };
}

/// One line of text, straight and in reading order from left to right.
#[derive(Debug, Clone)]
pub struct Strip {
    /// Grey values, [`StripShape::height`] pixels down.
    pub pixels: GrayImage,
    /// Where the columns begin and the last one ends (width + 1 pairs): the points on the upper and
    /// the lower edge of the capitals, in page pixels.
    pub edges: Vec<(Point, Point)>,
}

/// Cuts the line out of the page, with a margin of about one character at either end.
///
/// Beyond the page's border its outermost pixels go on. The strip is at least one pixel wide.
pub fn cut(page: &GrayImage, line: &TextLine, shape: StripShape, jitter: Jitter) -> Strip {
    let columns = columns(line, shape, jitter);
    let height = shape.height as usize;
    let width = columns.len() - 1;
    let mut pixels = GrayImage::new(width as u32, shape.height);
    let sampler = Sampler {
        pixels: page,
        width: page.width() as usize,
        height: page.height() as usize,
    };
    if sampler.width > 0 && sampler.height > 0 {
        for (x, pair) in columns.windows(2).enumerate() {
            let [left, right] = pair else { continue };
            let column = left.towards(right, 0.5);
            for (y, grey) in pixels.iter_mut().skip(x).step_by(width).enumerate() {
                let down = (y as f32 + 0.5 - height as f32 / 2.0) * column.pixel
                    + jitter.offset * column.height;
                let centre = column.below(down);
                *grey = sampler.area(centre, column.down, column.pixel);
            }
        }
    }
    let edges = columns
        .iter()
        .map(|column| {
            let half = column.height / 2.0;
            (column.below(-half), column.below(half))
        })
        .collect();
    Strip { pixels, edges }
}

/// A place on the centreline where a column of the strip begins.
#[derive(Clone, Copy)]
struct Column {
    centre: Point,
    /// Unit vector towards the feet of the letters.
    down: Point,
    /// Capital height here, in page pixels.
    height: f32,
    /// Page pixels to a pixel of the strip.
    pixel: f32,
}

impl Column {
    fn below(&self, distance: f32) -> Point {
        Point::new(
            self.centre.x + self.down.x * distance,
            self.centre.y + self.down.y * distance,
        )
    }

    fn towards(&self, other: &Self, share: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * share;
        Self {
            centre: Point::new(
                mix(self.centre.x, other.centre.x),
                mix(self.centre.y, other.centre.y),
            ),
            down: Point::new(
                mix(self.down.x, other.down.x),
                mix(self.down.y, other.down.y),
            ),
            height: mix(self.height, other.height),
            pixel: mix(self.pixel, other.pixel),
        }
    }
}

/// The beginnings of all columns and the end of the last: steps along the curve that shrink and
/// grow with the letters, so that characters are equally wide in the strip.
fn columns(line: &TextLine, shape: StripShape, jitter: Jitter) -> Vec<Column> {
    let capital = (shape.capital * shape.height as f32).max(1.0);
    let column = |along: f32| {
        let height = line.height_at(along);
        Column {
            centre: line.point_at(along),
            down: line.down_at(along),
            height,
            pixel: height * jitter.scale.max(0.1) / capital,
        }
    };
    let length = line.length().max(1.0);
    let end = 1.0 + MARGIN * line.height_at(1.0) / length;
    let mut along = -MARGIN * line.height_at(0.0) / length;
    let mut columns = vec![column(along)];
    while columns.len() < 2 || (along < end && columns.len() <= WIDEST) {
        let here = column(along);
        along += here.pixel / line.speed_at(along).max(1.0);
        columns.push(column(along));
    }
    columns
}

struct Sampler<'a> {
    pixels: &'a [u8],
    width: usize,
    height: usize,
}

impl Sampler<'_> {
    /// The grey value of a square of `side` page pixels around `centre`.
    fn area(&self, centre: Point, down: Point, side: f32) -> u8 {
        if side <= 1.0 {
            return self.cubic(centre);
        }
        let count = (side.ceil() as u32).min(FINEST);
        let right = Point::new(down.y, -down.x);
        let spacing = side / count as f32;
        let first = (1.0 - count as f32) / 2.0 * spacing;
        let mut sum = 0.0;
        for i in 0..count {
            let v = first + i as f32 * spacing;
            for j in 0..count {
                let u = first + j as f32 * spacing;
                sum += self.linear(
                    centre.x + right.x * u + down.x * v,
                    centre.y + right.y * u + down.y * v,
                );
            }
        }
        (sum / (count * count) as f32 + 0.5) as u8
    }

    fn row(&self, y: isize) -> &[u8] {
        let y = y.clamp(0, self.height as isize - 1) as usize;
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    fn linear(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (across, down) = (x - left, y - top);
        let (left, top) = (left as isize, top as isize);
        let last = self.width as isize - 1;
        let columns = [left, left + 1].map(|x| x.clamp(0, last) as usize);
        let [upper, lower] = [top, top + 1].map(|y| {
            let row = self.row(y);
            let [left, right] = columns.map(|x| f32::from(row[x]));
            left + (right - left) * across
        });
        upper + (lower - upper) * down
    }

    /// Catmull-Rom interpolation: sharper than linear where letters of a few pixels are enlarged.
    fn cubic(&self, at: Point) -> u8 {
        let (x, y) = (at.x - 0.5, at.y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (across, down) = (weights(x - left), weights(y - top));
        let (left, top) = (left as isize, top as isize);
        let last = self.width as isize - 1;
        let mut sum = 0.0;
        for (y, weight) in (top - 1..).zip(down) {
            let row = self.row(y);
            let inner = usize::try_from(left - 1)
                .ok()
                .and_then(|left| row.get(left..left + 4));
            let across: f32 = match inner {
                Some(four) => four
                    .iter()
                    .zip(across)
                    .map(|(&grey, weight)| f32::from(grey) * weight)
                    .sum(),
                None => (left - 1..)
                    .zip(across)
                    .map(|(x, weight)| f32::from(row[x.clamp(0, last) as usize]) * weight)
                    .sum(),
            };
            sum += across * weight;
        }
        (sum + 0.5).clamp(0.0, 255.0) as u8
    }
}

/// The weights of the four neighbours of a point `t` behind the second (Keys 1981, a = -1/2).
fn weights(t: f32) -> [f32; 4] {
    let (t2, t3) = (t * t, t * t * t);
    [
        0.5 * (-t3 + 2.0 * t2 - t),
        0.5 * (3.0 * t3 - 5.0 * t2 + 2.0),
        0.5 * (-3.0 * t3 + 4.0 * t2 + t),
        0.5 * (t3 - t2),
    ]
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma};
    use model::Point;

    use super::{Jitter, StripShape, cut};
    use crate::locate::TextLine;

    const SHAPE: StripShape = StripShape {
        height: 24,
        capital: 0.62,
    };

    /// A page with a row of bars along a line: one bar per capital height, dark from head to foot.
    fn barred(line: &TextLine) -> GrayImage {
        let mut page = GrayImage::from_pixel(900, 900, Luma([255]));
        let count = (line.length() / f32::midpoint(line.height_start, line.height_end)) as usize;
        for step in 0..count * 40 {
            let along = step as f32 / (count * 40) as f32;
            if step % 40 < 20 {
                let (centre, down) = (line.point_at(along), line.down_at(along));
                let half = line.height_at(along) / 2.0;
                for across in -60_i32..=60 {
                    let distance = half * across as f32 / 60.0;
                    let x = centre.x + down.x * distance;
                    let y = centre.y + down.y * distance;
                    page.put_pixel(x as u32, y as u32, Luma([0]));
                }
            }
        }
        page
    }

    /// Mean grey of the rows that letters fill and of those they leave free.
    fn rows(strip: &GrayImage) -> (f32, f32) {
        let mean = |y: u32| {
            let from = 22;
            let to = strip.width() - 22;
            (from..to)
                .map(|x| f32::from(strip.get_pixel(x, y).0[0]))
                .sum::<f32>()
                / (to - from) as f32
        };
        let inside = (7..17).map(mean).sum::<f32>() / 10.0;
        let outside = [0, 1, 22, 23].map(mean).iter().sum::<f32>() / 4.0;
        (inside, outside)
    }

    #[test]
    fn lines_in_every_direction_come_out_straight() {
        let centre = Point::new(450.0, 450.0);
        for (angle, bow, taper) in [
            (0.0_f32, 0.0, 1.0),
            (0.5, 0.0, 1.0),
            (1.6, 0.0, 1.0),
            (3.1, 0.0, 1.0),
            (-2.0, 25.0, 1.0),
            (0.3, -30.0, 1.0),
            (0.3, 0.0, 1.6),
            (4.0, 15.0, 0.6),
        ] {
            let reach = Point::new(350.0 * angle.cos(), 350.0 * angle.sin());
            let line = TextLine {
                start: Point::new(centre.x - reach.x, centre.y - reach.y),
                end: Point::new(centre.x + reach.x, centre.y + reach.y),
                bow,
                height_start: 30.0,
                height_end: 30.0 * taper,
            };
            let strip = cut(&barred(&line), &line, SHAPE, Jitter::NONE);
            let (inside, outside) = rows(&strip.pixels);
            assert!(inside < 170.0, "{angle} {bow} {taper}: letters at {inside}");
            assert!(
                outside > 250.0,
                "{angle} {bow} {taper}: margin at {outside}"
            );
            assert_eq!(strip.edges.len(), strip.pixels.width() as usize + 1);
        }
    }

    #[test]
    fn edges_lead_back_to_the_page() {
        let line = TextLine {
            start: Point::new(100.0, 200.0),
            end: Point::new(700.0, 200.0),
            bow: 0.0,
            height_start: 20.0,
            height_end: 20.0,
        };
        let strip = cut(
            &GrayImage::new(900, 900),
            &line,
            SHAPE,
            Jitter {
                scale: 1.1,
                offset: 0.1,
            },
        );
        let ((first, foot), (last, _)) = (strip.edges[0], strip.edges[strip.edges.len() - 1]);
        assert!((first.x - 74.0).abs() < 1.0 && (last.x - 726.0).abs() < 2.0);
        assert!((first.y - 190.0).abs() < 0.1 && (foot.y - 210.0).abs() < 0.1);
    }

    #[test]
    fn lines_off_the_page_or_without_extent_give_a_strip() {
        let nowhere = TextLine {
            start: Point::new(-5000.0, f32::NAN),
            end: Point::new(-5000.0, 3.0),
            bow: 0.0,
            height_start: 0.0,
            height_end: -1.0,
        };
        for page in [
            GrayImage::new(0, 0),
            GrayImage::new(1, 1),
            GrayImage::new(40, 3),
        ] {
            let strip = cut(&page, &nowhere, SHAPE, Jitter::NONE);
            assert!(strip.pixels.width() >= 1);
            assert_eq!(strip.pixels.height(), 24);
        }
    }
}
