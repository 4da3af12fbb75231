//! Draws invented specimens: training lines as a stream, and sheets to look at them.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::Context;
use clap::{Parser, Subcommand};
use lectern_tests::specimen::{
    self, Damage, Kind, Specimen, degrade::Ground, grid::Cell, line, samples, scene, set,
};

/// Draws invented specimens from a seed.
#[derive(Parser)]
#[command(name = "specimens", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lines of machine-readable zones, as a stream on standard output or as a sheet to look at.
    Lines {
        /// The series to draw from.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The first line of the series.
        #[arg(long, default_value_t = 0)]
        first: u64,
        /// How many lines.
        #[arg(long, default_value_t = 64)]
        count: u64,
        /// Write a picture of all lines here instead of the stream.
        #[arg(long, value_name = "FILE.png")]
        sheet: Option<PathBuf>,
    },
    /// Whole documents with a `manifest.jsonl` that says what they show.
    Draw {
        /// The first document's seed; the following ones count on from it.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many documents, kinds in turn.
        #[arg(long, default_value_t = 8)]
        count: u64,
        /// What to draw; everything if left out.
        #[arg(long, value_delimiter = ',')]
        kinds: Vec<Kind>,
        /// What to do to them.
        #[arg(long, default_value = "light")]
        damage: Damage,
        /// The folder to write to.
        #[arg(long)]
        out: PathBuf,
    },
    /// Documents with a zone over a grid of damage, for measuring: the manifest says what was done to
    /// each.
    Grid {
        /// The first document's seed; the following ones count on from it.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many documents, kinds in turn.
        #[arg(long, default_value_t = 1000)]
        count: u64,
        /// Draw every capital this high, in pixels, instead of walking over that axis.
        #[arg(long)]
        capital: Option<f32>,
        /// The folder to write to.
        #[arg(long)]
        out: PathBuf,
    },
    /// Every type of document in turn, with its manifest: what the program's reading is measured on.
    Set {
        /// The set to draw.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many pictures.
        #[arg(long, default_value_t = 500)]
        count: u64,
        /// What to do to them.
        #[arg(long, default_value = "light")]
        damage: set::Treatment,
        /// The folder to write to.
        #[arg(long)]
        out: PathBuf,
    },
    /// Shuffled fronts and backs and a flatbed sheet with four cards; the manifest says what belongs
    /// together.
    Pairs {
        /// The set to draw.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The folder to write to.
        #[arg(long)]
        out: PathBuf,
    },
    /// Sheets with two to eight cards each, and their manifest: how many of the cards are found.
    Sheets {
        /// The first sheet.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many sheets.
        #[arg(long, default_value_t = 20)]
        count: u64,
        /// What they lie on.
        #[arg(long, default_value = "white")]
        ground: Ground,
        /// The folder to write to.
        #[arg(long)]
        out: PathBuf,
    },
    /// The documents that come with the program to try it on.
    Samples {
        /// The folder to write to.
        #[arg(long)]
        out: PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Lines {
            seed,
            first,
            count,
            sheet: None,
        } => {
            let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
            match line::write_stream(seed, first, count, &mut out) {
                // The reader has seen enough.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                other => other.context("the lines could not be written"),
            }
        }
        Command::Lines {
            seed,
            first,
            count,
            sheet: Some(path),
        } => {
            let mut texts = io::stdout().lock();
            let lines: Vec<line::Line> = (first..first + count)
                .map(|index| line::draw(seed, index))
                .collect();
            for drawn in &lines {
                writeln!(texts, "{:4.1} {}", drawn.capital, drawn.text)?;
            }
            line::sheet(&lines)
                .save(&path)
                .with_context(|| format!("cannot write `{}`", path.display()))
        }
        Command::Draw {
            seed,
            count,
            kinds,
            damage,
            out,
        } => {
            let kinds = if kinds.is_empty() {
                Kind::ALL.to_vec()
            } else {
                kinds
            };
            draw(seed, count, &kinds, damage, &out).with_context(|| {
                format!("the documents could not be written to `{}`", out.display())
            })
        }
        Command::Grid {
            seed,
            count,
            capital,
            out,
        } => grid(seed, count, capital, &out)
            .with_context(|| format!("the documents could not be written to `{}`", out.display())),
        Command::Set {
            seed,
            count,
            damage,
            out,
        } => write(set_members(seed, count, damage), &out)
            .with_context(|| format!("the documents could not be written to `{}`", out.display())),
        Command::Pairs { seed, out } => write(set::pairs(seed).into_iter(), &out)
            .with_context(|| format!("the documents could not be written to `{}`", out.display())),
        Command::Sheets {
            seed,
            count,
            ground,
            out,
        } => write(
            (seed..seed + count).map(|seed| scene::cards_on(ground, seed)),
            &out,
        )
        .with_context(|| format!("the sheets could not be written to `{}`", out.display())),
        Command::Samples { out } => {
            fs::create_dir_all(&out)?;
            for (name, drawn) in samples::samples() {
                let path = out.join(name);
                fs::write(&path, drawn.encode())
                    .with_context(|| format!("cannot write `{}`", path.display()))?;
            }
            Ok(())
        }
    }
}

