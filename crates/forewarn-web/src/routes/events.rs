//! `/events`: tells open pages that something has changed, so that they fetch themselves again.

use crate::me::Me;
use crate::state::AppState;
use crate::table::Table;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use futures_util::Stream;
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;

pub(crate) fn routes() -> Table {
    Table::new().route("/events", get(events))
}

/// An import makes many changes; pages hear of them once.
const GATHER: Duration = Duration::from_millis(300);
/// Proxies cut connections on which nothing is said.
const ALIVE: Duration = Duration::from_secs(15);

/// Only *that* something changed is sent, never what: each page asks again as the person who looks at it.
/// The changes that the page has seen.
#[derive(Debug, Deserialize)]
struct Seen {
    since: Option<u64>,
}

async fn events(
    State(state): State<AppState>,
    _: Me,
    Query(seen): Query<Seen>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut changes = state.store.changes();
    // What changed while the page was on its way, or the connection was gone, is told at once.
    if seen.since.is_none_or(|since| since == *changes.borrow()) {
        changes.mark_unchanged();
    } else {
        changes.mark_changed();
    }
    let mut stopped = state.stop.listen();
    let stream = async_stream::stream! {
        // An error means that nothing can change any more, or that nobody can ask to stop: the end as well.
        while tokio::select! {
            changed = changes.changed() => changed.is_ok(),
            _asked = stopped.wait_for(|stopped| *stopped) => false,
        } {
            tokio::time::sleep(GATHER).await;
            changes.mark_unchanged();
            // Browsers drop an event that has no data.
            yield Ok(Event::default().event("changed").data("look again"));
        }
    };
    Sse::new(stream).keep_alive(KeepAlive::new().interval(ALIVE))
}
