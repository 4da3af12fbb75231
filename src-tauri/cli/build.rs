//! Link settings of the `lectern` program.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if target == "linux" {
        // The statically linked SQLCipher and OpenSSL must stay inside: exported, their symbols
        // would be picked up by the shared libraries that Tesseract brings along.
        println!("cargo:rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }
}
