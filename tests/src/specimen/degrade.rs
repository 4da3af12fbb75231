//! What scanners, telephones and desks do to a document.

use clap::ValueEnum;
use image::RgbImage;
use serde::{Deserialize, Serialize};

use super::dice::Dice;
use super::document::{Canvas, Frame, Sheet, clutter};
use super::plane::{Plane, bell, cosine, sine};
use super::truth::{Point, Quad};

/// Height of a capital of a machine-readable zone, in millimetres.
const CAPITAL: f32 = 2.4;

/// How much is done to a drawn document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Damage {
    /// A flawless scan at 300 dots to the inch.
    None,
    /// A usual scan or a careful photograph.
    Light,
    /// A bad one: any angle, perspective, blur, noise, few pixels, glare, shadows, a littered desk.
    Heavy,
}

impl Damage {
    /// The word in file names and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Light => "light",
            Self::Heavy => "heavy",
        }
    }
}

/// What the document lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Ground {
    /// A scanner's white lid.
    White,
    /// A scanner left open.
    Black,
    /// A wooden desk.
    Desk,
    /// A desk with printed papers and pens on it.
    Litter,
}

impl Ground {
    /// The word in file names and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::White => "white",
            Self::Black => "black",
            Self::Desk => "desk",
            Self::Litter => "litter",
        }
    }
}

/// One treatment, in numbers, so that a measurement can walk over a grid of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Degradation {
    /// Height of a capital of the machine-readable zone in the picture, in pixels: the resolution.
    pub capital: f32,
    /// Degrees the document is turned clockwise.
    pub angle: f32,
    /// Degrees its far edge is tipped away from the camera.
    pub tilt: f32,
    /// Degrees its right edge is swung away from the camera.
    pub pan: f32,
    /// How far the middle of the page bulges upwards, in millimetres.
    pub bow: f32,
    /// Deviation of the blur in pixels.
    pub blur: f32,
    /// Length of motion along the rows in pixels.
    pub motion: f32,
    /// Deviation of the noise, of 255.
    pub noise: f32,
    /// Contrast that is left, 0 to 1.
    pub contrast: f32,
    /// Difference of light across the picture, 0 to 1.
    pub uneven: f32,
    /// Strength of a specular spot, 0 to 1.
    pub glare: f32,
    /// Depth of a shadow's edge across the document, 0 to 1.
    pub shadow: f32,
    /// Whether colour is dropped.
    pub grey: bool,
    /// What lies around the document.
    pub ground: Ground,
    /// Width of what is seen around it, in millimetres.
    pub margin: f32,
    /// JPEG quality of the file; none for PNG.
    pub quality: Option<u8>,
}

impl Degradation {
    /// A flawless scan at 300 dots to the inch.
    pub const CLEAN: Self = Self {
        capital: 28.346,
        angle: 0.0,
        tilt: 0.0,
        pan: 0.0,
        bow: 0.0,
        blur: 0.0,
        motion: 0.0,
        noise: 0.0,
        contrast: 1.0,
        uneven: 0.0,
        glare: 0.0,
        shadow: 0.0,
        grey: false,
        ground: Ground::White,
        margin: 4.0,
        quality: None,
    };

