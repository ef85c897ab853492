//! The acts of keeping our word, until the customer is back to business as usual.

use super::preparing::refused;
use super::{act, address, load};
use crate::answer::Answer;
use crate::error::AppError;
use crate::me::Me;
use crate::state::AppState;
use crate::typed::Typed;
use crate::views::read::{read_channel, read_moment, read_temperature};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use forewarn_domain::case::{CaseEvent, Channel, Refused};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::ids::PromiseId;
use forewarn_domain::promise::Expectation;
use forewarn_domain::text::InternalText;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/cases/{id}/next-words", post(promise_word))
        .route("/cases/{id}/next-words/keeping", post(keep_word))
        .route("/cases/{id}/good-news", post(good_news))
        .route("/cases/{id}/deliveries", post(arrive))
        .route("/cases/{id}/delivery-words", post(confirm_delivery))
        .route("/cases/{id}/recap-taken", post(recap_taken))
        .route("/cases/{id}/closing", post(close))
}

async fn promise_word(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let scene = load(&state, &me, &id).await?;
    let by = read_moment(&typed, "at", &scene.clocks).map_err(|why| refused(&why, &typed, &id))?;
    let by = by.ok_or_else(|| refused("Say when they hear from you.", &typed, &id))?;
    let done = format!("You promised them a word by {}.", scene.clocks.moment(by));
    act(&state, &me, &id, &typed, answer, Some(&to(&id, "next-words")), &done, |file, now| {
        file.case.promise_next_word(by, now)
    })
    .await
}

async fn keep_word(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let scene = load(&state, &me, &id).await?;
    let channel = read_channel(&typed).map_err(|why| refused(&why, &typed, &id))?;
    let then =
        read_moment(&typed, "next_word_at", &scene.clocks).map_err(|why| refused(&why, &typed, &id))?;
    let late = scene.case().next_word.is_some_and(|word| word.by < me.now);
    let done = match (late, then) {
        (true, _) => "Kept, late. The record shows both.".to_owned(),
        (false, Some(by)) => format!("Word kept. The next one is promised for {}.", scene.clocks.moment(by)),
        (false, None) => "Word kept.".to_owned(),
    };
    act(&state, &me, &id, &typed, answer, Some(&to(&id, "next-words")), &done, |file, now| {
        file.case.keep_next_word(channel.clone(), then, now)
    })
    .await
}

/// All the good news there is, as the evidence has it.
async fn good_news(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let channel = read_channel(&typed).map_err(|why| refused(&why, &typed, &id))?;
    act(&state, &me, &id, &typed, answer, None, "They have heard the good news.", |file, now| {
        let lines = file.case.good_news().filter_map(|(promise, line)| {
            let expectation = match line.outlook {
                Outlook::Firm { on } | Outlook::Likely { on } => Expectation::NewDate { on },
                Outlook::Range { from, to } => Expectation::Range { from, to },
                Outlook::NoDate => return None,
            };
            Some((promise, expectation))
        });
        file.case.tell_good_news(lines.collect(), channel.clone(), now, &file.terms)
    })
    .await
}

async fn arrive(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let lines: Vec<PromiseId> = typed.all("line").filter_map(|line| line.parse().ok()).collect();
    let Some(on) = typed.date("delivered_on") else {
        return Err(refused("Enter the day on which it arrived.", &typed, &id));
    };
    let done = "It has arrived. Ask whether all is well.";
    act(&state, &me, &id, &typed, answer, Some(&to(&id, "arrivals")), done, |file, now| {
        file.case.arrive(&lines, on, now, &file.terms)
    })
    .await
}

async fn confirm_delivery(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let lines: Vec<PromiseId> = typed.all("line").filter_map(|line| line.parse().ok()).collect();
    act(
        &state,
        &me,
        &id,
        &typed,
        answer,
        Some(&to(&id, "arrivals")),
        "They know that it arrived.",
        |file, now| file.case.confirm_delivery(lines.clone(), Channel::Phone, now),
    )
    .await
}

/// Sent by the page when the recap is copied or opened in the mail program.
async fn recap_taken(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    typed: Typed,
) -> Result<StatusCode, AppError> {
    let taken = super::acting::record(&state, &me, &id, &typed, |file, _| {
        if file.case.tellings.is_empty() { Err(Refused::NotToldYet) } else { Ok(vec![CaseEvent::RecapTaken]) }
    });
    taken.await.map_err(|failed| AppError::act(failed, Vec::new(), &address(&id)))?;
    Ok(StatusCode::NO_CONTENT)
}

async fn close(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let temperature = read_temperature(&typed);
    let temperature = temperature
        .ok_or_else(|| refused("Say how they are now: calm, concerned, upset or furious.", &typed, &id))?;
    let changed = InternalText::new(typed.get("what_we_changed"));
    let done = "Closed: back to business as usual.";
    act(&state, &me, &id, &typed, answer, None, done, |file, now| {
        file.case.close(temperature, changed.clone(), now)
    })
    .await
}

fn to(id: &str, anchor: &str) -> String {
    format!("{}#{anchor}", address(id))
}
