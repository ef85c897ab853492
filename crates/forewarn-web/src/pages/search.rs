//! What the search box finds: customers first, then lines.

use super::customers::{CustomerRow, CustomersPage};
use super::promises::{PromiseRow, PromisesPage};
use super::shell::{Place, Shell};
use askama::Template;

/// `GET /search?q=`
#[derive(Debug, Template)]
#[template(path = "search.html")]
pub struct SearchPage {
    /// The frame; its `search` is what was searched for.
    pub shell: Shell,
    /// Customers whose name or contact matches; at most ten.
    pub customers: Vec<CustomerRow>,
    /// Lines whose order or item matches; at most twenty.
    pub promises: Vec<PromiseRow>,
    /// All matching lines: "/promises?q=4471".
    pub more: String,
}

impl SearchPage {
    /// Something, and nothing.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let shell = |q: &str| Shell { search: q.into(), ..Shell::sample(Place::Elsewhere) };
        let customers = CustomersPage::samples().swap_remove(0).1.rows;
        let promises = PromisesPage::samples().swap_remove(0).1.rows;
        let more = || "/promises?q=4471".to_owned();
        let found = Self { shell: shell("hal"), customers, promises, more: more() };
        let none = Self { shell: shell("pmup"), customers: Vec::new(), promises: Vec::new(), more: more() };
        vec![("found", found), ("none", none)]
    }
}