    /// One treatment of a degree of damage.
    pub fn deal(dice: &mut Dice, damage: Damage) -> Self {
        match damage {
            Damage::None => Self::CLEAN,
            Damage::Light if dice.chance(0.55) => Self {
                capital: dice.between(13.0, 28.0),
                angle: 1.2 * dice.normal() + quarter_turns(dice, 0.25),
                blur: dice.between(0.2, 0.8),
                noise: dice.between(0.5, 4.0),
                contrast: dice.between(0.82, 1.0),
                grey: dice.chance(0.25),
                ground: *dice.pick(&[Ground::White, Ground::White, Ground::Black]),
                margin: dice.between(3.0, 28.0),
                quality: Some(dice.number(62, 92) as u8),
                ..Self::CLEAN
            },
            Damage::Light => Self {
                capital: dice.between(13.0, 26.0),
                angle: 4.0 * dice.normal() + quarter_turns(dice, 0.15),
                tilt: 6.0 * dice.normal(),
                pan: 5.0 * dice.normal(),
                bow: if dice.chance(0.3) {
                    dice.between(0.3, 1.6)
                } else {
                    0.0
                },
                blur: dice.between(0.3, 0.9),
                noise: dice.between(1.0, 5.0),
                contrast: dice.between(0.8, 1.0),
                uneven: dice.between(0.05, 0.3),
                shadow: if dice.chance(0.2) {
                    dice.between(0.1, 0.3)
                } else {
                    0.0
                },
                ground: *dice.pick(&[Ground::Desk, Ground::Desk, Ground::Litter]),
                margin: dice.between(6.0, 30.0),
                quality: Some(dice.number(60, 92) as u8),
                ..Self::CLEAN
            },
            Damage::Heavy => {
                let capital = dice.between(7.5, 19.0);
                Self {
                    capital,
                    angle: dice.between(0.0, 360.0),
                    tilt: (11.0 * dice.normal()).clamp(-26.0, 26.0),
                    pan: (11.0 * dice.normal()).clamp(-26.0, 26.0),
                    bow: if dice.chance(0.35) {
                        dice.between(0.5, 3.0)
                    } else {
                        0.0
                    },
                    blur: capital * dice.between(0.03, 0.09),
                    motion: if dice.chance(0.2) {
                        capital * dice.between(0.1, 0.25)
                    } else {
                        0.0
                    },
                    noise: dice.between(2.0, 11.0),
                    contrast: dice.between(0.55, 0.95),
                    uneven: dice.between(0.1, 0.5),
                    glare: if dice.chance(0.4) {
                        dice.between(0.2, 0.7)
                    } else {
                        0.0
                    },
                    shadow: if dice.chance(0.5) {
                        dice.between(0.15, 0.5)
                    } else {
                        0.0
                    },
                    grey: dice.chance(0.15),
                    ground: *dice.pick(&[Ground::Desk, Ground::Litter, Ground::Litter]),
                    margin: dice.between(8.0, 45.0),
                    quality: Some(dice.number(28, 72) as u8),
                }
            }
        }
    }

    /// Pixels to the millimetre.
    pub fn scale(&self) -> f32 {
        self.capital / CAPITAL
    }

    /// The treatment in a manifest's words.
    pub fn conditions(&self) -> Vec<String> {
        let photographed = matches!(self.ground, Ground::Desk | Ground::Litter);
        let turned = self.angle.rem_euclid(360.0);
        [
            (!photographed, "scan"),
            (photographed, "photo"),
            ((2.0..358.0).contains(&turned), "rotated"),
            (self.tilt.abs().max(self.pan.abs()) > 4.0, "perspective"),
            (self.bow > 0.3, "curved"),
            (self.blur > 0.9 || self.motion > 1.5, "blur"),
            (self.noise > 5.0, "noise"),
            (self.capital < 12.0, "low_res"),
            (self.glare > 0.0, "glare"),
            (self.shadow > 0.0, "shadow"),
            (self.contrast < 0.75, "low_contrast"),
            (self.grey, "grayscale"),
            (self.ground == Ground::Litter, "cluttered_background"),
        ]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, word)| word.to_owned())
        .collect()
    }
}

/// A multiple of 90 degrees that is not 0, with the given probability; else 0.
fn quarter_turns(dice: &mut Dice, probability: f32) -> f32 {
    if dice.chance(probability) {
        90.0 * dice.number(1, 3) as f32
    } else {
        0.0
    }
}

/// A picture of a sheet, and where its parts lie in it.
pub(crate) struct View {
    pub(crate) image: RgbImage,
    /// The document's corners.
    pub(crate) quad: Quad,
    /// The corners of each line of the machine-readable zone.
    pub(crate) mrz_quads: Vec<Quad>,
    /// From the sheet to the picture.
    pub(crate) camera: Camera,
}

/// The camera: sheet millimetres to picture pixels and back.
pub(crate) struct Camera {
    /// Pixels from millimetres, row by row.
    pixels_from_sheet: [f32; 9],
    sheet_from_pixels: [f32; 9],
    bow: f32,
    width: f32,
}

