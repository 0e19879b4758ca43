//! Pages of documents, by their own scheme: `seite://localhost/<hash>/<page>?px=…`.

use kontor_app::viewer::{Page, Viewer};
use tauri::http::{Request, Response, header};
use tauri::{Manager as _, UriSchemeContext, UriSchemeResponder, Wry, async_runtime};

use crate::desk::Desk;

/// The scheme.
pub(crate) const SCHEME: &str = "seite";

/// Where the window's own face comes from; nobody else may read what is answered.
const OWN_ORIGIN: &str = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };

/// Answers beside the thread that draws the window. While the desk is locked the viewer refuses.
#[expect(clippy::needless_pass_by_value, reason = "the signature is Tauri's")]
pub(crate) fn answer(
    context: UriSchemeContext<'_, Wry>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    // The document lies encrypted on the disk, so not on a thread that answers others.
    async_runtime::spawn_blocking(move || {
        let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
        let response = match app.state::<Desk>().office() {
            Ok(office) => {
                shown(async_runtime::block_on(app.state::<Viewer>().answer(&office, asked)))
            }
            Err(error) => refused(&error),
        };
        responder.respond(response);
    });
}

fn shown(page: Page) -> Response<Vec<u8>> {
    let caching = if page.cacheable { "private, max-age=31536000, immutable" } else { "no-store" };
    response(page.status, page.mime, caching, page.bytes)
}

fn refused(error: &kontor_app::AppError) -> Response<Vec<u8>> {
    let body = serde_json::to_vec(error).unwrap_or_default();
    response(403, "application/json", "no-store", body)
}

fn response(status: u16, mime: &str, caching: &str, body: Vec<u8>) -> Response<Vec<u8>> {
    let built = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, mime)
        .header(header::CACHE_CONTROL, caching)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, OWN_ORIGIN)
        .body(body);
    built.unwrap_or_default()
}
