//! Events as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::sse::{Event as Line, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use kontor_app::event::{Entities, Event};
use tokio::sync::broadcast::error::RecvError;

use super::Host;

pub(super) async fn events(
    State(host): State<Arc<Host>>,
) -> Sse<impl Stream<Item = Result<Line, Infallible>>> {
    let receiver = host.events.subscribe();
    let lines = stream::unfold(receiver, |mut receiver| async move {
        let event = match receiver.recv().await {
            Ok(event) => event,
            Err(RecvError::Lagged(_)) => {
                Event::Changed(Entities { everything: true, entities: [].into() })
            }
            Err(RecvError::Closed) => return None,
        };
        let line = Line::default().event(event.name()).json_data(&event).unwrap_or_default();
        Some((Ok(line), receiver))
    });
    Sse::new(lines).keep_alive(KeepAlive::default())
}
