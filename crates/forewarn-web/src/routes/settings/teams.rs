//! `/settings/teams`, for admins: names, leaders, and which team is above which.

use super::undo::Change;
use super::{frame, must_open};
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::{Section, TeamsPage};
use crate::pages::sign_in::FieldError;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::settings::teams as view;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_store::teams::Team;
use serde::{Deserialize, Serialize};

const PAGE: &str = "/settings/teams";

pub(super) fn routes() -> Table {
    Table::new()
        .route(PAGE, get(show).post(add))
        .route("/settings/teams/{id}", post(change))
        .route("/settings/teams/{id}/removal", post(remove))
}

/// What can be said about a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TeamFacts {
    name: String,
    leader: Option<PersonId>,
    above: Option<TeamId>,
}

impl TeamFacts {
    fn of(team: &Team) -> Self {
        Self { name: team.name.clone(), leader: team.leader, above: team.above }
    }

    fn typed(typed: &Typed) -> Self {
        Self {
            name: typed.get("name").to_owned(),
            leader: typed.get("leader").parse().ok(),
            above: typed.get("above").parse().ok(),
        }
    }
}

async fn show(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    must_open(&me, Section::Teams)?;
    page(&draw(&state, &me).await?)
}

async fn draw(state: &AppState, me: &Me) -> Result<TeamsPage, AppError> {
    let (teams, people) = (state.store.teams().await?, state.store.people().await?);
    let (shell, nav) = frame(state, me, Some(Section::Teams)).await?;
    Ok(view::page(shell, nav, &teams, &people))
}

async fn add(State(state): State<AppState>, me: Me, typed: Typed) -> Result<Response, AppError> {
    let (id, facts) = match add_one(&state, &me, &typed).await {
        Ok(added) => added,
        // Shown beside the field, with what was typed.
        Err(AppError::Refused(refused)) => {
            let wrong = vec![FieldError { field: "team-name".to_owned(), text: refused.why }];
            let name = typed.get("name").to_owned();
            let shown = TeamsPage { typed: name, wrong, ..draw(&state, &me).await? };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shown)?).into_response());
        }
        Err(error) => return Err(error),
    };
    Change::TeamAdded { id }.say(&me, format!("Added: the team {}.", facts.name)).await?;
    Ok(Redirect::to(PAGE).into_response())
}

/// Adds a team.
pub(crate) async fn add_one(
    state: &AppState,
    me: &Me,
    typed: &Typed,
) -> Result<(TeamId, TeamFacts), AppError> {
    must_open(me, Section::Teams)?;
    let facts = TeamFacts::typed(typed);
    let refused = |why: String| AppError::refused(why, typed.written(), PAGE);
    free_name(state, &facts.name, None).await?.map_err(refused)?;
    known(state, &facts).await?.map_err(|why| refused(why.to_owned()))?;
    let id = state.store.add_team_under(&facts.name, facts.leader, facts.above).await?;
    Ok((id, facts))
}

async fn change(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<TeamId>,
    typed: Typed,
) -> Result<Response, AppError> {
    let (before, after) = match change_one(&state, &me, id, &typed).await {
        Ok(changed) => changed,
        Err(AppError::Refused(refused)) => {
            let mut shown = draw(&state, &me).await?;
            for card in shown.teams.iter_mut().filter(|card| card.id == id.to_string()) {
                (card.name, card.wrong) = (typed.get("name").to_owned(), Some(refused.why.clone()));
            }
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shown)?).into_response());
        }
        Err(error) => return Err(error),
    };
    if before == after {
        me.say("Nothing has changed.", None).await?;
    } else {
        let text = format!("Kept: the team {}.", after.name);
        Change::Team { id, before, after }.say(&me, text).await?;
    }
    Ok(Redirect::to(PAGE).into_response())
}

