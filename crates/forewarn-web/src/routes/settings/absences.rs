//! `/settings/absences`: people enter their own; leaders those of their team, admins anybody's.

use super::frame;
use super::undo::Change;
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::Section;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::settings::absences::{self as view, Known, Refused};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::absence::Absence;
use forewarn_domain::calendar::WorkingCalendar;
use forewarn_domain::ids::{AbsenceId, PersonId};
use forewarn_domain::people::Role;
use forewarn_domain::roster::Roster;
use forewarn_store::absences::{AbsenceFailed, AbsenceRow};
use forewarn_store::people::Person;

const PAGE: &str = "/settings/absences";

pub(super) fn routes() -> Table {
    Table::new()
        .route(PAGE, get(show).post(add))
        .route("/settings/absences/{id}", post(change))
        .route("/settings/absences/{id}/ending", post(end))
}

/// What has to be known for any of it.
struct Found {
    people: Vec<Person>,
    absences: Vec<AbsenceRow>,
    may_enter: Vec<PersonId>,
    roster: Roster,
    calendar: WorkingCalendar,
}

impl Found {
    async fn look(state: &AppState, me: &Me) -> Result<Self, AppError> {
        let people = state.store.people().await?;
        let roster = state.store.roster(me.now).await?;
        let may_enter: Vec<PersonId> =
            people.iter().filter(|person| may_enter(me, person, &roster)).map(|person| person.id).collect();
        let mut absences = state.store.absences(me.now).await?;
        // One's own team is seen by all of it, and whoever one stands in for.
        absences.retain(|row| {
            let team = roster.colleague(row.absence.person).map(|person| person.team);
            let near = team == Some(me.person.team) || row.absence.deputy == Some(me.person.id);
            near || row.absence.person == me.person.id || may_enter.contains(&row.absence.person)
        });
        let calendar = state.store.company().await?.calendar;
        Ok(Self { people, absences, may_enter, roster, calendar })
    }

    fn known<'a>(&'a self, me: &'a Me) -> Known<'a> {
        Known {
            me: &me.person,
            people: &self.people,
            absences: &self.absences,
            may_enter: &self.may_enter,
            roster: &self.roster,
            calendar: &self.calendar,
            now: me.now,
        }
    }

    /// The absence, for whoever may change it.
    fn changeable(&self, me: &Me, id: AbsenceId) -> Result<&AbsenceRow, AppError> {
        let row = self.absences.iter().find(|row| row.id == id).ok_or(AppError::NotFound)?;
        self.must_enter(me, row.absence.person)?;
        Ok(row)
    }

    fn must_enter(&self, me: &Me, person: PersonId) -> Result<(), AppError> {
        if person == me.person.id || self.may_enter.contains(&person) {
            return Ok(());
        }
        let why = "Absences of others are for their leader and for admins. Ask one of them.";
        Err(AppError::Forbidden(why.to_owned()))
    }

    fn name(&self, person: PersonId) -> &str {
        let person = self.people.iter().find(|one| one.id == person);
        person.map_or("Somebody", |person| person.name.as_str())
    }
}

/// Whether this person enters absences of another: an admin, and a leader of their team or of one above it.
fn may_enter(me: &Me, person: &Person, roster: &Roster) -> bool {
    match me.person.role {
        Role::Admin => true,
        Role::Leader => {
            let above = |team: &_| roster.teams().find(|crew| crew.id == *team).and_then(|crew| crew.above);
            let upwards = std::iter::successors(Some(person.team), above);
            upwards.take(roster.teams().count()).any(|team| team == me.person.team)
        }
        Role::Rep | Role::SupplyOwner => false,
    }
}

async fn show(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    let found = Found::look(&state, &me).await?;
    let (shell, nav) = frame(&state, &me, Some(Section::Absences)).await?;
    page(&view::page(shell, nav, &found.known(&me), None))
}

