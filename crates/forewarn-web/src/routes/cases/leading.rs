//! The acts of a leader on a case, and the answer of whoever was asked.

use super::preparing::refused;
use super::{act, address, load};
use crate::answer::Answer;
use crate::error::AppError;
use crate::me::Me;
use crate::state::AppState;
use crate::typed::Typed;
use crate::views::read::read_word;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use forewarn_domain::case::{CheckedWith, Finding, Owner, SpotCheck};
use forewarn_domain::notice::NoticeKind;
use forewarn_domain::text::InternalText;
use forewarn_store::notices::NewNotice;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/cases/{id}/asks", post(ask))
        .route("/cases/{id}/ask-answers", post(answer_ask))
        .route("/cases/{id}/joinings", post(join))
        .route("/cases/{id}/takeovers", post(take_over))
        .route("/cases/{id}/spot-checks", post(spot_check))
}

async fn ask(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    me.must_lead()?;
    let words = InternalText::new(typed.get("words"));
    let words = words.ok_or_else(|| refused("Say what you want to know.", &typed, &id))?;
    let done = "They see your question on Today, and can answer there.";
    let scene = load(&state, &me, &id).await?;
    let answered = act(&state, &me, &id, &typed, answer, onward(&typed, &id), done, |file, now| {
        file.case.ask(words.clone(), now)
    })
    .await?;
    if let Owner::Person { person } = scene.case().owner {
        let notice = NewNotice {
            key: format!("ask/{id}/{}/{}", me.person.id, typed.entry().unwrap_or_default()),
            person,
            case: Some(scene.file.id),
            kind: NoticeKind::Leader,
            subject: format!("{}: {} asks you", scene.customer.name, me.person.name),
            words: words.for_our_people().to_owned(),
            why: None,
            hot: false,
        };
        state.store.notify(notice, me.now).await?;
    }
    Ok(answered)
}

async fn answer_ask(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let words = InternalText::new(typed.get("words"));
    let words = words.ok_or_else(|| refused("Say what you need.", &typed, &id))?;
    let done = "Your answer stands on the case, and on the page of whoever asked.";
    act(&state, &me, &id, &typed, answer, onward(&typed, &id), done, |file, now| {
        file.case.answer_ask(words.clone(), now)
    })
    .await
}

async fn join(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    me.must_lead()?;
    let done = "They see that you join. Agree on a time; the clock keeps running.";
    act(&state, &me, &id, &typed, answer, onward(&typed, &id), done, |file, now| file.case.join(now)).await
}

async fn take_over(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    me.must_lead()?;
    let scene = load(&state, &me, &id).await?;
    let from = match scene.case().owner {
        Owner::Person { person } => scene.person(person).to_owned(),
        Owner::Inbox { .. } => "the inbox of the team".to_owned(),
    };
    let done = format!("{} is yours now, from {from}. You tell them.", scene.customer.name);
    act(&state, &me, &id, &typed, answer, onward(&typed, &id), &done, |file, now| {
        file.case.take_over(me.person.id, now, &file.terms)
    })
    .await
}

async fn spot_check(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    me.must_lead()?;
    let with = read_word::<CheckedWith>(typed.get("with"));
    let with = with.ok_or_else(|| refused("Say whom you asked.", &typed, &id))?;
    let finding = read_word::<Finding>(typed.get("finding"));
    let finding = finding.ok_or_else(|| refused("Say whether it was as recorded.", &typed, &id))?;
    let check = SpotCheck { with, finding, note: InternalText::new(typed.get("note")) };
    let onward = Some("/team#spot-checks");
    act(&state, &me, &id, &typed, answer, onward, "What you heard is kept.", |file, now| {
        file.case.spot_check(check.clone(), now)
    })
    .await
}

/// Back to where they came from: Team as it was filtered, Today, or the case. No other place.
pub(super) fn onward<'a>(typed: &'a Typed, id: &str) -> Option<&'a str> {
    let to = typed.filled("onward")?;
    let known = to == "/today" || to == "/team" || to.starts_with("/team?") || to == address(id);
    known.then_some(to)
}