/// Changes a team; gives what it was and what it is.
pub(crate) async fn change_one(
    state: &AppState,
    me: &Me,
    id: TeamId,
    typed: &Typed,
) -> Result<(TeamFacts, TeamFacts), AppError> {
    must_open(me, Section::Teams)?;
    let before = TeamFacts::of(&team(state, id).await?.ok_or(AppError::NotFound)?);
    let after = TeamFacts::typed(typed);
    let refused = |why: String| AppError::refused(why, typed.written(), PAGE);
    free_name(state, &after.name, Some(id)).await?.map_err(refused)?;
    known(state, &after).await?.map_err(|why| refused(why.to_owned()))?;
    // Above goes first: it alone can be refused after the name was found free.
    if !state.store.outside_of_calls().set_above(id, after.above).await? {
        let why = format!("That team stands below {} already. Choose another one above it.", before.name);
        return Err(refused(why));
    }
    if before != after {
        save(state, id, &after).await?;
    }
    Ok((before, after))
}

async fn remove(State(state): State<AppState>, me: Me, Path(id): Path<TeamId>) -> Result<Redirect, AppError> {
    match remove_one(&state, &me, id).await {
        Ok(before) => {
            let text = format!("The team {} is gone.", before.name);
            Change::TeamRemoved { before }.say(&me, text).await?;
        }
        Err(AppError::Refused(refused)) => me.say_refused(refused.why).await?,
        Err(error) => return Err(error),
    }
    Ok(Redirect::to(PAGE))
}

/// Takes a team away; gives what it was.
pub(crate) async fn remove_one(state: &AppState, me: &Me, id: TeamId) -> Result<TeamFacts, AppError> {
    must_open(me, Section::Teams)?;
    let before = TeamFacts::of(&team(state, id).await?.ok_or(AppError::NotFound)?);
    if state.store.remove_team(id).await? {
        return Ok(before);
    }
    let why = "The team stays: people, customers or other teams belong to it. Move them first.";
    Err(AppError::refused(why, Vec::new(), PAGE))
}

/// Puts a team back as it was, unless somebody has changed it since.
pub(super) async fn put_back(
    state: &AppState,
    me: &Me,
    id: TeamId,
    before: &TeamFacts,
    after: &TeamFacts,
) -> Result<bool, AppError> {
    must_open(me, Section::Teams)?;
    let untouched = team(state, id).await?.is_some_and(|team| TeamFacts::of(&team) == *after);
    Ok(untouched && state.store.set_above(id, before.above).await? && save(state, id, before).await?)
}

/// Brings back a team that was taken away.
pub(super) async fn bring_back(state: &AppState, me: &Me, before: &TeamFacts) -> Result<bool, AppError> {
    must_open(me, Section::Teams)?;
    let id = state.store.add_team(&before.name).await?;
    state.store.set_leader(id, before.leader).await?;
    Ok(state.store.set_above(id, before.above).await?)
}

/// Saves name and leader; `false` if another team has the name.
async fn save(state: &AppState, id: TeamId, facts: &TeamFacts) -> Result<bool, AppError> {
    // The name goes last, and with it the answer to a call: what comes before can be done twice.
    state.store.outside_of_calls().set_leader(id, facts.leader).await?;
    Ok(state.store.rename_team(id, &facts.name).await?)
}

/// Whether a team can have this name; if not, why.
async fn free_name(state: &AppState, name: &str, of: Option<TeamId>) -> Result<Result<(), String>, AppError> {
    if name.is_empty() {
        return Ok(Err("Say what the team is called.".to_owned()));
    }
    let teams = state.store.teams().await?;
    let mut others = teams.iter().filter(|team| Some(team.id) != of);
    let taken = others.find(|team| team.name.to_lowercase() == name.to_lowercase());
    Ok(taken
        .map_or(Ok(()), |team| Err(format!("There is a team “{}” already. Choose another name.", team.name))))
}

/// Whether the leader and the team above are there; if not, what to do.
async fn known(state: &AppState, facts: &TeamFacts) -> Result<Result<(), &'static str>, AppError> {
    if let Some(id) = facts.leader
        && state.store.person(id).await?.is_none()
    {
        return Ok(Err("Nobody has the number of that leader. Choose somebody who is here."));
    }
    if let Some(id) = facts.above
        && team(state, id).await?.is_none()
    {
        return Ok(Err("The team above is gone. Choose another one, or none."));
    }
    Ok(Ok(()))
}

async fn team(state: &AppState, id: TeamId) -> Result<Option<Team>, AppError> {
    Ok(state.store.teams().await?.into_iter().find(|team| team.id == id))
}
