//! `/me/tokens`: tokens for programs. Everybody makes their own; an admin for others, too, and takes back any.

use super::{frame, must_open};
use crate::client::Client;
use crate::error::{AppError, page};
use crate::links;
use crate::me::Me;
use crate::pages::settings::{Section, TokensPage};
use crate::pages::sign_in::FieldError;
use crate::routes::security::knows_password;
use crate::routes::wall::wall;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::settings::tokens::{self as view, Known, SPANS, USUAL_SPAN};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::ids::{PersonId, TokenId};
use forewarn_store::security_log::{SecurityEvent, What};
use forewarn_store::tokens::{NewToken, TokenScope};
use jiff::SignedDuration;
use std::collections::BTreeSet;

const PAGE: &str = "/me/tokens";
const LONGEST_NAME: usize = 80;

pub(super) fn routes() -> Table {
    Table::new().route(PAGE, get(show).post(make)).route("/me/tokens/{id}/revocation", post(revoke))
}

async fn show(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    page(&draw(&state, &me).await?)
}

async fn draw(state: &AppState, me: &Me) -> Result<TokensPage, AppError> {
    must_open(me, Section::Tokens)?;
    let store = &state.store;
    let tokens = if me.is_admin() { store.tokens().await? } else { store.tokens_of(me.person.id).await? };
    let (shell, nav) = frame(state, me, Some(Section::Tokens)).await?;
    let known = Known {
        tokens: &tokens,
        people: &store.people().await?,
        me: &me.person,
        for_others: me.is_admin(),
        asks_password: asks_password(state, me),
        wall: &wall(state, me).await?,
    };
    Ok(view::page(shell, nav, &known))
}

async fn make(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    typed: Typed,
) -> Result<Response, AppError> {
    let asked = match wanted(&state, &me, &typed).await? {
        // A token outlives the session: whoever has found one open does not get to make any.
        Ok(new) => believed(&state, &me, &client, &typed).await?.map(|()| new),
        wrong => wrong,
    };
    let new = match asked {
        Ok(new) => new,
        Err(wrong) => {
            let again = TokensPage { typed: typed.get("name").to_owned(), wrong, ..draw(&state, &me).await? };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response());
        }
    };
    let token = format!("{}{}", links::TOKEN_MARK, links::token(state.fresh_ids()));
    let new = NewToken { token_hash: links::hash(&token), ..new };
    let made = SecurityEvent {
        by: by_another(&me, new.person),
        ..client.event(What::TokenMade, Some(new.person), me.now)
    };
    state.store.add_token(&new, &made).await?;
    let shown = TokensPage { made: Some((new.name, token)), ..draw(&state, &me).await? };
    Ok((StatusCode::CREATED, page(&shown)?).into_response())
}

/// Whether it is them: by their password, where they have one.
async fn believed(
    state: &AppState,
    me: &Me,
    client: &Client,
    typed: &Typed,
) -> Result<Result<(), Vec<FieldError>>, AppError> {
    if !asks_password(state, me) {
        return Ok(Ok(()));
    }
    let known = knows_password(state, me, client, typed.get("current-password")).await?;
    Ok(known.map_err(|why| vec![FieldError { field: "token-password".to_owned(), text: why.to_string() }]))
}

/// Whoever comes in through the company's provider, or into a demo, has none.
fn asks_password(state: &AppState, me: &Me) -> bool {
    me.person.has_password && state.takes_passwords()
}

/// Who did it, if it was not the person themselves.
fn by_another(me: &Me, person: PersonId) -> Option<PersonId> {
    (me.person.id != person).then_some(me.person.id)
}

/// The token that was asked for, still without the token; or what is wrong.
async fn wanted(
    state: &AppState,
    me: &Me,
    typed: &Typed,
) -> Result<Result<NewToken, Vec<FieldError>>, AppError> {
    let mut wrong = Vec::new();
    let mut field = |field: &str, text: &str| {
        wrong.push(FieldError { field: field.to_owned(), text: text.to_owned() });
    };
    let name = typed.get("name");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        field("token-name", "Say in a few words which program has it, so that it can be told from others.");
    }
    let known = |word| TokenScope::ALL.into_iter().find(|scope| scope.word() == word);
    let scopes: BTreeSet<TokenScope> = typed.all("scope").filter_map(known).collect();
    if scopes.is_empty() {
        field("token-scopes", "Choose at least one thing that it is good for.");
    }
    let person = match typed.get("person").parse::<PersonId>() {
        Ok(person) if me.is_admin() => state.store.person(person).await?,
        _ => Some(me.person.clone()),
    };
    let person = person.filter(|person| person.disabled_at.is_none());
    if person.is_none() {
        field("token-person", "Choose somebody who is still here.");
    }
    let days = SPANS.iter().find(|(days, _)| *days == typed.get("days")).map_or(USUAL_SPAN, |(days, _)| days);
    let lasts = SignedDuration::from_hours(24 * days.parse().unwrap_or(90));
    let (Some(person), true) = (person, wrong.is_empty()) else { return Ok(Err(wrong)) };
    Ok(Ok(NewToken {
        token_hash: String::new(),
        person: person.id,
        name: name.to_owned(),
        scopes,
        by: me.person.id,
        expires_at: me.now.saturating_add(lasts).unwrap_or(me.now),
        now: me.now,
    }))
}

async fn revoke(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    Path(id): Path<TokenId>,
) -> Result<Redirect, AppError> {
    let of = (!me.is_admin()).then_some(me.person.id);
    let revoked = SecurityEvent { by: Some(me.person.id), ..client.event(What::TokenRevoked, None, me.now) };
    if !state.store.revoke_token(id, of, &revoked).await? {
        return Err(AppError::NotFound);
    }
    me.say("Taken back: the program that has it is not let in any more.", None).await?;
    Ok(Redirect::to(PAGE))
}
