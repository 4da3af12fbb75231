//! Counts the documents that are found on pictures whose documents are known.
//!
//! `cargo run --release -p lectern-vision --example sheets -- MANIFEST…`
//!
//! A manifest is JSON lines with `file` (relative to it) and `documents`, each with its `quad`, as `specimens sheets` and
//! `specimens pairs` write it. A document is found where every corner of an outline lies within a twenty-fifth of its longer
//! side; an outline that is at no document is wrong.

#![expect(
    clippy::print_stdout,
    reason = "a tool for developers answers on the terminal"
)]

use std::{error::Error, path::Path};

use lectern_vision::{Limits, decode, page};
use model::{Point, Quad};

/// So far a corner may lie off, as a share of the longer side.
const NEAR: f32 = 0.04;

fn main() -> Result<(), Box<dyn Error>> {
    for manifest in std::env::args().skip(1) {
        let folder = Path::new(&manifest).parent().unwrap_or(Path::new("."));
        let (mut pictures, mut shown, mut found, mut wrong, mut whole) = (0, 0, 0, 0, 0);
        for line in std::fs::read_to_string(&manifest)?.lines() {
            let entry: serde_json::Value = serde_json::from_str(line)?;
            let documents = entry["documents"].as_array();
            let expected: Vec<Quad> = documents
                .into_iter()
                .flatten()
                .filter_map(|document| quad(&document["quad"]))
                .collect();
            if expected.is_empty() {
                continue;
            }
            let bytes = std::fs::read(folder.join(entry["file"].as_str().unwrap_or_default()))?;
            let decoded = decode(&bytes, &Limits::DEFAULT)?;
            let views: Vec<page::View> = decoded.pages.iter().flat_map(page::views).collect();
            let outlines: Vec<Quad> = views
                .iter()
                .filter(|view| view.card)
                .map(|view| {
                    let (width, height) = view.picture.dimensions();
                    let picture = Quad::rectangle(0.0, 0.0, width as f32, height as f32);
                    view.page_from_view.quad(&picture)
                })
                .collect();
            pictures += 1;
            shown += expected.len();
            whole += usize::from(outlines.is_empty());
            let is_found = |one: &&Quad| outlines.iter().any(|outline| is_near(outline, one));
            found += expected.iter().filter(is_found).count();
            let is_wrong = |one: &&Quad| !expected.iter().any(|expected| is_near(one, expected));
            wrong += outlines.iter().filter(is_wrong).count();
        }
        println!(
            "{manifest}: {found} of {shown} documents on {pictures} pictures found, {wrong} outlines wrong, \
             {whole} pictures left whole"
        );
    }
    Ok(())
}

fn quad(corners: &serde_json::Value) -> Option<Quad> {
    let corner = |index: usize| {
        let at = |axis: usize| corners[index][axis].as_f64();
        Some(Point::new(at(0)? as f32, at(1)? as f32))
    };
    Some(Quad([corner(0)?, corner(1)?, corner(2)?, corner(3)?]))
}

/// Whether an outline lies at a document, whichever of its corners comes first: a view does not know yet which way up
/// its card is.
fn is_near(outline: &Quad, document: &Quad) -> bool {
    let distance = |a: Point, b: Point| (b.x - a.x).hypot(b.y - a.y);
    let longer = (0..4)
        .map(|index| distance(document.0[index], document.0[(index + 1) % 4]))
        .fold(0.0, f32::max);
    (0..4).any(|first| {
        (0..4).all(|index| {
            distance(outline.0[(first + index) % 4], document.0[index]) <= NEAR * longer
        })
    })
}