fn draw(seed: u64, count: u64, kinds: &[Kind], damage: Damage, out: &Path) -> anyhow::Result<()> {
    let drawn = (0..count)
        .zip(kinds.iter().cycle())
        .map(|(number, &kind)| specimen::draw(kind, seed + number, damage));
    write(drawn, out)
}

/// The members of a set in their order, drawn on every core.
fn set_members(seed: u64, count: u64, damage: set::Treatment) -> impl Iterator<Item = Specimen> {
    let together = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    (0..count)
        .step_by(together as usize)
        .flat_map(move |first| {
            let last = (first + together).min(count);
            let drawing: Vec<_> = (first..last)
                .map(|number| thread::spawn(move || set::member(seed, number, damage)))
                .collect();
            drawing
                .into_iter()
                .map(|one| one.join().expect("drawing does not fail"))
        })
}

/// Writes pictures and their manifest.
fn write(drawn: impl Iterator<Item = Specimen>, out: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(out)?;
    let mut manifest = BufWriter::new(File::create(out.join("manifest.jsonl"))?);
    for drawn in drawn {
        fs::write(out.join(&drawn.truth.file), drawn.encode())?;
        serde_json::to_writer(&mut manifest, &drawn.truth)?;
        manifest.write_all(b"\n")?;
    }
    Ok(manifest.flush()?)
}

fn grid(seed: u64, count: u64, capital: Option<f32>, out: &Path) -> anyhow::Result<()> {
    /// What has a zone; seven kinds, so that they fall out of step with the four levels of an axis.
    const KINDS: [Kind; 7] = [
        Kind::Passport,
        Kind::IdCardTd1,
        Kind::IdCardTd2,
        Kind::VisaA,
        Kind::VisaB,
        Kind::FrenchIdCard,
        Kind::FrenchLicence,
    ];
    fs::create_dir_all(out)?;
    let mut manifest = BufWriter::new(File::create(out.join("manifest.jsonl"))?);
    for (number, &kind) in (0..count).zip(KINDS.iter().cycle()) {
        let mut cell = Cell::of(number);
        cell.capital = capital.unwrap_or(cell.capital);
        let drawn = specimen::draw_with(kind, seed + number, &cell.degradation());
        fs::write(out.join(&drawn.truth.file), drawn.encode())?;
        let mut line = serde_json::to_value(&drawn.truth)?;
        line["cell"] = serde_json::to_value(cell)?;
        serde_json::to_writer(&mut manifest, &line)?;
        manifest.write_all(b"\n")?;
    }
    Ok(manifest.flush()?)
}
