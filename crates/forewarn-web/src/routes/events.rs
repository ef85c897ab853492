//! `/events`: tells open pages that something has changed, so that they fetch themselves again.

use crate::me::Me;
use crate::state::AppState;
use axum::Router;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use futures_util::Stream;
use std::convert::Infallible;
use std::time::Duration;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/events", get(events))
}

/// An import makes many changes; pages hear of them once.
const GATHER: Duration = Duration::from_millis(300);
/// Proxies cut connections on which nothing is said.
const ALIVE: Duration = Duration::from_secs(15);

/// Only *that* something changed is sent, never what: each page asks again as the person who looks at it.
async fn events(State(state): State<AppState>, _: Me) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut changes = state.store.changes();
    changes.mark_unchanged();
    let stream = async_stream::stream! {
        while changes.changed().await.is_ok() {
            tokio::time::sleep(GATHER).await;
            changes.mark_unchanged();
            // Browsers drop an event that has no data.
            yield Ok(Event::default().event("changed").data("look again"));
        }
    };
    Sse::new(stream).keep_alive(KeepAlive::new().interval(ALIVE))
}
