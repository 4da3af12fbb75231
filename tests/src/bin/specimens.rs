//! Draws invented specimens: training lines as a stream, and sheets to look at them.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Parser, Subcommand};
use lectern_tests::specimen::line;

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
    }
}
