//! `/demo`: whom to be. Only in the demo, where nobody has a password.

use crate::client::Client;
use crate::error::{self, AppError};
use crate::me::{Me, initials};
use crate::pages::sign_in::{DemoPage, DemoPerson};
use crate::routes::sign_in::first_page;
use crate::state::{AppState, Mode};
use crate::table::Table;
use crate::typed::Typed;
use crate::views::today::at_a_glance;
use axum::extract::State;
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use forewarn_domain::ids::PersonId;
use forewarn_domain::people::Role;
use forewarn_store::people::Person;
use tower_sessions::Session;

pub(crate) fn routes() -> Table {
    Table::new().route("/demo", get(show)).route("/demo/session", post(be))
}

async fn show(State(state): State<AppState>) -> Result<Html<String>, AppError> {
    must_be_demo(&state)?;
    let mut people = state.store.people().await?;
    people.retain(|person| person.disabled_at.is_none());
    people.sort_by_key(|person| Role::ALL.iter().position(|role| *role == person.role));
    let mut choices = Vec::with_capacity(people.len());
    for person in people {
        let about = about(&state, &person).await?;
        choices.push(DemoPerson {
            id: person.id.to_string(),
            initials: initials(&person.name),
            name: person.name,
            role: person.role.name().to_owned(),
            about,
        });
    }
    error::page(&DemoPage { shell: state.outside(), people: choices })
}

async fn about(state: &AppState, person: &Person) -> Result<String, AppError> {
    Ok(match person.role {
        Role::SupplyOwner => "owns the facts: confirms and corrects dates".to_owned(),
        Role::Admin => "imports reports, adds people, sees everything".to_owned(),
        Role::Rep | Role::Leader => at_a_glance(&state.store.today(person.scope(), state.now()).await?),
    })
}

async fn be(
    State(state): State<AppState>,
    session: Session,
    client: Client,
    typed: Typed,
) -> Result<Redirect, AppError> {
    must_be_demo(&state)?;
    let id = typed.get("person").parse::<PersonId>().map_err(|_| AppError::NotFound)?;
    let person = state.store.person(id).await?.filter(|person| person.disabled_at.is_none());
    let person = person.ok_or(AppError::NotFound)?;
    Me::sign_in(&session, id, &client, state.now()).await?;
    Ok(Redirect::to(first_page(person.role)))
}

fn must_be_demo(state: &AppState) -> Result<(), AppError> {
    if state.mode == Mode::Demo { Ok(()) } else { Err(AppError::NotFound) }
}
