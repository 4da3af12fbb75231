//! Prints the text of pictures as JSON, one line for each document on them.
//!
//! `cargo run -p lectern-vision --example text -- PICTURE…`

#![expect(
    clippy::print_stdout,
    reason = "a tool for developers answers on the terminal"
)]

use std::error::Error;

use image::imageops;
use lectern_vision::{
    Limits, decode, page,
    text::{Hint, Languages, Reader},
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut reader = Reader::new(&Languages::default())?;
    for path in std::env::args_os().skip(1) {
        for sheet in decode(&std::fs::read(&path)?, &Limits::default())?.pages {
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
    }
    Ok(())
}
