//! `/settings`: each part a file below.

mod absences;
mod calendars;
mod chat;
mod escalation;
mod mail;
mod policy;
mod reach;
pub(crate) mod teams;
mod tokens;
mod undo;
mod webhooks;
mod wording;

use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::{Nav, Section};
use crate::pages::shell::{Place, Shell};
use crate::state::AppState;
use crate::table::Table;
use crate::views::settings::index::{self as view, Known};
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use forewarn_domain::people::Role;
use forewarn_store::days_off::CalendarOf;

pub(crate) fn routes() -> Table {
    Table::new()
        .route("/settings", get(index))
        .merge(absences::routes())
        .merge(calendars::routes())
        .merge(teams::routes())
        .merge(tokens::routes())
        .merge(policy::routes())
        .merge(reach::routes())
        .merge(escalation::routes())
        .merge(mail::routes())
        .merge(chat::routes())
        .merge(webhooks::routes())
        .merge(wording::routes())
        .merge(undo::routes())
}

async fn index(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    let book = state.store.calendar_book(me.scope(), CalendarOf::Company, me.now).await?;
    let company = book.ok_or(AppError::NotFound)?;
    let mail = state.mail_settings().await?;
    let known = Known {
        company: &company,
        policy: &state.store.policy().await?,
        people: &state.store.people().await?,
        teams: &state.store.teams().await?,
        absences: &state.store.absences(me.now).await?,
        mail: mail.as_ref(),
        unreachable: state.store.unreachable(me.now).await?.len(),
        now: me.now,
    };
    let (shell, nav) = frame(&state, &me, None).await?;
    page(&view::page(shell, nav, &known))
}

/// The frame of a page of the settings, with the parts that this person may open.
pub(crate) async fn frame(
    state: &AppState,
    me: &Me,
    here: Option<Section>,
) -> Result<(Shell, Nav), AppError> {
    Ok((me.shell(state, Place::Elsewhere).await?, nav(me, here)))
}

fn nav(me: &Me, here: Option<Section>) -> Nav {
    let sections = Section::ALL.into_iter().filter(|section| may_open(me.person.role, *section));
    Nav { sections: sections.collect(), here }
}

/// Whether people of this role open a part of the settings at all.
fn may_open(role: Role, section: Section) -> bool {
    match section {
        Section::Absences | Section::Chat | Section::Tokens => true,
        Section::People
        | Section::Security
        | Section::Teams
        | Section::Policy
        | Section::Escalation
        | Section::Mail
        | Section::Webhooks => role == Role::Admin,
        Section::Reach | Section::Calendars | Section::Wording => matches!(role, Role::Admin | Role::Leader),
    }
}

/// Only for those who may open this part.
pub(crate) fn must_open(me: &Me, section: Section) -> Result<(), AppError> {
    if may_open(me.person.role, section) {
        return Ok(());
    }
    let why = match section {
        Section::People
        | Section::Security
        | Section::Teams
        | Section::Policy
        | Section::Escalation
        | Section::Mail
        | Section::Webhooks => "This is for admins. Ask one of them.",
        Section::Absences
        | Section::Chat
        | Section::Tokens
        | Section::Reach
        | Section::Calendars
        | Section::Wording => "This is for leaders and admins. Ask one of them.",
    };
    Err(AppError::Forbidden(why.to_owned()))
}
