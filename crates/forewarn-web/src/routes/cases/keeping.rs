//! The acts of keeping our word, until the customer is back to business as usual.

use super::OnCase;
use crate::error::AppError;
use crate::table::Table;
use crate::views::read::{read_channel, read_moment, read_temperature};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use forewarn_domain::case::{CaseEvent, Channel, Refused};
use forewarn_domain::evidence::Outlook;
use forewarn_domain::ids::PromiseId;
use forewarn_domain::promise::Expectation;
use forewarn_domain::text::InternalText;

pub(super) fn routes() -> Table {
    Table::new()
        .route("/cases/{id}/next-words", post(promise_word))
        .route("/cases/{id}/next-words/keeping", post(keep_word))
        .route("/cases/{id}/good-news", post(good_news))
        .route("/cases/{id}/deliveries", post(arrive))
        .route("/cases/{id}/delivery-words", post(confirm_delivery))
        .route("/cases/{id}/recap-taken", post(recap_taken))
        .route("/cases/{id}/closing", post(close))
}

pub(crate) async fn promise_word(on: OnCase) -> Result<Response, AppError> {
    let scene = on.scene().await?;
    let by = read_moment(&on.typed, "at", &scene.clocks).map_err(|why| on.refused(why))?;
    let by = by.ok_or_else(|| on.refused("Say when they hear from you."))?;
    let done = format!("You promised them a word by {}.", scene.clocks.moment(by));
    on.act_then(&on.anchor("next-words"), &done, |file, now| file.case.promise_next_word(by, now)).await
}

pub(crate) async fn keep_word(on: OnCase) -> Result<Response, AppError> {
    let scene = on.scene().await?;
    let channel = read_channel(&on.typed).map_err(|why| on.refused(why))?;
    let then = read_moment(&on.typed, "next_word_at", &scene.clocks).map_err(|why| on.refused(why))?;
    let late = scene.case().next_word.is_some_and(|word| word.by < on.me.now);
    let done = match (late, then) {
        (true, _) => "Kept, late. The record shows both.".to_owned(),
        (false, Some(by)) => format!("Word kept. The next one is promised for {}.", scene.clocks.moment(by)),
        (false, None) => "Word kept.".to_owned(),
    };
    on.act_then(&on.anchor("next-words"), &done, |file, now| {
        file.case.keep_next_word(channel.clone(), then, now)
    })
    .await
}

/// All the good news there is, as the evidence has it.
pub(crate) async fn good_news(on: OnCase) -> Result<Response, AppError> {
    let channel = read_channel(&on.typed).map_err(|why| on.refused(why))?;
    on.act("They have heard the good news.", |file, now| {
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

pub(crate) async fn arrive(on: OnCase) -> Result<Response, AppError> {
    let lines: Vec<PromiseId> = on.typed.all("line").filter_map(|line| line.parse().ok()).collect();
    let Some(day) = on.typed.date("delivered_on") else {
        return Err(on.refused("Enter the day on which it arrived."));
    };
    let done = "It has arrived. Ask whether all is well.";
    on.act_then(&on.anchor("arrivals"), done, |file, now| file.case.arrive(&lines, day, now, &file.terms))
        .await
}

pub(crate) async fn confirm_delivery(on: OnCase) -> Result<Response, AppError> {
    let lines: Vec<PromiseId> = on.typed.all("line").filter_map(|line| line.parse().ok()).collect();
    on.act_then(&on.anchor("arrivals"), "They know that it arrived.", |file, now| {
        file.case.confirm_delivery(lines.clone(), Channel::Phone, now)
    })
    .await
}

/// Sent by the page when the recap is copied or opened in the mail program.
async fn recap_taken(on: OnCase) -> Result<StatusCode, AppError> {
    take_recap(on).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The recap was taken along.
pub(crate) async fn take_recap(on: OnCase) -> Result<Response, AppError> {
    let taken = on.record(|file, _| {
        if file.case.tellings.is_empty() { Err(Refused::NotToldYet) } else { Ok(vec![CaseEvent::RecapTaken]) }
    });
    taken.await.map_err(|failed| on.failed(failed))?;
    Ok(on.answer.done(&on.href()))
}

pub(crate) async fn close(on: OnCase) -> Result<Response, AppError> {
    let temperature = read_temperature(&on.typed);
    let temperature =
        temperature.ok_or_else(|| on.refused("Say how they are now: calm, concerned, upset or furious."))?;
    let changed = InternalText::new(on.typed.get("what_we_changed"));
    let done = "Closed: back to business as usual.";
    on.act(done, |file, now| file.case.close(temperature, changed.clone(), now)).await
}
