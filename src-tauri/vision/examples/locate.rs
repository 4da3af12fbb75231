//! Looks at what the locator sees: draws the bands found on every picture of a manifest, and the
//! strips cut from them, into a folder.
//!
//! `cargo run -p lectern-vision --example locate -- MANIFEST OUTPUT [PART OF AN ID]`
//!
//! With `-` for OUTPUT nothing is drawn. The manifest is JSON lines with `id`, `file` (relative to it) and, where the picture bears a
//! machine-readable zone, `mrz`. With the lines known, each band's strips are read greedily and
//! compared, which tells at which rank the right band comes.

#![expect(
    clippy::print_stdout,
    reason = "a tool for developers answers on the terminal"
)]

use std::{
    collections::HashMap,
    error::Error,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use image::{GrayImage, Luma, Rgb, RgbImage, imageops};
use lectern_vision::{
    Limits, Recogniser, decode,
    locate::{self, Band},
    network::Network,
    picture,
    strip::{self, Jitter},
};
use model::Lattice;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [manifest, output, rest @ ..] = arguments.as_slice() else {
        return Err("usage: locate MANIFEST OUTPUT [PART OF AN ID]".into());
    };
    let wanted = rest.first().map_or("", String::as_str);
    let folder = Path::new(manifest).parent().unwrap_or(Path::new("."));
    let output = (output != "-").then(|| PathBuf::from(output));
    if let Some(output) = &output {
        std::fs::create_dir_all(output)?;
    }
    let mut network = Network::mrz()?;
    let mut ranks: HashMap<String, u32> = HashMap::new();
    for line in std::fs::read_to_string(manifest)?.lines() {
        let entry: serde_json::Value = serde_json::from_str(line)?;
        let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let id = text("id");
        if !id.contains(wanted) {
            continue;
        }
        let truth: Vec<String> = entry["mrz"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|line| line.as_str().map(str::to_owned))
            .collect();
        let bytes = std::fs::read(folder.join(text("file")))?;
        let start = Spent::so_far();
        let decoded = decode(&bytes, &Limits::DEFAULT)?;
        let decoding = start.elapsed();
        for (number, page) in decoded.pages.iter().enumerate() {
            let start = Spent::so_far();
            let grey = picture::grey(page);
            let greying = start.elapsed();
            let start = Spent::so_far();
            let mut bands = locate::bands(&grey).peekable();
            bands.peek();
            let locating = start.elapsed();
            let found: Vec<Band> = bands.collect();
            let all = start.elapsed();
            let (mut best, mut reading, mut cutting, mut lines) = ((9.9_f32, 0_usize), 0.0, 0.0, 0);
            let mut strips: Vec<GrayImage> = Vec::new();
            for (rank, band) in found.iter().enumerate() {
                let mut texts = Vec::new();
                for line in &band.lines {
                    let start = Spent::so_far();
                    let strip = strip::cut(&grey, line, network.shape(), Jitter::NONE);
                    cutting += start.elapsed().as_secs_f64() * 1e3;
                    let start = Spent::so_far();
                    texts.push(greedy(&network.recognise(&strip)?));
                    reading += start.elapsed().as_secs_f64() * 1e3;
                    lines += 1;
                    if rank < 12 {
                        strips.push(strip.pixels);
                    }
                }
                let wrong = error_rate(&texts, &truth);
                if !wanted.is_empty() && rank % 2 == 0 {
                    println!(
                        "    {:2} score {:.2} wrong {wrong:.3} {:?}",
                        rank / 2,
                        band.score,
                        texts
                    );
                }
                if wrong + 0.02 < best.0 {
                    best = (wrong, rank);
                }
                // Without pictures to draw, what follows the right band is of no interest.
                if output.is_none() && wrong < 0.1 {
                    break;
                }
            }
            if !truth.is_empty() {
                let kind = match best {
                    (wrong, rank) if wrong < 0.15 => format!("rank {:2}", rank / 2),
                    _ => "not found".to_owned(),
                };
                *ranks.entry(kind).or_default() += 1;
            }
            let lines = f64::from(lines.max(1));
            println!(
                "{id:28} {:5}×{:<5} decode {:5.1} grey {:4.1} first {:5.1} all {:6.1} ms, {:2} bands, cut {:.2} read {:.2} ms a line{}",
                page.width(),
                page.height(),
                decoding.as_secs_f64() * 1e3,
                greying.as_secs_f64() * 1e3,
                locating.as_secs_f64() * 1e3,
                all.as_secs_f64() * 1e3,
                found.len() / 2,
                cutting / lines,
                reading / lines,
                if truth.is_empty() {
                    format!(
                        ", score {:.2}",
                        found.first().map_or(0.0, |band| band.score)
                    )
                } else {
                    format!(
                        ", scores {}, best {:.3} at rank {}",
                        found
                            .iter()
                            .step_by(2)
                            .take(5)
                            .map(|band| format!("{:.2}", band.score))
                            .collect::<Vec<_>>()
                            .join("/"),
                        best.0,
                        best.1
                    )
                },
            );
            if let Some(output) = &output {
                let name = format!("{id}-{number}");
                drawn(page, &found).save(output.join(format!("{name}.png")))?;
                sheet(&strips).save(output.join(format!("{name}-strips.png")))?;
            }
        }
    }
    let mut ranks: Vec<_> = ranks.into_iter().collect();
    ranks.sort();
    for (rank, count) in ranks {
        println!("{rank}: {count}");
    }
    Ok(())
}

