//! Days off from a calendar file: looked at first, and added when somebody says so.

use super::{Held, held, keep, must_change, nav};
use crate::error::{AppError, page};
use crate::me::Me;
use crate::pages::settings::Section;
use crate::pages::shell::Place;
use crate::state::AppState;
use crate::table::Table;
use crate::typed::Typed;
use crate::views::settings::{calendar::address, file as view};
use crate::views::shown::{Wall, count};
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::response::{Html, Redirect};
use axum::routing::post;
use forewarn_domain::holidays::DaysOff;
use forewarn_feeds::ics;
use forewarn_store::days_off::CalendarOf;
use jiff::ToSpan as _;
use jiff::civil::Date;

pub(super) fn routes() -> Table {
    let largest = DefaultBodyLimit::max(ics::MOST_BYTES + 64 * 1024);
    Table::new()
        .route("/settings/calendars/{whose}/file", post(look).layer(largest))
        .route("/settings/calendars/{whose}/file/days", post(add))
}

/// Shows what the file would add. Nothing is kept.
async fn look(
    State(state): State<AppState>,
    me: Me,
    Path(of): Path<CalendarOf>,
    mut form: Multipart,
) -> Result<Html<String>, AppError> {
    must_change(&state, &me, of).await?;
    let refused = |why: String| AppError::refused(why, Vec::new(), address(of));
    let (name, bytes) = received(&mut form).await.map_err(|_| refused(ics::NotAnIcs::TooLong.to_string()))?;
    if bytes.is_empty() {
        return Err(refused("Choose a calendar file first: it ends in .ics.".to_owned()));
    }
    let Held { name: whose, book, .. } = held(&state, &me, of).await?;
    let wall = Wall { now: me.now, zone: book.calendar.zone().clone() };
    let today = wall.today();
    let last = today.checked_add(i32::from(DaysOff::YEARS_AHEAD).years()).unwrap_or(Date::MAX);
    let reading = tokio::task::spawn_blocking(move || ics::days_off(&bytes, today..=last));
    let found = reading.await.map_err(|error| AppError::Ours(error.to_string()))?;
    let found = found.map_err(|why| refused(why.to_string()))?;
    let shell = me.shell(&state, Place::Elsewhere).await?;
    let nav = nav(&me, Some(Section::Calendars));
    let read = view::Read { file: &name, found: &found, of, name: &whose, days_off: &book.days_off };
    page(&view::page(shell, nav, &read, &wall))
}

/// The name of the file, without folders, and what is in it.
async fn received(form: &mut Multipart) -> Result<(String, Vec<u8>), MultipartError> {
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default();
            let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            let name = if name.is_empty() { "the file".to_owned() } else { name };
            return Ok((name, field.bytes().await?.to_vec()));
        }
    }
    Ok((String::new(), Vec::new()))
}

/// Adds the days that were left ticked.
async fn add(
    State(state): State<AppState>,
    me: Me,
    Path(of): Path<CalendarOf>,
    typed: Typed,
) -> Result<Redirect, AppError> {
    must_change(&state, &me, of).await?;
    let held = held(&state, &me, of).await?;
    let mut changed = held.book.clone();
    let added = changed.days_off.add(typed.all("day").filter_map(day));
    if added.is_empty() {
        me.say("No day was added.", None).await?;
        return Ok(Redirect::to(&address(of)));
    }
    let text = format!("Added from {}: {} off.", typed.get("file"), count(added.len() as u64, "day", "days"));
    keep(&state, &me, of, &held, changed, text).await
}

/// "2026-12-24 Christmas Eve"
fn day(text: &str) -> Option<(Date, String)> {
    let (day, name) = text.split_once(' ').unwrap_or((text, ""));
    Some((day.parse().ok()?, name.to_owned()))
}
