//! The table of addresses: a router that remembers what it was given, so that it can be asked.

use crate::state::AppState;
use axum::Router;
use axum::routing::MethodRouter;

/// Addresses with their handlers. There is no other way into the router, so no address can stay off the list
/// that the tests of access go through.
#[derive(Debug, Default)]
pub(crate) struct Table {
    addresses: Vec<&'static str>,
    router: Router<AppState>,
}

impl Table {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds an address, as axum writes it: `/cases/{id}`.
    pub(crate) fn route(mut self, address: &'static str, handlers: MethodRouter<AppState>) -> Self {
        self.addresses.push(address);
        self.router = self.router.route(address, handlers);
        self
    }

    /// Adds all of another table.
    pub(crate) fn merge(mut self, other: Self) -> Self {
        self.addresses.extend(other.addresses);
        self.router = self.router.merge(other.router);
        self
    }

    /// Every address, in the order in which they were added.
    pub(crate) fn addresses(self) -> Vec<&'static str> {
        self.addresses
    }

    /// What answers.
    pub(crate) fn into_router(self) -> Router<AppState> {
        self.router
    }
}
