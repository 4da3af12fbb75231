//! The one window: what it looks like at first, and what it refuses.

use std::sync::Arc;

use tauri::{
    Manager, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
    webview::{Color, NewWindowResponse, PageLoadEvent, PermissionResponse},
};

use crate::{desk::Desk, door, intake, streams::Streams};

/// The window's label, which `src-tauri/capabilities` names too.
pub(crate) const MAIN: &str = "main";

/// What stands behind the page until it is painted, so that a dark desktop does not flash white.
const DARK_GROUND: Color = Color(0x16, 0x16, 0x18, 0xff);

/// Opens the window on the application's page.
pub(crate) fn open<R: Runtime>(
    manager: &impl Manager<R>,
    desk: &Arc<Desk>,
) -> anyhow::Result<WebviewWindow<R>> {
    let start = WebviewUrl::CustomProtocol(door::START.parse()?);
    let window = WebviewWindowBuilder::new(manager, MAIN, start)
        .title("Lectern")
        .inner_size(1180.0, 800.0)
        .min_inner_size(640.0, 480.0)
        .prevent_overflow()
        .initialization_script_for_all_frames(include_str!("guard.js"))
        // What is typed here is other people's identity: the web view remembers none of it.
        .general_autofill_enabled(false)
        .on_navigation(|target| {
            target.scheme() == door::SCHEME && target.host_str() == Some("localhost")
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        // A custom scheme cannot serve downloads; files go out through the save dialog.
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Started {
                window.state::<Streams>().end_all();
            }
        })
        .build()?;
    if matches!(window.theme(), Ok(tauri::Theme::Dark)) {
        window.set_background_color(Some(DARK_GROUND))?;
    }
    let drags = intake::listen(window.clone(), desk.clone());
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(event) = event {
            // The listener lives as long as the process.
            let _ = drags.send(event.clone());
        }
    });
    Ok(window)
}

/// Brings the window to the front, for somebody who started the program a second time.
pub(crate) fn show<R: Runtime>(manager: &impl Manager<R>) {
    if let Some(window) = manager.get_webview_window(MAIN) {
        let shown = window
            .unminimize()
            .and_then(|()| window.show())
            .and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!("the window cannot be brought to the front: {error}");
        }
    }
}
