//! A drawn face that is nobody's.

use super::canvas::{Canvas, Colour, Frame};
use crate::specimen::dice::Dice;
use crate::specimen::holder::Sex;
use crate::specimen::plane::bell;

/// Skin, its shade, hair and clothes of one drawn person, so that a second picture shows the same.
#[derive(Clone, Debug)]
pub(crate) struct Sitter {
    skin: Colour,
    hair: Colour,
    clothes: Colour,
    ground: Colour,
    long_hair: bool,
    beard: bool,
    glasses: bool,
    /// Face width over its usual width.
    broad: f32,
}

impl Sitter {
    pub(crate) fn deal(dice: &mut Dice, sex: Sex, year_of_birth: i32) -> Self {
        const SKIN: [Colour; 6] = [
            [241.0, 208.0, 184.0],
            [228.0, 186.0, 156.0],
            [206.0, 160.0, 126.0],
            [172.0, 124.0, 92.0],
            [132.0, 92.0, 68.0],
            [236.0, 198.0, 166.0],
        ];
        const HAIR: [Colour; 5] = [
            [42.0, 34.0, 32.0],
            [78.0, 54.0, 40.0],
            [124.0, 84.0, 52.0],
            [184.0, 146.0, 92.0],
            [60.0, 44.0, 40.0],
        ];
        const CLOTHES: [Colour; 5] = [
            [58.0, 72.0, 98.0],
            [92.0, 62.0, 74.0],
            [64.0, 92.0, 84.0],
            [84.0, 84.0, 92.0],
            [150.0, 96.0, 72.0],
        ];
        let grey = year_of_birth < 1962;
        let long_hair = match sex {
            Sex::Female => dice.chance(0.75),
            Sex::Male => dice.chance(0.06),
            Sex::Unspecified => dice.chance(0.4),
        };
        Self {
            skin: *dice.pick(&SKIN),
            hair: if grey {
                [176.0, 174.0, 172.0]
            } else {
                *dice.pick(&HAIR)
            },
            clothes: *dice.pick(&CLOTHES),
            ground: *dice.pick(&[
                [222.0, 228.0, 232.0],
                [232.0, 230.0, 222.0],
                [214.0, 224.0, 226.0],
            ]),
            long_hair,
            beard: sex == Sex::Male && dice.chance(0.35),
            glasses: dice.chance(0.2),
            broad: dice.between(0.93, 1.07),
        }
    }

    /// Draws the portrait into a frame. Lengths below are parts of the frame's width, with the face's
    /// middle at (0, 0).
    pub(crate) fn draw(&self, canvas: &mut Canvas, frame: Frame) {
        let mut picture = Canvas::new(frame.width, frame.height, canvas.scale, self.ground);
        let w = frame.width;
        let (cx, cy) = (w / 2.0, frame.height * 0.46);
        let at = |x: f32, y: f32| (cx + x * w, cy + y * w);
        let shade = |c: Colour, k: f32| c.map(|v| v * k);
        let all = picture.frame();
        // Light falls from the upper left.
        picture.paint(all, [150.0, 158.0, 168.0], |x, y| {
            (0.5 * (x / w - 0.3) + 0.2 * y / w).clamp(0.0, 0.5)
        });
        let hair_back = if self.long_hair {
            (0.335, 0.47)
        } else {
            (0.3, 0.335)
        };
        let hair_y = if self.long_hair { 0.07 } else { -0.11 };
        picture.ellipse(
            at(0.0, hair_y),
            (hair_back.0 * w * self.broad, hair_back.1 * w),
            self.hair,
            1.0,
        );
        // Shoulders, neck, collar.
        picture.ellipse(at(0.0, 0.79), (0.5 * w, 0.37 * w), self.clothes, 1.0);
        picture.ellipse(
            at(0.1, 0.84),
            (0.38 * w, 0.36 * w),
            shade(self.clothes, 0.88),
            0.6,
        );
        let neck =
            |x: f32, y: f32, ww: f32, hh: f32| Frame::new(cx + x * w, cy + y * w, ww * w, hh * w);
        picture.fill(
            neck(-0.115, 0.18, 0.23, 0.3),
            0.1 * w,
            shade(self.skin, 0.86),
            1.0,
        );
        picture.ellipse(
            at(0.0, 0.45),
            (0.13 * w, 0.06 * w),
            shade(self.skin, 0.9),
            1.0,
        );
        // Ears and face.
        for side in [-1.0, 1.0] {
            picture.ellipse(
                at(side * 0.245 * self.broad, 0.02),
                (0.04 * w, 0.07 * w),
                shade(self.skin, 0.92),
                1.0,
            );
        }
        let face = (0.235 * w * self.broad, 0.315 * w);
        picture.ellipse(at(0.0, 0.02), face, self.skin, 1.0);
        // The turned side is darker, the cheeks are warmer.
        let (fx, fy) = at(0.0, 0.02);
        let dark = shade(self.skin, 0.8);
        picture.paint(all, dark, |x, y| {
            let (u, v) = ((x - fx) / face.0, (y - fy) / face.1);
            let within = if u * u + v * v < 0.98 { 1.0 } else { 0.0 };
            within * (0.5 * u + 0.25 * v - 0.05).clamp(0.0, 0.55)
        });
        for side in [-1.0, 1.0] {
            let (bx, by) = at(side * 0.12, 0.1);
            let blush = [self.skin[0], self.skin[1] * 0.82, self.skin[2] * 0.8];
            picture.paint(all, blush, |x, y| {
                let (u, v) = ((x - bx) / (0.07 * w), (y - by) / (0.05 * w));
                0.5 * bell(2.0 * (u * u + v * v))
            });
        }
        if self.beard {
            let (bx, by) = at(0.0, 0.22);
            let hair = self.hair;
            picture.paint(all, hair, |x, y| {
                let (u, v) = ((x - fx) / face.0, (y - fy) / face.1);
                let chin = (x - bx) / (0.2 * w);
                let low = (y - by) / (0.13 * w);
                let within = u * u + v * v < 1.0;
                let beard = 1.0 - chin * chin - low * low;
                if within {
                    (beard * 1.2).clamp(0.0, 0.72)
                } else {
                    0.0
                }
            });
        }
        self.features(&mut picture, at, w);
        // The hair over the brow: an ellipse from which the face is left free.
        let (hx, hy) = at(-0.02, -0.15);
        let (rx, ry) = (0.265 * w * self.broad, 0.235 * w);
        let (px, py) = at(0.06, 0.06);
        let parting = (0.27 * w * self.broad, 0.25 * w);
        let scale = picture.scale;
        let hair = self.hair;
        picture.paint(all, hair, |x, y| {
            let outer = ((x - hx) / rx, (y - hy) / ry);
            let inner = ((x - px) / parting.0, (y - py) / parting.1);
            let a = ((outer.0 * outer.0 + outer.1 * outer.1).sqrt() - 1.0) * ry;
            let b = (1.0 - (inner.0 * inner.0 + inner.1 * inner.1).sqrt()) * parting.1;
            Canvas::cover(scale, a.max(b))
        });
        canvas.place(&picture, frame.x, frame.y, 0.6);
        canvas.outline(frame, 0.6, 0.15, [150.0, 150.0, 156.0]);
    }

