//! One's own second step: turned on, off, and its recovery codes. Each asks for the password; what would weaken it, for
//! a code as well.

use super::{PAGE, knows_password, mine};
use crate::attempt::TOO_MANY;
use crate::client::Client;
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::second_step::{CodesPage, SetUpPage};
use crate::pages::security::MySecurityPage;
use crate::pages::shell::Place;
use crate::routes::sign_in::NOT_RIGHT;
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
        .route("/me/second-step/beginning", post(begin))
        .route("/me/second-step", get(show).post(turn_on))
        .route("/me/second-step/ending", post(turn_off))
        .route("/me/second-step/codes", post(new_codes))
}

/// Under this key the session keeps the secret until the first code has come.
const SECRET: &str = "second-step-secret";

/// The page again, with what is wrong, if the password is.
async fn believed(
    state: &AppState,
    me: &Me,
    client: &Client,
    typed: &Typed,
) -> Result<Option<Response>, AppError> {
    let Err(why) = knows_password(state, me, client, typed.get("current-password")).await? else {
        return Ok(None);
    };
    let wrong = Some(("second-step-password", why.to_string()));
    let again = MySecurityPage { wrong, ..mine(state, me).await? };
    Ok(Some((why.status(), page(&again)?).into_response()))
}

/// The page again, with what is wrong, unless the code is right: a password that somebody has found out does not take
/// the second step away.
async fn shown_code(
    state: &AppState,
    me: &Me,
    client: &Client,
    typed: &Typed,
) -> Result<Option<Response>, AppError> {
    let (status, why) = match second_step::check(state, client, &me.person, typed.get("code")).await? {
        Checked::Right => return Ok(None),
        Checked::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, NOT_RIGHT),
        Checked::TooMany => (StatusCode::TOO_MANY_REQUESTS, TOO_MANY),
    };
    let again =
        MySecurityPage { wrong: Some(("second-step-code", why.to_owned())), ..mine(state, me).await? };
    Ok(Some((status, page(&again)?).into_response()))
}

async fn begin(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    typed: Typed,
) -> Result<Response, AppError> {
    if let Some(no) = believed(&state, &me, &client, &typed).await? {
        return Ok(no);
    }
    me.keep_for_later(SECRET, &second_step::new_secret(state.fresh_ids())).await?;
    Ok(Redirect::to("/me/second-step").into_response())
}

async fn show(State(state): State<AppState>, me: Me) -> Result<Response, AppError> {
    match me.kept::<String>(SECRET).await? {
        Some(secret) => set_up(&state, &me, &secret, StatusCode::OK, None).await,
        None => Ok(Redirect::to(PAGE).into_response()),
    }
}

async fn set_up(
    state: &AppState,
    me: &Me,
    secret: &str,
    status: StatusCode,
    wrong: Option<&str>,
) -> Result<Response, AppError> {
    let shown = SetUpPage {
        shell: me.shell(state, Place::Elsewhere).await?,
        action: "/me/second-step".to_owned(),
        back: Some(PAGE.to_owned()),
        picture: second_step::picture(secret, &me.person.email),
        secret: second_step::in_groups(secret, " "),
        wrong: wrong.map(str::to_owned),
    };
    Ok((status, page(&shown)?).into_response())
}

async fn turn_on(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    typed: Typed,
) -> Result<Response, AppError> {
    let Some(secret) = me.kept::<String>(SECRET).await? else {
        return Ok(Redirect::to(PAGE).into_response());
    };
    let Some(step) = second_step::step_of(&secret, typed.get("code"), me.now) else {
        return set_up(&state, &me, &secret, StatusCode::UNPROCESSABLE_ENTITY, Some(NOT_RIGHT)).await;
    };
    let (codes, hashes) = fresh_codes(&state);
    let (id, here) = (me.person.id, me.session_key());
    let on = client.event(What::SecondStepOn, Some(id), me.now);
    state.store.turn_on_second_step(id, &secret, step, &hashes, here.as_deref(), &on).await?;
    me.renew(&client).await?;
    codes_page(&state, &me, "The second step is on. Everywhere else you are signed out.", codes).await
}

async fn turn_off(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    typed: Typed,
) -> Result<Response, AppError> {
    if state.store.second_step_required_of().await?.has_to(me.person.role) {
        let why = "A second step is required of you. It can’t be turned off.";
        return Err(AppError::refused(why, Vec::new(), PAGE));
    }
    if let Some(no) = believed(&state, &me, &client, &typed).await? {
        return Ok(no);
    }
    if state.store.second_step(me.person.id).await?.is_none() {
        return Ok(Redirect::to(PAGE).into_response());
    }
    if let Some(no) = shown_code(&state, &me, &client, &typed).await? {
        return Ok(no);
    }
    let off = client.event(What::SecondStepOff, Some(me.person.id), me.now);
    state.store.turn_off_second_step(me.person.id, &off).await?;
    me.say("The second step is off: your password is enough.", None).await?;
    Ok(Redirect::to(PAGE).into_response())
}

async fn new_codes(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    typed: Typed,
) -> Result<Response, AppError> {
    if let Some(no) = believed(&state, &me, &client, &typed).await? {
        return Ok(no);
    }
    if state.store.second_step(me.person.id).await?.is_none() {
        return Ok(Redirect::to(PAGE).into_response());
    }
    if let Some(no) = shown_code(&state, &me, &client, &typed).await? {
        return Ok(no);
    }
    let (codes, hashes) = fresh_codes(&state);
    let made = client.event(What::RecoveryCodesMade, Some(me.person.id), me.now);
    state.store.replace_recovery_codes(me.person.id, &hashes, &made).await?;
    codes_page(&state, &me, "The old ones are worth nothing now.", codes).await
}

/// New recovery codes, and the hashes to keep.
fn fresh_codes(state: &AppState) -> (Vec<String>, Vec<String>) {
    let codes = second_step::new_recovery_codes(state.fresh_ids());
    let hashes = codes.iter().map(|code| second_step::hash_of(code)).collect();
    (codes, hashes)
}

async fn codes_page(state: &AppState, me: &Me, done: &str, codes: Vec<String>) -> Result<Response, AppError> {
    let shell = me.shell(state, Place::Elsewhere).await?;
    let shown = CodesPage { shell, done: done.to_owned(), codes, onward: PAGE.to_owned() };
    Ok(page(&shown)?.into_response())
}