impl Camera {
    /// A camera straight above the middle of a sheet, which is then turned, tipped and swung.
    fn new(sheet: Frame, how: &Degradation) -> Self {
        let scale = how.scale();
        let reach = 2.4 * (sheet.width * sheet.width + sheet.height * sheet.height).sqrt();
        let turn = |degrees: f32| (sine(degrees / 360.0), cosine(degrees / 360.0));
        let ((sa, ca), (st, ct), (sp, cp)) = (turn(how.angle), turn(how.tilt), turn(how.pan));
        // Rows: right, down, and depth over the distance, each from (x, y) in the sheet's plane.
        let y = (sa * ct, ca * ct);
        let z = (sa * st, ca * st);
        let right = (ca * cp + z.0 * sp, -sa * cp + z.1 * sp);
        let depth = (z.0 * cp - ca * sp, z.1 * cp + sa * sp);
        let (cx, cy) = (sheet.width / 2.0, sheet.height / 2.0);
        let row = |(a, b): (f32, f32), k: f32, c: f32| [a * k, b * k, c - (a * cx + b * cy) * k];
        let (r, d, w) = (
            row(right, scale, 0.0),
            row(y, scale, 0.0),
            row(depth, -1.0 / reach, 1.0),
        );
        let matrix = [r[0], r[1], r[2], d[0], d[1], d[2], w[0], w[1], w[2]];
        Self {
            pixels_from_sheet: matrix,
            sheet_from_pixels: inverse(&matrix),
            bow: how.bow,
            width: sheet.width,
        }
    }

    fn bulge(&self, x: f32) -> f32 {
        if self.bow == 0.0 {
            return 0.0;
        }
        self.bow * sine(0.5 * (x / self.width).clamp(0.0, 1.0))
    }

    /// Where a place of the sheet (millimetres) is seen.
    pub(crate) fn pixel(&self, x: f32, y: f32) -> Point {
        let (u, v) = project(&self.pixels_from_sheet, x, y - self.bulge(x));
        [u, v]
    }

    fn place(&self, u: f32, v: f32) -> (f32, f32) {
        let (x, y) = project(&self.sheet_from_pixels, u, v);
        (x, y + self.bulge(x))
    }

    fn quad(&self, frame: Frame) -> Quad {
        let (right, bottom) = (frame.x + frame.width, frame.y + frame.height);
        [
            self.pixel(frame.x, frame.y),
            self.pixel(right, frame.y),
            self.pixel(right, bottom),
            self.pixel(frame.x, bottom),
        ]
    }

    /// Moves the picture's origin by whole pixels.
    fn shifted(mut self, dx: f32, dy: f32) -> Self {
        for k in 0..3 {
            let w = self.pixels_from_sheet[6 + k];
            self.pixels_from_sheet[k] += dx * w;
            self.pixels_from_sheet[3 + k] += dy * w;
        }
        self.sheet_from_pixels = inverse(&self.pixels_from_sheet);
        self
    }
}

fn project(m: &[f32; 9], x: f32, y: f32) -> (f32, f32) {
    let w = m[6] * x + m[7] * y + m[8];
    (
        (m[0] * x + m[1] * y + m[2]) / w,
        (m[3] * x + m[4] * y + m[5]) / w,
    )
}

/// The inverse of a 3 × 3 matrix, computed in double precision.
fn inverse(matrix: &[f32; 9]) -> [f32; 9] {
    let m = matrix.map(f64::from);
    let cofactor = |a: usize, b: usize, c: usize, d: usize| m[a] * m[d] - m[b] * m[c];
    let c = [
        cofactor(4, 5, 7, 8),
        -cofactor(1, 2, 7, 8),
        cofactor(1, 2, 4, 5),
        -cofactor(3, 5, 6, 8),
        cofactor(0, 2, 6, 8),
        -cofactor(0, 2, 3, 5),
        cofactor(3, 4, 6, 7),
        -cofactor(0, 1, 6, 7),
        cofactor(0, 1, 3, 4),
    ];
    let determinant = m[0] * c[0] + m[1] * c[3] + m[2] * c[6];
    c.map(|v| (v / determinant) as f32)
}

