//! `/events`: tells open pages that something has changed, so that they fetch themselves again.

use crate::error::AppError;
use crate::me::Me;
use crate::state::AppState;
use crate::table::Table;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use forewarn_domain::ids::PersonId;
use futures_util::Stream;
use serde::Deserialize;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
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
    me: Me,
    Query(seen): Query<Seen>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, AppError> {
    let listening = state.listeners.one_more(me.person.id).ok_or(AppError::TooMany(60))?;
    let mut changes = state.store.changes();
    // What changed while the page was on its way, or the connection was gone, is told at once.
    if seen.since.is_none_or(|since| since == *changes.borrow()) {
        changes.mark_unchanged();
    } else {
        changes.mark_changed();
    }
    let mut stopped = state.stop.listen();
    let stream = async_stream::stream! {
        let over = tokio::time::sleep(LONGEST);
        tokio::pin!(over);
        let _listening = listening;
        // An error means that nothing can change any more, or that nobody can ask to stop: the end as well.
        while tokio::select! {
            changed = changes.changed() => changed.is_ok(),
            _asked = stopped.wait_for(|stopped| *stopped) => false,
            // The browser comes back, if it still may.
            () = &mut over => false,
        } {
            tokio::time::sleep(GATHER).await;
            changes.mark_unchanged();
            // Browsers drop an event that has no data.
            yield Ok(Event::default().event("changed").data("look again"));
        }
    };
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(ALIVE)))
}

/// How long one connection is held open before it has to be asked for anew, by somebody who still may.
const LONGEST: Duration = Duration::from_secs(3600);
/// More pages than a person has open at once.
const MOST_PAGES: usize = 30;

/// How many pages of each person listen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Listeners(Arc<Mutex<HashMap<PersonId, usize>>>);

impl Listeners {
    /// Counts one more page of theirs for as long as what is given is held; `None` if they have too many.
    fn one_more(&self, person: PersonId) -> Option<Listening> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pages = all.entry(person).or_default();
        if *pages >= MOST_PAGES {
            return None;
        }
        *pages += 1;
        Some(Listening { all: self.clone(), person })
    }
}

/// A page that listens.
struct Listening {
    all: Listeners,
    person: PersonId,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut all = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pages) = all.get_mut(&self.person) {
            *pages -= 1;
            if *pages == 0 {
                all.remove(&self.person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_so_many_pages_open_and_others_have_theirs() {
        let listeners = Listeners::default();
        let (jon, mia) = (PersonId(1), PersonId(2));
        let mut open: Vec<_> = (0..MOST_PAGES).map(|_| listeners.one_more(jon).unwrap()).collect();
        assert!(listeners.one_more(jon).is_none());
        assert!(listeners.one_more(mia).is_some());
        open.pop();
        assert!(listeners.one_more(jon).is_some());
        open.clear();
        assert!(listeners.0.lock().unwrap().is_empty());
    }
}
