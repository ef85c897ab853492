//! `/me/security`: one's own password and sessions, and what has happened around them.

mod people;
mod second_step;

use crate::attempt::{Attempt, TOO_MANY};
use crate::client::Client;
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::security::MySecurityPage;
use crate::pages::shell::Place;
use crate::routes::sign_in::refusal;
use crate::routes::wall::wall;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::clocks::near;
use crate::views::security as view;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_store::security_log::What;

pub(crate) fn routes() -> Table {
    Table::new()
        .route("/me/security", get(show))
        .route("/me/password", post(change_password))
        .route("/me/sessions/ending", post(end_others))
        .route("/me/sessions/{id}/ending", post(end_one))
        .merge(second_step::routes())
        .merge(people::routes())
}

const PAGE: &str = "/me/security";

/// As much of the log as is shown.
const MOST_LINES: u32 = 100;

async fn show(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    page(&mine(&state, &me).await?)
}

async fn mine(state: &AppState, me: &Me) -> Result<MySecurityPage, AppError> {
    let wall = wall(state, me).await?;
    let sessions = state.store.sessions_of(me.person.id, me.now).await?;
    let changed = state.store.password_changed_at(me.person.id).await?;
    let says = || changed.map_or_else(String::new, |at| format!("Changed {}.", near(&wall, at)));
    let second = state.store.second_step(me.person.id).await?;
    let takes_passwords = state.takes_passwords();
    Ok(MySecurityPage {
        shell: me.shell(state, Place::Elsewhere).await?,
        email: me.person.email.clone(),
        password: (me.person.has_password && takes_passwords).then(says),
        elsewhere: state.elsewhere.as_ref().map(|elsewhere| elsewhere.name.clone()),
        second_step: second.map(|second| view::second_step(&second, &wall)),
        required: state.store.second_step_required_of().await?.has_to(me.person.role),
        wrong: None,
        sessions: view::sessions(&sessions, me.session_key().as_deref(), true, &wall),
        log: view::log(&state.store.security_log(Some(me.person.id), MOST_LINES).await?, false, &wall),
    })
}

/// Asks for the password they have, so that a session left open is not enough. It ends all other sessions, and
/// this one goes on under a new token.
async fn change_password(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    typed: Typed,
) -> Result<Response, AppError> {
    let refused = async |status: StatusCode, field: &'static str, why: String| {
        let again = MySecurityPage { wrong: Some((field, why)), ..mine(&state, &me).await? };
        Ok((status, page(&again)?).into_response())
    };
    let id = me.person.id;
    if let Err(why) = knows_password(&state, &me, &client, typed.get("current-password")).await? {
        return refused(why.status(), "current-password", why.to_string()).await;
    }
    let about = [me.person.name.as_str(), me.person.email.as_str()];
    let hash = match state.passwords.hash(typed.get("password"), &about).await {
        Ok(hash) => hash,
        Err(why) => return refused(refusal(&why), "password", why.to_string()).await,
    };
    let changed = client.event(What::PasswordChanged, Some(id), me.now);
    state.store.change_password(id, &hash, &changed).await?;
    me.renew(&client).await?;
    me.say("Your password is changed. Everywhere else you are signed out.", None).await?;
    Ok(Redirect::to(PAGE).into_response())
}

/// Why somebody was not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotBelieved {
    /// The password is wrong, or they have none.
    #[error("This is not your password. Try again.")]
    Wrong,
    /// One try too many.
    #[error("{TOO_MANY}")]
    TooMany,
    /// The machine is too busy to look.
    #[error(transparent)]
    Busy(#[from] crate::passwords::Busy),
}

impl NotBelieved {
    /// How that is answered.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Wrong => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// Whether somebody who is signed in knows their password. It counts like a sign-in: who has found an open
/// session does not get to guess.
pub(crate) async fn knows_password(
    state: &AppState,
    me: &Me,
    client: &Client,
    password: &str,
) -> Result<Result<(), NotBelieved>, AppError> {
    let id = me.person.id;
    let Some(attempt) = Attempt::begin(state, client, &me.person.email, Some(id)).await? else {
        return Ok(Err(NotBelieved::TooMany));
    };
    let hash = state.store.password_hash(id).await?;
    match state.passwords.matches(password, hash).await {
        Ok(true) => {
            attempt.right();
            Ok(Ok(()))
        }
        Ok(false) => {
            attempt.wrong(What::WrongPassword).await?;
            Ok(Err(NotBelieved::Wrong))
        }
        Err(busy) => {
            attempt.never_was();
            Ok(Err(busy.into()))
        }
    }
}

async fn end_one(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    Path(id): Path<String>,
) -> Result<Redirect, AppError> {
    let ended = client.event(What::SessionEnded, Some(me.person.id), me.now);
    if !state.store.end_session_of(me.person.id, &id, &ended).await? {
        return Err(AppError::NotFound);
    }
    me.say("That device is signed out.", None).await?;
    Ok(Redirect::to(PAGE))
}

async fn end_others(State(state): State<AppState>, me: Me, client: Client) -> Result<Redirect, AppError> {
    let ended = client.event(What::SessionsEnded, Some(me.person.id), me.now);
    state.store.end_sessions_of(me.person.id, me.session_key().as_deref(), &ended).await?;
    me.say("You are signed out everywhere else.", None).await?;
    Ok(Redirect::to(PAGE))
}
