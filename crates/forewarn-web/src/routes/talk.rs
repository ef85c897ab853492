//! The talk: eight cards, the after-call sheet, and what is recorded on the way.

mod telling;

pub(crate) use telling::{Heard, tell, told_by_another};

use crate::error::{self, AppError};
use crate::routes::cases::{Chain, OnCase, keep_draft, letter_of_case};
use crate::table::Table;
use crate::typed::Typed;
use crate::views::read::{read_temperature, read_word};
use crate::views::talk::{self, step_named};
use axum::response::{Html, Redirect, Response};
use axum::routing::{get, post};
use forewarn_domain::case::{Attempt, CaseEvent, OptionAnswer, Outcome, Refused, Step};
use forewarn_domain::severity::Impact;
use forewarn_domain::text::{CustomerText, InternalText};
use forewarn_store::cases::CaseFile;
use jiff::Timestamp;

pub(crate) fn routes() -> Table {
    Table::new()
        .route("/cases/{id}/talk", get(begin))
        .route("/cases/{id}/talk/{beat}", get(card))
        .route("/cases/{id}/talk/after/{how}", get(after))
        .route("/cases/{id}/steps", post(step))
        .route("/cases/{id}/attempts", post(attempt))
        .route("/cases/{id}/tellings", post(tell))
}

async fn begin(on: OnCase) -> Redirect {
    Redirect::to(&format!("{}/talk/1", on.href()))
}

async fn card(on: OnCase) -> Result<Html<String>, AppError> {
    let scene = on.scene().await?;
    let shell = on.shell().await?;
    let beat = on.named("beat");
    if beat == "after" {
        return error::page(&talk::ask(shell, &scene));
    }
    let step = beat.parse().ok().and_then(Step::numbered).ok_or(AppError::NotFound)?;
    error::page(&talk::page(shell, &scene, step))
}

async fn after(on: OnCase) -> Result<Html<String>, AppError> {
    let scene = on.scene().await?;
    let shell = on.shell().await?;
    let page = match on.named("how") {
        // The words of a letter that did not get through are taken up again.
        "e-mail" if on.typed.filled("again").is_some() => {
            let letter = letter_of_case(&on.state, &on.me, on.id, on.typed.get("again")).await?;
            talk::written_before(shell, &scene, &letter)
        }
        how @ ("spoke" | "met" | "e-mail") => talk::told(shell, &scene, how),
        how => talk::try_again(shell, &scene, read_word(how).ok_or(AppError::NotFound)?),
    };
    error::page(&page)
}

/// One card done or left out, with what was noted on it.
pub(crate) async fn step(on: OnCase) -> Result<Response, AppError> {
    let step = step_named(on.typed.get("step")).ok_or(AppError::NotFound)?;
    let scene = on.scene().await?;
    let mut draft = scene.draft.clone();
    let skipped = on.typed.get("outcome") == "skipped";
    if !skipped || step == Step::AdviseEarly {
        draft.take_in(&on.typed);
    }
    if draft != scene.draft {
        keep_draft(&on.me, &scene, &draft).await?;
    }
    on.act_then(&on.onward_within(), "", |file, now| {
        if skipped { file.case.skip_step(step, now) } else { taken(file, step, &on.typed, now) }
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
pub(crate) async fn attempt(on: OnCase) -> Result<Response, AppError> {
    let how = on.typed.get("outcome");
    let outcome = read_word::<Outcome>(how);
    let why = "Say how it went: spoke, met, voicemail, no answer or wrong person.";
    let outcome = outcome.ok_or_else(|| on.refused(why))?;
    let scene = on.scene().await?;
    let to = scene.reach().name.as_deref().and_then(CustomerText::new);
    let onward = format!("{}/talk/after/{how}", scene.href());
    on.act_then(&onward, "", |file, now| file.case.attempt(Attempt { outcome, to: to.clone() }, now)).await
}
