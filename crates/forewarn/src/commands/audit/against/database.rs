//! The events of the database, one after another.

use anyhow::Result;
use forewarn_domain::ids::CaseId;
use forewarn_store::Store;
use forewarn_store::history::StoredEvent;
use std::iter::Peekable;
use std::vec::IntoIter;

/// All events in the order of cases, read a page at a time.
pub(super) struct Database<'s> {
    store: &'s Store,
    page: Peekable<IntoIter<StoredEvent>>,
    last: (CaseId, u32),
}

impl<'s> Database<'s> {
    pub(super) fn new(store: &'s Store) -> Self {
        Self { store, page: Vec::new().into_iter().peekable(), last: (CaseId(0), 0) }
    }

    /// The next event, if it stands before this place.
    pub(super) async fn next_before(&mut self, place: (i64, u32)) -> Result<Option<StoredEvent>> {
        self.fill().await?;
        Ok(self.page.next_if(|event| (event.case, event.seq) < place))
    }

    /// The next event, if it stands at this place.
    pub(super) async fn next_at(&mut self, place: (i64, u32)) -> Result<Option<StoredEvent>> {
        self.fill().await?;
        Ok(self.page.next_if(|event| (event.case, event.seq) == place))
    }

    async fn fill(&mut self) -> Result<()> {
        if self.page.peek().is_none() {
            let page = self.store.stored_events(self.last, 5_000).await?;
            if let Some(end) = page.last() {
                self.last = (CaseId(end.case), end.seq);
            }
            self.page = page.into_iter().peekable();
        }
        Ok(())
    }
}
