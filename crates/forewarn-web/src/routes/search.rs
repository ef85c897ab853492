//! `/search`: the box on every page. It finds customers, orders and items among all promises.

use crate::me::Me;
use crate::table::Table;
use crate::views::shown::address;
use axum::extract::Query;
use axum::response::Redirect;
use axum::routing::get;
use serde::Deserialize;

pub(crate) fn routes() -> Table {
    Table::new().route("/search", get(search))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sought {
    q: String,
}

async fn search(_me: Me, Query(sought): Query<Sought>) -> Redirect {
    Redirect::to(&address("/promises", &[("q", sought.q.trim()), ("state", "all")]))
}
