//! What is on a page of a PDF, found by going through its instructions without drawing them.

use hayro::{
    hayro_interpret::{
        BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
        InterpreterCache, InterpreterSettings, SoftMask,
        font::{Glyph, GlyphRun},
        hayro_cmap::BfString,
        interpret_page,
        util::TransformExt as _,
    },
    hayro_syntax::page::Page,
    kurbo::{Affine, BezPath, PathEl, Point, Rect},
};

/// Units of a font to its size.
const EM: f64 = 1000.0;

/// Most glyphs of a page that are looked at: a page of a newspaper has twenty thousand.
const GLYPHS: usize = 100_000;

/// So many curves draw letters or a picture, and not only rules and boxes.
const CURVES: usize = 400;

/// Paint of a lower opacity than this is not seen, 0 to 255.
const OPACITY: u8 = 24;

/// A letter on the page, in points from its top left corner.
pub(super) struct Letter {
    /// What it says; several characters for a ligature.
    pub(super) text: String,
    /// Where it stands on the baseline.
    pub(super) from: Point,
    /// Where the next one would stand.
    pub(super) to: Point,
    /// From the baseline upwards, as long as the size of the font.
    pub(super) up: (f64, f64),
    /// When it was drawn, among the letters and pictures of the page.
    order: usize,
}

/// A picture on the page.
struct Picture {
    bounds: Rect,
    /// Pixels to an inch of the page.
    resolution: f32,
    order: usize,
}

/// What was found on a page.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) letters: Vec<Letter>,
    /// Whether letters were drawn whose meaning the file does not tell, or too many of them.
    pub(super) has_unknown: bool,
    pictures: Vec<Picture>,
    curves: usize,
    count: usize,
}

/// Goes through the instructions of a page.
pub(super) fn of(page: &Page<'_>) -> Survey {
    let cache = InterpreterCache::new();
    let (width, height) = page.render_dimensions();
    let sheet = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = page.initial_transform(true).to_kurbo();
    let settings = InterpreterSettings::default();
    let mut context = Context::new(transform, sheet, &cache, page.xref(), settings);
    let mut survey = Survey::default();
    interpret_page(page, &mut context, &mut survey);
    survey
}

impl Survey {
    /// Whether the page shows more than lines of known letters: pictures, or shapes that may be letters.
    pub(super) fn shows_more(&self) -> bool {
        self.has_unknown || self.curves > CURVES || !self.pictures.is_empty()
    }

    /// The resolution of the finest picture that fills a good part of a page of this area in square
    /// points; none where there is no such picture.
    pub(super) fn resolution(&self, area: f32) -> Option<f32> {
        let large = self
            .pictures
            .iter()
            .filter(|picture| picture.bounds.area() as f32 >= area / 50.0);
        large.map(|picture| picture.resolution).reduce(f32::max)
    }

    /// Takes out the letters that a picture drawn after them covers.
    pub(super) fn drop_covered(&mut self) {
        let pictures = std::mem::take(&mut self.pictures);
        let before = self.letters.len();
        self.letters.retain(|letter| {
            let middle = letter.from.midpoint(letter.to);
            !pictures
                .iter()
                .any(|picture| picture.order > letter.order && picture.bounds.contains(middle))
        });
        self.has_unknown |= self.letters.len() < before;
        self.pictures = pictures;
    }

    fn next(&mut self) -> usize {
        self.count += 1;
        self.count
    }
}

impl<'a> Device<'a> for Survey {
    fn draw_path(&mut self, path: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        let curved = |element: &PathEl| matches!(element, PathEl::QuadTo(..) | PathEl::CurveTo(..));
        self.curves += path.iter().filter(curved).count();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        // What cannot be seen is somebody's reading of a scan, or meant to deceive: it is read from the
        // pixels instead.
        let unseen = match &props.paint {
            hayro::hayro_interpret::Paint::Color(color) => color.to_rgba().to_rgba8()[3] < OPACITY,
            hayro::hayro_interpret::Paint::Pattern(_) => false,
        };
        if unseen || matches!(mode, DrawMode::Invisible) {
            return;
        }
        for glyph in run.glyphs() {
            if self.letters.len() >= GLYPHS {
                self.has_unknown = true;
                return;
            }
            let order = self.next();
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let text = match glyph.as_unicode() {
                Some(BfString::Char(letter)) => letter.to_string(),
                Some(BfString::String(letters)) => letters,
                None => String::new(),
            };
            if text.is_empty() || text.contains(['\u{fffd}', '\0']) {
                self.has_unknown = true;
                continue;
            }
            let place: Affine = props.transform * glyph.transform();
            let from = place * Point::ZERO;
            let to = place * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
            let top = place * Point::new(0.0, EM);
            let up = (top.x - from.x, top.y - from.y);
            if from.is_finite() && to.is_finite() && up.0.is_finite() && up.1.is_finite() {
                self.letters.push(Letter {
                    text,
                    from,
                    to,
                    up,
                    order,
                });
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let order = self.next();
        let frame = Rect::new(
            0.0,
            0.0,
            f64::from(image.width()),
            f64::from(image.height()),
        );
        let bounds = props.transform.transform_rect_bbox(frame);
        // Points to a pixel of the picture, along the side where it is finer.
        let [a, b, c, d, ..] = props.transform.as_coeffs();
        let step = a.hypot(b).min(c.hypot(d));
        let resolution = (72.0 / step) as f32;
        if bounds.is_finite() && resolution.is_finite() {
            self.pictures.push(Picture {
                bounds,
                resolution,
                order,
            });
        }
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
