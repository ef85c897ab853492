//! `/today/quiet`: what moved inside a tolerance. Listed, never news.

use super::wall::wall;
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::shell::Place;
use crate::state::AppState;
use crate::table::Table;
use crate::views::quiet;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;

pub(crate) fn routes() -> Table {
    Table::new().route("/today/quiet", get(list))
}

const AT_MOST: u32 = 500;

async fn list(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    let moved = state.store.quiet_changes(me.scope(), AT_MOST, me.now).await?;
    let shell = me.shell(&state, Place::Today).await?;
    page(&quiet::list(shell, &moved, &wall(&state, &me).await?))
}
