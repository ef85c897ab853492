//! `/people`, for admins: who is here, who comes, who goes, and who the names in reports are.

use crate::client::Client;
use crate::error::{AppError, page};
use crate::links;
use crate::me::Me;
use crate::pages::people::{Invitation, PeoplePage};
use crate::pages::shell::Place;
use crate::pages::sign_in::FieldError;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::people::{self as view, Known};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_domain::people::Role;
use forewarn_store::customers::AssignFailed;
use forewarn_store::links::Link;
use forewarn_store::people::{AddFailed, NewPerson, Person};
use forewarn_store::security_log::{SecurityEvent, What};

pub(crate) fn routes() -> Table {
    Table::new()
        .route("/people", get(list).post(add))
        .route("/people/aliases", post(map))
        .route("/people/{id}/role", post(role))
        .route("/people/{id}/invitation", post(invite_again))
        .route("/people/{id}/disabling", post(disable))
        .route("/people/{id}/enabling", post(enable))
}

async fn list(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    me.must_be_admin()?;
    page(&everybody(&state, &me).await?)
}

async fn everybody(state: &AppState, me: &Me) -> Result<PeoplePage, AppError> {
    let known = Known {
        me: &me.person,
        people: &state.store.people().await?,
        teams: &state.store.teams().await?,
        report_owners: &state.store.report_owners().await?,
    };
    Ok(view::list(me.shell(state, Place::People).await?, &known))
}

async fn add(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    headers: HeaderMap,
    typed: Typed,
) -> Result<Response, AppError> {
    let (name, email) = (typed.get("name").to_owned(), typed.get("email").to_owned());
    let id = match add_somebody(&state, &me, &typed).await {
        Ok(id) => id,
        // Shown beside the field, with what was typed.
        Err(AppError::Refused(refused)) => {
            let wrong = vec![FieldError { field: refused.back, text: refused.why }];
            let again = PeoplePage { typed: (name, email), wrong, ..everybody(&state, &me).await? };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response());
        }
        Err(error) => return Err(error),
    };
    if let Some(alias) = typed.filled("alias") {
        map_to(&state, &me, alias, id).await?;
    }
    invited(&state, &me, &client, &headers, id).await
}

/// Adds somebody. A refusal leads back to the field that it is about.
pub(crate) async fn add_somebody(state: &AppState, me: &Me, typed: &Typed) -> Result<PersonId, AppError> {
    me.must_be_admin()?;
    let team = known_team(state, typed).await?.unwrap_or(me.person.team);
    let new =
        new_person(typed, team).map_err(|wrong| AppError::refused(wrong.text, Vec::new(), wrong.field))?;
    state.store.add_person(new, me.now).await.map_err(|failed| match failed {
        AddFailed::Store(error) => AppError::from(error),
        AddFailed::EmailTaken(_) | AddFailed::NoEmail(_) => {
            AppError::refused(failed.to_string(), Vec::new(), "email")
        }
    })
}

/// The page with a link for somebody to choose a password; it is shown this once, and works for a week, or for
/// somebody who has had a password before for a day.
async fn invited(
    state: &AppState,
    me: &Me,
    client: &Client,
    headers: &HeaderMap,
    id: PersonId,
) -> Result<Response, AppError> {
    let person = state.store.person(id).await?.ok_or(AppError::NotFound)?;
    let (good_for, until) = if person.has_password {
        (links::RESET_GOOD_FOR, "for a day")
    } else {
        (links::GOOD_FOR, "for a week")
    };
    let token = links::token(state.fresh_ids());
    let expires_at = me.now.saturating_add(good_for).unwrap_or(jiff::Timestamp::MAX);
    let link = Link { purpose: links::PASSWORD.to_owned(), person: Some(id), expires_at };
    let made = SecurityEvent { by: Some(me.person.id), ..client.event(What::LinkMade, Some(id), me.now) };
    state.store.add_password_link(&links::hash(&token), &link, &made).await?;
    let link = format!("{}/password/{token}", links::base(state, headers));
    let invite = Some(Invitation { name: person.name, link, until: until.to_owned() });
    let shown = PeoplePage { invite, ..everybody(state, me).await? };
    Ok((StatusCode::CREATED, page(&shown)?).into_response())
}

async fn invite_again(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    headers: HeaderMap,
    Path(id): Path<PersonId>,
) -> Result<Response, AppError> {
    let person = other(&state, &me, id).await?;
    if person.disabled_at.is_some() {
        let why = format!("{} is disabled. Bring them back first.", person.name);
        return Err(AppError::refused(why, Vec::new(), "/people"));
    }
    invited(&state, &me, &client, &headers, id).await
}

async fn map(State(state): State<AppState>, me: Me, typed: Typed) -> Result<Redirect, AppError> {
    me.must_be_admin()?;
    let person = typed.get("person").parse();
    let person = person.map_err(|_| AppError::refused("Choose who it is.", Vec::new(), "/people"))?;
    let moved = map_to(&state, &me, typed.get("alias"), person).await?;
    let cases = crate::views::shown::count(moved as u64, "call", "calls");
    me.say(format!("Their customers have moved, with {cases} to make."), None).await?;
    Ok(Redirect::to("/people"))
}

