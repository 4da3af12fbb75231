//! Build steps of the window. The working directory is the repository's root, where
//! `tauri.conf.json` stands.

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/desktop/build.rs");
    // WebKit, libsoup and libsqlite3 on the link line would otherwise make the linker export the
    // statically linked SQLCipher from this program, and at run time bind to it: two builds of
    // SQLite mixed in one process.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }
    #[cfg(feature = "desktop")]
    tauri();
}

#[cfg(feature = "desktop")]
fn tauri() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .capabilities_path_pattern("./src-tauri/capabilities/**/*")
            .app_manifest(manifest),
    )
    .expect("tauri.conf.json, icons/ and src-tauri/capabilities/ are complete");
}

/// Every command a page of ours may call; each is also allowed in `src-tauri/capabilities`.
#[cfg(feature = "desktop")]
const COMMANDS: &[&str] = &[
    "stream",
    "stop_stream",
    "pick_files",
    "opened",
    "reopen",
    "show_data_folder",
    "quit",
];
