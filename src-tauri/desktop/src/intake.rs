//! Files that come in by path: dropped on the window, or chosen in the system's dialog.
//!
//! A page never sees a path. What it gets are names, and afterwards the same answer as a `POST` of
//! the files would have given.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use model::Personal;
use serde::Serialize;
use tauri::{DragDropEvent, Emitter, Runtime, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::{mpsc, oneshot};

use crate::desk::{Desk, Failure, Open};

/// File name endings the dialog shows; GTK tells upper case from lower.
const PICTURES: &[&str] = &[
    "jpg", "jpeg", "png", "tif", "tiff", "webp", "bmp", "gif", "heic", "heif", "jp2", "j2k", "JPG",
    "JPEG", "PNG", "TIF", "TIFF", "WEBP", "BMP", "GIF", "HEIC", "HEIF", "JP2", "J2K",
];

/// The same for papers and archives.
const PAPERS: &[&str] = &[
    "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "rtf", "epub", "zip", "html", "htm", "md",
    "csv", "txt", "eml", "PDF", "DOCX", "XLSX", "PPTX", "ODT", "ODS", "ODP", "RTF", "EPUB", "ZIP",
    "HTML", "HTM", "MD", "CSV", "TXT", "EML",
];

/// The same for videos.
const VIDEOS: &[&str] = &[
    "mp4", "mov", "webm", "avi", "mkv", "MP4", "MOV", "WEBM", "AVI", "MKV",
];

/// What a page hears of a drag over the window, as event `lectern:drag`.
#[derive(Clone, Serialize)]
struct Drag {
    phase: Phase,
    files: Vec<Dragged>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Phase {
    Enter,
    Leave,
    Drop,
}

/// A file under the pointer.
#[derive(Clone, Serialize)]
struct Dragged {
    name: Personal,
    /// Bytes, 0 where there is no telling.
    size: u64,
    /// Whether it would be taken.
    accepted: bool,
    /// Why not.
    reason: Option<String>,
}

/// Something that was handed in: a file to try, or what is known to be no file.
struct Item {
    path: PathBuf,
    refused: Option<app::Error>,
}

/// Shows the system's dialog and submits what is chosen in it; nothing, when it is closed.
#[tauri::command]
pub(crate) async fn pick_files<R: Runtime>(
    window: WebviewWindow<R>,
    desk: State<'_, Arc<Desk>>,
) -> Result<api::wire::Submissions, Failure> {
    let open = desk.settled().await?;
    let (answer, chosen) = oneshot::channel();
    let all = [PICTURES, PAPERS, VIDEOS].concat();
    let dialog = window.dialog().file().set_parent(&window);
    dialog
        // Names of formats, which read the same in every language.
        .add_filter("JPEG, PNG, HEIC, PDF, DOCX, EML, MP4, …", &all)
        .add_filter("JPEG, PNG, TIFF, WebP, BMP, GIF, HEIC, JPEG 2000", PICTURES)
        .add_filter("PDF, DOCX, XLSX, PPTX, ODT, RTF, HTML, EML, ZIP, …", PAPERS)
        .add_filter("MP4, MOV, WebM, AVI, MKV", VIDEOS)
        .pick_files(move |paths| {
            // Whoever asked is gone when the window is.
            let _ = answer.send(paths);
        });
    let paths = chosen.await.ok().flatten().unwrap_or_default();
    let paths: Vec<_> = paths
        .into_iter()
        .filter_map(|path| path.into_path().ok())
        .collect();
    Ok(submit(open, paths).await)
}

/// Where the window's drag events go: they are told to the page in their order, off the main thread.
pub(crate) fn listen<R: Runtime>(
    window: WebviewWindow<R>,
    desk: Arc<Desk>,
) -> mpsc::UnboundedSender<DragDropEvent> {
    let (sender, mut events) = mpsc::unbounded_channel();
    tauri::async_runtime::spawn(async move {
        while let Some(event) = events.recv().await {
            if let Some(open) = desk.opened() {
                tell(&window, open, event).await;
            }
        }
    });
    sender
}

async fn tell<R: Runtime>(window: &WebviewWindow<R>, open: Arc<Open>, event: DragDropEvent) {
    let (phase, paths) = match event {
        DragDropEvent::Enter { paths, .. } => (Phase::Enter, paths),
        DragDropEvent::Drop { paths, .. } => (Phase::Drop, paths),
        DragDropEvent::Leave => (Phase::Leave, Vec::new()),
        // Comes with every move of the pointer and says nothing new.
        _ => return,
    };
    if paths.is_empty() && !matches!(phase, Phase::Leave) {
        // Something of the page itself is dragged, or text from elsewhere.
        return;
    }
    let described = {
        let (open, paths) = (open.clone(), paths.clone());
        tauri::async_runtime::spawn_blocking(move || describe(&open, &paths)).await
    };
    let files = described.unwrap_or_default();
    send(window, "lectern:drag", &Drag { phase, files });
    if matches!(phase, Phase::Drop) {
        let window = window.clone();
        tauri::async_runtime::spawn(async move {
            let submissions = submit(open, paths).await;
            send(&window, "lectern:submissions", &submissions);
        });
    }
}

fn send<R: Runtime>(window: &WebviewWindow<R>, event: &str, message: &impl Serialize) {
    if let Err(error) = window.emit(event, message) {
        tracing::error!("the page cannot be told of {event}: {error}");
    }
}

fn describe(open: &Open, paths: &[PathBuf]) -> Vec<Dragged> {
    let limits = &open.app.settings().limits;
    let items = items(paths).into_iter();
    let described = items.map(|item| {
        let refused = item
            .refused
            .or_else(|| app::intake::describe_path(&item.path, limits).err());
        Dragged {
            name: name(&item.path),
            size: item.path.metadata().map_or(0, |facts| facts.len()),
            accepted: refused.is_none(),
            reason: refused.map(|error| error.to_string()),
        }
    });
    described.collect()
}

/// Submits files one after the other; one that is refused never takes the others with it.
async fn submit(open: Arc<Open>, paths: Vec<PathBuf>) -> api::wire::Submissions {
    let submitted = tauri::async_runtime::spawn_blocking(move || {
        let items = items(&paths).into_iter();
        let submitted = items.map(|item| {
            let outcome = match item.refused {
                None => app::intake::submit_path(&open.app, &open.caller, &item.path),
                Some(error) => Err(error),
            };
            api::wire::Submission::from_result(name(&item.path), outcome)
        });
        submitted.collect()
    });
    let submissions = submitted.await.unwrap_or_else(|error| {
        tracing::error!("submitting broke off: {error}");
        Vec::new()
    });
    api::wire::Submissions { submissions }
}

/// The files among `paths` and those lying directly in the folders among them, in order of name.
///
/// Folders within folders are refused, never searched: nobody should hand in a home directory by a
/// slip of the hand. Hidden files are a desktop's own notes (`.directory`, `.DS_Store`).
fn items(paths: &[PathBuf]) -> Vec<Item> {
    let mut items = Vec::new();
    for path in paths {
        if !path.is_dir() {
            items.push(Item {
                path: path.clone(),
                refused: None,
            });
            continue;
        }
        match within(path) {
            Ok(found) if found.is_empty() => items.push(Item {
                path: path.clone(),
                refused: Some(app::Error::IsFolder),
            }),
            Ok(found) => items.extend(found.into_iter().map(|path| Item {
                refused: path.is_dir().then_some(app::Error::IsFolder),
                path,
            })),
            Err(error) => items.push(Item {
                path: path.clone(),
                refused: Some(app::Error::FileUnreadable(error)),
            }),
        }
    }
    items
}

fn within(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in folder.read_dir()? {
        let entry = entry?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// The name to show, without the path.
fn name(path: &Path) -> Personal {
    let name = path.file_name().unwrap_or(path.as_os_str());
    Personal::new(name.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{items, name};

    #[test]
    fn a_folder_is_opened_once_and_never_searched() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("folder");
        for inner in [
            "folder/deeper/far.png",
            "folder/b.png",
            "folder/a.png",
            "folder/.hidden.png",
        ] {
            let file = place.path().join(inner);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        fs::create_dir(place.path().join("empty")).unwrap();
        let dropped = [
            place.path().join("alone.png"),
            folder,
            place.path().join("empty"),
        ];
        let found: Vec<_> = items(&dropped)
            .iter()
            .map(|item| {
                let refused = item.refused.as_ref().map(app::Error::code);
                (name(&item.path).into_inner(), refused)
            })
            .collect();
        let expected = [
            ("alone.png", None),
            ("a.png", None),
            ("b.png", None),
            ("deeper", Some("file_is_folder")),
            ("empty", Some("file_is_folder")),
        ];
        assert_eq!(
            found,
            expected.map(|(name, refused)| (name.to_owned(), refused))
        );
    }
}
