//! `/settings/calendars`: when people work, and the days off; the company's, and those of whoever has their own.

mod days;
mod file;
mod hours;

use super::undo::Change;
use super::{frame, must_open, nav};
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::{CalendarPage, Section};
use crate::pages::shell::Place;
use crate::state::AppState;
use crate::table::Table;
use crate::views::settings::{calendar as view, calendars as list_view};
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use axum::routing::get;
use forewarn_domain::holidays::DaysOff;
use forewarn_domain::ids::TeamId;
use forewarn_domain::people::Role;
use forewarn_store::days_off::{CalendarBook, CalendarOf};
use jiff::tz::TimeZone;

pub(super) fn routes() -> Table {
    Table::new()
        .route("/settings/calendars", get(list))
        .route("/settings/calendars/{whose}", get(one))
        .merge(hours::routes())
        .merge(days::routes())
        .merge(file::routes())
}

async fn list(State(state): State<AppState>, me: Me) -> Result<Html<String>, AppError> {
    must_open(&me, Section::Calendars)?;
    let held = held(&state, &me, CalendarOf::Company).await?;
    let mut known = list_view::Known::new((CalendarOf::Company, held.name, Some(held.book)));
    for team in state.store.teams().await? {
        if may_change(&me, CalendarOf::Team(team.id), Some(team.id)) {
            let of = CalendarOf::Team(team.id);
            known.teams.push((of, team.name, state.store.calendar_book(me.scope(), of, me.now).await?));
        }
    }
    for person in state.store.people().await? {
        let of = CalendarOf::Person(person.id);
        if person.disabled_at.is_none() && may_change(&me, of, Some(person.team)) {
            known.people.push((of, person.name, state.store.calendar_book(me.scope(), of, me.now).await?));
        }
    }
    for (id, name, calendar) in state.store.customer_calendars(me.scope(), me.now).await? {
        known.customers.push((
            CalendarOf::Customer(id),
            name,
            Some(CalendarBook::of(calendar, None, me.now)),
        ));
    }
    let (shell, nav) = frame(&state, &me, Some(Section::Calendars)).await?;
    page(&list_view::page(shell, nav, known, me.now))
}

async fn one(
    State(state): State<AppState>,
    me: Me,
    Path(of): Path<CalendarOf>,
) -> Result<Html<String>, AppError> {
    page(&draw(&state, &me, of).await?)
}

/// The page of one calendar.
async fn draw(state: &AppState, me: &Me, of: CalendarOf) -> Result<CalendarPage, AppError> {
    let held = held(state, me, of).await?;
    if !may_see(me, of, held.team) {
        return Err(AppError::NotFound);
    }
    let can_change = may_change(me, of, held.team);
    let known = view::Known { of, name: &held.name, book: &held.book, own: held.own, can_change };
    let shell = me.shell(state, Place::Elsewhere).await?;
    Ok(view::page(shell, nav(me, Some(Section::Calendars)), &known, me.now))
}

/// The calendar that holds for somebody.
pub(super) struct Held {
    /// Their name.
    pub(super) name: String,
    /// Their own calendar, or that of the company on their clock.
    pub(super) book: CalendarBook,
    /// Whether it is their own.
    own: bool,
    /// The team that they are, or are in.
    team: Option<TeamId>,
}

impl Held {
    /// Their own, if it is; for a change.
    fn before(&self) -> Option<Box<CalendarBook>> {
        self.own.then(|| Box::new(self.book.clone()))
    }
}

/// The calendar that holds for somebody, if this person may see it.
pub(super) async fn held(state: &AppState, me: &Me, of: CalendarOf) -> Result<Held, AppError> {
    let own = state.store.calendar_book(me.scope(), of, me.now).await?;
    let (name, zone, team) = match of {
        CalendarOf::Company => (company_name(state).await?, None, None),
        CalendarOf::Team(id) => {
            let team = state.store.teams().await?.into_iter().find(|team| team.id == id);
            (team.ok_or(AppError::NotFound)?.name, None, Some(id))
        }
        CalendarOf::Person(id) => {
            let person = state.store.person(id).await?.ok_or(AppError::NotFound)?;
            (person.name, person.zone, Some(person.team))
        }
        CalendarOf::Customer(id) => {
            let customer = state.store.customer(me.scope(), id, me.now).await?.ok_or(AppError::NotFound)?;
            (customer.name, customer.settings.zone, None)
        }
    };
    if let Some(book) = own {
        return Ok(Held { name, book, own: true, team });
    }
    let CalendarBook { calendar, days_off } = above(state, me, of, team).await?;
    let zone = zone.and_then(|zone| TimeZone::get(&zone).ok());
    let there = zone.and_then(|zone| calendar.in_zone(zone).ok());
    let book = CalendarBook { calendar: there.unwrap_or(calendar), days_off };
    Ok(Held { name, book, own: false, team })
}

