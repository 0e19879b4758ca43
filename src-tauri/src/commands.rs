//! What a window can ask for: the command table by one door, and the few things only a window has.

use kontor_app::event::{Entities, Event};
use kontor_app::{AppError, Code, commands, zentrale};
use serde_json::Value;
use tauri::{AppHandle, Emitter as _, EventTarget, Manager as _, WebviewWindow, async_runtime};
use tauri_plugin_dialog::{DialogExt as _, FilePath};

use crate::desk::Desk;
use crate::window::{self, Viewed};

/// Runs a command of the table, on a thread that may wait for the disk.
#[tauri::command]
pub(crate) async fn run(
    app: AppHandle,
    window: WebviewWindow,
    name: String,
    payload: Value,
) -> Result<Value, AppError> {
    let answer =
        beside(app.clone(), move |desk| commands::run(&*desk.office()?, &name, &payload)).await?;
    tell_others(&app, window.label(), &answer);
    Ok(answer)
}

/// Opens a profile whose key lies under a passphrase, or gives a new one that passphrase.
#[tauri::command]
pub(crate) async fn open_profile(app: AppHandle, passphrase: String) -> Result<(), AppError> {
    beside(app, move |desk| desk.open_with(passphrase)).await
}

/// Signs somebody in through the browser, at the Zentrale named or at the one this desk knows.
#[tauri::command]
pub(crate) async fn sign_in(app: AppHandle, zentrale: Option<String>) -> Result<(), AppError> {
    beside(app, move |desk| {
        let office = desk.office()?;
        let address = zentrale::address(&office, zentrale.as_deref())?;
        let signing_in = zentrale::sign_in(&office, address, |url| open::that_detached(url));
        // Reconciling blocks, so not on a thread that answers.
        async_runtime::block_on(signing_in).map(|_| ())
    })
    .await
}

/// Lets somebody choose files; none if they thought better of it.
#[tauri::command]
pub(crate) async fn choose_files(window: WebviewWindow) -> Result<Vec<String>, AppError> {
    let dialog = window.dialog().file().set_parent(&window).set_title("Dateien aufnehmen");
    let chosen = async_runtime::spawn_blocking(move || dialog.blocking_pick_files()).await;
    let chosen = chosen.map_err(|_| AppError::new(Code::Internal))?;
    Ok(chosen.unwrap_or_default().into_iter().filter_map(path).collect())
}

/// Lets somebody say where a file is to be saved; nothing if they thought better of it.
#[tauri::command]
pub(crate) async fn choose_target(
    window: WebviewWindow,
    suggested_name: String,
) -> Result<Option<String>, AppError> {
    let dialog = window.dialog().file().set_parent(&window).set_title("Speichern unter");
    let dialog = dialog.set_file_name(file_name(&suggested_name));
    let chosen = async_runtime::spawn_blocking(move || dialog.blocking_save_file()).await;
    Ok(chosen.map_err(|_| AppError::new(Code::Internal))?.and_then(path))
}

/// Shows a document in a window of its own.
#[tauri::command]
pub(crate) async fn open_viewer(app: AppHandle, document: Viewed) -> Result<(), AppError> {
    let folder = app.state::<Desk>().folder().to_owned();
    window::open_viewer(&app, &folder, &document).map_err(|error| {
        tracing::warn!(%error, "no second window");
        Code::Internal.into()
    })
}

/// Follows a link of a document, outside of Kontor and only to the web or a mail program.
#[tauri::command]
pub(crate) async fn open_externally(uri: String) -> Result<(), AppError> {
    let leads_out = ["https://", "http://", "mailto:"].iter().any(|scheme| {
        uri.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    });
    if !leads_out {
        return Err(Code::PayloadUnfit.into());
    }
    let opened = async_runtime::spawn_blocking(move || open::that_detached(uri)).await;
    opened.ok().and_then(Result::ok).ok_or_else(|| Code::Internal.into())
}

/// Passes on what happened without being asked for, to all windows.
pub(crate) fn tell(app: &AppHandle, event: &Event) {
    // A window that is just closing needs no news.
    let _ = app.emit(event.name(), event);
}

/// What one window changed looks different in the others too.
fn tell_others(app: &AppHandle, caller: &str, answer: &Value) {
    let changed = answer.get("changed").cloned().unwrap_or_default();
    let entities = serde_json::from_value(changed).unwrap_or_default();
    let changed = Entities { everything: false, entities };
    if changed.entities.is_empty() {
        return;
    }
    let others = |target: &EventTarget| !matches!(target, EventTarget::WebviewWindow { label } if label == caller);
    let event = Event::Changed(changed);
    let _ = app.emit_filter(event.name(), &event, others);
}

async fn beside<T: Send + 'static>(
    app: AppHandle,
    work: impl FnOnce(&Desk) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let done = async_runtime::spawn_blocking(move || work(&app.state::<Desk>()));
    done.await.unwrap_or_else(|_| Err(Code::Internal.into()))
}

fn path(chosen: FilePath) -> Option<String> {
    let path = chosen.into_path().ok()?;
    path.to_str().map(str::to_owned)
}

/// A suggestion is a name, never a way.
fn file_name(suggested: &str) -> String {
    suggested
        .chars()
        .map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c })
        .take(120)
        .collect()
}
