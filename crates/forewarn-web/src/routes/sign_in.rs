//! Coming in and going out, and choosing a password by a link that works once.

use crate::error::{self, AppError};
use crate::links;
use crate::me::Me;
use crate::pages::shell::Shell;
use crate::pages::sign_in::{PasswordPage, SignInPage};
use crate::state::{AppState, Mode};
use crate::typed::Typed;
use axum::Router;
use axum::extract::{ConnectInfo, FromRequestParts, Path, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::people::Role;
use serde::Deserialize;
use std::convert::Infallible;
use std::net::SocketAddr;
use tower_sessions::Session;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(home))
        .route("/sign-in", get(show))
        .route("/session", post(sign_in))
        .route("/session/end", post(sign_out))
        .route("/password/{token}", get(show_password).post(choose_password))
}

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
    From(address): From,
    typed: Typed,
) -> Result<Response, AppError> {
    let (email, now) = (typed.get("email"), state.now());
    let again = |status, wrong: &str| {
        let shell = Shell::outside(state.fresh());
        let (email, onward) = (email.to_owned(), typed.get("onward").to_owned());
        let page = SignInPage { shell, email, wrong: Some(wrong.to_owned()), onward };
        Ok((status, error::page(&page)?).into_response())
    };
    if !state.limits.allow(&address, email, now) {
        return again(StatusCode::TOO_MANY_REQUESTS, TOO_MANY);
    }
    let (person, hash) = state.store.sign_in(email).await?.unzip();
    let right = state.passwords.matches(typed.get("password"), hash).await;
    let Some(person) = person.filter(|_| right) else {
        state.limits.count(&address, email, now);
        return again(StatusCode::UNPROCESSABLE_ENTITY, WRONG);
    };
    state.limits.forget(&address, email);
    Me::sign_in(&session, person.id).await?;
    Ok(Redirect::to(ours(typed.get("onward")).unwrap_or(first_page(person.role))).into_response())
}

const WRONG: &str = "E-mail or password is not right. Try again, or ask your admin for a new link.";
const TOO_MANY: &str =
    "Too many wrong passwords. Wait for a quarter of an hour, or ask your admin for a new link.";

async fn sign_out(session: Session) -> Result<Redirect, AppError> {
    session.flush().await?;
    Ok(Redirect::to("/sign-in"))
}

async fn show_password(
    State(state): State<AppState>,
    Path(token): Path<String>,
) -> Result<Html<String>, AppError> {
    let page = password_page(&state, &token, None).await?;
    error::page(&page)
}

async fn choose_password(
    State(state): State<AppState>,
    Path(token): Path<String>,
    session: Session,
    typed: Typed,
) -> Result<Response, AppError> {
    let page = password_page(&state, &token, None).await?;
    let hash = match state.passwords.hash(typed.get("password")).await {
        Ok(hash) => hash,
        Err(wrong) => {
            let page = PasswordPage { wrong: Some(wrong.to_string()), ..page };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, error::page(&page)?).into_response());
        }
    };
    let used = state.store.use_link(&links::hash(&token), links::PASSWORD, state.now()).await?;
    let id = used.and_then(|link| link.person).ok_or(AppError::NotFound)?;
    state.store.set_password_hash(id, &hash).await?;
    let person = state.store.person(id).await?.filter(|person| person.disabled_at.is_none());
    let person = person.ok_or(AppError::NotFound)?;
    Me::sign_in(&session, id).await?;
    Ok(Redirect::to(first_page(person.role)).into_response())
}

async fn password_page(
    state: &AppState,
    token: &str,
    wrong: Option<String>,
) -> Result<PasswordPage, AppError> {
    let link = state.store.link(&links::hash(token), links::PASSWORD, state.now()).await?;
    let id = link.and_then(|link| link.person).ok_or(AppError::NotFound)?;
    let person = state.store.person(id).await?.ok_or(AppError::NotFound)?;
    let (shell, action) = (Shell::outside(state.fresh()), format!("/password/{token}"));
    Ok(PasswordPage { shell, action, name: person.name, email: person.email, wrong })
}

/// An address of our own, so that nobody is led elsewhere after signing in.
pub(crate) fn ours(onward: &str) -> Option<&str> {
    let path = onward.strip_prefix('/')?;
    let elsewhere = path.starts_with(['/', '\\']) || onward.contains(char::is_control);
    (!elsewhere).then_some(onward)
}

/// Where a request comes from: the peer itself, never a header that anybody can write.
#[derive(Debug)]
struct From(String);

impl<S: Sync> FromRequestParts<S> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(peer.map_or_else(String::new, |ConnectInfo(peer)| peer.ip().to_string())))
    }
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
