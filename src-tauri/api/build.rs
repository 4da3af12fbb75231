//! Makes a build that carries the page notice when the page was built anew.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // A debug build reads the page from its folder and has nothing to notice; a folder that is not
    // there would make cargo build this crate again each time.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed=../../ui/dist");
    }
}
