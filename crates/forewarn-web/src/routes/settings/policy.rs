//! `/settings/policy`: when a moved date is news, and how soon it is told.

use super::undo::Change;
use super::{frame, must_open};
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::{PolicyPage, Section};
use crate::routes::wall::wall;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::settings::policy as view;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::get;
use forewarn_domain::policy::Policy;

pub(super) fn routes() -> Table {
    Table::new().route("/settings/policy", get(show).post(save))
}

async fn show(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    must_open(&me, Section::Policy)?;
    let policy = state.store.policy().await?;
    page(&draw(&state, &me, &policy, None, &[]).await?)
}

async fn save(State(state): State<AppState>, me: Me, typed: Typed) -> Result<Response, AppError> {
    must_open(&me, Section::Policy)?;
    let before = state.store.policy().await?;
    let (after, wrong) = view::read(&before, &typed);
    if !wrong.is_empty() {
        let again = draw(&state, &me, &after, Some(&typed), &wrong).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response());
    }
    if typed.get("act") == "try" {
        return Ok(page(&draw(&state, &me, &after, Some(&typed), &[]).await?)?.into_response());
    }
    let changes = view::changes(&before, &after);
    if changes.is_empty() {
        me.say("Nothing has changed.", None).await?;
    } else {
        state.store.save_policy(&after).await?;
        let text = format!("Kept: {}.", changes.join("; "));
        Change::Policy { before: Box::new(before), after: Box::new(after) }.say(&me, text).await?;
    }
    Ok(Redirect::to("/settings/policy").into_response())
}

async fn draw(
    state: &AppState,
    me: &Me,
    policy: &Policy,
    typed: Option<&Typed>,
    wrong: &[(&'static str, String)],
) -> Result<PolicyPage, AppError> {
    let calendar = state.store.company().await?.calendar;
    let wall = wall(state, me).await?;
    let (shell, nav) = frame(state, me, Some(Section::Policy)).await?;
    Ok(view::page(shell, nav, policy, typed, wrong, &calendar, &wall))
}
