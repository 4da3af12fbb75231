//! `lectern bench`: reads every picture of a manifest and writes the answers for scoring.
//!
//! Time is CPU time, from opening the file to the answer, so that waiting for a disk or for other
//! programs does not count. With one thread it is the whole process's, because the networks compute on
//! threads of their own; with several those cannot be told apart, and a picture's time is the mean.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::Context as _;
use cpu_time::ProcessTime;
use indexmap::IndexMap;
use indicatif::{ProgressBar, ProgressStyle};
use model::{FieldName, Personal};
use read::answer::Answer;
use read::{Engines, Options};
use serde::{Deserialize, Serialize};

use super::read as reading;
use crate::terminal;

mod calibration;
mod pictures;

/// Arguments of `lectern bench`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// One JSON object a line with `id` and `file`, the file relative to the manifest
    #[arg(long, value_name = "FILE")]
    manifest: PathBuf,
    /// Where the answers go, one JSON object a line
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Pictures read at once
    #[arg(long, default_value = "1", value_name = "N")]
    threads: NonZeroUsize,
    /// Print how often values of each confidence are right; the manifest must hold `fields`
    #[arg(long)]
    calibration: bool,
    /// Draw into this folder, as SVG, what the search for a machine-readable zone looked at on each
    /// picture: the bands, the strips cut out of them and what was read there. They show what the
    /// documents say
    #[arg(long, value_name = "DIR")]
    pictures: Option<PathBuf>,
    #[command(flatten)]
    how: reading::How,
}

impl Arguments {
    /// Whether Tesseract was asked for.
    pub(crate) fn uses_tesseract(&self) -> bool {
        self.how.uses_tesseract()
    }
}

/// A line of the manifest; what else it holds is for scoring.
#[derive(Debug, Deserialize)]
struct Entry {
    id: String,
    file: PathBuf,
    /// The values on the document, by field.
    #[serde(default)]
    fields: IndexMap<FieldName, Option<Personal>>,
}

/// A line of the answers.
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    /// CPU seconds of this picture, decoding included.
    seconds: f64,
    #[serde(flatten)]
    answer: Answer,
}

/// Reads every picture of the manifest and writes the answers in its order.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let options = arguments.how.options();
    let entries = entries(&arguments.manifest)?;
    let folder = arguments.manifest.parent().unwrap_or(Path::new(""));
    let bar = ProgressBar::new(entries.len() as u64).with_style(ProgressStyle::with_template(
        "{bar:40} {pos}/{len} pictures, {eta} left",
    )?);
    let threads = arguments.threads.get();
    let start = ProcessTime::now();
    let mut lines = answers(&entries, folder, &options, threads, &bar)?;
    if threads > 1 {
        let mean = start.elapsed().as_secs_f64() / lines.len().max(1) as f64;
        for line in &mut lines {
            line.seconds = mean;
        }
    }
    bar.finish_and_clear();
    let file = File::create(&arguments.out)
        .with_context(|| format!("`{}` cannot be written", arguments.out.display()))?;
    let mut file = BufWriter::new(file);
    for line in &lines {
        serde_json::to_writer(&mut file, line)?;
        file.write_all(b"\n")?;
    }
    file.flush()?;
    let mut seconds: Vec<f64> = lines.iter().map(|line| line.seconds).collect();
    seconds.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let last = seconds.len().saturating_sub(1);
        let index = (seconds.len() as f64 * share) as usize;
        seconds.get(index.min(last)).copied().unwrap_or(0.0)
    };
    terminal::tell(format_args!(
        "{} pictures, {} with a machine-readable zone; CPU seconds a picture: {:.3} median, {:.3} at the 95th percentile",
        lines.len(),
        lines
            .iter()
            .filter(|line| line.answer.mrz.is_some())
            .count(),
        at(0.5),
        at(0.95),
    ));
    if let Some(pictures) = &arguments.pictures {
        pictures::draw(&entries, folder, pictures, &options)?;
    }
    if arguments.calibration {
        let truths = entries.iter().map(|entry| &entry.fields);
        let answers = lines.iter().map(|line| &line.answer.fields);
        let values = calibration::judge(truths.zip(answers));
        terminal::result(calibration::Curve::of(&values));
    }
    Ok(ExitCode::SUCCESS)
}

fn entries(manifest: &Path) -> anyhow::Result<Vec<Entry>> {
    let text = fs::read_to_string(manifest)
        .with_context(|| format!("`{}` cannot be read", manifest.display()))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line)
                .with_context(|| format!("`{}`, line {}", manifest.display(), number + 1))
        })
        .collect()
}

/// The answers in the order of the entries, whichever thread gave them.
fn answers(
    entries: &[Entry],
    folder: &Path,
    options: &Options<'_>,
    threads: usize,
    bar: &ProgressBar,
) -> anyhow::Result<Vec<Line>> {
    // The largest files first: a large one begun last would leave all other threads waiting for it.
    let mut order: Vec<usize> = (0..entries.len()).collect();
    let size = |number: &usize| {
        let entry = entries.get(*number);
        let size = entry.and_then(|entry| fs::metadata(folder.join(&entry.file)).ok());
        std::cmp::Reverse(size.map_or(0, |file| file.len()))
    };
    if threads > 1 {
        order.sort_by_cached_key(size);
    }
    let next = AtomicUsize::new(0);
    let work = || -> anyhow::Result<Vec<(usize, Line)>> {
        let mut engines = Engines::new().context("the recogniser could not be set up")?;
        let mut lines = Vec::new();
        loop {
            let number = order.get(next.fetch_add(1, Ordering::Relaxed)).copied();
            let found = number.and_then(|number| Some((number, entries.get(number)?)));
            let Some((number, entry)) = found else {
                return Ok(lines);
            };
            let start = ProcessTime::now();
            let answer = reading::answer(&folder.join(&entry.file), &mut engines, options, None);
            lines.push((
                number,
                Line {
                    id: entry.id.clone(),
                    seconds: start.elapsed().as_secs_f64(),
                    answer,
                },
            ));
            bar.inc(1);
        }
    };
    let gathered = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let results = workers.into_iter().map(|worker| {
            let result = worker.join();
            result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        results.collect::<anyhow::Result<Vec<_>>>()
    })?;
    let mut lines: Vec<(usize, Line)> = gathered.into_iter().flatten().collect();
    lines.sort_by_key(|(number, _)| *number);
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}
