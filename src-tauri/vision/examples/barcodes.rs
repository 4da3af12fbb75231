//! Prints how well barcodes are found: by kind, width of module, tilt and blur; and what it costs.
//!
//! `cargo run --release -p lectern-vision --example barcodes`

#![expect(clippy::print_stdout, reason = "it is a program that prints a table")]

use std::time::Instant;

use lectern_vision::barcode;
use model::Symbology;

#[path = "../tests/drawn_barcode/mod.rs"]
mod drawn_barcode;

use drawn_barcode::{Drawing, card, content, on_card};

const KINDS: [Symbology; 5] = [
    Symbology::Pdf417,
    Symbology::DataMatrix,
    Symbology::QrCode,
    Symbology::Aztec,
    Symbology::Code128,
];
const MODULES: [f32; 5] = [2.0, 3.0, 4.0, 6.0, 10.0];
const TILTS: [f32; 7] = [0.0, 1.0, 3.0, 5.0, 8.0, 12.0, 15.0];
/// Standard deviation of the blur, as a share of the module.
const BLURS: [f32; 3] = [0.0, 0.35, 0.6];

fn main() {
    println!(
        "| kind | module (px) | {} |",
        BLURS
            .map(|blur| format!("blur σ = {blur} modules"))
            .join(" | ")
    );
    println!("|---|---|---|---|---|");
    for symbology in KINDS {
        let mut slowest = 0;
        for module in MODULES {
            let mut cells = Vec::new();
            for blur in BLURS {
                let mut missed = Vec::new();
                for tilt in TILTS {
                    let drawing = Drawing {
                        symbology,
                        module,
                        tilt,
                        blur: blur * module,
                    };
                    let page = on_card(&drawing, 1600, 1010);
                    let start = Instant::now();
                    let found = barcode::find(&page);
                    slowest = slowest.max(start.elapsed().as_millis());
                    if !found
                        .iter()
                        .any(|payload| payload.text.expose() == content(symbology))
                    {
                        missed.push(format!("{tilt}°"));
                    }
                }
                let read = TILTS.len() - missed.len();
                let missed = if missed.is_empty() {
                    String::new()
                } else {
                    format!(" (not {})", missed.join(", "))
                };
                cells.push(format!("{read}/{}{missed}", TILTS.len()));
            }
            println!("| {symbology:?} | {module} | {} |", cells.join(" | "));
        }
        println!("slowest {symbology:?}: {slowest} ms");
    }
    let empty = card(1600, 1010);
    let start = Instant::now();
    let found = barcode::find(&empty).len();
    println!(
        "card of 1600 × 1010 without a barcode: {} ms, {found} found",
        start.elapsed().as_millis()
    );
}
