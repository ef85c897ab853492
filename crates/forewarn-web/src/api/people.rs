//! `/me`, `/people` and `/teams`: who calls, and for admins who is here.

use super::caller::{Caller, Says};
use super::done::Done;
use super::paging::{PageOf, Paging};
use super::said::Nothing;
use super::words::Role;
use super::{body, rows};
use crate::client::Client;
use crate::error::AppError;
use crate::routes::people as pages;
use crate::routes::settings::teams as team_pages;
use crate::state::AppState;
use axum::Json;
use axum::extract::{Path, Query};
use axum::response::Response;
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_store::people::Person;
use forewarn_store::teams::Team;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(me))
        .routes(routes!(list, add))
        .routes(routes!(one))
        .routes(routes!(role))
        .routes(routes!(disable))
        .routes(routes!(enable))
        .routes(routes!(teams, add_team))
        .routes(routes!(change_team))
        .routes(routes!(remove_team))
}

/// One of our people.
#[derive(Debug, Serialize, ToSchema)]
struct PersonNow {
    /// Their number.
    id: i64,
    /// Their name.
    name: String,
    /// Their address, with which they sign in.
    email: String,
    /// What they do here.
    role: Role,
    /// Their team, by number.
    team: i64,
    /// When they were kept out.
    disabled_at: Option<Timestamp>,
}

impl From<Person> for PersonNow {
    fn from(person: Person) -> Self {
        Self {
            id: person.id.0,
            name: person.name,
            email: person.email,
            role: person.role.into(),
            team: person.team.0,
            disabled_at: person.disabled_at,
        }
    }
}

/// Whoever calls, and what their token is good for.
#[derive(Debug, Serialize, ToSchema)]
struct MeNow {
    /// The person for whom the token acts.
    #[serde(flatten)]
    person: PersonNow,
    /// What the token is good for; none for a session.
    scopes: Option<Vec<String>>,
    /// Until when it works.
    expires_at: Option<Timestamp>,
}

/// Who calls.
#[utoipa::path(get, path = "/me", tag = "people",
    responses((status = 200, description = "Whoever calls.", body = MeNow)))]
async fn me(by: Caller) -> Json<MeNow> {
    let token = by.me.token();
    Json(MeNow {
        scopes: token.map(|token| token.scopes.iter().map(|scope| scope.word().to_owned()).collect()),
        expires_at: token.map(|token| token.expires_at),
        person: by.me.person.into(),
    })
}

/// Our people, by number. For admins.
#[utoipa::path(get, path = "/people", tag = "people", params(Paging),
    responses((status = 200, description = "A page of the list.", body = PageOf<PersonNow>)))]
async fn list(by: Caller, Query(paging): Query<Paging>) -> Result<Json<PageOf<PersonNow>>, AppError> {
    by.me.must_be_admin()?;
    let people = by.state.store.people().await?;
    Ok(Json(rows::page(people, |person| person.id.0, &paging, PersonNow::from)?))
}

/// One of our people. For admins.
#[utoipa::path(get, path = "/people/{id}", tag = "people",
    responses((status = 200, description = "The person.", body = PersonNow)))]
async fn one(by: Caller, Path(id): Path<i64>) -> Result<Json<PersonNow>, AppError> {
    by.me.must_be_admin()?;
    let person = by.state.store.person(PersonId(id)).await?;
    Ok(Json(person.ok_or(AppError::NotFound)?.into()))
}

/// Somebody who comes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PersonSaid {
    /// Their name.
    name: String,
    /// Their address.
    email: String,
    /// What they do here.
    role: Role,
    /// Their team; the first one, if it is left out.
    #[schema(minimum = 1)]
    team: Option<i64>,
}

/// Adds somebody. They choose a password by a link that an admin gives them on the page *People*.
#[utoipa::path(post, path = "/people", tag = "people", request_body = PersonSaid,
    responses((status = 201, description = "They are here.", body = Done)))]
async fn add(says: Says<PersonSaid>) -> Result<Response, AppError> {
    let Says { by, said } = says;
    pages::add_somebody(&by.state, &by.me, &body::as_typed(&said)).await?;
    Ok(by.added("/api/v1/people"))
}

/// What somebody does here, and where.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RoleSaid {
    /// What they do.
    role: Role,
    /// Their team; as before, if it is left out.
    #[schema(minimum = 1)]
    team: Option<i64>,
}

