//! The windows: the desk, and documents in windows of their own.

use std::path::Path;

use serde::Deserialize;
use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{AppHandle, Manager as _, Url, WebviewUrl, Wry};

/// The desk's window; capabilities are given by this name.
const DESK: &str = "desk";
/// Windows of documents: this, and the beginning of their hash.
const VIEWER: &str = "viewer-";

/// A document in a window of its own, as the face names it.
#[derive(Debug, Deserialize)]
pub(crate) struct Viewed {
    hash: String,
    title: String,
    /// How that window finds it again to save its original; only handed on.
    original: String,
}

/// Opens the desk's window. It appears when its first picture is ready.
pub(crate) fn open_desk(app: &AppHandle, folder: &Path) -> tauri::Result<()> {
    let window = guarded(app, DESK, "index.html", folder)
        .title("Kontor")
        .inner_size(1280.0, 800.0)
        .min_inner_size(800.0, 560.0);
    window.build()?;
    Ok(())
}

/// Brings the desk's window to the front.
pub(crate) fn show_desk(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(DESK) {
        // Each is a wish that the system may refuse.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Opens a document's window, or brings it to the front.
pub(crate) fn open_viewer(app: &AppHandle, folder: &Path, document: &Viewed) -> tauri::Result<()> {
    let Viewed { hash, title, original } = document;
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hash {
        return Err(tauri::Error::WebviewNotFound);
    }
    let label = format!("{VIEWER}{}", hash.get(..16).unwrap_or(hash));
    if let Some(window) = app.get_webview_window(&label) {
        return window.set_focus();
    }
    let mut query = tauri::Url::parse("tauri://localhost/index.html")
        .map_err(|_| tauri::Error::WebviewNotFound)?;
    query.query_pairs_mut().extend_pairs([
        ("viewer", hash),
        ("title", title),
        ("original", original),
    ]);
    let path = format!("index.html?{}", query.query().unwrap_or_default());
    let window = guarded(app, &label, &path, folder).title(title).inner_size(900.0, 1000.0);
    window.build()?;
    Ok(())
}

/// A window that shows nothing but this program's own face: it neither goes elsewhere nor opens
/// windows by itself. What it keeps (the layout) lies in the profile.
fn guarded<'a>(
    app: &'a AppHandle,
    label: &str,
    path: &str,
    folder: &Path,
) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    WebviewWindowBuilder::new(app, label, WebviewUrl::App(path.into()))
        .data_directory(folder.join("fenster"))
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .browser_extensions_enabled(false)
        .devtools(cfg!(debug_assertions))
}

fn is_own(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // WebView2 knows own schemes only as hosts.
        "http" | "https" if cfg!(windows) => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_stays_at_home() {
        for (address, expect) in [
            ("tauri://localhost/index.html?viewer=1", true),
            ("tauri://elsewhere/", false),
            ("https://kreis.example/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
            ("about:blank", false),
        ] {
            assert_eq!(is_own(&address.parse().unwrap()), expect, "{address}");
        }
    }
}
