//! `/people/{id}/security` and `/settings/security`, for admins: where somebody is signed in, and the whole log.

use super::MOST_LINES;
use crate::client::Client;
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::security::{PersonSecurityPage, SecurityPage};
use crate::pages::settings::Section;
use crate::pages::shell::Place;
use crate::pages::tone::{Chip, Tone};
use crate::passwords::SHORTEST;
use crate::routes::settings::{frame, must_open};
use crate::routes::wall::wall;
use crate::state::AppState;
use crate::table::Table;
use crate::views::security as view;
use axum::extract::{Path, State};
use axum::response::Html;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::ids::PersonId;
use forewarn_store::security_log::{SecurityEvent, What};

pub(super) fn routes() -> Table {
    Table::new()
        .route("/people/{id}/security", get(show))
        .route("/people/{id}/sessions/ending", post(end_all))
        .route("/settings/security", get(all))
}

async fn show(State(state): State<AppState>, me: Me, Path(id): Path<PersonId>) -> Result<Response, AppError> {
    me.must_be_admin()?;
    if id == me.person.id {
        return Ok(Redirect::to(super::PAGE).into_response());
    }
    let person = state.store.person(id).await?.ok_or(AppError::NotFound)?;
    let wall = wall(&state, &me).await?;
    let here = person.disabled_at.is_none();
    let shown = PersonSecurityPage {
        shell: me.shell(&state, Place::People).await?,
        href: format!("/people/{id}"),
        state: match (here, person.has_password) {
            (false, _) => Chip::new("disabled", Tone::Quiet),
            (true, true) => Chip::new("active", Tone::Good),
            (true, false) => Chip::new("no password yet", Tone::Watch),
        },
        can_invite: here,
        sessions: view::sessions(&state.store.sessions_of(id, me.now).await?, None, false, &wall),
        log: view::log(&state.store.security_log(Some(id), MOST_LINES).await?, false, &wall),
        name: person.name,
        email: person.email,
    };
    Ok(page(&shown)?.into_response())
}

async fn end_all(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    Path(id): Path<PersonId>,
) -> Result<Redirect, AppError> {
    me.must_be_admin()?;
    let person = state.store.person(id).await?.ok_or(AppError::NotFound)?;
    let ended = client.event(What::SessionsEnded, Some(id), me.now);
    let ended = SecurityEvent { by: Some(me.person.id), ..ended };
    state.store.end_sessions_of(id, None, &ended).await?;
    me.say(format!("{} is signed out everywhere.", person.name), None).await?;
    Ok(Redirect::to(&format!("/people/{id}/security")))
}

async fn all(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    must_open(&me, Section::Security)?;
    let (shell, nav) = frame(&state, &me, Some(Section::Security)).await?;
    let wall = wall(&state, &me).await?;
    let log = view::log(&state.store.security_log(None, MOST_LINES).await?, true, &wall);
    page(&SecurityPage { shell, nav, holds: holds(&state), log })
}

/// How people sign in and what holds for it, in sentences.
fn holds(state: &AppState) -> Vec<String> {
    let sessions = state.sessions;
    vec![
        format!(
            "Passwords have {SHORTEST} characters or more; 15 are recommended, and those that strangers try first \
             are refused."
        ),
        "After five wrong ones for an account from one place, or fifty from one place, nobody is let in from there \
         for a quarter of an hour."
            .to_owned(),
        format!(
            "Whoever does nothing for {} is signed out, and everybody after {}.",
            lasting(sessions.idle),
            lasting(sessions.longest)
        ),
    ]
}

/// "12 hours", "14 days", "45 minutes"
fn lasting(time: jiff::SignedDuration) -> String {
    let minutes = time.as_mins();
    let (number, one, many) = match minutes {
        m if m >= 48 * 60 && m % (24 * 60) == 0 => (m / (24 * 60), "day", "days"),
        m if m >= 60 && m % 60 == 0 => (m / 60, "hour", "hours"),
        m => (m, "minute", "minutes"),
    };
    crate::views::shown::count(number.unsigned_abs(), one, many)
}
