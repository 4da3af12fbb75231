//! Prints the text of pictures as JSON, one line for each document on them.
//!
//! `cargo run -p lectern-vision --example text -- PICTURE…`
//!
//! Without pictures it takes their paths from standard input, one a line, and ends each answer with
//! an empty line: so that a benchmark can leave the loading of the networks out.

#![expect(
    clippy::print_stdout,
    reason = "a tool for developers answers on the terminal"
)]

use std::{error::Error, path::Path};

use image::imageops;
use lectern_vision::{
    Limits, decode, page,
    text::{Hint, Languages, Reader},
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut reader = Reader::new(&Languages::default())?;
    let mut paths = std::env::args_os().skip(1).peekable();
    if paths.peek().is_none() {
        for path in std::io::stdin().lines() {
            show(&mut reader, Path::new(&path?))?;
            println!();
        }
    }
    paths.try_for_each(|path| show(&mut reader, Path::new(&path)))
}

fn show(reader: &mut Reader, path: &Path) -> Result<(), Box<dyn Error>> {
    for sheet in decode(&std::fs::read(path)?, &Limits::default())?.pages {
        for view in page::views(&sheet) {
            let picture = match reader.upright(&view.picture)? {
                1 => imageops::rotate90(&view.picture),
                2 => imageops::rotate180(&view.picture),
                3 => imageops::rotate270(&view.picture),
                _ => view.picture,
            };
            let sheet = reader.read(&picture, Hint::default())?;
            println!("{}", serde_json::to_string(&sheet)?);
        }
    }
    Ok(())
}
