//! The commands of the start page: waiting for the store, trying again, and the ways out.

use std::{path::Path, sync::Arc};

use tauri::{AppHandle, Runtime, State};

use crate::desk::{Desk, Failure};

/// Waits until the store is open; says why, when it cannot be opened.
#[tauri::command]
pub(crate) async fn opened(desk: State<'_, Arc<Desk>>) -> Result<Option<Failure>, Failure> {
    Ok(desk.settled().await.err())
}

/// Tries to open the store once more.
#[tauri::command]
pub(crate) async fn reopen(desk: State<'_, Arc<Desk>>) -> Result<Option<Failure>, Failure> {
    desk.reopen();
    Ok(desk.settled().await.err())
}

/// Shows the data folder, or the nearest folder above it that is there, in the file manager.
#[tauri::command]
pub(crate) async fn show_data_folder(desk: State<'_, Arc<Desk>>) -> Result<(), Failure> {
    let folder = desk.data_folder();
    let shown = folder.as_deref().and_then(|folder| {
        let there = folder.ancestors().find(|folder| folder.is_dir());
        there.map(|there| tauri_plugin_opener::open_path::<&Path, &str>(there, None))
    });
    match shown {
        Some(Ok(())) => Ok(()),
        Some(Err(error)) => Err(Failure {
            code: "folder_not_shown",
            message: format!("No file manager could be started: {error}"),
            hints: Vec::new(),
            data_folder: folder,
        }),
        None => Err(Failure {
            code: "folder_not_shown",
            message: "There is no folder to show".to_owned(),
            hints: Vec::new(),
            data_folder: folder,
        }),
    }
}

/// Ends the program.
#[tauri::command]
#[expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands a command its parts by value"
)]
pub(crate) fn quit<R: Runtime>(handle: AppHandle<R>) {
    handle.exit(0);
}
