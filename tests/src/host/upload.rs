//! A file that a browser dropped has no path; it gets one here, as the window would have had one.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use serde::Deserialize;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;

use super::Host;

#[derive(Debug, Deserialize)]
pub(super) struct Named {
    name: String,
}

pub(super) async fn upload(
    State(host): State<Arc<Host>>,
    Query(named): Query<Named>,
    body: Body,
) -> Response {
    match keep(&host, &named.name, body).await {
        Ok(path) => Json(json!({ "path": path })).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn keep(host: &Host, name: &str, body: Body) -> anyhow::Result<String> {
    let folder = host.scene.folder().join("uploads").join(uuid::Uuid::now_v7().to_string());
    tokio::fs::create_dir_all(&folder).await?;
    let path = folder.join(plain(name));
    let mut file = tokio::fs::File::create_new(&path).await?;
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        file.write_all(&piece?).await?;
    }
    file.sync_all().await?;
    Ok(path.to_string_lossy().into_owned())
}

/// Only the name of a file, whatever was sent: nothing in it leads elsewhere.
fn plain(name: &str) -> String {
    let harmless = |c: char| if c.is_control() || matches!(c, '/' | '\\') { '_' } else { c };
    let name: String = name.chars().map(harmless).take(60).collect();
    match name.trim() {
        "" | "." | ".." => "Datei".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_never_becomes_a_path() {
        assert_eq!(plain("Antrag.pdf"), "Antrag.pdf");
        assert_eq!(plain("../../etc/passwd"), ".._.._etc_passwd");
        assert_eq!(plain("a\\b\0c"), "a_b_c");
        assert_eq!(plain(".."), "Datei");
        assert_eq!(plain(" "), "Datei");
        assert_eq!(plain(&"ä".repeat(500)).chars().count(), 60);
    }
}
