//! Pages of a PDF: drawn in memory-safe code, with the text that the file spells on them.
//!
//! Scripts, actions, forms' programs, attached files and links are never looked into: what is drawn on
//! the page is all there is. Each page is surveyed first (its text, its pictures and their
//! resolution), so that the scale of every page is known before anything is set aside for it.

mod survey;
mod text;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use hayro::{
    PixmapSettings, RenderCache, RenderSettings,
    hayro_interpret::{InterpreterSettings, InterpreterWarning},
    hayro_syntax::{DecryptionError, LoadPdfError, Pdf, object::Dict, page::Page},
    vello_cpu::color::palette::css::WHITE,
};
use image::RgbImage;

use self::survey::Survey;
use super::{Decoded, Limits, TextLayer, problem};
use crate::error::DecodeError;

/// Pixels per inch at which a page without pictures is drawn: small print is clear and barcodes read.
const PRINT: f32 = 200.0;

/// Pixels per inch between which scans are drawn, at their own resolution.
const SCAN: (f32, f32) = (150.0, 300.0);

/// Points of a PDF to an inch.
const POINTS: f32 = 72.0;

/// Largest page in pixels: an A4 page at 600 dots per inch.
const PAGE_PIXELS: f32 = 36_000_000.0;

/// What one page is and how large it will be drawn.
struct Plan {
    survey: Survey,
    /// Pixels per point.
    scale: f32,
    width: f32,
    height: f32,
}

impl Plan {
    fn pixels(&self) -> f32 {
        (self.width * self.scale).ceil() * (self.height * self.scale).ceil()
    }
}

/// Draws the pages of a PDF and adds them to what was decoded.
pub(super) fn pages(
    bytes: &[u8],
    limits: &Limits,
    password: Option<&str>,
    decoded: &mut Decoded,
) -> Result<(), DecodeError> {
    let pdf = guarded(|| open(bytes, password)).unwrap_or(Err(damaged()))?;
    let before = decoded.pages.len();
    told_of_content(&pdf, decoded);
    let all: &[Page<'_>] = pdf.pages();
    let wanted = limits.pages;
    if all.len() > wanted {
        decoded.problems.push(super::pages_left_out(limits.pages));
    }
    let mut plans: Vec<Option<Plan>> = all
        .iter()
        .take(wanted)
        .map(|page| guarded(|| plan(page, limits)).flatten())
        .collect();
    shrink(&mut plans, limits, decoded);
    for (number, (page, plan)) in all.iter().zip(plans).enumerate() {
        let drawn = plan.and_then(|plan| guarded(|| draw(page, plan)).flatten());
        match drawn {
            Some((picture, layer, whole)) => {
                decoded.push(picture, layer);
                if !whole {
                    decoded.problems.push(problem(
                        "page_picture_unreadable",
                        format!(
                            "Page {} shows a picture that cannot be read; the rest of the page was",
                            number + 1
                        ),
                    ));
                }
            }
            None => decoded.problems.push(problem(
                "page_unreadable",
                format!(
                    "Page {} was left out: it is damaged and cannot be drawn",
                    number + 1
                ),
            )),
        }
    }
    if decoded.pages.len() == before {
        return Err(damaged());
    }
    Ok(())
}

/// Opens the file, by the password where it is locked.
fn open(bytes: &[u8], password: Option<&str>) -> Result<Pdf, DecodeError> {
    let opened = Pdf::new(bytes.to_vec());
    let opened = match (opened, password) {
        (Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)), Some(password)) => {
            Pdf::new_with_password(bytes.to_vec(), password)
        }
        (opened, _) => opened,
    };
    opened.map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => match password {
            Some(_) => DecodeError::WrongPassword,
            None => DecodeError::Locked,
        },
        LoadPdfError::Decryption(_) => DecodeError::UnknownLock,
        LoadPdfError::Invalid => damaged(),
    })
}

const fn damaged() -> DecodeError {
    DecodeError::DamagedFile { format: "PDF" }
}

