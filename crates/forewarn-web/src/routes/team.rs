//! `/team`: what is known and not told, for whoever leads; and the same about oneself.

use super::wall::wall;
use crate::error::{self, AppError};
use crate::me::Me;
use crate::pages::shell::Place;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::shown::count;
use crate::views::team::{self as view, Query as Asked, Seen};
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::ids::PersonId;
use forewarn_domain::text::InternalText;
use forewarn_store::cases::Handover;
use forewarn_store::people::Person;
use forewarn_store::team_view::TeamSearch;
use serde::Deserialize;

pub(crate) fn routes() -> Table {
    Table::new()
        .route("/team", get(show))
        .route("/team/handovers", post(hand_over))
        .route("/team/handovers/{entry}/taking-back", post(take_back))
        .route("/me/record", get(mine))
        .route("/people/{id}/record", get(record))
}

/// So many rows are read at a glance; the rest is one tap away.
const A_PAGE: u32 = 60;
const ALL: u32 = 400;

/// The filters, as they stand in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    rep: String,
    show: String,
    waits: String,
    list: String,
}

async fn show(
    State(state): State<AppState>,
    me: Me,
    Query(filters): Query<Filters>,
) -> Result<Html<String>, AppError> {
    me.must_lead()?;
    let asked = Asked { rep: filters.rep.parse().ok(), ..asked(&filters, "/team") };
    page(&state, &me, &asked, false).await
}

async fn mine(me: Me) -> Result<Redirect, AppError> {
    me.must_see_conversations()?;
    Ok(Redirect::to(&format!("/people/{}/record", me.person.id)))
}

/// One's own record; a leader is led to the same on Team.
async fn record(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<PersonId>,
    Query(filters): Query<Filters>,
) -> Result<Response, AppError> {
    me.must_see_conversations()?;
    if id != me.person.id {
        me.must_lead()?;
        return Ok(Redirect::to(&format!("/team?rep={id}")).into_response());
    }
    let path = format!("/people/{id}/record");
    let asked = Asked { rep: Some(id), ..asked(&filters, &path) };
    Ok(page(&state, &me, &asked, true).await?.into_response())
}

fn asked(filters: &Filters, path: &str) -> Asked {
    Asked {
        path: path.to_owned(),
        rep: None,
        all: filters.show == "all",
        apart: filters.waits == "apart",
        listed: Asked::read_list(&filters.list),
    }
}

async fn page(state: &AppState, me: &Me, asked: &Asked, own: bool) -> Result<Html<String>, AppError> {
    let search = TeamSearch { rep: asked.rep, limit: if asked.all { ALL } else { A_PAGE } };
    let team = state.store.team(me.scope(), search, me.now).await?;
    let people = state.store.people().await?;
    let wall = wall(state, me).await?;
    let leader = if own { leader(state, &me.person, &people).await? } else { None };
    let shell = me.shell(state, if own { Place::Elsewhere } else { Place::Team }).await?;
    let seen = Seen { view: &team, people: &people, me: &me.person, query: asked, wall: &wall, own };
    error::page(&view::page(shell, &seen, leader.as_deref()))
}

/// The name of whoever leads this person's team.
async fn leader(state: &AppState, of: &Person, people: &[Person]) -> Result<Option<String>, AppError> {
    let teams = state.store.teams().await?;
    let leader = teams.iter().find(|team| team.id == of.team).and_then(|team| team.leader);
    let leader = people.iter().find(|one| Some(one.id) == leader && one.id != of.id);
    Ok(leader.map(|leader| leader.name.clone()))
}

/// All open cases of one person go to another.
async fn hand_over(State(state): State<AppState>, me: Me, typed: Typed) -> Result<Redirect, AppError> {
    me.must_lead()?;
    let refused = |why: &str| AppError::refused(why, typed.written(), "/team#handover");
    let people = state.store.people().await?;
    let named = |field: &str| {
        let id = typed.get(field).parse::<PersonId>().ok();
        people.iter().find(|one| Some(one.id) == id)
    };
    let from = named("from").ok_or_else(|| refused("Say whose cases they are."))?;
    let to = named("to").filter(|to| to.disabled_at.is_none() && to.scope().sees_conversations());
    let to = to.ok_or_else(|| refused("Choose somebody who tells customers."))?;
    if from.id == to.id {
        return Err(refused("Choose somebody else to give them to."));
    }
    let entry = typed.entry().ok_or_else(|| refused("Send the form from the page: it lacks its number."))?;
    let reason = InternalText::new(typed.get("reason"));
    let handover = Handover { from: from.id, to: to.id, reason, entry };
    let moved = state.store.hand_over_all(me.scope(), &handover, me.now).await;
    let moved = moved.map_err(|failed| AppError::act(failed, typed.written(), "/team#handover"))?;
    let undo = (moved > 0).then(|| format!("/team/handovers/{}/taking-back", percent(entry)));
    let cases = count(moved as u64, "case", "cases");
    me.say(format!("{cases} of {} went to {}.", from.name, to.name), undo).await?;
    Ok(Redirect::to("/team"))
}

async fn take_back(
    State(state): State<AppState>,
    me: Me,
    Path(entry): Path<String>,
) -> Result<Redirect, AppError> {
    me.must_lead()?;
    let back = state.store.take_back_handover(me.scope(), &entry, me.now).await;
    let back = back.map_err(|failed| AppError::act(failed, Vec::new(), "/team"))?;
    me.say(format!("{} went back.", count(back as u64, "case", "cases")), None).await?;
    Ok(Redirect::to("/team"))
}

fn percent(text: &str) -> String {
    crate::views::percent::encode(text)
}