async fn add(State(state): State<AppState>, me: Me, typed: Typed) -> Result<Response, AppError> {
    let found = Found::look(&state, &me).await?;
    let person = match typed.filled("person") {
        Some(id) => id.parse().map_err(|_| AppError::NotFound)?,
        None => me.person.id,
    };
    found.must_enter(&me, person)?;
    let absence = match view::read(&typed, person, &found.known(&me)) {
        Ok(absence) => absence,
        Err(why) => return again(&state, &me, &found, (None, &typed, why)).await,
    };
    match state.store.add_absence(absence, me.now).await {
        Ok(id) => {
            let text = kept(&state, &me, &absence).await?;
            Change::AbsenceAdded { id }.say(&me, text).await?;
            Ok(Redirect::to(PAGE).into_response())
        }
        Err(AbsenceFailed::Store(error)) => Err(error.into()),
        Err(why) => again(&state, &me, &found, (None, &typed, why.to_string())).await,
    }
}

async fn change(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<AbsenceId>,
    typed: Typed,
) -> Result<Response, AppError> {
    let found = Found::look(&state, &me).await?;
    let before = found.changeable(&me, id)?.absence;
    let read = view::read(&typed, before.person, &found.known(&me));
    let after = match read {
        // What has begun keeps its beginning, unless it is moved to another day.
        Ok(after) if before.from <= me.now && after.from <= me.now => Absence { from: before.from, ..after },
        Ok(after) => after,
        Err(why) => return again(&state, &me, &found, (Some(id), &typed, why)).await,
    };
    match state.store.change_absence(id, after, me.now).await {
        Ok(()) => {
            let text = kept(&state, &me, &after).await?;
            Change::Absence { id, before, after }.say(&me, text).await?;
            Ok(Redirect::to(PAGE).into_response())
        }
        Err(AbsenceFailed::Store(error)) => Err(error.into()),
        Err(AbsenceFailed::NoSuchAbsence) => Err(AppError::NotFound),
        Err(why) => again(&state, &me, &found, (Some(id), &typed, why.to_string())).await,
    }
}

async fn end(State(state): State<AppState>, me: Me, Path(id): Path<AbsenceId>) -> Result<Redirect, AppError> {
    let found = Found::look(&state, &me).await?;
    let before = found.changeable(&me, id)?.absence;
    state.store.cancel_absence(id, me.now).await?;
    let name = found.name(before.person);
    let text = if before.covers(me.now) {
        format!("{name} is back: their work is theirs again.")
    } else {
        format!("Called off: {name} will be here.")
    };
    Change::AbsenceOver { before }.say(&me, text).await?;
    Ok(Redirect::to(PAGE))
}

/// What was kept, and who gets the work.
async fn kept(state: &AppState, me: &Me, absence: &Absence) -> Result<String, AppError> {
    let found = Found::look(state, me).await?;
    Ok(format!("Kept: {}", view::in_words(absence, found.name(absence.person), &found.known(me))))
}

async fn again(state: &AppState, me: &Me, found: &Found, refused: Refused<'_>) -> Result<Response, AppError> {
    let (shell, nav) = frame(state, me, Some(Section::Absences)).await?;
    let shown = view::page(shell, nav, &found.known(me), Some(&refused));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shown)?).into_response())
}

/// Takes back an absence that was entered.
pub(super) async fn call_off(state: &AppState, me: &Me, id: AbsenceId) -> Result<bool, AppError> {
    Found::look(state, me).await?.changeable(me, id)?;
    Ok(state.store.cancel_absence(id, me.now).await?)
}

/// Puts an absence back as it was, unless somebody has changed it since.
pub(super) async fn put_back(
    state: &AppState,
    me: &Me,
    id: AbsenceId,
    before: Absence,
    after: Absence,
) -> Result<bool, AppError> {
    let found = Found::look(state, me).await?;
    let untouched = found.changeable(me, id)?.absence == after;
    Ok(untouched && done(state.store.change_absence(id, before, me.now).await)?)
}

/// Enters an absence again that was called off.
pub(super) async fn enter_again(state: &AppState, me: &Me, before: Absence) -> Result<bool, AppError> {
    Found::look(state, me).await?.must_enter(me, before.person)?;
    done(state.store.add_absence(before, me.now).await)
}

fn done<T>(tried: Result<T, AbsenceFailed>) -> Result<bool, AppError> {
    match tried {
        Ok(_) => Ok(true),
        Err(AbsenceFailed::Store(error)) => Err(error.into()),
        Err(_) => Ok(false),
    }
}