/// Says what somebody does here. For admins, and not about themselves.
#[utoipa::path(post, path = "/people/{id}/role", tag = "people", request_body = RoleSaid,
    responses((status = 200, description = "It is kept.", body = Done)))]
async fn role(Path(id): Path<i64>, client: Client, says: Says<RoleSaid>) -> Result<Response, AppError> {
    let Says { by, said } = says;
    pages::change_role(&by.state, &by.me, &client, PersonId(id), &body::as_typed(&said)).await?;
    Ok(by.done())
}

/// Keeps somebody out: their sessions and tokens end, their work lies in the inbox of their team.
#[utoipa::path(post, path = "/people/{id}/disabling", tag = "people", request_body = Nothing,
    responses((status = 200, description = "They can't come in any more.", body = Done)))]
async fn disable(Path(id): Path<i64>, says: Says<Nothing>) -> Result<Response, AppError> {
    pages::keep_out(&says.by.state, &says.by.me, PersonId(id)).await?;
    Ok(says.by.done())
}

/// Lets somebody in again.
#[utoipa::path(post, path = "/people/{id}/enabling", tag = "people", request_body = Nothing,
    responses((status = 200, description = "They can come in again.", body = Done)))]
async fn enable(Path(id): Path<i64>, client: Client, says: Says<Nothing>) -> Result<Response, AppError> {
    pages::let_in(&says.by.state, &says.by.me, &client, PersonId(id)).await?;
    Ok(says.by.done())
}

/// A team.
#[derive(Debug, Serialize, ToSchema)]
struct TeamNow {
    /// Its number.
    id: i64,
    /// Its name.
    name: String,
    /// Who leads it, by number.
    leader: Option<i64>,
    /// The team above it, by number.
    above: Option<i64>,
}

impl From<Team> for TeamNow {
    fn from(team: Team) -> Self {
        Self {
            id: team.id.0,
            name: team.name,
            leader: team.leader.map(|leader| leader.0),
            above: team.above.map(|above| above.0),
        }
    }
}

/// Teams, by number. For admins.
#[utoipa::path(get, path = "/teams", tag = "people", params(Paging),
    responses((status = 200, description = "A page of the list.", body = PageOf<TeamNow>)))]
async fn teams(by: Caller, Query(paging): Query<Paging>) -> Result<Json<PageOf<TeamNow>>, AppError> {
    by.me.must_be_admin()?;
    let teams = by.state.store.teams().await?;
    Ok(Json(rows::page(teams, |team| team.id.0, &paging, TeamNow::from)?))
}

/// What can be said about a team.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TeamSaid {
    /// Its name.
    name: String,
    /// Who leads it.
    #[schema(minimum = 1)]
    leader: Option<i64>,
    /// The team above it.
    #[schema(minimum = 1)]
    above: Option<i64>,
}

/// Adds a team. For admins.
#[utoipa::path(post, path = "/teams", tag = "people", request_body = TeamSaid,
    responses((status = 201, description = "It is there.", body = Done)))]
async fn add_team(says: Says<TeamSaid>) -> Result<Response, AppError> {
    let Says { by, said } = says;
    team_pages::add_one(&by.state, &by.me, &body::as_typed(&said)).await?;
    Ok(by.added("/api/v1/teams"))
}

/// Changes a team. For admins.
#[utoipa::path(post, path = "/teams/{id}", tag = "people", request_body = TeamSaid,
    responses((status = 200, description = "It is kept.", body = Done)))]
async fn change_team(Path(id): Path<i64>, says: Says<TeamSaid>) -> Result<Response, AppError> {
    let Says { by, said } = says;
    team_pages::change_one(&by.state, &by.me, TeamId(id), &body::as_typed(&said)).await?;
    Ok(by.done())
}

/// Takes a team away to which nobody and nothing belongs. For admins.
#[utoipa::path(post, path = "/teams/{id}/removal", tag = "people", request_body = Nothing,
    responses((status = 200, description = "It is gone.", body = Done)))]
async fn remove_team(Path(id): Path<i64>, says: Says<Nothing>) -> Result<Response, AppError> {
    team_pages::remove_one(&says.by.state, &says.by.me, TeamId(id)).await?;
    Ok(says.by.done())
}
