//! The Lectern window: the one router of `api` behind `app://localhost`, with the desktop around it.
//!
//! Nothing here is a feature that would be lost without it: the window takes files by path, forwards
//! events over a channel, and shows what keeps the program from starting. Everything else is the page
//! and the router, which the network door serves too.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod desk;
mod door;
mod intake;
mod start;
mod streams;
mod window;

use std::path::PathBuf;

use clap::Parser;
use tauri::{Manager, RunEvent};
use tauri_plugin_window_state::StateFlags;

/// Reads identity documents on this machine.
#[derive(Parser)]
#[command(name = "lectern-desktop", version)]
struct Arguments {
    /// Directory of the database and the stored files, instead of the platform's own place.
    #[arg(long, env = "LECTERN_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// File with the master key, instead of the keychain.
    #[arg(long, env = "LECTERN_KEY_FILE", value_name = "FILE")]
    key_file: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    app::decoding::serve_if_asked();
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::builder()
        .with_default_directive(tracing::Level::WARN.into())
        .with_env_var("LECTERN_LOG")
        .from_env_lossy();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    app::openmp::start_anew_with_one_thread();

    // Relative paths are meant from where the program was started.
    let places = desk::Places {
        data: arguments.data.map(std::path::absolute).transpose()?,
        key_file: arguments.key_file.map(std::path::absolute).transpose()?,
    };
    tauri::Builder::default()
        // First, so that a second start ends before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|handle, _, _| {
            window::show(handle);
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
                .build(),
        )
        .register_asynchronous_uri_scheme_protocol(door::SCHEME, |context, request, responder| {
            let desk = context.app_handle().state::<std::sync::Arc<desk::Desk>>();
            let desk = desk.inner().clone();
            tauri::async_runtime::spawn(async move {
                responder.respond(door::answer(desk, request).await);
            });
        })
        .invoke_handler(tauri::generate_handler![
            streams::stream,
            streams::stop_stream,
            intake::pick_files,
            start::opened,
            start::reopen,
            start::show_data_folder,
            start::quit,
        ])
        .setup(move |program| {
            let desk = desk::Desk::open(places);
            program.manage(desk.clone());
            program.manage(streams::Streams::default());
            window::open(program, &desk)?;
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|handle, event| {
            if let RunEvent::Exit = event {
                handle.state::<streams::Streams>().end_all();
                handle.state::<std::sync::Arc<desk::Desk>>().close();
            }
        });
    Ok(())
}
