//! The command table over HTTP, for the window's face in a browser: the same rows, the same events,
//! the same pages of documents. Never shipped; answers this machine only, and only with its token.

mod colleague;
mod door;
mod events;
mod files;
mod pages;
mod run;
mod scene;
mod upload;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use kontor_app::event::Event;
use kontor_app::viewer::Viewer;
use kontor_app::{Background, Office};
use tokio::sync::broadcast;

pub use scene::Scene;

/// Events that a slow browser may be behind; whoever is further behind is told that everything
/// changed.
const EVENTS_MAX: usize = 256;

/// How the host is set up.
#[derive(Debug)]
pub struct Setup {
    /// Whose desk the browser shows: `anna` or another who has one in the demonstration.
    pub desk: String,
    /// What every request must bring.
    pub token: String,
    /// Where the built face lies.
    pub dist: PathBuf,
}

/// A desk, and everything around it that a test may want to move.
#[derive(Debug)]
struct Host {
    setup: Setup,
    office: Arc<Office>,
    events: broadcast::Sender<Event>,
    scene: Scene,
    viewer: Viewer,
    _background: Background,
}

/// Opens the desk and gives the router of the host.
pub async fn open(scene: Scene, setup: Setup) -> Result<Router> {
    let office = scene.office(&setup.desk).await?;
    let (events, _) = broadcast::channel(EVENTS_MAX);
    let sender = events.clone();
    // Nobody may be listening; that is no failure.
    let background = Background::begin(Arc::clone(&office), move |event| {
        let _ = sender.send(event);
    })?;
    let host = Arc::new(Host {
        setup,
        office,
        events,
        scene,
        viewer: Viewer::new(),
        _background: background,
    });
    let behind_the_door = Router::new()
        .route("/run/{name}", post(run::run))
        .route("/events", get(events::events))
        .route("/seite/{*page}", get(pages::page))
        .route("/upload", post(upload::upload))
        .route("/test/offline", post(colleague::offline))
        .route("/test/online", post(colleague::online))
        .route("/test/as/{desk}/run/{name}", post(colleague::run))
        .fallback(files::file)
        .layer(from_fn_with_state(Arc::clone(&host), door::check));
    Ok(Router::new()
        .route("/token/{token}", get(door::enter))
        .merge(behind_the_door)
        .with_state(host))
}
