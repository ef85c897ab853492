//! `/password/{token}`: choosing a password by a link that works once, at first or after losing it.

use crate::client::Client;
use crate::error::{self, AppError};
use crate::links;
use crate::pages::sign_in::PasswordPage;
use crate::passwords::NoPassword;
use crate::pending::Pending;
use crate::routes::sign_in::first_page;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use forewarn_store::security_log::What;
use tower_sessions::Session;

pub(super) fn routes() -> Table {
    Table::new().route("/password/{token}", get(show).post(choose))
}

async fn show(State(state): State<AppState>, Path(token): Path<String>) -> Result<Html<String>, AppError> {
    error::page(&page(&state, &token).await?)
}

async fn choose(
    State(state): State<AppState>,
    Path(token): Path<String>,
    session: Session,
    client: Client,
    typed: Typed,
) -> Result<Response, AppError> {
    let page = page(&state, &token).await?;
    let hash = match state.passwords.hash(typed.get("password"), &[&page.name, &page.email]).await {
        Ok(hash) => hash,
        Err(wrong) => {
            let page = PasswordPage { wrong: Some(wrong.to_string()), ..page };
            return Ok((refusal(&wrong), error::page(&page)?).into_response());
        }
    };
    let chosen = client.event(What::PasswordChosen, None, state.now());
    let id = state.store.choose_password(&links::hash(&token), links::PASSWORD, &hash, chosen).await?;
    let id = id.ok_or(AppError::NotFound)?;
    let person = state.store.person(id).await?.filter(|person| person.disabled_at.is_none());
    let person = person.ok_or(AppError::NotFound)?;
    let next = Pending::after_password(&state, &session, &client, &person, "").await?;
    Ok(Redirect::to(next.leads_to(first_page(person.role))).into_response())
}

/// How a password that can't be used is answered.
pub(crate) fn refusal(wrong: &NoPassword) -> StatusCode {
    match wrong {
        NoPassword::Busy(_) | NoPassword::NoMemory => StatusCode::SERVICE_UNAVAILABLE,
        NoPassword::Short(_) | NoPassword::Long | NoPassword::Common => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// Whom the link is for. Where nobody signs in with a password it is good for nothing.
async fn page(state: &AppState, token: &str) -> Result<PasswordPage, AppError> {
    if !state.takes_passwords() {
        return Err(AppError::NotFound);
    }
    let link = state.store.link(&links::hash(token), links::PASSWORD, state.now()).await?;
    let id = link.and_then(|link| link.person).ok_or(AppError::NotFound)?;
    let person = state.store.person(id).await?.filter(|person| person.disabled_at.is_none());
    let person = person.ok_or(AppError::NotFound)?;
    let (shell, action) = (state.outside(), format!("/password/{token}"));
    Ok(PasswordPage { shell, action, name: person.name, email: person.email, wrong: None })
}