/// Photographs a sheet that was drawn at `how.scale()`.
pub(crate) fn photograph(sheet: &Sheet, how: &Degradation, dice: &mut Dice) -> View {
    let frame = sheet.canvas.frame();
    let scale = how.scale();
    let camera = Camera::new(frame, how);
    let corners = camera.quad(frame);
    let bound = |axis: usize, pick: fn(f32, f32) -> f32| {
        corners.iter().map(|c| c[axis]).fold(corners[0][axis], pick)
    };
    let margin = (how.margin * scale).round();
    let (left, top) = (bound(0, f32::min).round(), bound(1, f32::min).round());
    let width = (bound(0, f32::max) - left).round() + 2.0 * margin;
    let height = (bound(1, f32::max) - top).round() + 2.0 * margin;
    let camera = camera.shifted(margin - left, margin - top);
    let mut view = ground(how, dice, width / scale, height / scale);
    lay(&mut view, sheet, &camera, how);
    light(&mut view, how, dice, &camera.quad(frame));
    expose(&mut view, how, dice);
    View {
        image: to_image(&view),
        quad: camera.quad(frame),
        mrz_quads: sheet
            .mrz_frames
            .iter()
            .map(|&frame| camera.quad(frame))
            .collect(),
        camera,
    }
}

/// What lies around the document.
pub(crate) fn ground(how: &Degradation, dice: &mut Dice, width: f32, height: f32) -> Canvas {
    let colour = match how.ground {
        Ground::White => [246.0, 246.0, 245.0],
        Ground::Black => [26.0, 26.0, 28.0],
        Ground::Desk | Ground::Litter => *dice.pick(&[
            [150.0, 112.0, 78.0],
            [118.0, 84.0, 60.0],
            [186.0, 158.0, 124.0],
            [98.0, 102.0, 108.0],
            [206.0, 202.0, 194.0],
        ]),
    };
    let mut view = Canvas::new(width, height, how.scale(), colour);
    if matches!(how.ground, Ground::Desk | Ground::Litter) {
        let scale = how.scale();
        let mut dice = dice.fork();
        // The same grain in every colour.
        let (w, h) = (view.planes[0].width, view.planes[0].height);
        let mut grain = Plane::filled(w, h, 0.0);
        grain.add_clouds(&mut dice, 40.0 * scale, 1.6 * scale, 9.0);
        grain.add_clouds(&mut dice, 90.0 * scale, 7.0 * scale, 10.0);
        grain.add_clouds(&mut dice, 12.0 * scale, 0.5 * scale, 4.0);
        for plane in &mut view.planes {
            for (value, grain) in plane.data.iter_mut().zip(&grain.data) {
                *value += grain;
            }
        }
    }
    if how.ground == Ground::Litter {
        clutter::scatter(&mut view, dice);
    }
    view
}

/// Lays the document on its ground, with the soft shadow of its edge.
fn lay(view: &mut Canvas, sheet: &Sheet, camera: &Camera, how: &Degradation) {
    let frame = sheet.canvas.frame();
    let scale = how.scale();
    let drawn = sheet.canvas.scale;
    let depth = match how.ground {
        Ground::White | Ground::Black => 0.25,
        Ground::Desk | Ground::Litter => 0.5,
    };
    let width = view.planes[0].width;
    let [red, green, blue] = &mut view.planes;
    for v in 0..red.height {
        for u in 0..width {
            let (x, y) = camera.place(u as f32 + 0.5, v as f32 + 0.5);
            let off = frame.distance(x, y, sheet.radius);
            if off > 12.0 {
                continue;
            }
            let at = v * width + u;
            let cover = Canvas::cover(scale, off);
            // The shadow falls a little to the lower right; under the document nobody sees it.
            let shadow = if cover < 1.0 {
                let fall = ((frame.distance(x - 0.8, y - 1.2, 4.0) + 1.4) / 2.4).max(0.0);
                1.0 - depth * bell(2.0 * fall * fall)
            } else {
                1.0
            };
            let paper = if cover > 0.0 {
                sheet.canvas.sample(x * drawn, y * drawn)
            } else {
                [0.0; 3]
            };
            for (plane, paper) in [&mut *red, &mut *green, &mut *blue].into_iter().zip(paper) {
                let ground = plane.data[at] * shadow;
                plane.data[at] = ground + (paper - ground) * cover;
            }
        }
    }
}

