//! The acts of a leader on a case, and the answer of whoever was asked.

use super::OnCase;
use crate::error::AppError;
use crate::table::Table;
use crate::views::read::read_word;
use axum::response::Response;
use axum::routing::post;
use forewarn_domain::case::{CheckedWith, Finding, Owner, SpotCheck};
use forewarn_domain::text::InternalText;

pub(super) fn routes() -> Table {
    Table::new()
        .route("/cases/{id}/asks", post(ask))
        .route("/cases/{id}/ask-answers", post(answer_ask))
        .route("/cases/{id}/joinings", post(join))
        .route("/cases/{id}/takeovers", post(take_over))
        .route("/cases/{id}/spot-checks", post(spot_check))
}

pub(crate) async fn ask(on: OnCase) -> Result<Response, AppError> {
    on.me.must_lead()?;
    let words = InternalText::new(on.typed.get("words"));
    let words = words.ok_or_else(|| on.refused("Say what you want to know."))?;
    let done = "They see your question on Today, and can answer there.";
    on.act_then(&on.back(), done, |file, now| file.case.ask(words.clone(), now)).await
}

pub(crate) async fn answer_ask(on: OnCase) -> Result<Response, AppError> {
    let words = InternalText::new(on.typed.get("words"));
    let words = words.ok_or_else(|| on.refused("Say what you need."))?;
    let done = "Your answer stands on the case, and on the page of whoever asked.";
    on.act_then(&on.back(), done, |file, now| file.case.answer_ask(words.clone(), now)).await
}

pub(crate) async fn join(on: OnCase) -> Result<Response, AppError> {
    on.me.must_lead()?;
    let done = "They see that you join. Agree on a time; the clock keeps running.";
    on.act_then(&on.back(), done, |file, now| file.case.join(now)).await
}

pub(crate) async fn take_over(on: OnCase) -> Result<Response, AppError> {
    on.me.must_lead()?;
    let scene = on.scene().await?;
    let from = match scene.case().owner {
        Owner::Person { person } => scene.person(person).to_owned(),
        Owner::Inbox { .. } => "the inbox of the team".to_owned(),
    };
    let done = format!("{} is yours now, from {from}. You tell them.", scene.customer.name);
    on.act_then(&on.back(), &done, |file, now| file.case.take_over(on.me.person.id, now, &file.terms)).await
}

pub(crate) async fn spot_check(on: OnCase) -> Result<Response, AppError> {
    on.me.must_lead()?;
    let with = read_word::<CheckedWith>(on.typed.get("with"));
    let with = with.ok_or_else(|| on.refused("Say whom you asked."))?;
    let finding = read_word::<Finding>(on.typed.get("finding"));
    let finding = finding.ok_or_else(|| on.refused("Say whether it was as recorded."))?;
    let check = SpotCheck { with, finding, note: InternalText::new(on.typed.get("note")) };
    on.act_then("/team#spot-checks", "What you heard is kept.", |file, now| {
        file.case.spot_check(check.clone(), now)
    })
    .await
}
