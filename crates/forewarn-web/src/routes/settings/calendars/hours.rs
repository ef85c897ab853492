//! The hours of a week, and going back to the calendar above.

use super::{Held, draw, held, keep, must_change};
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::CalendarPage;
use crate::routes::settings::undo::Change;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::settings::calendar::address;
use crate::views::settings::week;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::post;
use forewarn_domain::calendar::{NotACalendar, WorkingCalendar};
use forewarn_store::days_off::{CalendarBook, CalendarOf};
use jiff::tz::TimeZone;

pub(super) fn routes() -> Table {
    Table::new()
        .route("/settings/calendars/{whose}/hours", post(save))
        .route("/settings/calendars/{whose}/inheriting", post(give_up))
}

async fn save(
    State(state): State<AppState>,
    me: Me,
    Path(of): Path<CalendarOf>,
    typed: Typed,
) -> Result<Response, AppError> {
    must_change(&state, &me, of).await?;
    let held = held(&state, &me, of).await?;
    let calendar = match read(&typed, &held.book.calendar) {
        Ok(calendar) => calendar,
        Err(wrong) => return again(&state, &me, of, &typed, wrong).await,
    };
    if held.own && calendar == held.book.calendar {
        me.say("Nothing has changed.", None).await?;
        return Ok(Redirect::to(&address(of)).into_response());
    }
    let text = format!("Kept: the hours of {}.", held.name);
    let days_off = held.book.days_off.clone();
    Ok(keep(&state, &me, of, &held, CalendarBook { calendar, days_off }, text).await?.into_response())
}

/// What can't be kept: the fields again, or what is wrong with the zone.
enum Wrong {
    Week(Vec<crate::pages::settings::WeekDay>),
    Zone(String),
}

fn read(typed: &Typed, before: &WorkingCalendar) -> Result<WorkingCalendar, Wrong> {
    let week = week::read(typed).map_err(Wrong::Week)?;
    let name = typed.get("zone");
    let zone = TimeZone::get(name).map_err(|_| {
        Wrong::Zone(format!("“{name}” is no time zone. Write one like Europe/Oslo or America/New_York."))
    })?;
    WorkingCalendar::new(zone, week, before.holidays().clone(), before.version()).map_err(|why| match why {
        NotACalendar::NamelessZone | NotACalendar::UnknownZone(_) => {
            Wrong::Zone(week::sentence(&why.to_string()))
        }
        NotACalendar::NeverOpen | NotACalendar::Overlap { .. } => Wrong::Week(week::against(typed, &why)),
    })
}

/// The page once more, with what was typed and what is wrong with it.
async fn again(
    state: &AppState,
    me: &Me,
    of: CalendarOf,
    typed: &Typed,
    wrong: Wrong,
) -> Result<Response, AppError> {
    let shown = draw(state, me, of).await?;
    let (week, zone_wrong) = match wrong {
        Wrong::Week(week) => (week, None),
        Wrong::Zone(why) => (week::typed(typed), Some(why)),
    };
    let shown = CalendarPage { week, zone: typed.get("zone").to_owned(), zone_wrong, ..shown };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shown)?).into_response())
}

async fn give_up(
    State(state): State<AppState>,
    me: Me,
    Path(of): Path<CalendarOf>,
) -> Result<Redirect, AppError> {
    must_change(&state, &me, of).await?;
    let held: Held = held(&state, &me, of).await?;
    if of == CalendarOf::Company || !held.own {
        me.say("Nothing has changed.", None).await?;
        return Ok(Redirect::to(&address(of)));
    }
    state.store.save_calendar_book(me.scope(), of, None, me.now).await?;
    let text =
        format!("{} works by the company’s calendar again. Open deadlines are worked out anew.", held.name);
    Change::Calendar { of, before: held.before(), after: None }.say(&me, text).await?;
    Ok(Redirect::to(&address(of)))
}
