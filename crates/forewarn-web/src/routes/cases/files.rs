//! Next words, visits and further tries as files for a calendar.

use super::OnCase;
use crate::error::AppError;
use crate::table::Table;
use crate::views::ics::Appointment;
use crate::views::scene::Scene;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::{SignedDuration, Timestamp};

pub(super) fn routes() -> Table {
    Table::new()
        .route("/cases/{id}/next-word.ics", get(next_word))
        .route("/cases/{id}/next-attempt.ics", get(next_attempt))
        .route("/cases/{id}/visit.ics", get(visit))
}

async fn next_word(on: OnCase) -> Result<Response, AppError> {
    let scene = on.scene().await?;
    let from = scene.case().next_word.ok_or(AppError::NotFound)?.by;
    let note = "You promised them a word by then, even if nothing has changed.";
    Ok(file(&scene, "next-word", "Call", note, None, from, SignedDuration::from_mins(15)))
}

async fn next_attempt(on: OnCase) -> Result<Response, AppError> {
    let scene = on.scene().await?;
    let from = on.typed.moment("at").and_then(|typed| scene.clocks.read(typed));
    let from = from.ok_or_else(|| {
        AppError::refused("Say when you will try again: a date and a time.", Vec::new(), scene.href())
    })?;
    Ok(file(
        &scene,
        "next-attempt",
        "Call",
        "Try again to reach them.",
        None,
        from,
        SignedDuration::from_mins(15),
    ))
}

async fn visit(on: OnCase) -> Result<Response, AppError> {
    let scene = on.scene().await?;
    let calendar = &scene.file.terms.customer_calendar;
    // The next morning they work; whoever drags it elsewhere knows better.
    let opening = calendar.start_of_work(calendar.add_working_days(scene.clocks.theirs.today(), 1));
    let from = opening.saturating_add(SignedDuration::from_hours(1)).unwrap_or(opening);
    let place = scene.customer.settings.place.clone();
    let note = "Take the one-page sheet along.";
    Ok(file(&scene, "visit", "Visit", note, place, from, SignedDuration::from_hours(1)))
}

fn file(
    scene: &Scene,
    kind: &str,
    verb: &str,
    note: &str,
    place: Option<String>,
    from: Timestamp,
    lasts: SignedDuration,
) -> Response {
    let reach = scene.reach();
    let whom = match &reach.name {
        Some(name) => format!("{name}, {}", scene.customer.name),
        None => scene.customer.name.clone(),
    };
    let phone = reach.phone.map(|phone| format!("\n{phone}")).unwrap_or_default();
    let appointment = Appointment {
        uid: format!("case-{}-{kind}-{}@forewarn", scene.file.id, from.as_second()),
        title: format!("{verb} {whom}"),
        note: format!("{note}{phone}"),
        place,
        from,
        lasts,
    };
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{kind}.ics\"")),
    ];
    (headers, appointment.file(scene.now())).into_response()
}
