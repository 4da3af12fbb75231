//! Paper to draw on, measured in millimetres from its top left corner.

use ab_glyph::{Font, FontRef, PxScale, ScaleFont};

use crate::specimen::plane::{Plane, cosine, sine};

/// A colour: red, green, blue, each 0 to 255.
pub(crate) type Colour = [f32; 3];

/// Almost black, as printing ink is.
pub(crate) const INK: Colour = [28.0, 28.0, 34.0];

/// The faces documents are set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Typeface {
    Sans,
    SansBold,
    SansItalic,
    /// A humanist sans, wider and rounder than the first.
    Round,
    RoundBold,
    Serif,
    SerifBold,
    Mono,
    MonoBold,
    OcrB,
    /// Arabic in the hand of books.
    Naskh,
    /// Arabic in even strokes, bold.
    ArabicBold,
}

impl Typeface {
    fn font(self) -> FontRef<'static> {
        let bytes: &'static [u8] = match self {
            Self::Sans => include_bytes!("../../../fonts/LiberationSans-Regular.ttf"),
            Self::SansBold => include_bytes!("../../../fonts/LiberationSans-Bold.ttf"),
            Self::SansItalic => include_bytes!("../../../fonts/LiberationSans-Italic.ttf"),
            Self::Round => include_bytes!("../../../fonts/NotoSans-Regular.ttf"),
            Self::RoundBold => include_bytes!("../../../fonts/NotoSans-Bold.ttf"),
            Self::Serif => include_bytes!("../../../fonts/LiberationSerif-Regular.ttf"),
            Self::SerifBold => include_bytes!("../../../fonts/LiberationSerif-Bold.ttf"),
            Self::Mono => include_bytes!("../../../fonts/LiberationMono-Regular.ttf"),
            Self::MonoBold => include_bytes!("../../../fonts/LiberationMono-Bold.ttf"),
            Self::Naskh => include_bytes!("../../../fonts/NotoNaskhArabic-Regular.ttf"),
            Self::ArabicBold => include_bytes!("../../../fonts/NotoSansArabic-Bold.ttf"),
            Self::OcrB => include_bytes!("../../../fonts/OCRB.otf"),
        };
        FontRef::try_from_slice(bytes).expect("the committed font is sound")
    }

    /// The scale at which the letter H (the alef, where there are no Latin letters) is `capital` pixels
    /// high.
    fn scale(self, capital: f32) -> PxScale {
        let font = self.font();
        let probe = font.as_scaled(PxScale::from(1000.0));
        let letter = match self {
            Self::Naskh | Self::ArabicBold => '\u{FE8D}',
            _ => 'H',
        };
        let height = probe
            .outline_glyph(probe.scaled_glyph(letter))
            .map_or(700.0, |outline| outline.px_bounds().height());
        PxScale::from(1000.0 * capital / height)
    }
}

/// A rectangle in millimetres.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Frame {
    pub(crate) const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    pub(crate) fn centre(self) -> (f32, f32) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The signed distance from a place to the frame with rounded corners; negative within.
    pub(crate) fn distance(self, x: f32, y: f32, radius: f32) -> f32 {
        let (cx, cy) = self.centre();
        let dx = (x - cx).abs() - self.width / 2.0 + radius;
        let dy = (y - cy).abs() - self.height / 2.0 + radius;
        let (ox, oy) = (dx.max(0.0), dy.max(0.0));
        (ox * ox + oy * oy).sqrt() + dx.max(dy).min(0.0) - radius
    }
}

/// How text is set: face, capital height in millimetres, colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) face: Typeface,
    pub(crate) capital: f32,
    pub(crate) colour: Colour,
    /// Added between letters, in millimetres.
    pub(crate) spacing: f32,
    /// Width of the letters over their usual width: below 1 for a condensed face.
    pub(crate) stretch: f32,
}

impl Style {
    pub(crate) const fn new(face: Typeface, capital: f32, colour: Colour) -> Self {
        Self {
            face,
            capital,
            colour,
            spacing: 0.0,
            stretch: 1.0,
        }
    }

    pub(crate) const fn spaced(self, spacing: f32) -> Self {
        Self { spacing, ..self }
    }

    pub(crate) const fn stretched(self, stretch: f32) -> Self {
        Self { stretch, ..self }
    }

    /// The scale of the face on a sheet of `scale` pixels to the millimetre.
    fn on(self, scale: f32) -> PxScale {
        let even = self.face.scale(self.capital * scale);
        PxScale {
            x: even.x * self.stretch,
            ..even
        }
    }
}

/// A sheet being drawn: three planes and the number of pixels to the millimetre.
#[derive(Clone, Debug)]
pub(crate) struct Canvas {
    pub(crate) planes: [Plane; 3],
    /// Pixels per millimetre.
    pub(crate) scale: f32,
    /// Every text that was printed, in the order of printing.
    pub(crate) printed: Vec<String>,
}