/// The calendar that holds for whoever has none of their own: of a person their team's, or else the company's.
async fn above(
    state: &AppState,
    me: &Me,
    of: CalendarOf,
    team: Option<TeamId>,
) -> Result<CalendarBook, AppError> {
    if let (CalendarOf::Person(_), Some(team)) = (of, team) {
        let teams = state.store.calendar_book(me.scope(), CalendarOf::Team(team), me.now).await?;
        if let Some(book) = teams {
            return Ok(book);
        }
    }
    let company = state.store.calendar_book(me.scope(), CalendarOf::Company, me.now).await?;
    company.ok_or(AppError::NotFound)
}

async fn company_name(state: &AppState) -> Result<String, AppError> {
    let name = state.store.company().await?.name;
    Ok(if name.is_empty() { "the company".to_owned() } else { name })
}

/// Saves a changed calendar, with its days worked out anew, and says so.
async fn keep(
    state: &AppState,
    me: &Me,
    of: CalendarOf,
    held: &Held,
    changed: CalendarBook,
    text: String,
) -> Result<Redirect, AppError> {
    let own = |book: &CalendarBook| book.days_off.own.len();
    if own(&changed) > DaysOff::MOST_OWN && own(&changed) > own(&held.book) {
        let why = "A calendar holds up to 2,000 days off of its own. Take out those that have passed, then add these.";
        return Err(AppError::refused(why, Vec::new(), view::address(of)));
    }
    let changed = changed.worked_out(changed_in(me));
    if !state.store.save_calendar_book(me.scope(), of, Some(&changed), me.now).await? {
        return Err(AppError::NotFound);
    }
    let text = format!("{text} Open deadlines are worked out anew.");
    let after = Some(Box::new(changed));
    Change::Calendar { of, before: held.before(), after }.say(me, text).await?;
    Ok(Redirect::to(&view::address(of)))
}

/// The year from which the days off of a calendar are worked out.
fn changed_in(me: &Me) -> i16 {
    TimeZone::UTC.to_datetime(me.now).year()
}

/// Only for those who may change this calendar.
pub(super) async fn must_change(state: &AppState, me: &Me, of: CalendarOf) -> Result<(), AppError> {
    let team = held(state, me, of).await?.team;
    if may_change(me, of, team) {
        return Ok(());
    }
    let why = match of {
        CalendarOf::Company => "The company’s calendar is for admins. Ask one of them.",
        CalendarOf::Team(_) | CalendarOf::Person(_) => {
            "When people of a team work is for its leader and for admins. Ask one of them."
        }
        CalendarOf::Customer(_) => {
            "How a customer works is for those who talk to them. Ask the owner of the account."
        }
    };
    Err(AppError::Forbidden(why.to_owned()))
}

/// Whether this person may change a calendar; `team` is the one that it belongs to, or whose owner is in it.
fn may_change(me: &Me, of: CalendarOf, team: Option<TeamId>) -> bool {
    let leads = me.person.role == Role::Leader && team == Some(me.person.team);
    match of {
        CalendarOf::Company => me.is_admin(),
        CalendarOf::Team(_) | CalendarOf::Person(_) => me.is_admin() || leads,
        CalendarOf::Customer(_) => me.scope().sees_conversations(),
    }
}

/// Whether this person may look at a calendar: whoever may change it, and everybody at what holds for them.
fn may_see(me: &Me, of: CalendarOf, team: Option<TeamId>) -> bool {
    let theirs = match of {
        CalendarOf::Company => true,
        CalendarOf::Team(id) => id == me.person.team,
        CalendarOf::Person(id) => id == me.person.id,
        CalendarOf::Customer(_) => false,
    };
    theirs || may_change(me, of, team)
}
