//! `/settings/escalation`: who of ours hears when something owed to a customer is not done.

use super::undo::Change;
use super::{calendars, frame, must_open};
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::{EscalationPage, Section};
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::settings::escalation::{self as view, Known, Wrong};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::get;
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::Role;
use forewarn_domain::policy::Policy;
use forewarn_store::days_off::CalendarOf;
use forewarn_store::people::Person;

const PAGE: &str = "/settings/escalation";

pub(super) fn routes() -> Table {
    Table::new().route(PAGE, get(show).post(save))
}

async fn show(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    must_open(&me, Section::Escalation)?;
    let policy = state.store.policy().await?;
    page(&draw(&state, &me, &policy, None, &[]).await?)
}

async fn save(State(state): State<AppState>, me: Me, typed: Typed) -> Result<Response, AppError> {
    must_open(&me, Section::Escalation)?;
    let before = state.store.policy().await?;
    let (escalation, wrong) = view::read(&before.escalation, &typed);
    let after = Policy { escalation, ..before.clone() };
    if !wrong.is_empty() {
        // The example goes on with what is kept.
        let again = draw(&state, &me, &before, Some(&typed), &wrong).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response());
    }
    if typed.get("act") == "try" {
        return Ok(page(&draw(&state, &me, &after, Some(&typed), &[]).await?)?.into_response());
    }
    let changes = view::changes(&before.escalation, &after.escalation);
    if changes.is_empty() {
        me.say("Nothing has changed.", None).await?;
    } else {
        state.store.save_policy(&after).await?;
        let text = format!("Kept: {}.", changes.join("; "));
        Change::Policy { before: Box::new(before), after: Box::new(after) }.say(&me, text).await?;
    }
    Ok(Redirect::to(PAGE).into_response())
}

async fn draw(
    state: &AppState,
    me: &Me,
    policy: &Policy,
    typed: Option<&Typed>,
    wrong: &[Wrong],
) -> Result<EscalationPage, AppError> {
    let people = state.store.people().await?;
    let owner = owner(&people, typed).unwrap_or(me.person.id);
    let calendar = calendars::held(state, me, CalendarOf::Person(owner)).await?.book.calendar;
    let roster = state.store.roster(me.now).await?;
    let known = Known { policy, people: &people, roster: &roster, owner, calendar: &calendar, now: me.now };
    let (shell, nav) = frame(state, me, Some(Section::Escalation)).await?;
    Ok(view::page(shell, nav, &known, typed, wrong))
}

/// Whose customer the example is about: the one chosen, or else the first rep.
fn owner(people: &[Person], typed: Option<&Typed>) -> Option<PersonId> {
    let chosen = typed.and_then(|typed| typed.get("owner").parse::<PersonId>().ok());
    let can_own = || people.iter().filter(|person| view::can_own(person));
    let chosen = can_own().find(|person| Some(person.id) == chosen);
    let rep = || can_own().find(|person| person.role == Role::Rep);
    chosen.or_else(rep).map(|person| person.id)
}