    fn features(&self, picture: &mut Canvas, at: impl Fn(f32, f32) -> (f32, f32), w: f32) {
        let line = self.skin.map(|v| v * 0.55);
        let brow = self.hair.map(|v| v * 0.85);
        for side in [-1.0_f32, 1.0] {
            picture.ellipse(
                at(side * 0.1, -0.015),
                (0.042 * w, 0.024 * w),
                [246.0, 246.0, 244.0],
                1.0,
            );
            picture.ellipse(
                at(side * 0.1, -0.013),
                (0.021 * w, 0.023 * w),
                [66.0, 58.0, 54.0],
                1.0,
            );
            picture.ellipse(
                at(side * 0.1 - 0.007, -0.02),
                (0.006 * w, 0.006 * w),
                [250.0, 250.0, 250.0],
                0.9,
            );
            let lid = [
                at(side * 0.15, -0.018),
                at(side * 0.1, -0.045),
                at(side * 0.055, -0.018),
            ];
            picture.line(&lid, 0.012 * w, line, 0.8);
            let arch = [
                at(side * 0.165, -0.075),
                at(side * 0.11, -0.1),
                at(side * 0.05, -0.085),
            ];
            picture.line(&arch, 0.024 * w, brow, 0.9);
            if self.glasses {
                let (x, y) = at(side * 0.1, -0.012);
                let lens = Frame::new(x - 0.075 * w, y - 0.055 * w, 0.15 * w, 0.11 * w);
                picture.outline(lens, 0.045 * w, 0.014 * w, [52.0, 50.0, 56.0]);
            }
        }
        if self.glasses {
            picture.line(
                &[at(-0.026, -0.02), at(0.026, -0.02)],
                0.014 * w,
                [52.0, 50.0, 56.0],
                1.0,
            );
        }
        let nose = [
            at(0.012, -0.01),
            at(0.03, 0.085),
            at(0.022, 0.1),
            at(-0.012, 0.103),
        ];
        picture.line(&nose, 0.012 * w, line, 0.55);
        let lips = [
            self.skin[0] * 0.82,
            self.skin[1] * 0.56,
            self.skin[2] * 0.54,
        ];
        picture.ellipse(at(0.0, 0.178), (0.068 * w, 0.018 * w), lips, 0.9);
        let smile = [
            at(-0.072, 0.17),
            at(-0.03, 0.18),
            at(0.03, 0.18),
            at(0.072, 0.17),
        ];
        picture.line(&smile, 0.01 * w, line, 0.85);
    }

    /// The second, pale portrait of many documents.
    pub(crate) fn ghost(&self, canvas: &mut Canvas, frame: Frame, opacity: f32) {
        let before = canvas.clone();
        self.draw(canvas, frame);
        let mid = 0.3;
        for (now, old) in canvas.planes.iter_mut().zip(&before.planes) {
            for (v, o) in now.data.iter_mut().zip(&old.data) {
                // Faded towards what was there, as a watermark is.
                if (*v - o).abs() > f32::EPSILON {
                    *v = o + (*v * (1.0 - mid) + 200.0 * mid - o) * opacity;
                }
            }
        }
    }
}
