//! `/today`: whom to call.

use super::wall::wall;
use crate::error::{self, AppError};
use crate::me::Me;
use crate::pages::shell::Place;
use crate::state::AppState;
use crate::table::Table;
use crate::views::today;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;

pub(crate) fn routes() -> Table {
    Table::new().route("/today", get(show))
}

async fn show(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    me.must_see_conversations()?;
    let list = state.store.today(me.scope(), me.now).await?;
    let company = state.store.company().await?;
    let people = state.store.people().await?;
    let wall = wall(&state, &me).await?;
    let shell = me.shell(&state, Place::Today).await?;
    error::page(&today::page(shell, &list, &me.person, &people, &company, &wall))
}
