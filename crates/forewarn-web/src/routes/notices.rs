//! `/notices`: what waits for whoever has signed in. `/n/{token}`: one notice, for whoever holds its link.
//!
//! Mail programs and scanners open links by themselves: looking changes nothing, whatever the link. A tap on a
//! button posts.

use crate::answer::Answer;
use crate::error::{self, AppError};
use crate::me::Me;
use crate::pages::shell::Place;
use crate::routes::wall::{wall, wall_of};
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::notices::{self, Lease};
use crate::views::percent;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use forewarn_domain::case::Refused;
use forewarn_domain::ids::{CaseId, NoticeId};
use forewarn_store::cases::{Act, ActFailed};
use forewarn_store::notices::Notice;
use forewarn_store::people::Person;
use jiff::Timestamp;

pub(crate) fn routes() -> Table {
    Table::new()
        .route("/notices", get(list))
        .route("/notices/seen", post(seen))
        .route("/notices/{id}/acting", post(act))
        .route("/n/{token}", get(look).post(tap))
}

/// More than anybody reads.
const MOST: u32 = 200;

async fn list(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    let notices = state.store.notices_of(me.person.id, MOST).await?;
    let wall = wall(&state, &me).await?;
    let shell = me.shell(&state, Place::Elsewhere).await?;
    error::page(&notices::page(shell, &notices, &wall))
}

async fn seen(State(state): State<AppState>, me: Me, answer: Answer) -> Result<Response, AppError> {
    see_all(&state, &me).await?;
    Ok(answer.done("/notices"))
}

/// They have seen all of their notices.
pub(crate) async fn see_all(state: &AppState, me: &Me) -> Result<(), AppError> {
    Ok(state.store.notice_seen(me.person.id, None, me.now).await?)
}

/// *I'm on it*, said about a notice of theirs; gives the notice.
pub(crate) async fn act_on(
    state: &AppState,
    me: &Me,
    id: NoticeId,
    entry: Option<&str>,
) -> Result<Notice, AppError> {
    let notice = state.store.notice(me.person.id, id).await?.ok_or(AppError::NotFound)?;
    take_on(state, &me.person, &notice, entry, me.now).await?;
    Ok(notice)
}

async fn act(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let id: NoticeId = id.parse().map_err(|_| AppError::NotFound)?;
    let notice = act_on(&state, &me, id, typed.entry()).await?;
    if !answer.is_json() {
        let said = match lease(&state, &me.person, &notice, me.now).await? {
            Some(lease) => lease.says(&me.person),
            None => "There is nothing left to do about it.".to_owned(),
        };
        me.say(said, None).await?;
    }
    Ok(answer.done("/notices"))
}

/// A notice, as its link shows it. Changes nothing.
async fn look(State(state): State<AppState>, Path(token): Path<String>) -> Result<Response, AppError> {
    let shell = state.outside();
    let now = state.now();
    let Some((notice, person)) = behind(&state, &token, now).await? else {
        return Ok((StatusCode::GONE, error::page(&notices::gone(shell))?).into_response());
    };
    let lease = lease(&state, &person, &notice, now).await?;
    let page = notices::tap(shell, &notice, &person, lease.as_ref(), &link(&token));
    Ok(error::page(&page)?.into_response())
}

/// *I'm on it*, by the person whom the notice went to. Once; after that the link says what it has done.
async fn tap(
    State(state): State<AppState>,
    Path(token): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let now = state.now();
    if let Some((notice, person)) = behind(&state, &token, now).await? {
        take_on(&state, &person, &notice, typed.entry(), now).await?;
    }
    Ok(answer.done(&link(&token)))
}

/// The notice behind a link, and the person whom it went to, while that person may come in.
async fn behind(state: &AppState, token: &str, now: Timestamp) -> Result<Option<(Notice, Person)>, AppError> {
    let Some(notice) = state.store.notice_by_link(token, now).await? else { return Ok(None) };
    let person = state.store.person(notice.person).await?;
    let person = person.filter(|person| person.disabled_at.is_none());
    Ok(person.map(|person| (notice, person)))
}

/// Says for a person that they are on it. Nothing, where there is nothing left to do.
async fn take_on(
    state: &AppState,
    person: &Person,
    notice: &Notice,
    entry: Option<&str>,
    now: Timestamp,
) -> Result<(), AppError> {
    let (Some(case), Some(ladder)) = (notice.case, notice.kind.ladder()) else { return Ok(()) };
    if !notices::can_be_taken_on(notice) {
        return Ok(());
    }
    let act = Act { entry, ..Act::now(person.scope(), now) };
    let acted = state.store.act(case, act, |file| file.case.acknowledge(ladder, now, &file.terms)).await;
    match acted {
        Ok(_) => Ok(state.store.notice_acted(person.id, notice.id, now).await?),
        // It was settled meanwhile, or belongs to others by now.
        Err(ActFailed::Refused(Refused::NothingToAcknowledge | Refused::Closed) | ActFailed::NotFound) => {
            Ok(())
        }
        Err(failed) => Err(AppError::act(failed, Vec::new(), &address(case))),
    }
}

/// Who sees to what the notice is about, as long as that holds.
async fn lease(
    state: &AppState,
    person: &Person,
    notice: &Notice,
    now: Timestamp,
) -> Result<Option<Lease>, AppError> {
    let (Some(case), Some(ladder)) = (notice.case, notice.kind.ladder()) else { return Ok(None) };
    let Some(file) = state.store.case(person.scope(), case, now).await? else { return Ok(None) };
    let climb = file.case.clocks.climbs.get(&ladder);
    let Some(held) = climb.and_then(|climb| climb.acknowledged).filter(|held| held.until > now) else {
        return Ok(None);
    };
    let by = match held.by {
        Some(by) => state.store.person(by).await?,
        None => None,
    };
    let wall = wall_of(state, person, now).await?;
    Ok(Some(Lease::new(by.as_ref(), held.until, &wall)))
}

/// The address of a link. Whatever was typed as one, it stays a part of a path.
fn link(token: &str) -> String {
    format!("/n/{}", percent::encode(token))
}

fn address(case: CaseId) -> String {
    format!("/cases/{case}")
}
