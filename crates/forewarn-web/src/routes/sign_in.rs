//! Coming in and going out.

mod password_link;

pub(crate) use password_link::refusal;

use crate::attempt::{Attempt, TOO_MANY};
use crate::client::Client;
use crate::error::{self, AppError};
use crate::me::Me;
use crate::pages::shell::Shell;
use crate::pages::sign_in::SignInPage;
use crate::state::{AppState, Mode};
use crate::table::Table;
use crate::typed::Typed;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::people::Role;
use forewarn_store::security_log::What;
use serde::Deserialize;
use tower_sessions::Session;

pub(crate) fn routes() -> Table {
    Table::new()
        .route("/", get(home))
        .route("/sign-in", get(show))
        .route("/session", post(sign_in).layer(DefaultBodyLimit::max(MOST_TYPED)))
        .route("/session/end", post(sign_out))
        .merge(password_link::routes())
}

/// Bytes of a form before one has signed in: a thousand of them at once are no burden.
const MOST_TYPED: usize = 16 * 1024;

async fn home(me: Me) -> Redirect {
    Redirect::to(first_page(me.person.role))
}

/// Where somebody begins: whom to call, or for the owner of facts, the promises.
pub(crate) fn first_page(role: Role) -> &'static str {
    if role == Role::SupplyOwner { "/promises" } else { "/today" }
}

#[derive(Debug, Deserialize)]
struct Onward {
    #[serde(default)]
    next: String,
}

async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(Onward { next }): Query<Onward>,
) -> Result<Response, AppError> {
    if state.mode == Mode::Demo {
        return Ok(Redirect::to("/demo").into_response());
    }
    if Me::of(&state, session).await?.is_some() {
        return Ok(Redirect::to(ours(&next).unwrap_or("/")).into_response());
    }
    let shell = Shell::outside(state.fresh());
    let page = SignInPage { shell, email: String::new(), wrong: None, onward: next };
    Ok(error::page(&page)?.into_response())
}

async fn sign_in(
    State(state): State<AppState>,
    session: Session,
    client: Client,
    typed: Typed,
) -> Result<Response, AppError> {
    let (email, now) = (typed.get("email"), state.now());
    let again = |status, wrong: &str| {
        let shell = Shell::outside(state.fresh());
        let (email, onward) = (email.to_owned(), typed.get("onward").to_owned());
        let page = SignInPage { shell, email, wrong: Some(wrong.to_owned()), onward };
        Ok((status, error::page(&page)?).into_response())
    };
    let (person, hash) = state.store.sign_in(email).await?.unzip();
    let id = person.as_ref().map(|person| person.id);
    let Some(attempt) = Attempt::begin(&state, &client, email, id).await? else {
        return again(StatusCode::TOO_MANY_REQUESTS, TOO_MANY);
    };
    let person = match state.passwords.matches(typed.get("password"), hash).await {
        Ok(right) => person.filter(|_| right),
        Err(busy) => {
            attempt.never_was();
            let page = again(StatusCode::SERVICE_UNAVAILABLE, &busy.to_string())?;
            return Ok(([(header::RETRY_AFTER, "30")], page).into_response());
        }
    };
    let Some(person) = person else {
        attempt.wrong(What::WrongPassword).await?;
        return again(StatusCode::UNPROCESSABLE_ENTITY, WRONG);
    };
    attempt.right();
    Me::sign_in(&session, person.id, &client, now).await?;
    state.store.note_security(&client.event(What::SignedIn, Some(person.id), now)).await?;
    Ok(Redirect::to(ours(typed.get("onward")).unwrap_or(first_page(person.role))).into_response())
}

const WRONG: &str = "E-mail or password is not right. Try again, or ask your admin for a new link.";

async fn sign_out(
    State(state): State<AppState>,
    session: Session,
    client: Client,
) -> Result<Redirect, AppError> {
    if let Some(me) = Me::of(&state, session.clone()).await? {
        state.store.note_security(&client.event(What::SignedOut, Some(me.person.id), me.now)).await?;
    }
    session.flush().await?;
    Ok(Redirect::to("/sign-in"))
}

/// An address of our own, so that nobody is led elsewhere after signing in.
pub(crate) fn ours(onward: &str) -> Option<&str> {
    let path = onward.strip_prefix('/')?;
    let elsewhere = path.starts_with(['/', '\\']) || onward.contains(char::is_control);
    (!elsewhere).then_some(onward)
}

#[cfg(test)]
mod tests {
    use super::ours;

    #[test]
    fn after_signing_in_one_stays_here() {
        assert_eq!(ours("/cases/7?x=1"), Some("/cases/7?x=1"));
        for elsewhere in ["", "https://evil.example", "//evil.example", "/\\evil.example", "/a\r\nb"] {
            assert_eq!(ours(elsewhere), None, "{elsewhere:?}");
        }
    }
}