/// Says what the file carries beside its pages, which nobody opens or runs.
fn told_of_content(pdf: &Pdf, decoded: &mut Decoded) {
    let found = guarded(|| {
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
        let names = catalog.get::<Dict<'_>>("Names");
        let named = |key: &str| names.as_ref().is_some_and(|names| names.contains_key(key));
        let action = catalog.get::<Dict<'_>>("OpenAction");
        let scripted = action.is_some_and(|action| action.contains_key("JS"));
        let acts = named("JavaScript") || scripted || catalog.contains_key("AA");
        Some((named("EmbeddedFiles"), acts))
    });
    let (files, scripts) = found.flatten().unwrap_or_default();
    if files {
        decoded.problems.push(problem(
            "attachments_left_out",
            "The PDF carries attached files: they were not opened, only its pages were read"
                .to_owned(),
        ));
    }
    if scripts {
        decoded.problems.push(problem(
            "scripts_left_out",
            "The PDF carries programs: they were not run, only its pages were read".to_owned(),
        ));
    }
}

/// What is on the page and the scale at which it is worth drawing; none where it cannot be told.
fn plan(page: &Page<'_>, limits: &Limits) -> Option<Plan> {
    // A page whose content cannot be unpacked is damaged; one without any content is empty.
    if page.raw().contains_key("Contents") && page.page_stream().is_none() {
        return None;
    }
    let (width, height) = page.render_dimensions();
    if !(width.is_finite() && height.is_finite()) {
        return None;
    }
    let survey = survey::of(page);
    let resolution = survey
        .resolution(width * height)
        .map_or(PRINT, |found| found.clamp(SCAN.0, SCAN.1));
    let longest = limits.side.min(u32::from(u16::MAX)) as f32 - 1.0;
    let scale = (resolution / POINTS)
        .min(longest / width.max(height))
        .min((PAGE_PIXELS / (width * height)).sqrt());
    Some(Plan {
        survey,
        scale,
        width,
        height,
    })
}

/// Draws all pages smaller where together they have more pixels than are allowed.
fn shrink(plans: &mut [Option<Plan>], limits: &Limits, decoded: &mut Decoded) {
    let allowed = limits.pixels as f32;
    let wanted: f32 = plans.iter().flatten().map(Plan::pixels).sum();
    if wanted <= allowed {
        return;
    }
    let factor = (allowed / wanted).sqrt();
    for plan in plans.iter_mut().flatten() {
        plan.scale *= factor;
    }
    decoded.problems.push(problem(
        "pages_reduced",
        format!(
            "The PDF has so many pages that they were drawn at {:.0} % of their resolution: small print may be lost",
            factor * 100.0
        ),
    ));
}

/// The page in pixels, what it spells, and whether every picture on it could be shown.
fn draw(page: &Page<'_>, plan: Plan) -> Option<(RgbImage, TextLayer, bool)> {
    let failed = Arc::new(AtomicBool::new(false));
    let noted = Arc::clone(&failed);
    let settings = InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::ImageDecodeFailure) {
                noted.store(true, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    };
    // One to a page: it only ever grows.
    let cache = RenderCache::new();
    // At least a pixel, whatever the page says.
    let scale = |side: f32| (side * plan.scale).max(1.0) / side;
    let pixmap_settings = PixmapSettings {
        x_scale: scale(plan.width),
        y_scale: scale(plan.height),
        bg_color: WHITE,
    };
    let pixmap = hayro::render(
        page,
        &cache,
        &settings,
        &RenderSettings::default(),
        &pixmap_settings,
    );
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    let pixels = pixmap.data_as_u8_slice().as_chunks::<4>().0.iter();
    let pixels: Vec<u8> = pixels
        .flat_map(|&[red, green, blue, _]| [red, green, blue])
        .collect();
    let picture = RgbImage::from_raw(width, height, pixels)?;
    let layer = text::layer(plan.survey, plan.scale, &picture);
    Some((picture, layer, !failed.load(Ordering::Relaxed)))
}

/// Does it and survives a panic: none is known, and a damaged page must not take the others with it.
fn guarded<T>(act: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(act)).ok()
}
