//! `/setup/{token}`: the link that the first start prints. It makes the first admin.

use crate::client::Client;
use crate::error::{self, AppError};
use crate::links;
use crate::me::Me;
use crate::pages::sign_in::{FieldError, SetupPage};
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::ids::{PersonId, TeamId};
use forewarn_domain::people::Role;
use forewarn_store::people::{AddFailed, NewPerson};
use forewarn_store::security_log::What;
use forewarn_store::settings::Company;
use jiff::tz::TimeZone;
use tower_sessions::Session;

pub(crate) fn routes() -> Table {
    Table::new().route("/setup/{token}", get(show).post(set_up))
}

async fn show(State(state): State<AppState>, Path(token): Path<String>) -> Result<Html<String>, AppError> {
    must_work(&state, &token).await?;
    error::page(&page(&state, &token, &Typed::default(), Vec::new()))
}

async fn set_up(
    State(state): State<AppState>,
    Path(token): Path<String>,
    session: Session,
    client: Client,
    typed: Typed,
) -> Result<Response, AppError> {
    must_work(&state, &token).await?;
    let refuse = |wrong: Vec<FieldError>| {
        let page = error::page(&page(&state, &token, &typed, wrong))?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    let mut wrong = Vec::new();
    let mut field = |name: &str, text: String| wrong.push(FieldError { field: name.to_owned(), text });
    if typed.filled("name").is_none() {
        field("name", "Say your name: customers’ notes carry it.".to_owned());
    }
    if !typed.get("email").contains('@') {
        field("email", "Give your e-mail address, like name@company.com.".to_owned());
    }
    if typed.filled("company").is_none() {
        field("company", "Say your company’s name: it is said at the start of each call.".to_owned());
    }
    let calendar = TimeZone::get(typed.get("zone")).ok();
    let calendar = calendar.and_then(|zone| WorkingCalendar::office_hours(zone).ok());
    if calendar.is_none() {
        field(
            "zone",
            "This time zone is not known. Write it like Europe/Oslo or America/Chicago.".to_owned(),
        );
    }
    let about = ["name", "email", "company"].map(|field| typed.get(field));
    let hash = state.passwords.hash(typed.get("password"), &about).await;
    if let Err(why) = &hash {
        field("password", why.to_string());
    }
    let (Some(calendar), Ok(hash), true) = (calendar, hash, wrong.is_empty()) else {
        return refuse(wrong);
    };
    let id = match admin(&state, &typed).await {
        Ok(id) => id,
        Err(AddFailed::Store(error)) => return Err(error.into()),
        Err(why) => return refuse(vec![FieldError { field: "email".to_owned(), text: why.to_string() }]),
    };
    // Of two who hold the link, one gets it.
    if state.store.use_link(&links::hash(&token), links::SETUP, state.now()).await?.is_none() {
        return Err(AppError::NotFound);
    }
    state.store.save_company(&Company { name: typed.get("company").to_owned(), calendar }).await?;
    let now = state.now();
    state.store.change_password(id, &hash, &client.event(What::PasswordChosen, Some(id), now)).await?;
    Me::sign_in(&session, id, &client, now).await?;
    state.store.note_security(&client.event(What::SignedIn, Some(id), now)).await?;
    Ok(Redirect::to("/import").into_response())
}

/// The admin to be: new, or added before on the command line and without a password.
async fn admin(state: &AppState, typed: &Typed) -> Result<PersonId, AddFailed> {
    let (email, name) = (typed.get("email").to_owned(), typed.get("name").to_owned());
    let known = state.store.person_by_email(&email).await?;
    if let Some(known) = known.filter(|known| known.role == Role::Admin && !known.has_password) {
        return Ok(known.id);
    }
    let new = NewPerson { email, name, role: Role::Admin, team: TeamId(1), phone: None, zone: None };
    state.store.add_person(new, state.now()).await
}

async fn must_work(state: &AppState, token: &str) -> Result<(), AppError> {
    let link = state.store.link(&links::hash(token), links::SETUP, state.now()).await?;
    link.map(|_| ()).ok_or(AppError::NotFound)
}

fn page(state: &AppState, token: &str, typed: &Typed, wrong: Vec<FieldError>) -> SetupPage {
    SetupPage {
        shell: state.outside(),
        action: format!("/setup/{token}"),
        name: typed.get("name").to_owned(),
        email: typed.get("email").to_owned(),
        company: typed.get("company").to_owned(),
        zone: typed.get("zone").to_owned(),
        wrong,
    }
}
