//! Days off: a country's, one's own, and those on which people work nonetheless.

use super::{draw, held, keep, must_change};
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::CalendarPage;
use crate::pages::sign_in::FieldError;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::settings::calendar::address;
use crate::views::shown::count;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::post;
use forewarn_domain::holidays::{Country, DaysOff};
use forewarn_store::days_off::CalendarOf;
use jiff::ToSpan as _;
use jiff::civil::Date;

pub(super) fn routes() -> Table {
    Table::new()
        .route("/settings/calendars/{whose}/country", post(country))
        .route("/settings/calendars/{whose}/days", post(add))
        .route("/settings/calendars/{whose}/days/removal", post(take_out))
}

async fn country(
    State(state): State<AppState>,
    me: Me,
    Path(of): Path<CalendarOf>,
    typed: Typed,
) -> Result<Redirect, AppError> {
    must_change(&state, &me, of).await?;
    let refused = |why: String| AppError::refused(why, Vec::new(), address(of));
    let country: Option<Country> = match typed.filled("country") {
        Some(code) => Some(code.parse().map_err(|wrong| refused(format!("{wrong}.")))?),
        None => None,
    };
    let held = held(&state, &me, of).await?;
    let mut changed = held.book.clone();
    changed.days_off.country = country;
    let text = match country {
        Some(country) => {
            format!("Kept: nobody at {} works on the public holidays of {}.", held.name, country.name())
        }
        None => format!("Kept: public holidays are working days at {}.", held.name),
    };
    keep(&state, &me, of, &held, changed, text).await
}

async fn add(
    State(state): State<AppState>,
    me: Me,
    Path(of): Path<CalendarOf>,
    typed: Typed,
) -> Result<Response, AppError> {
    must_change(&state, &me, of).await?;
    let days = match stretch(&typed) {
        Ok(days) => days,
        Err(wrong) => {
            let typed = ["from", "until", "name"].map(|name| typed.get(name).to_owned()).into();
            let shown = CalendarPage { typed, wrong: vec![wrong], ..draw(&state, &me, of).await? };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shown)?).into_response());
        }
    };
    let held = held(&state, &me, of).await?;
    let mut changed = held.book.clone();
    let name = typed.get("name");
    let added = changed.days_off.add(days.into_iter().map(|day| (day, name.to_owned())));
    if added.is_empty() {
        me.say("Nothing has changed: that was free already.", None).await?;
        return Ok(Redirect::to(&address(of)).into_response());
    }
    let text = format!("Added: {} off.", count(added.len() as u64, "day", "days"));
    Ok(keep(&state, &me, of, &held, changed, text).await?.into_response())
}

/// The longest stretch of days off.
const MOST_DAYS: usize = 366;

/// From the first day to the last, both included.
fn stretch(typed: &Typed) -> Result<Vec<Date>, FieldError> {
    let wrong = |field: &str, text: &str| FieldError { field: field.to_owned(), text: text.to_owned() };
    let from = typed.date("from").ok_or_else(|| wrong("from", "Choose the first day."))?;
    let until = match typed.filled("until") {
        None => from,
        Some(_) => {
            typed.date("until").ok_or_else(|| wrong("until", "Choose the last day, or leave it empty."))?
        }
    };
    if until < from {
        return Err(wrong("until", "The last day lies before the first. Swap the two."));
    }
    let days: Vec<Date> = from.series(1.day()).take_while(|day| *day <= until).take(MOST_DAYS + 1).collect();
    if days.len() > MOST_DAYS {
        return Err(wrong("until", "That is more than a year. Give a nearer last day."));
    }
    if typed.get("name").chars().count() > DaysOff::LONGEST_NAME {
        return Err(wrong("day-name", "Name it in up to 100 characters."));
    }
    Ok(days)
}

async fn take_out(
    State(state): State<AppState>,
    me: Me,
    Path(of): Path<CalendarOf>,
    typed: Typed,
) -> Result<Redirect, AppError> {
    must_change(&state, &me, of).await?;
    let refused = || AppError::refused("Choose a day.", Vec::new(), address(of));
    let day = typed.date("day").ok_or_else(refused)?;
    let held = held(&state, &me, of).await?;
    let mut changed = held.book.clone();
    if !changed.days_off.take_out(day) {
        me.say("Nothing has changed: that was a working day already.", None).await?;
        return Ok(Redirect::to(&address(of)));
    }
    let text = format!("Kept: {} is a working day.", day.strftime("%-d %B %Y"));
    keep(&state, &me, of, &held, changed, text).await
}
