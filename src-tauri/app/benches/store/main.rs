//! What the store does with many records: `make bench-store` runs it and writes docs/PERFORMANCE.md.
//!
//! For each engine and number of records a store is filled with invented ones, and a process of its own
//! opens it and asks, so that what it says of start and memory is true of a program that only reads.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench says what it measured"
)]

mod claims;
mod place;
mod questions;
mod timing;

use std::{
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context as _, Result, ensure};
use lectern_app::{
    App, intake,
    people::local_caller,
    seed::{Plan, seed},
};
use model::Door;
use place::{Engine, Place};
use timing::Times;

/// What a submission is: a picture that nobody reads here.
const PICTURE: &[u8] = include_bytes!("../../samples/passport-poor-photo.jpg");

/// How many pictures are submitted, and by how many at once.
const SUBMISSIONS: u32 = 400;
const SUBMITTERS: u32 = 4;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).filter(|word| word != "--bench");
    let first = arguments.next();
    if first.as_deref() == Some("ask") {
        let place = Place::from_words(arguments)?;
        return questions::ask(&place);
    }
    let setting =
        |name: &str, usual: &str| std::env::var(name).unwrap_or_else(|_| usual.to_owned());
    let work = PathBuf::from(setting("WORK", "/var/tmp"));
    for engine in setting("ENGINES", "sqlite postgres").split_whitespace() {
        let engine = engine.parse::<Engine>()?;
        for records in setting("RECORDS", "10000 100000 1000000").split_whitespace() {
            measure(engine, records.parse()?, &work)?;
        }
    }
    Ok(())
}

/// Measures one engine with one number of records.
fn measure(engine: Engine, records: u64, work: &std::path::Path) -> Result<()> {
    println!("\n### {engine}, {records} records\n");
    let place = Place::new(engine, work)?;
    let app = App::open(place.settings()?)?;
    let caller = local_caller(&app, Door::CommandLine);
    let plan = Plan {
        records,
        seed: 1,
        files: 0,
        into_existing: false,
    };
    let begun = Instant::now();
    seed(&app, &caller, &plan, &mut |kept| {
        if kept % 100_000 == 0 {
            eprintln!(
                "{kept} records after {:.0} s",
                begun.elapsed().as_secs_f64()
            );
        }
    })?;
    let rate = records as f64 / begun.elapsed().as_secs_f64();
    println!("- inserted {rate:.0} records a second (`lectern seed`)");
    drop(app);
    let size = place.size()?;
    println!(
        "- size {:.2} GB, {:.0} bytes a record",
        size as f64 / 1e9,
        size as f64 / records as f64
    );
    std::io::stdout().flush()?;

    let status = Command::new(std::env::current_exe()?)
        .arg("ask")
        .args(place.words())
        .stdin(Stdio::null())
        .status()
        .context("the process that asks could not be started")?;
    ensure!(status.success(), "the process that asks failed");

    submit(&place)?;
    claims::measure(engine, records, work)
}

/// Submits pictures, several at once.
fn submit(place: &Place) -> Result<()> {
    let app = App::open(place.settings()?)?;
    let begun = Instant::now();
    let times: Result<Vec<Times>> = std::thread::scope(|scope| {
        let submitters: Vec<_> = (0..SUBMITTERS)
            .map(|submitter| {
                let app = app.clone();
                scope.spawn(move || {
                    let caller = local_caller(&app, Door::CommandLine);
                    let mut times = Times::default();
                    for number in 0..SUBMISSIONS / SUBMITTERS {
                        let own = [submitter, number].map(u32::to_le_bytes);
                        let upload = intake::Upload {
                            name: "invented.jpg".into(),
                            bytes: [PICTURE, own.as_flattened()].concat(),
                        };
                        times.of(|| intake::submit(&app, &caller, upload))?;
                    }
                    Ok(times)
                })
            })
            .collect();
        let joined = submitters.into_iter().map(|one| {
            let ended = one.join();
            ended.map_err(|_| anyhow::anyhow!("a submitter panicked"))?
        });
        joined.collect()
    });
    let rate = f64::from(SUBMISSIONS) / begun.elapsed().as_secs_f64();
    let times = Times::joined(times?);
    println!("- submitted {rate:.0} files a second by {SUBMITTERS} at once, each {times}");
    Ok(())
}