/// Time of this thread on the processor, which other programs do not stretch; the clock's time where
/// the system does not tell.
struct Spent {
    clock: Instant,
    processor: Option<u64>,
}

impl Spent {
    fn so_far() -> Self {
        Self {
            clock: Instant::now(),
            processor: processor_time(),
        }
    }

    fn elapsed(&self) -> Duration {
        match (self.processor, processor_time()) {
            (Some(before), Some(now)) => Duration::from_nanos(now - before),
            _ => self.clock.elapsed(),
        }
    }
}

/// Nanoseconds, as Linux counts them.
fn processor_time() -> Option<u64> {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    statistics.split(' ').next()?.parse().ok()
}

/// The likeliest symbol of every step, repeats and blanks removed.
fn greedy(lattice: &Lattice) -> String {
    let mut text = String::new();
    let mut last = 0;
    for step in 0..lattice.steps() {
        let row = lattice.row(step);
        let best = (0..row.len())
            .max_by(|&a, &b| row[a].total_cmp(&row[b]))
            .unwrap_or(0);
        if best != last && best > 0 {
            text.push(lattice.alphabet[best - 1]);
        }
        last = best;
    }
    text
}

/// Edits to the truth by its length.
fn error_rate(texts: &[String], truth: &[String]) -> f32 {
    let (got, want) = (texts.concat(), truth.concat());
    let want: Vec<char> = want.chars().collect();
    let mut row: Vec<usize> = (0..=want.len()).collect();
    for (index, a) in got.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, b) in want.iter().enumerate() {
            let change = diagonal + usize::from(a != *b);
            diagonal = row[column + 1];
            row[column + 1] = change.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[want.len()] as f32 / want.len().max(1) as f32
}

/// The page with the first bands' outlines, the first in red.
fn drawn(page: &RgbImage, bands: &[Band]) -> RgbImage {
    let colours = [
        [255, 0, 0],
        [0, 160, 0],
        [0, 0, 255],
        [200, 120, 0],
        [160, 0, 200],
    ];
    let mut picture = page.clone();
    for (index, band) in bands
        .iter()
        .step_by(2)
        .enumerate()
        .take(colours.len())
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
    {
        for line in &band.lines {
            for step in 0..=2000 {
                let along = step as f32 / 2000.0;
                let (centre, down) = (line.point_at(along), line.down_at(along));
                let half = line.height_at(along) / 2.0;
                for side in [-half, half] {
                    let (x, y) = (centre.x + down.x * side, centre.y + down.y * side);
                    if x >= 0.0
                        && y >= 0.0
                        && (x as u32) < picture.width()
                        && (y as u32) < picture.height()
                    {
                        picture.put_pixel(x as u32, y as u32, Rgb(colours[index]));
                    }
                }
            }
        }
    }
    picture
}

/// The strips below one another.
fn sheet(strips: &[GrayImage]) -> GrayImage {
    let width = strips.iter().map(GrayImage::width).max().unwrap_or(1);
    let height: u32 = strips.iter().map(|strip| strip.height() + 2).sum();
    let mut sheet = GrayImage::from_pixel(width, height.max(1), Luma([90]));
    let mut top = 0;
    for strip in strips {
        imageops::replace(&mut sheet, strip, 0, top);
        top += i64::from(strip.height()) + 2;
    }
    sheet
}
