//! The talk: eight cards, the after-call sheet, and what is recorded on the way.

mod telling;

pub(crate) use telling::{Heard, told_by_another};

use crate::answer::Answer;
use crate::error::{self, AppError};
use crate::me::Me;
use crate::pages::shell::Place;
use crate::routes::cases::{Chain, act, address, keep_draft, letter_of_case, load};
use crate::state::AppState;
use crate::typed::Typed;
use crate::views::read::{read_temperature, read_word};
use crate::views::talk::{self, step_named};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::case::{Attempt, CaseEvent, OptionAnswer, Outcome, Refused, Step};
use forewarn_domain::severity::Impact;
use forewarn_domain::text::{CustomerText, InternalText};
use forewarn_store::cases::CaseFile;
use jiff::Timestamp;
use serde::Deserialize;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/cases/{id}/talk", get(begin))
        .route("/cases/{id}/talk/{beat}", get(card))
        .route("/cases/{id}/talk/after/{how}", get(after))
        .route("/cases/{id}/steps", post(step))
        .route("/cases/{id}/attempts", post(attempt))
        .route("/cases/{id}/tellings", post(telling::tell))
}

async fn begin(Path(id): Path<String>) -> Redirect {
    Redirect::to(&format!("{}/talk/1", address(&id)))
}

async fn card(
    State(state): State<AppState>,
    me: Me,
    Path((id, beat)): Path<(String, String)>,
) -> Result<Html<String>, AppError> {
    let scene = load(&state, &me, &id).await?;
    let shell = me.shell(&state, Place::Today).await?;
    if beat == "after" {
        return error::page(&talk::ask(shell, &scene));
    }
    let step = beat.parse().ok().and_then(Step::numbered).ok_or(AppError::NotFound)?;
    error::page(&talk::page(shell, &scene, step))
}

/// Whose words are taken up again: those of a letter that did not get through.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    again: String,
}

async fn after(
    State(state): State<AppState>,
    me: Me,
    Path((id, how)): Path<(String, String)>,
    Query(Asked { again }): Query<Asked>,
) -> Result<Html<String>, AppError> {
    let scene = load(&state, &me, &id).await?;
    let shell = me.shell(&state, Place::Today).await?;
    let page = match how.as_str() {
        "e-mail" if !again.is_empty() => {
            let letter = letter_of_case(&state, &me, &id, &again).await?;
            talk::written_before(shell, &scene, &letter)
        }
        "spoke" | "met" | "e-mail" => talk::told(shell, &scene, &how),
        _ => talk::try_again(shell, &scene, read_word(&how).ok_or(AppError::NotFound)?),
    };
    error::page(&page)
}

/// One card done or left out, with what was noted on it.
async fn step(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let step = step_named(typed.get("step")).ok_or(AppError::NotFound)?;
    let scene = load(&state, &me, &id).await?;
    let mut draft = scene.draft.clone();
    let skipped = typed.get("outcome") == "skipped";
    if !skipped || step == Step::AdviseEarly {
        draft.take_in(&typed);
    }
    if draft != scene.draft {
        keep_draft(&me, &scene, &draft).await?;
    }
    let onward = typed.get("onward");
    let onward =
        if onward.starts_with(&format!("{}/", scene.href())) { onward.to_owned() } else { scene.href() };
    act(&state, &me, &id, &typed, answer, Some(&onward), "", |file, now| {
        if skipped { file.case.skip_step(step, now) } else { taken(file, step, &typed, now) }
    })
    .await
}

fn taken(file: &CaseFile, step: Step, typed: &Typed, now: Timestamp) -> Result<Vec<CaseEvent>, Refused> {
    let mut chain = Chain::on(file, now);
    chain.then(|case| case.take_step(step, now))?;
    if step == Step::Acknowledge {
        let said = |what| typed.get(what) == "yes";
        let (read_back, owned, apologised) = (said("acknowledged"), said("owned"), said("apologised"));
        chain.then(|case| case.answer_concern(read_back, owned, apologised, now))?;
    }
    noted(&mut chain, file, typed, now)?;
    for (number, answer) in typed.starting("answer-") {
        let (Ok(number), Some(answer)) = (number.parse::<u32>(), read_word::<OptionAnswer>(answer)) else {
            continue;
        };
        let before = usize::try_from(number).ok().and_then(|n| file.case.options.get(n.checked_sub(1)?));
        if before.is_some_and(|(_, before)| *before == Some(answer)) {
            continue;
        }
        chain.then(|case| case.answer_option(number, answer, now))?;
    }
    Ok(chain.events())
}

/// Temperature, impact and words, where they are new.
fn noted(chain: &mut Chain, file: &CaseFile, typed: &Typed, now: Timestamp) -> Result<(), Refused> {
    if let Some(felt) = read_temperature(typed).filter(|felt| file.case.temperature() != Some(*felt)) {
        chain.then(|case| case.feel(felt, now, &file.terms))?;
    }
    if let Some(impact) =
        read_word::<Impact>(typed.get("impact")).filter(|impact| file.case.impact != Some(*impact))
    {
        chain.then(|case| case.name_impact(impact, now, &file.terms))?;
    }
    if let Some(words) = InternalText::new(typed.get("words")) {
        chain.then(|case| case.note_concern(words, now))?;
    }
    Ok(())
}

/// A try to reach them. Only *Spoke* and *Met* lead on to the telling.
async fn attempt(
    State(state): State<AppState>,
    me: Me,
    Path(id): Path<String>,
    answer: Answer,
    typed: Typed,
) -> Result<Response, AppError> {
    let how = typed.get("outcome");
    let outcome = read_word::<Outcome>(how);
    let outcome = outcome.ok_or_else(|| {
        AppError::refused(
            "Say how it went: spoke, met, voicemail, no answer or wrong person.",
            Vec::new(),
            address(&id),
        )
    })?;
    let scene = load(&state, &me, &id).await?;
    let to = scene.reach().name.as_deref().and_then(CustomerText::new);
    let onward = format!("{}/talk/after/{how}", scene.href());
    act(&state, &me, &id, &typed, answer, Some(&onward), "", |file, now| {
        file.case.attempt(Attempt { outcome, to: to.clone() }, now)
    })
    .await
}