impl Canvas {
    pub(crate) fn new(width: f32, height: f32, scale: f32, colour: Colour) -> Self {
        let w = (width * scale).round().max(1.0) as usize;
        let h = (height * scale).round().max(1.0) as usize;
        Self {
            planes: colour.map(|value| Plane::filled(w, h, value)),
            scale,
            printed: Vec::new(),
        }
    }

    pub(crate) fn width(&self) -> f32 {
        self.planes[0].width as f32 / self.scale
    }

    pub(crate) fn height(&self) -> f32 {
        self.planes[0].height as f32 / self.scale
    }

    pub(crate) fn frame(&self) -> Frame {
        Frame::new(0.0, 0.0, self.width(), self.height())
    }

    /// The colour at a place between pixel centres, as [`Plane::sample`] finds it in each plane.
    pub(crate) fn sample(&self, x: f32, y: f32) -> Colour {
        let (width, height) = (self.planes[0].width, self.planes[0].height);
        let x = (x - 0.5).clamp(0.0, (width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (height - 1) as f32);
        let (x0, y0) = (x as usize, y as usize);
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let right = usize::from(x0 + 1 < width);
        let top = y0 * width + x0;
        let bottom = top + if y0 + 1 < height { width } else { 0 };
        [0, 1, 2].map(|plane: usize| {
            let data = &self.planes[plane].data;
            let upper = data[top] + (data[top + right] - data[top]) * fx;
            let lower = data[bottom] + (data[bottom + right] - data[bottom]) * fx;
            upper + (lower - upper) * fy
        })
    }

    /// Lays colour on every pixel within `bounds` (millimetres) with the cover that `cover` gives for
    /// the pixel's place, 0 to 1.
    pub(crate) fn paint(&mut self, bounds: Frame, colour: Colour, cover: impl Fn(f32, f32) -> f32) {
        self.shade(bounds, |x, y| (colour, cover(x, y)));
    }

    /// Like [`Canvas::paint`], with a colour for each place.
    pub(crate) fn shade(&mut self, bounds: Frame, paint: impl Fn(f32, f32) -> (Colour, f32)) {
        let (w, h) = (self.planes[0].width, self.planes[0].height);
        let pixel = |mm: f32, most: usize| (mm * self.scale).clamp(0.0, most as f32);
        let (x0, x1) = (
            pixel(bounds.x, w) as usize,
            pixel(bounds.x + bounds.width, w).ceil(),
        );
        let (y0, y1) = (
            pixel(bounds.y, h) as usize,
            pixel(bounds.y + bounds.height, h).ceil(),
        );
        for y in y0..y1 as usize {
            for x in x0..x1 as usize {
                let (colour, cover) =
                    paint((x as f32 + 0.5) / self.scale, (y as f32 + 0.5) / self.scale);
                if cover > 0.0 {
                    for (plane, ink) in self.planes.iter_mut().zip(colour) {
                        let v = &mut plane.data[y * w + x];
                        *v += (ink - *v) * cover;
                    }
                }
            }
        }
    }

    /// How far a pixel is covered by a shape whose outline is `distance` millimetres away.
    pub(crate) fn cover(scale: f32, distance: f32) -> f32 {
        (0.5 - distance * scale).clamp(0.0, 1.0)
    }

    /// A filled rectangle with round corners.
    pub(crate) fn fill(&mut self, frame: Frame, radius: f32, colour: Colour, opacity: f32) {
        let scale = self.scale;
        let bounds = Frame::new(
            frame.x - 0.2,
            frame.y - 0.2,
            frame.width + 0.4,
            frame.height + 0.4,
        );
        self.paint(bounds, colour, |x, y| {
            opacity * Self::cover(scale, frame.distance(x, y, radius))
        });
    }

    /// The outline of a rectangle with round corners; `width` of the line in millimetres.
    pub(crate) fn outline(&mut self, frame: Frame, radius: f32, width: f32, colour: Colour) {
        let scale = self.scale;
        let bounds = Frame::new(
            frame.x - width,
            frame.y - width,
            frame.width + 2.0 * width,
            frame.height + 2.0 * width,
        );
        self.paint(bounds, colour, |x, y| {
            Self::cover(scale, frame.distance(x, y, radius).abs() - width / 2.0)
        });
    }

    /// A filled ellipse; `radii` along and across.
    pub(crate) fn ellipse(
        &mut self,
        centre: (f32, f32),
        radii: (f32, f32),
        colour: Colour,
        opacity: f32,
    ) {
        let scale = self.scale;
        let bounds = Frame::new(
            centre.0 - radii.0 - 0.2,
            centre.1 - radii.1 - 0.2,
            2.0 * radii.0 + 0.4,
            2.0 * radii.1 + 0.4,
        );
        self.paint(bounds, colour, |x, y| {
            let (u, v) = ((x - centre.0) / radii.0, (y - centre.1) / radii.1);
            let reach = (u * u + v * v).sqrt();
            // First-order distance: exact on circles, near enough on ellipses.
            opacity * Self::cover(scale, (reach - 1.0) * radii.0.min(radii.1))
        });
    }

    /// A line through the points, with round ends and joints.
    pub(crate) fn line(&mut self, points: &[(f32, f32)], width: f32, colour: Colour, opacity: f32) {
        let half = width / 2.0 + 1.5 / self.scale;
        let (mut left, mut top) = (f32::MAX, f32::MAX);
        let (mut right, mut bottom) = (f32::MIN, f32::MIN);
        for &(x, y) in points {
            left = left.min(x - half);
            right = right.max(x + half);
            top = top.min(y - half);
            bottom = bottom.max(y + half);
        }
        let scale = self.scale;
        let x0 = (left * scale).floor();
        let y0 = (top * scale).floor();
        let w = ((right - left) * scale).ceil().clamp(1.0, 20_000.0) as usize + 1;
        let h = ((bottom - top) * scale).ceil().clamp(1.0, 20_000.0) as usize + 1;
        // Cover is gathered first, so that joints of a translucent line are not darker.
        let mut mask = Plane::filled(w, h, 0.0);
        let at = |p: (f32, f32)| (p.0 * scale - x0, p.1 * scale - y0);
        for pair in points.windows(2) {
            segment(&mut mask, at(pair[0]), at(pair[1]), width * scale / 2.0);
        }
        self.lay(&mask, (x0 as i64, y0 as i64), colour, opacity);
    }

    /// Lays a mask of covers on the sheet with its corner at a pixel.
    fn lay(&mut self, mask: &Plane, corner: (i64, i64), colour: Colour, opacity: f32) {
        let (w, h) = (self.planes[0].width as i64, self.planes[0].height as i64);
        for (y, row) in mask.data.chunks_exact(mask.width).enumerate() {
            let y = y as i64 + corner.1;
            if !(0..h).contains(&y) {
                continue;
            }
            for (x, &cover) in row.iter().enumerate() {
                let x = x as i64 + corner.0;
                if cover > 0.0 && (0..w).contains(&x) {
                    for (plane, ink) in self.planes.iter_mut().zip(colour) {
                        let v = &mut plane.data[(y * w + x) as usize];
                        *v += (ink - *v) * cover * opacity;
                    }
                }
            }
        }
    }

    /// Text with its first letter at `x` and its baseline at `y`; answers where it ends.
    pub(crate) fn text(&mut self, x: f32, y: f32, text: &str, style: Style) -> f32 {
        self.printed.push(text.to_owned());
        let font = style.face.font();
        let scaled = font.as_scaled(style.on(self.scale));
        let mut at = x * self.scale;
        let mut last = None;
        for letter in text.chars() {
            let mut glyph = scaled.scaled_glyph(letter);
            if let Some(last) = last {
                at += scaled.kern(last, glyph.id);
            }
            last = Some(glyph.id);
            glyph.position.x = at;
            glyph.position.y = y * self.scale;
            at += scaled.h_advance(glyph.id) + style.spacing * self.scale;
            if let Some(outline) = scaled.outline_glyph(glyph) {
                self.glyph(&outline, style.colour, 1.0);
            }
        }
        at / self.scale
    }

    /// How wide a text is.
    pub(crate) fn text_width(&self, text: &str, style: Style) -> f32 {
        let font = style.face.font();
        let scaled = font.as_scaled(style.on(self.scale));
        let advance: f32 = text
            .chars()
            .map(|letter| scaled.h_advance(scaled.glyph_id(letter)) + style.spacing * self.scale)
            .sum();
        advance / self.scale
    }

    /// Text whose width is at most `most`: the letters shrink if they must.
    pub(crate) fn text_within(&mut self, x: f32, y: f32, most: f32, text: &str, style: Style) {
        let width = self.text_width(text, style);
        let fitting = if width > most {
            Style {
                capital: style.capital * most / width,
                ..style
            }
        } else {
            style
        };
        self.text(x, y, text, fitting);
    }

    /// Text that ends at `right`.
    pub(crate) fn text_to(&mut self, right: f32, y: f32, text: &str, style: Style) {
        let width = self.text_width(text, style);
        self.text(right - width, y, text, style);
    }

    fn glyph(&mut self, outline: &ab_glyph::OutlinedGlyph, colour: Colour, opacity: f32) {
        let bounds = outline.px_bounds();
        let mut mask = Plane::filled(
            bounds.width().ceil().max(1.0) as usize + 1,
            bounds.height().ceil().max(1.0) as usize + 1,
            0.0,
        );
        let width = mask.width;
        outline.draw(|x, y, cover| {
            if let Some(v) = mask.data.get_mut(y as usize * width + x as usize) {
                *v = cover.clamp(0.0, 1.0);
            }
        });
        self.lay(
            &mask,
            (bounds.min.x.floor() as i64, bounds.min.y.floor() as i64),
            colour,
            opacity,
        );
    }

    /// Symbols in OCR-B, each in the middle of a cell of `pitch` millimetres, vertically centred on
    /// `middle`.
    pub(crate) fn ocr_b(&mut self, x: f32, middle: f32, pitch: f32, capital: f32, text: &str) {
        self.printed.push(text.to_owned());
        let font = Typeface::OcrB.font();
        let scaled = font.as_scaled(Typeface::OcrB.scale(capital * self.scale));
        for (number, symbol) in text.chars().enumerate() {
            let mut glyph = scaled.scaled_glyph(symbol);
            let advance = scaled.h_advance(glyph.id);
            let cell = (x + (number as f32 + 0.5) * pitch) * self.scale;
            glyph.position.x = cell - advance / 2.0;
            glyph.position.y = (middle + capital / 2.0) * self.scale;
            if let Some(outline) = scaled.outline_glyph(glyph) {
                self.glyph(&outline, INK, 0.96);
            }
        }
    }

    /// Large translucent text about a centre, turned by `turns` (positive is clockwise).
    pub(crate) fn overprint(
        &mut self,
        centre: (f32, f32),
        turns: f32,
        text: &str,
        style: Style,
        opacity: f32,
    ) {
        let width = self.text_width(text, style);
        let height = style.capital * 1.5;
        let mut flat = Self::new(width + 1.0, height, self.scale, [0.0; 3]);
        flat.text(
            0.5,
            style.capital * 1.2,
            text,
            Style {
                colour: [1.0; 3],
                ..style
            },
        );
        let (sin, cos) = (sine(turns), cosine(turns));
        let reach = f32::midpoint(width, height);
        let bounds = Frame::new(centre.0 - reach, centre.1 - reach, 2.0 * reach, 2.0 * reach);
        let (fw, fh) = (flat.width(), flat.height());
        let scale = self.scale;
        self.paint(bounds, style.colour, |x, y| {
            let (dx, dy) = (x - centre.0, y - centre.1);
            let u = dx * cos + dy * sin + fw / 2.0;
            let v = dy * cos - dx * sin + fh / 2.0;
            if (0.0..fw).contains(&u) && (0.0..fh).contains(&v) {
                opacity * flat.planes[0].sample(u * scale, v * scale)
            } else {
                0.0
            }
        });
    }

    /// Copies another sheet onto this one, its corner at a place, cut out with round corners.
    pub(crate) fn place(&mut self, sheet: &Self, x: f32, y: f32, radius: f32) {
        self.printed.extend_from_slice(&sheet.printed);
        let frame = Frame::new(x, y, sheet.width(), sheet.height());
        let scale = self.scale;
        let bounds = Frame::new(x, y, frame.width, frame.height);
        self.shade(bounds, |px, py| {
            let (u, v) = ((px - x) * scale, (py - y) * scale);
            let colour = sheet.sample(u, v);
            (colour, Self::cover(scale, frame.distance(px, py, radius)))
        });
    }
}

/// Adds the cover of one straight stroke to a mask; all in pixels.
fn segment(mask: &mut Plane, a: (f32, f32), b: (f32, f32), half: f32) {
    let reach = half + 1.0;
    let (w, h) = (mask.width as f32, mask.height as f32);
    let x0 = (a.0.min(b.0) - reach).clamp(0.0, w) as usize;
    let x1 = (a.0.max(b.0) + reach).clamp(0.0, w).ceil() as usize;
    let y0 = (a.1.min(b.1) - reach).clamp(0.0, h) as usize;
    let y1 = (a.1.max(b.1) + reach).clamp(0.0, h).ceil() as usize;
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let squared = (dx * dx + dy * dy).max(1e-6);
    // A hairline is drawn a pixel wide and paler.
    let pale = (2.0 * half).min(1.0);
    let half = half.max(0.5);
    for y in y0..y1.min(mask.height) {
        for x in x0..x1.min(mask.width) {
            let (px, py) = (x as f32 + 0.5 - a.0, y as f32 + 0.5 - a.1);
            let t = ((px * dx + py * dy) / squared).clamp(0.0, 1.0);
            let (ex, ey) = (px - t * dx, py - t * dy);
            let cover = (half + 0.5 - (ex * ex + ey * ey).sqrt()).clamp(0.0, 1.0) * pale;
            let v = &mut mask.data[y * mask.width + x];
            *v = v.max(cover);
        }
    }
}
