//! The second step of signing in: the code, or setting it up where it is required.

use crate::attempt::TOO_MANY;
use crate::client::Client;
use crate::error::{self, AppError};
use crate::pages::second_step::{CodePage, CodesPage, SetUpPage};
use crate::pending::Pending;
use crate::routes::sign_in::{first_page, ours};
use crate::second_step::{self, Checked};
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_store::security_log::What;

pub(super) fn routes() -> Table {
    Table::new()
        .route("/sign-in/code", get(ask))
        .route("/session/code", post(answer))
        .route("/sign-in/second-step", get(show_set_up).post(set_up))
}

/// What is said of a code that does not fit.
pub(crate) const NOT_RIGHT: &str = "This code is not right, or has been used. Wait for the next one, and see that the clock of your phone is right.";

async fn ask(State(state): State<AppState>, pending: Pending) -> Result<Response, AppError> {
    if pending.secret.is_some() {
        return Ok(Redirect::to("/sign-in/second-step").into_response());
    }
    code_page(&state, &pending, StatusCode::OK, None)
}

fn code_page(
    state: &AppState,
    pending: &Pending,
    status: StatusCode,
    wrong: Option<&str>,
) -> Result<Response, AppError> {
    let (shell, email) = (state.outside(), pending.person.email.clone());
    let page = CodePage { shell, email, wrong: wrong.map(str::to_owned) };
    Ok((status, error::page(&page)?).into_response())
}

async fn answer(
    State(state): State<AppState>,
    pending: Pending,
    client: Client,
    typed: Typed,
) -> Result<Response, AppError> {
    match second_step::check(&state, &client, &pending.person, typed.get("code")).await? {
        Checked::Right => {
            pending.come_in(&state, &client).await?;
            Ok(Redirect::to(onward(&pending)).into_response())
        }
        Checked::Wrong => code_page(&state, &pending, StatusCode::UNPROCESSABLE_ENTITY, Some(NOT_RIGHT)),
        Checked::TooMany => code_page(&state, &pending, StatusCode::TOO_MANY_REQUESTS, Some(TOO_MANY)),
    }
}

fn onward(pending: &Pending) -> &str {
    ours(&pending.onward).unwrap_or(first_page(pending.person.role))
}

async fn show_set_up(State(state): State<AppState>, pending: Pending) -> Result<Response, AppError> {
    set_up_page(&state, &pending, StatusCode::OK, None)
}

fn set_up_page(
    state: &AppState,
    pending: &Pending,
    status: StatusCode,
    wrong: Option<&str>,
) -> Result<Response, AppError> {
    let Some(secret) = &pending.secret else { return Ok(Redirect::to("/sign-in/code").into_response()) };
    let page = SetUpPage {
        shell: state.outside(),
        action: "/sign-in/second-step".to_owned(),
        back: None,
        picture: second_step::picture(secret, &pending.person.email),
        secret: second_step::in_groups(secret, " "),
        wrong: wrong.map(str::to_owned),
    };
    Ok((status, error::page(&page)?).into_response())
}

async fn set_up(
    State(state): State<AppState>,
    pending: Pending,
    client: Client,
    typed: Typed,
) -> Result<Response, AppError> {
    let Some(secret) = &pending.secret else { return Err(AppError::NotFound) };
    let now = state.now();
    let Some(step) = second_step::step_of(secret, typed.get("code"), now) else {
        return set_up_page(&state, &pending, StatusCode::UNPROCESSABLE_ENTITY, Some(NOT_RIGHT));
    };
    let codes = second_step::new_recovery_codes(state.fresh_ids());
    let hashes: Vec<String> = codes.iter().map(|code| second_step::hash_of(code)).collect();
    let on = client.event(What::SecondStepOn, Some(pending.person.id), now);
    state.store.turn_on_second_step(pending.person.id, secret, step, &hashes, None, &on).await?;
    pending.come_in(&state, &client).await?;
    let page = CodesPage {
        shell: state.outside(),
        done: "The second step is on, and you are signed in.".to_owned(),
        codes,
        onward: onward(&pending).to_owned(),
    };
    Ok(error::page(&page)?.into_response())
}