async fn map_to(state: &AppState, me: &Me, alias: &str, person: PersonId) -> Result<usize, AppError> {
    let mapped = state.store.map_report_owner(alias, person, Some(me.person.id), me.now).await;
    mapped.map_err(|failed| match failed {
        AssignFailed::Store(error) => error.into(),
        refusal => AppError::refused(refusal.to_string(), Vec::new(), "/people"),
    })
}

async fn role(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    Path(id): Path<PersonId>,
    typed: Typed,
) -> Result<Redirect, AppError> {
    let (person, role) = change_role(&state, &me, &client, id, &typed).await?;
    let out = if role == person.role { "" } else { " They are signed out, and their tokens are taken back." };
    me.say(format!("{} is {} now.{out}", person.name, role.name().to_lowercase()), None).await?;
    Ok(Redirect::to("/people"))
}

/// Says what somebody does here, and in which team.
pub(crate) async fn change_role(
    state: &AppState,
    me: &Me,
    client: &Client,
    id: PersonId,
    typed: &Typed,
) -> Result<(Person, Role), AppError> {
    let person = other(state, me, id).await?;
    let refused = |why: String| AppError::refused(why, Vec::new(), "/people");
    let role: Role = typed.get("role").parse().map_err(|wrong| refused(format!("{wrong}")))?;
    let team = known_team(state, typed).await?.unwrap_or(person.team);
    if team != person.team {
        state.store.outside_of_calls().move_person(id, team).await?;
    }
    state.store.save_person(&Person { role, team, ..person.clone() }, me.now).await?;
    if role != person.role {
        note(state, me, client, What::RoleChanged, id).await?;
    }
    Ok((person, role))
}

async fn known_team(state: &AppState, typed: &Typed) -> Result<Option<TeamId>, AppError> {
    let wanted = typed.get("team").parse::<TeamId>().ok();
    let teams = state.store.teams().await?;
    Ok(wanted.filter(|wanted| teams.iter().any(|team| team.id == *wanted)))
}

async fn disable(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<PersonId>,
) -> Result<Redirect, AppError> {
    let person = keep_out(&state, &me, id).await?;
    let text = format!("{} can’t sign in any more. Their customers lie in the team inbox.", person.name);
    me.say(text, Some(format!("/people/{id}/enabling"))).await?;
    Ok(Redirect::to("/people"))
}

/// Keeps somebody out from now on.
pub(crate) async fn keep_out(state: &AppState, me: &Me, id: PersonId) -> Result<Person, AppError> {
    let person = other(state, me, id).await?;
    state.store.disable_person(id, Some(me.person.id), me.now).await?;
    Ok(person)
}

async fn enable(
    State(state): State<AppState>,
    me: Me,
    client: Client,
    Path(id): Path<PersonId>,
) -> Result<Redirect, AppError> {
    let person = let_in(&state, &me, &client, id).await?;
    me.say(format!("{} can sign in again.", person.name), None).await?;
    Ok(Redirect::to("/people"))
}

/// Lets somebody in again.
pub(crate) async fn let_in(
    state: &AppState,
    me: &Me,
    client: &Client,
    id: PersonId,
) -> Result<Person, AppError> {
    let person = other(state, me, id).await?;
    state.store.enable_person(id).await?;
    note(state, me, client, What::Enabled, id).await?;
    Ok(person)
}

/// Writes into the log what this admin did to somebody.
async fn note(
    state: &AppState,
    me: &Me,
    client: &Client,
    what: What,
    person: PersonId,
) -> Result<(), AppError> {
    let event = SecurityEvent { by: Some(me.person.id), ..client.event(what, Some(person), me.now) };
    Ok(state.store.note_security(&event).await?)
}

/// Somebody else, for an admin: nobody changes what they themselves may do, so that one admin is left.
async fn other(state: &AppState, me: &Me, id: PersonId) -> Result<Person, AppError> {
    me.must_be_admin()?;
    if id == me.person.id {
        let why = "Another admin has to do this: nobody changes what they themselves may do.";
        return Err(AppError::refused(why, Vec::new(), "/people"));
    }
    state.store.person(id).await?.ok_or(AppError::NotFound)
}

fn new_person(typed: &Typed, team: TeamId) -> Result<NewPerson, FieldError> {
    let wrong = |field: &str, text: &str| FieldError { field: field.to_owned(), text: text.to_owned() };
    let name = typed.filled("name").ok_or_else(|| wrong("name", "Say their name."))?;
    let role = typed.get("role").parse().map_err(|_| wrong("add", "Choose what they do here."))?;
    Ok(NewPerson {
        email: typed.get("email").to_owned(),
        name: name.to_owned(),
        role,
        team,
        phone: None,
        zone: None,
    })
}
