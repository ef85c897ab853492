//! Coming in and going out.

mod elsewhere;
mod password_link;
mod second_step;

pub(crate) use password_link::refusal;
pub(crate) use second_step::NOT_RIGHT;

use crate::attempt::{Attempt, TOO_MANY};
use crate::client::Client;
use crate::error::{self, AppError};
use crate::links;
use crate::me::Me;
use crate::pages::sign_in::{LeavingPage, SignInPage};
use crate::pending::Pending;
use crate::session::ELSEWHERE;
use crate::state::{AppState, Mode};
use crate::table::Table;
use crate::typed::Typed;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
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
        .merge(second_step::routes())
        .merge(elsewhere::routes())
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
    sign_in_page(&state, StatusCode::OK, None, "", &next)
}

async fn sign_in(
    State(state): State<AppState>,
    session: Session,
    client: Client,
    typed: Typed,
) -> Result<Response, AppError> {
    let email = typed.get("email");
    let onward = typed.get("onward");
    let again = |status, wrong: &str| sign_in_page(&state, status, Some(wrong), email, onward);
    if !state.takes_passwords() {
        return again(StatusCode::FORBIDDEN, NO_PASSWORDS);
    }
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
    let next = Pending::after_password(&state, &session, &client, &person, onward).await?;
    Ok(Redirect::to(next.leads_to(ours(onward).unwrap_or(first_page(person.role)))).into_response())
}

/// The page, with what was wrong with the last try.
fn sign_in_page(
    state: &AppState,
    status: StatusCode,
    wrong: Option<&str>,
    email: &str,
    onward: &str,
) -> Result<Response, AppError> {
    let page = SignInPage {
        shell: state.outside(),
        email: email.to_owned(),
        wrong: wrong.map(str::to_owned),
        onward: onward.to_owned(),
        elsewhere: state.elsewhere.as_ref().map(|elsewhere| elsewhere.name.clone()),
        passwords: state.takes_passwords(),
    };
    Ok((status, error::page(&page)?).into_response())
}

const NO_PASSWORDS: &str = "Passwords are not taken here. Use your company’s sign-in.";

const WRONG: &str = "E-mail or password is not right. Try again, or ask your admin for a new link.";

/// Where somebody came in through the company's provider, they are asked to sign out there, too.
async fn sign_out(
    State(state): State<AppState>,
    session: Session,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let now = state.now();
    let came_from_elsewhere = session.get::<bool>(ELSEWHERE).await?.unwrap_or(false);
    if let Some(me) = Me::of(&state, session.clone()).await? {
        state.store.note_security(&client.event(What::SignedOut, Some(me.person.id), now)).await?;
    }
    session.flush().await?;
    if let Some(elsewhere) = state.elsewhere.as_ref().filter(|_| came_from_elsewhere) {
        let back_to = format!("{}/sign-in", links::base(&state, &headers));
        match elsewhere.provider.end(&back_to, now).await {
            Ok(Some(address)) => {
                let (shell, name) = (state.outside(), elsewhere.name.clone());
                let page = LeavingPage { shell, name, address, out: true };
                return Ok(error::page(&page)?.into_response());
            }
            Ok(None) => {}
            Err(trouble) => tracing::warn!(%trouble, "nobody is signed out at the company's provider"),
        }
    }
    Ok(Redirect::to("/sign-in").into_response())
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
