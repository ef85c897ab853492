//! Signing in through the company's own provider: off to it, and back.

use crate::client::Client;
use crate::elsewhere::{self, Elsewhere, NotLetIn};
use crate::error::{self, AppError};
use crate::me::Me;
use crate::pages::sign_in::LeavingPage;
use crate::routes::sign_in::{first_page, ours, sign_in_page};
use crate::session::ELSEWHERE;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_outreach::oidc::{Answer, OidcTrouble, Ticket};
use forewarn_store::security_log::What;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tower_sessions::Session;

pub(super) fn routes() -> Table {
    Table::new().route("/session/elsewhere", post(leave)).route("/sign-in/elsewhere", get(come_back))
}

/// Under this key the session keeps a sign-in that is under way.
const UNDER_WAY: &str = "under-way";

/// How long somebody may take at the provider.
const FOR: SignedDuration = SignedDuration::from_mins(15);

#[derive(Debug, Serialize, Deserialize)]
struct UnderWay {
    ticket: Ticket,
    onward: String,
    since: Timestamp,
}

fn set_up(state: &AppState) -> Result<Arc<Elsewhere>, AppError> {
    state.elsewhere.clone().ok_or(AppError::NotFound)
}

/// A page that goes on by itself: a redirect that answers a form may not leave for another site.
async fn leave(State(state): State<AppState>, session: Session, typed: Typed) -> Result<Response, AppError> {
    let (set_up, now) = (set_up(&state)?, state.now());
    let ticket = elsewhere::ticket(&state);
    let address = match set_up.provider.begin(&ticket, now).await {
        Ok(address) => address,
        Err(trouble) => return failed(&state, &trouble),
    };
    let kept = UnderWay { ticket, onward: typed.get("onward").to_owned(), since: now };
    session.insert(UNDER_WAY, kept).await?;
    let (shell, name) = (state.outside(), set_up.name.clone());
    Ok(error::page(&LeavingPage { shell, name, address, out: false })?.into_response())
}

async fn come_back(
    State(state): State<AppState>,
    session: Session,
    client: Client,
    Query(answer): Query<Answer>,
) -> Result<Response, AppError> {
    let (set_up, now) = (set_up(&state)?, state.now());
    // Whatever comes of it, the ticket is good for one answer.
    let under_way: Option<UnderWay> = session.remove(UNDER_WAY).await?;
    let under_way = under_way.filter(|under_way| now.duration_since(under_way.since) < FOR);
    let Some(UnderWay { ticket, onward, .. }) = under_way else {
        return failed(&state, &OidcTrouble::NotOurs);
    };
    let identity = match set_up.provider.finish(&answer, &ticket, now).await {
        Ok(identity) => identity,
        Err(trouble) => {
            state.store.note_security(&client.event(What::RefusedElsewhere, None, now)).await?;
            return failed(&state, &trouble);
        }
    };
    match elsewhere::person(&state, &client, &identity, set_up.add_people, now).await? {
        Ok(person) => {
            Me::sign_in(&session, person.id, &client, now).await?;
            session.insert(ELSEWHERE, true).await?;
            let event = client.event(What::SignedInElsewhere, Some(person.id), now);
            state.store.note_security(&event).await?;
            Ok(Redirect::to(ours(&onward).unwrap_or(first_page(person.role))).into_response())
        }
        Err(why) => {
            state.store.note_security(&client.event(What::RefusedElsewhere, None, now)).await?;
            sign_in_page(&state, StatusCode::FORBIDDEN, Some(&why.to_string()), "", "")
        }
    }
}

fn failed(state: &AppState, trouble: &OidcTrouble) -> Result<Response, AppError> {
    tracing::warn!(%trouble, "a sign-in through the company's provider came to nothing");
    let status = match trouble {
        OidcTrouble::Unusable(_) => StatusCode::BAD_GATEWAY,
        OidcTrouble::Refused(_) | OidcTrouble::NotOurs | OidcTrouble::Untrusted(_) => StatusCode::FORBIDDEN,
    };
    sign_in_page(state, status, Some(NotLetIn::in_words(trouble)), "", "")
}
