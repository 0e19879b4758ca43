//! Pages of documents, by their own scheme: `seite://localhost/<hash>/<page>?px=…`.

use tauri::http::{Request, Response, StatusCode, header};
use tauri::{UriSchemeContext, UriSchemeResponder, Wry};

/// The scheme.
pub(crate) const SCHEME: &str = "seite";

/// Where the window's own face comes from; nobody else may read what is answered.
const OWN_ORIGIN: &str = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };

/// Answers beside the thread that draws the window.
pub(crate) fn answer(
    _context: UriSchemeContext<'_, Wry>,
    _request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let response = Response::builder()
        .status(StatusCode::NOT_FOUND)
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, OWN_ORIGIN)
        .body(Vec::new());
    responder.respond(response.unwrap_or_default());
}
