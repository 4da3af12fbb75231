//! Makes a build that carries the page notice when the page was built anew.

use std::path::Path;

const PAGE: &str = "../../ui/dist";

fn main() -> std::io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    // The place of the folder is compiled in as it is found now: one that is made after this build would
    // not be found by it.
    if !Path::new(PAGE).exists() {
        std::fs::create_dir_all(PAGE)?;
    }
    // A debug build reads the page from its folder and has nothing to notice.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed={PAGE}");
    }
    Ok(())
}
