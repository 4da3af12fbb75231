//! Prints what is read from pictures as JSON, one object for each view of a document on them, and one
//! for each machine-readable zone.
//!
//! `cargo run -p lectern-read --example text -- PICTURE…`
//!
//! Without pictures it takes their paths from standard input, one a line, and ends each answer with
//! an empty line: so that a benchmark can leave the loading of the networks out.

#![expect(
    clippy::print_stdout,
    reason = "a tool for developers answers on the terminal"
)]

use std::{error::Error, ops::ControlFlow, path::Path};

use lectern_read::{Engine, Engines, Limits, Only, Options, USUAL_AGES, built_in_types, see};

fn main() -> Result<(), Box<dyn Error>> {
    let mut engines = Engines::new()?;
    let mut paths = std::env::args_os().skip(1).peekable();
    if paths.peek().is_none() {
        for path in std::io::stdin().lines() {
            show(&mut engines, Path::new(&path?))?;
            println!();
        }
    }
    paths.try_for_each(|path| show(&mut engines, Path::new(&path)))
}

fn show(engines: &mut Engines, path: &Path) -> Result<(), Box<dyn Error>> {
    let options = Options {
        // Any day will do: the text does not depend on it.
        day: jiff::civil::date(2026, 1, 1),
        only: Only::Everything,
        limits: Limits::DEFAULT,
        engine: Engine::Network,
        types: built_in_types(),
        ages: USUAL_AGES,
        trust: None,
    };
    let bytes = std::fs::read(path)?;
    let seen = see(
        &bytes,
        engines,
        &options,
        &mut |_| ControlFlow::Continue(()),
    )
    .map_err(|_| "the reading was cancelled")?;
    for sheet in seen.sheets() {
        println!("{}", serde_json::to_string(sheet)?);
    }
    let readings = seen.readings(&options, &[]).into_iter();
    for zone in readings.filter_map(|reading| reading.mrz) {
        println!("{}", serde_json::json!({ "mrz": zone }));
    }
    Ok(())
}
