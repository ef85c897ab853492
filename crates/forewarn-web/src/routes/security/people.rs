//! `/people/{id}/security` and `/settings/security`, for admins: where somebody is signed in, and the whole log.

use super::MOST_LINES;
use crate::client::Client;
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::security::{PersonSecurityPage, SecurityPage};
use crate::pages::settings::Section;
use crate::pages::shell::Place;
use crate::pages::tone::{Chip, Choice, Tone};
use crate::passwords::SHORTEST;
use crate::routes::settings::{frame, must_open};
use crate::routes::wall::wall;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::security as view;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Html;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::ids::PersonId;
use forewarn_store::second_steps::RequiredOf;
use forewarn_store::security_log::{SecurityEvent, What};

pub(super) fn routes() -> Table {
    Table::new()
        .route("/people/{id}/security", get(show))
        .route("/people/{id}/sessions/ending", post(end_all))
        .route("/people/{id}/second-step/ending", post(take_second_step_away))
        .route("/settings/security", get(all).post(require))
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
        second_step: state.store.second_step(id).await?.map(|second| view::second_step(&second, &wall)),
        can_invite: here && state.takes_passwords(),
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
    me.say(format!("{} is signed out everywhere, and their tokens are taken back.", person.name), None)
        .await?;
    Ok(Redirect::to(&format!("/people/{id}/security")))
}

/// Their sessions end, too: whoever has found the phone may be in.
async fn take_second_step_away(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    Path(id): Path<PersonId>,
) -> Result<Redirect, AppError> {
    me.must_be_admin()?;
    let person = state.store.person(id).await?.ok_or(AppError::NotFound)?;
    let by = Some(me.person.id);
    let taken = SecurityEvent { by, ..client.event(What::SecondStepReset, Some(id), me.now) };
    if state.store.turn_off_second_step(id, &taken).await? {
        let ended = SecurityEvent { by, ..client.event(What::SessionsEnded, Some(id), me.now) };
        state.store.end_sessions_of(id, None, &ended).await?;
    }
    me.say(format!("{} signs in with the password alone. They are signed out everywhere, and their tokens are taken back.", person.name), None).await?;
    Ok(Redirect::to(&format!("/people/{id}/security")))
}

async fn require(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    typed: Typed,
) -> Result<Response, AppError> {
    must_open(&me, Section::Security)?;
    let wanted = OPTIONS.iter().find(|(_, word, _)| *word == typed.get("second-step"));
    let (of, ..) = wanted.ok_or_else(|| AppError::Unreadable("Choose of whom it is required.".to_owned()))?;
    let has_one = state.store.second_step(me.person.id).await?.is_some();
    if of.has_to(me.person.role) && me.person.has_password && !has_one {
        let wrong = Some("Set up your own second step first, under your name.".to_owned());
        let again = SecurityPage { wrong, ..whole(&state, &me).await? };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response());
    }
    let changed = client.event(What::PolicyChanged, Some(me.person.id), me.now);
    state.store.require_second_step(*of, &changed).await?;
    me.say("Kept.", None).await?;
    Ok(Redirect::to("/settings/security").into_response())
}

/// Of whom a second step can be required.
const OPTIONS: [(RequiredOf, &str, &str); 4] = [
    (RequiredOf::Nobody, "nobody", "Nobody"),
    (RequiredOf::Admins, "admins", "Admins"),
    (RequiredOf::Leaders, "leaders", "Leaders and admins"),
    (RequiredOf::Everybody, "everybody", "Everybody"),
];

async fn all(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    must_open(&me, Section::Security)?;
    page(&whole(&state, &me).await?)
}

async fn whole(state: &AppState, me: &Me) -> Result<SecurityPage, AppError> {
    let (shell, nav) = frame(state, me, Some(Section::Security)).await?;
    let wall = wall(state, me).await?;
    let log = view::log(&state.store.security_log(None, MOST_LINES).await?, true, &wall);
    let required = state.store.second_step_required_of().await?;
    let choice = |(of, word, label): &(RequiredOf, &str, &str)| {
        let choice = Choice::new(*word, *label);
        if *of == required { choice.chosen() } else { choice }
    };
    let required_of = OPTIONS.iter().map(choice).collect();
    Ok(SecurityPage { shell, nav, holds: holds(state), required_of, wrong: None, log })
}

/// How people sign in and what holds for it, in sentences.
fn holds(state: &AppState) -> Vec<String> {
    let sessions = state.sessions;
    let mut holds = Vec::new();
    if let Some(elsewhere) = &state.elsewhere {
        let only = if elsewhere.only { ", and in no other way" } else { ", or with a password" };
        let add = if elsewhere.add_people { "is added as a rep" } else { "is not let in" };
        holds.push(format!(
            "People sign in through {}{only}. Whoever it knows and nobody has added here {add}. That is set in the \
             settings file, under oidc.",
            elsewhere.name
        ));
    }
    if state.takes_passwords() {
        holds.push(format!(
            "Passwords have {SHORTEST} characters or more; 15 are recommended, and those that strangers try first \
             are refused."
        ));
        holds.push(
            "After five wrong ones for an account from one place, or fifty from one place, nobody is let in from \
             there for a quarter of an hour."
                .to_owned(),
        );
    }
    holds.push(format!(
        "Whoever does nothing for {} is signed out, and everybody after {}.",
        lasting(sessions.idle),
        lasting(sessions.longest)
    ));
    holds
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
