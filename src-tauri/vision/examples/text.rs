//! Prints the text of pictures as JSON, one line each: `cargo run --example text -- PICTURE…`.

use std::error::Error;

use lectern_vision::text::{Hint, Languages, Reader};

#[expect(
    clippy::print_stdout,
    reason = "an example shows its result on the terminal"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let mut reader = Reader::new(&Languages::default())?;
    for path in std::env::args_os().skip(1) {
        let bytes = std::fs::read(&path)?;
        let decoded = lectern_vision::decode(&bytes, &lectern_vision::Limits::default())?;
        for page in decoded.pages {
            for view in lectern_vision::page::views(&page) {
                let sheet = reader.read(&view.picture, Hint::default())?;
                println!("{}", serde_json::to_string(&sheet)?);
            }
        }
    }
    Ok(())
}
