//! What the search looked at, drawn for a person: the page with every band that was considered, and under
//! it the strips that were cut and what was read from them.
//!
//! SVG, because a browser sets its text and its lines in any size, and because it needs no font here.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use app::decoding::Decoder;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use model::Point;
use read::sight::{LineSeen, Look, Sight, sights};
use read::{Engines, Options};

use super::Entry;

/// Width of the drawing, in its own units.
const WIDTH: f32 = 1200.0;

/// Height of a strip in it: twice the recogniser's, so that single pixels can be told.
const STRIP: f32 = 48.0;

/// Height of a line of text.
const TEXT: f32 = 26.0;

/// Colours of the band that was chosen and of the others; they differ in lightness too.
const CHOSEN: &str = "#00a050";
const OTHER: &str = "#e07000";

/// Draws what is looked at on every picture of the manifest into `folder`, a file for each page.
pub(super) fn draw(
    entries: &[Entry],
    pictures: &Path,
    folder: &Path,
    options: &Options<'_>,
) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("`{}` cannot be made", folder.display()))?;
    let mut engines = Engines::new().context("the recogniser could not be set up")?;
    for entry in entries {
        let file = pictures.join(&entry.file);
        let bytes =
            fs::read(&file).with_context(|| format!("`{}` cannot be read", file.display()))?;
        // A file that cannot be decoded has an answer that says why, and nothing to look at.
        let Ok(decoded) = Decoder::apart().decode(&bytes, &options.limits, None) else {
            continue;
        };
        let seen = sights(decoded, &mut engines, options)?;
        for (number, sight) in seen.iter().enumerate() {
            let name = entry.id.replace(['/', '\\'], "_");
            let path = folder.join(match number {
                0 => format!("{name}.svg"),
                _ => format!("{name}-{}.svg", number + 1),
            });
            fs::write(&path, drawing(sight)?)
                .with_context(|| format!("`{}` cannot be written", path.display()))?;
        }
    }
    Ok(())
}

/// One page as SVG.
fn drawing(sight: &Sight) -> Result<String, std::fmt::Error> {
    let (width, height) = (sight.size.0.max(1) as f32, sight.size.1 as f32);
    let scale = WIDTH / width;
    let mut body = String::new();
    let picture = STANDARD.encode(&sight.picture);
    let page = height * scale;
    write!(
        body,
        r#"<image width="{WIDTH}" height="{page}" href="data:image/jpeg;base64,{picture}"/>"#
    )?;
    // The chosen ones last, so that no other lies over them.
    for chosen in [false, true] {
        for (number, look) in sight.looks.iter().enumerate() {
            if look.chosen == chosen {
                outlines(&mut body, number + 1, look, scale)?;
            }
        }
    }
    let mut top = page + TEXT;
    for (number, look) in sight.looks.iter().enumerate() {
        let (colour, verdict) = if look.chosen {
            (CHOSEN, "taken for a zone; as settled")
        } else {
            (OTHER, "looked at; as seen, without any grammar")
        };
        let number = number + 1;
        writeln!(
            body,
            r#"<text x="4" y="{top}" fill="{colour}" font-weight="bold">{number}: {verdict}</text>"#
        )?;
        // Recognised from the middle outwards, shown as they stand on the page.
        let mut lines: Vec<&LineSeen> = look.lines.iter().collect();
        lines.sort_by_key(|line| line.number);
        for line in lines {
            let strip = STANDARD.encode(&line.strip);
            let across = (STRIP * line.size.0 as f32 / line.size.1.max(1) as f32).min(WIDTH);
            let (under, text) = (top + 6.0, top + 6.0 + STRIP + TEXT * 0.7);
            // Letters, digits and fillers, of which only the filler means something in SVG.
            let read = line.text.expose().replace('<', "&lt;");
            writeln!(
                body,
                r#"<image x="4" y="{under}" width="{across}" height="{STRIP}" preserveAspectRatio="none" href="data:image/png;base64,{strip}"/>
<text x="4" y="{text}" textLength="{across}" lengthAdjust="spacing">{read}</text>"#
            )?;
            top = text + 4.0;
        }
        top += TEXT;
    }
    Ok(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" font-family="monospace" font-size="18">
<rect width="100%" height="100%" fill="white"/>
{body}</svg>
"#
    ))
}

fn outlines(body: &mut String, number: usize, look: &Look, scale: f32) -> std::fmt::Result {
    let (colour, stroke) = if look.chosen { (CHOSEN, 3) } else { (OTHER, 1) };
    let at = |point: &Point| format!("{:.1},{:.1}", point.x * scale, point.y * scale);
    for (line, outline) in look.outlines().iter().enumerate() {
        let points: Vec<String> = outline.iter().map(at).collect();
        writeln!(
            body,
            r#"<polygon points="{}" fill="none" stroke="{colour}" stroke-width="{stroke}"/>"#,
            points.join(" ")
        )?;
        if let Some(first) = outline.first().filter(|_| line == 0) {
            let (x, y) = (first.x * scale, first.y * scale);
            writeln!(
                body,
                r#"<text x="{x:.1}" y="{y:.1}" fill="{colour}">{number}</text>"#
            )?;
        }
    }
    Ok(())
}
