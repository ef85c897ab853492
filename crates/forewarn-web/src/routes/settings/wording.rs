//! `/settings/wording`, for leaders: which rules of the wording check people overrule.

use super::{frame, must_open};
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::Section;
use crate::state::AppState;
use crate::table::Table;
use crate::views::settings::wording as view;
use axum::extract::{Query, State};
use axum::response::Html;
use axum::routing::get;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

pub(super) fn routes() -> Table {
    Table::new().route("/settings/wording", get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    since: String,
}

async fn show(
    State(state): State<AppState>,
    me: Me,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, AppError> {
    must_open(&me, Section::Wording)?;
    let span = view::SPANS.iter().find(|(days, _)| *days == asked.since).map_or("90", |(days, _)| days);
    let back = SignedDuration::from_hours(24 * span.parse().unwrap_or(90));
    let since = me.now.checked_sub(back).unwrap_or(Timestamp::MIN);
    let kept = state.store.kept_by_rule(me.scope(), since, me.now).await?;
    let (shell, nav) = frame(&state, &me, Some(Section::Wording)).await?;
    page(&view::page(shell, nav, &kept, span))
}
