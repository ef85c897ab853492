//! `/settings/mail`, for admins. The page never talks to a mail server: a job does, and leaves what it saw.

use super::{frame, must_open};
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::{MailPage, Section};
use crate::routes::wall::wall;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::settings::mail::{self as view, Known, Wrong};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_store::settings::trials::TrialOf;

const PAGE: &str = "/settings/mail";

pub(super) fn routes() -> Table {
    Table::new().route(PAGE, get(show).post(save)).route("/settings/mail/trial", post(try_it))
}

async fn show(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    must_open(&me, Section::Mail)?;
    page(&draw(&state, &me, None, &[]).await?)
}

async fn save(State(state): State<AppState>, me: Me, typed: Typed) -> Result<Response, AppError> {
    must_open(&me, Section::Mail)?;
    let saved = state.store.mail_settings().await?;
    match view::read(&typed, saved.as_ref()) {
        Ok(settings) => {
            state.store.save_mail_settings(&settings).await?;
            let text = format!(
                "Kept: mail comes from {} through {}. Send a test letter now.",
                settings.from_address, settings.smtp.host
            );
            me.say(text, None).await?;
            Ok(Redirect::to(PAGE).into_response())
        }
        Err(wrong) => {
            let again = draw(&state, &me, Some(&typed), &wrong).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response())
        }
    }
}

/// Asks the job for a test letter, to one of our own people only: nothing goes to a customer like this.
async fn try_it(State(state): State<AppState>, me: Me, typed: Typed) -> Result<Redirect, AppError> {
    must_open(&me, Section::Mail)?;
    let Some(person) = state.store.person_by_email(typed.get("to")).await? else {
        let why =
            "A test letter goes to one of our own people only. Give the address of somebody under People.";
        return Err(AppError::refused(why, typed.written(), PAGE));
    };
    state.store.ask_for_trial(&TrialOf::Mail { to: person.email }, me.now).await?;
    Ok(Redirect::to("/settings/mail#trial"))
}

async fn draw(
    state: &AppState,
    me: &Me,
    typed: Option<&Typed>,
    wrong: &[Wrong],
) -> Result<MailPage, AppError> {
    let (saved, held) = (state.store.mail_settings().await?, state.mail_settings().await?);
    let trial = state.store.trial(&TrialOf::Mail { to: String::new() }).await?;
    let wall = wall(state, me).await?;
    let known = Known {
        saved: saved.as_ref(),
        held: held.as_ref(),
        trial: trial.as_ref(),
        my_address: &me.person.email,
        wall: &wall,
    };
    let (shell, nav) = frame(state, me, Some(Section::Mail)).await?;
    Ok(view::page(shell, nav, &known, typed, wrong))
}