fn light(view: &mut Canvas, how: &Degradation, dice: &mut Dice, quad: &Quad) {
    let (w, h) = (view.planes[0].width as f32, view.planes[0].height as f32);
    let turn = dice.unit();
    let (dx, dy) = (cosine(turn) / w, sine(turn) / h);
    let edge_turn = dice.unit();
    let (ex, ey) = (cosine(edge_turn), sine(edge_turn));
    let pick = |dice: &mut Dice, axis: usize| {
        let low = quad.iter().map(|c| c[axis]).fold(f32::MAX, f32::min);
        let high = quad.iter().map(|c| c[axis]).fold(f32::MIN, f32::max);
        dice.between(low, high)
    };
    let through = (pick(dice, 0), pick(dice, 1));
    let soft = w.max(h) * dice.between(0.01, 0.08);
    let spot = (pick(dice, 0), pick(dice, 1));
    let reach = w.min(h) * dice.between(0.08, 0.22);
    let long = dice.between(0.5, 2.2);
    let warm = if how.uneven > 0.0 {
        [1.0, 0.985, 0.95]
    } else {
        [1.0; 3]
    };
    let width = view.planes[0].width;
    let [red, green, blue] = &mut view.planes;
    for v in 0..red.height {
        for u in 0..width {
            let (x, y) = (u as f32, v as f32);
            let across = (x - w / 2.0) * dx + (y - h / 2.0) * dy;
            let mut bright = 1.0 - how.uneven * (0.25 + across);
            if how.shadow > 0.0 {
                let side = ((x - through.0) * ex + (y - through.1) * ey) / soft;
                bright *= 1.0 - how.shadow * (side + 0.5).clamp(0.0, 1.0);
            }
            let mut spot_light = 0.0;
            if how.glare > 0.0 {
                let (p, q) = ((x - spot.0) / (reach * long), (y - spot.1) / reach);
                spot_light = 255.0 * how.glare * bell(2.0 * (p * p + q * q));
            }
            let at = v * width + u;
            for (plane, tint) in [&mut *red, &mut *green, &mut *blue].into_iter().zip(warm) {
                let value = plane.data[at] * (tint * bright) - 128.0;
                plane.data[at] = 128.0 + value * how.contrast + spot_light;
            }
        }
    }
}

/// The lens and the sensor.
fn expose(view: &mut Canvas, how: &Degradation, dice: &mut Dice) {
    for plane in &mut view.planes {
        if how.motion > 1.0 {
            let length = how.motion.round() as usize | 1;
            plane.convolve(&vec![1.0 / length as f32; length], &[1.0]);
        }
        plane.blur(how.blur, how.blur);
    }
    if how.noise > 0.0 {
        // Most of a sensor's noise is in brightness, a part in colour.
        let mut common = Plane::filled(view.planes[0].width, view.planes[0].height, 0.0);
        common.add_noise(dice, how.noise * 0.85);
        for plane in &mut view.planes {
            plane.add_noise(dice, how.noise * 0.5);
            for (v, n) in plane.data.iter_mut().zip(&common.data) {
                *v += n;
            }
        }
    }
    if how.grey {
        for k in 0..view.planes[0].data.len() {
            let [r, g, b] = [0, 1, 2].map(|c: usize| view.planes[c].data[k]);
            let grey = 0.299 * r + 0.587 * g + 0.114 * b;
            for plane in &mut view.planes {
                plane.data[k] = grey;
            }
        }
    }
}

fn to_image(view: &Canvas) -> RgbImage {
    let [r, g, b] = [0, 1, 2].map(|c: usize| view.planes[c].to_bytes());
    let (width, height) = (view.planes[0].width, view.planes[0].height);
    let mut bytes = Vec::with_capacity(3 * r.len());
    for ((r, g), b) in r.into_iter().zip(g).zip(b) {
        bytes.extend_from_slice(&[r, g, b]);
    }
    RgbImage::from_raw(width as u32, height as u32, bytes)
        .expect("three planes of a size have three bytes to the pixel")
}
