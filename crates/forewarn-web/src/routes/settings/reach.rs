//! `/settings/reach`, for leaders and admins: who a notice would not reach.

use super::{frame, must_open};
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::Section;
use crate::state::AppState;
use crate::table::Table;
use crate::views::settings::reach as view;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;

pub(super) fn routes() -> Table {
    Table::new().route("/settings/reach", get(show))
}

async fn show(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    must_open(&me, Section::Reach)?;
    let unreachable = state.store.unreachable(me.now).await?;
    let (shell, nav) = frame(&state, &me, Some(Section::Reach)).await?;
    page(&view::page(shell, nav, &unreachable))
}
